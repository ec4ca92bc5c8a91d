"""Fixtures: the small district as a fresh workspace, and the demo district."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.core.small import Install, Now, found


@pytest.fixture
def now() -> Now:
    """The small district's clock: noon of 5 April 2018."""
    return Now()


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """A fresh workspace of the small district."""
    with found(tmp_path / "ws", now) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[Workspace]:
    """The demo district, for reading only."""
    with open_workspace(demo_folder) as workspace:
        yield workspace


@pytest.fixture
def demo_copy(demo_folder: Path, tmp_path: Path) -> Path:
    """A demo district of one's own, to write into."""
    return Path(shutil.copytree(demo_folder, tmp_path / "demo"))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a plugin where pip would: a module and the entry point that names it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def put(name: str, code: str, *, dist: str = "", module: str = "") -> None:
        module = module or name
        (site / f"{module}.py").write_text(code, "utf-8")
        monkeypatch.delitem(sys.modules, module, raising=False)
        info = site / f"{dist or name}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {dist or name}\nVersion: 1.2\n"
        )
        (info / "entry_points.txt").write_text(f"[nqcore]\n{name} = {module}\n")

    return put
