"""What a number in words counts: per cent or percentage points, people or visits, millions or billions.

Only measures that are surely different contradict each other: "2.964 đoàn viên" may be "người" as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nqcore.analysis.report.name_numbers import NOT_COUNTED
from nqcore.analysis.report.tokens import Token, TokenKind

_PHRASES = {
    "%": "per cent",
    "phần trăm": "per cent",
    "điểm phần trăm": "points",
    "điểm %": "points",
    "điểm": "points",
    "phần nghìn": "per mille",
    "lần": "times",
    "đồng": "đồng",
    "nghìn đồng": "thousand đồng",
    "ngàn đồng": "thousand đồng",
    "triệu đồng": "million đồng",
    "triệu": "million",
    "tỷ đồng": "billion đồng",
    "tỉ đồng": "billion đồng",
    "tỷ": "billion",
    "tỉ": "billion",
    "nghìn": "thousand",
    "người": "people",
    "lượt người": "visits",
    "lượt": "visits",
    "lượt công nhân": "visits",
    "lượt lao động": "visits",
    "tổ chức": "organisations",
    "doanh nghiệp": "enterprises",
    "hợp tác xã": "cooperatives",
    "xã": "communes",
    "cuộc": "meetings",
    "buổi": "sessions",
    "vụ": "cases",
    "ha": "hectares",
    "km": "kilometres",
    "m": "metres",
    "m²": "square metres",
    "m2": "square metres",
    "mét vuông": "square metres",
    "tấn": "tonnes",
    "kg": "kilograms",
    "hộ": "households",
}
_SCALES = {
    "đồng": Decimal(1),
    "thousand đồng": Decimal(1_000),
    "million đồng": Decimal(1_000_000),
    "billion đồng": Decimal(1_000_000_000),
}
"""How many đồng one of each measure of money is."""
_SHARED = 5
"""So near stands the later number whose measure is that of an earlier one too."""
_LONGEST = 3
_CLOSE = (
    {"thousand", "thousand đồng"},
    {"million", "million đồng"},
    {"billion", "billion đồng"},
    {"visits", "people of visits"},
)
"""Measures that are said in two ways."""
_NEEDED = frozenset({
    *("per cent", "points", "per mille", "thousand", "million", "billion", "đồng", "thousand đồng"),
    *("million đồng", "billion đồng", "hectares", "kilometres", "square metres", "tonnes", "kilograms"),
})  # fmt: skip
"""Measures without which a number says something else. What counts people or things may stand in other words
of the sentence: "số đoàn viên là 2.964"."""
_CLAUSE_ENDS = frozenset(".;:()")


def measure_behind(tokens: Sequence[Token], nth: int) -> str:
    """What stands behind the number that is token `nth`: the longest measure that is known; "" for none.

    >>> from nqcore.analysis.report.tokens import tokens_of
    >>> measure_behind(tokens_of("tăng 14,5 điểm phần trăm so với"), 1)
    'điểm phần trăm'
    """
    words: list[str] = []
    for token in tokens[nth + 1 : nth + 1 + _LONGEST]:
        if token.kind is not TokenKind.WORD:
            break
        words.append(token.text.casefold())
    if tuple(words[:2]) in NOT_COUNTED:
        return ""
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        if phrase in _PHRASES:
            return phrase
    return ""


def amount_at(tokens: Sequence[Token], nth: int) -> Decimal | None:
    """How many đồng the number that is token `nth` says; None where it is no amount of money. Its measure may
    stand behind a later number of the clause: "từ 1,8 lên 5,5 triệu đồng".

    >>> from nqcore.analysis.report.tokens import tokens_of
    >>> amount_at(tokens_of("98,8 triệu đồng"), 0) == amount_at(tokens_of("0,0988 tỷ đồng"), 0)
    True
    """
    value = tokens[nth].value
    for at in range(nth, min(len(tokens), nth + _SHARED)) if value is not None else ():
        one = tokens[at]
        if one.kind is TokenKind.STOP and one.text in _CLAUSE_ENDS:
            break
        measure = measure_behind(tokens, at) if one.kind is TokenKind.NUMBER else ""
        if measure:
            scale = _SCALES.get(_PHRASES[measure])
            return None if scale is None or value is None else value * scale
    return None


def is_share(said: str) -> bool:
    """Whether the words behind a number say per cent, or percentage points.

    >>> is_share("điểm phần trăm"), is_share("người")
    (True, False)
    """
    return _PHRASES.get(said) in ("per cent", "points")


def another_measure(said: str, due: Sequence[str]) -> bool:
    """Whether the words behind a number are surely of another measure than each of `due` (that of the figure,
    and what the report says behind it).

    >>> another_measure("%", ["điểm phần trăm"]), another_measure("người", ["người"])
    (True, False)
    """
    kinds = {_PHRASES[one.casefold()] for one in due if one.casefold() in _PHRASES}
    said_kind = _PHRASES.get(said, "")
    if not said_kind or not kinds:
        return False
    return not any(said_kind == kind or {said_kind, kind} in map(set, _CLOSE) for kind in kinds)


def left_out(tokens: Sequence[Token], nth: int, due: str) -> bool:
    """Whether the measure `due`, which the report says behind the number that is token `nth`, is missing: it
    stands neither there nor behind a later number of the same clause ("từ 1,8 lên 5,5 triệu đồng").

    >>> from nqcore.analysis.report.tokens import tokens_of
    >>> [left_out(tokens_of(text), 1, "%") for text in ("đạt 89,1 (của", "từ 35 lên 60,7%", "đạt 7%")]
    [True, False, False]
    """
    kind = _PHRASES.get(due.casefold(), "")
    if kind not in _NEEDED:
        return False
    for at in range(nth, len(tokens)):
        one = tokens[at]
        if one.kind is TokenKind.STOP and one.text in _CLAUSE_ENDS:
            break
        if one.kind is TokenKind.NUMBER and _PHRASES.get(measure_behind(tokens, at)):
            return False
    return True
