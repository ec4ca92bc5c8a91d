"""Periods that begin on the 15th: a month is from the 15th of the month before to its 14th, and longer
periods consist of such months.

Codes: ``2024-M05.nd09``, ``2024-Q2.nd09``, ``2024-H1.nd09``, ``2024-9M.nd09``, ``2024-Y.nd09``; the
year is that of the period's end. The codes of the civil calendar are also read, so that "2024"
can be used with every form: here it is 15 December 2023 to 14 December 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from nqcore.plugin import Period, PeriodKind

_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}
_YEAR = "(?P<year>(?:19|2[0-9])[0-9]{2})"
_OWN = re.compile(
    rf"{_YEAR}-(?:M(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<nine_months>9M)|(?P<year_of>Y))\.nd09"
)
_CIVIL = re.compile(
    rf"{_YEAR}(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<nine_months>9M)))?"
)


class StateCalendar:
    """The calendar of the decree. It divides every year; the form defines which periods are owed."""

    id = "nd09"
    title: ClassVar[str] = "Kỳ báo cáo theo Nghị định số 09/2019/NĐ-CP"
    basis: ClassVar[str] = "Nghị định số 09/2019/NĐ-CP ngày 24/01/2019 của Chính phủ, Điều 12"
    since: ClassVar[date] = date(2019, 3, 12)
    """The day on which the decree came into force; it is no legal basis for forms before this day."""

    def period(self, code: str) -> Period | None:
        """The period with a code of this calendar or of the civil one; None for another code."""
        found = _OWN.fullmatch(code) or _CIVIL.fullmatch(code)
        if found is None:
            return None
        year = int(found["year"])
        if found["month"]:
            return self._period(PeriodKind.MONTH, year, int(found["month"]))
        if found["quarter"]:
            return self._period(PeriodKind.QUARTER, year, int(found["quarter"]))
        if found["half"]:
            return self._period(PeriodKind.HALF, year, int(found["half"]))
        if found["nine_months"]:
            return self._period(PeriodKind.NINE_MONTHS, year, 1)
        return self._period(PeriodKind.YEAR, year, 1)

    def periods(self, kind: PeriodKind, start: date, end: date) -> Iterator[Period]:
        """The periods of `kind` that have a day in `start`..`end`, in order of time."""
        per_year = 1 if kind is PeriodKind.NINE_MONTHS else 12 // _MONTHS[kind]
        # A period from 15 December on belongs to the next year.
        for year in range(start.year, end.year + 2):
            for nth in range(1, per_year + 1):
                period = self._period(kind, year, nth)
                if period.start <= end and start <= period.end:
                    yield period

    def _period(self, kind: PeriodKind, year: int, nth: int) -> Period:
        months = _MONTHS[kind]
        first, last = (nth - 1) * months + 1, nth * months
        before = date(year, first, 1) - timedelta(days=1)
        name = {
            PeriodKind.MONTH: f"M{nth:02}",
            PeriodKind.QUARTER: f"Q{nth}",
            PeriodKind.HALF: f"H{nth}",
            PeriodKind.NINE_MONTHS: "9M",
            PeriodKind.YEAR: "Y",
        }[kind]
        return Period(
            code=f"{year:04}-{name}.nd09",
            kind=kind,
            start=before.replace(day=15),
            end=date(year, last, 14),
        )


ND09 = StateCalendar()
