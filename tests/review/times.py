"""Periods and spans as days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.review.values import last_day


@dataclass(frozen=True)
class Time:
    """A period of a form, or a span of days."""

    code: str
    start: date
    end: date


def read_span(code: str) -> Time:
    """ "2018-Q3", "2018", "2016-Q2..2018", "2016-03-01..2018-09-30" as days."""
    first, dots, last = code.partition("..")
    return Time(code, _days(first)[0], _days(last)[1]) if dots else Time(code, *_days(code))


def _days(code: str) -> tuple[date, date]:
    if code.count("-") == 2:
        day = date.fromisoformat(code)
        return day, day
    year, part = int(code[:4]), code[5:]
    match part[:1], part[1:]:
        case "Q", nth:
            return date(year, int(nth) * 3 - 2, 1), last_day(year, int(nth) * 3)
        case "H", nth:
            return date(year, int(nth) * 6 - 5, 1), last_day(year, int(nth) * 6)
        case "9", _:
            return date(year, 1, 1), date(year, 9, 30)
    return date(year, 1, 1), date(year, 12, 31)
