"""Verdicts on targets: reached or missed where the period of the target is over, ahead of or behind the
path while it runs.

The path is what the target's document declares for days on the way, joined by straight lines, or else one
straight line. What adds up over the period begins at 0 on the day before it. What stands (members), a rate
or an average begins with its value in the period of the same kind that ended last before it: for a target of
2018 in 2017, for one of 2016..2020 in 2015. The line ends with the target's value on the last day of its
period. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from nqcore.analysis.findings.reporting import Reporting, up_to
from nqcore.analysis.rollup import Totals
from nqcore.catalogue.additivity import adds_over_time
from nqcore.catalogue.targets_in_force import figure_scope
from nqcore.errors import NotAddable
from nqcore.formulas import round_half_up
from nqcore.model.claims import NO_REPORTS, ReportsOfClaim
from nqcore.model.figures import Figure
from nqcore.model.forms import Form
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.targets import Aim, Target, TargetState
from nqcore.model.units import EVERY_UNIT, Scope, Unit

LEAST_COVERAGE = 80
"""The least share of the reports due, in per cent: with fewer nothing is judged."""
_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetVerdict:
    """What the figures say of `target` (as it holds for the unit) on `day`.

    `period` is the target's. `figure` was judged: over the whole period, or from its first day to `day`;
    None where it must not be added up. `start` is the figure in which the path begins (None: it begins at
    0, or there is no path), `path` the value of the path on `day`, both only while the period runs;
    `course` are the days and values in which the path bends, from its first day to its last; empty when
    the period is over. `reports` are those from its first day to `day`, over `scope`.
    """

    target: Target
    state: TargetState
    period: Period
    day: date
    figure: Figure | None
    start: Figure | None = None
    path: Fraction | None = None
    course: tuple[tuple[date, Fraction], ...] = ()
    first_day: date = date.min
    scope: Scope = EVERY_UNIT
    reports: ReportsOfClaim = NO_REPORTS

    @property
    def path_printed(self) -> Decimal | None:
        """`path` with as many decimals as the figure, rounded half up."""
        if self.path is None or self.figure is None:
            return None
        return round_half_up(self.path, self.figure.decimals)


class JudgedReview(Protocol):
    """What a verdict reads of a review."""

    @property
    def totals(self) -> Totals: ...
    @property
    def reporting(self) -> Reporting: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def span(self) -> Period: ...
    @property
    def end(self) -> date:
        """The last day of the span that has passed."""
        ...

    def cut_off_of(self, least: int) -> date:
        """The day up to which what needs at least `least` per cent of the reports may speak."""
        ...

    def periods_of(self, form: Form) -> tuple[Period, ...]: ...

    def figure_over(self, indicator: str, scope: Scope, period: str | None = None) -> Figure: ...


def target_verdict(
    review: JudgedReview,
    target: Target,
    least: int = LEAST_COVERAGE,
    scope: Scope = EVERY_UNIT,
) -> TargetVerdict | None:
    """The verdict on a target that the review's unit has, on the last day of the review, with at least
    `least` per cent of the reports, over `scope` (every unit: that of the target). None where the target's
    period begins later, or ended before the span; and for what is counted over its whole time, where it
    began before the span. Raises UnknownName for an indicator or a period that is not known."""
    question = _Question(review, target, least, scope)
    period = question.period
    if period.start > review.end or period.end < review.span.start:
        return None
    if period.start < review.span.start and not question.stock:
        return None
    return question.verdict()


class _Question:
    """One target, and the figures that are asked of it."""

    def __init__(self, review: JudgedReview, target: Target, least: int, scope: Scope) -> None:
        lookup = review.totals.lookup
        self._review, self._target, self._least = review, target, least
        self._indicator = review.totals.catalogue.indicator(target.indicator)
        self._form: Form | None = lookup.form_of(self._indicator.code)
        own = figure_scope(review.totals.catalogue, target, review.unit)
        self._scope = own if scope == EVERY_UNIT else scope
        self._flow = adds_over_time(review.totals.catalogue, self._indicator)
        self.period = lookup.span(target.period, self._indicator)
        self.stock = review.reporting.is_stock(self._indicator.code)

    def verdict(self) -> TargetVerdict:
        """The verdict at the cut-off: on the last day up to which enough reports are in."""
        counting = self._counting()
        reporting, code = self._review.reporting, self._indicator.code
        covered = [
            nth
            for nth, period in enumerate(up_to(self._review.cut_off_of(self._least), counting))
            if reporting.due(code, self._scope, period).covers(self._least)
        ]
        over = self.period.end <= self._review.end
        periods = counting[: covered[-1] + 1] if covered else ()
        enough = bool(periods) and reporting.over(code, self._scope, self._least, periods).enough
        if not enough or (over and periods != counting):
            return self._said(TargetState.NO_DATA, counting)
        figure, value = self._judged(self._code(periods))
        if value is None:
            return self._said(TargetState.NO_DATA, periods, figure)
        if over:
            met = self._target.met(value)
            return self._said(TargetState.REACHED if met else TargetState.MISSED, periods, figure)
        return self._on_the_way(periods, figure, value)

    def _on_the_way(
        self, periods: tuple[Period, ...], figure: Figure | None, value: Decimal
    ) -> TargetVerdict:
        limit = self._target.aim is Aim.AT_MOST
        start, first, begins = self._start()
        course = self._course(first, begins)
        path = path_value(course, periods[-1].end)
        if self._target.met(value) and not (limit and self._flow):
            state = TargetState.REACHED
        elif path is None:
            state = TargetState.NO_PATH
        else:
            # As they are printed: 0 is not behind a path that is printed as 0.
            written = round_half_up(path, self._indicator.decimals)
            good = value <= written if limit else value >= written
            state = TargetState.AHEAD if good else TargetState.BEHIND
        return self._said(state, periods, figure, start, path, course)

    def _counting(self) -> tuple[Period, ...]:
        """The periods of the form in the target's period and in the review that count."""
        if self._form is None:
            return ()
        first, last = self._first_day, min(self.period.end, self._review.end)
        return tuple(
            period
            for period in self._review.periods_of(self._form)
            if first <= max(period.start, self._form.since or period.start) and period.end <= last
        )

    @property
    def _first_day(self) -> date:
        """The target's, or that of the review for what stands at the end."""
        return max(self.period.start, self._review.span.start)

    def _code(self, periods: tuple[Period, ...]) -> str:
        """The code of the time of those periods: that of the target's period where they are all that count in
        it, as the figure that others print."""
        assert self._form is not None
        if periods == self._review.totals.typed.counting(self._form, self.period):
            return self._target.period
        return f"{periods[0].start}..{periods[-1].end}"

    def _start(self) -> tuple[Figure | None, Fraction | None, date]:
        """Where the path begins: the figure, its value and its day. Without a value there is no path."""
        if self._flow:
            return None, Fraction(0), self.period.start - _DAY
        before = self._period_before()
        if before is None:
            return None, None, self.period.start
        figure, value = self._judged(before.code)
        if value is None:
            return None, None, before.end
        return figure, Fraction(value), before.end

    def _period_before(self) -> Period | None:
        """The period of the same kind that ended last before the target's. For a span it is the year, for
        a span below a year the period of the form."""
        period, form = self.period, self._form
        if form is None:
            return None
        kind = period.kind
        if kind is PeriodKind.SPAN:
            long = period.end - period.start + _DAY >= _YEAR
            kind = PeriodKind.YEAR if long else form.every
        calendar = self._review.totals.obligations.calendar(form)
        earlier = calendar.periods(kind, period.start - 2 * _YEAR, period.start - _DAY)
        return max(
            (one for one in earlier if one.end < period.start),
            key=lambda one: one.end,
            default=None,
        )

    def _course(self, first: Fraction | None, begins: date) -> tuple[tuple[date, Fraction], ...]:
        """The bends of the path: its beginning where that has a value, the declared days, its end."""
        points = [(one.day, Fraction(one.value)) for one in self._target.path]
        points.append((self.period.end, Fraction(self._target.value)))
        if first is not None:
            points.insert(0, (begins, first))
        return tuple(points)

    def _judged(self, period: str) -> tuple[Figure | None, Decimal | None]:
        """The figure and its value; None where it must not be added up."""
        try:
            figure = self._review.figure_over(self._indicator.code, self._scope, period)
        except NotAddable:
            return None, None
        return figure, figure.value

    def _said(
        self,
        state: TargetState,
        periods: tuple[Period, ...],
        figure: Figure | None = None,
        start: Figure | None = None,
        path: Fraction | None = None,
        course: tuple[tuple[date, Fraction], ...] = (),
    ) -> TargetVerdict:
        code, reporting = self._indicator.code, self._review.reporting
        reports = (
            reporting.over(code, self._scope, self._least, periods).reports if periods else None
        )
        return TargetVerdict(
            target=self._target,
            state=state,
            period=self.period,
            first_day=periods[0].start if periods else self._first_day,
            day=periods[-1].end if periods else self._review.end,
            figure=figure,
            start=start,
            path=path,
            course=course,
            scope=self._scope,
            reports=reports or NO_REPORTS,
        )


def path_value(course: Sequence[tuple[date, Fraction]], day: date) -> Fraction | None:
    """The value of a path on that day, exact; None before its first bend and after its last.

    >>> course = (date(2018, 1, 1), Fraction(80)), (date(2018, 1, 11), Fraction(90))
    >>> [path_value(course, date(2018, 1, day)) for day in (6, 11, 12)]
    [Fraction(85, 1), Fraction(90, 1), None]
    """
    for (since, low), (until, high) in pairwise(course):
        if since <= day <= until:
            return low + (high - low) * Fraction((day - since).days, (until - since).days)
    return None
