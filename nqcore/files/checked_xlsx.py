"""Files that go out: what was written is read again, and no text becomes a formula.

Libraries cut a text at 32,767 characters, leave a NaN out, or take "=…" for a formula, all of it
silently; so an .xlsx that we write is opened again and compared cell by cell before anybody gets it.
(A .docx: `nqcore.analysis.report.readback`.)
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nqcore.errors import N_, NqError
from nqcore.text.characters import find_unstorable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_CELL_CHARACTERS = 32_767
"""Characters that a cell holds (Excel's specifications and limits)."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*%?")


class NotWritten(NqError):
    """A file would not say what it should: it is not handed out. `where` is a cell."""

    code = "not-written"
    template = N_(
        "The file cannot be written: {where} would read “{found}”, not “{wanted}”. "
        "Shorten or correct it."
    )

    def __init__(self, *, where: str, wanted: object, found: object) -> None:
        super().__init__(where=where, wanted=str(wanted)[:60], found=str(found)[:60])


def csv_cell(text: str) -> str:
    """`text` for a .csv that people open in a spreadsheet: a text that it would take for a formula gets
    an apostrophe in front (OWASP, CSV injection); numbers stay as they are."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def csv_row(cells: Iterable[object]) -> list[str]:
    """A row of such cells."""
    return [csv_cell("" if cell is None else str(cell)) for cell in cells]


class Recorded:
    """A worksheet that remembers what was written into it; anything else goes to it as it is. Raises
    NotWritten where xlsxwriter would silently write less."""

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self.cells: dict[tuple[int, int], str | Decimal] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def write_string(self, row: int, column: int, text: str, look: Format | None = None) -> None:
        """Text, which stays text whatever it begins with."""
        if len(text) > MAX_CELL_CHARACTERS:
            raise NotWritten(
                where=place(row, column), wanted=text, found=text[:MAX_CELL_CHARACTERS]
            )
        if bad := find_unstorable(text):
            raise NotWritten(where=place(row, column), wanted=repr(text), found=f"U+{ord(bad):04X}")
        self._page.write_string(row, column, text, look)
        self._keep(row, column, text)

    def write_number(
        self, row: int, column: int, figure: Decimal, look: Format | None = None
    ) -> None:
        """A figure of at most 15 digits, which is what a cell holds."""
        if not figure.is_finite() or Decimal(repr(float(figure))) != figure:
            raise NotWritten(where=place(row, column), wanted=figure, found=float(figure))
        self._page.write_number(row, column, figure, look)
        self._keep(row, column, figure)

    def write_blank(self, row: int, column: int, blank: None, look: Format | None = None) -> None:
        """An empty cell."""
        self._page.write_blank(row, column, blank, look)
        self._keep(row, column, "")

    def _keep(self, row: int, column: int, value: str | Decimal) -> None:
        if value == "":
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value


def check_xlsx(data: bytes, pages: Iterable[Recorded]) -> None:
    """Raise NotWritten unless each sheet of the workbook, in order, reads exactly what was written into
    it, cell by cell, and no cell is a formula."""
    import python_calamine

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and re.search(rb"<f[ >/]", package.read(name)):
                raise NotWritten(where=name, wanted="", found="<f>")
    book = python_calamine.load_workbook(io.BytesIO(data))
    for nth, page in enumerate(pages):
        found = {
            (row, column): cell
            for row, cells in enumerate(
                book.get_sheet_by_index(nth).to_python(skip_empty_area=False)
            )
            for column, cell in enumerate(cells)
            if cell != ""
        }
        for at in sorted(found.keys() | page.cells.keys()):
            wanted, read = page.cells.get(at, ""), found.get(at, "")
            if not _same(wanted, read):
                raise NotWritten(where=place(*at), wanted=wanted, found=read)


def _same(wanted: str | Decimal, read: object) -> bool:
    if isinstance(wanted, Decimal):
        number = isinstance(read, float | int) and not isinstance(read, bool)
        return number and Decimal(repr(read)) == wanted
    return wanted == read


def place(row: int, column: int) -> str:
    """A cell as people name it: "E12" (row and column from 0)."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
