"""The house: a floor imports only floors below it, and each outside library has its one room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import nqcore
from tests.core.small import ROOT, finish, python

BUNDLED = sorted(path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py"))


def from_the_ground_up() -> list[str]:
    """The rooms in the order in which the README tells them."""
    line = re.search(r"From the ground up: `([a-z ]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert line is not None
    return line[1].split()


ROOMS = from_the_ground_up()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that the file imports anywhere in it, also inside functions; a name taken from
    `nqcore` itself counts as the module of that name."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            module = node.module or ""
            if module == "nqcore":
                yield from (f"nqcore.{alias.name}" for alias in node.names)
            else:
                yield module


def floor_of(module: str) -> str:
    """errors, text, model … of a dotted name; "" for nqcore itself and for what is not nqcore."""
    parts = module.split(".")
    return parts[1] if parts[0] == "nqcore" and len(parts) > 1 else ""


def floors() -> dict[str, set[str]]:
    """Which floors each floor imports."""
    found: dict[str, set[str]] = {}
    for path in files("nqcore"):
        inside = path.relative_to(ROOT).with_suffix("").parts
        floor = inside[1] if inside[1] != "__init__" else "nqcore"
        below = {floor_of(module) for module in imports(path)} - {"", floor}
        found.setdefault(floor, set()).update(below)
    return found


def test_every_room_that_the_readme_tells_is_there() -> None:
    assert set(ROOMS) <= set(floors())
    assert len(ROOMS) == len(set(ROOMS)) > 10


def test_floors_stand_one_above_the_other_without_a_circle() -> None:
    tuple(TopologicalSorter(floors()).static_order())  # raises CycleError, naming the circle


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_reaches_only_the_rooms_below_it(room: str) -> None:
    graph, reached, waiting = floors(), set[str](), [room]
    while waiting:
        for below in graph.get(waiting.pop(), set()) - reached:
            reached.add(below)
            waiting.append(below)
    assert reached & set(ROOMS) <= set(ROOMS[: ROOMS.index(room)])


def test_only_the_store_knows_tinydb() -> None:
    knowing = {
        path.relative_to(ROOT).parts[:2]
        for folder in ("nqcore", "webforms", "plugins")
        for path in files(folder)
        if any(module.split(".")[0] == "tinydb" for module in imports(path))
    }
    assert knowing == {("nqcore", "store")}


@pytest.mark.parametrize("library", ["flask", "flask_wtf", "wtforms", "werkzeug", "jinja2"])
def test_only_the_web_forms_know_the_web(library: str) -> None:
    for folder in ("nqcore", "plugins"):
        for path in files(folder):
            assert library not in {module.split(".")[0] for module in imports(path)}, path


def test_only_the_commands_know_the_web_forms() -> None:
    knowing = {
        path.relative_to(ROOT).parts[1]
        for path in files("nqcore")
        if any(module.split(".")[0] == "webforms" for module in imports(path))
    }
    assert knowing == {"cli"}


CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def readings_of_the_clock(path: Path) -> list[str]:
    """Calls such as ``datetime.now(…)``, ``datetime.date.today()``, ``time.time()``."""
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name, node.attr) in CLOCKS:
                found.append(f"{path}:{node.lineno}")
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [
                f"{path}:{node.lineno}" for alias in node.names if ("time", alias.name) in CLOCKS
            ]
    return found


def test_only_the_clock_reads_the_clock() -> None:
    reading = [
        at
        for folder in ("nqcore", "plugins")
        for path in files(folder)
        for at in readings_of_the_clock(path)
    ]
    assert [at for at in reading if not at.startswith(str(ROOT / "nqcore" / "clock.py"))] == []
    assert reading, "this test finds no reading of the clock at all"


# -- plugins -------------------------------------------------------------------------------------

FOR_PLUGINS = {
    "errors",
    "extend",
    "formulas",
    "hook",
    "model",
    "read_definitions",
    "report",
    "text",
}
"""What an outside author may build on: values, contracts and ways to write, never the machinery."""


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_plugin_builds_on_what_any_author_may_use(name: str) -> None:
    public = FOR_PLUGINS | set(nqcore.__all__)
    for path in files(f"plugins/{name}"):
        for module in imports(path):
            top = module.split(".")[0]
            assert top != "webforms", path
            assert top == name or top not in BUNDLED, f"{path} imports {module}"
            if top == "nqcore":
                assert floor_of(module) in public, f"{path} imports {module}"


# -- the package itself --------------------------------------------------------------------------


def test_the_public_names_are_these_and_all_of_them_are_there() -> None:
    assert nqcore.__all__ == [
        "Citation",
        "Definitions",
        "NqError",
        "Workspace",
        "create",
        "find_citations",
        "hook",
        "open",
        "read_definitions",
    ]
    for name in nqcore.__all__:
        assert getattr(nqcore, name) is not None


LOADED = "import sys, nqcore; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
HEAVY = {
    "flask",
    "wtforms",
    "werkzeug",
    "numpy",
    "docx",
    "lxml",
    "babel",
    "argon2",
    "waitress",
    "hypothesis",
}


def test_importing_nqcore_loads_nothing_heavy() -> None:
    (done,) = finish([python(LOADED)])
    assert done.code == 0, done.err
    loaded = set(done.out.split())
    assert {"nqcore", "tinydb", "pluggy"} <= loaded
    assert loaded & HEAVY == set()
    assert not any(name.startswith("nq_") or name == "webforms" for name in loaded)
