"""The lines of a .docx with what makes a heading of them: a style, a number that Word prints, their words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from nqcore.text.folding import fold
from nqcore.workspace.register.documents import is_fallback_copy, text_pieces
from nqcore.workspace.register.outline_marks import cell_mark, is_bare, marks
from nqcore.workspace.register.word_numbers import WordNumbers, value

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
"""Word has so many levels of headings; the next one is that of body text."""
_FEW = 3
"""A table of an outline has at most so many columns: number, what to write, a note."""
_FIGURES = re.compile(r"chi tieu|don vi tinh|so lieu|so luong")
"""What the head of a table of figures says, without accents."""


class OutlineLine(NamedTuple):
    """A line. `style`: the level of a heading style from 1, 0 for none; `place`: "" in the text, "table" for
    a row of a table of figures, "contents" for a line of a table of contents."""

    text: str
    style: int = 0
    place: str = ""


def docx_lines(data: bytes) -> list[tuple[str, int, str]]:
    """The lines of the body that are not blank, those in tables too: (text, style, place) of each, as
    `OutlineLine` has them, the automatic number in front of the text. It runs in a child process
    (`read_in_child`): the file comes from outside."""
    import docx

    document = docx.Document(io.BytesIO(data))
    reader = _DocumentLines(document)
    return [
        (line.text, line.style, line.place)
        for line in reader.lines(document.element.body)
        if line.text
    ]


class _DocumentLines:
    def __init__(self, document: Any) -> None:
        self._numbers = WordNumbers(document)

    def lines(self, body: Any) -> Iterator[OutlineLine]:
        tables: set[Any] = set()
        for paragraph in body.iter(f"{_W}p"):
            if is_fallback_copy(paragraph):
                continue
            table = _outermost(paragraph)
            if table is None:
                yield from self._of(paragraph)
            elif table not in tables:
                tables.add(table)
                yield from self._rows(table)

    def _of(self, paragraph: Any) -> Iterator[OutlineLine]:
        """The lines of a paragraph: a break within it begins a new one only where a mark stands there. One
        without words has its number alone."""
        number = self._numbers.of(paragraph)
        style, place = self._style_level(paragraph), ""
        if self._style_name(paragraph).startswith("toc "):
            place = "contents"
        for nth, text in enumerate(_pieces(paragraph)):
            words = text if nth else f"{number} {text}".strip()
            yield OutlineLine(words, 0 if nth else style, place)

    def _rows(self, table: Any) -> Iterator[OutlineLine]:
        rows = [[*_mine(row, "tc", "tr")] for row in _mine(table, "tr", "tbl")]
        read = [[[*self._cell(cell)] for cell in row] for row in rows]
        head = " ".join(line.text for cell in (read[0] if read else []) for line in cell)
        if max(map(len, rows), default=0) > _FEW or _FIGURES.search(fold(head)):
            for row in read:
                words = (" ".join(line.text for line in cell) for cell in row)
                yield OutlineLine(" | ".join(filter(None, words)), 0, "table")
            return
        for row in read:
            yield from _joined(row)

    def _cell(self, cell: Any) -> Iterator[OutlineLine]:
        for one in cell.iter(f"{_W}p"):
            if not is_fallback_copy(one):
                yield from (line for line in self._of(one) if line.text)

    def _style_name(self, paragraph: Any) -> str:
        own = paragraph.find(f"{_W}pPr")
        style = self._numbers.styles.get(value(own, "pStyle")) if own is not None else None
        return value(style, "name").lower() if style is not None else ""

    def _style_level(self, paragraph: Any) -> int:
        for properties in self._numbers.properties(paragraph):
            level = value(properties, "outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < _LEVELS else 0
        found = re.fullmatch(r"heading ([1-9])", self._style_name(paragraph))
        return int(found[1]) if found else 0


def _pieces(paragraph: Any) -> list[str]:
    made: list[str] = []
    for piece in "".join(text_pieces(paragraph)).split("\n"):
        plain = " ".join(piece.split())
        if made and not marks(plain) and not is_bare(made[-1]):
            made[-1] = f"{made[-1]} {plain}".strip()
        else:
            made.append(plain)
    return made


def _joined(row: list[list[OutlineLine]]) -> Iterator[OutlineLine]:
    """The lines of a row; a number in the first cell stands before the words of the second."""
    if len(row) > 1 and len(row[0]) == 1 and row[1] and (mark := cell_mark(row[0][0].text)):
        first = row[1][0]
        yield first._replace(text=f"{mark} {first.text}")
        row = [row[1][1:], *row[2:]]
    for cell in row:
        yield from cell


def _outermost(paragraph: Any) -> Any:
    found = None
    for above in paragraph.iterancestors():
        if above.tag == f"{_W}tbl":
            found = above
    return found


def _mine(parent: Any, name: str, owner: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row that are not those of a table within it."""
    for one in parent.iter(f"{_W}{name}"):
        if next(one.iterancestors(f"{_W}{owner}"), None) is parent:
            yield one
