"""The cells of an .ods (OpenDocument, the State's open format), from the XML of its content.

An .ods writes beside each number what the sheet shows for it. So nothing has to be worked out of its number
format: a number whose shown text is another number is marked `shown`, `scaled` or `unclear`.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.etree import ElementTree

from nqcore.errors import N_, Phrase
from nqcore.files.incoming.file_signatures import ODS
from nqcore.files.incoming.refusals import BROKEN_PACKAGE, Damaged, UnpacksTooMuch
from nqcore.files.spreadsheets.cell import CellKind, Place, Sheet, SheetCell
from nqcore.files.spreadsheets.number_format import FIFTEEN
from nqcore.files.spreadsheets.numbers import iso_day, plain_number
from nqcore.files.spreadsheets.packages import tag_of

_CONTENT = "content.xml"
_DIGITS = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[-−–(]?[0-9][0-9.,'\s\u00a0\u202f]*\)?")
_MOST_DECIMALS = 15
_SCALES = (3, 6, 9)
_COVERED, _CELL = "covered-table-cell", "table-cell"
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|#N/A|Err:[0-9]+")


def read_ods(data: bytes) -> Iterator[Sheet]:
    """The sheets of an .ods (checked before). Raises Damaged, UnpacksTooMuch."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            content = ElementTree.fromstring(package.read(_CONTENT))
    except KeyError as wrong:
        raise Damaged(
            file="", detail=Phrase(N_("{name} is missing"), {"name": _CONTENT})
        ) from wrong
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError) as wrong:
        raise Damaged(file="", detail=BROKEN_PACKAGE) from wrong
    styles = _OdsStyles(content)
    for table in content.iter():
        if tag_of(table.tag) == "table" and _is_sheet(table):
            yield _OdsSheetReader(table, styles).read()


def _is_sheet(table: ElementTree.Element) -> bool:
    return any(tag_of(child.tag).startswith("table-") for child in table)


def _attribute(one: ElementTree.Element, name: str, default: str = "") -> str:
    """The attribute of that name, whatever its namespace: `calcext:value-type` is asked for by itself."""
    return next(
        (text for key, text in one.attrib.items() if tag_of(key) == name and "calcext" not in key),
        default,
    )


class _OdsStyles:
    """What the styles of the content raise, lower, strike out or hide."""

    def __init__(self, content: ElementTree.Element) -> None:
        self.raised: set[str] = set()
        self.hidden: set[str] = set()
        for style in content.iter():
            if tag_of(style.tag) != "style":
                continue
            for one in style:
                if _raises(one):
                    self.raised.add(_attribute(style, "name"))
                if _attribute(one, "display") == "false":
                    self.hidden.add(_attribute(style, "name"))


def _raises(properties: ElementTree.Element) -> bool:
    place = _attribute(properties, "text-position").split(" ")[0]
    struck = _attribute(properties, "text-line-through-style", "none")
    return place not in ("", "0%") or struck != "none"


@dataclass(frozen=True, slots=True)
class _OdsText:
    """What a cell shows: its text, and whether a part of it is raised or struck out."""

    text: str
    raised: bool


class _OdsSheetReader:
    """Reads the table of one sheet."""

    def __init__(self, table: ElementTree.Element, styles: _OdsStyles) -> None:
        self._table, self._styles = table, styles
        self._cells: dict[Place, SheetCell] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden_rows: set[int] = set()
        self._comments: set[Place] = set()
        self._hidden_columns: set[int] = set()
        self._row, self._column = 1, 0

    def read(self) -> Sheet:
        """The sheet."""
        self._walk(self._table)
        return Sheet(
            name=_attribute(self._table, "name"),
            hidden=_attribute(self._table, "style-name") in self._styles.hidden,
            cells=self._cells,
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            comments=frozenset(self._comments),
        )

    def _walk(self, element: ElementTree.Element) -> None:
        """Rows and columns; groups of them stand one inside the other."""
        for one in element:
            tag = tag_of(one.tag)
            if tag == "table-column":
                self._read_columns(one)
            elif tag == "table-row":
                self._read_rows(one)
            elif tag.startswith("table-") and tag not in ("table-source",):
                self._walk(one)

    def _read_columns(self, one: ElementTree.Element) -> None:
        first, count = self._column, _count(one, "number-columns-repeated")
        self._column += count
        if _attribute(one, "visibility", "visible") != "visible":
            self._hidden_columns |= set(range(first, min(first + count, ODS.max_column)))

    def _read_rows(self, row: ElementTree.Element) -> None:
        """A row, and the rows after it that are like it."""
        count = _count(row, "number-rows-repeated")
        found: dict[int, SheetCell] = {}
        column = 0
        for one in row:
            if tag_of(one.tag) not in (_CELL, _COVERED):
                continue
            width = _count(one, "number-columns-repeated")
            cell = self._cell(one)
            if cell is not None:
                self._check(self._row + count - 1, column + width)
                found |= dict.fromkeys(range(column, column + width), cell)
            self._merge(one, column)
            if any(tag_of(child.tag) == "annotation" for child in one.iter()):
                self._comments.add((self._row, column))
            column += width
        hidden = _attribute(row, "visibility", "visible") != "visible"
        last = min(self._row + count, ODS.max_row + 1)
        for number in range(self._row, last):
            self._cells |= {(number, at): cell for at, cell in found.items()}
            if hidden:
                self._hidden_rows.add(number)
        self._row += count

    def _check(self, row: int, columns: int) -> None:
        if row > ODS.max_row or columns > ODS.max_column:
            raise UnpacksTooMuch(file="")

    def _merge(self, one: ElementTree.Element, column: int) -> None:
        width, height = (
            _count(one, name) for name in ("number-columns-spanned", "number-rows-spanned")
        )
        if (width > 1 or height > 1) and tag_of(one.tag) == _CELL:
            self._merged.append((self._row, column, self._row + height - 1, column + width - 1))

    def _cell(self, one: ElementTree.Element) -> SheetCell | None:
        """The cell; None for a blank one."""
        shown = self._shown(one)
        found = _content(one, shown.text)
        formula = bool(_attribute(one, "formula"))
        if found is None and formula:
            found = SheetCell(CellKind.TEXT, "")
        if found is None:
            return None
        raised = shown.raised or _attribute(one, "style-name") in self._styles.raised
        return replace(found, formula=formula, raised=raised)

    def _shown(self, one: ElementTree.Element) -> _OdsText:
        """The paragraphs of a cell; a note beside it is no part of it."""
        paragraphs = [child for child in one if tag_of(child.tag) == "p"]
        raised = any(
            _attribute(inner, "style-name") in self._styles.raised
            for paragraph in paragraphs
            for inner in paragraph.iter()
            if tag_of(inner.tag) == "span"
        )
        return _OdsText("\n".join(map(_plain, paragraphs)), raised)


