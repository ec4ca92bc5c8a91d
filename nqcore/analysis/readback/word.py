"""Reads a .docx as Word, LibreOffice or this program saved it: its words, which bookmark each stands in, and
what its properties say of it.

Tracked changes are read as accepted, comments and hidden words are left out, and fields count with what
they show. All of it happens in a process of its own: `read_word` is called through `read_in_child`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from string import hexdigits

from nqcore.analysis.readback.package import Element, W, WordPackage
from nqcore.files.incoming.refusals import TooHeavy

MOST_PARAGRAPHS, MOST_CHARACTERS = 50_000, 4_000_000
"""More than these no review has."""

_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = {
    W + "tab": " ",
    W + "br": " ",
    W + "cr": " ",
    W + "ptab": " ",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_LEFT_OUT = {W + "del": "deleted", W + "moveFrom": "deleted"}
_ADDED = {W + "ins": "inserted", W + "moveTo": "inserted"}
_NO_WORDS = {
    *(W + name for name in ("rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr")),
    *(W + name for name in ("instrText", "delText", "delInstrText", "fldData", "object", "rubyPr")),
    *(W + name for name in ("sectPr", "proofErr", "smartTagPr", "customXmlPr")),
}


@dataclass(slots=True)
class _Open:
    """A paragraph while it is read."""

    part: str
    cell: tuple[int, int, int] | None
    text: list[str] = field(default_factory=list)
    marks: list[tuple[str, int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)


def read_word(data: bytes) -> dict[str, object]:
    """The document as JSON: see `document.read_document`, which makes values of it. Raises TooHeavy."""
    reader = _Reader()
    package = WordPackage(data)
    reader.blocks(package.document().find(W + "body"), "text", None)
    for notes in package.notes():
        for note in notes:
            if note.get(W + "type") is None:  # the lines between text and notes have a type
                reader.blocks(note, "note", None)
    paragraphs = [
        {
            "text": "".join(one.text),
            "part": one.part,
            "cell": one.cell,
            "marks": one.marks,
        }
        for one in reader.done
    ]
    return {"paragraphs": paragraphs, "properties": package.properties(), **reader.counts}


class _Reader:
    def __init__(self) -> None:
        self.done: list[_Open] = []
        self.counts = {"inserted": 0, "deleted": 0, "hidden": 0}
        self._tables = self._characters = 0
        self._marks: dict[str, tuple[str, _Open | None, int]] = {}
        self._now: _Open | None = None
        self._goes_on: _Open | None = None

    # -- blocks --------------------------------------------------------------------------------------

    def blocks(self, parent: Element | None, part: str, cell: tuple[int, int, int] | None) -> None:
        for one in () if parent is None else parent:
            if one.tag == W + "p":
                self._paragraph(one, part, cell)
            elif one.tag == W + "tbl":
                self._table(one, part)
            elif one.tag in (W + "bookmarkStart", W + "bookmarkEnd"):
                self._mark(one)
            elif one.tag in _LEFT_OUT:
                self.counts[_LEFT_OUT[one.tag]] += 1
            elif one.tag == _AGAIN + "AlternateContent":
                self.blocks(_first_choice(one), part, cell)
            elif one.tag not in _NO_WORDS:  # sdt, sdtContent, customXml, ins
                self.counts["inserted"] += one.tag in _ADDED
                self.blocks(one, part, cell)

    def _table(self, table: Element, part: str) -> None:
        self._tables += 1
        number = self._tables
        for row_number, row in enumerate(_rows(table)):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.counts["deleted"] += 1
                continue
            self.counts["inserted"] += row.find(f"{W}trPr/{W}ins") is not None
            column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for one in _inside(row, W + "tc"):
                if one.tag != W + "tc":
                    self._mark(one)
                    continue
                self.blocks(one, part, (number, row_number, column))
                column += max(1, _number(one.find(f"{W}tcPr/{W}gridSpan"), 1))

    def _paragraph(self, one: Element, part: str, cell: tuple[int, int, int] | None) -> None:
        outer = self._now
        now = self._goes_on or _Open(part, cell)
        self._goes_on, self._now = None, now
        later: list[Element] = []
        self._inline(one, later)
        self._now = outer
        self._characters += now.length
        if one.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._goes_on = now  # its end was deleted: the next paragraph goes on in it
            self.counts["deleted"] += 1
        if not any(now is done for done in self.done[-1:]):
            self.done.append(now)
        if len(self.done) > MOST_PARAGRAPHS or self._characters > MOST_CHARACTERS:
            raise TooHeavy(file="")
        for box in later:
            self.blocks(box, "box", cell)

    # -- words ---------------------------------------------------------------------------------------

    def _inline(self, parent: Element, later: list[Element], raised: bool = False) -> None:
        """The words in `parent`; text boxes wait in `later`, because they stand beside the text."""
        now = self._now
        assert now is not None
        for one in parent:
            tag = one.tag
            if tag in (W + "t", _MATH + "t"):
                text = (one.text or "").replace("\n", " ")
                now.add(text.translate(_SUPERSCRIPT) if raised else text)
            elif tag == W + "sym":
                now.add(_symbol(one))
            elif tag in _SIGNS:
                now.add(_SIGNS[tag])
            elif tag in (W + "bookmarkStart", W + "bookmarkEnd"):
                self._mark(one)
            elif tag in _LEFT_OUT:
                self.counts["deleted"] += 1
                for mark in one.iter():
                    self._mark(mark)
            elif tag == _AGAIN + "AlternateContent":
                chosen = _first_choice(one)
                if chosen is not None:
                    self._inline(chosen, later, raised)
            elif tag == W + "txbxContent":
                later.append(one)
            elif tag == W + "r":
                self._run(one, later)
            elif tag not in _NO_WORDS:
                self.counts["inserted"] += tag in _ADDED
                self._inline(one, later, raised)

    def _run(self, run: Element, later: list[Element]) -> None:
        looks = run.find(W + "rPr")
        hidden = None if looks is None else looks.find(W + "vanish")
        if hidden is not None and hidden.get(W + "val", "1") not in ("0", "false"):
            self.counts["hidden"] += 1
            return
        place = None if looks is None else looks.find(W + "vertAlign")
        self._inline(run, later, place is not None and place.get(W + "val") == "superscript")

    def _mark(self, one: Element) -> None:
        """Where a bookmark begins or ends; it may do so between paragraphs and in another one."""
        id, now = one.get(W + "id", ""), self._now
        if one.tag == W + "bookmarkStart":
            self._marks[id] = (one.get(W + "name", ""), now, now.length if now else 0)
        elif one.tag == W + "bookmarkEnd" and id in self._marks:
            name, begun, start = self._marks.pop(id)
            if begun is not None and begun is now:
                now.marks.append((name, start, now.length))
            elif begun is not None:
                begun.marks.append((name, start, begun.length))
            elif now is not None:
                now.marks.append((name, 0, now.length))


def _symbol(one: Element) -> str:
    """The letter of a font of symbols: Word puts it 0xF000 higher than it is."""
    code = one.get(W + "char", "")
    at = int(code, 16) if len(code) == 4 and all(c in hexdigits for c in code) else 0
    return (
        chr(at - 0xF000 if 0xF020 <= at <= 0xF0FF else at)
        if at and not 0xD800 <= at <= 0xDFFF
        else ""
    )


def _first_choice(one: Element) -> Element | None:
    """Of several ways to draw the same thing the first, so that no word is read twice."""
    return next(iter(one), None)


def _rows(table: Element) -> Iterator[Element]:
    return (one for one in _inside(table, W + "tr") if one.tag == W + "tr")


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, and the bookmarks between them, also inside wrappers."""
    for one in parent:
        if one.tag in (wanted, W + "bookmarkStart", W + "bookmarkEnd"):
            yield one
        elif one.tag not in _NO_WORDS and one.tag not in _LEFT_OUT and one.tag != W + "p":
            yield from _inside(one, wanted)


def _number(one: Element | None, default: int) -> int:
    text = "" if one is None else one.get(W + "val", "")
    return int(text) if text.isdecimal() and len(text) < 5 else default
