"""Closed periods: who may still enter, to the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.accounts.access import Account, Role
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.errors import UnknownName
from nqcore.workspace.facade import Workspace
from tests.support.small import PERIOD, Now, found

ADMIN = Account(login="qt", name="QT", unit="top", roles=frozenset({Role.ADMIN}), password="")
BEFORE, LAST, AFTER = "2018-04-24", "2018-04-25", "2018-04-26"


@pytest.fixture
def clock() -> Now:
    return Now()


@pytest.fixture
def ws(tmp_path: Path, clock: Now) -> Iterator[Workspace]:
    made = found(tmp_path / "ws", clock)
    made.submissions.extend_deadline(
        "xa-a", "s.q", PERIOD, until=date.fromisoformat(LAST), reason="lũ", by="duyet"
    )
    actor = Actor(ADMIN, clock(), made.units)
    made.submissions.repository.locks.switch(actor, "s.q", PERIOD, True, root="top")
    yield made
    made.close()


def test_a_unit_that_was_given_time_enters_on_its_last_day_although_the_period_is_closed(
    ws: Workspace, clock: Now
) -> None:
    for day, figure in ((BEFORE, "7"), (LAST, "8")):
        clock.on(day)
        draft = ws.save_draft("xa-a", "s.q", PERIOD, {"A1": figure}, by="lan")
        assert draft.answers["A1"] == int(figure)


def test_the_day_after_it_enters_nothing_any_more(ws: Workspace, clock: Now) -> None:
    clock.on(AFTER)
    with pytest.raises(PeriodLocked):
        ws.save_draft("xa-a", "s.q", PERIOD, {"A1": "7"}, by="lan")


def test_a_unit_without_more_time_enters_nothing_in_a_closed_period(
    ws: Workspace, clock: Now
) -> None:
    clock.on(BEFORE)
    with pytest.raises(PeriodLocked):
        ws.save_draft("xa-b", "s.q", PERIOD, {"A1": "7"}, by="binh")


@pytest.mark.parametrize("period", ["2018", "2018-H1", "2018-01", "2018..2019", "2018-Q9", ""])
@pytest.mark.parametrize("on", [True, False])
def test_a_period_in_which_the_form_has_no_report_is_not_closed(
    ws: Workspace, period: str, on: bool
) -> None:
    before = ws.store.version
    with pytest.raises(UnknownName, match="period"):
        ws.submissions.lock_period("s.q", period, on, by="duyet")
    assert ws.store.version == before
