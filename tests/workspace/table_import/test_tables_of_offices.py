"""Tables as offices make them come in right through the mapping that is proposed, or after one decision.
Every cell that is not blank is taken, refused or named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from nqcore.errors import UnknownName
from nqcore.workspace.facade import Workspace
from nqcore.workspace.import_plan import ImportRefused
from nqcore.workspace.setup import create
from nqcore.workspace.table_import.kept import LayoutDiffers, MappingUnnamed
from nqcore.workspace.table_import.mapping import (
    LEFT_OUT,
    ColumnUse,
    RowAxis,
    SignMeaning,
    TableMapping,
)
from nqcore.workspace.table_import.period_names import period_in
from nqcore.workspace.table_import.plan import TableLook
from nqcore.workspace.table_import.reading import Fate
from nqcore.workspace.table_import.table_file import TableFile
from tests.support import bug_office
from tests.support.office import need
from tests.workspace.table_import import tables

BY = "quantri"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with bug_office.make(tmp_path / "w") as found:
        yield found


def read(ws: Workspace, name: str, data: bytes) -> tuple[TableFile, tuple[TableMapping, ...]]:
    file = ws.tables.read(name, data)
    return file, ws.tables.guess(file, by=BY)


def values(look: TableLook) -> dict[str, str]:
    """What would be written, by "unit period box"."""
    return {
        f"{one.obligation.unit} {one.obligation.period.code} {one.field}": one.new
        for one in look.plan.changes
    }


def check_every_cell(file: TableFile, look: TableLook) -> None:
    for view in file.sheets:
        assert set(look.fates[view.sheet.name]) == set(view.filled)


def said(look: TableLook) -> list[str]:
    return [str(fault) for fault in look.faults]


QUARTER = {
    "h1-a 2026-Q3 N1": "120",
    "h1-a 2026-Q3 M1": "1234.5",
    "h1-b 2026-Q3 N1": "80",
    "h1-b 2026-Q3 M1": "2000",
    "h2-a 2026-Q3 N1": "0",
}


def test_titles_merged_headings_groups_scales_and_signs(ws: Workspace) -> None:
    file, (mapping,) = read(ws, "bieu.xlsx", tables.saved(tables.quarter()[0]))
    look = ws.tables.look(file, mapping, by=BY)
    assert (mapping.rows, mapping.period) == (RowAxis.UNIT, "2026-Q3")
    assert look.faults == ()
    assert values(look) == QUARTER
    check_every_cell(file, look)
    assert look.counts[Fate.NO_FIGURE] == 1
    codes = [note.code for note in look.plan.notes]
    assert "scaled" in codes
    (differs,) = [note for note in look.plan.notes if note.code == "sum-differs"]
    assert (differs.params["total"], differs.params["sum"]) == ("205", "200")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("QUÝ II/2026 so với cùng kỳ 2025", "2026-Q2"),
        ("Năm 2026 (so với năm 2025)", "2026"),
        ("So với cùng kỳ năm 2025", ""),
        ("6 tháng đầu năm 2026, so với cùng kỳ", "2026-H1"),
    ],
)
def test_the_time_that_a_table_is_compared_with_is_not_its_own(text: str, period: str) -> None:
    assert period_in(text) == period


@pytest.mark.parametrize(
    ("line", "money"),
    [
        ("(Đơn vị tính: nghìn đồng)", "1.5"),
        ("Đơn vị: tỷ đồng", "1500000"),
        ("BÁO CÁO QUÝ III/2026 (ĐVT: 1.000 đ)", "1.5"),
        ("Đơn vị báo cáo: xã", "1500"),
    ],
)
def test_a_line_above_the_table_says_the_scale_of_money_and_of_nothing_else(
    ws: Workspace, line: str, money: str
) -> None:
    """M1 counts millions of đồng, N1 counts people."""
    rows = [f"{line};;", "Quý III/2026;;", "Đơn vị;N1;M1", "h1-a;120;1500", "h1-b;80;0"]
    _file, (mapping,) = read(ws, "quy.csv", "\n".join(rows).encode())
    look = ws.tables.look(_file, mapping, by=BY)
    assert look.faults == ()
    found = values(look)
    assert (found["h1-a 2026-Q3 N1"], found["h1-a 2026-Q3 M1"]) == ("120", money)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_that_excel_saved_as_unicode_is_read(ws: Workspace, encoding: str) -> None:
    rows = ["Quý III/2026\t\t", "Đơn vị\tN1\tM1", "h1-a\t120\t1500", "h1-b\t80\t0"]
    file, (mapping,) = read(ws, "quy.txt", "\r\n".join(rows).encode(encoding))
    look = ws.tables.look(file, mapping, by=BY)
    assert (look.faults, values(look)["h1-a 2026-Q3 N1"]) == ((), "120")


@pytest.mark.parametrize("figures", ["1900;1900", "2024;2025", "2026;7", "2025;2024"])
def test_a_figure_that_looks_like_a_year_is_a_figure(ws: Workspace, figures: str) -> None:
    rows = ["Xã An Phú;;", "Kỳ;N1;S1", f"Quý II/2026;{figures}", f"Quý III/2026;{figures}"]
    file, (mapping,) = read(ws, "quy.csv", "\n".join(rows).encode())
    look = ws.tables.look(file, mapping, by=BY)
    assert look.faults == ()
    assert list(values(look).values()) == figures.split(";") * 2


def test_years_above_figures_are_a_heading(ws: Workspace) -> None:
    rows = ["Xã An Phú;;", "Chỉ tiêu;2025;2026", "Số người dự;5;6", "Thu ngân sách;7;8"]
    file, (mapping,) = read(ws, "nam.csv", "\n".join(rows).encode())
    assert mapping.head == 2
    assert [one.period for one in mapping.figures] == ["2025", "2026"]
    check_every_cell(file, ws.tables.look(file, mapping, by=BY))


@pytest.mark.parametrize(
    ("cells", "offered"),
    [
        (("1,5 tr", "2 tỷ", "350 triệu"), ("1,5?", "2.000,0?", "350?")),
        (("1,5 tr.đ", "2 tỷ đồng", "12"), ("1,5?", "2.000,0?", None)),
        (("O", "5o", "12"), ("If 0 is meant", "If 50 is meant", None)),
        (("12", "chưa tổng hợp", "chưa có báo cáo"), (None, "is no number", "is no number")),
    ],
)
def test_a_column_of_numbers_with_words_is_offered_and_each_cell_says_its_reading(
    ws: Workspace, cells: tuple[str, ...], offered: tuple[str | None, ...]
) -> None:
    units = ("Xã An Phú", "Xã Bình Minh", "Xã Tân Phú")
    rows = [[unit, cell] for unit, cell in zip(units, cells, strict=True)]
    book, _ = tables.sheet([["Quý III/2026"], ["Đơn vị", "Thu ngân sách"], *rows])
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    look = ws.tables.look(file, mapping, by=BY)
    assert [one.indicator for one in mapping.figures] == ["bug.M1"]
    words = {fault.params["cell"]: str(fault) for fault in look.faults}
    for row, expected in enumerate(offered, 3):
        assert (expected is None) == (f"B{row}" not in words)
        assert expected is None or expected in words[f"B{row}"]
    check_every_cell(file, look)


def test_the_measure_of_the_box_behind_a_number_is_read(ws: Workspace) -> None:
    rows = [["Xã An Phú", "12 người"], ["Xã Bình Minh", "7 người"]]
    book, _ = tables.sheet([["Quý III/2026"], ["Đơn vị", "Số người dự"], *rows])
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    look = ws.tables.look(file, mapping, by=BY)
    assert list(values(look).values()) == ["12", "7"]


@pytest.mark.parametrize("measures", [["", "người", "1.000 đồng"], ["", "6 tháng", "6 tháng"]])
def test_measures_and_times_below_a_heading_are_no_figures(
    ws: Workspace, measures: list[object]
) -> None:
    heads: tables.Rows = [["Quý III/2026"], ["Đơn vị", "Số người dự", "Thu ngân sách"], measures]
    book, _ = tables.sheet([*heads, ["Xã An Phú", 5, 6000]])
    _file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    assert (mapping.first, mapping.head, mapping.last) == (2, 3, 4)


def test_a_first_row_with_words_for_its_figures_is_no_heading(ws: Workspace) -> None:
    rows = ["Xã An Phú;", "Quý III/2026;", "Chỉ tiêu;Thực hiện", "Số người dự;chưa có báo cáo"]
    file, (mapping,) = read(ws, "quy.csv", "\n".join([*rows, "Thu ngân sách;5"]).encode())
    look = ws.tables.look(file, mapping, by=BY)
    assert (mapping.head, [fault.params["cell"] for fault in look.faults]) == (3, ["B4"])


def test_a_wide_heading_above_hides_no_indicator_and_a_number_is_no_name(ws: Workspace) -> None:
    heads: tables.Rows = [["Quý III/2026"], ["Đơn vị", "Kết quả thực hiện", None, "Khác"]]
    rows: tables.Rows = [[None, "Diện tích", "Thu ngân sách"], ["Xã An Phú", 23.35, 5, 7.25]]
    book, page = tables.sheet([*heads, *rows])
    page.merge_cells("B2:C2")
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    look = ws.tables.look(file, mapping, by=BY)
    assert values(look) == {"h1-a 2026-Q3 M3": "23.35", "h1-a 2026-Q3 M1": "5"}
    assert look.fates["Biểu 1"][4, 3] is Fate.OTHER_COLUMN


def _guessed(ws: Workspace, *rows: list[object]) -> tuple[TableFile, TableMapping]:
    file, (mapping, *_) = read(ws, "b.xlsx", tables.saved(tables.sheet([*rows])[0]))
    return file, mapping


@pytest.mark.parametrize(
    ("headings", "taken"),
    [
        (["Số người dự", "Trong đó: nữ"], [1]),
        (["Số nữ dự", "Số người dự"], [2]),
        (["Kế hoạch số người dự", "Số người dự"], [2]),
        (["Tỷ lệ người dự (%)", "Số người dự"], [2]),
        (["Số người dự", "Số người không dự"], [1]),
        (["Số người không dự", "Ghi chú"], []),
        (["Chi ngân sách", "Thu ngân sách"], [2]),
        (["Chi", "Chi khác"], []),
        (["Số người dự", "Số người dự so với cùng kỳ"], [1]),
    ],
)
def test_a_column_of_something_else_is_not_proposed_for_an_indicator(
    ws: Workspace, headings: list[str], taken: list[int]
) -> None:
    _file, mapping = _guessed(
        ws,
        ["SỐ LIỆU QUÝ III NĂM 2026"],
        ["Đơn vị", *headings],
        ["Xã An Phú", 12, 5],
        ["Xã Bình Minh", 13, 6],
    )
    assert [one.at for one in mapping.figures] == taken


@pytest.mark.parametrize(
    "headings",
    [
        ["Kế hoạch năm 2026", "Thực hiện năm 2026", "Tỷ lệ thực hiện/kế hoạch (%)"],
        ["Tỷ lệ thực hiện so kế hoạch (%)", "Thực hiện", "Lũy kế"],
        ["Kế hoạch", "Số liệu", "Trong đó: nữ"],
        ["Cùng kỳ năm 2025", "Năm 2026", "Tăng, giảm"],
    ],
)
def test_of_the_columns_of_one_unit_only_what_was_done_is_proposed(
    ws: Workspace, headings: list[str]
) -> None:
    _file, mapping = _guessed(
        ws,
        ["Đơn vị báo cáo: Xã An Phú"],
        ["Chỉ tiêu", *headings],
        ["Số người dự", 10, 12, 5],
        ["Số lao động cuối kỳ", 10, 13, 6],
    )
    wanted = next(
        at for at, text in enumerate(headings, 1) if text.startswith(("Thực", "Số liệu", "Năm"))
    )
    assert [one.at for one in mapping.figures] == [wanted]


@pytest.mark.parametrize("name", ["Xã Tân Phù", "UBND xã Tân Phủ", "Tân Phũ"])
def test_a_unit_with_another_accent_is_asked_for(ws: Workspace, name: str) -> None:
    rows: list[list[object]] = [
        ["SỐ LIỆU QUÝ III NĂM 2026"],
        ["Đơn vị", "Số người dự"],
        ["Xã An Phú", 12],
        [name, 13],
    ]
    file, mapping = _guessed(ws, *rows)
    look = ws.tables.look(file, mapping, by=BY)
    assert values(look) == {"h1-a 2026-Q3 N1": "12"}
    assert [(one.text, one.code, one.proposals) for one in look.names[1:]] == [
        (name, "", ("h2-a",))
    ]
    assert len(look.faults) == 1


@pytest.mark.parametrize("name", ["xa tan phu", "Xã Tan Phú", "XÃ TÂN PHÚ", "UBND xã Tân Phú"])
def test_a_unit_without_accents_is_the_same(ws: Workspace, name: str) -> None:
    assert ws.tables.office(BY).unit_names.match(name).code == "h2-a"


def test_a_table_that_replaces_a_report_is_not_of_its_period(ws: Workspace) -> None:
    _file, mapping = _guessed(
        ws,
        ["SỐ LIỆU QUÝ III NĂM 2026"],
        ["(Báo cáo này thay báo cáo Quý II)"],
        ["Đơn vị", "Số người dự"],
        ["Xã An Phú", 12],
        ["Xã Bình Minh", 13],
    )
    assert mapping.period == "2026-Q3"


def test_comments_beside_cells_are_named_once(ws: Workspace) -> None:
    book, page = tables.quarter()
    for name in ("C8", "C9", "A1"):
        page[name].comment = Comment("thực ra là 121", "Hoa")
    file, (mapping,) = read(ws, "b.xlsx", tables.saved(book))
    look = ws.tables.look(file, mapping, by=BY)
    (note,) = [note for note in look.plan.notes if note.code == "comments"]
    assert (note.params["count"], note.params["cells"]) == (3, "A1, C8:C9")
    assert values(look) == QUARTER


@pytest.mark.parametrize(
    ("line", "value"),
    [("Đơn vị: nghìn đồng", "5"), ("Ghi chú: ĐVT: tỷ đồng", "5000000"), ("Hết.", "5000")],
)
def test_a_line_below_the_table_says_its_scale(ws: Workspace, line: str, value: str) -> None:
    file, mapping = _guessed(
        ws,
        ["SỐ LIỆU QUÝ III NĂM 2026"],
        ["Đơn vị", "Thu ngân sách"],
        ["Xã An Phú", 5000],
        ["Xã Bình Minh", 6000],
        [],
        [line],
    )
    look = ws.tables.look(file, mapping, by=BY)
    assert values(look)["h1-a 2026-Q3 M1"] == value


def test_the_title_of_the_next_table_says_nothing_of_the_one_above(ws: Workspace) -> None:
    rows: list[list[object]] = [
        ["SỐ LIỆU QUÝ III NĂM 2026"],
        ["Đơn vị", "Thu ngân sách"],
        ["Xã An Phú", 5000],
        ["Xã Bình Minh", 6000],
        [],
        ["Biểu 2. ĐVT: tỷ đồng"],
        ["Đơn vị", "Thu ngân sách"],
        ["Xã Tân Phú", 7],
        ["Xã Long An", 8],
    ]
    file, (first, second) = read(ws, "b.xlsx", tables.saved(tables.sheet(rows)[0]))
    assert values(ws.tables.look(file, first, by=BY))["h1-a 2026-Q3 M1"] == "5000"
    assert values(ws.tables.look(file, second, by=BY))["h2-a 2026-Q3 M1"] == "7000"


@pytest.mark.parametrize("line", ["Đơn vị tính: m2", "ĐVT: km²"])
def test_a_line_in_a_measure_of_the_same_quantity_refuses_the_figures(
    ws: Workspace, line: str
) -> None:
    rows: list[list[object]] = [
        ["SỐ LIỆU QUÝ III NĂM 2026"],
        [line],
        ["Đơn vị", "Diện tích", "Số người dự"],
        ["Xã An Phú", 5000, 7],
        ["Xã Bình Minh", 6000, 8],
    ]
    file, mapping = _guessed(ws, *rows)
    look = ws.tables.look(file, mapping, by=BY)
    assert values(look) == {"h1-a 2026-Q3 N1": "7", "h1-b 2026-Q3 N1": "8"}
    assert len(look.faults) == 2


def test_nothing_is_written_before_it_is_applied_and_then_all_of_it(ws: Workspace) -> None:
    file, (mapping,) = read(ws, "bieu.xlsx", tables.saved(tables.quarter()[0]))
    look = ws.tables.look(file, mapping, by=BY)
    assert ws.submissions.find(bug_office.REPORT).revision is None
    assert ws.tables.apply(look, by=BY) == 3
    revision = ws.submissions.find(bug_office.REPORT).revision
    assert revision is not None
    assert revision.state.value == "draft"
    assert str(revision.answers["M1"]) == "1234.5"
    assert ws.tables.look(file, mapping, by=BY).plan.changes == ()


@pytest.mark.slow
def test_an_open_document_is_read_as_the_same_table(ws: Workspace, tmp_path: Path) -> None:
    need("soffice")
    book, page = tables.quarter()
    page["C12"] = "=C8+C9"
    file, (mapping,) = read(ws, "bieu.ods", tables.as_ods(book, tmp_path))
    look = ws.tables.look(file, mapping, by=BY)
    assert look.faults == ()
    assert values(look) == QUARTER
    assert not [note for note in look.plan.notes if note.code == "sum-differs"]
    check_every_cell(file, look)


def test_quarters_as_columns_of_one_indicator(ws: Workspace) -> None:
    file, (mapping,) = read(ws, "quy.xlsx", tables.periods_across())
    look = ws.tables.look(file, mapping, by=BY)
    assert mapping.indicator == "bug.N1"
    assert look.faults == ()
    assert values(look) == {
        f"{unit} 2026-Q{nth} N1": f"{nth}{end}"
        for unit, end in (("h1-a", 0), ("h1-b", 1))
        for nth in (1, 2, 3)
    }
    assert [n.params["columns"] for n in look.plan.notes if n.code == "hidden-columns"] == ["B"]
    assert not [note for note in look.plan.notes if note.code == "sum-differs"]
    check_every_cell(file, look)


def test_units_as_columns_with_measures_by_row(ws: Workspace) -> None:
    file, (mapping,) = read(ws, "ngang.xlsx", tables.units_across())
    look = ws.tables.look(file, mapping, by=BY)
    assert mapping.rows is RowAxis.INDICATOR
    assert [one.use for one in mapping.columns][-1] is ColumnUse.TOTAL
    assert look.faults == ()
    assert values(look) == {
        "h1-a 2026-Q3 N1": "5",
        "h1-a 2026-Q3 M1": "1.5",
        "h1-b 2026-Q3 N1": "6",
        "h1-b 2026-Q3 M1": "2.5",
    }
    check_every_cell(file, look)


def test_two_tables_in_an_old_encoding_and_what_is_nearly_a_figure(ws: Workspace) -> None:
    file, (first, second) = read(ws, "bang.xlsx", tables.two_tables())
    look = ws.tables.look(file, first, by=BY)
    assert [fault.params["cell"] for fault in look.faults] == ["B3", "B4"]
    assert look.plan.changes == ()
    with pytest.raises(ImportRefused):
        look.checked()
    check_every_cell(file, look)
    look = ws.tables.look(file, replace(second, period="2026-Q3"), by=BY)
    assert values(look) == {"h1-a 2026-Q3 S1": "40", "h2-c 2026-Q3 S1": "50"}
    assert "old-letters" in [note.code for note in look.plan.notes]
    check_every_cell(file, look)


def test_semicolons_an_unknown_unit_and_a_total_that_differs(ws: Workspace) -> None:
    file, (mapping,) = read(ws, "bang.csv", tables.SEMICOLONS)
    look = ws.tables.look(file, mapping, by=BY)
    assert [one.text for one in look.names if one.figures and not one.code] == ["Xã Không Có"]
    assert len(look.faults) == 2
    decided = replace(mapping, names={"xa khong co": LEFT_OUT})
    look = ws.tables.look(file, decided, by=BY)
    assert look.faults == ()
    assert values(look) == {
        "h1-a 2026-Q3 N1": "1310",
        "h1-a 2026-Q3 M1": "1200",
        "h1-b 2026-Q3 N1": "0",
    }
    (differs,) = [note for note in look.plan.notes if note.code == "sum-differs"]
    assert differs.params["difference"] == "1"
    check_every_cell(file, look)


def test_a_sign_without_a_meaning_is_refused_until_somebody_says_what_it_means(
    ws: Workspace,
) -> None:
    book, _ = tables.sheet(
        [
            ["Đơn vị", "Số người dự"],
            ["Xã Bình Minh", 4],
            ["Xã An Phú", "chưa rõ"],
            ["Xã Tân Phú", 5],
        ]
    )
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    mapping = replace(mapping, period="2026-Q3")
    look = ws.tables.look(file, mapping, by=BY)
    assert look.signs == ("chưa rõ",)
    assert len(look.faults) == 1
    for mark, expected in ((SignMeaning.ZERO, "0"), (SignMeaning.NOTHING, None)):
        look = ws.tables.look(file, replace(mapping, marks={"chua ro": mark}), by=BY)
        assert look.faults == ()
        assert values(look).get("h1-a 2026-Q3 N1") == expected


def test_a_blank_cell_is_no_zero_unless_the_user_says_so(ws: Workspace) -> None:
    book, _ = tables.sheet(
        [
            ["Đơn vị", "Số người dự", "Số lao động cuối kỳ"],
            ["Xã An Phú", 1, None],
            ["Xã Bình Minh", None, 2],
        ]
    )
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    mapping = replace(mapping, period="2026-Q3")
    assert set(values(ws.tables.look(file, mapping, by=BY))) == {
        "h1-a 2026-Q3 N1",
        "h1-b 2026-Q3 S1",
    }
    zeros = replace(mapping, blank=SignMeaning.ZERO)
    assert values(ws.tables.look(file, zeros, by=BY)) == {
        "h1-a 2026-Q3 N1": "1",
        "h1-a 2026-Q3 S1": "0",
        "h1-b 2026-Q3 N1": "0",
        "h1-b 2026-Q3 S1": "2",
    }


def test_the_same_unit_twice_is_refused_by_name(ws: Workspace) -> None:
    book, _ = tables.sheet([["Đơn vị", "Số người dự"], ["Xã An Phú", 1], ["UBND xã An Phú", 2]])
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    look = ws.tables.look(file, replace(mapping, period="2026-Q3"), by=BY)
    assert said(look) == [
        "B3: The same figure stands in cell B2 already. Leave one of the two out."
    ]


def test_what_the_form_refuses_is_refused_at_its_cell(ws: Workspace) -> None:
    wrong: tables.Rows = [["Xã An Phú", 1.5], ["Xã Bình Minh", -3], ["h2-b", "=1+1"]]
    book, _ = tables.sheet([["Đơn vị", "Số người dự"], *wrong])
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    look = ws.tables.look(file, replace(mapping, period="2026-Q3"), by=BY)
    assert [fault.params["cell"] for fault in look.faults] == ["B2", "B3", "B4"]
    assert [look.fates["Biểu 1"][row, 1] for row in (2, 3, 4)] == [Fate.REFUSED] * 3


def test_a_period_that_is_closed_or_not_owed_is_said_at_each_cell(ws: Workspace) -> None:
    book, _ = tables.sheet([["Đơn vị", "Số người dự"], ["Xã An Phú", 1], ["Huyện Tân Hòa", 2]])
    file, (mapping,) = read(ws, "bang.xlsx", tables.saved(book))
    look = ws.tables.look(file, replace(mapping, period="2030-Q1"), by=BY)
    assert [fault.params["cell"] for fault in look.faults] == ["B2", "B3"]


# -- kept mappings -------------------------------------------------------------------------------


def test_a_kept_mapping_reads_the_next_quarter_of_the_same_layout(ws: Workspace) -> None:
    file, (mapping,) = read(ws, "bieu.xlsx", tables.saved(tables.quarter("II")[0]))
    assert mapping.period == "2026-Q2"
    ws.tables.keep(replace(mapping, name="Biểu 01", names={"xa tan phu": "h2-b"}), by=BY)
    book, page = tables.quarter("III", (7, 8))
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))
    page.insert_rows(1, 2)  # two more title rows: the table stands lower
    for area in ("C6:D6", "A6:A7", "B6:B7", "E6:E7"):
        page.merge_cells(area)
    file = ws.tables.read("q3.xlsx", tables.saved(book))
    found = ws.tables.fitting(file, by=BY)
    assert found is not None
    assert (found.name, found.first, found.period) == ("Biểu 01", 6, "2026-Q3")
    look = ws.tables.look(file, found, by=BY)
    assert look.faults == ()
    assert values(look)["h1-a 2026-Q3 N1"] == "7"
    assert values(look)["h2-b 2026-Q3 N1"] == "0"


def test_a_mapping_is_kept_once_replaced_and_forgotten(ws: Workspace) -> None:
    _file, (mapping,) = read(ws, "bang.csv", tables.SEMICOLONS)
    with pytest.raises(MappingUnnamed):
        ws.tables.keep(mapping, by=BY)
    named = replace(mapping, name=" Biểu  01 ")
    ws.tables.keep(named, by=BY)
    at = ws.store.head.seq
    ws.tables.keep(named, by=BY)
    assert ws.store.head.seq == at
    ws.tables.keep(replace(named, name="BIEU 01", period="2026-Q1"), by=BY)
    (kept,) = ws.tables.kept()
    assert (kept.mapping.name, kept.mapping.period, kept.by) == ("BIEU 01", "2026-Q1", BY)
    ws.tables.forget("biểu 01", by=BY)
    with pytest.raises(UnknownName):
        ws.tables.forget("biểu 01", by=BY)


def test_another_layout_is_refused_by_name(ws: Workspace) -> None:
    _file, (mapping,) = read(ws, "bang.csv", tables.SEMICOLONS)
    ws.tables.keep(replace(mapping, name="Biểu 01"), by=BY)
    other = ws.tables.read("quy.xlsx", tables.periods_across())
    assert ws.tables.fitting(other, by=BY) is None
    with pytest.raises(LayoutDiffers):
        ws.tables.mapped(other, "Biểu 01", by=BY)
    with pytest.raises(UnknownName, match="Biểu 01"):
        ws.tables.mapped(other, "Bieu 02", by=BY)


# -- the foreign files ---------------------------------------------------------------------------


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Workspace]:
    """The district for which the foreign files were made."""
    with create(
        tmp_path / "h",
        plugins=["nq_res20", "nq_model_district"],
        clock=lambda: bug_office.NOW.replace(year=2018, month=10, day=5),
    ) as found:
        yield found


FOREIGN = bug_office.CELLS


def foreign(ws: Workspace, name: str) -> tuple[TableFile, tuple[TableMapping, ...]]:
    return read(ws, name, (FOREIGN / name).read_bytes())


def test_the_foreign_table_with_a_heading_on_two_levels(district: Workspace) -> None:
    file, (mapping,) = foreign(district, "09-foreign-bieu01.xlsx")
    look = district.tables.look(file, mapping, by=BY)
    assert look.faults == ()
    assert values(look) == {
        f"dn-{unit} 2018-Q3 {box}": value
        for unit, figures in {
            "may-binh-minh": ("1310", "1026", "1245"),
            "go-an-phu": ("413", "123", "354"),
            "giay-vinh-thuan": ("2105", "1780", "0"),
        }.items()
        for box, value in zip(("B1", "B1.1", "B2"), figures, strict=True)
    }
    check_every_cell(file, look)


def test_the_foreign_table_of_one_unit_in_tcvn3(district: Workspace) -> None:
    file, (mapping,) = foreign(district, "09-foreign-vntime.xls")
    mapping = replace(mapping, unit="dn-may-binh-minh")
    look = district.tables.look(file, mapping, by=BY)
    assert look.faults == ()
    assert values(look) == {
        "dn-may-binh-minh 2018-Q2 B1": "1310",
        "dn-may-binh-minh 2018-Q2 B1.1": "1026",
        "dn-may-binh-minh 2018-Q3 B1": "1322",
        "dn-may-binh-minh 2018-Q3 B1.1": "1030",
    }
    check_every_cell(file, look)


def test_the_foreign_appendix_with_estimates_and_two_tables(district: Workspace) -> None:
    file, (first, second) = foreign(district, "09-foreign-appendix.xlsx")
    names = {"so hoi nghi": "res20.A1", "so nguoi du": "res20.A3"}
    asked = replace(first, unit="dn-may-binh-minh", names=names)
    look = district.tables.look(file, asked, by=BY)
    assert [fault.params["cell"] for fault in look.faults] == ["D6"]  # 1.234(*)
    check_every_cell(file, look)
    look = district.tables.look(
        file, replace(asked, names=names | {"so nguoi du": LEFT_OUT}), by=BY
    )
    assert values(look) == {
        "dn-may-binh-minh 2018-Q3 A1": "15",
        "dn-may-binh-minh 2018-Q3 B5": "1234.5",
    }
    check_every_cell(file, district.tables.look(file, second, by=BY))


@pytest.mark.parametrize(
    "title", ["KẾ HOẠCH QUÝ III/2026", "Dự kiến quý IV/2026", "Lũy kế đến quý III/2026"]
)
def test_no_period_is_proposed_where_the_title_is_not_plain(ws: Workspace, title: str) -> None:
    rows = [f"{title};", "Đơn vị;Số người dự", "Xã An Phú;12"]
    file, (mapping,) = read(ws, "quy.csv", "\n".join(rows).encode())
    look = ws.tables.look(file, mapping, by=BY)
    assert (mapping.period, values(look)) == ("", {})
    assert "Choose the period" in said(look)[0]


def test_a_row_of_a_sum_since_an_earlier_time_is_no_period(ws: Workspace) -> None:
    rows = [
        "Xã An Phú;",
        "Kỳ;Số người dự",
        "Quý II/2026;5",
        "Quý III/2026;6",
        "Đến quý III/2026;11",
    ]
    file, (mapping,) = read(ws, "quy.csv", "\n".join(rows).encode())
    look = ws.tables.look(file, mapping, by=BY)
    assert values(look) == {"h1-a 2026-Q2 N1": "5", "h1-a 2026-Q3 N1": "6"}
    assert [fault.split(":")[0] for fault in said(look)] == ["B5"]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["Đơn vị;Kỳ báo cáo;Số người dự", "Xã An Phú;Quý II;5", "Xã Bình Minh;Quý III;6"], ["C3"]),
        (["Đơn vị;Năm;Số người dự", "Xã An Phú;2025;5", "Xã Bình Minh;2026;6"], ["C3"]),
        (["Đơn vị;Quý;Số người dự", "Xã An Phú;IV;5", "Xã Bình Minh;III;6"], ["C3"]),
        (["Đơn vị;Năm thành lập;Số người dự", "Xã An Phú;2015;5", "Xã Bình Minh;2026;6"], []),
    ],
)
def test_a_row_that_says_another_period_is_refused(
    ws: Workspace, rows: list[str], wrong: list[str]
) -> None:
    file, (mapping,) = read(ws, "quy.csv", "\n".join(["Quý III/2026", *rows]).encode())
    look = ws.tables.look(file, mapping, by=BY)
    assert [fault.split(":")[0] for fault in said(look)] == wrong
    assert all("another period" in fault for fault in said(look))
    assert values(look)["h1-b 2026-Q3 N1"] == "6"


@pytest.mark.parametrize("said_separator", ["", "sep=,\n"])
@pytest.mark.parametrize("row", ["Xã An Phú,12,1,5,3", "Xã An Phú,12,1"])
def test_a_row_of_a_list_with_commas_whose_cells_are_shifted_is_refused(
    ws: Workspace, row: str, said_separator: str
) -> None:
    heading = "Quý III/2026\nĐơn vị,Số người dự,Thu ngân sách,Diện tích\n"
    text = f'{said_separator}{heading}Huyện Tân Hòa\n{row}\nXã Bình Minh,13,"1,5",3\n'
    file, (mapping,) = read(ws, "quy.csv", text.encode())
    look = ws.tables.look(file, mapping, by=BY)
    assert said(look)
    assert all(f"has {row.count(',') + 1} cells, the heading 4" in fault for fault in said(look))
    assert {key.split()[0] for key in values(look)} == {"h1-b"}
    check_every_cell(file, look)


def test_zeros_for_blanks_are_not_taken_from_a_shifted_row(ws: Workspace) -> None:
    text = "Quý III/2026\nĐơn vị,Số người dự,Diện tích\nXã An Phú,12\nXã Bình Minh,13,3\n"
    file, (mapping,) = read(ws, "quy.csv", text.encode())
    look = ws.tables.look(file, replace(mapping, blank=SignMeaning.ZERO), by=BY)
    assert {key.split()[0] for key in values(look)} == {"h1-b"}
