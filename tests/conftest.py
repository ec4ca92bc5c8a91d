"""What all tests share: keys outside the user's own folder, and one demo district for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from nqcore.model.days_off import VIET_NAM

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


@pytest.fixture(scope="session")
def demo_folder(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workspace as `nq demo` makes it, once for the session. Copy it to write into it."""
    from click.testing import CliRunner

    from nqcore.cli import main

    folder = tmp_path_factory.mktemp("demo") / "huyen"
    done = CliRunner().invoke(main, ["demo", str(folder), "--no-serve"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder
