"""What the documents say is what the program does."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import re
import tempfile
import tokenize
import tomllib
from pathlib import Path

import pytest

from nqcore import plugin
from nqcore.analysis.findings import TYPES
from nqcore.catalogue import hookspecs
from nqcore.catalogue.hookspecs import GROUP

ROOT = Path(__file__).parent.parent
PLUGINS = (ROOT / "plugins" / "README.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
HOOKS = {
    name: function
    for name, function in vars(hookspecs).items()
    if inspect.isfunction(function) and hasattr(function, f"{GROUP}_spec")
}


def test_there_are_hooks() -> None:
    assert set(HOOKS) == {"definitions", "rules", "checks", "report_formats", "calendars", "demo"}


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_described_with_its_exact_signature(name: str) -> None:
    assert f"### `{name}{inspect.signature(HOOKS[name])}`".replace("'", "") in PLUGINS


def test_no_hook_is_described_that_does_not_exist() -> None:
    described = re.findall(r"^### `(\w+)\(", PLUGINS, re.M)
    assert described == list(HOOKS)


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_used_by_a_bundled_plugin(name: str) -> None:
    code = "".join(p.read_text("utf-8") for p in (ROOT / "plugins").glob("*/__init__.py"))
    assert f"@hook\ndef {name}(" in code


def test_every_rule_type_is_described_and_none_else() -> None:
    table = PLUGINS.split("### Rule types")[1].split("## Testing")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, re.M) == list(TYPES)


def test_what_a_plugin_may_import_is_listed_name_by_name_and_nothing_else() -> None:
    section = PLUGINS.split("## What to import")[1].split("\n## ")[0]
    rows = [line.split("|")[2] for line in section.splitlines() if line.startswith("| ")][1:]
    listed = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(listed) == sorted(plugin.__all__)


def test_every_bundled_plugin_is_an_entry_point() -> None:
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][
        GROUP
    ]
    packages = {p.parent.name for p in (ROOT / "plugins").glob("*/__init__.py")}
    assert points == {name: name for name in sorted(packages)}


def test_the_files_that_the_documents_link_to_exist() -> None:
    others = {
        path: path.read_text("utf-8")
        for path in (ROOT / "CONTRIBUTING.md", ROOT / "nqcore" / "README.md")
    }
    several = [(ROOT, README), (ROOT / "plugins", PLUGINS)]
    for folder, text in (*several, *((path.parent, text) for path, text in others.items())):
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (folder / target).exists(), target


def test_the_source_package_has_every_file_that_tests_and_documents_need() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    packed = set(build["targets"]["sdist"]["only-include"])
    documents = {path.name for path in ROOT.glob("*.md")}
    rooms = {"nqcore", "webforms", "plugins", "tests"}
    assert packed == {"LICENSE", ".ci", *rooms, *documents}
    assert all((ROOT / name).exists() for name in packed)


def test_the_wheel_leaves_out_documents_but_those_that_docstrings_refer_to() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    left_out = {path for pattern in wheel["exclude"] for path in ROOT.glob(pattern)}
    kept = {
        path for room in wheel["only-include"] for path in (ROOT / room).rglob("*.md")
    } - left_out
    assert {path.relative_to(ROOT).as_posix() for path in kept} == {
        "nqcore/formulas/README.md",
        "nqcore/store/FORMAT.md",
        "plugins/nq_units_2025/README.md",
    }


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = re.search(r"<!-- test -->\n```sh\n(.+)\n```", README)
    assert command is not None
    assert "-m pytest" in command[1]
    assert "<!-- test -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_commands_for_a_plugin_author_name_the_programs_of_the_venv() -> None:
    """With the venv switched on, `python3 -m pip` is not found in it; without, `nq` is not found."""
    (block,) = re.findall(r"```sh\n(.+?)\n```", PLUGINS, re.S)
    programs = {line.split()[0] for line in block.splitlines()}
    assert programs == {".venv/bin/nq", "python3"}


def test_no_file_names_the_path_of_one_machine() -> None:
    for path in ROOT.rglob("*"):
        shipped = path.suffix in {".py", ".md", ".toml", ".html", ".css", ".js", ".po"}
        if shipped and ".venv" not in path.parts:
            text = path.read_text("utf-8")
            assert f"{ROOT}/" not in text, path
            # A checkout in the folder for temporary files has a parent that every machine has.
            own = len(ROOT.parts) > 2 and str(ROOT.parent) != tempfile.gettempdir()
            assert not own or f"{ROOT.parent}/" not in text, path


# -- what docstrings and comments refer to ---------------------------------------------------------

SHIPPED = sorted(
    path for room in ("nqcore", "webforms", "plugins") for path in (ROOT / room).rglob("*.py")
)
"""Every module of code that is installed."""
DOCUMENTS = [
    path for path in sorted(ROOT.rglob("*.md")) if not {".venv", ".git", ".axe"} & set(path.parts)
]
"""Every document of the repository."""


def prose(source: str) -> str:
    """The docstrings and comments of a module; string literals that are values are left out."""
    docstrings = [
        node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return "\n".join([*docstrings, *(t.string for t in tokens if t.type == tokenize.COMMENT)])


def exists(name: str, path: Path) -> bool:
    """Whether the file that `path` calls `name` is in its folder, in a folder above or below it, in
    the root of the repository, or in nqcore."""
    places = (*(path.parents[: len(path.relative_to(ROOT).parents)]), ROOT / "nqcore")
    return any((place / name).exists() for place in places) or bool(
        next(path.parent.rglob(name), None)
    )


def resolves(dotted: str) -> bool:
    """Whether `dotted` is a module or a name within one."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def test_docstrings_and_comments_are_found_and_values_left_out() -> None:
    source = '"""Of a.md."""\nVALUE = "b.md"  # as in c.md\n"""Of d.md."""\n'
    assert prose(source) == "Of a.md.\nOf d.md.\n# as in c.md"
    assert len(SHIPPED) > 300


