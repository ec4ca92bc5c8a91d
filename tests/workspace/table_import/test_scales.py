"""Each figure of a table has a scale of its own: what is said of money is not of people, and the words that
stand nearer come first.

The judge is the maker of the tables: it draws amounts in single đồng and people, writes them into cells under
the words that it has drawn, and so knows what has to come out; it asks nothing of the package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.files.spreadsheets import CellKind, Sheet, SheetCell
from nqcore.plugin import read_definitions
from nqcore.workspace.facade import Workspace
from nqcore.workspace.setup import create
from nqcore.workspace.table_import.mapping import ColumnUse, RowAxis, TableMapping
from nqcore.workspace.table_import.plan import TableLook
from nqcore.workspace.table_import.table_file import SheetView, TableFile
from tests.support import bug_office

BY = "quantri"
MORE = """
[[indicator]]
label = "M2"
name = "Chi thường xuyên"
measure = "tỷ đồng"
decimals = 3
[[form]]"""
DEFINITIONS = bug_office.DEFINITIONS.replace("[[form]]", MORE, 1).replace('"M3"]', '"M3", "M2"]')
NAMES = {"N1": "Số người dự", "M1": "Thu ngân sách", "M2": "Chi thường xuyên"}
UNITS = {"h1-a": "Xã An Phú", "h1-b": "Xã Bình Minh"}
PERIODS = {"2026-Q2": "Quý II/2026", "2026-Q3": "Quý III/2026"}
OWN = {"N1": 1, "M1": 10**6, "M2": 10**9}
"""How many a 1 of each indicator is."""
WORDS = {10**3: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng"}
LINES = ("ĐVT: {}", "(Đơn vị tính: {})", "Báo cáo (ĐVT: {})", "({})", "Đơn vị tính: người, {}")
SCALES = st.sampled_from([0, *WORDS])


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with create(
        tmp_path_factory.mktemp("scales") / "w",
        units=bug_office.UNITS,
        modules=[("bug", read_definitions(DEFINITIONS))],
        since=date(2025, 1, 1),
        clock=lambda: bug_office.NOW,
    ) as found:
        yield found


@dataclass
class Table:
    """A table that is made, and what has to come out of it."""

    rows: list[list[str]] = field(default_factory=list)
    expected: dict[str, Decimal] = field(default_factory=dict)

    def cell(self, unit: str, period: str, label: str, thousandths: int, scale: int) -> str:
        """The text of a cell, in a column or row that counts in `scale`; it is noted what it means."""
        own = OWN[label]
        amount = thousandths if own == 1 else thousandths * 10**6
        self.expected[f"{unit} {period} {label}"] = Decimal(amount) / own
        written = Decimal(amount) / (1 if own == 1 else scale or own)
        return f"{written.normalize():f}"

    def view(self) -> SheetView:
        cells = {
            (row, at): SheetCell(CellKind.NUMBER if is_number(text) else CellKind.TEXT, text)
            for row, several in enumerate(self.rows, 1)
            for at, text in enumerate(several)
            if text
        }
        return SheetView(Sheet(name="B", hidden=False, cells=cells))


def is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def said(name: str, scale: int) -> str:
    """A name with its measure."""
    return f"{name} ({WORDS[scale]})" if scale else name


AMOUNTS = st.integers(0, 99_999)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table in one of the orientations, with words of scale in some places."""
    table = Table()
    line = draw(SCALES)
    if line:
        table.rows.append([draw(st.sampled_from(LINES)).format(WORDS[line])])
    labels = draw(st.permutations(list(NAMES)))
    shape = draw(
        st.sampled_from(["units across", "periods across", "one unit", "units", "periods"])
    )
    if shape in ("units", "periods"):
        _indicators_across(draw, table, labels, line, by_period=shape == "periods")
    else:
        _indicators_down(draw, table, labels, line, shape)
    return table


def _indicators_across(
    draw: st.DrawFn, table: Table, labels: list[str], line: int, *, by_period: bool
) -> None:
    own = {label: draw(SCALES) if label != "N1" else 0 for label in labels}
    over = draw(SCALES)
    table.rows.insert(0, ["Đơn vị báo cáo: Xã An Phú" if by_period else "Quý III/2026"])
    if over:
        table.rows.append(["", *[f"Kết quả ({WORDS[over]})"] * len(labels)])
    table.rows.append(["Kỳ" if by_period else "Đơn vị", *(said(NAMES[x], own[x]) for x in labels)])
    for code, name in (PERIODS if by_period else UNITS).items():
        unit, period = ("h1-a", code) if by_period else (code, "2026-Q3")
        cells = [table.cell(unit, period, x, draw(AMOUNTS), own[x] or over or line) for x in labels]
        table.rows.append([name, *cells])


