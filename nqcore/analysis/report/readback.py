"""Reads a written document again and compares it with the report, figure by figure.

So faults of a layout are found before the file is saved: a character that is lost, a block that is
left out, a figure that is printed twice. Spaces and places where no line may end are not compared, and in
headings and titles neither is upper and lower case, because the layout may choose them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from nqcore.analysis.report.blocks import numbered
from nqcore.analysis.report.errors import FigureLost, ReportError, TextLost, UnreadableDocument
from nqcore.analysis.report.notes import cell_text
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.analysis.report.typesetting import plain_breaks
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Text
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.printable import printable

Grid = tuple[tuple[str, ...], ...]
"""A table as it was read: rows of cells."""

_FIGURE = re.compile(r"(?:(?<!\w)-)?[0-9]+(?:[.,][0-9]+)*")


def figures_in(text_pieces: Iterable[str]) -> list[str]:
    """Every number written in the texts, in order, as it is written: "1.310", "74,8", "-5"; a share
    "5/28" is two."""
    return [number for text in text_pieces for number in _FIGURE.findall(text)]


def pieces_of_docx(data: bytes) -> list[str | Grid]:
    """The paragraphs and tables of a .docx, in order. Raises UnreadableDocument."""
    from docx import Document
    from docx.oxml.ns import qn

    try:
        body = Document(BytesIO(data)).element.body
        found: list[str | Grid] = []
        for item in body.iterchildren(qn("w:p"), qn("w:tbl")):
            found.append(_grid(item) if item.tag == qn("w:tbl") else _plain(_text(item)))
    except Exception as error:  # the library raises many types for a broken archive or XML
        raise UnreadableDocument(detail=f"{type(error).__name__}: {error}") from error
    return found


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}noBreakHyphen": "-", f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " "}


def _text(element: Any) -> str:
    """The text within an element of Word's XML."""
    return "".join(
        item.text or "" if item.tag == f"{_W}t" else _SIGNS[item.tag]
        for item in element.iter(f"{_W}t", *_SIGNS)
    )


def _grid(table: Any) -> Grid:
    """The cells of a table of Word's XML, in rows as long as its columns: a cell that goes over several
    columns has its text in the first of them."""
    rows = []
    for row in table.iterchildren(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells.append(_plain("\n".join(map(_text, cell.iterchildren(f"{_W}p")))))
            cells += [""] * (0 if span is None else int(span.get(f"{_W}val")) - 1)
        rows.append(tuple(cells))
    return tuple(rows)


def check_docx(report: Report, data: bytes) -> None:
    """Raise a ReportError unless every heading, sentence and table of `report` is in the .docx `data`,
    in order, with exactly its figures, and no sentence or table with figures is there more often.
    """
    found = pieces_of_docx(data)
    expected = [block for part in (report.body, report.appendix) for _, block in numbered(part)]
    said = {id(one): _said(one) for one in expected if isinstance(one, Paragraph)}
    _check_counts(expected, found, said)
    place = 0
    for block in expected:
        place = _next(block, found, place, said)
        if place == 0:
            raise _difference_error(block, found)
    _check_words((report.type, report.title, report.letterhead.body), found)


_Said = Mapping[int, str]
"""What the paragraphs say, by the id of the value: it is asked for many times."""


def _said(paragraph: Paragraph) -> str:
    return _plain(sentence_text(paragraph.sentence))


def _next(block: Block, found: list[str | Grid], start: int, said: _Said) -> int:
    """The place after the next piece that shows `block`; 0 when there is none."""
    for place in range(start, len(found)):
        if _shows(found[place], block, said):
            return place + 1
    return 0


def _shows(piece: str | Grid, block: Block, said: _Said) -> bool:
    if isinstance(block, Table):
        return not isinstance(piece, str) and not _differences(piece, block)
    if not isinstance(piece, str):
        return False
    if isinstance(block, Heading):
        return _folded(block.text) in _folded(piece)
    return said[id(block)] in piece


def _differences(grid: Grid, table: Table) -> list[str | Figure]:
    """The cells of `table` that the last rows of `grid` do not show (the rows before are its head); all
    cells when the shapes differ."""
    cells = [cell for row in table.rows for cell in row]
    if len(grid) < len(table.rows) or any(len(row) != len(table.columns) for row in grid):
        return [*cells, table.caption]
    shown = [cell for row in grid[len(grid) - len(table.rows) :] for cell in row]
    return [
        cell for cell, text in zip(cells, shown, strict=True) if text != _plain(cell_text(cell))
    ]


def _check_counts(expected: list[Block], found: list[str | Grid], said: _Said) -> None:
    """Raise if a figure is in the file too seldom, or a block with figures too often."""
    texts = [
        text for piece in found for text in ([piece] if isinstance(piece, str) else _cells(piece))
    ]
    there = Counter(figures_in(texts))
    due = Counter(figures_in(_written(expected)))
    for block in expected:
        for figure in _figures(block):
            if any(there[number] < due[number] for number in figures_in([figure_text(figure)])):
                raise FigureLost(figure=figure.id, written=figure_text(figure))
        if _figures(block):
            wanted = sum(_same(other, block, said) for other in expected)
            if sum(_shows(piece, block, said) for piece in found) > wanted:
                raise _difference_error(block, found)


def _same(block: Block, other: Block, said: _Said) -> bool:
    """Whether a piece that shows `block` shows `other` too."""
    if isinstance(block, Paragraph) and isinstance(other, Paragraph):
        return said[id(other)] in said[id(block)]
    return isinstance(block, Table) and isinstance(other, Table) and block.rows == other.rows


def _written(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (text_of(p) for p in block.sentence if not isinstance(p, Text))
        elif isinstance(block, Table):
            yield from (cell_text(c) for row in block.rows for c in row if isinstance(c, Figure))


def _figures(block: Block) -> list[Figure]:
    if isinstance(block, Paragraph):
        return [piece.figure for piece in block.sentence if isinstance(piece, FigureRef)]
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row if isinstance(cell, Figure)]
    return []


def _difference_error(block: Block, found: list[str | Grid]) -> ReportError:
    """The error for a block that is not at its place."""
    if isinstance(block, Heading):
        return TextLost(text=block.text)
    if isinstance(block, Table):
        tries = [_differences(piece, block) for piece in found if not isinstance(piece, str)]
        cells = min(tries, key=len, default=[]) or _figures(block)
        cell = next(
            (c for c in cells if isinstance(c, Figure)), cells[0] if cells else block.caption
        )
        if isinstance(cell, str):
            return TextLost(text=cell)
        return FigureLost(figure=cell.id, written=figure_text(cell))
    texts = [piece for piece in found if isinstance(piece, str)]
    numbers = set(figures_in(texts))
    for figure in _figures(block):
        if not numbers.issuperset(figures_in([figure_text(figure)])):
            return FigureLost(figure=figure.id, written=figure_text(figure))
    return TextLost(text=sentence_text(block.sentence))


def _check_words(wanted: Iterable[str], found: list[str | Grid]) -> None:
    texts = [_folded(t) for p in found for t in ([p] if isinstance(p, str) else _cells(p))]
    for words in wanted:
        if not any(_folded(words) in text for text in texts):
            raise TextLost(text=words)


def _cells(grid: Grid) -> Iterable[str]:
    return (cell for row in grid for cell in row)


def _plain(text: str) -> str:
    return " ".join(plain_breaks(printable(text)).split())


def _folded(text: str) -> str:
    return _plain(text).casefold()
