"""The widths of the columns of a table, estimated: no library here measures text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

PADDING_MM = 3.0
"""A cell's margins on both sides, and a little air."""

_READABLE_EMS = 8.5  # text in a narrower column needs many short lines
_WIDEST_WISH_MM = 62.0  # a longer cell may have two lines
_HALVINGS = 24
_JOINED = "\N{NO-BREAK SPACE}"
_SURE = 0.95  # the lengths are estimated
_SMALL, _SMALLEST, _STEP = 9.0, 6.0, 0.5  # points
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, kw_only=True)
class Column:
    """The texts of a column, head and cells; `number`: it contains figures."""

    head: str
    cells: Sequence[str]
    number: bool

    @cached_property
    def word_mm(self) -> float:
        """The length of its longest word at one point."""
        words = [text_mm(word, 1, bold=True) for word in self.head.split()]
        words += [text_mm(word, 1) for cell in self.cells for word in cell.split()]
        return max(words, default=0.0)

    @cached_property
    def line_mm(self) -> float:
        """The length of its longest cell, or of a third of its head, at one point."""
        cells = (text_mm(cell, 1) for cell in self.cells)
        return max(text_mm(self.head, 1, bold=True) / 3, max(cells, default=0.0))


def text_mm(text: str, size: float, *, bold: bool = False) -> float:
    """The estimated length of `text` in Times New Roman of `size` points."""
    return sum(map(_em, text)) * size * (1.08 if bold else 1) * _MM_PER_POINT


@lru_cache(maxsize=1024)
def _em(character: str) -> float:
    if character in ".,;: \N{NO-BREAK SPACE}":
        return 0.25
    if character.isdigit():
        return 0.5
    if character.isupper() or character in "mwơưMW%":
        return 0.72
    return 0.31 if character in "iìíĩỉịjltfr-()'/" else 0.48


def least_mm(column: Column, size: float) -> float:
    """The smallest width at which no word or figure of the column is broken."""
    return column.word_mm * size + PADDING_MM


def wish_mm(column: Column, size: float) -> float:
    """The width at which each cell needs one line (a long one two) and the head three."""
    return min(column.line_mm * size, _WIDEST_WISH_MM) + PADDING_MM


def readable_mm(column: Column, size: float) -> float:
    """The smallest width at which the column is easy to read."""
    if column.number:
        return least_mm(column, size)
    readable = min(wish_mm(column, size), _READABLE_EMS * size * _MM_PER_POINT)
    return max(least_mm(column, size), readable)


def fitting_size(columns: Sequence[Column], available_mm: float, size: float) -> float:
    """`size`, or the largest smaller size at which the table is easy to read; if there is none above 9
    points, the largest at which no figure is broken over two lines (it would look like two figures)."""
    for smallest, measure in ((_SMALL, readable_mm), (_SMALLEST, least_mm)):
        for smaller in _sizes(size, smallest):
            if sum(measure(column, smaller) for column in columns) <= available_mm:
                return smaller
    return min(size, _SMALLEST)


def _sizes(size: float, smallest: float) -> Iterator[float]:
    while size >= smallest:
        yield size
        size -= _STEP


def column_widths(columns: Sequence[Column], available_mm: float, size: float) -> list[float]:
    """The widths in millimetres; their sum is exactly `available_mm`. Columns of figures have equal
    widths if there is room for it."""
    least = [least_mm(column, size) for column in columns]
    readable = [readable_mm(column, size) for column in columns]
    widest = max((w for c, w in zip(columns, least, strict=True) if c.number), default=0.0)
    wishes = [wish_mm(column, size) for column in columns]
    equal = [widest if c.number else w for c, w in zip(columns, readable, strict=True)]
    roomy = [widest if c.number else w for c, w in zip(columns, wishes, strict=True)]
    # Figures give way to words: columns of one width are no reason for words on four lines.
    first = equal if sum(roomy) <= available_mm else readable
    widths = next((w for w in (first, readable, least) if sum(w) <= available_mm), least)
    spare = max(0.0, available_mm - sum(widths))
    # First what each column needs beyond that, then the rest in proportion to the widths.
    more = [max(0.0, wish - width) for wish, width in zip(wishes, widths, strict=True)]
    if sum(more) <= spare:
        widths = [width + extra for width, extra in zip(widths, more, strict=True)]
    else:
        widths = _of_few_lines(columns, widths, available_mm, size)
    return [width * available_mm / sum(widths) for width in widths]


def _of_few_lines(
    columns: Sequence[Column], widths: Sequence[float], available_mm: float, size: float
) -> list[float]:
    """At least `widths`, in all at most `available_mm`, so that the longest cell of the table has as few
    lines as can be: where there is no room for all, it goes to the long texts."""
    lengths = [
        min(column.line_mm * size, _WIDEST_WISH_MM) if column.number else column.line_mm * size
        for column in columns
    ]
    # A line is broken before a word that has no room: half a word of it stays empty.
    ends = [PADDING_MM + (0 if c.number else c.word_mm * size / 2) for c in columns]
    low, high = 1.0, max(1.0, *lengths)  # lines: with so many each width is the least
    found = [*widths]
    for _ in range(_HALVINGS):
        lines = (low + high) / 2
        tried = [max(w, n / lines + end) for w, n, end in zip(widths, lengths, ends, strict=True)]
        if sum(tried) <= available_mm:
            found, high = tried, lines
        else:
            low = lines
    return found


def balanced(text: str, available_mm: float, size: float) -> str:
    """`text` in bold capitals so that it falls into two lines of nearly one length where it is too long for
    one: a line does not end within either of them. A longer text stays as it is."""
    words = text.split(" ")
    whole = text_mm(text, size, bold=True)
    if whole <= available_mm or whole > 2 * available_mm or len(words) < 2:
        return text
    halves = [(words[:nth], words[nth:]) for nth in range(1, len(words))]
    lines = [tuple(_JOINED.join(half) for half in pair) for pair in halves]
    lengths = [max(text_mm(line, size, bold=True) for line in pair) for pair in lines]
    best = lengths.index(min(lengths))
    return " ".join(lines[best]) if lengths[best] <= available_mm * _SURE else text
