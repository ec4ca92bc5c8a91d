"""How a figure and a sentence are written: the same in every format."""

from __future__ import annotations

from decimal import Decimal

from nqcore.model.figures import Figure, percent_of_change
from nqcore.model.findings import (
    Difference,
    FigureRef,
    Piece,
    Sentence,
    Text,
    TiedNumber,
    UnitNames,
)
from nqcore.text.numbers import write_figure
from nqcore.text.printable import printable

NO_VALUE = "–"
"""Printed for a figure that has no value; the reason is in the notes."""

NAMED = 5
"""How many units a sentence names of more than one more; the annex and the JSON format name them all."""


def figure_text(figure: Figure) -> str:
    """The figure for a reader: "1.310", "74,8", or "–" when there is no value."""
    return NO_VALUE if figure.value is None else write_figure(figure.value, figure.decimals)


def text_of(piece: Piece) -> str:
    """One piece of a sentence as text; a UnitCount is "5", or "5 trong 28" with `share`; UnitNames are at
    most five names and "và 3 đơn vị khác"; six are named."""
    if isinstance(piece, Text | TiedNumber):
        return printable(piece.text)
    if isinstance(piece, FigureRef):
        return figure_text(piece.figure)
    if isinstance(piece, Difference):
        return difference_text(piece.before, piece.now)
    if isinstance(piece, UnitNames):
        return _names(piece)
    count = write_count(len(piece.units))
    return f"{count} trong {write_count(len(piece.among))}" if piece.share else count


def _names(piece: UnitNames) -> str:
    if not is_cut(piece):
        return ", ".join(map(printable, piece.names))
    listed = ", ".join(map(printable, piece.names[:NAMED]))
    return f"{listed} và {write_count(len(piece.names) - NAMED)} đơn vị khác"


def is_cut(piece: UnitNames) -> bool:
    """Whether the sentence does not name all of the units."""
    # One more is named: "và 1 đơn vị khác" is as long as a name.
    return len(piece.names) > NAMED + 1


def write_count(count: int) -> str:
    """The count as Vietnamese text: 1310 is "1.310"."""
    return write_figure(Decimal(count))


def difference_text(before: Figure, now: Figure) -> str:
    """What lies between the figures as they are printed: "1.818 người, 157,7%"; of a per cent "23,5 điểm
    phần trăm"; without a share where the first is 0 or a count of fewer than ten, or where they are printed
    with one or two digits after rounding."""
    if before.value is None or now.value is None:
        return NO_VALUE
    change = abs(now.value - before.value)
    text = write_figure(change, max(before.decimals, now.decimals))
    if now.measure == "%":
        return f"{text} điểm phần trăm"
    share = percent_of_change(before, now)
    if share is None or is_coarse(before) or is_coarse(now):
        return f"{text} {now.measure}"
    return f"{text} {now.measure}, {write_figure(abs(share), 1)}%"


def figures_of(sentence: Sentence) -> tuple[Figure, ...]:
    """The figures of which the sentence is printed, in its order; those of a difference are two of them."""
    figures: list[Figure] = []
    for piece in sentence:
        if isinstance(piece, FigureRef):
            figures.append(piece.figure)
        elif isinstance(piece, Difference):
            figures += (piece.before, piece.now)
    return tuple(figures)


def is_coarse(figure: Figure) -> bool:
    """Whether it is rounded to so few digits that a per cent of it would be wrong: 1,8 of 1,7838."""
    if not figure.decimals or figure.value is None:
        return False
    return abs(figure.value) < Decimal(100).scaleb(-figure.decimals)


def sentence_text(sentence: Sentence) -> str:
    """The whole sentence; the spaces are in its words."""
    return "".join(map(text_of, sentence))
