"""A citation that was found, and the day that several citations of one sentence share.

"các Nghị quyết số 18-NQ/TW và số 19-NQ/TW cùng ngày 25/10/2017": the day is of both. "Nghị quyết số
18-NQ/TW ngày 25/10/2017 và Nghị quyết số 19-NQ/TW cùng ngày": the second has the day of the first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from nqcore.text.citations.citation_dates import day_at
from nqcore.text.citations.plenums import Plenum
from nqcore.text.citations.words_before import TypeWord


@dataclass(slots=True)
class Hit:
    """A citation in the composed text; its offsets are not yet those of the given text."""

    start: int
    end: int
    number: str | None
    year: str | None
    type: str | None
    issuer: str | None
    date: date | None
    party_style: bool
    partial: bool
    word: TypeWord | None
    plenum: Plenum | None = None


_SAME: Final = re.compile(r"(?:cùng|Cùng|CÙNG)\s{1,4}(?:một\s{1,4})?(?=ngày|Ngày|NGÀY)")
# Between a citation and "cùng ngày": its issuer, or how it was issued; never the end of a sentence.
_BEFORE: Final = re.compile(
    r"[\s,(]{0,4}(?:(?:của|do)\s[^.;:()\n]{2,70}?)?[\s,]{0,4}"
    r"(?:(?:đều\s{1,3})?(?:được\s{1,3})?(?:ký|ban\s{1,3}hành|ký\s{1,3}ban\s{1,3}hành|thông\s{1,3}qua)\s{1,3})?"
)
LINK: Final = re.compile(  # the link of a list, not only a space or a line end
    r"\s{0,4}(?:[,;&]\s{0,4}(?:(?:và|cùng|với|hoặc)\s{1,4})?|(?:và|cùng|với|hoặc)\s{1,4})(?:(?:số|các)\s{1,3})?"
)
_ISSUED_NEXT: Final = re.compile(
    r"(?:ngày|Ngày|NGÀY)[,\s]{1,4}(?:[^.;:()\n]{0,60}?\s)?(?:ban\s{1,3}hành|ký|ra|có)\s{1,4}(?:các\s{1,3}|thêm\s{1,3})?"
)
_REACH: Final = 300  # characters back to the citation whose day it is


def share_days(text: str, hits: Sequence[Hit]) -> None:
    """Give the citations before or after "cùng ngày" the day that they share."""
    if not hits or ("ùng " not in text and "ÙNG " not in text):
        return
    ends = [hit.end for hit in hits]
    for same in _SAME.finditer(text):
        last = bisect_right(ends, same.start()) - 1
        if last < 0:
            continue
        day = day_at(text, same.end())
        if hits[last].date in (None, day) and _BEFORE.fullmatch(text, ends[last], same.start()):
            if day is not None:
                _date_list(text, hits[: last + 1], day)
            else:
                hits[last].date = _day_before(hits, last, same.start())
            continue
        issued = _ISSUED_NEXT.match(text, same.end())
        following = hits[last + 1] if last + 1 < len(hits) else None
        if day is None and issued and following and following.start == issued.end():
            following.date = following.date or _day_before(hits, last + 1, same.start())


def _date_list(text: str, hits: Sequence[Hit], day: date) -> None:
    """Date the last of `hits`, and those before it in the same list that have no day."""
    for at in range(len(hits) - 1, -1, -1):
        hits[at].date = day
        before = hits[at - 1] if at else None
        if before is None or before.date is not None:
            return
        if LINK.fullmatch(text, before.end, hits[at].start) is None:
            return


def _day_before(hits: Sequence[Hit], at: int, place: int) -> date | None:
    """The day of the nearest citation with a day before the one at `at`."""
    for hit in reversed(hits[:at]):
        if place - hit.end > _REACH:
            return None
        if hit.date is not None:
            return hit.date
    return None
