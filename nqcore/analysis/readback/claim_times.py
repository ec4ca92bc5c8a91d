"""Times of a sentence that stand in the place of others: "đến hết năm 2018" for "đến hết quý II năm 2018".

A time is read as the day with which it begins and the day with which it ends, so "đến 30/6/2018" is "hết
quý II năm 2018"; what says less ("trong quý II") contradicts nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nqcore.analysis.readback.facing import facing
from nqcore.analysis.report.tokens import Token, TokenKind

Day = tuple[int, int]
"""Month and day of a year."""
_COUNT = {"ba": 3, "sáu": 6, "chín": 9}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DATE = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNTIL = ("hết", "đến", "tới", "cuối")
_LEAP = 2000
"""A year in which February has 29 days: the end of a month is its last day in any year."""


class ToldTime(NamedTuple):
    """A time: its first and last token, the days with which it begins and ends (None: it does not say it),
    and its year (None: it names none)."""

    first: int
    last: int
    starts: Day | None
    ends: Day | None
    year: int | None

    def fits(self, other: ToldTime) -> bool:
        """Whether both may mean the same time."""
        if None not in (self.year, other.year) and self.year != other.year:
            return False
        if not (self.starts or self.ends) or not (other.starts or other.ends):
            return True  # "đến 2018" says no day of the year
        if self.ends and other.ends:
            begin = self.starts == other.starts or None in (self.starts, other.starts)
            return self.ends == other.ends and begin
        return self.starts == other.starts and self.starts is not None


def times_in(tokens: Sequence[Token]) -> list[ToldTime]:
    """The times that the words tell, in order.

    >>> from nqcore.analysis.report.tokens import tokens_of
    >>> half, quarter = (times_in(tokens_of(text))[0] for text in ("6 tháng đầu năm", "quý II năm 2018"))
    >>> (half.starts, half.ends, half.year), (quarter.starts, quarter.ends, quarter.year)
    (((1, 1), (6, 30), None), ((4, 1), (6, 30), 2018))
    """
    found, at = [], 0
    keys = [one.key for one in tokens]
    while at < len(keys):
        one = _time_at(tokens, keys, at)
        if one is not None:
            found.append(_within(keys, one))
            at = one.last
        at += 1
    return found


def _time_at(tokens: Sequence[Token], keys: Sequence[str], at: int) -> ToldTime | None:
    if tokens[at].kind is TokenKind.NUMBER:
        return None
    ahead = [*keys[at : at + 6], *[""] * 6]
    if ahead[0] == "ngày" and ahead[1].isdecimal() and ahead[2] == "tháng" and ahead[3].isdecimal():
        month = int(ahead[3])
        return _told(keys, at, 4, None, (month, int(ahead[1])))
    if ahead[0] == "quý" and ahead[1] in _QUARTERS:
        last = 3 * _QUARTERS[ahead[1]]
        return _told(keys, at, 2, (last - 2, 1), _end(last))
    months = int(ahead[0]) if ahead[0].isdecimal() else _COUNT.get(ahead[0], 0)
    if ahead[1] == "tháng" and 0 < months < 12:
        if ahead[2] == "cuối":
            return _told(keys, at, 3, (13 - months, 1), _end(12))
        first = 3 if ahead[2] == "đầu" else 2
        if ahead[2] == "đầu" or (ahead[2] == "năm" and _YEAR.fullmatch(ahead[3])):
            return _told(keys, at, first, (1, 1), _end(months))
    if ahead[0] == "tháng" and ahead[1].isdecimal() and 1 <= int(ahead[1]) <= 12:
        month = int(ahead[1])
        return _told(keys, at, 2, (month, 1), _end(month))
    return _day_or_year(keys, at, ahead)


def _day_or_year(keys: Sequence[str], at: int, ahead: Sequence[str]) -> ToldTime | None:
    if date := _DATE.fullmatch(ahead[0]):
        month = int(date[2])
        if not 1 <= month <= 12:
            return None
        if date[1] is None:
            return ToldTime(at, at, (month, 1), _end(month), int(date[3]))
        return ToldTime(at, at, None, (month, int(date[1])), int(date[3]))
    if ahead[0] in ("đầu", "cuối", "hết", "cả") and ahead[1] == "năm" and ahead[2] != "trước":
        day = {"đầu": (1, 1)}.get(ahead[0], (12, 31))
        return _told(keys, at, 1, (1, 1) if ahead[0] == "cả" else None, day)
    if ahead[0] == "năm" and _YEAR.fullmatch(ahead[1]):
        return _told(keys, at, 0, (1, 1), (12, 31))
    if _YEAR.fullmatch(ahead[0]):
        return ToldTime(at, at, (1, 1), (12, 31), int(ahead[0]))
    return None


def _told(keys: Sequence[str], at: int, length: int, starts: Day | None, ends: Day) -> ToldTime:
    """The time with the year that stands behind it."""
    last, year = at + length - 1, None
    behind = [*keys[at + length : at + length + 2], "", ""]
    if behind[0] == "năm":
        last += 1
        behind = behind[1:]
        if _YEAR.fullmatch(behind[0]):
            last, year = last + 1, int(behind[0])
    elif _YEAR.fullmatch(behind[0]):
        last, year = last + 1, int(behind[0])
    return ToldTime(at, last, starts, ends, year)


def _within(keys: Sequence[str], one: ToldTime) -> ToldTime:
    """The time as the words before it have it: "đến hết" says its end alone, "từ" its beginning."""
    first = one.first
    while first and keys[first - 1] in ("hết", "ngày", "cuối"):
        first -= 1
    if first < one.first and one.ends == (12, 31) and keys[first] == "cuối":
        one = one._replace(starts=None)
    before = keys[first - 1] if first else ""
    if before in ("từ", "kể"):
        day = one.starts or one.ends
        return one._replace(first=first, starts=day, ends=None)
    if before in ("đến", "tới") and first == one.first and _is_year(keys, one):
        return one._replace(first=first - 1, starts=None, ends=None)
    if before in _UNTIL or "hết" in keys[first : one.first + 1]:
        return one._replace(first=first - (before in _UNTIL), starts=None)
    return one._replace(first=first)


def _is_year(keys: Sequence[str], one: ToldTime) -> bool:
    """Whether the time is a year alone: "2018", "năm 2018"."""
    told = [key for key in keys[one.first : one.last + 1] if key != "năm"]
    return len(told) == 1 and _YEAR.fullmatch(told[0]) is not None


def _end(month: int) -> Day:
    return month, monthrange(_LEAP, month)[1]


def other_times(
    said: Sequence[Token], due: Sequence[Token], every: Sequence[Sequence[Token]]
) -> Iterator[tuple[ToldTime, ToldTime]]:
    """The times of `said` that stand in the place of other times of `due`, each with that one. `every`: all
    that the report says of the same things; a time of it may stand anywhere."""
    ours, theirs = times_in(said), times_in(due)
    known = [one for tokens in every for one in times_in(tokens)]
    if not ours or not theirs:
        return
    beside = facing([one.key for one in said], [one.key for one in due])
    for new in ours:
        more = sum(one.fits(new) for one in ours) > sum(one.fits(new) for one in known)
        for old in theirs if more else ():
            lacks = sum(one.fits(old) for one in ours) < sum(one.fits(old) for one in known)
            if not lacks or new.fits(old):
                continue
            places = {
                place for at in range(new.first, new.last + 1) for place in beside.get(at, ())
            }
            if places & {*range(old.first, old.last + 1)}:
                yield new, old
                break
