"""What is written is read again: hostile texts stay texts, figures stay figures, nothing is cut."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from nqcore.files.checked_xlsx import (
    MAX_CELL_CHARACTERS,
    NotWritten,
    RecordedSheet,
    check_xlsx,
    csv_cell,
    csv_row,
    without_apostrophe,
)
from nqcore.files.spreadsheets.cell import cell_name
from nqcore.text.characters import find_unstorable
from tests.support.hostile import HOSTILE

KEPT = [text for text in HOSTILE if text and not find_unstorable(text)]


def written(values: list[object]) -> bytes:
    """A workbook with the values in its first column, checked as ours are."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    page = RecordedSheet(book.add_worksheet())
    for row, value in enumerate(values):
        if isinstance(value, Decimal):
            page.write_number(row, 0, value)
        else:
            page.write_string(row, 0, str(value))
    book.close()
    check_xlsx(data.getvalue(), [page])
    return data.getvalue()


def test_hostile_texts_stand_in_a_sheet_as_they_are_and_none_is_a_formula():
    data = written(list(KEPT))
    rows = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == KEPT
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text", [t for t in HOSTILE if find_unstorable(t)] + ["ă" * (MAX_CELL_CHARACTERS + 1)]
)
def test_what_a_sheet_would_lose_is_refused_by_its_cell(text: str):
    with pytest.raises(NotWritten, match="A1"):
        written([text])


@pytest.mark.parametrize(
    "figure", ["NaN", "Infinity", "12345678901234567890", "0.1234567890123456789"]
)
def test_a_figure_that_a_cell_does_not_hold_is_refused(figure: str):
    with pytest.raises(NotWritten, match="A1"):
        written([Decimal(figure)])


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10
    )
)
def test_every_figure_of_15_digits_reads_back_as_itself(figure: Decimal):
    written([figure])


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<v>1310</v>", b"<v>1301</v>"), (b"<v>1310</v>", b"<f>1310</f>"), (b' r="A1"', b' r="B1"')],
    ids=["another figure", "a formula", "another cell"],
)
def test_a_file_that_says_something_else_is_found(old: bytes, new: bytes):
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    page = RecordedSheet(book.add_worksheet())
    page.write_number(0, 0, Decimal(1310))
    book.close()
    changed = io.BytesIO()
    with zipfile.ZipFile(data) as package, zipfile.ZipFile(changed, "w") as other:
        for name in package.namelist():
            part = package.read(name)
            assert name != "xl/worksheets/sheet1.xml" or old in part
            other.writestr(name, part.replace(old, new))
    with pytest.raises(NotWritten):
        check_xlsx(changed.getvalue(), [page])


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+84 123", "'+84 123"),
        ("-x", "'-x"),
        ("\t=1", "'\t=1"),
        ("-5", "-5"),
        ("-1.310,5", "-1.310,5"),
        ("Xã An Phú", "Xã An Phú"),
        ("", ""),
    ],
)
def test_a_csv_cell_is_never_a_formula_and_numbers_stay(text: str, cell: str):
    assert csv_cell(text) == cell


def test_a_csv_row_of_hostile_texts_has_no_formula():
    for cell in csv_row(HOSTILE):
        assert not cell.startswith(("=", "@", "\t", "\r"))
    assert csv_row([None, Decimal("-5.5")]) == ["", "-5.5"]


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (11, 4, "E12"), (0, 26, "AA1"), (9, 701, "ZZ10")]
)
def test_cells_are_named_as_people_name_them(row: int, column: int, name: str):
    assert cell_name((row + 1, column)) == name


@given(st.text(alphabet="'=+-@1a\t ", max_size=6))
def test_what_a_csv_cell_holds_is_read_again_as_it_was(text: str) -> None:
    cell = csv_cell(text)
    assert without_apostrophe(cell) == text
    number = re.fullmatch(r"-?[0-9]+(?:[.,][0-9]+)*%?", cell)
    assert number or not cell.startswith(("=", "+", "-", "@", "\t"))
