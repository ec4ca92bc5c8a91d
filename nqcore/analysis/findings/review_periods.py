"""The periods of which a review of one unit is offered: those in which the unit existed, and into which at
least one report was owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from nqcore.analysis.findings.review import Review
from nqcore.model.directives import Directive
from nqcore.model.forms import Form
from nqcore.model.periods import CIVIL, Period, PeriodKind, read_period

RECENT = 2
"""Of so many years, the newest, the parts are offered too: quarters, half-years, nine months. Those of an
earlier year are offered beside that year: a list of ten years with all parts has a hundred lines."""
_PLAN = 5
"""Years of a five-year plan (2016 to 2020, 2021 to 2025), and from one jubilee of a directive to the next."""
_PARTS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS)
_ORDER = (*_PARTS, PeriodKind.YEAR, PeriodKind.SPAN)


def in_order(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Each period once: by kind, the shortest first; of one kind the newest first, of spans that end on one
    day the longest.

    >>> from nqcore.model.periods import read_period
    >>> [p.code for p in in_order(map(read_period, ("2018", "2016..2018", "2018-Q1", "2018-Q2")))]
    ['2018-Q2', '2018-Q1', '2018', '2016..2018']
    """
    every = {period.code: period for period in periods}.values()
    newest = sorted(every, key=lambda one: (-one.end.toordinal(), one.start))
    return tuple(sorted(newest, key=lambda one: _ORDER.index(one.kind)))


def whole_time(directive: Directive, forms: Iterable[Form], today: date) -> str | None:
    """The code of the span from the year of the directive to this year: that of the `whole` below. Of a
    directive without a date from the year of its first form. None of one that is not yet issued.

    >>> from datetime import date
    >>> from nqcore.plugin import Directive
    >>> one = Directive(id="a", type="Nghị quyết", number="1-NQ/HU", issuer="HU", body="", title="")
    >>> whole_time(one, (), date(2018, 10, 5))
    '2018..2018'
    """
    begun = directive.date or min((one.since for one in forms if one.since), default=today)
    return f"{begun.year}..{today.year}" if begun <= today else None


def first_asked(periods: Iterable[Period]) -> Period | None:
    """Of the periods offered the one that is shown before one is chosen: the longest that ends last.

    >>> from nqcore.model.periods import read_period
    >>> first_asked(map(read_period, ("2018-Q2", "2008..2018", "2008..2013"))).code
    '2008..2018'
    """
    return max(periods, key=lambda one: (one.end.year - one.start.year, one.end), default=None)


def review_periods(whole: Review, near: Period | None = None) -> tuple[Period, ...]:
    """The periods of which a review like `whole` is offered, in order. `whole` is over the whole time of
    its directive up to the day as of which it is known; `near`: the period that is shown, whose years are
    offered with their parts. Empty where the unit owed no report."""
    return in_order(one for one in _candidates(whole, near) if is_owed_in(whole, one))


def is_owed_in(whole: Review, span: Period) -> bool:
    """Whether the unit, or one under it, owed a report of the review for a period within `span` that counts
    by the day of the review. `whole`: as in `review_periods`."""
    since = whole.directive.date
    return any(
        (since is None or since <= period.end) and whole.reporting_on(form, period)
        for form in whole.forms_read()
        for period in whole.totals.typed.counting(
            form, whole.totals.obligations.read(span.code, form)
        )
    )


def _candidates(whole: Review, near: Period | None) -> Iterator[Period]:
    """The civil periods that have begun; a form with a calendar of its own reads their codes."""
    first, last = _years(whole)
    shown = {last - back for back in range(RECENT)}
    shown |= {near.start.year, near.end.year} if near is not None else set()
    for year in range(first, last + 1):
        yield read_period(str(year))
        for kind in _PARTS if year in shown else ():
            every = CIVIL.periods(kind, date(year, 1, 1), date(year, 12, 31))
            yield from (one for one in every if one.start <= whole.as_of)
    yield from (read_period(f"{a}..{b}") for a, b in _spans(whole, first, last))


def _years(whole: Review) -> tuple[int, int]:
    """The first and the last year of the directive in which the unit existed; within the boundaries of a
    day the unit speaks for those that it is made of, too."""
    first, last = whole.span.start, whole.as_of
    if whole.boundaries is None:
        first = max(first, whole.unit.opened or first)
        last = min(last, whole.unit.closed - timedelta(days=1) if whole.unit.closed else last)
    return first.year, last.year


def _spans(whole: Review, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Several years: the whole time, up to each jubilee of the directive, and five-year plans, the running
    one as far as it has come."""
    issued = whole.directive.date
    if issued is not None and first == issued.year:
        yield from ((first, jubilee) for jubilee in range(first + _PLAN, last, _PLAN))
    plans = range(first + (1 - first) % _PLAN, last, _PLAN)
    yield from ((begun, min(begun + _PLAN - 1, last)) for begun in plans)
    if first < last:
        yield first, last
