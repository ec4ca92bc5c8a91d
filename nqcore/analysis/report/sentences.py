"""How a figure and a sentence are written: the same in every format."""

from __future__ import annotations

from decimal import Decimal

from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Sentence, Text, UnitCount
from nqcore.text.numbers import write_figure
from nqcore.text.printable import printable

NO_VALUE = "–"
"""Printed for a figure that has no value; the reason is in the notes."""


def figure_text(figure: Figure) -> str:
    """The figure for a reader: "1.310", "74,8", or "–" when there is no value."""
    return NO_VALUE if figure.value is None else write_figure(figure.value, figure.decimals)


def text_of(piece: Text | FigureRef | UnitCount) -> str:
    """One piece of a sentence as text; a UnitCount is "5", or "5/28" with `share`."""
    if isinstance(piece, Text):
        return printable(piece.text)
    if isinstance(piece, FigureRef):
        return figure_text(piece.figure)
    count = write_figure(Decimal(len(piece.units)))
    return f"{count}/{write_figure(Decimal(len(piece.among)))}" if piece.share else count


def sentence_text(sentence: Sentence) -> str:
    """The whole sentence; the spaces are in its words."""
    return "".join(map(text_of, sentence))
