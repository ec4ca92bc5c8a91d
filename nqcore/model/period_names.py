"""Names of periods: in an official document, on a page, in a column head, under a chart."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nqcore.errors import N_, Translate
from nqcore.model.periods import Period, PeriodKind
from nqcore.text.dates import write_date

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
    """The name in an official document: "quý III năm 2018", "năm 2018", "giai đoạn 2008 - 2018"."""
    year, month = period.end.year, period.end.month
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {month} năm {year}"
        case PeriodKind.QUARTER:
            return f"quý {_quarter(period)} năm {year}"
        case PeriodKind.HALF:
            return f"6 tháng {'đầu' if month == 6 else 'cuối'} năm {year}"
        case PeriodKind.NINE_MONTHS:
            return f"9 tháng năm {year}"
        case PeriodKind.YEAR:
            return f"năm {year}"
        case PeriodKind.SPAN:
            return f"giai đoạn {period.start.year} - {year}"


def period_name(period: Period, translate: Translate = str) -> str:
    """The name on a page, in the language of `translate`: "Quý III/2018"; a span by its first and last
    year or day."""
    start, end = period.start, period.end
    if period.kind is PeriodKind.HALF:
        half = N_("First half of {year}") if end.month == 6 else N_("Second half of {year}")
        return translate(half).format(year=end.year)
    if period.kind is PeriodKind.SPAN:
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return f"{start.year}–{end.year}"
        return f"{write_date(start)}–{write_date(end)}"
    return translate(_NAMES[period.kind]).format(
        month=end.month, quarter=_quarter(period), year=end.year
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
