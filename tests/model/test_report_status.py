"""The one word for a report whose unit has ended."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.model.obligations import Disposition, Obligation
from nqcore.model.periods import DueRule, read_period, with_due
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.model.submissions import SubmissionState
from tests.support.small import revision

PERIOD = read_period("2018-Q1")
LATE = date(2018, 7, 1)


def ended(state: SubmissionState | None, fate: Disposition) -> Obligation:
    """A report of a unit that has ended."""
    period = with_due(PERIOD, DueRule(day=10))
    sent = None if state is None else revision("xa-a", PERIOD.code, {"A1": 1}, state=state)
    return Obligation(unit="xa-a", form="s.q", period=period, revision=sent, disposition=fate)


@pytest.mark.parametrize("state", [SubmissionState.RETURNED, SubmissionState.REOPENED])
def test_a_returned_report_of_an_ended_unit_is_returned_and_not_undecided(
    state: SubmissionState,
) -> None:
    """It was sent once, and somebody waits for it."""
    assert report_status(ended(state, Disposition.UNDECIDED), LATE) == (ReportStatus.RETURNED, 0)


@pytest.mark.parametrize(
    "state", [None, SubmissionState.DRAFT, SubmissionState.PRESENTED, SubmissionState.WITHDRAWN]
)
def test_what_an_ended_unit_never_sent_is_undecided_and_not_overdue(
    state: SubmissionState | None,
) -> None:
    assert report_status(ended(state, Disposition.UNDECIDED), LATE) == (ReportStatus.UNDECIDED, 0)
    assert report_status(ended(state, Disposition.ENDED), LATE) == (ReportStatus.ENDED, 0)
