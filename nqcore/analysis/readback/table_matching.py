"""The tables of the document beside those of the report: row by row by their names, column by column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.document import ReadDocument
from nqcore.analysis.readback.expected import ExpectedToken
from nqcore.analysis.readback.side_by_side import pairs
from nqcore.analysis.report.anchors import block_anchors
from nqcore.analysis.report.notes import cell_text
from nqcore.analysis.report.tokens import Token, TokenKind, tokens_of
from nqcore.analysis.report.typesetting import plain_breaks
from nqcore.model.reports import Cell, Report, Table

Row = tuple[str, ...]
Grid = dict[int, dict[int, list[int]]]
"""The paragraphs of each cell, by row and column."""
_LIKE_TITLE = 0.6
"""How alike the head of a column is to its title, of 1, where it is that title in other words."""
_HEAD_ROWS = 2
"""In so many rows stand the heads of its columns."""
_SHARE = 0.4
"""Which share of the rows of a table of the report another table must have to be it."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of words, or a `head` of a column: its paragraphs in the document, the words that are due in it,
    and those of its column, in small letters."""

    paragraphs: tuple[int, ...]
    due: str
    column: frozenset[str] = frozenset()
    head: bool = False


@dataclass(slots=True)
class BoundTables:
    """`used`: the paragraphs of tables that are those of the report. `due`: the numbers of its cells, with
    the name of the row and the column of each. `words`: its cells of words."""

    used: set[int] = field(default_factory=set)
    due: list[tuple[ExpectedToken, str, str]] = field(default_factory=list)
    words: list[WordCell] = field(default_factory=list)


def bind_tables(
    document: ReadDocument, tokens: list[list[DocToken]], report: Report
) -> BoundTables:
    """Bind the numbers in the cells of the document to those of the report's tables."""
    found, grids = BoundTables(), _grids(document)
    free = dict(grids)
    for block in (*report.body, *report.appendix):
        if isinstance(block, Table):
            _one(block, report.edition, document, tokens, free, found)
    return found


def _one(
    table: Table,
    edition: str,
    document: ReadDocument,
    tokens: list[list[DocToken]],
    free: dict[int, Grid],
    found: BoundTables,
) -> None:
    anchors = {one.place: one for one in block_anchors(table, edition)}
    due: dict[tuple[int, int], list[ExpectedToken]] = {}
    for row, cells in enumerate(table.rows):
        title = " ".join(_plain(c) for c in cells if isinstance(c, str) and c)
        for column, cell in enumerate(cells):
            anchor = anchors.get((row, column))
            due[row, column] = [
                ExpectedToken(_figure_kind(token, cell), anchor)
                for token in tokens_of(_plain(cell_text(cell)))
            ]
            found.due += ((one, title, table.columns[column]) for one in due[row, column])
    grid = _grid_of(table, document, free)
    if grid is not None:
        places = _places(table, grid, document)
        for (row, column), cell_due in due.items():
            if row in places:
                paragraphs = grid[places[row]].get(column, [])
                _bind([one for nth in paragraphs for one in tokens[nth]], cell_due)
        found.words += _word_cells(table, grid, places)
        found.used |= {n for cells in grid.values() for held in cells.values() for n in held}
        found.words += _heads(table, grid, places, document, tokens)
    # What the rows do not show is where its bookmark is.
    lacks = [one for cell in due.values() for one in cell if not one.bound]
    left = {one.anchor.name: one for one in lacks if one.anchor is not None}
    if left:
        for one in (token for paragraph in tokens for token in paragraph):
            if one.bound is None and one.anchor in left and one.number:
                _bind([one], [left[one.anchor]])


def _figure_kind(token: Token, cell: Cell) -> Token:
    if not isinstance(cell, str) and token.kind is TokenKind.NAME:
        token.kind = TokenKind.NUMBER
    return token


def _bind(said: Sequence[DocToken], due: Sequence[ExpectedToken]) -> None:
    for one, other in pairs(said, due):
        if one.bound is None and not other.bound:
            one.bound, other.bound = other, True
    # In a cell a number needs no word beside it to stand in its place.
    left = [one for one in said if one.bound is None and one.token.kind in _CELL]
    lacks = [one for one in due if one.counts and not one.bound]
    for one, other in zip(left, lacks, strict=False):
        one.bound, other.bound = other, True


_CELL = (TokenKind.NUMBER, TokenKind.NAME, TokenKind.DASH)


