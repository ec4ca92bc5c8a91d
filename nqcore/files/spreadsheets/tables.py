"""A list in a spreadsheet as rows of texts, for example the list of units of an office."""

from __future__ import annotations

from pathlib import Path

from nqcore.errors import N_
from nqcore.files.incoming import XLS, XLSX, load, read_in_child
from nqcore.files.incoming.refusals import BrokenCell, FileRefused
from nqcore.files.spreadsheets.cell import CellKind, Sheet, SheetCell, cell_name
from nqcore.files.spreadsheets.reading import read_sheets

TABLE_KINDS = (XLSX, XLS)


class TwoSheets(FileRefused):
    """More than one sheet of the file has cells. Params: file, sheets."""

    code = "file-two-sheets"
    template = N_(
        "{file} has several sheets with content: {sheets}. Keep the sheet with the list only, save it and "
        "choose it again."
    )


class ShownOtherwise(FileRefused):
    """A cell whose number format shows something else than the cell holds. Params: file, cell, text."""

    code = "file-shown-otherwise"
    template = N_(
        "{file}: cell {cell} holds {text}, but its number format shows something else. Type there as text "
        "what is meant, and save the file again."
    )


def read_table(path: Path) -> list[list[str]]:
    """The rows of the only sheet with content of an .xlsx or .xls, as texts; blank cells are "".

    Whole numbers have no ".0"; percent cells and numbers with leading zeros are written as they are shown
    ("100%", "00012"). Raises FileRefused (also for a cell with an error such as #REF!, for one whose number
    format shows something else, and for two sheets with content), OSError.
    """
    return read_in_child(table_rows, load(path, TABLE_KINDS), file=path.name)


def table_rows(data: bytes) -> list[list[str]]:
    """The rows in the bytes of the file; to be run by `read_in_child`."""
    sheets = [sheet for sheet in read_sheets(data) if sheet.cells]
    if len(sheets) > 1:
        raise TwoSheets(file="", sheets=", ".join(f"“{sheet.name}”" for sheet in sheets))
    return _rows(sheets[0]) if sheets else []


def _rows(sheet: Sheet) -> list[list[str]]:
    for place, cell in sorted(sheet.cells.items()):
        if cell.kind is CellKind.ERROR:
            raise BrokenCell(file="", cell=cell_name(place), error=cell.text)
        if cell.shows_otherwise and cell.text.strip():
            raise ShownOtherwise(file="", cell=cell_name(place), text=cell.display.strip())
    last = max(row for row, _ in sheet.cells)
    width = dict.fromkeys(range(1, last + 1), 0)
    for row, column in sheet.cells:
        width[row] = max(width[row], column + 1)
    blank = SheetCell(CellKind.TEXT, "")
    return [
        [sheet.cells.get((row, column), blank).display for column in range(width[row])]
        for row in range(1, last + 1)
    ]
