"""Citations of documents in Vietnamese text, and the grammar of document numbers.

`find_citations` finds the documents cited in a text; `parse_number` reads one document number and
``str(number)`` prints it again. No I/O, no clock; time is linear in the length of the text.

The patterns take some 40 ms to compile, so they are loaded when the first text is read.
"""

from nqcore.text.citations.citation import Citation, Kind
from nqcore.text.citations.numbers import DocumentNumber, DocumentNumberError, Style
from nqcore.text.citations.plenums import Plenum

__all__ = [
    "Citation",
    "DocumentNumber",
    "DocumentNumberError",
    "Kind",
    "Plenum",
    "Style",
    "find_citations",
    "parse_number",
]


def find_citations(text: str) -> list[Citation]:
    """Every document that `text` cites, from left to right; offsets are characters of `text`.

    >>> [found.text for found in nqcore.find_citations("theo Nghị quyết số 20-NQ/TW")]
    ['Nghị quyết số 20-NQ/TW']
    """
    from nqcore.text.citations import finder

    return finder.find_citations(text)


def parse_number(text: str) -> DocumentNumber:
    """Read one document number, with or without spaces; raises `DocumentNumberError`."""
    from nqcore.text.citations import parsing

    return parsing.parse_number(text)
