"""What nqcore is made of stands in three files, which agree with each other and with pyproject.toml.

`.ci/lock` writes them; `.ci/lock --check`, which CI runs, installs them by their hashes.
"""

import json
import re
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / ".ci" / "requirements.txt").read_text("utf-8")
ENTRY = re.compile(r"^(\S+==[^\\\n]+?) \\((?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)*)$", re.M)
ENTRIES = [(Requirement(line), hashes) for line, hashes in ENTRY.findall(LOCK)]
VERSIONS = {
    canonicalize_name(entry.name): str(entry.specifier).removeprefix("==")
    for entry, _ in ENTRIES
    if entry.marker is None or entry.marker.evaluate()
}
LOCKED = {canonicalize_name(entry.name) for entry, _ in ENTRIES}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ALLOWED = re.compile(r"MIT|BSD|Apache|PSF|Python Software|Zope|ISC|MPL|Mozilla")


def parts_of(lines: list[str]) -> set[str]:
    """Every distribution that must be installed for these requirements, by what is installed here."""
    found: set[str] = set()
    todo = list(lines)
    while todo:
        requirement = Requirement(todo.pop())
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        try:
            todo += requires(name) or []
        except PackageNotFoundError:
            pytest.fail(f"{name} is not installed")
    return found


def test_every_part_that_gets_installed_is_locked() -> None:
    assert parts_of(PROJECT["dependencies"]) <= VERSIONS.keys()


def test_nothing_else_is_locked() -> None:
    for_other_systems = {"colorama", "tzdata", "typing-extensions"}
    assert LOCKED - parts_of(PROJECT["dependencies"]) <= for_other_systems


def test_every_locked_part_has_a_hash_and_no_line_was_passed_over() -> None:
    assert all("sha256" in hashes for _, hashes in ENTRIES)
    assert len(ENTRIES) == len(re.findall(r"^[\w.-]+==", LOCK, re.M))


@pytest.mark.parametrize("line", PROJECT["dependencies"])
def test_the_locked_version_is_one_that_the_project_allows(line: str) -> None:
    requirement = Requirement(line)
    here = [entry for entry, _ in ENTRIES if canonicalize_name(entry.name) == requirement.name]
    assert here
    for entry in here:
        assert requirement.specifier.contains(str(entry.specifier).removeprefix("=="))


def test_the_bill_of_materials_names_the_locked_parts_and_no_others() -> None:
    bill = json.loads((ROOT / ".ci" / "sbom.cdx.json").read_text("utf-8"))
    named = {str(canonicalize_name(part["name"])): part["version"] for part in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "nqcore"
    assert_same(named)


def test_the_list_of_licences_names_the_locked_parts_and_only_licences_that_mit_goes_with() -> None:
    text = (ROOT / ".ci" / "licences.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) +\| (\S+) +\| (.+?) +\|$", text, re.M)
    named = {str(canonicalize_name(name)): version for name, version, _ in rows if name != "Name"}
    assert_same(named)
    assert [row for row in rows if row[0] != "Name" and not ALLOWED.search(row[2])] == []


def test_the_list_of_licences_ends_with_the_fonts_of_the_package() -> None:
    said = subprocess.run(
        [ROOT / ".ci" / "bundled"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert (ROOT / ".ci" / "licences.md").read_text("utf-8").endswith(said)
    fonts = sorted((ROOT / "plugins").glob("*/fonts/*.ttf"))
    assert fonts
    for font in fonts:
        assert font.name in said
        assert (font.parent / "OFL.txt").exists()
    assert "Tinos 1.33" in said
    assert "SIL Open Font License 1.1" in said


def test_no_locked_file_names_where_it_came_from() -> None:
    assert "index-url" not in LOCK
    assert "://" not in LOCK


def assert_same(named: dict[str, str]) -> None:
    """The lists were written on Linux with one Python; CI compares them with what it installs there."""
    locked = {
        (canonicalize_name(entry.name), str(entry.specifier).removeprefix("=="))
        for entry, _ in ENTRIES
    }
    assert set(named.items()) <= locked
    # A part that only another system needs is locked, but not installed where the lists were written.
    assert LOCKED - named.keys() <= {"colorama", "tzdata"}
