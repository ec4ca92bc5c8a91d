"""What is wrong with a calendar: its periods have gaps, or their codes cannot be read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from nqcore.model.periods import Calendar, PeriodKind

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def calendar_faults(calendar: Calendar) -> Iterator[str]:
    """What is wrong with a calendar in the years 2000 to 2030: for each kind of period the first fault."""
    for kind in PeriodKind:
        if kind is PeriodKind.SPAN:
            continue
        periods = list(calendar.periods(kind, date(2000, 1, 1), date(2030, 12, 31)))
        for period in periods:
            if not _CODE.fullmatch(period.code) or ".." in period.code:
                yield (
                    f"calendar {calendar.id}: {period.code!r} cannot stand in an address; "
                    "use letters, digits, “.” and “-”."
                )
                break
            if calendar.period(period.code) != period:
                yield f"calendar {calendar.id}: {period.code} does not read back as itself."
                break
        if kind is PeriodKind.NINE_MONTHS:  # they do not cover the whole year
            continue
        for one, after in pairwise(periods):
            if after.start != one.end + timedelta(days=1):
                yield (
                    f"calendar {calendar.id}: {after.code} does not begin on the day after "
                    f"{one.code} ends."
                )
                break
