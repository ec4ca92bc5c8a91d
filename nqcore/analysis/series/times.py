"""Which times stand side by side: the years of a form, or its own periods.

A unit has the times in which it, or a unit under it, owed the form. From which day to which day a time speaks
is decided here, for every place that prints one (`spoken_time`): a year that is not over goes until the end
of its last period that counts by today; one in which the unit began or ended has only its days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nqcore.analysis.rollup import Totals
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.forms import Form
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.units import Unit


class TimeStep(StrEnum):
    """How long a column is."""

    YEAR = "year"
    PERIOD = "period"
    """As long as the form's own periods: a quarter, a month, a half-year, a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTime:
    """A column: `period`; `since` and `until`, the first and the last day of its figures, where they are not
    those of the whole period."""

    period: Period
    until: date | None = None
    since: date | None = None

    @property
    def whole(self) -> bool:
        """Whether its figures are those of the whole period."""
        return self.since is None and self.until is None

    @property
    def code(self) -> str:
        """The code of the period."""
        return self.period.code


def times(
    totals: Totals, form: Form, unit: str, step: TimeStep, boundaries: date | None = None
) -> tuple[SeriesTime, ...]:
    """All times of the form that have begun by the day of `totals`, oldest first. Within `boundaries` a unit
    speaks for what it is made of, so it has the times of the form. Raises UnknownName for a unit that there
    is not."""
    if unit not in totals.catalogue.units:
        raise UnknownName(kind="unit", name=unit, hint=Phrase(N_("`nq units` lists the units.")))
    found = tuple(_owed(totals, form, unit, boundaries))
    own = totals.catalogue.units[unit] if boundaries is None else None
    if step is TimeStep.PERIOD or form.every is PeriodKind.YEAR:
        return tuple(_spoken(period, [period], period.end, own) for period in found)
    return tuple(_years(totals, form, found, own))


def spoken_time(
    totals: Totals, form: Form, unit: str, period: Period, boundaries: date | None = None
) -> SeriesTime:
    """That period or span, with the days of it of which the figures of the unit speak. Without a report that
    was owed in it, the whole."""
    found = [p for p in _owed(totals, form, unit, boundaries) if period.contains(p)]
    if not found:
        return SeriesTime(period=period)
    own = totals.catalogue.units[unit] if boundaries is None else None
    return _spoken(period, found, _last_day(totals, form, period, found), own)


def _last_day(totals: Totals, form: Form, period: Period, owed: Sequence[Period]) -> date:
    """The end of the last period in it that counts by today."""
    counting = totals.typed.counting(form, period)
    return max((one.end for one in counting), default=owed[-1].end)


def _spoken(period: Period, owed: Sequence[Period], last: date, unit: Unit | None) -> SeriesTime:
    """`owed`: the periods in it for which a report was owed; `unit`: None within the boundaries of a day, for
    then it speaks for all that it is made of."""
    first = period.start
    if unit is not None:
        first, last = owed[0].start, min(last, owed[-1].end)
        if unit.opened is not None:
            first = max(first, min(unit.opened, last))
    return SeriesTime(
        period=period,
        since=first if first > period.start else None,
        until=last if last < period.end else None,
    )


def _owed(totals: Totals, form: Form, unit: str, boundaries: date | None) -> Iterator[Period]:
    obligations = totals.obligations
    for period in obligations.current_periods(form, totals.today, None):
        if period.start > totals.today:
            continue
        owing, tree = obligations.owing_codes(form, period), obligations.tree(period.end)
        if boundaries is not None:
            if owing:
                yield period
        elif unit in tree and any(one.code in owing for one in tree.subtree(unit)):
            yield period


def _years(
    totals: Totals, form: Form, periods: Sequence[Period], unit: Unit | None
) -> Iterator[SeriesTime]:
    by_year: dict[str, tuple[Period, list[Period]]] = {}
    for period in periods:
        year = _year(totals, form, period)
        by_year.setdefault(year.code, (year, []))[1].append(period)
    for year, members in by_year.values():
        yield _spoken(year, members, _last_day(totals, form, year, members), unit)


def _year(totals: Totals, form: Form, period: Period) -> Period:
    """The year of the form's calendar that the period ends in: it may begin in another year than its code."""
    read = totals.obligations.read
    year = read(str(period.end.year), form)
    return year if period.end <= year.end else read(str(period.end.year + 1), form)
