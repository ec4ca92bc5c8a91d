"""Days on which nobody works: weekends and Viet Nam's public holidays, Tết included.

The holidays come from the library `holidays`, with the days given in lieu and the days that the
Government swapped (a swapped Saturday is worked). What is announced later comes with its next
release, or by the workspace's own file. The library is loaded when the first deadline is reckoned;
it knows 1901 to 2100, and only the office's own days are known beyond that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@cache
def _names_of_year(year: int) -> Mapping[date, str]:
    """What the library calls the days off of one year, in Vietnamese."""
    from holidays.countries.vietnam import Vietnam

    found = Vietnam(years=year, expand=False, language="vi")  # type: ignore[no-untyped-call]
    return {day: str(name) for day, name in found.items() if day.year == year}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day that is no usual one: off, or a weekend day that is worked. `own`: the office's."""

    day: date
    name: str
    working: bool
    own: bool


@dataclass(frozen=True)
class DaysOff:
    """Viet Nam's days off; `own` are the office's, True where that day is worked; `names` what they
    are called."""

    own: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))

    def besides(self, own: Mapping[date, bool], names: Mapping[date, str]) -> DaysOff:
        """These, with more days of the office's own; the newer word on a day holds."""
        return DaysOff({**self.own, **own}, {**self.names, **names})

    def special(self, year: int) -> tuple[SpecialDay, ...]:
        """The days of that year that are no usual ones, in order."""
        off, worked = _of_year(year)
        called = _names_of_year(year)
        found = {
            day: SpecialDay(day=day, name=called.get(day, ""), working=day in worked, own=False)
            for day in (*off, *worked)
        }
        for day, working in self.own.items():
            if day.year == year:
                name = self.names.get(day, "")
                found[day] = SpecialDay(day=day, name=name, working=working, own=True)
        return tuple(found[day] for day in sorted(found))

    def holiday(self, day: date) -> bool:
        """Whether `day` is a public holiday, a day in lieu of one, or a day off of the office."""
        if day in self.own:
            return not self.own[day]
        return day in _of_year(day.year)[0]

    def working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.own:
            return self.own[day]
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
