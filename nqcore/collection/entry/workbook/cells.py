"""Unpacking the cells of a file. It runs in a child process with limits on time and memory
(`incoming.read_in_child`), because the file comes from outside."""

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
"""The cells of a file as JSON values.

- "identities": the texts that may be the identity of the file, the most reliable first.
- "rows": [row number from 1, cells A to G] of the sheet that has the codes, without empty rows. A cell is
  [] or [kind, text], as in `filled.TemplateCell`.
- "formulas": [row from 1, column from 0] of the cells with a formula; None where the format does not
  say it (.xls)."""
_NO_FORMATS = CellFormats({}, {}, frozenset())


def layout_cells(data: bytes) -> RawCells:
    """The cells of an .xlsx or .xls file. Raises UnpacksTooMuch."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    identities: list[str] = []
    found: list[list[Any]] = []
    formats = _NO_FORMATS
    for name in book.sheet_names[:20]:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > XLSX.max_row or sheet.total_width > XLSX.max_column:
            raise UnpacksTooMuch(file="")
        rows = sheet.to_python(skip_empty_area=False)
        if name == HIDDEN_SHEET:
            identities += [str(cell) for cell in (rows[0][:1] if rows else [])]
        elif not found and any(len(row) > CODE and row[CODE] not in ("", None) for row in rows):
            formats = read_cell_formats(data, name)
            for number, row in enumerate(rows, 1):
                row_cells = [cell_at(cell, (number, nth), formats) for nth, cell in enumerate(row)]
                if any(row_cells[: CODE + 1]):
                    found.append([number, row_cells[: CODE + 1]])
            # Column G comes first: every program that was tried keeps it.
            first = [cell[1] for cell in found[0][1][CODE : CODE + 1] if cell] if found else []
            identities[:0] = first
    formulas = formats.formulas
    return {
        "identities": identities,
        "rows": found,
        "formulas": None if formulas is None else [list(place) for place in sorted(formulas)],
    }


def cell_at(cell: object, place: Place, formats: CellFormats) -> list[str]:
    """A cell as [kind, text] (`filled.TemplateCell`); [] for a blank one. `place` is its row (from 1)
    and column (from 0)."""
    if place in formats.errors:
        return ["e", formats.errors[place]]
    if cell is None or cell == "":
        return []
    if isinstance(cell, bool):
        return ["b", "TRUE" if cell else "FALSE"]
    if isinstance(cell, int | float):
        value = Decimal(repr(cell))
        if value == value.to_integral_value():
            value = Decimal(int(value))  # 5 and not 5.0: it may be typed into the box of a text
        if place not in formats.percents:
            return ["n", f"{value:f}"]
        percent = as_percent(value, formats.percents[place])
        if percent is None:
            return ["u", f"{value:f}"]
        return ["n", f"{value:f}"] if percent is value else ["p", f"{percent:f}"]
    if isinstance(cell, datetime | date):
        return ["d", f"{cell.day}/{cell.month}/{cell.year}"]
    return ["s", str(cell)]
