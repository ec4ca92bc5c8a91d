"""The symbol after a number in a text, also when it is damaged.

A line break or a lost slash may split it, it may be in small letters, and a year may follow it. In a
file name or an address it does not count.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from nqcore.text.citations import lexer
from nqcore.text.citations.document_types import fits
from nqcore.text.citations.numbers import Style
from nqcore.text.citations.symbols import Symbol, read_symbol
from nqcore.text.citations.words_before import WordsBefore

_FILES: Final = (".doc", ".pdf", ".xls", ".htm")
_LATE_YEAR: Final = re.compile(r"/((?:19|20)[0-9]{2})(?![0-9/])")


def symbol_at(text: str, end: int, before: WordsBefore) -> tuple[Symbol, int] | None:
    """The symbol after the number that ends at `end`, and where the symbol ends; or None."""
    m = lexer.SYMBOL.match(text, end)
    if m is None:
        return _small_symbol(text, end, before)
    symbol = read_symbol(m[0], before.word.types if before.word else None)
    if symbol is None:
        return None
    stop = end + symbol.length
    following = text[stop : stop + 2]
    if following[:1].isspace() and stop == m.end():
        symbol, stop = _continued(text, symbol, stop, m[0], before)
    elif following[:1] in ("%", "_", "@", "=") or text.startswith(_FILES, stop):
        return None
    elif following[:1] in ("/", "-") and following[1:].isdigit():
        year = _LATE_YEAR.match(text, stop)  # "Thông tư 05/TT-BTC/2015"; a form without a word
        if before.word is None or symbol.type is None or symbol.year is not None or year is None:
            return (symbol, stop) if before.word else None
        return replace(symbol, year=year[1]), year.end()
    return symbol, stop


def _small_symbol(text: str, end: int, before: WordsBefore) -> tuple[Symbol, int] | None:
    """A symbol in small letters ("thông tư 15/2020/tt-btc"), only if type and issuer are certain."""
    given = text[end : end + 40]
    capitals = given.upper()
    if before.word is None or len(capitals) != len(given) or given[:1] not in "/- ":
        return None
    m = lexer.SYMBOL.match(capitals)
    symbol = read_symbol(m[0], before.word.types) if m else None
    if symbol is None or symbol.issuer is None or symbol.type is None:
        return None
    doubtful = symbol.letter or not symbol.known or not fits(symbol.type, before.word.types)
    return None if doubtful else (symbol, end + symbol.length)


def _continued(
    text: str, symbol: Symbol, stop: int, raw: str, before: WordsBefore
) -> tuple[Symbol, int]:
    """The complete symbol when a line break or a lost slash split it."""
    types = before.word.types if before.word else None
    if symbol.issuer is None:
        m = lexer.lost_slash(text, stop) if types or before.numbered else None
        whole = read_symbol(f"{raw}/{m[1]}", types) if m else None
        return (whole, m.end()) if m and whole else (symbol, stop)
    party = symbol.style is Style.PARTY and lexer.second_part(text, stop, symbol.issuer)
    rest = party or lexer.rejoin(text, stop, symbol.issuer)
    whole = read_symbol(raw + rest[1], types) if rest else None
    return (whole, rest[0]) if rest and whole else (symbol, stop)
