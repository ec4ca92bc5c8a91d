"""The only module that reads the machine's clock. All other code gets the time as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

VIET_NAM = timezone(timedelta(hours=7), "+07")
"""Viet Nam has kept UTC+7 without summer time since 1975."""

Clock = Callable[[], datetime]
"""Gives the present moment as an aware datetime."""


def system_clock() -> datetime:
    """The machine's time, with Viet Nam's offset."""
    return datetime.now(VIET_NAM)


def clock_at(day: date) -> Clock:
    """A clock that always shows `day` (for a demo, or `--today`) with the machine's time of day."""

    def now() -> datetime:
        return datetime.combine(day, system_clock().timetz())

    return now
