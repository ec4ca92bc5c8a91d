"""Text that every format can print: control characters and other letters no document takes are replaced."""

from __future__ import annotations

import re

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