def test_a_document_that_is_not_there_is_noticed() -> None:
    module = ROOT / "nqcore" / "store" / "record.py"
    assert exists("FORMAT.md", module)
    assert exists("plugins/README.md", module)
    assert not exists("ux.md", module)
    assert resolves("nqcore.store.readable")
    assert not resolves("nqcore.store.seal")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_docstrings_and_comments_name_only_files_and_modules_that_exist(path: Path) -> None:
    text = prose(path.read_text("utf-8"))
    for name in re.findall(r"(?<![\w*./-])[\w./-]+\.(?:md|py)\b", text):
        assert exists(name, path), name
    for dotted in re.findall(r"`+(nqcore(?:\.\w+)+)", text):
        assert resolves(dotted), dotted
    notes = re.findall(r"(?i)\bhouse rule \d|\bdecision \d|\bissue #?\d|\bpage \d", text)
    assert not notes, "says where it was decided, not what"


@pytest.mark.parametrize(
    "path",
    DOCUMENTS,
    ids=lambda p: p.relative_to(ROOT).as_posix(),
)
def test_documents_name_only_files_that_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:\s]+)\)", text):
        assert (path.parent / target).exists(), target
    for name in re.findall(r"`((?:nqcore|webforms|plugins|tests)/[\w./-]+)`", text):
        assert exists(name, path), name


IDIOMS = r"(?i)\b(?:told|nobody|somebody|anybody|everybody|whoever|mends?|mended|goes by)\b(?!-)"
"""Words for which plain English has a better one. A word before a hyphen is part of a code, such as that of
an error."""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_docstrings_and_comments_are_in_plain_english(path: Path) -> None:
    assert not re.findall(IDIOMS, prose(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "path",
    [path for path in DOCUMENTS if path.name != "CHANGELOG.md"],
    ids=lambda p: p.relative_to(ROOT).as_posix(),
)
def test_documents_are_in_plain_english(path: Path) -> None:
    assert not re.findall(IDIOMS, path.read_text("utf-8"))


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    text = (ROOT / "nqcore" / "README.md").read_text("utf-8").split("## Words")[1]
    code = "".join(path.read_text("utf-8") for path in (ROOT / "nqcore").rglob("*.py"))
    names = re.findall(r"`(\w+)`", text)
    assert len(names) > 30
    for name in names:
        assert re.search(rf"^class {name}\b", code, re.M), name
