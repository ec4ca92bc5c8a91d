"""A list in a text file: .csv with commas or semicolons, or the tab-separated text of Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from nqcore.errors import N_, InputError, Phrase
from nqcore.files.incoming import CSV, load_text
from nqcore.files.spreadsheets.separators import SEPARATORS, separator_of

_SAYS_SEPARATOR = "sep="
"""A first line of this form tells Excel the separator; it is no row of the list."""


_QUOTE_OPEN = N_('a quotation mark (") is opened and not closed')
_AFTER_QUOTE = N_('after a closing quotation mark (") the next cell does not begin')
_LONG_CELL = N_(
    "a cell is longer than 131,072 characters, perhaps because a quotation mark is not closed"
)
_NOT_CSV = N_("its cells are not in the form of CSV")
OTHER_CELLS = N_(
    "The row has {cells} cells, the heading {head}. Put a figure with a comma in quotes, or separate "
    "the cells with semicolons."
)
"""What is said of a row whose cells are shifted."""


class BrokenRow(InputError):
    """A row that is not CSV. Params: row, detail."""

    code = "broken-row"
    template = N_(
        "The row cannot be read as CSV: {detail}. Correct it, or save the table as an Excel file."
    )

    def __init__(self, *, row: int, detail: Phrase) -> None:
        self.row = row
        super().__init__(row=row, detail=detail)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of `text_rows` in a file. Raises FileRefused, BrokenRow."""
    return text_rows(load_text(path, CSV))


def text_rows(text: str, separator: str = "") -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of its line (from 1).

    Without a `separator` it is the one that the line "sep=;" says, or else the one that makes a table of the
    text: titles above it, decimal commas and commas in names do not decide. A list of one column has none.
    Raises BrokenRow.
    """
    first, _, rest = text.partition("\n")
    before = 0
    if not separator:
        separator = separator_in(text)
        if _said_separator(first):
            text, before = rest, 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num + before, row
    except csv.Error as wrong:
        raise BrokenRow(row=rows.line_num + before, detail=Phrase(_why(str(wrong)))) from wrong


def separator_in(text: str) -> str:
    """What separates the cells of a list: as its line "sep=;" says, else what makes a table of the text."""
    return _said_separator(text.partition("\n")[0]) or separator_of(text)


def _said_separator(first: str) -> str:
    """The separator that the first line tells Excel; "" where it is a row of the list."""
    first = first.rstrip("\r")
    is_said = first[:4].lower() == _SAYS_SEPARATOR and first[4:] in tuple(SEPARATORS)
    return first[4:] if is_said else ""


def _why(said: str) -> str:
    """What the library said, in words of the catalogue."""
    if said == "unexpected end of data":
        return _QUOTE_OPEN
    if " expected after " in said:
        return _AFTER_QUOTE
    return _LONG_CELL if "field limit" in said else _NOT_CSV
