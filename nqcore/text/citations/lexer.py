"""The compiled patterns around one number: the number, its symbol and the words before it.

Every repetition is bounded, so the work at each place of a text is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from nqcore.text.citations.document_types import NOT_DOCUMENTS, SHORT_WORDS, TYPE_WORDS, TYPES
from nqcore.text.citations.issuers import WELL_KNOWN

SLASHES: Final = "/\u2044\u2215\uff0f"
DASHES: Final = "\\-\u2010-\u2015\u2212\uff0d"
UPPER: Final = "A-Z\u0110\u00d0\u0189\u01af\u00d4\u01a0\u00c2\u0102\u00ca"  # Đ Ð Ɖ Ư Ô Ơ Â Ă Ê
LETTER: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_SEP: Final = f"[{SLASHES}{DASHES}]"
_WS: Final = r"\s{0,4}"

# A group of capitals; small letters only in known abbreviations: TTg, CTr, QyĐ, ThU, SNgV.
# No letter follows it, except one of four words whose space was lost ("TWngày").
_SMALL: Final = (
    rf"(?:(?<=T)(?:t?[gr]|[hx])|(?<=C)tr|(?<=Q)y|(?<=QĐ)i|(?<=TB)o|[a-z]{{1,2}}(?=[{UPPER}]))"
)
_GROUP: Final = (
    rf"(?:[TĐ]\.\s?[ƯWU]"
    rf"|[{UPPER}][{UPPER}0-9&]{{0,23}}+(?:{_SMALL}[{UPPER}0-9&]{{0,20}}+){{0,2}}"
    rf"(?:\.[{UPPER}]{{1,8}}(?![{LETTER}]))?)"
    rf"(?:(?![{LETTER}0-9])|(?=ngày|của|về|và|năm))"
)
_TYPES: Final = "|".join(sorted(TYPES - {"L"}, key=len, reverse=True))

NUMBER: Final = re.compile(
    r"[0-9]{1,6}+(?![0-9])(?:\.[0-9]{1,3}(?![0-9.]))?"
    rf"(?:[A-Za-zđĐ](?=\s{{0,4}}{_SEP}|\s{{0,4}}$))?"
)
SYMBOL: Final = re.compile(
    rf"(?:{_WS}{_SEP}{_WS}(?:[12][0-9]{{3}}{_WS}{_SEP}{_WS})?"
    rf"|\s{{0,4}}(?=(?:{_TYPES}){_WS}{_SEP}))"
    rf"{_GROUP}(?:{_WS}{_SEP}{_WS}{_GROUP}){{0,8}}+"
)
# One separator and the group after it; the first separator may be missing ("84 QĐ/TWĐTN").
PART: Final = re.compile(
    rf"({_WS})({_SEP}?){_WS}"
    rf"([12][0-9]{{3}}(?={_WS}{_SEP})|[TĐ]\.\s?[ƯWU]|[{UPPER}][{UPPER}0-9&a-z.]{{0,60}})"
)

_LOST_SLASH: Final = re.compile(
    rf"\s{{1,3}}(TW|TƯ|TU|HU|ĐU|CP|TTg|UBND|HĐND|TLĐ|LĐLĐ|TWĐTN)(?![{LETTER}0-9])"
)
_BROKEN: Final = re.compile(rf"\s{{0,2}}\n\s{{0,3}}([{UPPER}&]{{1,10}})(?![{LETTER}0-9])")


def lost_slash(text: str, at: int) -> re.Match[str] | None:
    """The issuer after a type when a space replaces the slash ("13-NQ TU"), or None."""
    return _LOST_SLASH.match(text, at)


# A Party committee's commission in two words: "08-HD/BTC TW", "12-KH/UBKT HU".
_COMMISSION: Final = re.compile(r"(?:BTC|BTG|BTGDV|BDV|BNC|BKT|BĐN|BXDĐ|BCĐ|UBKT|VP|BCS|BCSĐ)$")
_SECOND: Final = re.compile(rf"\s{{1,2}}(TW|TƯ|T\.Ư|TU|HU|QU|ThU|TXU|ĐU)(?![{LETTER}0-9/-])")


def second_part(text: str, at: int, issuer: str) -> tuple[int, str] | None:
    """(end, rest) of an issuer of two words ("BTC" + "TW"), or None."""
    m = _SECOND.match(text, at) if _COMMISSION.search(issuer) else None
    return (m.end(), m[1]) if m is not None else None


def rejoin(text: str, at: int, issuer: str) -> tuple[int, str] | None:
    """(end, rest) of a well-known issuer that a line break split ("BLĐ" + "TBXH"), or None."""
    m = _BROKEN.match(text, at) if "\n" in text[at : at + 3] else None
    if m is None:
        return None
    last = issuer.replace("/", "-").rpartition("-")[2]
    return (m.end(), m[1]) if last not in WELL_KNOWN and last + m[1] in WELL_KNOWN else None


_Node = dict[str, "_Node"]


def _backwards(words: Iterable[str]) -> str:
    """A pattern for any of `words` read backwards, the longest first; spaces may be lost."""
    root: _Node = {}
    for word in words:
        node = root
        for letter in reversed(word):
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(root)


def _pattern(node: _Node) -> str:
    branches = [
        (r"\s{0,4}" if letter == " " else re.escape(letter)) + _pattern(following)
        for letter, following in node.items()
        if letter
    ]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if "" in node else "")


# For the reversed lower-case text before a number: "số", then a word. The groups: 1 "số"; 2 a word
# that shows it is not a document; 3 a type word of several syllables; 4 one of one syllable, or an
# abbreviation.
WORDS_BEFORE: Final = re.compile(
    rf"\s{{0,4}}[:.]?\s{{0,4}}"
    rf"(ốs(?![{LETTER}])|ốs(?=tếyuq|nậul|ịht|hnịđ|ưt|nẫd|oáb)|[°º]n)?\s{{0,4}}:?\s{{0,4}}"
    rf"(?:({_backwards(NOT_DOCUMENTS)})(?![{LETTER}])"
    rf"|({_backwards(word for word in TYPE_WORDS if ' ' in word)})"
    rf"|({_backwards([w for w in TYPE_WORDS if ' ' not in w] + [w.lower() for w in SHORT_WORDS])})"
    rf"(?![{LETTER}0-9/&-]))?"
)
WORDS_BEFORE_WINDOW: Final = 56  # characters: enough for the longest words with line breaks
