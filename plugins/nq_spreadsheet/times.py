"""The times of figures, as far as the civil calendar knows their codes."""

from __future__ import annotations

from functools import lru_cache

from nqcore.plugin import Period, PeriodKind, UnknownName, read_period


@lru_cache(maxsize=1000)
def time_of(code: str) -> Period | None:
    """The period of that code; None for one of another calendar."""
    try:
        return read_period(code)
    except UnknownName:
        return None


def kind_of(code: str) -> PeriodKind | None:
    """Its kind; a part of one year counts as the year: "2018 (đến 30/6)"."""
    period = time_of(code)
    if period is None:
        return None
    one_year = period.start.year == period.end.year
    return PeriodKind.YEAR if period.kind is PeriodKind.SPAN and one_year else period.kind
