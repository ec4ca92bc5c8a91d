"""Properties of a cell besides its value: its percent format, whether it is an error or a formula.

The library that reads the values (calamine) does not give them: a percent cell that shows 100 % is 1, and
an error is an empty cell. For an .xlsx, the parts of the package (already checked) are read with expat,
without entities; for an .xls, xlrd is used. A part that is missing or cannot be read makes the file
Damaged; the program does not guess. Runs in a child process with limits (`incoming.read_in_child`).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from nqcore.files.incoming.file_signatures import XLSX
from nqcore.files.incoming.refusals import Damaged, Forbidden

Place = tuple[int, int]
"""A cell: its row from 1, its column from 0."""
BUILT_IN: Mapping[str, str] = {"9": "0%", "10": "0.00%"}
"""The built-in number formats with a percent sign, which a file does not define (ECMA-376, 18.8.30)."""
_FIFTEEN = Context(prec=15)
"""Excel shows 15 digits of a number; further digits of the double are not part of the figure."""
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_TOKEN = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|.', re.DOTALL)
"""A token of a number format: a quoted text, an escaped character, spacing, a condition, or one
character."""


@dataclass(frozen=True, slots=True)
class CellFormats:
    """The properties of the cells of one sheet: error texts, number formats with a percent sign, cells
    with formulas (None when the kind of file does not give them)."""

    errors: Mapping[Place, str]
    percents: Mapping[Place, str]
    formulas: frozenset[Place] | None


def read_cell_formats(data: bytes, sheet: str) -> CellFormats:
    """The properties of the cells of one sheet, from the bytes of an .xlsx or .xls. Raises FileRefused."""
    if not data.startswith(XLSX.magic):
        return _of_xls(data, sheet)
    try:
        return _of_xlsx(data, sheet)
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError) as wrong:
        raise Damaged(file="", detail=str(wrong)) from wrong


def as_percent(value: Decimal, code: str) -> Decimal | None:
    """The number before the percent sign when `value` is shown in the number format `code`, with 15
    digits as in Excel: 1 in the format 0% is 100. `value` itself when the format shows no percent sign
    for it, or only as quoted text. None when it is not certain."""
    if not value:
        return value
    sections = _sections(code)
    counts = [count for count, _, _ in sections]
    if len(set(counts)) == 1:
        count, not_empty = counts[0], True
    elif any(condition for _, condition, _ in sections):
        return None
    else:
        count, _, not_empty = sections[1 if value < 0 else 0]
    if not not_empty or count > 1:
        return None
    return _FIFTEEN.plus(value).scaleb(2) if count else value


def _sections(code: str) -> list[tuple[int, bool, bool]]:
    """For each section of the format (positive, negative, zero): the number of percent signs, whether it
    has a condition, whether it is not empty."""
    found, signs, condition, not_empty = [], 0, False, False
    for token in [*_TOKEN.findall(code), ";"]:
        if token == ";":
            found.append((signs, condition, not_empty))
            signs, condition, not_empty = 0, False, False
            continue
        not_empty = True
        signs += token == "%"
        condition = condition or (token[0] == "[" and any(mark in token for mark in "<>="))
    return found[:3]


# -- .xlsx ---------------------------------------------------------------------------------------


def _of_xlsx(data: bytes, sheet: str) -> CellFormats:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name.replace("\\", "/").casefold(): name for name in package.namelist()}

        def read(name: str) -> bytes:
            real = parts.get(name.casefold())
            if real is None:
                raise Damaged(file="", detail=f"{name} is missing")
            return package.read(real)

        book = ElementTree.fromstring(read("xl/workbook.xml"))
        links = {
            link.get("Id"): link
            for link in ElementTree.fromstring(read("xl/_rels/workbook.xml.rels"))
        }
        own = next((_id(one) for one in book.iter() if _named(one, "sheet", sheet)), None)
        if own not in links:
            raise Damaged(file="", detail="no part for its sheet")
        styles = [one for one in links.values() if (one.get("Type") or "").endswith("/styles")]
        formats = _formats(read(_target(styles[0]))) if styles else []
        return _Cells(formats).read(read(_target(links[own])))


def _named(one: ElementTree.Element, tag: str, name: str) -> bool:
    return one.tag.rpartition("}")[2] == tag and one.get("name") == name


def _id(one: ElementTree.Element) -> str | None:
    """The id of a relationship; its namespace differs between the two variants of .xlsx (ISO 29500)."""
    return next((value for key, value in one.attrib.items() if key.endswith("}id")), None)


def _target(link: ElementTree.Element) -> str:
    target = (link.get("Target") or "").replace("\\", "/")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _formats(styles: bytes) -> list[str]:
    """For each cell style, by number: its number format if that has a percent sign, else ""."""
    codes = dict(BUILT_IN)
    found: list[str] = []
    for group in ElementTree.fromstring(styles):
        kind = group.tag.rpartition("}")[2]
        if kind == "numFmts":
            codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in group}
        elif kind == "cellXfs":  # always after numFmts (ECMA-376, 18.8.39)
            found = [codes.get(one.get("numFmtId", "0"), "") for one in group]
    return [code if "%" in code else "" for code in found]


class _Cells:
    """Reads the part of a sheet: place, style and error of each cell."""

    def __init__(self, formats: list[str]) -> None:
        self._formats = formats
        self._errors: dict[Place, str] = {}
        self._percents: dict[Place, str] = {}
        self._formulas: set[Place] = set()
        self._row, self._column = 0, -1
        self._error: list[str] | None = None
        self._value = False

    def read(self, part: bytes) -> CellFormats:
        """The properties of the cells in the bytes of the part."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(part, True)
        return CellFormats(self._errors, self._percents, frozenset(self._formulas))

    def _doctype(self, *_: object) -> None:
        raise Forbidden(file="", detail="DTD")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column = -1
        elif tag == "c":
            self._cell(attributes)
        elif tag == "f":
            self._formulas.add((self._row, self._column))
        elif tag == "v":
            self._value = True

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if place is None:  # a cell without a reference follows the cell before
            self._column += 1
        else:
            self._row, self._column = int(place[2]), _column(place[1])
        style = attributes.get("s", "0")
        nth = int(style) if style.isdecimal() else 0
        if nth < len(self._formats) and self._formats[nth]:
            self._percents[self._row, self._column] = self._formats[nth]
        self._error = [] if attributes.get("t") == "e" else None

    def _text(self, text: str) -> None:
        if self._value and self._error is not None:
            self._error.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        if tag == "v":
            self._value = False
        elif tag == "c" and self._error is not None:
            self._errors[self._row, self._column] = "".join(self._error).strip() or "#?"
            self._error = None


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


# -- .xls ----------------------------------------------------------------------------------------


def _of_xls(data: bytes, sheet: str) -> CellFormats:
    import xlrd

    # xlrd reads formats only with this option. Its log must not be part of the child's answer.
    with xlrd.open_workbook(
        file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
    ) as book:
        errors: dict[Place, str] = {}
        percents: dict[Place, str] = {}
        for place, kind, value, format in _xls_cells(book, book.sheet_by_name(sheet)):
            if kind == xlrd.XL_CELL_ERROR:
                errors[place] = xlrd.error_text_from_code.get(value, "#?")
            elif "%" in format:
                percents[place] = format
    return CellFormats(errors, percents, None)


def _xls_cells(book: Any, sheet: Any) -> Iterator[tuple[Place, int, int, str]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            style = book.xf_list[cell.xf_index]
            code = book.format_map[style.format_key].format_str
            yield (row + 1, column), cell.ctype, cell.value, code
