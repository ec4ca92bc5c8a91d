"""Periods: (code, start, end, due). A calendar defines their first and last days, which need not be
those of a calendar month: a State "annual report" covers 15 December to 14 December (Nghị định
09/2019, Art. 12).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.days_off import VIET_NAM, DaysOff
from nqcore.model.typed_periods import typed_period_code

if TYPE_CHECKING:
    from nqcore.model.directives import Directives


class PeriodKind(StrEnum):
    """The kind of a period, by its length."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    SPAN = "span"
    """Any other days: for example a review from a directive's date to a last day."""


EVERY: Mapping[PeriodKind, str] = MappingProxyType(
    {
        PeriodKind.MONTH: N_("month"),
        PeriodKind.QUARTER: N_("quarter"),
        PeriodKind.HALF: N_("half-year"),
        PeriodKind.NINE_MONTHS: N_("nine months"),
        PeriodKind.YEAR: N_("year"),
        PeriodKind.SPAN: N_("days"),
    }
)
"""What a form is reported by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days `start`..`end`, both included; `due` is the last day to send a report in time.

    `includes_started` (only of a span): a report whose period began before `start` and ends later
    belongs to the span too. A review since a directive includes the quarter in which the directive
    was issued.
    """

    code: str
    kind: PeriodKind
    start: date
    end: date
    due: date | None = None
    includes_started: bool = False

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"period {self.code} ends before it starts")

    def contains(self, other: Period) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods have a day in common."""
        return self.start <= other.end and other.start <= self.end


class HolidayRule(StrEnum):
    """What happens to a deadline on a day off."""

    KEEP = "keep"
    NEXT = "next"
    """It moves to the next working day."""
    PREVIOUS = "previous"
    """It moves to the previous working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """The deadline is day `day` of the month that is `months_after` months after the last month of the
    period (0 = the same month). If the month has fewer days, it is the last day of the month.

    The defaults are those of State statistics: a public holiday moves the deadline, a weekend does
    not. A Party office that moves deadlines to Monday sets ``on_weekend = "next"``. Example: for
    2018-Q3, ``DueRule(day=15)`` gives 15/10/2018.
    """

    day: int
    months_after: int = 1
    on_holiday: HolidayRule = HolidayRule.NEXT
    on_weekend: HolidayRule = HolidayRule.KEEP

    def due(self, period: Period, days_off: DaysOff = VIET_NAM) -> date:
        """The deadline for `period`."""
        months = period.end.year * 12 + period.end.month - 1 + self.months_after
        year, month = divmod(months, 12)
        month += 1
        found = date(year, month, min(self.day, calendar.monthrange(year, month)[1]))
        if self.on_holiday is self.on_weekend is HolidayRule.KEEP or days_off.working(found):
            return found
        moves = self.on_holiday if days_off.holiday(found) else self.on_weekend
        if moves is HolidayRule.KEEP:
            return found
        return days_off.nearest_working_day(found, 1 if moves is HolidayRule.NEXT else -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDaysRule:
    """The deadline is the `working_days`-th working day after the last day of the period."""

    working_days: int

    def due(self, period: Period, days_off: DaysOff = VIET_NAM) -> date:
        """The deadline for `period`."""
        return days_off.working_day_after(period.end, self.working_days)


Deadline = DueRule | WorkingDaysRule
"""A rule for the last day to send a report."""


class Calendar(Protocol):
    """A way of dividing time into periods. Plugins may provide others.

    The code of a period is part of ids and addresses: only letters, digits, "." and "-".
    """

    @property
    def id(self) -> str: ...

    def period(self, code: str) -> Period | None:
        """The period with that code, or None when the calendar does not know the code. A civil code
        such as "2018" should give the calendar's own period of that name, so that it can be used with
        every form."""
        ...

    def periods(self, kind: PeriodKind, start: date, end: date) -> Iterator[Period]:
        """The periods of `kind` that have a day in `start`..`end`, in order of time."""
        ...


_YEAR = "(?:19|2[0-9])[0-9]{2}"  # 1900 to 2999: other years are typing mistakes
_CODE = re.compile(rf"({_YEAR})(?:-(?:Q([1-4])|H([12])|(9M)|(0[1-9]|1[0-2])))?")
_DAY = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}")
_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}


