"""The cells of an .xlsx, from the XML of its sheets: value, style and kind of each in one pass."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree
from xml.parsers import expat

from nqcore.errors import N_, Phrase
from nqcore.files.incoming.file_signatures import XLSX
from nqcore.files.incoming.refusals import BROKEN_PACKAGE, Damaged, UnpacksTooMuch
from nqcore.files.spreadsheets.cell import CellKind, Place, Sheet, SheetCell, column_number
from nqcore.files.spreadsheets.numbers import iso_day, number_cell, text_cell
from nqcore.files.spreadsheets.packages import (
    CellStyle,
    Package,
    RichText,
    SheetPart,
    Workbook,
    is_true,
    parser_of,
    unescaped,
)

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})(?::([A-Za-z]{1,3})([0-9]{1,7}))?")
_PLAIN = CellStyle()
Area = tuple[int, int, int, int]


def read_xlsx(data: bytes) -> Iterator[Sheet]:
    """The sheets of an .xlsx (checked before). Raises Damaged, UnpacksTooMuch."""
    try:
        package = Package(data)
        book = package.workbook()
        for part in package.sheets():
            yield _SheetReader(book, part).read()
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError) as wrong:
        raise Damaged(file="", detail=BROKEN_PACKAGE) from wrong


class _SheetReader:
    """Reads the part of one sheet."""

    def __init__(self, book: Workbook, part: SheetPart) -> None:
        self._book, self._part = book, part
        self._cells: dict[Place, SheetCell] = {}
        self._merged: list[Area] = []
        self._arrays: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._hides_zeros = False
        self._row, self._column = 0, -1
        self._type, self._style = "n", _PLAIN
        self._value: list[str] | None = None
        self._formula = self._in_value = False
        self._rich: RichText | None = None

    def read(self) -> Sheet:
        """The sheet."""
        parser_of(self._start, self._end, self._text).Parse(self._part.part, True)
        for place, cell in self._cells.items():
            if any(
                top <= place[0] <= bottom and left <= place[1] <= right
                for top, left, bottom, right in self._arrays
            ):
                self._cells[place] = replace(cell, formula=True)
        return Sheet(
            name=self._part.name,
            hidden=self._part.hidden,
            cells=self._cells,
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            comments=frozenset(
                (top, left) for one in self._part.comments for top, left, *_ in _areas(one)
            ),
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._rich is not None:
            self._rich.start(tag, attributes)
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag == "v":
            self._in_value, self._value = True, []
        elif tag == "is":
            self._rich = RichText()
        elif tag == "f":
            self._begin_formula(attributes)
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "col":
            self._begin_columns(attributes)
        elif tag == "mergeCell":
            self._merged += _areas(attributes.get("ref", ""))
        elif tag == "sheetView":
            self._hides_zeros |= attributes.get("showZeros") in ("0", "false")

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() else self._row + 1
        self._column = -1
        if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self._hidden_rows.add(self._row)

    def _begin_columns(self, attributes: dict[str, str]) -> None:
        if not (is_true(attributes.get("hidden")) or attributes.get("width") == "0"):
            return
        first, last = (int(attributes.get(name, "1")) for name in ("min", "max"))
        self._hidden_columns |= set(range(first - 1, min(last, XLSX.max_column)))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if place is None:  # a cell without a reference follows the cell before
            self._column += 1
        else:
            self._row, self._column = int(place[2]), column_number(place[1])
        style = attributes.get("s", "0")
        nth = int(style) if style.isdecimal() else 0
        styles = self._book.styles
        self._style = styles[nth] if nth < len(styles) else _PLAIN
        self._type = attributes.get("t", "n")
        self._value, self._formula = None, False

    def _begin_formula(self, attributes: dict[str, str]) -> None:
        self._formula = True
        if attributes.get("t") in ("array", "dataTable"):
            self._arrays += _areas(attributes.get("ref", ""))

    def _text(self, text: str) -> None:
        if self._rich is not None:
            self._rich.text(text)
        elif self._in_value and self._value is not None:
            self._value.append(text)

    def _end(self, tag: str) -> None:
        if tag == "is" and self._rich is not None:
            self._value = [self._rich.whole]
            self._type = "rich" if self._rich.raised else "inline"
            self._rich = None
        elif self._rich is not None:
            self._rich.end(tag)
        elif tag == "v":
            self._in_value = False
        elif tag == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        cell = self._cell("".join(self._value or ()))
        if self._style.raised and cell is not None:
            cell = replace(cell, raised=True)
        if self._formula:
            cell = replace(cell or SheetCell(CellKind.TEXT, ""), formula=True)
        if cell is None:
            return
        if self._row > XLSX.max_row or self._column >= XLSX.max_column:
            raise UnpacksTooMuch(file="")
        self._cells[self._row, self._column] = cell

    def _cell(self, value: str) -> SheetCell | None:
        """The cell with this text as its value; None for a blank one."""
        kind = self._type
        if kind == "e":
            return SheetCell(CellKind.ERROR, value.strip() or "#?")
        if kind in ("inline", "rich", "str"):
            text = unescaped(value) if kind == "str" else value
            return text_cell(text, self._style.code, raised=kind == "rich")
        value = value.strip()
        if not value:
            return None
        if kind == "s":
            return self._shared_text(value)
        if kind == "b":
            return SheetCell(CellKind.BOOLEAN, "TRUE" if is_true(value) else "FALSE")
        if kind == "d":
            return SheetCell(CellKind.DATE, iso_day(value))
        return number_cell(
            value,
            self._style.code,
            epoch_1904=self._book.epoch_1904,
            hides_zeros=self._hides_zeros,
        )

    def _shared_text(self, value: str) -> SheetCell | None:
        nth = int(value) if value.isdecimal() and len(value) < 10 else -1
        if not 0 <= nth < len(self._book.texts):
            raise Damaged(
                file="", detail=Phrase(N_("no shared text {value}"), {"value": value[:20]})
            )
        text, raised = self._book.texts[nth]
        return text_cell(text, self._style.code, raised=raised)


def _areas(reference: str) -> list[Area]:
    """The ranges "A1:B2 C3" as (first row, first column, last row, last column)."""
    found = []
    for one in reference.split():
        if match := _RANGE.fullmatch(one):
            top, left = int(match[2]), column_number(match[1])
            bottom, right = (int(match[4]), column_number(match[3])) if match[3] else (top, left)
            found.append((top, left, bottom, right))
    return found
