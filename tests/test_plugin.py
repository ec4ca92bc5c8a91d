"""`nqcore.plugin`: its drawing is complete, and it has every type that an author needs to name."""

from __future__ import annotations

import ast
import inspect
import re
import typing
from collections.abc import Iterator
from types import ModuleType

import pytest

from nqcore import plugin
from nqcore.catalogue import Plugins
from nqcore.plugin import Formula, read_definitions
from tests.support.small import ROOT, finish, python

OPAQUE = {Formula: "made by parse_formula only"}
"""Exported values whose parts an author never needs, and why."""


def drawn() -> list[str]:
    """The names in the drawing of the docstring: to the right of each line's job."""
    drawing = (plugin.__doc__ or "").split("\n\n")[1]
    return [name for line in drawing.splitlines() for name in line[22:].split()]


def test_the_drawing_has_every_name_once() -> None:
    assert sorted(drawn()) == sorted(plugin.__all__)
    assert len(set(plugin.__all__)) == len(plugin.__all__)


def test_what_the_module_imports_is_what_it_exports() -> None:
    found = {name for name in vars(plugin) if not name.startswith("__")} - {"annotations"}
    assert found == set(plugin.__all__)


def hints(value: object) -> Iterator[object]:
    """The types of a value's fields, of a protocol's members, of a function's arguments."""
    if inspect.isclass(value) and value not in OPAQUE:
        yield from typing.get_type_hints(value).values()
        for member in vars(value).values() if getattr(value, "_is_protocol", False) else ():
            function = member.fget if isinstance(member, property) else member
            if inspect.isfunction(function):
                yield from typing.get_type_hints(function).values()
    elif inspect.isfunction(value):
        yield from typing.get_type_hints(value).values()
    elif typing.get_origin(value) is not None:
        yield value


def classes(hint: object) -> Iterator[type]:
    """Every class that a type names, such as Unit in ``tuple[Unit, ...] | None``."""
    if inspect.isclass(hint) and typing.get_origin(hint) is None:
        yield hint
    for inner in typing.get_args(hint):
        yield from classes(inner)


@pytest.mark.parametrize("name", plugin.__all__)
def test_every_type_of_nqcore_that_a_name_uses_is_exported_too(name: str) -> None:
    exported = [getattr(plugin, each) for each in plugin.__all__]
    for hint in hints(getattr(plugin, name)):
        for used in classes(hint):
            if used.__module__.partition(".")[0] == "nqcore" and used not in exported:
                pytest.fail(f"{name} uses {used.__module__}.{used.__name__}")


def test_the_types_of_a_protocol_a_value_and_a_function_are_all_looked_at() -> None:
    def of(name: str) -> set[str]:
        return {c.__name__ for h in hints(getattr(plugin, name)) for c in classes(h)}

    assert {"Unit", "Figure", "Target"} <= of("ReviewData")
    assert {"Coverage", "Reason"} <= of("Figure")
    assert {"Table", "Names"} <= of("table_notes")
    assert {"Text", "FigureRef", "UnitCount"} <= of("Sentence")


def test_the_code_in_the_guide_for_authors_imports_this_page_only_and_brings_definitions() -> None:
    guide = (ROOT / "plugins" / "README.md").read_text("utf-8")
    module_code, *others = re.findall(r"```python\n(.*?)```", guide, re.S)
    for code in (module_code, *others):
        imported = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)]
        modules = {node.module or "" for node in imported}
        assert {name for name in modules if name.startswith("nqcore")} == {"nqcore.plugin"}
        exec(code, {"__name__": "nq_mine"})
    module = ModuleType("nq_res20")  # it has definition files
    exec(module_code, vars(module))
    assert not Plugins((), [("nq_mine", module)]).faults
    assert module.definitions() == read_definitions("nq_res20")


HEAVY = {"babel", "docx", "flask", "lxml", "numpy", "openpyxl"}


def test_importing_it_loads_no_heavy_library() -> None:
    (done,) = finish([python("import sys, nqcore.plugin; print(*sys.modules)")])
    assert done.code == 0, done.err
    loaded = set(done.out.split())
    assert "nqcore.plugin" in loaded
    assert loaded & HEAVY == set()
