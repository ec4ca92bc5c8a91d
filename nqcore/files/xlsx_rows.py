"""Reads uploaded spreadsheets. Formulas are never evaluated."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

from nqcore.files.checked_xlsx import cell_name
from nqcore.files.incoming import XLSX, load, read_in_child
from nqcore.files.incoming.cell_formats import as_percent, read_cell_formats
from nqcore.files.incoming.refusals import BrokenCell, UnpacksTooMuch


def read_sheet(path: Path) -> list[list[str]]:
    """The rows of the first sheet of an .xlsx file as text; empty cells are "".

    Whole numbers have no ".0"; percent cells are written as they are shown ("100%"). Raises
    FileRefused (also for a cell with an error such as #REF!), OSError.
    """
    return read_in_child(first_sheet, load(path, [XLSX]), file=path.name)


def first_sheet(data: bytes) -> list[list[str]]:
    """The rows in the bytes of an .xlsx; to be run by `read_in_child`."""
    import python_calamine

    workbook = python_calamine.load_workbook(io.BytesIO(data))
    sheet = workbook.get_sheet_by_index(0)
    rows = sheet.to_python(nrows=XLSX.max_row + 1)
    # A table may begin far from A1 and so end outside the limits.
    if len(rows) > XLSX.max_row or any(len(row) > XLSX.max_column for row in rows):
        raise UnpacksTooMuch(file="")
    marked = read_cell_formats(data, workbook.sheet_names[0])
    for (row, column), error in sorted(marked.errors.items()):
        raise BrokenCell(file="", cell=cell_name(row - 1, column), error=error)
    top, left = sheet.start or (0, 0)
    return [
        [_text(cell, marked.percents.get((number, nth))) for nth, cell in enumerate(row, left)]
        for number, row in enumerate(rows, top + 1)
    ]


def _text(cell: object, percent: str | None) -> str:
    if percent and isinstance(cell, float | int) and not isinstance(cell, bool):
        value = Decimal(repr(cell))
        shown = as_percent(value, percent)
        if shown is not None and shown is not value:
            return f"{shown.normalize():f}%"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
