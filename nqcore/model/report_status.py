"""How a report stands on a day, in one word: what boards, lists and pages show of an obligation."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.model.days_off import VIET_NAM
from nqcore.model.obligations import Disposition, Obligation
from nqcore.model.submissions import SubmissionState


class ReportStatus(StrEnum):
    """The one word."""

    EXEMPT = "exempt"
    """Nothing is owed: *miễn*."""
    EMPTY = "empty"
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXCLUDED = "excluded"
    OVERDUE = "overdue"
    """Not sent although the deadline is over."""
    UNDECIDED = "undecided"
    """Not sent, the unit has ended, and nobody has decided who answers for it: *chưa xác định*."""
    ENDED = "ended"
    """Not sent, and it was decided that it ended with the unit."""


class DatedStatus(NamedTuple):
    """The word, and the days that belong to it: overdue, or late at the first sending; else 0."""

    word: ReportStatus
    days: int


_WORDS = {
    None: ReportStatus.EMPTY,
    SubmissionState.DRAFT: ReportStatus.DRAFT,
    SubmissionState.PRESENTED: ReportStatus.DRAFT,
    SubmissionState.WITHDRAWN: ReportStatus.DRAFT,
    SubmissionState.REOPENED: ReportStatus.RETURNED,
    SubmissionState.RETURNED: ReportStatus.RETURNED,
    SubmissionState.SENT: ReportStatus.SENT,
    SubmissionState.ACCEPTED: ReportStatus.ACCEPTED,
    SubmissionState.EXCLUDED: ReportStatus.EXCLUDED,
}


def report_status(obligation: Obligation | None, today: date) -> DatedStatus:
    """How it stands. A returned report is not overdue: it was sent once."""
    if obligation is None:
        return DatedStatus(ReportStatus.EXEMPT, 0)
    word = _WORDS[obligation.state]
    if word in (ReportStatus.SENT, ReportStatus.ACCEPTED, ReportStatus.EXCLUDED):
        return DatedStatus(word, max(0, obligation.days_late() or 0))
    if word is not ReportStatus.RETURNED and obligation.fate is Disposition.UNDECIDED:
        return DatedStatus(ReportStatus.UNDECIDED, 0)
    if obligation.fate is Disposition.ENDED:
        return DatedStatus(ReportStatus.ENDED, 0)
    overdue = max(0, -obligation.days_left(today))
    if overdue and word in (ReportStatus.EMPTY, ReportStatus.DRAFT):
        return DatedStatus(ReportStatus.OVERDUE, overdue)
    return DatedStatus(word, 0)


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, with Viet Nam's public holidays."""
    return VIET_NAM.after(day, count)
