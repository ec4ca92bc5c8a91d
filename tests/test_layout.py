"""The folders of the tests are those of the code that they test."""

from __future__ import annotations

from pathlib import Path

from tests.support.small import ROOT

OTHER = {
    "bench": "speed beside other programs",
    "faults": "the program is killed, starved and damaged",
    "golden": "workspaces that earlier versions wrote",
    "review": "the independent judge of reviews, over random offices and the demo",
    "support": "what tests of several folders use",
}
"""The folders of tests/ without a folder of code, and what each is for."""


def code_of(folder: Path) -> Path:
    """The folder of code that a folder of tests tests; `folder` is relative to tests/."""
    own = folder.parts[0] in {"webforms", "plugins"}
    return folder if own else "nqcore" / folder


def folders(root: Path) -> list[Path]:
    """Each folder of tests under `root`/tests, relative to it."""
    tests = root / "tests"
    found = {path.parent.relative_to(tests) for path in tests.rglob("*.py")}
    return sorted(f for f in found if f.parts and f.parts[0] not in OTHER)


def misplaced(root: Path) -> list[Path]:
    """The folders of tests that no folder of code corresponds to."""
    return [f for f in folders(root) if not (root / code_of(f)).is_dir()]


def test_every_folder_of_tests_has_a_folder_of_code() -> None:
    assert folders(ROOT)
    assert misplaced(ROOT) == []


def test_a_folder_of_tests_without_a_folder_of_code_is_found(tmp_path: Path) -> None:
    for code in ("nqcore/text", "webforms/entry"):
        (tmp_path / code).mkdir(parents=True)
    for name in ("text", "core", "webforms/entry", "webforms/pages", "bench"):
        (tmp_path / "tests" / name).mkdir(parents=True)
        (tmp_path / "tests" / name / "test_x.py").touch()
    assert misplaced(tmp_path) == [Path("core"), Path("webforms/pages")]


def test_every_folder_of_tests_is_a_package() -> None:
    """Two test files may have one name only in packages."""
    assert [f for f in folders(ROOT) if not (ROOT / "tests" / f / "__init__.py").exists()] == []


def test_the_folders_without_code_exist() -> None:
    assert [name for name in OTHER if not (ROOT / "tests" / name).is_dir()] == []
