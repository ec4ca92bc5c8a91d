"""The quarter of a day, for tests of what runs by the real clock."""

from __future__ import annotations

from datetime import date, datetime

from nqcore.clock import VIET_NAM


def quarter_of(day: date) -> str:
    """The code of the quarter that has the day.

    >>> quarter_of(date(2026, 12, 1))
    '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"


def this_quarter() -> str:
    return quarter_of(datetime.now(VIET_NAM).date())
