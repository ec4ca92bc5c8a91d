"""Fixtures of all tests: a key folder of the test run, the demo district, the small district as a fresh
workspace, and a plugin as pip installs it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from nqcore.collection.accounts import passwords
from nqcore.model.days_off import VIET_NAM
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import Install, Now, found, put_plugin

settings.register_profile("nqcore", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("nqcore")


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Workspaces made by tests keep their keys here; what the caller's shell says is not used."""
    folder = tmp_path_factory.mktemp("keys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NQ_KEYS", str(folder))
        for name in ("NQ_WORKSPACE", "NQ_LANG"):
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def holidays() -> None:
    """Load the library of holidays now: inside a property test the loading would count as slowness."""
    VIET_NAM.working(date(2018, 1, 2))


SHIPPED_HASHER = passwords._hasher


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords at the lowest cost: at the real one, signing in is half the time of all tests."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        yield


@pytest.fixture(scope="module")
def english() -> Iterator[None]:
    """`nq` speaks English, unless a call says otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NQ_LANG", "en")
        yield


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash passwords at the cost that users have."""
    monkeypatch.setattr(passwords, "_hasher", SHIPPED_HASHER)
    _forget_hashes()
    yield
    _forget_hashes()


def _forget_hashes() -> None:
    passwords._dummy_hash.cache_clear()
    passwords._own_cost.cache_clear()


@pytest.fixture(scope="session")
def demo_folder(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workspace as `nq demo` makes it, once for the session. Copy it to write into it."""
    return _demo(tmp_path_factory.mktemp("demo") / "huyen")


@pytest.fixture(scope="session")
def commune_folder(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo commune of 2026, as `demo_folder`."""
    return _demo(tmp_path_factory.mktemp("demo") / "xa", "--model", "commune")


def _demo(folder: Path, *options: str) -> Path:
    from click.testing import CliRunner

    from nqcore.cli import main

    command = ["demo", str(folder), "--no-serve", *options]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder


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
        monkeypatch.delitem(sys.modules, module or name, raising=False)
        put_plugin(site, name, code, dist=dist, module=module)

    return put


@pytest.fixture
def scaffold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plugin that `nq plugins new nq_tan_hoa` writes, put where `pip install -e` would leave it."""
    from click.testing import CliRunner

    from nqcore.cli import main

    folder = tmp_path / "nq-tan-hoa"
    done = CliRunner().invoke(main, ["plugins", "new", "nq_tan_hoa", str(folder)])
    assert done.exit_code == 0, done.output
    info = folder / "nq_tan_hoa-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nq-tan-hoa\nVersion: 0.1.0\n")
    project = (folder / "pyproject.toml").read_text("utf-8")
    assert '[project.entry-points.nqcore]\nnq_tan_hoa = "nq_tan_hoa"' in project
    (info / "entry_points.txt").write_text("[nqcore]\nnq_tan_hoa = nq_tan_hoa\n")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "nq_tan_hoa", raising=False)
    return folder
