"""Undoing an acceptance: by the one who accepted, from its moment on, for ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nqcore.collection.accounts.access import Account, Role
from nqcore.collection.submissions.step_rules import UNDO_MINUTES, UndoOver, check_undo
from tests.support.small import NOON, revision

DUYET = Account(
    login="duyet", name="Duyệt", unit="top", roles=frozenset({Role.APPROVE}), password=""
)
ACCEPTED = revision("xa-a", "2018-Q1", {"A1": 1})  # by "duyet", at NOON
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=UNDO_MINUTES)])
def test_an_acceptance_can_be_undone_at_once_and_up_to_the_last_moment(later: timedelta) -> None:
    check_undo(ACCEPTED, DUYET, NOON + later)


def test_it_cannot_be_undone_a_moment_too_late() -> None:
    with pytest.raises(UndoOver):
        check_undo(ACCEPTED, DUYET, NOON + timedelta(minutes=UNDO_MINUTES) + MOMENT)


@pytest.mark.parametrize("earlier", [MOMENT, timedelta(days=400)])
def test_an_acceptance_in_the_future_cannot_be_undone_when_the_clock_was_set_back(
    earlier: timedelta,
) -> None:
    """Else it could be undone for as long as the clock is behind."""
    with pytest.raises(UndoOver):
        check_undo(ACCEPTED, DUYET, NOON - earlier)
