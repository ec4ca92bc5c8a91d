"""Reading spreadsheets that people hand in. Never evaluates a formula."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nqcore.errors import N_, InputError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 20_000, 100


class UnreadableSheet(InputError):
    """The file is no spreadsheet, or too large a one."""

    code = "unreadable-sheet"
    template = N_("{file} cannot be read: {detail}. Save it again as .xlsx or .csv.")

    def __init__(self, *, file: str, detail: str) -> None:
        super().__init__(file=file, detail=detail)


def read_sheet(path: Path) -> Iterator[tuple[str, ...]]:
    """The first sheet's rows as text, empty cells as "". Whole numbers lose the ".0" that
    spreadsheets give them. Raises UnreadableSheet."""
    import python_calamine

    if path.stat().st_size > MAX_BYTES:
        raise UnreadableSheet(file=path.name, detail="it is over 10 MB")
    try:
        sheet = python_calamine.load_workbook(path).get_sheet_by_index(0)
        rows = sheet.to_python(nrows=MAX_ROWS + 1)
    except (python_calamine.CalamineError, OSError) as wrong:
        raise UnreadableSheet(file=path.name, detail=str(wrong)) from wrong
    if len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows):
        raise UnreadableSheet(file=path.name, detail="it has too many rows or columns")
    for row in rows:
        yield tuple(_text(cell) for cell in row)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