def _plain(paragraph: ElementTree.Element) -> str:
    """The text of a paragraph; several spaces, tabs and line breaks are elements of their own."""
    pieces = [paragraph.text or ""]
    for one in paragraph:
        tag = tag_of(one.tag)
        if tag == "s":
            pieces.append(" " * _count(one, "c"))
        elif tag in ("tab", "line-break"):
            pieces.append("\t" if tag == "tab" else "\n")
        elif tag != "annotation":
            pieces.append(_plain(one))
        pieces.append(one.tail or "")
    return "".join(pieces)


def _count(one: ElementTree.Element, name: str) -> int:
    text = _attribute(one, name, "1")
    return int(text) if text.isdecimal() and 0 < len(text) < 8 else 1


def _content(one: ElementTree.Element, shown: str) -> SheetCell | None:
    kind = _attribute(one, "value-type")
    is_error = any(key.endswith("value-type") and text == "error" for key, text in one.items())
    if is_error or (_attribute(one, "formula") and _ERROR.fullmatch(shown.strip())):
        return SheetCell(CellKind.ERROR, shown.strip() or "#?")
    if kind in ("float", "currency", "percentage"):
        return _number(_attribute(one, "value"), shown, percent=kind == "percentage")
    if kind == "date":
        return SheetCell(CellKind.DATE, iso_day(_attribute(one, "date-value")))
    if kind == "time":
        return SheetCell(CellKind.DATE, shown.strip() or _attribute(one, "time-value"))
    if kind == "boolean":
        true = _attribute(one, "boolean-value") == "true"
        return SheetCell(CellKind.BOOLEAN, "TRUE" if true else "FALSE")
    return SheetCell(CellKind.TEXT, shown) if shown else None


def _number(text: str, shown: str, *, percent: bool) -> SheetCell:
    """The cell of a number beside which `shown` stands."""
    try:
        value = FIFTEEN.plus(Decimal(text))
    except InvalidOperation:
        return SheetCell(CellKind.TEXT, shown or text)
    if not value.is_finite():
        return SheetCell(CellKind.TEXT, shown or text)
    if percent and "%" in shown:
        found = SheetCell(CellKind.PERCENT, plain_number(value.scaleb(2)))
        return replace(found, **_beside(value.scaleb(2), shown.replace("%", "")))
    return replace(SheetCell(CellKind.NUMBER, plain_number(value)), **_beside(value, shown))


def _beside(value: Decimal, shown: str) -> dict[str, Any]:
    """What the shown text says beside the number: the fields of `SheetCell` that differ."""
    digits = _NUMBER.search(shown)
    if digits is None:
        is_zero = not value and shown.strip() in ("-", "–", "—")
        return {} if is_zero else {"unclear": True}
    words = (shown[: digits.start()] + shown[digits.end() :]).strip(" -–−()\u00a0")
    if _DIGITS.search(words) or "E" in words[:2]:
        return {"unclear": True}
    seen = "".join(_DIGITS.findall(digits[0]))
    for scale in (0, *_SCALES):
        for decimals in range(_MOST_DECIMALS):
            part = value.scaleb(-scale)
            rounded = round(part, decimals) if abs(part) < 10**15 else part
            if _digits_of(rounded, decimals) == seen:
                said: dict[str, Any] = {"words": words, "scaled": scale > 0}
                return said if rounded == value else said | {"shown": plain_number(rounded)}
    padded = seen.lstrip("0")
    if value == value.to_integral_value() and padded == str(abs(int(value))):
        return {"words": words, "padding": len(seen)}
    return {"unclear": True}


def _digits_of(value: Decimal, decimals: int) -> str:
    return "".join(_DIGITS.findall(f"{abs(value):.{decimals}f}"))
