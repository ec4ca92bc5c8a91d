"""SECURITY.md: every test that it names exists, and no line of OWASP ASVS 5.0 levels 1 and 2 is left out."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from nqcore.collection.accounts.password_rules import _common
from nqcore.collection.accounts.second_factors import RECOVERY_CODES
from nqcore.collection.settings import IDLE_MINUTES
from tests.support.small import ROOT
from webforms.security.session_register import HOURS, MOST

TEXT = (ROOT / "webforms" / "SECURITY.md").read_text("utf-8")
ROWS = re.findall(r"^\| ([V\d.–]+) \| (\d) \| (\w+) \| ([^|]+) \| ([^|]*) \|$", TEXT, re.M)

# Of each section of ASVS 5.0.0 how many requirements levels 1 and 2 have, in its numbering: "1 2 2" is a
# section whose first line is level 1 and whose next two are level 2. 3: a line of level 3.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333",
    "6.6": "2223", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
}  # fmt: skip


def lines(written: str) -> list[str]:
    """ "6.6.1–6.6.3" is three lines."""
    first, _dash, last = written.partition("–")
    section, _dot, number = first.rpartition(".")
    end = last.rpartition(".")[2] or number
    return [f"{section}.{n}" for n in range(int(number), int(end) + 1)]


def listed() -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for written, level, state, _how, _tests in ROWS:
        for line in [written] if written.startswith("V") else lines(written):
            assert line not in found, line
            found[line] = (int(level), state)
    return found


@cache
def found_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", TEXT)))


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: str(part))
def test_every_test_that_the_page_names_exists(path: str, name: str) -> None:
    assert name in found_in(ROOT / "tests" / path)


def test_every_file_of_tests_that_the_page_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+(?:\.py)?)`", TEXT)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert len(NAMED) > 80


def test_no_line_of_level_1_or_2_is_left_out() -> None:
    expected = {
        f"{section}.{nth}": int(level)
        for section, levels in LEVELS.items()
        for nth, level in enumerate(levels, 1)
        if level != "3"
    }
    found = {line: level for line, (level, _state) in listed().items() if line[0] != "V"}
    assert found == expected
    assert {line for line in listed() if line[0] == "V"} == {"V10", "V17"}


def test_level_1_is_whole() -> None:
    assert [line for line, (level, state) in listed().items() if level == 1 and state == "no"] == []


def test_each_line_is_met_with_a_test_or_says_why_not() -> None:
    for written, _level, state, how, tests in ROWS:
        assert state in ("met", "yours", "none", "no"), written
        assert len(how) > 5
        assert state != "none" or not tests.strip(), f"{written}: what is not there has no test"


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    assert f"{len(_common()):,} most common" in TEXT
    assert (IDLE_MINUTES, HOURS, MOST, RECOVERY_CODES) == (60, 12, 20, 8)
    for words in (
        "an hour without a request",
        "twelve hours",
        "at most 20 sessions",
        "Eight recovery",
    ):
        assert words in TEXT, words
