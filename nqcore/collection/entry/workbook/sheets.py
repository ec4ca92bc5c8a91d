"""Finding the templates among the sheets of a file. `find_templates` runs in a child process with limits
on time and memory (`incoming.read_in_child`), because the file comes from outside."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from nqcore.collection.entry.workbook.identity import HIDDEN_SHEET, Identity
from nqcore.collection.entry.workbook.lines import HEADING_MARK
from nqcore.files.spreadsheets import CellKind, Sheet, read_sheets

_HEADING = re.compile(rf"{HEADING_MARK}[^/!?#]+")
"""The code of a heading, and not an error that stands as text ("#N/A")."""
RawTemplates = dict[str, Any]
"""The sheets of a file as JSON values.

- "templates": of each template its "sheet" (`Sheet.as_json`), its "identity" as a line of text, the
  "head" (the row of that line; 0 where the sheet has lost it), and the column of the "codes".
- "others": [name, number of cells] of every other sheet with content."""


def find_templates(data: bytes) -> RawTemplates:
    """The templates of an .xlsx or .xls file, and its other sheets. Raises FileRefused."""
    sheets = read_sheets(data)
    hidden = [_line_of(sheet) for sheet in sheets if sheet.name == HIDDEN_SHEET]
    spare = next((found[1] for found in hidden if found), "")
    sheets = [sheet for sheet in sheets if sheet.name != HIDDEN_SHEET]
    templates, others = [], []
    with_line = {sheet.name for sheet in sheets if _line_of(sheet)}
    for sheet in sheets:
        found = _line_of(sheet)
        codes = _code_column(sheet)
        if found is not None:  # the line stands above the codes
            (row, column), line = found
            templates.append(_template(sheet, line, row, column))
        elif spare and not with_line and not templates and codes is not None:
            # The line beside the table is gone; the hidden sheet still says whose file it is.
            templates.append(_template(sheet, spare, 0, codes))
        elif sheet.cells:
            others.append([sheet.name, len(sheet.cells)])
    return {"templates": templates, "others": others}


def _template(sheet: Sheet, line: str, head: int, codes: int) -> dict[str, Any]:
    return {"sheet": sheet.as_json(), "identity": line, "head": head, "codes": codes}


def _line_of(sheet: Sheet) -> tuple[tuple[int, int], str] | None:
    """The first cell with an identity, with its place."""
    for place, cell in sorted(sheet.cells.items()):
        if cell.kind is CellKind.TEXT and Identity.read(cell.text) is not None:
            return place, cell.text
    return None


def _code_column(sheet: Sheet) -> int | None:
    """The column that has the codes of headings ("#A"); None where there is none."""
    columns = Counter(
        column
        for (_, column), cell in sheet.cells.items()
        if cell.kind is CellKind.TEXT and _HEADING.fullmatch(cell.text.strip())
    )
    return columns.most_common(1)[0][0] if columns else None
