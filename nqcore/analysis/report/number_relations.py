"""Numbers with a word in front that makes them a relation: "trên 2.400", "gần 2.500", "từ 2.400 trở lên".

Such a number is true of a figure that it does not equal. How far it may be off is the custom of official
reports: a rounded number is near the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:,\d+)?")


class NumberRelation(StrEnum):
    """How a number in words stands to the figure that it speaks of."""

    ABOVE = "above"
    """The figure is more, by a tenth of the number at most: trên, hơn."""
    BELOW = "below"
    """The figure is less: dưới, chưa đến."""
    ALMOST = "almost"
    """The figure is less, by a twentieth of the number at most: gần."""
    ABOUT = "about"
    """The figure is at most a twentieth of the number away: khoảng, xấp xỉ."""
    AT_LEAST = "at_least"
    """The figure is the number or more: ít nhất, từ … trở lên."""
    AT_MOST = "at_most"
    """The figure is the number or less: không quá, từ … trở xuống."""

    def holds(self, said: Decimal, figure: Decimal) -> bool:
        """Whether the number `said` is true of `figure`.

        >>> NumberRelation.ABOVE.holds(Decimal(2400), Decimal(2422))
        True
        """
        off = figure - said
        match self:
            case NumberRelation.ABOVE:
                return 0 < off * 10 <= said
            case NumberRelation.BELOW:
                return off < 0
            case NumberRelation.ALMOST:
                return 0 < -off * 20 <= said
            case NumberRelation.ABOUT:
                return abs(off) * 20 <= said
            case NumberRelation.AT_LEAST:
                return off >= 0
        return off <= 0


STRICT = frozenset({NumberRelation.ABOVE, NumberRelation.BELOW, NumberRelation.ALMOST})
"""The relations that are not true of the figure itself."""
NEAR = frozenset({NumberRelation.ABOVE, NumberRelation.ALMOST, NumberRelation.ABOUT})
"""The relations that say which figure is meant, because it is near."""

_BEFORE: tuple[tuple[tuple[str, ...], NumberRelation], ...] = (
    (("không", "quá"), NumberRelation.AT_MOST),
    (("không", "dưới"), NumberRelation.AT_LEAST),
    (("ít", "nhất"), NumberRelation.AT_LEAST),
    (("tối", "thiểu"), NumberRelation.AT_LEAST),
    (("nhiều", "nhất"), NumberRelation.AT_MOST),
    (("tối", "đa"), NumberRelation.AT_MOST),
    (("chưa", "đến"), NumberRelation.BELOW),
    (("chưa", "tới"), NumberRelation.BELOW),
    (("chưa", "đầy"), NumberRelation.BELOW),
    (("xấp", "xỉ"), NumberRelation.ABOUT),
    (("khoảng",), NumberRelation.ABOUT),
    (("chừng",), NumberRelation.ABOUT),
    (("trên",), NumberRelation.ABOVE),
    (("hơn",), NumberRelation.ABOVE),
    (("gần",), NumberRelation.ALMOST),
    (("ngót",), NumberRelation.ALMOST),
    (("dưới",), NumberRelation.BELOW),
)
_COMPARED = {
    "thấp",
    "ít",
    "nhỏ",
    "kém",
    "cao",
    "nhiều",
    "lớn",
    "tốt",
    "nhanh",
    "chậm",
    "mạnh",
    "yếu",
}
"""Before "hơn" they compare two things; "có hơn 2.400" compares nothing."""


@dataclass(frozen=True, slots=True)
class SaidRelation:
    """A relation in a sentence: its words, as typed ("trên", "từ … trở lên"), and how many stand in front."""

    relation: NumberRelation
    words: str
    before: int


def relation_at(tokens: Sequence[str], nth: int) -> SaidRelation | None:
    """The relation of the number that is token `nth` of a text; None where it is a plain number.

    >>> relation_at(["có", "trên", "2.400", "người"], 2).relation.value
    'above'
    """
    before = [token.casefold() for token in tokens[max(0, nth - 3) : nth]]
    after = tuple(token.casefold() for token in tokens[nth + 1 : nth + 8])
    for way, relation in (("lên", NumberRelation.AT_LEAST), ("xuống", NumberRelation.AT_MOST)):
        if before[-1:] == ["từ"] and ("trở", way) in pairwise(after):
            return SaidRelation(relation, f"{tokens[nth - 1]} … trở {way}", 1)
    for words, relation in _BEFORE:
        if tuple(before[-len(words) :]) != words:
            continue
        if words == ("hơn",) and before[-2:-1] and before[-2] in _COMPARED:
            return None
        return SaidRelation(relation, " ".join(tokens[nth - len(words) : nth]), len(words))
    return None


def number_value(text: str) -> Decimal | None:
    """The value of a number as it is written: "2.400" is 2400, "69,3" is 69.3; None for "5/28" and dates."""
    bare = text.replace(".", "") if _GROUPED.fullmatch(text) else text
    return Decimal(bare.replace(",", ".")) if _PLAIN.fullmatch(bare) else None
