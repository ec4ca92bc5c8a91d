"""A small office for commands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.entry.autofill import zeros
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from nqcore.workspace.unit_list import read_units
from tests.cli.run import OFFICE, TODAY, Run, nq


@pytest.fixture(scope="session")
def office_folder(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office with the real forms, on the demo's day: opened in a moment. Xã An Phú's report
    of 2018-Q1 is accepted."""
    folder = tmp_path_factory.mktemp("office") / "ws"
    units = tmp_path_factory.mktemp("list") / "units.csv"
    units.write_text(OFFICE, "utf-8")
    with create_workspace(
        folder,
        name="Huyện",
        plugins=["nq_res20"],
        root="huyen",
        units=read_units(units),
        today=TODAY,
    ) as ws:
        for login, unit, role in (
            ("vanphong", "huyen", Role.APPROVE),
            ("xa", "xa-an-phu", Role.ENTER),
        ):
            ws.accounts.add(login, login, unit, [role], units=ws.units, by="test", at=ws.clock())
    with open_workspace(folder) as ws:
        sheet = ws.entry.sheet(ws.submissions.obligation("xa-an-phu", "res20.q", "2018-Q1"))
        draft = ws.save_draft(
            "xa-an-phu", "res20.q", "2018-Q1", {**zeros(sheet), "A1": "4"}, by="xa"
        )
        ws.send(draft, by="xa")
        ws.accept(draft, by="vanphong")
    return folder


@pytest.fixture
def office(office_folder: Path, tmp_path: Path) -> Path:
    """The small office, to write into."""
    return Path(shutil.copytree(office_folder, tmp_path / "office"))


@pytest.fixture
def on(demo_folder: Path) -> Run:
    """A command on the demo workspace, for reading."""
    return lambda command, *args: nq(*command.split(), "-w", demo_folder, *args)


@pytest.fixture
def at(office_folder: Path) -> Run:
    """A command on the small office, for reading."""
    return lambda command, *args: nq(*command.split(), "-w", office_folder, *args)


@pytest.fixture(scope="module")
def small(office_folder: Path) -> Iterator[Workspace]:
    """The small office itself, for reading."""
    with open_workspace(office_folder) as workspace:
        yield workspace


@pytest.fixture
def into(office: Path) -> Run:
    """A command on a small office of one's own, its messages in English."""
    return lambda *args: nq(*args, "-w", office, "--lang", "en")
