"""Output in .xlsx and .csv: what was written is read again and compared; no text becomes a formula.

Libraries silently cut a text at 32,767 characters, omit a NaN, or treat "=…" as a formula. So an .xlsx
that we write is read again and compared cell by cell before it is sent. (For .docx:
`nqcore.analysis.report.readback`.)
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nqcore.errors import N_, NqError
from nqcore.files.spreadsheets.cell import cell_name
from nqcore.text.characters import find_unstorable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_CELL_CHARACTERS = 32_767
"""Most characters of a cell (Microsoft, "Excel specifications and limits")."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)*%?")


class NotWritten(NqError):
    """The file would not contain what it should, so it is not sent. `where` is a cell ("E12")."""

    code = "not-written"
    template = N_(
        "The file cannot be written: {where} would read “{found}”, not “{wanted}”. "
        "Shorten or correct it."
    )

    def __init__(self, *, where: str, wanted: object, found: object) -> None:
        super().__init__(where=where, wanted=str(wanted)[:60], found=str(found)[:60])


def csv_cell(text: str) -> str:
    """`text` for a .csv that is opened in a spreadsheet: a text that the spreadsheet would treat as a
    formula gets an apostrophe before it (OWASP, CSV injection), and so does one that has such an
    apostrophe already; numbers do not change."""
    plain = text.lstrip("'")
    if plain.startswith(_FORMULA) and not (plain == text and _NUMBER.fullmatch(text)):
        return "'" + text
    return text


def without_apostrophe(text: str) -> str:
    """The text that `csv_cell` wrote as `text`."""
    plain = text.removeprefix("'")
    return plain if csv_cell(plain) == text else text


def csv_row(cells: Iterable[object]) -> list[str]:
    """A row of such cells; None is an empty one."""
    return [csv_cell("" if cell is None else str(cell)) for cell in cells]


class RecordedSheet:
    """A worksheet that records the values written into it; all other methods are those of xlsxwriter.

    Raises NotWritten where xlsxwriter would silently write something else.
    """

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self.cells: dict[tuple[int, int], str | Decimal] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def write_string(self, row: int, column: int, text: str, look: Format | None = None) -> None:
        """Write a text; it stays text even if it begins with "=". Raises NotWritten."""
        if len(text) > MAX_CELL_CHARACTERS:
            raise NotWritten(
                where=cell_name((row + 1, column)), wanted=text, found=text[:MAX_CELL_CHARACTERS]
            )
        if bad := find_unstorable(text):
            raise NotWritten(
                where=cell_name((row + 1, column)), wanted=repr(text), found=f"U+{ord(bad):04X}"
            )
        self._page.write_string(row, column, text, look)
        self._keep(row, column, text)

    def write_number(
        self, row: int, column: int, figure: Decimal, look: Format | None = None
    ) -> None:
        """Write a figure. Raises NotWritten when a cell (15 digits) cannot hold it exactly."""
        if not figure.is_finite() or Decimal(repr(float(figure))) != figure:
            raise NotWritten(where=cell_name((row + 1, column)), wanted=figure, found=float(figure))
        self._page.write_number(row, column, figure, look)
        self._keep(row, column, figure)

    def write_blank(self, row: int, column: int, blank: None, look: Format | None = None) -> None:
        """Write an empty cell."""
        self._page.write_blank(row, column, blank, look)
        self._keep(row, column, "")

    def _keep(self, row: int, column: int, value: str | Decimal) -> None:
        if value == "":
            self.cells.pop((row, column), None)
        else:
            self.cells[row, column] = value


def check_xlsx(data: bytes, pages: Iterable[RecordedSheet]) -> None:
    """Read the workbook again and raise NotWritten when a cell differs from what was written, or is a
    formula. `pages` are the recorded worksheets, in order."""
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
                raise NotWritten(where=cell_name((at[0] + 1, at[1])), wanted=wanted, found=read)


def _same(wanted: str | Decimal, read: object) -> bool:
    if isinstance(wanted, Decimal):
        number = isinstance(read, float | int) and not isinstance(read, bool)
        return number and Decimal(repr(read)) == wanted
    return wanted == read
