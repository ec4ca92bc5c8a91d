"""The examples of the room's README run as written."""

from __future__ import annotations

import doctest
from pathlib import Path

import nqcore.formulas
from nqcore.formulas import expressions, parser

README = Path(nqcore.formulas.__file__).with_name("README.md")


def test_the_examples_of_the_readme_run_as_written() -> None:
    result = doctest.testfile(str(README), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert result.attempted > 10
    assert result.failed == 0


def test_the_readme_names_every_function_and_every_limit() -> None:
    text = README.read_text("utf-8")
    for name in parser.FUNCTIONS:
        assert f"`{name}(" in text
    assert f"{parser.MAX_DEPTH} levels" in text
    assert f"{parser.MAX_NODES} parts" in text
    assert f"{expressions.MAX_DIGITS} digits" in text
