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


class NotATemplate(InputError):
    """The file is a workbook, but none that was written here."""

    code = "not-a-template"
    template = N_(
        "This is not one of the templates. Download the Excel template, copy the figures into it, "
        "then choose it here."
    )


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """What stands in a cell, written out: a number (n), a number shown as a percentage (p; the number in
    front of the sign: 100 for 100 %), one of which the format does not say how it is shown (u), text (s),
    a date (d), a truth value (b), an error such as #N/A (e)."""

    kind: CellKind
    text: str

    @property
    def words(self) -> str:
        """The cell as part of a sentence."""
        return self.text.replace(".", ",") + "%" if self.kind == "p" else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """Row `number` (from 1): its cells by column from 0, where something stands."""

    number: int
    cells: Mapping[int, TemplateCell]

    @property
    def code(self) -> str:
        """The hidden code, "" where none stands."""
        cell = self.cells.get(CODE)
        return cell.text.strip() if cell and cell.kind != "e" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTemplate:
    """A file read: `formulas` are the cells (row from 1, column from 0) that hold one; None where
    the kind of file does not tell (.xls)."""

    identity: Identity
    rows: tuple[FilledRow, ...]
    formulas: frozenset[tuple[int, int]] | None


def read_filled(name: str, data: bytes) -> FilledTemplate:
    """Read a filled template, .xlsx or .xls; its `name` only says which. Raises FileRefused,
    NotATemplate."""
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
