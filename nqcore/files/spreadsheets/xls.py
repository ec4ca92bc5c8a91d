"""The cells of an .xls (Excel 97 to 2003). It does not say which cells are formulas."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from nqcore.files.incoming.file_signatures import XLSX
from nqcore.files.incoming.refusals import UnpacksTooMuch
from nqcore.files.spreadsheets.cell import CellKind, Place, Sheet, SheetCell
from nqcore.files.spreadsheets.numbers import number_cell, text_cell


def read_xls(data: bytes) -> Iterator[Sheet]:
    """The sheets of an .xls. Raises UnpacksTooMuch."""
    import xlrd

    # xlrd reads formats only with this option. Its log must not be part of the child's answer.
    with xlrd.open_workbook(
        file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
    ) as book:
        for nth in range(book.nsheets):
            sheet = book.sheet_by_index(nth)
            if sheet.nrows > XLSX.max_row or sheet.ncols > XLSX.max_column:
                raise UnpacksTooMuch(file="")
            yield _sheet(book, sheet)
            book.unload_sheet(nth)


def _sheet(book: Any, sheet: Any) -> Sheet:
    cells: dict[Place, SheetCell] = {}
    for row in range(sheet.nrows):
        for column, raw in enumerate(sheet.row(row)):
            cell = _cell(book, sheet, (row, column), raw)
            if cell is not None:
                cells[row + 1, column] = cell
    return Sheet(
        name=sheet.name,
        hidden=sheet.visibility != 0,
        cells=cells,
        merged=tuple(
            (top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells
        ),
        hidden_rows=frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(at for at, info in sheet.colinfo_map.items() if info.hidden),
        comments=frozenset((row + 1, column) for row, column in sheet.cell_note_map),
        knows_formulas=False,
    )


def _cell(book: Any, sheet: Any, at: Place, raw: Any) -> SheetCell | None:
    """The cell; None for a blank one. `at` counts from 0."""
    import xlrd

    style = book.xf_list[raw.xf_index]
    if raw.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or raw.value == "":
        return None
    if raw.ctype == xlrd.XL_CELL_ERROR:
        return SheetCell(CellKind.ERROR, xlrd.error_text_from_code.get(raw.value, "#?"))
    if raw.ctype == xlrd.XL_CELL_BOOLEAN:
        return SheetCell(CellKind.BOOLEAN, "TRUE" if raw.value else "FALSE")
    fonts = {style.font_index, *(font for _, font in sheet.rich_text_runlist_map.get(at, ()))}
    raised = any(
        book.font_list[font].escapement or book.font_list[font].struck_out for font in fonts
    )
    code = book.format_map[style.format_key].format_str
    if raw.ctype == xlrd.XL_CELL_TEXT:
        return text_cell(raw.value, code, raised=raised)
    found = number_cell(
        repr(raw.value),
        code,
        epoch_1904=bool(book.datemode),
        hides_zeros=not sheet.show_zero_values,
    )
    return replace(found, raised=True) if raised else found