def _indicators_down(
    draw: st.DrawFn, table: Table, labels: list[str], line: int, shape: str
) -> None:
    if shape == "units across":
        heads = [(unit, "2026-Q3", name) for unit, name in UNITS.items()]
    elif shape == "periods across":
        heads = [("h1-a", period, name) for period, name in PERIODS.items()]
    else:
        heads = [("h1-a", "2026-Q3", "Thực hiện")]
    table.rows[:0] = [["Xã An Phú"], ["Quý III/2026"]]
    own = {at: draw(SCALES) for at in range(len(heads))}
    measures, corner = draw(st.booleans()), draw(SCALES)
    names = [said(name, own[at]) for at, (_unit, _period, name) in enumerate(heads)]
    table.rows.append([said("Chỉ tiêu", corner), *["ĐVT"] * measures, *names])
    for label in labels:
        row, measure = draw(SCALES), draw(st.sampled_from([*WORDS, 0]))
        is_money = label != "N1"
        near = (measure if measures else 0) or row
        cells = [
            table.cell(unit, period, label, draw(AMOUNTS), near or own[at] or corner or line)
            for at, (unit, period, _name) in enumerate(heads)
        ]
        name = said(NAMES[label], row if is_money else 0)
        word = (WORDS.get(measure, "") if is_money else "người") if measures else ""
        table.rows.append([name, *[word] * measures, *cells])


def look_of(ws: Workspace, table: Table) -> tuple[TableMapping, TableLook]:
    file = TableFile(name="b.xlsx", sheets=(table.view(),), typed=False)
    (mapping,) = ws.tables.guess(file, by=BY)
    return mapping, ws.tables.look(file, mapping, by=BY)


def values(look: TableLook) -> dict[str, Decimal]:
    return {
        f"{one.obligation.unit} {one.obligation.period.code} {one.field}": Decimal(one.new)
        for one in look.plan.changes
    }


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(table=tables())
def test_each_figure_comes_out_as_the_amount_that_was_written(ws: Workspace, table: Table) -> None:
    _mapping, look = look_of(ws, table)
    assert look.faults == ()
    assert values(look) == table.expected


def made(*rows: str) -> Table:
    """A table whose rows are written with a bar between the cells."""
    return Table(rows=[row.split("|") for row in rows])


