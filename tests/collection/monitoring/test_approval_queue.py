"""The approval queue: in what order it is, what in it needs a look, and what is accepted together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.submissions import SubmissionState
from tests.support.small import CLERK, NOON, PERIOD, Now, accepted, found, full


@pytest.fixture
def now():
    return Now(NOON)


@pytest.fixture
def ws(tmp_path, now):
    with found(tmp_path / "ws", now) as ws:
        yield ws


def sent(ws, unit: str, period: str = PERIOD, **given: object) -> str:
    draft = ws.save_draft(unit, "s.q", period, full(unit, **given), by=CLERK[unit])
    return ws.send(draft, by=CLERK[unit]).submission


def state(ws, id: str) -> SubmissionState:
    return ws.submissions.repository.state(id)


def odd(ws, now: Now) -> str:
    """A report whose figure is far from the accepted one before it: it needs a look."""
    accepted(ws, "xa-b", "2017-Q4", A1="1")
    draft = ws.save_draft(
        "xa-b", "s.q", PERIOD, full("xa-b", A1="900"), by="binh", explanations={"A1": "Nhiều"}
    )
    return ws.send(draft, by="binh").submission


def test_the_oldest_sending_is_first_and_with_by_risk_the_one_with_most_points_to_check(ws, now):
    first = sent(ws, "xa-a")
    now.moment += timedelta(minutes=1)
    second = odd(ws, now)
    by_age = ws.monitoring.awaiting_approval("duyet")
    assert [one.obligation.submission for one in by_age] == [first, second]
    assert [one.routine for one in by_age] == [True, False]
    assert [one.points_to_check > 0 for one in by_age] == [False, True]
    by_risk = ws.monitoring.awaiting_approval("duyet", by_risk=True)
    assert [one.obligation.submission for one in by_risk] == [second, first]


def test_the_queue_counts_how_often_a_report_was_sent(ws):
    id = sent(ws, "xa-a")
    ws.return_(id, by="duyet", reason="Sửa")
    assert ws.monitoring.awaiting_approval("duyet") == ()
    sent(ws, "xa-a")
    (one,) = ws.monitoring.awaiting_approval("duyet")
    assert (one.times_sent, one.base) == (2, ws.submissions.repository.revision(id).number)


def test_the_queue_gives_at_most_as_many_as_asked_for_and_the_count_stays_whole(ws):
    for unit in ("xa-a", "xa-b", "dn-3"):
        sent(ws, unit)
    assert len(ws.monitoring.queue("duyet", 2)) == 2
    assert ws.monitoring.count_waiting("duyet") == len(ws.monitoring.queue("duyet")) == 3


def test_an_approver_of_one_form_does_not_see_the_reports_of_another(ws):
    sent(ws, "xa-a")
    for login, forms in (("mot-mau", ["khac"]), ("dung-mau", ["s.q"])):
        ws.accounts.add(
            login, login, "top", [Role.APPROVE], units=ws.units, by="test", at=NOON, forms=forms
        )
    assert ws.monitoring.count_waiting("mot-mau") == 0
    assert ws.monitoring.count_waiting("dung-mau") == 1


def test_only_what_needs_no_look_and_has_not_changed_is_accepted_together(ws, now):
    plain, unusual, changed = sent(ws, "xa-a"), odd(ws, now), sent(ws, "dn-3")
    seen = {one.obligation.submission: one.base for one in ws.monitoring.awaiting_approval("duyet")}
    ws.return_(changed, by="duyet", reason="Sửa")
    sent(ws, "dn-3", A1="2")
    done = ws.monitoring.accept_routine(seen, by="duyet")
    assert [one.submission for one in done.accepted] == [plain]
    assert {one.submission for one in done.skipped} == {unusual, changed}
    assert [state(ws, id) for id in (plain, unusual, changed)] == [
        SubmissionState.ACCEPTED,
        SubmissionState.SENT,
        SubmissionState.SENT,
    ]


def test_what_is_accepted_already_stays_accepted_and_what_is_no_report_is_an_error(ws):
    id = sent(ws, "xa-a")
    base = ws.submissions.repository.revision(id).number
    accepted = ws.accept(id, by="duyet").number
    done = ws.monitoring.accept_routine({id: base}, by="duyet")
    assert (done.skipped, [one.submission for one in done.accepted]) == ((), [id])
    assert ws.submissions.repository.revision(id).number == accepted, "it was accepted once"
    with pytest.raises(UnknownName):
        ws.monitoring.accept_routine({f"{PERIOD}_s.q_nowhere": 1}, by="duyet")
    with pytest.raises(NotAllowed):
        ws.monitoring.accept_routine({sent(ws, "xa-b"): 2}, by="lan")
