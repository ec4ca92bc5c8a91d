"""The columns of an annex: which times a review of that kind of span puts side by side.

| span | columns |
|---|---|
| month, quarter | the period, the same one a year before, the year up to its end |
| half-year, nine months | the period, the same one a year before |
| year | its quarters or half-years, as the form has them; the year, the year before |
| several years | each year, the whole span |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.analysis.findings import Review
from nqcore.analysis.report.report_coverage import known_on
from nqcore.errors import UnknownName
from nqcore.model.forms import Form
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import Period, PeriodKind
from nqcore.text.dates import write_date, write_day

_YEAR = re.compile(r"(?<!\d)(?:19|2\d)\d\d(?!\d)")
_CUMULATED = (PeriodKind.MONTH, PeriodKind.QUARTER)
_PARTS = {PeriodKind.MONTH: PeriodKind.QUARTER, PeriodKind.QUARTER: PeriodKind.QUARTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexColumn:
    """The figures of the period `code`, `start`..`end`. `whole`: it repeats what other columns have;
    `beside`: it is no part of the span, but stands beside it to compare with."""

    title: str
    code: str
    start: date
    end: date
    whole: bool = False
    beside: bool = False


def columns(review: Review, form: Form) -> tuple[AnnexColumn, ...]:
    """The columns of the annex with the figures of `form`; none where no period of it counts by now."""
    return tuple(_Columns(review, form).of_span())


class _Columns:
    def __init__(self, review: Review, form: Form) -> None:
        self._review, self._form = review, form
        self._obligations = review.totals.obligations
        self._span = self._obligations.read(review.period, form)

    def of_span(self) -> Iterator[AnnexColumn]:
        span = self._span
        if span.kind is PeriodKind.SPAN:
            years = list(self._years())
            yield from years
            if len(years) != 1 or years[0].code != span.code:
                name = "Cả giai đoạn" if len(years) > 1 else _capital(official_period_name(span))
                yield from self._column(name, span.code, whole=len(years) > 1)
            return
        if span.kind is PeriodKind.YEAR:
            yield from self._parts()
        whole = span.kind is PeriodKind.YEAR
        yield from self._column(_capital(official_period_name(span)), span.code, whole=whole)
        if (before := self._year_before()) is not None:
            yield from self._column(
                _capital(official_period_name(before)), before.code, beside=True
            )
        if span.kind in _CUMULATED:
            year = self._obligations.read(str(span.end.year), self._form)
            if year.start < span.start:
                code = f"{year.start}..{span.end}"
                yield from self._column(
                    f"Lũy kế từ đầu năm {span.end.year}", code, whole=True, beside=True
                )

    def _years(self) -> Iterator[AnnexColumn]:
        """A column for each year of the span; of a year that is only partly in it, the part."""
        mine = set(self._review.periods_of(self._form))
        for number in range(self._span.start.year, self._span.end.year + 1):
            year = self._obligations.read(str(number), self._form)
            if mine.issuperset(self._counting(year)):
                yield from self._column(str(number), year.code)
                continue
            part = [period for period in sorted(mine, key=_end) if year.contains(period)]
            if part:
                yield from self._column(str(number), f"{part[0].start}..{part[-1].end}", of=year)

    def _parts(self) -> Iterator[AnnexColumn]:
        """The quarters or half-years of the year, as the form has them."""
        kind = _PARTS.get(self._form.every, self._form.every)
        if kind not in (PeriodKind.QUARTER, PeriodKind.HALF):
            return
        calendar = self._obligations.calendar(self._form)
        for part in calendar.periods(kind, self._span.start, self._span.end):
            name = official_period_name(part).removesuffix(f" năm {part.end.year}")
            yield from self._column(_capital(name), part.code)

    def _year_before(self) -> Period | None:
        """The same period a year before, where the calendar has one."""
        code = _YEAR.sub(lambda found: str(int(found[0]) - 1), self._span.code)
        try:
            found = self._obligations.read(code, self._form)
        except UnknownName:
            return None
        same = found.kind is self._span.kind and found.end.year == self._span.end.year - 1
        return found if same else None

    def _column(
        self,
        title: str,
        code: str,
        *,
        of: Period | None = None,
        whole: bool = False,
        beside: bool = False,
    ) -> Iterator[AnnexColumn]:
        """The column, which says up to which day its figures go where that is not the end of the time that
        it is named after (`of`); none where no period counts."""
        period = self._obligations.read(code, self._form)
        counting = self._counting(period)
        if counting:
            end, named = min(counting[-1].end, known_on(self._review)), (of or period).end
            if end < named:
                day = write_day(end) if end.year == named.year else write_date(end)
                title = f"{title} (đến {day})"
            yield AnnexColumn(
                title=title,
                code=code,
                start=period.start,
                end=period.end,
                whole=whole,
                beside=beside,
            )

    def _counting(self, period: Period) -> tuple[Period, ...]:
        return self._review.totals.typed.counting(self._form, period)


def _end(period: Period) -> date:
    return period.end


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