TITLES = ("Xã An Phú", "Quý III/2026")
ONE_UNIT = {
    "a choice of the user holds for money only": (
        ("Chỉ tiêu|Thực hiện", "Số người dự|120", "Thu ngân sách|1500"),
        {"N1": "120", "M1": "1.5"},
    ),
    "each row says its own": (
        ("Chỉ tiêu|Thực hiện", "Thu ngân sách, nghìn đồng|1500", "Chi thường xuyên (triệu đồng)|7000"),
        {"M1": "1.5", "M2": "7"},
    ),
    "the heading of a group holds until the next": (
        (
            *("Chỉ tiêu|Thực hiện", "I. Tiền (nghìn đồng)", "Thu ngân sách|1500", "Số người dự|5"),
            *("II. Khác", "Chi thường xuyên|2"),
        ),
        {"M1": "1.5", "N1": "5", "M2": "2"},
    ),
    "a measure that stands over several rows": (
        ("Chỉ tiêu|ĐVT|Thực hiện", "Thu ngân sách|1.000đ|1500", "Số người dự|–|5"),
        {"M1": "1.5", "N1": "5"},
    ),
    "a line that says a number alone is said of money": (
        ("ĐVT: 1.000", "Chỉ tiêu|Thực hiện", "Thu ngân sách|1500", "Số người dự|5"),
        {"M1": "1.5", "N1": "5"},
    ),
    "a line with people and money": (
        ("ĐVT: người; tỷ đồng", "Chỉ tiêu|Thực hiện", "Thu ngân sách|1,5", "Số người dự|5"),
        {"M1": "1500", "N1": "5"},
    ),
    "or with a bar between them": (
        ("ĐVT: Người/tỷ đồng", "Chỉ tiêu|Thực hiện", "Thu ngân sách|1,5", "Số người dự|5"),
        {"M1": "1500", "N1": "5"},
    ),
    "a sentence above the table": (
        ("Bảng này tính bằng tỷ đồng", "Chỉ tiêu|Thực hiện", "Thu ngân sách|1,5"), {"M1": "1500"},
    ),
    "square brackets, a dash, a bare number": (
        ("Chỉ tiêu|Thực hiện", "Thu ngân sách [tỷ đồng]|1,5", "Chi thường xuyên - triệu đồng|7"),
        {"M1": "1500", "M2": "0.007"},
    ),
    "a name is no measure, nor is an amount": (
        ("Vốn trên 10 tỷ đồng", "Xã Triệu Đồng", "Chỉ tiêu|Thực hiện", "Thu ngân sách|1,5"),
        {"M1": "1.5"},
    ),
    "other ways to write the same measure": (
        ("Chỉ tiêu|ĐVT|Thực hiện", "Số người dự|Người|5", "Thu ngân sách|tỷ đồng VN|1,5"),
        {"N1": "5", "M1": "1500"},
    ),
    "or of people where there is no money": (
        ("ĐVT: 1.000", "Chỉ tiêu|Thực hiện", "Số người dự|5", "Số lao động cuối kỳ|6"),
        {"N1": "5000", "S1": "6000"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "out"), ONE_UNIT.values(), ids=ONE_UNIT)
def test_the_words_that_stand_nearest_to_a_figure_hold(
    ws: Workspace, rows: tuple[str, ...], out: dict[str, str], request: pytest.FixtureRequest
) -> None:
    table = made(*TITLES, *rows)
    mapping, look = look_of(ws, table)
    if "choice" in request.node.name:
        chosen = [
            replace(one, scale=1000 * (one.use is ColumnUse.FIGURES)) for one in mapping.columns
        ]
        file = TableFile(name="b.xlsx", sheets=(table.view(),), typed=False)
        look = ws.tables.look(file, replace(mapping, columns=tuple(chosen)), by=BY)
    assert look.faults == ()
    assert {key.split()[-1]: str(value) for key, value in values(look).items()} == out


@pytest.mark.parametrize(
    "rows",
    [
        ("Đơn vị|Số người dự|Thu ngân sách", "ĐVT|người|tỷ đồng"),
        ("Đơn vị|Số người dự|Thu ngân sách", "Đơn vị tính|Người|(Tỷ đồng)"),
        ("Đơn vị|Số người dự|Thu ngân sách", "(1)|(người)|(tỷ đồng)"),
        ("Đơn vị|Số người dự|Thu ngân sách", "|-|tỷ đ"),
        ("Đơn vị|Số người dự|Thu ngân sách", "||tỷ đồng", "(A)|(1)|(2)"),
        ("Đơn vị|Số người dự|Thu ngân sách", "(A)|(1)|(2)", "ĐVT||tỷ đồng"),
        ("Đơn vị|Số người dự|Thu ngân sách", "ĐVT|người|1.000.000.000 đ"),
    ],
)
def test_a_row_of_measures_below_the_names_of_columns_is_part_of_the_heading(
    ws: Workspace, rows: tuple[str, ...]
) -> None:
    mapping, look = look_of(ws, made("Quý III/2026", *rows, "Xã An Phú|12|5", "Xã Bình Minh|13|6"))
    assert (mapping.head, look.faults) == (1 + len(rows), ())
    assert {key[:2] + key[-2:]: value for key, value in values(look).items() if "h1-a" in key} == {
        "h1N1": 12,
        "h1M1": 5000,
    }


def test_a_row_of_measures_of_other_columns_is_refused(ws: Workspace) -> None:
    rows = ("Quý III/2026", "Đơn vị|Số người dự|Diện tích", "|ha|người", "Xã An Phú|12|5")
    _mapping, look = look_of(ws, made(*rows))
    assert ["but N1 counts" in str(one) or "but M3 counts" in str(one) for one in look.faults] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("Quý III/2026 - Nghìn đồng", "Quý III/2026||Nghìn đồng", "Quý III/2026|ngđ"),
        *("Quý III/2026|||ĐVT: nghìn đồng", "Quý III/2026|||(ng.đ)"),
    ],
)
def test_a_measure_at_the_side_of_the_title_is_that_of_all_money(ws: Workspace, line: str) -> None:
    rows = ("Đơn vị|Thu ngân sách|Số người dự|Ghi chú", "Xã An Phú|5000|12")
    mapping, look = look_of(ws, made(line, *rows))
    assert (mapping.first, mapping.period, look.faults) == (2, "2026-Q3", ())
    assert values(look) == {"h1-a 2026-Q3 M1": 5, "h1-a 2026-Q3 N1": 12}


def test_what_is_converted_is_named_by_its_cells(ws: Workspace) -> None:
    table = made(*TITLES, "Chỉ tiêu|Thực hiện", "Thu ngân sách (nghìn đồng)|1500", "Số người dự|5")
    _mapping, look = look_of(ws, table)
    (note,) = [note for note in look.plan.notes if note.code == "scaled"]
    assert note.params == {"cells": "B4", "theirs": "nghìn đồng", "measure": "triệu đồng"}


