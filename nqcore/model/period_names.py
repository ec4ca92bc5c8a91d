"""Names of periods: in an official document, on a page, in a column head, under a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from nqcore.errors import N_, Phrase, Translate
from nqcore.model.periods import Period, PeriodKind
from nqcore.text.dates import write_date, write_month

_DAY = timedelta(days=1)
_JUBILEE = 5
_SPARE_DAYS = 61
_ROMAN = ("", "I", "II", "III", "IV")
_NAMES: Mapping[PeriodKind, str] = MappingProxyType(
    {
        PeriodKind.MONTH: N_("Month {month}/{year}"),
        PeriodKind.QUARTER: N_("Quarter {quarter}/{year}"),
        PeriodKind.NINE_MONTHS: N_("First nine months of {year}"),
        PeriodKind.YEAR: N_("Year {year}"),
    }
)


def _quarter(period: Period) -> str:
    return _ROMAN[(period.end.month + 2) // 3]


def official_period_name(period: Period) -> str:
    """The name in an official document: "quý III năm 2018", "6 tháng đầu năm 2018", "năm 2018"; a span is
    "giai đoạn 2008 - 2018" where it has whole years, else "từ ngày 01/7/2016 đến ngày 31/3/2018"."""
    start, end = period.start, period.end
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {write_month(end.month)} năm {end.year}"
        case PeriodKind.QUARTER:
            return f"quý {_quarter(period)} năm {end.year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if end.month == 6 else 'cuối'} năm {end.year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng đầu năm {end.year}"
        case PeriodKind.YEAR:
            return f"năm {end.year}"
        case PeriodKind.SPAN:
            if not _whole_years(start, end):
                return f"từ ngày {write_date(start)} đến ngày {write_date(end)}"
            if start.year == end.year:
                return f"năm {end.year}"
            return f"giai đoạn {start.year} - {end.year}"


def work_period_name(period: Period, issued: date | None = None) -> str:
    """The name of the time that a report on a directive of the day `issued` (None: unknown) is about:
    "10 năm (2008 - 2018)", "2 năm (2017 - 2018)"; other names as in `official_period_name`.

    Where the span begins in the directive's year, the years of work since that day are counted, else those
    of the span. Reviews are held after 5, 10, 15 years: such a number counts from anniversary to
    anniversary, so 2008 to 2018 are ten years of a resolution of January 2008. Any other number is rounded
    to a year where less than two months are over or lacking: 2016 to 2018 are three years of a directive of
    January 2016. Without such a number the calendar gives the name.
    """
    if period.kind is not PeriodKind.SPAN:
        return official_period_name(period)
    start, end = max(period.start, issued or period.start), period.end
    if issued is None and start.year != end.year:
        return official_period_name(
            period
        )  # for how many years it has been carried out is not known
    if issued is None or issued.year != start.year:
        years = _rounded_years(start, end, spare=0)
        name = official_period_name(period)
        if years == 0 or start.year == end.year:
            return name
        return (
            f"{years} năm ({start.year} - {end.year})"
            if _whole_years(start, end)
            else f"{years} năm, {name}"
        )
    years = end.year - start.year
    if years % _JUBILEE or _anniversary(issued, years) > end + _DAY:
        years = _rounded_years(issued, end, spare=_SPARE_DAYS)
    if years == 0 or start.year == end.year:
        # The year of the directive is named as a whole.
        year = (end.month, end.day) == (12, 31)
        return official_period_name(
            replace(period, start=date(start.year, 1, 1) if year else start)
        )
    return f"{years} năm ({start.year} - {end.year})"


def _rounded_years(start: date, end: date, *, spare: int) -> int:
    """The years from `start` to `end`, where at most `spare` days are over or lacking; else 0."""
    after = end + _DAY
    near = (years for years in range(after.year - start.year + 2))
    return next((n for n in near if abs((_anniversary(start, n) - after).days) <= spare), 0)


def _anniversary(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)  # it has its anniversary on 1 March
    return date(day.year + years, 3, 1) if leap and years else day.replace(year=day.year + years)


def _whole_years(start: date, end: date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def period_name(period: Period, translate: Translate = str) -> str:
    """The name on a page, in the language of `translate`: "Quý III/2018"; a span by its first and last
    year or day."""
    return period_words(period).message(translate)


def period_words(period: Period) -> Phrase:
    """The same name, to be set into a message."""
    start, end = period.start, period.end
    if period.kind is PeriodKind.HALF:
        half = N_("First half of {year}") if end.month == 6 else N_("Second half of {year}")
        return Phrase(half, {"year": end.year})
    if period.kind is PeriodKind.SPAN:
        if _whole_years(start, end):
            return Phrase("{first}–{last}", {"first": start.year, "last": end.year})
        return Phrase("{first}–{last}", {"first": write_date(start), "last": write_date(end)})
    return Phrase(
        _NAMES[period.kind],
        {"month": end.month, "quarter": _quarter(period), "year": end.year},
    )


def short_period_name(period: Period, translate: Translate = str) -> str:
    """The name in a column head: "III/2018"."""
    if period.kind is PeriodKind.QUARTER:
        return f"{_quarter(period)}/{period.end.year}"
    if period.kind is PeriodKind.YEAR:
        return str(period.end.year)
    if period.kind is PeriodKind.MONTH:
        return f"{period.end.month}/{period.end.year}"
    return period_name(period, translate)


def chart_period_name(period: Period, translate: Translate = str) -> str:
    """The name under a point of a chart: "III/18"."""
    short, year = short_period_name(period, translate), str(period.end.year)
    return short if short == year else short.replace(year, year[2:])
