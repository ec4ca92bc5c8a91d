"""Five tables as offices make them come in right, by the library and by the command: each figure as it was
reckoned without the reader, each other cell named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nqcore.workspace.facade import Workspace
from nqcore.workspace.table_import.reading import Fate
from tests.cli.run import nq
from tests.support.office import need
from tests.workspace.table_import import five
from tests.workspace.table_import.five import TABLES, OfficeTable

BY = "quantri"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return five.make(tmp_path_factory.mktemp("five") / "o")


@pytest.fixture
def ws(office: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(office, tmp_path / "w")
    with five.opened(tmp_path / "w") as found:
        yield found


def each_table() -> list[object]:
    """The tables; those that LibreOffice writes are slow."""
    slow = pytest.mark.slow
    return [
        pytest.param(make, id=name, marks=() if make().name.endswith(("xlsx", "csv")) else slow)
        for name, make in TABLES.items()
    ]


def needed(table: OfficeTable) -> OfficeTable:
    """The table, where what writes its file is installed."""
    if not table.name.endswith(("xlsx", "csv")):
        need("soffice")
    return table


@pytest.fixture(params=each_table())
def table(request: pytest.FixtureRequest) -> OfficeTable:
    return needed(request.param())


def test_the_library_takes_each_figure_and_names_each_other_cell(
    ws: Workspace, table: OfficeTable, tmp_path: Path
) -> None:
    file = ws.tables.read(table.name, table.data(tmp_path))
    (mapping,) = ws.tables.guess(file, by=BY)
    look = ws.tables.look(file, mapping, by=BY)
    assert [str(fault) for fault in look.faults] == []
    assert [note.params for note in look.plan.notes if note.code == "sum-differs"] == []
    (fates,) = look.fates.values()
    assert set(fates) == set(table.grid)
    assert {place for place, fate in fates.items() if fate is Fate.TAKEN} == table.places
    ws.tables.apply(look, by=BY)
    assert five.stored(ws) == table.figures


def test_the_command_takes_the_same_by_the_kept_mapping(
    ws: Workspace, table: OfficeTable, tmp_path: Path
) -> None:
    path = tmp_path / table.name
    path.write_bytes(table.data(tmp_path))
    file = ws.tables.read(table.name, path.read_bytes())
    (mapping,) = ws.tables.guess(file, by=BY)
    ws.tables.keep(replace(mapping, name="Biểu"), by=BY)
    done = nq("import", path, "-w", ws.folder, "--map", "bieu", "--by", BY)
    assert done.code == 0, done.err
    named = sum(int(line.split()[0]) for line in done.err.splitlines() if line[:1].isdigit())
    assert named == len(table.grid)
    ws._state.refresh()
    assert five.stored(ws) == table.figures
