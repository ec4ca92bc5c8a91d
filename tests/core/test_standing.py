"""The one word for a report whose unit has ended."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.model.obligations import Fate, Obligation
from nqcore.model.periods import DueRule, read_period, with_due
from nqcore.model.submissions import State
from nqcore.standing import Standing, standing
from tests.core.small import revision

PERIOD = read_period("2018-Q1")
LATE = date(2018, 7, 1)


def ended(state: State | None, fate: Fate) -> Obligation:
    """A report of a unit that has ended."""
    period = with_due(PERIOD, DueRule(day=10))
    sent = None if state is None else revision("xa-a", PERIOD.code, {"A1": 1}, state=state)
    return Obligation(unit="xa-a", form="s.q", period=period, revision=sent, fate=fate)


@pytest.mark.parametrize("state", [State.RETURNED, State.REOPENED])
def test_a_returned_report_of_an_ended_unit_is_returned_and_not_undecided(state: State) -> None:
    """It was sent once, and somebody waits for it."""
    assert standing(ended(state, Fate.UNDECIDED), LATE) == (Standing.RETURNED, 0)


@pytest.mark.parametrize("state", [None, State.DRAFT, State.PRESENTED, State.WITHDRAWN])
def test_what_an_ended_unit_never_sent_is_undecided_and_not_overdue(state: State | None) -> None:
    assert standing(ended(state, Fate.UNDECIDED), LATE) == (Standing.UNDECIDED, 0)
    assert standing(ended(state, Fate.ENDED), LATE) == (Standing.ENDED, 0)
