"""The cover, and the numbers that stand in the sentences of the report: so the file has every figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nq_spreadsheet.cells import number_of, parts_of, write_text
from nq_spreadsheet.looks import Looks
from nq_spreadsheet.sheet_names import SheetNames
from nqcore.plugin import (
    Figure,
    FigureRef,
    Names,
    Paragraph,
    Report,
    annex_line,
    coverage_text,
    figure_text,
    paragraph_text,
    printable,
    write_date_long,
)

_HEADS = ("Câu trong báo cáo", "Mã số", "Chỉ tiêu", "Kỳ", "Giá trị", "Đơn vị tính", "Ghi chú")
_WIDTHS = (70, 12, 45, 24, 14, 14, 40)
_COVER_WIDTH = 100


def add_cover(sheet: Any, looks: Looks, report: Report, tables: Iterable[Any]) -> None:
    """Who reports on what, up to when, and links to the sheets."""
    head = report.letterhead
    sheet.set_column(0, 0, _COVER_WIDTH)
    lines = [
        (printable(head.superior).upper(), "plain"),
        (printable(head.body).upper(), "plain"),
        (f"{printable(head.place)}, {write_date_long(report.date)}", "plain"),
        ("", "plain"),
        (printable(report.type).upper(), "title"),
        (report.title, "title"),
        (annex_line(report), "line"),
        (report.coverage, "words"),
        (f"Bản chốt số liệu: {report.edition}" if report.edition else "", "words"),
        (f"Mã đối chiếu: {report.seal}" if report.seal else "", "words"),
    ]
    row = 0
    for text, look in lines:
        for part in parts_of(text) if text else [""] * (look == "plain"):
            write_text(sheet, row, 0, part, looks, look)
            row += 1
    row += 1
    for table in tables:
        name = table.get_name()
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.get("link"), string=name)
        row += 1
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def add_text_numbers(
    book: Any, looks: Looks, titles: SheetNames, report: Report, names: Names
) -> None:
    """A sheet with a row for each figure in a sentence; none where there is none."""
    rows = [
        (block, piece.figure)
        for block in report.body
        if isinstance(block, Paragraph)
        for piece in block.sentence
        if isinstance(piece, FigureRef)
    ]
    if not rows:
        return
    sheet = book.add_worksheet(titles.unused("Số liệu trong bài"))
    for column, (title, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        write_text(sheet, 0, column, title, looks, "head")
        sheet.set_column(column, column, width)
    for nth, (block, figure) in enumerate(rows, 1):
        _figure_row(sheet, nth, paragraph_text(block), figure, names, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _figure_row(
    sheet: Any, nth: int, sentence: str, figure: Figure, names: Names, looks: Looks
) -> None:
    indicator = names.indicators.get(figure.indicator)
    texts = {
        0: parts_of(sentence)[0],
        1: indicator.label if indicator else figure.indicator,
        2: indicator.name if indicator else "",
        3: figure.period,
        5: figure.measure,
        6: coverage_text(figure, names),
    }
    for column, text in texts.items():
        write_text(sheet, nth, column, text, looks, "flat")
    number = number_of(figure)
    if number is None:
        write_text(sheet, nth, 4, figure_text(figure), looks, "number")
    else:
        sheet.write_number(nth, 4, float(number.value), looks.get("number", number.look))
