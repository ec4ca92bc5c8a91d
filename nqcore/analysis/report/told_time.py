"""The time that a report is about: the span that was asked for, as far as its unit was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from nqcore.analysis.findings import Review
from nqcore.model.period_names import work_period_name
from nqcore.model.periods import CIVIL, Period, PeriodKind

_DAY = timedelta(days=1)
_KINDS = tuple(kind for kind in PeriodKind if kind is not PeriodKind.SPAN)


def told_time(review: Review, span: Period | None = None) -> Period:
    """The `span` (None: that of the review) from the day on which the unit was founded to its last day. Of a
    unit that was founded within it and is still there, it ends where the figures end: a title that names the
    first day names the last one too. Within the boundaries of a day the unit speaks for all that it is made
    of, so that it is all of the span."""
    whole, unit, issued = span or review.span, review.unit, review.directive.date
    if review.boundaries is not None:
        return _of_the_civil_calendar(whole)
    start, end = whole.start, whole.end
    if unit.opened is not None and unit.opened > max(start, issued or start):
        start = unit.opened
    if unit.closed is not None and unit.closed <= end:
        end = unit.closed - _DAY
    elif start > whole.start:  # it is still there
        end = min(end, max(review.cut_off, start))
    if (start, end) == (whole.start, whole.end):
        return _of_the_civil_calendar(whole)
    return named_time(replace(whole, code=f"{start}..{end}", start=start, end=end))


def _of_the_civil_calendar(span: Period) -> Period:
    """A span of days that is a period of the calendar under its name: "2026-01-01..2026-09-30" is "9 tháng
    đầu năm 2026". A longer span is none."""
    return named_time(span) if span.kind is PeriodKind.SPAN else span


def told_name(review: Review) -> str:
    """Its name in the title: "10 năm (2008 - 2018)", "6 tháng cuối năm 2025"."""
    return work_period_name(told_time(review), review.directive.date)


def figures_begin(review: Review) -> date | None:
    """The first day of the figures, where they begin later than that time: the unit, and all
    units under it, owed their first report later than others. None where they do not."""
    first: list[date] = []
    for form in review.forms_read():
        asked = review.totals.typed.counting(
            form, review.totals.obligations.read(review.period, form)
        )
        since = review.directive.date
        asked = tuple(one for one in asked if since is None or since <= one.end)
        owed = [one for one in review.periods_of(form) if review.reporting_on(form, one)]
        if owed and owed[0] == asked[0]:
            return None
        first += [one.start for one in owed[:1]]
    start = min(first, default=None)
    return start if start is not None and start > told_time(review).start else None


def named_time(span: Period) -> Period:
    """The period that the calendar has for exactly these days, under its name; else the span of days.

    >>> from nqcore.model.periods import read_period
    >>> named_time(read_period("2025-07-01..2025-12-31")).code
    '2025-H2'
    """
    for kind in _KINDS:
        for one in CIVIL.periods(kind, span.start, span.end):
            if (one.start, one.end) == (span.start, span.end):
                return one
    return replace(span, kind=PeriodKind.SPAN)
