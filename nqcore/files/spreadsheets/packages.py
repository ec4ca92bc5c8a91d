"""The parts of an .xlsx: its sheets in order, the styles of its cells, its shared texts.

The package was checked before (`incoming.check`): no DTD, no entities, nothing that unpacks to too much.
Tags are compared without their namespace, which differs between the two variants of .xlsx (ISO 29500).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from nqcore.errors import N_, Phrase
from nqcore.files.incoming.refusals import Damaged, Forbidden
from nqcore.files.spreadsheets.number_format import BUILT_IN

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The style of a cell: its number format, and whether its font is raised, lowered or struck out."""

    code: str = "General"
    raised: bool = False


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet of the package: its name, whether it is hidden, its part as bytes, and the references
    of the cells that have a comment."""

    name: str
    hidden: bool
    part: bytes
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets of a package share. `texts`: the shared texts, each with whether a part of it is
    raised or struck out."""

    styles: tuple[CellStyle, ...]
    texts: tuple[tuple[str, bool], ...]
    epoch_1904: bool


class Package:
    """An .xlsx. Raises Damaged where a part is missing."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.replace("\\", "/").casefold(): name for name in self._zip.namelist()}
        links = self._read("xl/_rels/workbook.xml.rels")
        self._links = {link.get("Id"): link for link in ElementTree.fromstring(links)}
        self._book = ElementTree.fromstring(self._read("xl/workbook.xml"))

    def _read(self, name: str) -> bytes:
        real = self._names.get(name.casefold())
        if real is None:
            raise Damaged(file="", detail=Phrase(N_("{name} is missing"), {"name": name}))
        return self._zip.read(real)

    def _shared(self, kind: str) -> bytes | None:
        """The part of a kind of which the workbook has at most one."""
        for link in self._links.values():
            if (link.get("Type") or "").endswith("/" + kind):
                return self._read(_target(link))
        return None

    def workbook(self) -> Workbook:
        """Styles, shared texts and the first day of the calendar."""
        styles, texts = self._shared("styles"), self._shared("sharedStrings")
        return Workbook(
            styles=_styles(styles) if styles else (),
            texts=tuple(_SharedTexts().read(texts)) if texts else (),
            epoch_1904=any(
                tag_of(one.tag) == "workbookPr" and is_true(one.get("date1904"))
                for one in self._book.iter()
            ),
        )

    def sheets(self) -> Iterator[SheetPart]:
        """The worksheets in the order of the file; sheets of charts have no cells and are left out."""
        for one in self._book.iter():
            if tag_of(one.tag) != "sheet":
                continue
            name = one.get("name") or ""
            link = self._links.get(
                next((value for key, value in one.attrib.items() if tag_of(key) == "id"), None)
            )
            if link is None:
                raise Damaged(
                    file="", detail=Phrase(N_("no part for the sheet {name}"), {"name": name})
                )
            if (link.get("Type") or "").endswith("/worksheet"):
                hidden = one.get("state", "visible") != "visible"
                part = _target(link)
                yield SheetPart(name, hidden, self._read(part), tuple(self._comments(part)))

    def _comments(self, part: str) -> Iterator[str]:
        """The references of the cells of a sheet that have a comment."""
        folder, name = posixpath.split(part)
        links = self._names.get(f"{folder}/_rels/{name}.rels".casefold())
        for link in ElementTree.fromstring(self._zip.read(links)) if links else ():
            if not (link.get("Type") or "").endswith("/comments"):
                continue
            real = self._names.get(_target(link, f"/{folder}").casefold())
            if real is not None:
                several = ElementTree.fromstring(self._zip.read(real)).iter()
                yield from (one.get("ref", "") for one in several if tag_of(one.tag) == "comment")


def tag_of(name: str) -> str:
    """A tag or attribute without its namespace."""
    return name.rpartition("}")[2]


def is_true(value: str | None) -> bool:
    """An xsd:boolean; a missing one is false."""
    return value in ("1", "true")


def unescaped(text: str) -> str:
    """A text of a cell: _x000D_ stands for a character that XML cannot hold (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def parser_of(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> expat.XMLParserType:
    """A parser of a part without entities. `start` and `end` get tags without their namespace."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(tag_of(name), attributes)
    parser.EndElementHandler = lambda name: end(tag_of(name))
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _doctype
    return parser


def _doctype(*_: object) -> None:
    raise Forbidden(file="", detail="DTD")


def _target(link: ElementTree.Element, folder: str = "/xl") -> str:
    target = (link.get("Target") or "").replace("\\", "/")
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _styles(part: bytes) -> tuple[CellStyle, ...]:
    """The style of each number that cells name."""
    codes: dict[int, str] = dict(BUILT_IN)
    fonts: list[bool] = []
    found: list[CellStyle] = []
    for group in ElementTree.fromstring(part):
        kind = tag_of(group.tag)
        if kind == "numFmts":
            codes |= {_number(one, "numFmtId"): one.get("formatCode", "") for one in group}
        elif kind == "fonts":
            fonts = [any(is_raised(tag_of(x.tag), dict(x.attrib)) for x in font) for font in group]
        elif kind == "cellXfs":  # always after numFmts and fonts (ECMA-376, 18.8.39)
            for one in group:
                font = _number(one, "fontId")
                found.append(
                    CellStyle(
                        codes.get(_number(one, "numFmtId"), "General"),
                        font < len(fonts) and fonts[font],
                    )
                )
    return tuple(found)


def _number(one: ElementTree.Element, name: str) -> int:
    text = one.get(name, "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def is_raised(tag: str, attributes: dict[str, str]) -> bool:
    """Whether an element of a font raises, lowers or strikes out its text."""
    if tag == "vertAlign":
        return attributes.get("val") in ("superscript", "subscript")
    return tag == "strike" and is_true(attributes.get("val", "1"))


class RichText:
    """Gathers the text of an `si` or `is` element: its runs, without the pronunciation of words."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._in_text = self._in_sound = False
        self.raised = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "t":
            self._in_text = not self._in_sound
        elif tag == "rPh":
            self._in_sound = True
        elif is_raised(tag, attributes):
            self.raised = True

    def text(self, text: str) -> None:
        """Characters."""
        if self._in_text:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._in_sound = False

    @property
    def whole(self) -> str:
        """The text so far."""
        return unescaped("".join(self._pieces))


class _SharedTexts:
    """Reads the part of the shared texts."""

    def __init__(self) -> None:
        self._found: list[tuple[str, bool]] = []
        self._one: RichText | None = None

    def read(self, part: bytes) -> list[tuple[str, bool]]:
        """The texts in the bytes of the part."""
        parser_of(self._start, self._end, self._text).Parse(part, True)
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self._one = RichText()
        elif self._one is not None:
            self._one.start(tag, attributes)

    def _text(self, text: str) -> None:
        if self._one is not None:
            self._one.text(text)

    def _end(self, tag: str) -> None:
        if self._one is None:
            return
        if tag == "si":
            self._found.append((self._one.whole, self._one.raised))
            self._one = None
        else:
            self._one.end(tag)
