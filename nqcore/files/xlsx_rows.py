"""Reading spreadsheets that people hand in. Never evaluates a formula."""

from __future__ import annotations

import io
from pathlib import Path

from nqcore.files.incoming import XLSX, load, read_apart
from nqcore.files.incoming.refusals import UnpacksTooMuch


def read_sheet(path: Path) -> list[list[str]]:
    """The first sheet's rows of an .xlsx file as text, empty cells as "". Whole numbers lose the
    ".0" that spreadsheets give them. Raises FileRefused, OSError."""
    return read_apart(first_sheet, load(path, [XLSX]), file=path.name)


def first_sheet(data: bytes) -> list[list[str]]:
    """The rows in the bytes of an .xlsx; to be run by `read_apart`."""
    import python_calamine

    workbook = python_calamine.load_workbook(io.BytesIO(data))
    rows = workbook.get_sheet_by_index(0).to_python(nrows=XLSX.max_row + 1)
    # A table may begin far from A1 and still reach too far.
    if len(rows) > XLSX.max_row or any(len(row) > XLSX.max_column for row in rows):
        raise UnpacksTooMuch(file="")
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