def _heads(
    table: Table,
    grid: Grid,
    places: Mapping[int, int],
    document: ReadDocument,
    tokens: list[list[DocToken]],
) -> list[WordCell]:
    """Numbers in the head of the table, as the report has it, are no figures; the heads that it has in other
    words."""
    others = []
    heads = {_folded(title) for title in table.columns} | {_folded(table.caption)}
    same = len(grid[min(grid)]) == len(table.columns)
    for row in grid.keys() - {*places.values()}:
        for column, held in grid[row].items():
            for nth in held:
                if _folded(document.paragraphs[nth].text) in heads:
                    for one in tokens[nth]:
                        one.token.kind = TokenKind.WORD
            title = table.columns[column] if column < len(table.columns) else ""
            text = _folded(" ".join(document.paragraphs[nth].text for nth in held))
            if row != min(grid) or text == _folded(title) or not text or not title:
                continue
            if same or (text not in heads and _alike(text, _folded(title))):
                others.append(WordCell((*held,), _plain(title), frozenset(heads), head=True))
    return others


def _alike(text: str, title: str) -> bool:
    return SequenceMatcher(None, text, title, autojunk=False).ratio() >= _LIKE_TITLE


def _word_cells(table: Table, grid: Grid, places: Mapping[int, int]) -> Iterator[WordCell]:
    """The cells of words that have words in the report, in the rows that were found."""
    for column in _words(table):
        texts = [_plain(cell_text(row[column])) for row in table.rows]
        others = frozenset(text.casefold() for text in texts)
        for row, text in enumerate(texts):
            held = grid[places[row]].get(column, []) if row in places else []
            if held and text:
                yield WordCell((*held,), text, others)


def _grids(document: ReadDocument) -> dict[int, Grid]:
    found: dict[int, Grid] = {}
    for nth, one in enumerate(document.paragraphs):
        if one.cell is not None:
            rows = found.setdefault(one.cell.table, {})
            cells = rows.setdefault(one.cell.row, defaultdict(list))
            cells[one.cell.column].append(nth)
    return found


def _grid_of(table: Table, document: ReadDocument, free: dict[int, Grid]) -> Grid | None:
    """The table of the document that is this one; it is no other's any more. Annexes of several times have
    the same rows: of these the one with the same heads is it, also where a row has another name now."""
    wanted = {_key(table, row) for row in table.rows}
    best, most = 0, 0.0
    for number, grid in free.items():
        rows = {_read_key(table, grid[row], document) for row in grid}
        share = len(wanted & rows) / max(1, len(wanted))
        score = share + _share_of_heads(table, grid, document)
        if share >= _SHARE and score > most:
            best, most = number, score
    return free.pop(best) if most else None


def _share_of_heads(table: Table, grid: Grid, document: ReadDocument) -> float:
    heads = {_folded(title) for title in table.columns}
    cells = [held for row in sorted(grid)[:_HEAD_ROWS] for held in grid[row].values()]
    there = {_folded(" ".join(document.paragraphs[nth].text for nth in held)) for held in cells}
    return len(heads & there) / max(1, len(heads))


def _places(table: Table, grid: Grid, document: ReadDocument) -> dict[int, int]:
    """In which row of the document each row of the table stands. Between two that are sure, as many
    rows are taken to be the same, whatever their names are now."""
    rows = sorted(grid)
    old = [_key(table, row) for row in table.rows]
    new = [_read_key(table, grid[row], document) for row in rows]
    found: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            found |= dict(zip(range(i1, i2), rows[j1:j2], strict=True))
    for i, key in enumerate(old):  # rows that stand elsewhere now
        if i not in found and old.count(key) == new.count(key) == 1:
            found[i] = rows[new.index(key)]
    ours, theirs = [key[:1] for key in old], [key[:1] for key in new]
    for i, number in enumerate(ours):  # a row of that number, or code, which has another name now
        if i in found or not any(number) or ours.count(number) != 1 or theirs.count(number) != 1:
            continue
        row = rows[theirs.index(number)]
        if row not in found.values():
            found[i] = row
    return found


def _words(table: Table) -> list[int]:
    """The columns of which no cell is a figure."""
    return [
        column
        for column in range(len(table.columns))
        if all(isinstance(row[column], str) for row in table.rows)
    ]


def _key(table: Table, row: Sequence[Cell]) -> Row:
    return tuple(_folded(cell_text(row[column])) for column in _words(table))


def _read_key(table: Table, cells: Mapping[int, list[int]], document: ReadDocument) -> Row:
    return tuple(
        _folded(" ".join(document.paragraphs[nth].text for nth in cells.get(column, [])))
        for column in _words(table)
    )


def _plain(text: str) -> str:
    return " ".join(plain_breaks(text).split())


def _folded(text: str) -> str:
    return _plain(text).casefold()