@pytest.mark.parametrize(
    "rows",
    [
        (*TITLES, "Chỉ tiêu|Thực hiện", "Số người dự (triệu đồng)|5", "Thu ngân sách|1"),
        ("Quý III/2026", "Đơn vị|Số người dự (triệu đồng)|Thu ngân sách", "Xã An Phú|5|1"),
    ],
)
def test_money_for_an_indicator_of_people_is_refused(ws: Workspace, rows: tuple[str, ...]) -> None:
    _mapping, look = look_of(ws, made(*rows))
    (fault,) = look.faults
    assert "but N1 counts người" in str(fault)
    assert list(values(look).values()) == [1]


@pytest.mark.parametrize(
    ("name", "measure", "label"),
    [
        *(("Diện tích", said, "M3") for said in ("m2", "m²", "1.000 m2", "km2", "tấn", "người")),
        *(("Tỷ lệ hộ nghèo", said, "P1") for said in ("‰", "lần", "hộ")),
        *(("Số người dự", said, "N1") for said in ("lượt người", "%", "hộ", "triệu đồng")),
        *(("Thu ngân sách", said, "M1") for said in ("USD", "nghìn USD", "%", "người")),
    ],
)
def test_a_figure_in_another_measure_is_refused_wherever_it_is_said(
    ws: Workspace, name: str, measure: str, label: str
) -> None:
    for rows in (
        (*TITLES, "Chỉ tiêu|ĐVT|Thực hiện", f"{name}|{measure}|5"),
        (*TITLES, "Chỉ tiêu|Thực hiện", f"{name} ({measure})|5"),
        ("Quý III/2026", f"Đơn vị|{name} ({measure})", "Xã An Phú|5"),
        *([(*TITLES, f"ĐVT: {measure}", "Chỉ tiêu|Thực hiện", f"{name}|5")] * ("USD" in measure)),
    ):
        mapping, look = look_of(ws, made(*rows))
        assert any(one.use is ColumnUse.FIGURES for one in mapping.columns), rows
        (fault,) = look.faults
        assert f"but {label} counts" in str(fault), rows
        assert values(look) == {}


def test_a_choice_that_the_file_contradicts_is_said(ws: Workspace) -> None:
    table = made("Quý III/2026", "Đơn vị|Thu ngân sách (tỷ đồng)", "Xã An Phú|5")
    mapping, _look = look_of(ws, table)
    columns = [replace(one, scale=10**6) for one in mapping.columns]
    file = TableFile(name="b.xlsx", sheets=(table.view(),), typed=False)
    look = ws.tables.look(file, replace(mapping, columns=tuple(columns)), by=BY)
    assert values(look) == {"h1-a 2026-Q3 M1": 5}
    (note,) = [note for note in look.plan.notes if note.code == "scale-chosen"]
    assert (note.params["theirs"], note.params["said"]) == ("triệu đồng", "tỷ đồng")


def test_the_next_file_of_a_kept_layout_says_its_scale_itself(ws: Workspace) -> None:
    rows = ("Quý III/2026", "Đơn vị|Thu ngân sách", "Xã An Phú|5")
    mapping, _look = look_of(ws, made("ĐVT: nghìn đồng", *rows))
    ws.tables.keep(replace(mapping, name="Thu"), by=BY)
    view = made("ĐVT: tỷ đồng", *rows).view()
    file = TableFile(name="b.xlsx", sheets=(view,), typed=False)
    look = ws.tables.look(file, ws.tables.mapped(file, "Thu", by=BY), by=BY)
    assert values(look) == {"h1-a 2026-Q3 M1": 5000}
    ws.tables.forget("Thu", by=BY)


def test_a_second_table_is_not_of_the_last_unit_of_the_first(ws: Workspace) -> None:
    view = made(
        *("Quý III/2026", "Đơn vị|Số tiền – ĐVT: tỷ đồng", "Xã An Phú|5", "Xã Bình Minh|6", ""),
        *("Chỉ tiêu|Thực hiện", "Số người dự|7", "Thu ngân sách|8"),
    ).view()
    file = TableFile(name="b.xlsx", sheets=(view,), typed=False)
    _first, second = ws.tables.guess(file, by=BY)
    assert (second.rows, second.unit, second.period) == (RowAxis.INDICATOR, "", "2026-Q3")
    look = ws.tables.look(file, replace(second, unit="h2-a"), by=BY)
    assert values(look) == {"h2-a 2026-Q3 N1": 7, "h2-a 2026-Q3 M1": 8}


def test_a_figure_of_a_first_table_is_not_the_year_of_the_second(ws: Workspace) -> None:
    view = made(
        *("Quý III/2026", "Đơn vị|Số người dự", "Xã An Phú|2013", "", "Biểu 2"),
        *("Đơn vị|Thu ngân sách", "Xã An Phú|7"),
    ).view()
    file = TableFile(name="b.xlsx", sheets=(view,), typed=False)
    assert [one.period for one in ws.tables.guess(file, by=BY)] == ["2026-Q3"] * 2
