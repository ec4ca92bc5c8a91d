"""`parse_number("20-NQ/TW")`: reads a document number; the inverse of printing it."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from nqcore.text.citations import lexer
from nqcore.text.citations.invisible import visible
from nqcore.text.citations.numbers import DocumentNumber, DocumentNumberError
from nqcore.text.citations.symbols import read_symbol

_MAX_TYPED: Final = 200
_PREFIX: Final = re.compile(r"(?:số|Số|SỐ)\s{0,9}:?\s{0,9}")


def parse_number(text: str) -> DocumentNumber:
    """Read one document number, with or without spaces; raises `DocumentNumberError`."""
    given = normalize("NFC", visible(text[:_MAX_TYPED]).text).strip()
    prefix = _PREFIX.match(given)
    given = given[prefix.end() :] if prefix else given
    head = lexer.NUMBER.match(given)
    tail = head and lexer.SYMBOL.match(given, head.end())
    if head is None or tail is None or len(text) > _MAX_TYPED:
        raise DocumentNumberError(text=text)
    second = lexer.second_part(given, tail.end(), tail[0])
    raw, end = (tail[0] + second[1], second[0]) if second else (tail[0], tail.end())
    symbol = read_symbol(raw, None)
    if symbol is None or symbol.length != len(raw) or end != len(given):
        raise DocumentNumberError(text=text)
    return DocumentNumber(
        number=head[0],
        year=symbol.year,
        type=symbol.type,
        issuer=symbol.issuer,
        style=symbol.style,
    )
