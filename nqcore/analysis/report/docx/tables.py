"""Word tables with borders, the head row repeated on every page. Import lazily, like `page`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from docx.document import Document as DocxDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row

from nqcore.analysis.report.docx import styles
from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.docx.runs import add_run
from nqcore.analysis.report.docx.widths import Column, column_widths, fitting_size, readable_mm
from nqcore.analysis.report.notes import cell_text
from nqcore.model.figures import Figure
from nqcore.model.reports import Table
from nqcore.text.printable import printable

_CELLS = (
    styles.CELL,
    styles.CELL_NUMBER,
    styles.CELL_CENTRED,
    styles.CELL_PART,
    styles.CELL_HEAD,
)
_ORDINAL = re.compile(r"[0-9IVXLC.]{1,5}|[A-ZĐ][0-9.]{1,5}")  # "12", "IV", "B4"


def is_wide(table: Table, width_mm: float, profile: DocxProfile) -> bool:
    """Whether the table needs a page in landscape orientation."""
    if len(table.columns) > profile.portrait_columns:
        return True
    return sum(readable_mm(c, profile.table_size) for c in _columns(table)) > width_mm


def write_table(
    document: DocxDocument, table: Table, width_mm: float, profile: DocxProfile
) -> None:
    """Add `table` at the end of the document, without its caption and notes."""
    made = document.add_table(1 + len(table.rows), len(table.columns), styles.BORDERS)
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    columns = _columns(table)
    size = fitting_size(columns, width_mm, profile.table_size)
    fix_widths(made, column_widths(columns, width_mm, size))
    looks = {name: cast(ParagraphStyle, document.styles[name]) for name in _CELLS}
    head, *rows = made.rows
    no_split(head)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, title in zip(head.cells, table.columns, strict=True):
        _write(cell, printable(title), looks[styles.CELL_HEAD], size)
    for row, cells in zip(rows, table.rows, strict=True):
        no_split(row)
        part = _is_part(cells)
        for cell, content in zip(row.cells, cells, strict=True):
            style = styles.CELL_PART if part else _style(content)
            _write(cell, cell_text(content), looks[style], size)


def _columns(table: Table) -> list[Column]:
    found = []
    for place, title in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        found.append(
            Column(
                head=printable(title),
                cells=[cell_text(cell) for cell in cells],
                number=any(isinstance(cell, Figure) for cell in cells),
            )
        )
    return found


def _is_part(cells: Sequence[str | Figure]) -> bool:
    """Whether the row is the title of a part: a letter, its title, and nothing more."""
    first, *others = cells
    letter = isinstance(first, str) and re.fullmatch(r"[A-ZĐ]", first.strip()) is not None
    return letter and sum(cell != "" for cell in others) == 1


def _style(content: str | Figure) -> str:
    if isinstance(content, Figure):
        return styles.CELL_NUMBER
    return styles.CELL_CENTRED if _ORDINAL.fullmatch(content.strip()) else styles.CELL


def _write(cell: _Cell, text: str, style: ParagraphStyle, size: float) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    run = add_run(paragraph, text)
    if style.font.size != Pt(size):
        run.font.size = Pt(size)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def fix_widths(table: DocxTable, widths_mm: Sequence[float]) -> None:
    """Give the columns exactly these widths, in every program that opens the file."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def no_split(row: _Row) -> None:
    """Keep the row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
