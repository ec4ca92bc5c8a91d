"""The compiled scans: where a number may be cited, its symbol, the words before, the date after.

Every repetition is bounded, so that each place of a text costs a bounded amount of work and the
whole scan is linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nqcore.text.citations.kinds import NOT_DOCUMENTS, SHORT_WORDS, TYPE_WORDS, TYPES, WELL_KNOWN

SLASHES: Final = "/\u2044\u2215\uff0f"
DASHES: Final = "\\-\u00ad\u2010-\u2015\u2212\uff0d"
UPPER: Final = "A-Z\u0110\u00d0\u0189\u01af\u00d4\u01a0\u00c2\u0102\u00ca"  # Đ Ð Ɖ Ư Ô Ơ Â Ă Ê
LETTER: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_SEP: Final = f"[{SLASHES}{DASHES}]"
_WS: Final = r"[\s\u200b\ufeff]{0,4}"

# A group of capitals; small letters only where an abbreviation has them: TTg, CTr, TTr, QyĐ, ThU.
# It ends before anything but a letter, or before a word that lost its space ("TWngày").
_SMALL: Final = rf"(?:(?<=T)(?:t?[gr]|[hx])|(?<=C)tr|(?<=Q)y|[a-z]{{1,2}}(?=[{UPPER}]))"
_GROUP: Final = (
    rf"(?:[TĐ]\.\s?[ƯWU]|[{UPPER}][{UPPER}0-9&]{{0,23}}+(?:{_SMALL}[{UPPER}0-9&]{{0,20}}+){{0,2}}"
    rf"(?:\.[{UPPER}]{{1,8}}(?![{LETTER}]))?)(?:(?![{LETTER}0-9])|(?=ngày|của|về|và|năm))"
)
_TYPES: Final = "|".join(sorted(TYPES - {"L"}, key=len, reverse=True))

NUMBER: Final = re.compile(
    rf"[0-9]{{1,6}}+(?![0-9])(?:\.[0-9]{{1,3}}(?![0-9.]))?(?:[A-Za-zđĐ](?=\s{{0,4}}{_SEP}|\s{{0,4}}$))?"
)
SYMBOL: Final = re.compile(
    rf"(?:{_WS}{_SEP}{_WS}(?:[12][0-9]{{3}}{_WS}{_SEP}{_WS})?|\s{{0,4}}(?=(?:{_TYPES}){_WS}{_SEP}))"
    rf"{_GROUP}(?:{_WS}{_SEP}{_WS}{_GROUP}){{0,8}}+"
)
# One separator and what it introduces; the first may lack its separator ("84 QĐ/TWĐTN").
PART: Final = re.compile(
    rf"(\s{{0,4}})({_SEP}?)\s{{0,4}}([12][0-9]{{3}}(?=\s{{0,4}}{_SEP})|[TĐ]\.\s?[ƯWU]|[{UPPER}][{UPPER}0-9&a-z.]{{0,60}})"
)


def _reversed_words(words: list[str]) -> str:
    words = sorted(words, key=len, reverse=True)
    return "|".join(
        r"\s{0,4}".join(re.escape(w[::-1]) for w in word.split()[::-1]) for word in words
    )


# Read backwards from a number, on the reversed lower-case text before it: "số", then a word.
LEFT: Final = re.compile(
    rf"\s{{0,4}}[:.]?\s{{0,4}}(ốs(?![{LETTER}])|ốs(?=tếyuq|nậul|ịht|hnịđ|ưt|nẫd|oáb)|[°º]n)?\s{{0,4}}:?\s{{0,4}}(?:"
    rf"({_reversed_words(list(NOT_DOCUMENTS))})(?![{LETTER}])"
    rf"|({_reversed_words([w for w in TYPE_WORDS if ' ' in w])})"
    rf"|({_reversed_words([w for w in TYPE_WORDS if ' ' not in w] + [w.lower() for w in SHORT_WORDS])})(?![{LETTER}0-9/&-])"
    r")?"
)
LEFT_WINDOW: Final = 56


# ---- candidates: a scan of the low bytes -------------------------------------------------------
#
# `re` looks for a set of characters one by one, but for one literal byte at memory speed. So the
# text becomes one byte a character (its low byte) with every digit a "0" and every space a " ";
# letters that share a low byte with another character only cost a look in vain.

_TABLE: Final = bytes(
    0x30 if 0x30 <= byte <= 0x39 else 0x20 if byte in b"\t\n\r\x0b\x0c\x20\xa0" else byte
    for byte in range(256)
)


def _low(text: str) -> bytes:
    """The low byte of every letter of a pattern, as a class of its own."""
    return b"".join(re.escape(bytes([ord(c) & 0xFF])) for c in text)


def _any_of(*words: str) -> bytes:
    return b"(?:" + b"|".join(_low(word) for word in words) + b")"


_SHORT_BEFORE: Final = ("NQ", "KL", "CT", "QĐ", "NĐ", "TT", "HD")
_WORD_ENDS: Final = (
    "yết",
    "uận",
    "thị",
    "ịnh",
    " tư",
    "dẫn",
    "YẾT",
    "UẬN",
    "THỊ",
    "ỊNH",
    " TƯ",
    "DẪN",
)
_SEP_LOW: Final = b"[/\\-\x0d\x0f\x10-\x15D]"  # U+2044 ends in 44, "D"
_UPPER_LOW: Final = b"[A-Z\x10\xd0\x89\xaf\xd4\xa0\xc2\x02\xca]"
_CANDIDATE: Final = re.compile(
    b"0(?:(?!0)(?:[A-Za-z\x10\x11]? {0,4}" + _SEP_LOW + b" {0,4}(?:0000 {0,4}" + _SEP_LOW + b" {0,4})?" + _UPPER_LOW
    + b"| {0,4}" + _any_of(*sorted(TYPES - {"L"})) + b" {0,4}" + _SEP_LOW
    + b")|(?<!00)(?:(?<=[\xd0\xd1]0)|(?<=[\xd0\xd1][ :]0)|(?<=[\xd0\xd1][ :] 0)"
    + b"|(?<=" + _any_of(*_WORD_ENDS) + b" 0)|(?<=" + _any_of(*_SHORT_BEFORE) + b"0)"
    + b"|(?<=" + _any_of(*_SHORT_BEFORE) + b" 0)))"
)  # fmt: skip


def candidates(text: str) -> Iterator[int]:
    """Places of digits that may be the last of a document's number, or the first of a short form."""
    wide = text.encode("utf-16-le", "surrogatepass")
    if len(wide) == 2 * len(text):
        low = wide[::2]
    else:
        low = text.encode("utf-32-le", "surrogatepass")[::4]
    for m in _CANDIDATE.finditer(low.translate(_TABLE)):
        yield m.start()


_BROKEN: Final = re.compile(rf"\s{{0,2}}\n\s{{0,3}}([{UPPER}&]{{1,10}})(?![{LETTER}0-9])")


_ISSUER: Final = re.compile(
    rf"\s{{1,3}}(TW|TƯ|TU|HU|ĐU|CP|TTg|UBND|HĐND|TLĐ|LĐLĐ|TWĐTN)(?![{LETTER}0-9])"
)


def lost_slash(text: str, at: int) -> re.Match[str] | None:
    """The issuer after a type whose slash became a space ("13-NQ TU")."""
    return _ISSUER.match(text, at)


def rejoin(text: str, at: int, issuer: str) -> tuple[int, str] | None:
    """The rest of a well-known issuer that a line break cut in two ("BLĐ" + "TBXH")."""
    if "\n" not in text[at : at + 3]:
        return None
    m = _BROKEN.match(text, at)
    if m is None:
        return None
    last = issuer.replace("/", "-").rpartition("-")[2]
    return (m.end(), m[1]) if last not in WELL_KNOWN and last + m[1] in WELL_KNOWN else None
