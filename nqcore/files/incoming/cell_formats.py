"""What a workbook says of a cell besides its value: how it is shown, that it is an error, a formula.

The reader of the values (calamine) tells none of this: it hands a percent cell of 100 % over as 1, and an
error as nothing. An .xlsx is asked itself: the parts of the package that the gate has looked at, read with
expat, without entities. An .xls is asked through xlrd. Where a part cannot be found or read the file is
refused as damaged, and nothing is guessed. Runs in a child process with limits (`incoming.read_apart`).
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

from nqcore.files.incoming.kinds import XLSX
from nqcore.files.incoming.refusals import Damaged, Forbidden

Place = tuple[int, int]
"""A cell: its row from 1, its column from 0."""
BUILT_IN: Mapping[str, str] = {"9": "0%", "10": "0.00%"}
"""The number formats with a percent sign that a file need not spell out (ECMA-376, 18.8.30)."""
_FIFTEEN = Context(prec=15)
"""Digits of a number that Excel shows; what a double holds behind them is no figure."""
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_TOKEN = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|.', re.DOTALL)
"""A piece of a number format: quoted words, a letter that stands for itself, room, a condition."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet: what the errors say, the number formats with a percent sign, where formulas stand
    (None where the kind of file does not tell)."""

    errors: Mapping[Place, str]
    percents: Mapping[Place, str]
    formulas: frozenset[Place] | None


def marks(data: bytes, sheet: str) -> Marks:
    """The marks of the sheet of that name, in the bytes of an .xlsx or .xls. Raises FileRefused."""
    if not data.startswith(XLSX.magic):
        return _of_xls(data, sheet)
    try:
        return _of_xlsx(data, sheet)
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, expat.ExpatError) as wrong:
        raise Damaged(file="", detail=str(wrong)) from wrong


def as_percent(value: Decimal, code: str) -> Decimal | None:
    """The number in front of the percent sign when `value` is shown in the number format `code`, at
    the 15 digits that Excel shows: 1 as 0% is 100. `value` itself where the sign is not shown for it,
    or is only a word in quotes. None where it cannot be told."""
    if not value:
        return value
    sections = _sections(code)
    counts = [count for count, _, _ in sections]
    if len(set(counts)) == 1:
        count, said = counts[0], True
    elif any(condition for _, condition, _ in sections):
        return None
    else:
        count, _, said = sections[1 if value < 0 else 0]
    if not said or count > 1:
        return None
    return _FIFTEEN.plus(value).scaleb(2) if count else value


def _sections(code: str) -> list[tuple[int, bool, bool]]:
    """For each section for numbers (above, below, at zero): its percent signs, whether it has a condition
    of its own, whether anything stands in it."""
    found, signs, condition, said = [], 0, False, False
    for token in [*_TOKEN.findall(code), ";"]:
        if token == ";":
            found.append((signs, condition, said))
            signs, condition, said = 0, False, False
            continue
        said = True
        signs += token == "%"
        condition = condition or (token[0] == "[" and any(mark in token for mark in "<>="))
    return found[:3]


# -- .xlsx ---------------------------------------------------------------------------------------


def _of_xlsx(data: bytes, sheet: str) -> Marks:
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
    """The id of a relation; its namespace differs between the two kinds of .xlsx (ISO 29500)."""
    return next((value for key, value in one.attrib.items() if key.endswith("}id")), None)


def _target(link: ElementTree.Element) -> str:
    target = (link.get("Target") or "").replace("\\", "/")
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _formats(styles: bytes) -> list[str]:
    """For each style of a cell, by number: its format if that has a percent sign, else ""."""
    codes = dict(BUILT_IN)
    found: list[str] = []
    for group in ElementTree.fromstring(styles):
        kind = group.tag.rpartition("}")[2]
        if kind == "numFmts":
            codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in group}
        elif kind == "cellXfs":  # behind the formats (ECMA-376, 18.8.39)
            found = [codes.get(one.get("numFmtId", "0"), "") for one in group]
    return [code if "%" in code else "" for code in found]


class _Cells:
    """Reads the part of a sheet: where a cell stands, which style it has, whether it is an error."""

    def __init__(self, formats: list[str]) -> None:
        self._formats = formats
        self._errors: dict[Place, str] = {}
        self._percents: dict[Place, str] = {}
        self._formulas: set[Place] = set()
        self._row, self._column = 0, -1
        self._error: list[str] | None = None
        self._value = False

    def read(self, part: bytes) -> Marks:
        """The marks in the bytes of the part."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.Parse(part, True)
        return Marks(self._errors, self._percents, frozenset(self._formulas))

    def _doctype(self, *_: object) -> None:
        raise Forbidden(file="", detail="DTD")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "row":
            told = attributes.get("r", "")
            self._row = int(told) if told.isdecimal() else self._row + 1
            self._column = -1
        elif tag == "c":
            self._cell(attributes)
        elif tag == "f":
            self._formulas.add((self._row, self._column))
        elif tag == "v":
            self._value = True

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if place is None:  # a cell that does not say where it stands follows the one before
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


def _of_xls(data: bytes, sheet: str) -> Marks:
    import xlrd

    # Formats are only kept when asked for. What xlrd has to say must not stand in the child's answer.
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
    return Marks(errors, percents, None)


def _xls_cells(book: Any, sheet: Any) -> Iterator[tuple[Place, int, int, str]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            style = book.xf_list[cell.xf_index]
            code = book.format_map[style.format_key].format_str
            yield (row + 1, column), cell.ctype, cell.value, code
