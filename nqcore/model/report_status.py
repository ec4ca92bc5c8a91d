"""The status of a report on a day, as boards, lists and pages show it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from nqcore.model.days_off import VIET_NAM
from nqcore.model.obligations import Disposition, Obligation
from nqcore.model.periods import Period
from nqcore.model.submissions import SubmissionState
from nqcore.model.units import Unit


class ReportStatus(StrEnum):
    """The status of a report."""

    EXEMPT = "exempt"
    """The unit owes no report: *miễn*."""
    EMPTY = "empty"
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXCLUDED = "excluded"
    OVERDUE = "overdue"
    """Not sent although the deadline has passed."""
    UNDECIDED = "undecided"
    """Not sent; the unit has ended, and there is no decision who is responsible: *chưa xác định*."""
    ENDED = "ended"
    """Not sent; by decision, the duty ended with the unit."""
    CLOSED = "closed"
    """Not sent before its period was closed for entry; the unit can send it no more: *kỳ đã khóa*."""
    NOT_BROUGHT_IN = "not_brought_in"
    """Of a period before the office began to collect, and not brought in: *chưa có số liệu cũ*."""
    NOT_FOUNDED = "not_founded"
    """Nothing could be owed: the unit did not exist yet at the end of the period: *chưa thành lập*."""
    GONE = "gone"
    """Nothing could be owed: the unit had ended by the end of the period: *đã kết thúc*."""


class DatedStatus(NamedTuple):
    """The status, and its number of days: days overdue, or days late at the first sending; else 0."""

    status: ReportStatus
    days: int


_STATUS_OF_STATE = {
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
    """The status on day `today`; EXEMPT without an obligation. A returned report is not overdue,
    because it was sent once; nor is one of a period before the office began to collect."""
    if obligation is None:
        return DatedStatus(ReportStatus.EXEMPT, 0)
    status = _STATUS_OF_STATE[obligation.state]
    if status in (ReportStatus.SENT, ReportStatus.ACCEPTED, ReportStatus.EXCLUDED):
        return DatedStatus(status, max(0, obligation.days_late() or 0))
    if not obligation.awaited and status in (ReportStatus.EMPTY, ReportStatus.DRAFT):
        return DatedStatus(ReportStatus.NOT_BROUGHT_IN, 0)
    if status is not ReportStatus.RETURNED and obligation.disposition is Disposition.UNDECIDED:
        return DatedStatus(ReportStatus.UNDECIDED, 0)
    if obligation.disposition is Disposition.ENDED:
        return DatedStatus(ReportStatus.ENDED, 0)
    if obligation.closed and status is not ReportStatus.RETURNED:
        return DatedStatus(ReportStatus.CLOSED, 0)
    overdue = max(0, -obligation.days_left(today))
    if overdue and status in (ReportStatus.EMPTY, ReportStatus.DRAFT):
        return DatedStatus(ReportStatus.OVERDUE, overdue)
    return DatedStatus(status, 0)


def status_without_a_report(unit: Unit, period: Period) -> ReportStatus:
    """The status of a unit that owes no report for the period. Only one that was there is exempt."""
    if unit.opened is not None and unit.opened > period.end:
        return ReportStatus.NOT_FOUNDED
    if unit.closed is not None and unit.closed <= period.end:
        return ReportStatus.GONE
    return ReportStatus.EXEMPT


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, with Viet Nam's public holidays."""
    return VIET_NAM.working_day_after(day, count)
