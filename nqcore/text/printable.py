"""Text for output files: replaces control characters and others that documents cannot contain."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LINE_ENDS = re.compile(r"\r\n|[\t\n\r\x85\u2028\u2029]")
# Controls, lone surrogates and non-characters (not allowed in XML 1.0), and the marks that change the
# direction of writing, which would make a figure look different from the stored one.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """`text` for an output file: line ends and tabs become a space; a character that cannot be printed
    becomes a visible "�", so that nothing disappears without being seen."""
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub(" ", text))
