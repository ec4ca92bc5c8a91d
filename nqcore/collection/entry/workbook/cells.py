"""What stands in the cells of a file; runs in a child process with limits (`incoming.read_apart`)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from nqcore.collection.entry.workbook.identity import SHEET
from nqcore.collection.entry.workbook.lines import CODE
from nqcore.files.incoming import XLSX
from nqcore.files.incoming.refusals import UnpacksTooMuch

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]+)"[^>]*>\s*<f[\s>/]')

Raw = dict[str, Any]
"""`identities`: lines that may name the file; `rows`: [number from 1, cells A to G] of the sheet with
the codes, empty rows left out; a cell is "" or [kind, text] with the kinds n(umber), s (text), d(ate),
b(ool); `formulas`: [row, column] from 1 and 0, null where the format does not tell."""


def layout_cells(data: bytes) -> Raw:
    """The cells of an .xlsx or .xls."""
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    identities: list[str] = []
    found: list[list[Any]] = []
    chosen = ""
    for name in book.sheet_names[:20]:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > XLSX.max_row or sheet.total_width > XLSX.max_column:
            raise UnpacksTooMuch(file="")
        rows = sheet.to_python(skip_empty_area=False)
        if name == SHEET:
            identities += [str(cell) for cell in (rows[0][:1] if rows else [])]
        elif not found and any(len(row) > CODE and row[CODE] not in ("", None) for row in rows):
            chosen = name
            found = [
                [number, [_cell(cell) for cell in row[: CODE + 1]]]
                for number, row in enumerate(rows, 1)
                if any(cell not in ("", None) for cell in row[: CODE + 1])
            ]
            # Column G first: it is the one that survives.
            first = [cell[1] for cell in found[0][1][CODE : CODE + 1] if cell] if found else []
            identities[:0] = first
    zipped = data.startswith(XLSX.magic)
    return {
        "identities": identities,
        "rows": found,
        "formulas": _formulas(data, chosen) if zipped else None,
    }


def _cell(cell: object) -> object:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return ["b", "TRUE" if cell else "FALSE"]
    if isinstance(cell, int | float):
        return ["n", f"{Decimal(repr(cell)):f}"]
    if isinstance(cell, datetime | date):
        return ["d", f"{cell.day}/{cell.month}/{cell.year}"]
    return ["s", str(cell)]


def _formulas(data: bytes, sheet: str) -> list[list[int]]:
    """Where a formula stands on that sheet, as [row from 1, column from 0]."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        wanted = next(
            (
                one.get(_RELATION)
                for one in book.iter()
                if one.tag.endswith("}sheet") and one.get("name") == sheet
            ),
            None,
        )
        links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        target = next((one.get("Target") for one in links if one.get("Id") == wanted), None)
        if target is None:
            return []
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        text = parts.read(name)
    return [
        [int(row), _column(letters.decode())]
        for letters, row in _FORMULA.findall(text)
        if len(row) < 8
    ]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
