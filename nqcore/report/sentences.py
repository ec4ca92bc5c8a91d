"""How a figure and a sentence are written: one way for every format."""

from __future__ import annotations

import re
from decimal import Decimal

from nqcore.model.figures import Figure
from nqcore.model.findings import Counted, Live, Sentence, Words
from nqcore.text.numbers import write_figure

NO_VALUE = "–"
"""Stands where a figure has no value; the reason goes into the notes."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LINE_ENDS = re.compile(r"\r\n|[\t\n\r\x85\u2028\u2029]")
# Controls, lone surrogates, non-characters (XML 1.0 has none of them) and the marks that turn the
# direction of writing round, which would show other figures than the file has.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """`text` as it may stand in a file: line ends and tabs are a space, and what cannot be printed
    is a visible "�", so that nothing disappears unseen."""
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub(" ", text))


def figure_text(figure: Figure) -> str:
    """The figure for a reader: "1.310", "74,8", or "–" when there is no value."""
    return NO_VALUE if figure.value is None else write_figure(figure.value, figure.decimals)


def text_of(piece: Words | Live | Counted) -> str:
    """One piece of a sentence as text; a Counted is "5", or "5/28" with its share."""
    if isinstance(piece, Words):
        return printable(piece.text)
    if isinstance(piece, Live):
        return figure_text(piece.figure)
    count = write_figure(Decimal(len(piece.units)))
    return f"{count}/{write_figure(Decimal(len(piece.among)))}" if piece.share else count


def sentence_text(sentence: Sentence) -> str:
    """The whole sentence. The words bring their own spaces."""
    return "".join(map(text_of, sentence))
