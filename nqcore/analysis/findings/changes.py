"""Claims on changes: what is compared with what (laws 7 to 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nqcore.analysis.findings.reporting import Covered, up_to
from nqcore.analysis.findings.review import Review
from nqcore.errors import NotAddable
from nqcore.model.claims import Claim, change_relation
from nqcore.model.figures import Figure
from nqcore.model.indicators import Direction, Indicator
from nqcore.model.periods import Period
from nqcore.model.units import EVERY_UNIT, Scope


@dataclass(frozen=True, slots=True)
class Time:
    """Periods of one year that are compared with those of another, and the code of their span."""

    periods: tuple[Period, ...]
    code: str


def change_over_the_span(
    review: Review, indicator: str, scope: Scope = EVERY_UNIT, least: int = 80
) -> Claim | None:
    """From the first whole year to the last one, up to the cut-off; None where there are no two such years
    with values. Raises NotAddable, UnknownName."""
    covered = review.reporting.covered(indicator, scope, least)
    if covered is None or not covered.enough:
        return None
    times = tuple(_years(review, indicator, scope, least, covered))
    first = _with_a_value(review, indicator, scope, times)
    last = _with_a_value(review, indicator, scope, times[::-1])
    if first is None or last is None or first is last:
        return None
    return change(review, indicator, scope, first, last)


def _with_a_value(
    review: Review, indicator: str, scope: Scope, times: Sequence[Time]
) -> Time | None:
    """The first of the times in which there is a value."""
    for time in times:
        if review.figure_over(indicator, scope, time.code).value is not None:
            return time
    return None


def recent_change(
    review: Review, indicator: str, scope: Scope = EVERY_UNIT, least: int = 80
) -> Claim | None:
    """From the same time of the year before to the last one, up to the cut-off: of a flow the year so far
    or the whole year, of a stock the end of its last period, with the value that the year has then: as of the
    change over the span, so that the end of a year has one value. None where the time of the year before is
    not in the span or has too few reports."""
    covered = review.reporting.covered(indicator, scope, least)
    if covered is None or not covered.enough:
        return None
    last = covered.periods[-1]
    this = tuple(p for p in covered.periods if p.end.year == last.end.year)
    before = tuple(p for p in covered.periods if p.end.year == last.end.year - 1)
    flow = not review.reporting.is_stock(indicator)
    judged = this if flow else this[-1:]
    then = tuple(p for p in before if any(_a_year_apart(p, now) for now in judged))
    if len(then) != len(judged):
        return None
    for periods in (judged, then):
        if flow and not _saw(review, periods):
            return None
        if not _has_enough(review, indicator, scope, least, periods):
            return None
    if not flow:
        then = up_to(then[-1].end, before)
    times = [Time(periods, _code_of(review, indicator, periods)) for periods in (then, this)]
    if any(review.figure_over(indicator, scope, time.code).value is None for time in times):
        return None
    return change(review, indicator, scope, *times)


def change(review: Review, indicator: str, scope: Scope, then: Time, now: Time) -> Claim:
    """The claim that compares the two times."""
    values = tuple(review.figure_over(indicator, scope, time.code) for time in (then, now))
    before, after = values[0].value, values[1].value
    assert before is not None
    assert after is not None
    return Claim(
        relation=change_relation(before, after),
        subject=review.indicator(indicator).code,
        unit=review.unit.code,
        scope=scope,
        start=then.periods[0].start,
        end=now.periods[-1].end,
        values=values,
        like_for_like=_alike(review, indicator, scope, then, now),
        reports=review.reporting.over(indicator, scope, 0, (*then.periods, *now.periods)).reports,
    )


def worsened(indicator: Indicator, before: Figure, now: Figure) -> bool:
    """Whether it has moved the bad way by as much as makes a shortcoming (law 11)."""
    return _moved_by_enough(indicator, before, now, good=False)


def improved(indicator: Indicator, before: Figure, now: Figure) -> bool:
    """Whether it has moved the good way by as much as would make a shortcoming the other way."""
    return _moved_by_enough(indicator, before, now, good=True)


def _moved_by_enough(indicator: Indicator, before: Figure, now: Figure, *, good: bool) -> bool:
    if before.value is None or now.value is None or indicator.direction is Direction.NEUTRAL:
        return False
    by = now.value - before.value
    if (indicator.direction is Direction.UP) is not good:
        by = -by
    if by <= 0 or by < indicator.least_change:
        return False
    if indicator.measure == "%":
        return by >= indicator.worsening
    return by * 100 >= indicator.worsening * abs(before.value)


def _years(
    review: Review, indicator: str, scope: Scope, least: int, covered: Covered
) -> Iterator[Time]:
    """Each year up to the cut-off that can be compared, in order."""
    flow = not review.reporting.is_stock(indicator)
    for year in dict.fromkeys(period.end.year for period in covered.periods):
        periods = tuple(p for p in covered.periods if p.end.year == year)
        if flow and not (_is_whole(periods) and _saw(review, periods)):
            continue
        judged = periods if flow else periods[-1:]
        if _has_enough(review, indicator, scope, least, judged):
            yield Time(judged if flow else periods, _code_of(review, indicator, periods))


def _code_of(review: Review, indicator: str, periods: Sequence[Period]) -> str:
    """ "2018" for the whole year, else the code of the span."""
    if _is_whole(periods):
        return str(periods[-1].end.year)
    return review.span_of(indicator, periods)


def _has_enough(
    review: Review, indicator: str, scope: Scope, least: int, periods: Sequence[Period]
) -> bool:
    return review.reporting.over(indicator, scope, least, periods).enough


def _is_whole(periods: Sequence[Period]) -> bool:
    """Whether they make up a year, by length: the State's year is 15 December to 14 December."""
    return (periods[-1].end - periods[0].start).days >= 364


def _saw(review: Review, periods: Sequence[Period]) -> bool:
    """Whether the review's unit was there from the first day to the last of these periods: what happened in a
    part of a time is not compared with what happened in all of another. Within the boundaries of a day it
    speaks for all that it is made of."""
    unit = review.unit
    if review.boundaries is not None:
        return True
    begun = unit.opened is None or unit.opened <= periods[0].start
    return begun and (unit.closed is None or unit.closed > periods[-1].end)


def _a_year_apart(then: Period, now: Period) -> bool:
    return then.kind is now.kind and (then.end.month, then.end.year) == (
        now.end.month,
        now.end.year - 1,
    )


def _alike(
    review: Review, indicator: str, scope: Scope, then: Time, now: Time
) -> tuple[Figure, ...]:
    """Both figures over the units that reported in both times; () where these are all, or none."""
    had, have = (_reported(review, indicator, scope, time) for time in (then, now))
    both = had & have
    if not both or had == have:
        return ()
    alike = replace(scope, units=frozenset(both))
    try:
        figures = tuple(review.figure_over(indicator, alike, time.code) for time in (then, now))
    except NotAddable:
        return ()
    return figures if all(figure.value is not None for figure in figures) else ()


def _reported(review: Review, indicator: str, scope: Scope, time: Time) -> frozenset[str]:
    """The units with every report that they owed in the time (of a stock: in its last period)."""
    stock = review.reporting.is_stock(indicator)
    judged = time.periods[-1:] if stock else time.periods
    owing: set[str] = set()
    lacking: set[str] = set()
    for period in judged:
        due = review.reporting.due(indicator, scope, period)
        owing |= {unit.code for unit in due.units}
        lacking |= {unit.code for unit in due.missing()}
    return frozenset(owing - lacking)