class CivilCalendar:
    """Calendar months, quarters, half-years, first nine months and years.

    Codes: ``2018-09``, ``2018-Q3``, ``2018-H2``, ``2018-9M``, ``2018``.
    """

    id = "civil"

    def period(self, code: str) -> Period | None:
        found = _CODE.fullmatch(code)
        if not found:
            return None
        year = int(found[1])
        if found[2]:
            return self._period(PeriodKind.QUARTER, year, int(found[2]))
        if found[3]:
            return self._period(PeriodKind.HALF, year, int(found[3]))
        if found[4]:
            return self._period(PeriodKind.NINE_MONTHS, year, 1)
        if found[5]:
            return self._period(PeriodKind.MONTH, year, int(found[5]))
        return self._period(PeriodKind.YEAR, year, 1)

    def periods(self, kind: PeriodKind, start: date, end: date) -> Iterator[Period]:
        per_year = 1 if kind is PeriodKind.NINE_MONTHS else 12 // _MONTHS[kind]
        for year in range(start.year, end.year + 1):
            for nth in range(1, per_year + 1):
                period = self._period(kind, year, nth)
                if period.start <= end and start <= period.end:
                    yield period

    def _period(self, kind: PeriodKind, year: int, nth: int) -> Period:
        months = _MONTHS[kind]
        first, last = (nth - 1) * months + 1, nth * months
        code = {
            PeriodKind.MONTH: f"{year:04}-{nth:02}",
            PeriodKind.QUARTER: f"{year:04}-Q{nth}",
            PeriodKind.HALF: f"{year:04}-H{nth}",
            PeriodKind.NINE_MONTHS: f"{year:04}-9M",
            PeriodKind.YEAR: f"{year:04}",
        }[kind]
        return Period(
            code=code,
            kind=kind,
            start=date(year, first, 1),
            end=date(year, last, calendar.monthrange(year, last)[1]),
        )


CIVIL = CivilCalendar()


def read_period(code: str, calendar: Calendar = CIVIL) -> Period:
    """The period with that code.

    A code of the calendar, or a span ``A..B`` from the start of A to the end of B; A and B are codes
    or days (``2008..2018``, ``2008-01-28..2018-09-30``). With ``@`` before it, the whole period that
    contains the first day belongs to the span. A name as offices write it, "Quý III/2018", is read as
    its code. Raises UnknownName.
    """
    if ".." in code:
        started = code.startswith("@")
        first, _, last = code.removeprefix("@").partition("..")
        a, b = _day_or_period(first, calendar), _day_or_period(last, calendar)
        if a is not None and b is not None and a.start <= b.end:
            return Period(
                code=code,
                kind=PeriodKind.SPAN,
                start=a.start,
                end=b.end,
                includes_started=started,
            )
    elif (found := _named_period(code, calendar)) is not None:
        return found
    raise UnknownName(
        kind="period",
        name=code,
        hint=Phrase(N_("Write 2018-Q3, Q3/2018, 2018, 2018-09, 2018-H1 or 2008..2018.")),
    )


def _day_or_period(code: str, calendar: Calendar) -> Period | None:
    try:
        day = date.fromisoformat(code) if _DAY.fullmatch(code) else None
    except ValueError:
        return None
    if day is not None:
        return Period(code=code, kind=PeriodKind.SPAN, start=day, end=day)
    return _named_period(code, calendar)


def _named_period(code: str, calendar: Calendar) -> Period | None:
    """The period of a code, or of a name that means a code of the civil calendar."""
    found = calendar.period(code)
    if found is None and (typed := typed_period_code(code)):
        found = calendar.period(typed)
    return found


def resolve_directive(code: str, directives: Directives) -> str:
    """`code` with the number of a directive replaced by its date: ``@20-NQ/TW..2018-09-30`` (a review
    from the directive's date to a last day) becomes ``@2008-01-28..2018-09-30``. Other codes do not
    change.

    Raises UnknownName when no directive fits or its date is unknown, AmbiguousDirective when several
    fit.
    """
    if not code.startswith("@"):
        return code
    name, parted, last = code[1:].partition("..")
    if not (parted and name and last):
        raise UnknownName(kind="period", name=code, hint=Phrase(N_("Write @20-NQ/TW..2018-09-30.")))
    if _DAY.fullmatch(name) or _CODE.fullmatch(name):
        return code  # it has days already
    directive = directives[name]
    if directive.date is None:
        raise UnknownName(
            kind="period",
            name=code,
            hint=Phrase(
                N_(
                    "The date of {directive} is not known. Write the first day: @2008-01-28..{last}."
                ),
                {"directive": directive.number, "last": last},
            ),
        )
    return f"@{directive.date.isoformat()}..{last}"


def with_due(period: Period, rule: Deadline, days_off: DaysOff = VIET_NAM) -> Period:
    """The same period with its deadline."""
    return replace(period, due=rule.due(period, days_off))


def previous_period(period: Period, calendar: Calendar = CIVIL) -> Period:
    """The period of the same kind directly before. Raises UnknownName for a span."""
    if period.kind is PeriodKind.SPAN:
        raise UnknownName(
            kind="period", name=period.code, hint=Phrase(N_("No period comes before a span."))
        )
    found = list(
        calendar.periods(
            period.kind, period.start - timedelta(days=400), period.start - timedelta(1)
        )
    )
    return found[-1]
