"""The law of tables that are read in: whatever a table holds and however it is read, every cell that is not
blank is taken, refused or named, and nothing that is no number is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.files.spreadsheets import CellKind, Sheet, SheetCell
from nqcore.workspace.facade import Workspace
from nqcore.workspace.table_import.mapping import (
    LEFT_OUT,
    TOTAL_ROW,
    ColumnUse,
    RowAxis,
    SignMeaning,
    TableColumn,
    TableMapping,
    read_mapping,
    written_mapping,
)
from nqcore.workspace.table_import.reading import Fate
from nqcore.workspace.table_import.table_file import SheetView, TableFile
from tests.support import bug_office


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with bug_office.make(tmp_path_factory.mktemp("law") / "w") as found:
        yield found


TEXTS = st.sampled_from(
    [
        *(
            "Xã An Phú",
            "UBND xã Bình Minh",
            "Xã Lạ",
            "TỔNG CỘNG",
            "I",
            "1",
            "Số người dự",
            "Đơn vị",
        ),
        *(
            "Quý III/2026",
            "Thu ngân sách (đồng)",
            "—",
            "…",
            "x",
            "~1.500",
            "1.234(*)",
            "12",
            "1.310",
        ),
        *("5 triệu", "không rõ", "", " ", "triệu đồng", "(1)", "1O0", "9" * 40),
    ]
)
NUMBERS = st.sampled_from(["0", "5", "1310", "1.5", "-3", "1234567890", "1E+30"])
CELLS = st.one_of(
    st.builds(lambda text, formula: SheetCell(CellKind.TEXT, text, formula=formula), TEXTS, st.booleans()),
    st.builds(
        lambda text, formula, unclear, raised: SheetCell(
            CellKind.NUMBER, text, formula=formula, unclear=unclear, raised=raised
        ),
        NUMBERS, st.booleans(), st.booleans(), st.booleans(),
    ),
    st.builds(lambda text: SheetCell(CellKind.PERCENT, text), NUMBERS),
    st.just(SheetCell(CellKind.ERROR, "#N/A")),
    st.just(SheetCell(CellKind.DATE, "1/5/2026")),
    st.just(SheetCell(CellKind.BOOLEAN, "TRUE")),
)  # fmt: skip
PLACES = st.tuples(st.integers(1, 9), st.integers(0, 4))
SHEETS = st.builds(
    lambda cells, merged, hidden: SheetView(
        Sheet(name="B", hidden=False, cells=cells, merged=merged, hidden_rows=hidden)
    ),
    st.dictionaries(PLACES, CELLS, max_size=40),
    st.sampled_from([(), ((2, 0, 2, 3),), ((3, 1, 4, 1),)]),
    st.frozensets(st.integers(1, 9), max_size=2),
)
CODES = st.sampled_from(["", "bug.N1", "bug.M1", "bug.R1", "nothing"])
UNITS = st.sampled_from(["", "h1-a", "h1", "nothing"])
PERIODS = st.sampled_from(["", "2026-Q3", "2026", "2030-Q1", "nothing"])
COLUMNS = st.tuples(
    *(
        st.builds(
            TableColumn,
            at=st.just(at),
            use=st.sampled_from(ColumnUse),
            unit=UNITS,
            indicator=CODES,
            period=PERIODS,
            scale=st.sampled_from([0, 1, 1000, 10**6, 10**9]),
        )
        for at in range(4)
    )
)
MAPPINGS = st.builds(
    TableMapping,
    sheet=st.just("B"),
    first=st.just(1),
    head=st.integers(1, 4),
    last=st.integers(5, 9),
    rows=st.sampled_from(RowAxis),
    columns=COLUMNS,
    unit=UNITS,
    indicator=CODES,
    period=PERIODS,
    names=st.dictionaries(
        st.sampled_from(["xa la", "i"]), st.sampled_from([LEFT_OUT, TOTAL_ROW, "h2-b"])
    ),
    marks=st.dictionaries(st.sampled_from(["-", "...", "x"]), st.sampled_from(SignMeaning)),
    blank=st.sampled_from(SignMeaning),
    formulas=st.booleans(),
)
quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check(ws: Workspace, view: SheetView, mapping: TableMapping) -> None:
    file = TableFile(name="b.xlsx", sheets=(view,), typed=False)
    look = ws.tables.look(file, mapping, by="quantri")
    fates = look.fates["B"]
    assert set(fates) == set(view.filled)
    refused = {place for place, fate in fates.items() if fate is Fate.REFUSED}
    named = {str(fault.params["cell"]) for fault in look.faults}
    assert (not refused) or named
    taken = [place for place, fate in fates.items() if fate is Fate.TAKEN]
    for place in taken:
        cell = view.sheet.cells[place]
        assert cell.kind not in (CellKind.ERROR, CellKind.DATE, CellKind.BOOLEAN)
        assert not cell.raised
        assert not cell.unclear
        assert cell.text not in ("~1.500", "1.234(*)", "không rõ", "1O0")
        assert mapping.formulas or not cell.formula
    if mapping.blank is SignMeaning.NOTHING:
        assert len(look.plan.changes) + look.plan.same == len(taken)
    assert read_mapping(written_mapping(mapping)) == mapping


@quick
@given(view=SHEETS, mapping=MAPPINGS)
def test_under_any_mapping_every_cell_has_its_fate(
    ws: Workspace, view: SheetView, mapping: TableMapping
) -> None:
    check(ws, view, mapping)


@quick
@given(view=SHEETS)
def test_under_the_mappings_that_are_proposed_too(ws: Workspace, view: SheetView) -> None:
    file = TableFile(name="b.xlsx", sheets=(view,), typed=False)
    for mapping in ws.tables.guess(file, by="quantri"):
        check(ws, view, mapping)
        again = ws.tables.guess_again(file, replace(mapping, rows=RowAxis.INDICATOR), by="quantri")
        check(ws, view, again)
