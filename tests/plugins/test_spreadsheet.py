"""The Excel annex, read again by openpyxl: numbers are numbers, words are words, totals are formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from nq_spreadsheet import report_formats
from nq_spreadsheet.cells import number_of
from nq_spreadsheet.format import SpreadsheetFormat
from nq_spreadsheet.sheet_names import SheetNames
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Figure
from nqcore.model.findings import TiedNumber
from nqcore.model.reports import Report, Table
from nqcore.plugin import CellTooLong, FigureRef, Paragraph
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_report

HEAD = 4


@pytest.fixture(scope="module")
def ten_years(demo: Workspace) -> Report:
    return demo_report(demo)


@pytest.fixture(scope="module")
def data(demo: Workspace, ten_years: Report) -> bytes:
    return SpreadsheetFormat().write(ten_years, demo.catalogue.names)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


@pytest.fixture(scope="module")
def cached(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data), data_only=True)


def sheets_of(report: Report, book: Any) -> list[tuple[Table, Any]]:
    """Each table with its sheet, which has its caption on top."""
    tables = [one for one in (*report.body, *report.appendix) if isinstance(one, Table)]
    by_caption = {sheet["A1"].value: sheet for sheet in book.worksheets}
    return [(one, by_caption[one.caption]) for one in tables]


def test_the_format_is_a_plugin_s_and_needs_no_library_until_it_writes() -> None:
    (format,) = report_formats()
    assert (format.name, format.suffix) == ("xlsx", ".xlsx")


def test_the_sheets_are_by_year_by_quarter_by_unit_and_have_charts(book: Any) -> None:
    assert book.sheetnames == [
        "Báo cáo",
        "Theo năm",
        "Theo quý",
        "Theo năm (2)",
        "Theo đơn vị",
        "Văn bản",
        "Nhiệm vụ",
        *[name for name in book.sheetnames if name.startswith("Danh sách")],
        "Biểu đồ",
        "Số liệu trong bài",
    ]
    assert len(book["Biểu đồ"]._charts) >= 5


def test_every_number_of_every_table_is_there_as_a_number(ten_years: Report, cached: Any) -> None:
    for table, sheet in sheets_of(ten_years, cached):
        heads = [sheet.cell(HEAD, n).value for n in range(1, len(table.columns) + 1)]
        assert heads == list(table.columns)
        for nth, row in enumerate(table.rows, HEAD + 1):
            for place, cell in enumerate(row, 1):
                shown = sheet.cell(nth, place).value
                number = None if isinstance(cell, str) else number_of(cell)
                if isinstance(cell, str):
                    assert (shown or "") == cell
                elif number is None:
                    assert shown == "–"
                else:
                    assert Decimal(str(shown)) == number.value, (table.block, row[0])


def test_every_figure_of_the_sentences_is_there_too(ten_years: Report, cached: Any) -> None:
    figures = [
        piece.figure
        for block in ten_years.body
        if isinstance(block, Paragraph)
        for piece in block.sentence
        if isinstance(piece, FigureRef)
    ]
    rows = list(cached["Số liệu trong bài"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(figures)
    for row, figure in zip(rows, figures, strict=True):
        assert figure.value is not None
        assert Decimal(str(row[4])) == figure.value


def test_totals_and_changes_are_formulas_and_nothing_else_is(ten_years: Report, book: Any) -> None:
    form = re.compile(r"=SUM\([A-Z0-9:,]+\)|=ROUND\(.*\)")
    sums = 0
    for table, sheet in sheets_of(ten_years, book):
        for nth, row in enumerate(table.rows, HEAD + 1):
            for place, cell in enumerate(row, 1):
                shown = sheet.cell(nth, place)
                if shown.data_type == "f":
                    assert form.fullmatch(shown.value)
                    assert not isinstance(cell, str)
                    sums += shown.value.startswith("=SUM")
                changed = isinstance(cell, TiedNumber) and cell.how == "change"
                assert changed <= (shown.data_type == "f"), cell
    assert sums > 40


def test_what_stands_and_what_is_a_ratio_is_never_summed(ten_years: Report, book: Any) -> None:
    tables = {one.block: (one, sheet) for one, sheet in sheets_of(ten_years, book)}
    table, sheet = tables["table:units"]
    last = HEAD + len(table.rows)
    for place, head in enumerate(table.columns[2:], 3):
        assert (sheet.cell(last, place).data_type == "f") == ("(%)" not in head)


def test_it_is_set_up_for_paper(book: Any) -> None:
    sheet = book["Theo năm"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "C5"
    assert "(đến 30/6)" in "".join(str(cell.value) for cell in sheet[HEAD])
    assert sheet["A6"].value == "A1"
    assert sheet["A5"].font.bold, "a section row"


@pytest.mark.parametrize(
    ("text", "value", "look"),
    [
        ("2.500", "2500", "#,##0"),
        ("74,5", "74.5", "#,##0.0"),
        ("tối đa 5", "5", '"tối đa "#,##0'),
        ("20 (2008 - 2018)", "20", '#,##0" (2008 - 2018)"'),
        ("−3,2 điểm", "-3.2", '"+"#,##0.0" điểm";"−"#,##0.0" điểm";#,##0.0" điểm"'),
        ("+1.234", "1234", '"+"#,##0;"−"#,##0;#,##0'),
        ('5 "x"', "5", '#,##0" ”x”"'),
    ],
)
def test_a_number_among_words_is_a_number_that_looks_the_same(
    text: str, value: str, look: str
) -> None:
    number = number_of(TiedNumber(text=text, how="x", of=()))
    assert number is not None
    assert (str(number.value), number.look) == (value, look)


def test_marks_stand_behind_a_number_that_is_still_one(report: Report) -> None:
    marked = next(f for f in report.figures if f.coverage.missing and f.value is not None)
    number = number_of(marked)
    assert number is not None
    assert number.look.endswith('"*"')
    assert number_of(replace(marked, value=None)) is None


def test_names_of_sheets_are_short_plain_and_never_the_same() -> None:
    names = SheetNames()
    assert names.unused("Bảng [1]: a/b") == "Bảng  1   a b"
    long = names.unused("x" * 60)
    again = names.unused("X" * 60)
    assert (len(long), len(again)) == (31, 30)
    assert names.unused("[]") == "Số liệu"


def test_a_text_that_no_cell_takes_is_refused_in_words(report: Report, names: Names) -> None:
    long = Table(caption="x", columns=("a",), rows=(("y" * 40_000,),))
    with pytest.raises(CellTooLong) as caught:
        SpreadsheetFormat().write(replace(report, appendix=(long,)), names)
    assert "Shorten it" in str(caught.value)


def test_no_text_becomes_a_formula_or_a_link(report: Report, names: Names) -> None:
    evil = ("=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2", "http://evil.example", "{=1}")
    table = Table(caption="=1+1", columns=("=A1", "b"), rows=tuple((one, one) for one in evil))
    data = SpreadsheetFormat().write(replace(report, body=(), appendix=(table,)), names)
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {*evil, "=1+1", "=A1"} <= {cell.value for cell in cells}
    with zipfile.ZipFile(BytesIO(data)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in everything
    assert b'Target="http' not in everything.replace(b'Target="http://schemas', b"")
    assert any(cell.quotePrefix for cell in cells)


def test_the_same_report_gives_the_same_bytes(report: Report, names: Names) -> None:
    assert SpreadsheetFormat().write(report, names) == SpreadsheetFormat().write(report, names)
    assert any(isinstance(one, Figure) for one in report.figures)
