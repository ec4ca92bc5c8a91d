"""How wide the columns of a table are: no library measures type here, so this estimates it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PADDING_MM = 4.0
"""A cell's margins on both sides, and a little air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands in a column, head and cells; `number` when it holds figures."""

    head: str
    cells: Sequence[str]
    number: bool


def text_mm(text: str, size: float, *, bold: bool = False) -> float:
    """About how long `text` is in Times New Roman of `size` points."""
    ems = sum(map(_em, text))
    return ems * size * (1.08 if bold else 1) * 25.4 / 72


def _em(character: str) -> float:
    if character.isdigit():
        return 0.5
    if character.isupper() or character in "mwơưMW%":
        return 0.72
    return 0.3 if character in "iìíĩỉịjltfr.,;:-()'/ \N{NO-BREAK SPACE}“”" else 0.48


def least_mm(column: Column, size: float) -> float:
    """The width below which a word of the column would be broken."""
    words = [text_mm(word, size, bold=True) for word in column.head.split()]
    words += [text_mm(word, size) for cell in column.cells for word in cell.split()]
    return max(words, default=0.0) + PADDING_MM


def _wish_mm(column: Column, size: float) -> float:
    """The width at which the cells need one line and the head three."""
    head = text_mm(column.head, size, bold=True) / 3
    cells = max((text_mm(cell, size) for cell in column.cells), default=0.0)
    return max(head, cells) + PADDING_MM


def column_widths(columns: Sequence[Column], available_mm: float, size: float) -> list[float]:
    """The widths in millimetres; together exactly `available_mm`. Columns of figures are equal as
    long as there is room for that."""
    least = [least_mm(column, size) for column in columns]
    widest = max((w for c, w in zip(columns, least, strict=True) if c.number), default=0.0)
    equal = [widest if c.number else w for c, w in zip(columns, least, strict=True)]
    if sum(equal) <= available_mm:
        least = equal
    spare = available_mm - sum(least)
    if spare <= 0:
        return [width * available_mm / sum(least) for width in least]
    wishes = [
        max(0.0, _wish_mm(column, size) - width)
        for column, width in zip(columns, least, strict=True)
    ]
    if not sum(wishes):
        wishes = least
    # First what each column wishes for, then the rest in proportion to what it has.
    share = min(1.0, spare / sum(wishes))
    widths = [width + wish * share for width, wish in zip(least, wishes, strict=True)]
    return [width * available_mm / sum(widths) for width in widths]
