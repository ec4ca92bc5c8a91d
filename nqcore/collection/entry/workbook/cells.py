"""What stands in the cells of a file; runs in a child process with limits (`incoming.read_in_child`)."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nqcore.collection.entry.workbook.identity import HIDDEN_SHEET
from nqcore.collection.entry.workbook.lines import CODE
from nqcore.files.incoming import XLSX
from nqcore.files.incoming.cell_formats import CellFormats, Place, as_percent, read_cell_formats
from nqcore.files.incoming.refusals import UnpacksTooMuch

RawCells = dict[str, Any]
"""`identities`: lines that may name the file; `rows`: [number from 1, cells A to G] of the sheet with
the codes, empty rows left out; a cell is "" or [kind, text] as `filled.Cell` has them; `formulas`:
[row, column] from 1 and 0, null where the format does not tell."""
_NO_FORMATS = CellFormats({}, {}, frozenset())


def layout_cells(data: bytes) -> RawCells:
    """The cells of an .xlsx or .xls."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    identities: list[str] = []
    found: list[list[Any]] = []
    marked = _NO_FORMATS
    for name in book.sheet_names[:20]:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > XLSX.max_row or sheet.total_width > XLSX.max_column:
            raise UnpacksTooMuch(file="")
        rows = sheet.to_python(skip_empty_area=False)
        if name == HIDDEN_SHEET:
            identities += [str(cell) for cell in (rows[0][:1] if rows else [])]
        elif not found and any(len(row) > CODE and row[CODE] not in ("", None) for row in rows):
            marked = read_cell_formats(data, name)
            for number, row in enumerate(rows, 1):
                row_cells = [cell_at(cell, (number, nth), marked) for nth, cell in enumerate(row)]
                if any(row_cells[: CODE + 1]):
                    found.append([number, row_cells[: CODE + 1]])
            # Column G first: it is the one that survives.
            first = [cell[1] for cell in found[0][1][CODE : CODE + 1] if cell] if found else []
            identities[:0] = first
    formulas = marked.formulas
    return {
        "identities": identities,
        "rows": found,
        "formulas": None if formulas is None else [list(place) for place in sorted(formulas)],
    }


def cell_at(cell: object, place: Place, marked: CellFormats) -> list[str]:
    """A cell as [kind, text] (`filled.Cell`), [] where nothing stands."""
    if place in marked.errors:
        return ["e", marked.errors[place]]
    if cell is None or cell == "":
        return []
    if isinstance(cell, bool):
        return ["b", "TRUE" if cell else "FALSE"]
    if isinstance(cell, int | float):
        value = Decimal(repr(cell))
        if place not in marked.percents:
            return ["n", f"{value:f}"]
        shown = as_percent(value, marked.percents[place])
        if shown is None:
            return ["u", f"{value:f}"]
        return ["n", f"{value:f}"] if shown is value else ["p", f"{shown:f}"]
    if isinstance(cell, datetime | date):
        return ["d", f"{cell.day}/{cell.month}/{cell.year}"]
    return ["s", str(cell)]
