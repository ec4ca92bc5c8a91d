"""Days on which nobody works: weekends and Viet Nam's public holidays, Tết included.

The holidays come from the library `holidays`, with the days given in lieu and the days that the
Government swapped (a swapped Saturday is worked). What is announced later comes with its next
release, or by the workspace's own file. The library is loaded when the first deadline is reckoned;
it knows 1901 to 2100, and only the office's own days are known beyond that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from nqcore.errors import N_, InputError

_WEEKEND = 5  # Saturday, as date.weekday() counts
_LONGEST = 60  # no row of days off is longer


class NoWorkingDay(InputError):
    """Somebody declared two months of days off in a row."""

    code = "no-working-day"
    template = N_("There is no working day near {day}. Check the days off of this office.")


@cache
def _of_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, weekend days worked in exchange) of one year."""
    from holidays.countries.vietnam import Vietnam

    found = Vietnam(years=year, expand=False)  # type: ignore[no-untyped-call]
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    return frozenset(found), worked


class DaysOff:
    """Viet Nam's days off; `own` are the office's, True where that day is worked."""

    def __init__(self, own: Mapping[date, bool] = MappingProxyType({})) -> None:
        self._own = own

    def holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday, a day in lieu of one, or a day off of the office."""
        if day in self._own:
            return not self._own[day]
        return day in _of_year(day.year)[0]

    def working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self._own:
            return self._own[day]
        off, worked = _of_year(day.year)
        return day not in off and (day.weekday() < _WEEKEND or day in worked)

    def nearest(self, day: date, step: int) -> date:
        """`day` itself if it is worked, else the first working day after it (`step` 1) or before it
        (-1). Raises NoWorkingDay."""
        for nth in range(_LONGEST):
            if self.working(found := day + timedelta(days=step * nth)):
                return found
        raise NoWorkingDay(day=day.isoformat())

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        for _ in range(count):
            day = self.nearest(day + timedelta(days=1), 1)
        return day


VIET_NAM = DaysOff()
