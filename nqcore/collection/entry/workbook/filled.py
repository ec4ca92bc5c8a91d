"""A template that was filled in: whose report it is, and the content of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from nqcore.collection.entry.workbook.cells import layout_cells
from nqcore.collection.entry.workbook.identity import Identity
from nqcore.collection.entry.workbook.lines import CODE
from nqcore.errors import N_, InputError
from nqcore.files.incoming import XLS, XLSX, check, read_in_child

WORKBOOK_KINDS = (XLSX, XLS)
CellKind = Literal["n", "p", "u", "s", "d", "b", "e"]
"""The kinds of a cell: see TemplateCell."""


class NotATemplate(InputError):
    """The file is an Excel file, but not one that `write_workbook` has written."""

    code = "not-a-template"
    template = N_(
        "This is not one of the templates. Download the Excel template, copy the figures into it, "
        "then choose it here."
    )


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """The content of a cell as text, and its kind:

    - n: a number, "1234.5"
    - p: a number that is shown as a percentage; the text is the number before the sign, "100" for 100 %
    - u: a number whose format does not say how it is shown
    - s: a text; d: a date, "15/9/2018"; b: "TRUE" or "FALSE"; e: an error such as "#N/A"
    """

    kind: CellKind
    text: str

    @property
    def display(self) -> str:
        """The text as it is shown to a user."""
        return self.text.replace(".", ",") + "%" if self.kind == "p" else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """Row `number` (from 1) of the file. `cells`: those that are not blank, by column (from 0)."""

    number: int
    cells: Mapping[int, TemplateCell]

    @property
    def code(self) -> str:
        """The hidden code of the row (column G); "" where there is none."""
        cell = self.cells.get(CODE)
        return cell.text.strip() if cell and cell.kind != "e" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTemplate:
    """A file that was read. `rows`: the rows that are not blank; `formulas`: the cells (row from 1, column
    from 0) with a formula, None where the kind of file does not say it (.xls)."""

    identity: Identity
    rows: tuple[FilledRow, ...]
    formulas: frozenset[tuple[int, int]] | None


def read_filled(name: str, data: bytes) -> FilledTemplate:
    """Read a filled template. The ending of its `name` says which kind it is, .xlsx or .xls. Raises
    FileRefused, NotATemplate."""
    check(name, data, WORKBOOK_KINDS)
    raw = read_in_child(layout_cells, data, file=name)
    identity = next(filter(None, map(Identity.read, raw["identities"])), None)
    if identity is None:
        raise NotATemplate
    rows = tuple(
        FilledRow(
            number=number,
            cells={
                column: TemplateCell(cast(CellKind, cell[0]), cell[1])
                for column, cell in enumerate(found)
                if cell
            },
        )
        for number, found in raw["rows"]
    )
    formulas = raw["formulas"]
    return FilledTemplate(
        identity=identity,
        rows=rows,
        formulas=None if formulas is None else frozenset((row, col) for row, col in formulas),
    )
