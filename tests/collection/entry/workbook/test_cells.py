"""A cell is a value, how it is shown, and what kind of thing it is: every cell of a box that is not blank
is taken as it is shown, or a note names the box."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from nqcore.collection.entry.workbook import FilledTemplate, read_filled, read_upload
from nqcore.files.spreadsheets import CellKind, read_sheets
from nqcore.files.spreadsheets.number_format import shown_number
from nqcore.workspace.facade import Workspace
from tests.collection.entry.workbook.test_round_trip import (
    VI,
    edited,
    figures,
    looked_at,
    put,
    row_of,
    saved_as,
    template,
)
from tests.files.incoming.packages import MAIN, OFFICE, packed, xlsx_parts
from tests.support import small
from tests.support.twenty import REPORT, make


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


def put_as(page: Worksheet, code: str, value: object, shown: str) -> None:
    put(page, code, value)
    page.cell(row_of(page, code), 5).number_format = shown


def cell_of(filled: FilledTemplate, code: str) -> tuple[str, str]:
    (row,) = (row for row in filled.rows if row.code == code)
    return row.cells[4].kind, row.cells[4].text


# -- percent cells -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown", "meant"),
    [
        (1, "0%", "100"),
        (0.125, "0.0%", "12.5"),
        (0.57, "0.00%", "57"),  # 0.57 * 100 is 56.99999999999999 in floats
        (0.005, "0.0%", "0.5"),
        (0, "0%", "0"),
        (0.999, "#,##0.0 %;[Red]-#,##0.0 %", "99.9"),
        (74.8, '0.0"%"', "74.8"),  # the sign is only a word: what is shown is what is stored
        (74.8, "0.0\\%", "74.8"),
    ],
)
def test_a_percent_cell_counts_as_it_is_shown(
    ws: Workspace, value: float, shown: str, meant: str
) -> None:
    found = looked_at(ws, edited(template(ws), lambda page: put_as(page, "A4", value, shown)))
    assert figures(found) == {"A4": Decimal(meant)}
    assert found.notes == ()


@pytest.mark.parametrize(
    ("value", "typed"), [(1.5, "150"), (2, "200"), (10, "1.000"), (-0.05, "-5")]
)
def test_a_percentage_beyond_the_box_is_judged_as_it_is_shown(
    ws: Workspace, value: float, typed: str
) -> None:
    found = looked_at(ws, edited(template(ws), lambda page: put_as(page, "A4", value, "0%")))
    (row,) = found.unread
    assert (row.key, row.typed["A4"].removesuffix(",0")) == ("A4", typed)


@pytest.mark.parametrize("value", [1, 5, 0.5])
def test_a_percent_cell_in_a_box_of_another_measure_is_named(ws: Workspace, value: float) -> None:
    found = looked_at(ws, edited(template(ws), lambda page: put_as(page, "B5", value, "0%")))
    assert (figures(found), found.unread) == ({}, ())
    (note,) = found.notes
    assert note.kept
    assert f"ghi {value * 100:g}% nhưng đơn vị tính là người." in note.message(VI)
    assert note.message(VI).startswith("B5 (hàng ")


@pytest.mark.parametrize("shown", ["0%%", "[<1]0%;0", "0%;;0"])
def test_a_format_that_does_not_tell_what_is_shown_is_named(ws: Workspace, shown: str) -> None:
    value = -2 if shown == "0%;;0" else 2
    found = looked_at(ws, edited(template(ws), lambda page: put_as(page, "A4", value, shown)))
    assert (figures(found), found.unread) == ({}, ())
    assert [note.code for note in found.notes] == ["unclear-format"]
    assert f"A4 (hàng 10) chứa {value} nhưng định dạng" in found.notes[0].message(VI)


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_percent_cells_of_libreoffice_count_as_they_are_shown(
    ws: Workspace, tmp_path: Path, kind: str
) -> None:
    cells = {
        "A4": (1, "0%", ("p", "100")),
        "B1": (0.125, "0.0%", ("p", "12.5")),
        "B2": (1.5, "0.00%", ("p", "150")),
        "B3": (-0.05, "0%", ("p", "-5")),
        "B4": (0.57, "0%;[Red]-0%", ("p", "57")),
        "B5": (12.5, '0.0"%"', ("n", "12.5")),
        "B6": (12, "0", ("n", "12")),
    }

    def change(page: Worksheet) -> None:
        for code, (value, shown, _) in cells.items():
            put_as(page, code, value, shown)

    data = saved_as(kind, edited(template(ws), change), tmp_path)
    (filled,) = read_filled(f"bao-cao.{kind}", data).templates
    found = {code: cell_of(filled, code) for code in cells}
    assert {code: (kind, Decimal(text)) for code, (kind, text) in found.items()} == {
        code: (kind, Decimal(text)) for code, (_, _, (kind, text)) in cells.items()
    }
    assert figures(looked_at(ws, data, f"a.{kind}"))["A4"] == 100


def test_a_percentage_among_words_is_written_as_it_is_shown(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        put(page, "A4", 99)
        beside = page.cell(row_of(page, "A4"), 6)
        beside.value, beside.number_format = 1.255, "0.0%"

    assert looked_at(ws, edited(template(ws), change)).explanations == {"A4": "125,5%"}


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1", "0%", "100"),
        ("1.1500000000000001", "0%", "115"),
        ("-0.05", '0%;"âm "0%', "-5"),
        ("-5", "0%;0", "-5"),
        ("5", "0;0%", "5"),
        ("1", '"50% của "0', "1"),
        ("1", "[$%-42A]0", "1"),
        ("1", "_%0", "1"),
        ("1", '0%;-0%;0%;"chữ "@', "100"),
        ("1", "[>=1]0%;[<0]-0%;0%", "100"),
    ],
)
def test_the_section_of_a_format_that_shows_a_number_decides(
    value: str, code: str, shown: str
) -> None:
    assert shown_number(Decimal(value), code).value == Decimal(shown)


def _percents(cells: str, main: str = MAIN, office: str = OFFICE) -> dict:
    """What `marks` finds in a package written by hand, whose second style is a percentage."""
    parts = xlsx_parts(cells)
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs>'
        "</styleSheet>"
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="r2" Type="{office}/styles" Target="/xl/styles.xml"/></Relationships>',
    )
    parts = {name: text.replace(MAIN, main) for name, text in parts.items()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(OFFICE, office)
    (sheet,) = read_sheets(packed(parts))
    return {at: cell.text for at, cell in sheet.cells.items() if cell.kind is CellKind.PERCENT}


def test_the_formats_are_found_however_the_package_is_written() -> None:
    cells = '<c r="A1"><v>1</v></c><c s="1"><v>1</v></c><c r="D1" s="2"><v>1</v></c>'
    wanted = {(1, 1): "100", (1, 3): "100"}
    assert _percents(cells) == wanted
    assert _percents(
        cells,
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ) == wanted  # fmt: skip


# -- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!"])
def test_an_error_in_a_box_is_named_and_never_blank(ws: Workspace, error: str) -> None:
    def change(page: Worksheet) -> None:
        put(page, "A2", error)
        put(page, "A3", 5)

    found = looked_at(ws, edited(template(ws), change))
    assert figures(found) == {"A3": 5}
    (note,) = found.notes
    assert note.kept
    row = row_of(openpyxl.load_workbook(io.BytesIO(template(ws))).worksheets[0], "A2")
    assert note.message(VI).startswith(f"A2 (hàng {row}) chứa lỗi {error} của Excel.")


def test_an_error_among_words_is_named_too(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        put(page, "A3", 5)
        page.cell(row_of(page, "A3"), 6).value = "#N/A"
        page.cell(row_of(page, "N1"), 1).value = "#REF!"

    found = looked_at(ws, edited(template(ws), change))
    assert (figures(found), found.explanations) == ({"A3": 5}, {})
    assert [note.message(VI).partition(" ")[0] for note in found.notes] == ["A3", "N1"]


def test_an_error_in_place_of_a_hidden_code_does_not_pass_for_a_heading(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        put(page, "A3", 5)
        page.cell(row_of(page, "A3"), 7).value = "#REF!"

    found = looked_at(ws, edited(template(ws), change))
    assert figures(found) == {}
    assert {note.code for note in found.notes} == {"missing-rows", "extra-rows"}


def test_words_beside_a_formula_or_an_error_are_still_taken(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        for code, value in (("A2", "=1+1"), ("A3", "#N/A")):
            put(page, code, value)
            page.cell(row_of(page, code), 6).value = f"Lý do {code}"

    found = looked_at(ws, edited(template(ws), change))
    assert found.explanations == {"A2": "Lý do A2", "A3": "Lý do A3"}
    assert [note.code for note in found.notes] == ["formula", "error-cell"]


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_errors_of_libreoffice_are_named(ws: Workspace, tmp_path: Path, kind: str) -> None:
    def change(page: Worksheet) -> None:
        put(page, "A2", "=1/0")
        put(page, "A3", "#N/A")
        put(page, "D1", 5)

    data = saved_as(kind, edited(template(ws), change), tmp_path)
    found = looked_at(ws, data, f"bao-cao.{kind}")
    assert figures(found) == {"D1": 5}
    named = {note.message(VI).partition(" ")[0] for note in found.notes if note.kept}
    assert named == {"A2", "A3"}
    errors = [note for note in found.notes if note.code == "error-cell"]
    assert {str(note.params["error"]) for note in errors} == {"#DIV/0!", "#N/A"}


def test_what_a_file_says_is_told_for_the_form_it_is_read_for(ws: Workspace) -> None:
    """The same file, read by itself: nothing of a box is lost between the cells and the notes."""
    data = edited(template(ws), lambda page: put(page, "A2", "#N/A"))
    (filled,) = read_filled("a.xlsx", data).templates
    assert cell_of(filled, "A2") == ("e", "#N/A")
    assert [note.code for note in read_upload(filled, ws.entry.sheet(REPORT), VI).notes] == [
        "error-cell"
    ]


# -- every cell that is not blank ----------------------------------------------------------------


def _at(page: Worksheet, code: str, column: int, value: object) -> None:
    page.cell(row_of(page, code), column).value = value  # type: ignore[assignment]


def _noted(ws: Workspace, change: Callable[[Worksheet], object]) -> tuple[dict, list[str]]:
    found = looked_at(ws, edited(template(ws), change))
    return figures(found), [note.message(VI) for note in found.notes]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda page: _at(page, "A2", 8, 7),
            "Có 1 ô không thuộc mẫu hoặc khác mẫu, không đọc: H7.",
        ),
        (lambda page: _at(page, "A2", 2, "Tên khác"), "không đọc: B7."),
        (lambda page: page.__setitem__("H3", 9), "không đọc: H3."),
        (lambda page: _at(page, "#A", 9, 12), "không đọc: I6."),
        (
            lambda page: _at(page, "A2", 4, 999),
            "Cột kỳ trước của A2 (hàng 8) ghi 999, số kỳ trước là",
        ),
    ],
    ids=["a column behind", "another name", "above the table", "a heading", "the last period"],
)
def test_a_cell_that_is_no_box_is_named(
    ws: Workspace, change: Callable[[Worksheet], object], words: str
) -> None:
    _, said = _noted(ws, change)
    row = row_of(openpyxl.load_workbook(io.BytesIO(template(ws))).worksheets[0], "A2")
    wanted = (
        words.replace("H7", f"H{row}").replace("B7", f"B{row}").replace("hàng 8", f"hàng {row}")
    )
    assert any(wanted in one for one in said), said
    assert len(said) == 1


def test_a_figure_beside_another_measure_is_not_taken(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        put(page, "D4", 1_180_500_000)
        _at(page, "D4", 3, "đồng")

    found, said = _noted(ws, change)
    assert found == {}
    assert any("D4 tính bằng triệu đồng, nhưng hàng" in one and "“đồng”" in one for one in said)


def test_merged_boxes_are_not_taken(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        row = row_of(page, "A2")
        page.cell(row, 5).value = 5
        page.merge_cells(start_row=row, end_row=row + 1, start_column=5, end_column=5)

    found, said = _noted(ws, change)
    assert found == {}
    assert [one.partition(" bị gộp")[0].partition(" (")[0] for one in said] == [
        "Ô của A2",
        "Ô của A3",
    ]


def test_hidden_rows_columns_and_sheets_are_taken_and_named(ws: Workspace) -> None:
    def change(page: Worksheet) -> None:
        put(page, "A2", 5)
        page.row_dimensions[row_of(page, "A2")].hidden = True
        page.parent.create_sheet("Nháp")["B3"] = 5

    found, said = _noted(ws, change)
    assert found == {"A2": 5}
    assert any(one.startswith("A2 nằm ở hàng hoặc cột ẩn (E") for one in said)
    assert any(one.startswith("Không đọc trang tính “Nháp” (1 ô có nội dung).") for one in said)
    assert len(said) == 2


@pytest.mark.parametrize(
    ("value", "shown", "words"),
    [
        (1234567, '#,##0,"k"', "A2 (hàng {row}) hiện 1.235 k trong tệp, lấy 1.234.567."),
        (5, '0" người"', ""),
    ],
)
def test_a_number_with_letters_in_its_format_is_taken_or_named(
    ws: Workspace, value: int, shown: str, words: str
) -> None:
    page = openpyxl.load_workbook(io.BytesIO(template(ws))).worksheets[0]
    code = next(line for line in ("B5", "B6") if page.cell(row_of(page, line), 3).value == "người")
    found, said = _noted(ws, lambda page: put_as(page, code, value, shown))
    assert found == {code: value}
    wanted = words.replace("A2", code).format(row=row_of(page, code))
    assert [one for one in said if one.startswith(wanted)] == said


@pytest.mark.parametrize("shown", ['0" triệu"', '0.0" tỷ"', '#,##0" đ"', "#,##0,", "0.0,,"])
def test_a_scale_in_the_format_is_never_passed_over(ws: Workspace, shown: str) -> None:
    found = looked_at(ws, edited(template(ws), lambda page: put_as(page, "D4", 5000000, shown)))
    assert figures(found) == {}
    assert found.unread or found.notes


@pytest.mark.parametrize(
    ("stored", "figure"),
    [
        ("56.999999999999993", 57),
        ("1234.5000000000002", Decimal("1234.5")),
        ("2.9999999999999996", 3),
    ],
)
def test_binary_noise_is_read_as_the_sheet_shows_it(
    ws: Workspace, stored: str, figure: Decimal
) -> None:
    code = "D4" if figure != int(figure) else "A2"
    found = looked_at(ws, edited(template(ws), lambda page: put(page, code, float(stored))))
    assert figures(found) == {code: figure}


def test_a_formula_of_an_array_is_named_in_each_of_its_cells() -> None:
    cells = (
        '<c r="A1"><f t="array" ref="A1:C1">{1,2,3}</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>3</v></c><c r="D1"><v>4</v></c>'
    )
    (sheet,) = read_sheets(packed(xlsx_parts(cells)))
    assert [cell.formula for cell in sheet.cells.values()] == [True, True, True, False]


def test_choices_are_taken_all_or_none(tmp_path: Path, keys: Path) -> None:
    """A row of a choice that was deleted, or that holds an error, does not untick it."""
    report = "2018-Q1_s.q_dn-3"
    with small.found(tmp_path / "small") as office:
        office.save_draft("dn-3", "s.q", "2018-Q1", {"K1": ("chu",)}, by=small.CLERK["dn-3"])
        sheet = office.entry.sheet(report)
        data = office.entry.workbook(sheet, VI, directive="1-NQ/HU")
        for change in (
            lambda page: page.delete_rows(row_of(page, "K1:chu")),
            lambda page: put(page, "K1:chu", "#N/A"),
        ):
            book = office.entry.read_workbook("a.xlsx", edited(data, change))
            upload = office.entry.upload(office.entry.check_workbook(book, sheet), sheet, VI)
            found = office.entry.preview_upload(sheet, upload)
            assert found.changes == ()
            assert found.notes[0].kept


TICKS = [
    *((value, True) for value in ("x", "X", "✓", "v", 1, True, "Có", " x ")),
    *(
        (value, False)
        for value in ("không", "Khong", "0", 0, False, "-", "k", "chưa", "n/a", "Không có")
    ),
    *((value, None) for value in ("x (một phần)", 2, "?", "có thể", date(2018, 5, 1))),
]


@pytest.mark.parametrize(("value", "ticked"), TICKS)
def test_a_choice_is_ticked_by_a_tick_and_by_nothing_else(
    tmp_path: Path, keys: Path, value: object, ticked: bool | None
) -> None:
    with small.found(tmp_path / "small") as office:
        sheet = office.entry.sheet("2018-Q1_s.q_dn-3")
        data = office.entry.workbook(sheet, VI, directive="1-NQ/HU")
        book = office.entry.read_workbook(
            "a.xlsx", edited(data, lambda page: put(page, "K1:chu", value))
        )
        upload = office.entry.upload(office.entry.check_workbook(book, sheet), sheet, VI)
        found = office.entry.preview_upload(sheet, upload)
    notes = [note.code for note in found.notes]
    if ticked is None:
        assert (found.changes, notes) == ((), ["unclear-tick"])
    else:
        assert (bool(found.changes), notes) == (ticked, [])


@pytest.mark.parametrize("shown", ['0" (100)"', '"100 "0', '0".000"', '"-"0', '0"–1"'])
def test_digits_and_signs_that_a_format_writes_are_never_part_of_the_figure(
    ws: Workspace, shown: str
) -> None:
    found = looked_at(ws, edited(template(ws), lambda page: put_as(page, "A1", 12, shown)))
    assert figures(found) == {}
    assert [note.code for note in found.notes] == ["unclear-format"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("A1", "Công ty khác"),
        ("A2", "Báo cáo Quý IV/2026"),
        ("A4", "ĐVT: nghìn người"),
        ("E5", "Quý IV/2026 (nghìn người)"),
        ("C5", "ĐVT: 1000 người"),
    ],
)
def test_a_heading_that_was_rewritten_is_named(ws: Workspace, cell: str, words: str) -> None:
    def change(page: Worksheet) -> None:
        page[cell] = words
        put(page, "A1", 12)

    found = looked_at(ws, edited(template(ws), change))
    (note,) = found.notes
    assert (note.code, note.params["cells"]) == ("stray-cells", cell)


def test_comments_beside_cells_are_named_once(ws: Workspace) -> None:
    def comment(page: Worksheet) -> None:
        put(page, "A1", 7)
        page.cell(row_of(page, "A1"), 5).comment = Comment("thực ra là 8", "Hoa")

    found = looked_at(ws, edited(template(ws), comment))
    (note,) = [one for one in found.notes if one.code == "comments"]
    assert note.params["count"] == 1
    assert not note.kept
