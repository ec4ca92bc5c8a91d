"""Documents by their usual names: "Nghị quyết Trung ương 6 khóa X", without a number.

The name says which meeting of the Central Committee it was, and in which term. A meeting may have issued
several resolutions, so such a citation is partial; a register resolves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_ORDINALS: Final = {
    "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14,
    "mười lăm": 15,
}  # fmt: skip
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_NUMBER: Final = (
    r"([0-9]{1,2}|[IVX]{1,5}|"
    + "|".join(w.replace(" ", r"\s{1,3}") for w in sorted(_ORDINALS, key=len, reverse=True))
    + ")"
)
_CENTRAL: Final = r"(?:Trung\s{1,3}ương|T\.?\s?Ư|TW)(?:\s{1,3}Đảng)?"
_COMMITTEE: Final = (
    rf"(?:(?:của\s{{1,3}})?(?:Ban\s{{1,3}}Chấp\s{{1,3}}hành|BCH)\s{{1,3}})?{_CENTRAL}"
)
_TYPE: Final = r"(?<![^\W\d_])(nghị\s{1,3}quyết|kết\s{1,3}luận|NQ|KL)\s{0,3}"
_MEETING: Final = r"(?:(?:của\s{1,3})?(?:Hội\s{1,3}nghị|HN)\s{0,3})?"
_END: Final = r"(?:\s{1,3}của\s{1,3}Đảng)?\s{0,3},?\s{0,3}\(?\s?$"
_NAMES: Final = (
    # Nghị quyết (Hội nghị) (BCH) Trung ương (lần thứ) 6
    re.compile(rf"{_TYPE}{_MEETING}{_COMMITTEE}\s{{0,3}}(?:lần\s{{1,3}}thứ\s{{1,3}})?{_NUMBER}{_END}", re.I),
    # Nghị quyết Hội nghị lần thứ sáu (của) Ban Chấp hành Trung ương
    re.compile(rf"{_TYPE}{_MEETING}lần\s{{1,3}}thứ\s{{1,3}}{_NUMBER},?\s{{1,3}}{_COMMITTEE}{_END}", re.I),
)  # fmt: skip
_TERM: Final = re.compile(r"(?:khóa|khoá|KHÓA|KHOÁ|Khóa|Khoá)\s{1,3}([IVX]{1,5})(?![\w-])\)?")
_NEXT_TERM: Final = re.compile(
    r"\s{0,3}(?:,|và|,\s{0,3}và)\s{0,3}(?:kh(?:óa|oá)\s{1,3})?([IVX]{1,5})(?![\w-])"
)
_WINDOW: Final = 120


class Plenum(NamedTuple):
    """A meeting of the Central Committee: the sixth of term X."""

    number: int
    term: str


class PlenumName(NamedTuple):
    """A document named by its meeting at `start`..`end` of a text."""

    start: int
    end: int
    type: str
    plenum: Plenum


def plenum_names(text: str) -> Iterator[PlenumName]:
    """Every document that composed `text` names by its meeting, from left to right."""
    for at in sorted(_heads(text)):
        term = _TERM.match(text, at)
        if term is None:
            continue
        low = max(0, at - _WINDOW)
        window = text[low:at]
        name = next((m for pattern in _NAMES if (m := pattern.search(window))), None)
        number = _number(name[2]) if name else 0
        if name is None or not 0 < number < 20:
            continue
        opened = "(" in window[name.start() :]
        end = term.end() if opened == term[0].endswith(")") else term.end(1)
        word = "".join(name[1].lower().split())
        type_ = "KL" if word in ("kếtluận", "kl") else "NQ"
        yield PlenumName(low + name.start(), end, type_, Plenum(number, term[1]))
        last = term[1]
        while further := _NEXT_TERM.match(text, end):  # "khóa XI, XII và XIII"
            if _number(further[1]) <= _number(last):
                break
            last, end = further[1], further.end(1)
            yield PlenumName(further.start(1), end, type_, Plenum(number, last))


def _heads(text: str) -> Iterator[int]:
    """Where "khóa" stands; `str.find` is much faster than a pattern without fixed letters."""
    for word in ("hóa ", "hoá ", "HÓA ", "HOÁ "):
        at = text.find(word)
        while at >= 0:
            if at and text[at - 1] in "kK":
                yield at - 1
            at = text.find(word, at + 1)


def _number(words: str) -> int:
    words = " ".join(words.split())
    if words.isdigit():
        return int(words)
    if words.lower() in _ORDINALS:
        return _ORDINALS[words.lower()]
    values = [_ROMAN[letter] for letter in words.upper()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
