"""Which times stand side by side: the years of a form, or its own periods.

A unit has the times in which it, or a unit under it, owed the form. A year that is not over goes until the
end of its last period that counts by today, and says so.
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


class TimeStep(StrEnum):
    """How long a column is."""

    YEAR = "year"
    PERIOD = "period"
    """As long as the form's own periods: a quarter, a month, a half-year, a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesTime:
    """A column: `period`, and `until`, the last day of its figures where the period has not so many yet."""

    period: Period
    until: date | None = None

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
    if step is TimeStep.PERIOD or form.every is PeriodKind.YEAR:
        return tuple(SeriesTime(period=period) for period in found)
    return tuple(_years(totals, form, found))


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


def _years(totals: Totals, form: Form, periods: Sequence[Period]) -> Iterator[SeriesTime]:
    by_year: dict[str, tuple[Period, list[Period]]] = {}
    for period in periods:
        year = _year(totals, form, period)
        by_year.setdefault(year.code, (year, []))[1].append(period)
    for year, members in by_year.values():
        counting = totals.typed.counting(form, year)
        last = max((one.end for one in counting), default=members[-1].end)
        yield SeriesTime(period=year, until=last if last < year.end else None)


def _year(totals: Totals, form: Form, period: Period) -> Period:
    """The year of the form's calendar that the period ends in: it may begin in another year than its code."""
    read = totals.obligations.read
    year = read(str(period.end.year), form)
    return year if period.end <= year.end else read(str(period.end.year + 1), form)
