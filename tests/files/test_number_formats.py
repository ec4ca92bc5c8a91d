"""What a number format shows is what counts: a cell that shows something else than it holds says so."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from nqcore.collection.entry.workbook import read_filled, read_upload
from nqcore.files.spreadsheets import SheetCell, read_sheets, read_table
from nqcore.files.spreadsheets.number_format import ShownText, shown_number, shown_text
from nqcore.files.spreadsheets.numbers import number_cell
from nqcore.files.spreadsheets.tables import ShownOtherwise
from nqcore.text.messages import translator
from nqcore.workspace.facade import Workspace
from tests.collection.entry.workbook.test_round_trip import (
    edited,
    looked_at,
    put,
    row_of,
    template,
)
from tests.support.twenty import REPORT, make

VI = translator("vi")


@pytest.mark.parametrize(
    ("value", "code", "words", "shown"),
    [
        ("12", '@" nghìn"', "nghìn", None),
        ("12", '0" nghìn"', "nghìn", None),
        ("12", 'General" nghìn"', "nghìn", None),
        ("12", 'General;General;General;@" nghìn"', "", None),  # those words are for texts only
        ("-12", '0;@" nghìn"', "", None),
        ("1234567", "#,##0,", "", "1235"),
        ("1234567", "0.0,,", "", "1.2"),
        ("-5", "#,##0;[Red]#,##0", "", "5"),  # red in place of a minus
        ("-5", "0;(0)", "", None),
        ("1234567", "0.0E+0", "", "1200000"),
        ("1234567", "##0.0E+0", "", "1200000"),
        ("0.25", "# ?/?", "", None),
        ("1234567", "#\\.###\\.##0", "", None),
        ("0", "0.0,,;-0.0,,;0", "", None),
        ("0", '0;-0;"-"', "", None),
        ("0", '0;-0;"không"', "", None),
        ("0", "-0", "", None),
    ],
)
def test_a_number_is_taken_with_what_the_format_makes_of_it(
    value: str, code: str, words: str, shown: str | None
) -> None:
    found = shown_number(Decimal(value), code)
    assert (found.value, found.words, found.unclear) == (Decimal(value), words, False)
    assert found.shown == (None if shown is None else Decimal(shown))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        *((value, code) for value in ("12", "0") for code in (";;;", ";;;@", '"";"";""', '" "')),
        *(
            ("0", code)
            for code in ("#", "#,###", "#.##", "?", '#" hộ"', '0;-0;"x"', '"nghìn"', "e")
        ),
        ("0.3", "#"),
        *(("12", code) for code in ("-0", "-General", '"-"@', '"-đ"0', "(0)", '"("General")"')),
        *(("12", code) for code in ("0-", "0*0", "@@", "General%", "@%", "0,%", '0"+"')),
        ("12", "#\\.##0"),  # shown as .12
        ("1234567", "0\\.000"),  # shown as 1234.567
        ("0.3", "# ?/?"),  # shown as 2/7
        ("-5", "[>100]0;0"),
    ],
)
def test_a_number_that_is_hidden_or_shown_as_another_is_unclear(value: str, code: str) -> None:
    assert shown_number(Decimal(value), code).unclear


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ShownText()),
        ("@", ShownText()),
        ('0" nghìn"', ShownText()),  # no section for texts: a text is shown as it is
        (";;", ShownText()),
        ('@" nghìn"', ShownText(words="nghìn")),
        ("@\\ \\h\\ộ", ShownText(words="hộ")),
        ('0;@" nghìn"', ShownText(words="nghìn")),
        ('0;-0;0;"khoảng "@', ShownText(words="khoảng")),
        (";;;", ShownText(unclear=True)),
        ("0;-0;0;", ShownText(unclear=True)),
        ('0;0;0;"chữ"', ShownText(unclear=True)),
        ('"-"@', ShownText(unclear=True)),
        ("@@", ShownText(unclear=True)),
    ],
)
def test_a_text_has_a_section_of_its_own(code: str, shown: ShownText) -> None:
    assert shown_text("12", code) == shown


def test_a_cell_goes_through_json_with_all_that_its_format_says() -> None:
    cell = number_cell("12", "00000", epoch_1904=False)
    assert (cell.text, cell.display, cell.padding) == ("12", "00012", 5)
    assert SheetCell.from_json(json.loads(json.dumps(cell.as_json()))) == cell


# -- in a box ------------------------------------------------------------------------------------


@pytest.fixture
def ws(tmp_path: Path, keys: Path):
    with make(tmp_path / "ws") as found:
        yield found


def _put(ws: Workspace, code: str, value: object, shown: str) -> bytes:
    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        put(page, code, value)
        page.cell(row_of(page, code), 5).number_format = shown

    return edited(template(ws), change)


@pytest.mark.parametrize("value", [12, "12"])
def test_words_of_the_format_count_as_if_they_were_typed(ws: Workspace, value: object) -> None:
    found = looked_at(ws, _put(ws, "D4", value, '@" nghìn"'))
    (row,) = found.unread
    assert row.typed["D4"].endswith("12 nghìn") or row.typed["D4"] == "12,0 nghìn"
    (problem,) = row.problems
    assert problem.code == "figure-scale"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("12", ";;;"), ("12", '0;0;0;"chữ"'), (12, ";;;"), (0, "#,###"), (12, "-0")],
)
def test_a_figure_that_the_sheet_does_not_show_is_named(
    ws: Workspace, value: object, shown: str
) -> None:
    found = looked_at(ws, _put(ws, "A2", value, shown))
    assert found.unread == ()
    (note,) = found.notes
    assert (note.code, note.kept) == ("unclear-format", True)
    assert "định dạng của ô làm hiện ra khác" in note.message(VI)


@pytest.mark.parametrize(
    ("value", "shown"), [(12, '0" nghìn"'), ("Đã xong", ";;;"), (1234567, "0.0,,"), (2, ";;;")]
)
def test_words_that_the_sheet_shows_otherwise_are_not_taken(
    ws: Workspace, value: object, shown: str
) -> None:
    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        put(page, "A3", 5)
        beside = page.cell(row_of(page, "A3"), 6)
        beside.value, beside.number_format = value, shown

    (filled,) = read_filled("a.xlsx", edited(template(ws), change)).templates
    found = read_upload(filled, ws.entry.sheet(REPORT), VI)
    assert found.explanations == {}
    (note,) = found.notes
    assert note.message(VI).startswith("A3 (hàng ")
    assert "định dạng của ô làm hiện ra khác" in note.message(VI)


# -- in a list -----------------------------------------------------------------------------------


def _list(folder: Path, value: object, shown: str) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    cell = book.active["A1"]
    cell.value, cell.number_format = value, shown
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_the_leading_zeros_of_a_code_in_a_list_are_kept(tmp_path: Path) -> None:
    assert read_table(_list(tmp_path, 12, "00000")) == [["00012"]]


@pytest.mark.parametrize(
    ("value", "shown"), [(12, '"xa-"0'), (12, ";;;"), ("xa", ";;;"), ("xa", '@"-1"'), (5000, "0,")]
)
def test_a_cell_of_a_list_that_shows_something_else_is_named(
    tmp_path: Path, value: object, shown: str
) -> None:
    with pytest.raises(ShownOtherwise) as wrong:
        read_table(_list(tmp_path, value, shown))
    assert wrong.value.message(VI).startswith(f"a.xlsx: ô A1 chứa {value} nhưng định dạng")


def test_the_texts_of_a_file_know_their_format(tmp_path: Path) -> None:
    (sheet,) = read_sheets(_list(tmp_path, "5", '@" nghìn"').read_bytes())
    assert sheet.cells[1, 0].words == "nghìn"
