"""The compiled scans: where a number may be cited, its symbol, the words before, the date after.

Every repetition is bounded, so that each place of a text costs a bounded amount of work and the
whole scan is linear on any input.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from nqcore.text.citations.kinds import NOT_DOCUMENTS, SHORT_WORDS, TYPE_WORDS, TYPES, WELL_KNOWN

SLASHES: Final = "/\u2044\u2215\uff0f"
DASHES: Final = "\\-\u2010-\u2015\u2212\uff0d"
UPPER: Final = "A-Z\u0110\u00d0\u0189\u01af\u00d4\u01a0\u00c2\u0102\u00ca"  # Đ Ð Ɖ Ư Ô Ơ Â Ă Ê
LETTER: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_SEP: Final = f"[{SLASHES}{DASHES}]"
_WS: Final = r"\s{0,4}"

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


@cache
def candidates() -> re.Pattern[str]:
    """Finds a digit that may be the last of a document's number, or the first of a short form."""
    shorts = "|".join(w for w in ("NQ", "KL", "CT", "QĐ", "NĐ", "TT", "HD"))
    endings = "yết|uận|thị|ịnh| tư|ntư|dẫn|YẾT|UẬN|THỊ|ỊNH| TƯ|DẪN|\ntư"
    return re.compile(
        rf"[0-9](?:[A-Za-zđĐ]?\s{{0,4}}{_SEP}\s{{0,4}}(?:[12][0-9]{{3}}\s{{0,4}}{_SEP}\s{{0,4}})?[{UPPER}]"
        rf"|\s{{0,4}}(?:{_TYPES})\s{{0,4}}{_SEP}"
        rf"|(?<=[ốỐ][0-9])|(?<=[ốỐ][\s:][0-9])|(?<=[ốỐ][\s:]\s[0-9])"
        rf"|(?<=(?:{endings})\s[0-9])|(?<=(?:{shorts})[0-9])|(?<=(?:{shorts})\s[0-9]))"
    )


_BROKEN: Final = re.compile(rf"\s{{0,2}}\n\s{{0,3}}([{UPPER}&]{{1,10}})(?![{LETTER}0-9])")


def rejoin(text: str, at: int, issuer: str) -> tuple[int, str] | None:
    """The rest of a well-known issuer that a line break cut in two ("BLĐ" + "TBXH")."""
    m = _BROKEN.match(text, at)
    if m is None:
        return None
    last = issuer.replace("/", "-").rpartition("-")[2]
    return (m.end(), m[1]) if last + m[1] in WELL_KNOWN else None
