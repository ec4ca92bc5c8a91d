"""Days off: weekends and Viet Nam's public holidays, Tết included.

The holidays come from the library `holidays`, with substitute holidays and the days that the
Government exchanged (an exchanged Saturday is a working day). Days announced later come with the
library's next release, or from the workspace's own file. The library is loaded when the first
deadline is calculated. It covers 1901 to 2100; outside these years only the office's own days count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nqcore.errors import N_, InputError

_WEEKEND = 5  # Saturday, as date.weekday() counts
_LONGEST = 60  # days: no sequence of days off is longer


class NoWorkingDay(InputError):
    """Sixty days in sequence are declared as days off, so no working day is found."""

    code = "no-working-day"
    template = N_("There is no working day near {day}. Check the days off of this office.")


@cache
def _library() -> Any:
    """The library's class for Viet Nam. Its file is loaded by itself: the package that it is in imports 250
    countries, which takes longer than all the rest of a command."""
    import holidays

    name, file = (
        "holidays.countries.vietnam",
        Path(holidays.__file__).parent / "countries/vietnam.py",
    )
    if not file.exists():
        return import_module(name).Vietnam
    spec = spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Vietnam


@cache
def _days_of_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, weekend days that are working days by exchange) of one year."""
    found = _library()(years=year, expand=False)
    worked = frozenset(day for day in found.weekend_workdays if day.year == year)
    return frozenset(found), worked


@cache
def _names_of_year(year: int) -> Mapping[date, str]:
    """The library's Vietnamese names of the days off of one year."""
    found = _library()(years=year, expand=False, language="vi")
    return {day: str(name) for day, name in found.items() if day.year == year}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A holiday (`working` False) or a weekend day that is a working day (True). `own`: declared by
    the office itself."""

    day: date
    name: str
    working: bool
    own: bool


@dataclass(frozen=True)
class DaysOff:
    """Viet Nam's days off and the office's own: `own` maps a day to True (working day) or False (day
    off), `names` maps a day to its name."""

    own: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))

    def with_days(self, own: Mapping[date, bool], names: Mapping[date, str]) -> DaysOff:
        """These days off with more days of the office; for the same day the new entry replaces the old
        one."""
        return DaysOff({**self.own, **own}, {**self.names, **names})

    def special_days(self, year: int) -> tuple[SpecialDay, ...]:
        """All holidays and exchanged working days of that year, with the office's own, in order."""
        off, worked = _days_of_year(year)
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
        """Whether `day` is a public holiday, a substitute holiday, or a day off of the office."""
        if day in self.own:
            return not self.own[day]
        return day in _days_of_year(day.year)[0]

    def working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        if day in self.own:
            return self.own[day]
        off, worked = _days_of_year(day.year)
        return day not in off and (day.weekday() < _WEEKEND or day in worked)

    def nearest_working_day(self, day: date, step: int) -> date:
        """`day` if it is a working day, else the first working day after it (`step` 1) or before it
        (`step` -1). Raises NoWorkingDay."""
        for nth in range(_LONGEST):
            if self.working(found := day + timedelta(days=step * nth)):
                return found
        raise NoWorkingDay(day=day.isoformat())

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        for _ in range(count):
            day = self.nearest_working_day(day + timedelta(days=1), 1)
        return day


VIET_NAM = DaysOff()
