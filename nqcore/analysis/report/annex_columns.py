"""The columns of an annex: which times a review of that kind of span puts side by side.

| span | columns | compared |
|---|---|---|
| month, quarter | the period, the same one a year before, the year up to its end | these two |
| half-year, nine months | the period, the same one a year before | these two |
| year | its quarters or half-years, as the form has them; the year, the year before | these two |
| several years | each year, the whole span | the first and the last full year |

A time that is not over has, beside the same time of the year before, the same part of it: a half-year is
never compared with a year. Of a unit that was not there for all of a time, the column has the part in which
it was, and says so; it is compared with nothing that is longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nqcore.analysis.findings import Review
from nqcore.analysis.report.report_coverage import known_on
from nqcore.errors import UnknownName
from nqcore.model.forms import Form
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import Period, PeriodKind
from nqcore.text.dates import write_date, write_day

_DAY = timedelta(days=1)
_YEAR = re.compile(r"(?<!\d)(?:19|2\d)\d\d(?!\d)")
_CUMULATED = (PeriodKind.MONTH, PeriodKind.QUARTER)
_PARTS = {PeriodKind.MONTH: PeriodKind.QUARTER, PeriodKind.QUARTER: PeriodKind.QUARTER}


class ColumnRole(StrEnum):
    """What the time of a column is to the span of the table."""

    PART = "part"
    """A quarter or half-year of a year."""
    YEAR = "year"
    """A year of several."""
    SPAN = "span"
    """The span itself."""
    BEFORE = "before"
    """The same period a year before."""
    SAME_PART = "same_part"
    """As much of the period a year before as there is of the span."""
    SO_FAR = "so_far"
    """The year up to the end of the span."""


_BESIDE = (ColumnRole.BEFORE, ColumnRole.SAME_PART, ColumnRole.SO_FAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexColumn:
    """The figures of the period `code`, `start`..`end`. `name` is that of its time within a sentence ("năm
    2017"); `partial`: the time that it is named after is not wholly in it, and `held` says which part is;
    `whole`: it repeats what other columns have. `first` and `last` are the days of its figures."""

    title: str
    code: str
    start: date
    end: date
    role: ColumnRole
    name: str = ""
    partial: bool = False
    whole: bool = False
    held: str = ""
    first: date
    last: date

    @property
    def beside(self) -> bool:
        """Whether it is no part of the span, but stands beside it to compare with."""
        return self.role in _BESIDE


def columns(review: Review, form: Form, span: Period | None = None) -> tuple[AnnexColumn, ...]:
    """The columns of the annex with the figures of `form`; none where no period of it counts by now. `span`:
    another time than that of the review."""
    asked = span or review.totals.obligations.read(review.period, form)
    return tuple(_Columns(review, form, _named_span(review, form, asked)).of_span())


def _named_span(review: Review, form: Form, span: Period) -> Period:
    """The period that the form's calendar has for exactly the days of the span; the span itself where there
    is none: of nine months there are the columns of nine months, however they were asked for."""
    if span.kind is not PeriodKind.SPAN:
        return span
    calendar = review.totals.obligations.calendar(form)
    for kind in PeriodKind:
        if kind is not PeriodKind.SPAN:
            for one in calendar.periods(kind, span.start, span.end):
                if (one.start, one.end) == (span.start, span.end):
                    return one
    return span


def last_year(review: Review, form: Form) -> Period | None:
    """The last year of a span of several years of which something counts; None for any other span, and for
    a form that has no shorter times than a year."""
    span = review.totals.obligations.read(review.period, form)
    if span.kind is not PeriodKind.SPAN or form.every not in _PARTS:
        return None
    years = [one for one in columns(review, form) if one.role is ColumnRole.YEAR]
    if len(years) < 2:
        return None
    year = review.totals.obligations.read(str(years[-1].end.year), form)
    return year if span.contains(year) else None


def compared(shown: Sequence[AnnexColumn]) -> tuple[AnnexColumn, AnnexColumn] | None:
    """The two columns between which the table tells the change, the earlier one first; None where there are
    no two of the same length."""
    years = [one for one in shown if one.role is ColumnRole.YEAR]
    if years:
        full = [one for one in years if not one.partial]
        return (full[0], full[-1]) if len(full) > 1 else None
    role = {one.role: one for one in shown}
    now = role.get(ColumnRole.SPAN)
    if now is None:
        return None
    before = role.get(ColumnRole.SAME_PART if now.partial else ColumnRole.BEFORE)
    return None if before is None or not _as_long(before, now) else (before, now)


def _as_long(before: AnnexColumn, now: AnnexColumn) -> bool:
    """Whether the figures of both are of the same days of their years."""
    return _in_year(before.first) == _in_year(now.first) and _in_year(before.last) == _in_year(
        now.last
    )


def _in_year(day: date) -> tuple[int, int]:
    """The day without its year; the last of February is one day, be it the 28th or the 29th."""
    return (day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def asked_periods(
    review: Review, form: Form, indicator: str, column: AnnexColumn
) -> tuple[Period, ...]:
    """The periods of the form in the time of the column in which a unit of the review was asked for the
    indicator."""
    asks = review.catalogue.asks
    time = review.totals.obligations.read(column.code, form)
    return tuple(
        period
        for period in review.totals.typed.counting(form, time)
        if any(asks(indicator, unit, period.end) for unit in review.owed(form, period))
    )


def _held(named: Period, start: date, end: date) -> str:
    """Which part of the time the figures are of: "từ 01/7", "đến 30/6"; "" for all of it. Where one of two
    days is of another year than the end of the time, both have their years."""
    days = [*(["từ"] if start > named.start else []), *(["đến"] if end < named.end else [])]
    shown = {"từ": start, "đến": end}
    year = {shown[word].year for word in days} - {named.end.year}
    write = write_date if year else write_day
    return " ".join(f"{word} {write(shown[word])}" for word in days)


class _Columns:
    def __init__(self, review: Review, form: Form, span: Period) -> None:
        self._review, self._form, self._span = review, form, span
        self._obligations = review.totals.obligations

    def of_span(self) -> Iterator[AnnexColumn]:
        span = self._span
        if span.kind is PeriodKind.SPAN:
            yield from self._of_years()
            return
        if span.kind is PeriodKind.YEAR:
            yield from self._parts()
        whole = span.kind is PeriodKind.YEAR
        mine = tuple(self._column(_named(span), span.code, ColumnRole.SPAN, whole=whole))
        yield from mine
        before = self._year_before(span)
        if before is not None:
            yield from self._column(_named(before), before.code, ColumnRole.BEFORE)
            if mine and mine[0].partial:
                yield from self._same_part(before)
        if span.kind in _CUMULATED:
            year = self._obligations.read(str(span.end.year), self._form)
            if year.start < span.start:
                code, title = f"{year.start}..{span.end}", f"Lũy kế từ đầu năm {span.end.year}"
                yield from self._column(title, code, ColumnRole.SO_FAR, whole=True)

    def _of_years(self) -> Iterator[AnnexColumn]:
        span = self._span
        years = list(self._years())
        if len(years) > 1:
            yield from years
            yield from self._column("Cả giai đoạn", span.code, ColumnRole.SPAN, whole=True)
            return
        # Of one year, or a part of one, the year and the span are the same figures.
        yield from self._column(_named(span), span.code, ColumnRole.SPAN)

    def _years(self) -> Iterator[AnnexColumn]:
        """A column for each year of the span; of a year that is only partly in it, the part."""
        mine = set(self._review.periods_of(self._form))
        for number in range(self._span.start.year, self._span.end.year + 1):
            year = self._obligations.read(str(number), self._form)
            counting = self._counting(year)
            if mine.issuperset(counting) and set(self._there(counting)) == set(counting):
                yield from self._column(str(number), year.code, ColumnRole.YEAR)
                continue
            part = self._there(p for p in sorted(mine, key=_end) if year.contains(p))
            if part:
                code = f"{part[0].start}..{part[-1].end}"
                yield from self._column(str(number), code, ColumnRole.YEAR, of=year, partial=True)

    def _parts(self) -> Iterator[AnnexColumn]:
        """The quarters or half-years of the year, as the form has them."""
        kind = _PARTS.get(self._form.every, self._form.every)
        if kind not in (PeriodKind.QUARTER, PeriodKind.HALF):
            return
        calendar = self._obligations.calendar(self._form)
        for part in calendar.periods(kind, self._span.start, self._span.end):
            name = official_period_name(part).removesuffix(f" năm {part.end.year}")
            yield from self._column(_capital(name), part.code, ColumnRole.PART)

    def _year_before(self, period: Period) -> Period | None:
        """The same period a year before, where the calendar has one."""
        code = _YEAR.sub(lambda found: str(int(found[0]) - 1), period.code)
        try:
            found = self._obligations.read(code, self._form)
        except UnknownName:
            return None
        same = found.kind is period.kind and found.end.year == period.end.year - 1
        return found if same else None

    def _same_part(self, before: Period) -> Iterator[AnnexColumn]:
        """As much of the period a year before as counts of the span by the cut-off."""
        now = self._until_cut_off(self._there(self._counting(self._span)))
        then = [self._year_before(period) for period in now]
        found = [period for period in then if period is not None]
        if found and len(found) == len(now):
            code = f"{found[0].start}..{found[-1].end}"
            title = f"Cùng kỳ {official_period_name(before)}"
            yield from self._column(title, code, ColumnRole.SAME_PART, of=before)

    def _column(
        self,
        title: str,
        code: str,
        role: ColumnRole,
        *,
        of: Period | None = None,
        whole: bool = False,
        partial: bool = False,
    ) -> Iterator[AnnexColumn]:
        """The column, which says from and up to which day its figures go where that is not the time that it
        is named after (`of`); none where no period counts."""
        period = self._obligations.read(code, self._form)
        every = self._counting(period)
        # Like the sentences, the annex speaks up to the cut-off of the review.
        known = self._there(every)
        known = known if role in _BESIDE else self._until_cut_off(known)
        if known and known != every:
            of, partial = of or period, True
            code = f"{known[0].start}..{known[-1].end}"
            period = self._obligations.read(code, self._form)
        if known:
            named = of or period
            first, last = self._days(known)
            name, held = official_period_name(named), _held(named, first, last)
            if held:
                partial, title, name = True, f"{title} ({held})", f"{name} ({held})"
            yield AnnexColumn(
                title=title,
                code=code,
                start=period.start,
                end=period.end,
                role=role,
                name=name,
                partial=partial,
                whole=whole,
                held=held,
                first=first,
                last=last,
            )

    def _there(self, periods: Iterable[Period]) -> tuple[Period, ...]:
        """The periods, from the first to the last for which the unit, or one under it, owed the form."""
        every = tuple(periods)
        owed = [nth for nth, period in enumerate(every) if self._review.owed(self._form, period)]
        return every[owed[0] : owed[-1] + 1] if owed else ()

    def _days(self, periods: Sequence[Period]) -> tuple[date, date]:
        """The first and the last day of the figures of these periods: of days on which the unit was there."""
        unit, first, last = self._review.unit, periods[0].start, periods[-1].end
        last = min(last, known_on(self._review))
        if self._review.boundaries is not None:
            return first, last
        if unit.closed is not None and unit.closed <= last:
            last = max(first, unit.closed - _DAY)
        return (max(first, min(unit.opened, last)) if unit.opened else first), last

    def _until_cut_off(self, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        return tuple(p for p in periods if p.end <= self._review.cut_off)

    def _counting(self, period: Period) -> tuple[Period, ...]:
        return self._review.totals.typed.counting(self._form, period)


def _end(period: Period) -> date:
    return period.end


def _named(period: Period) -> str:
    return _capital(official_period_name(period))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
