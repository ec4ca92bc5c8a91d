"""Several days behind several citations: "Kế hoạch số 12-KH/HU và số 13-KH/HU ngày 05/01/2017 và 06/02/2017".

The first day is of the first number, the second of the second. Where there are not as many days as numbers,
it is not known which is whose, and all stay without a day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from nqcore.text.citations.hits import LINK, Hit

_DASH: Final = "\\-\u2010-\u2015\u2212"
_IN_TURN: Final = (
    r"(?:(?:lần\s{1,3}lượt|tương\s{1,3}ứng|theo\s{1,3}thứ\s{1,3}tự)\s{1,3}(?:là\s{1,3})?)?"
)
_ISSUED: Final = (
    r"(?:(?:đã\s{1,3})?(?:được\s{1,3})?(?:(?:ký\s{1,3})?ban\s{1,3}hành|ký|thông\s{1,3}qua)\s{1,3}"
    r"(?:vào\s{1,3})?)?"
)
_LEAD: Final = re.compile(  # from the last number to the first day
    rf"[\s,(]{{1,6}}(?:(?:của|do)\s[^.;:()\n0-9]{{2,70}}?[\s,]{{1,4}})?{_IN_TURN}{_ISSUED}{_IN_TURN}"
    r"(?:các\s{1,3})?(?=ngày\s)"
)
_DAY: Final = re.compile(
    rf"(?:ngày\s{{1,4}})?([0-9]{{1,2}})(?:\s{{0,2}}[/.{_DASH}]\s{{0,2}}([0-9]{{1,2}})"
    rf"(?:\s{{0,2}}[/.{_DASH}]\s{{0,2}}([0-9]{{4}}))?|\s{{1,4}}tháng\s{{1,4}}([0-9]{{1,2}}))?"
    rf"(?:\s{{0,4}},?\s{{0,2}}năm\s{{1,4}}([0-9]{{4}}))?(?![0-9A-Za-z/.{_DASH}][0-9A-Za-z])"
)
_AND: Final = re.compile(r"\s{0,4}(?:[,;&]\s{0,4}(?:và\s{1,4})?|và\s{1,4})")


def deal_days(text: str, hits: Sequence[Hit]) -> None:
    """Give each citation of a list the day of its own, where several days follow the list."""
    for last, hit in enumerate(hits):
        lead = _LEAD.match(text, hit.end)
        if lead is None or not last or not _linked(text, hits, last):
            continue
        days = _days(text, lead.end())
        if len(days) < 2:
            continue
        first = last
        while first and _linked(text, hits, first):
            first -= 1
        listed = hits[first : last + 1]
        known = len(listed) == len(days) and None not in days
        for nth, one in enumerate(listed):
            one.date = days[nth] if known else None


def _linked(text: str, hits: Sequence[Hit], at: int) -> bool:
    """Whether the citation and the one before it are two of one list."""
    return LINK.fullmatch(text, hits[at - 1].end, hits[at].start) is not None


def _days(text: str, at: int) -> list[date | None]:
    """The days from `at` on, up to the last one with a year; None for one that does not exist."""
    found: list[re.Match[str]] = []
    whole = 0
    while day := _DAY.match(text, at):
        found.append(day)
        whole = len(found) if day[3] or day[5] else whole
        link = _AND.match(text, day.end())
        if link is None:
            break
        at = link.end()
    days: list[date | None] = []
    month = year = ""
    for day in reversed(
        found[:whole]
    ):  # "ngày 05 và 06/02/2017": the first has the month of the second
        month, year = day[2] or day[4] or month, day[3] or day[5] or year
        days.append(_date(year, month, day[1]))
    return days[::-1]


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
