"""The debts: reports of every period that were not sent although their deadline is over, to the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.report.review_counts import count_of_review
from nqcore.collection.accounts.access import Role
from nqcore.collection.monitoring.report_counts import count_reports
from nqcore.workspace.facade import Workspace
from tests.support.small import CLERK, NOON, PERIOD, Now, accepted, found, full


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        yield ws


def owed(ws: Workspace, root: str = "top") -> dict[str, list[str]]:
    return {d.unit.code: [o.period.code for o in d.reports] for d in ws.monitoring.debts(root)}


def test_a_debt_begins_the_day_after_the_deadline_with_its_extension(
    ws: Workspace, now: Now
) -> None:
    ws.submissions.extend_deadline("dn-3", "s.q", PERIOD, date(2018, 4, 20), "bão", by="duyet")
    for day, late in (("2018-04-10", set()), ("2018-04-11", {"xa-a", "xa-b", "dn-1", "dn-2"})):
        now.on(day)
        assert {unit for unit, periods in owed(ws).items() if PERIOD in periods} == late
    now.on("2018-04-21")
    assert PERIOD in owed(ws)["dn-3"]


def test_debts_are_those_of_the_one_count_whatever_their_period(ws: Workspace, now: Now) -> None:
    accepted(ws, "xa-a")
    now.on("2019-11-02")
    form = ws.catalogue.form("s.q")
    periods = ws.obligations.current_periods(form, ws.today, 100)
    assert len(periods) > 6
    units = {p.code: sorted(ws.obligations.owing_codes(form, p)) for p in periods}
    counts = count_reports(
        ws.submissions.repository, [(form, p, units[p.code]) for p in periods], ws.today
    )
    debts = ws.monitoring.debts()
    assert {o.submission for d in debts for o in d.reports} == set(map(str, counts.past_due))
    assert PERIOD not in owed(ws)["xa-a"]
    assert "2017-Q1" in owed(ws)["xa-b"]
    for each in debts:
        ends = [o.period.end for o in each.reports]
        assert ends == sorted(ends, reverse=True)
    assert [d.oldest for d in debts] == sorted(d.oldest for d in debts)


def test_debts_are_those_under_the_unit_and_of_the_forms_that_are_asked(ws: Workspace) -> None:
    assert set(owed(ws, "xa-b")) == {"xa-b", "dn-3"}
    assert ws.monitoring.debts("xa-b", forms=()) == ()
    assert set(owed(ws)) >= {"xa-a", "xa-b", "dn-2", "dn-3"}


def test_a_unit_finds_its_debts_in_its_list_of_work_however_old_they_are(
    ws: Workspace, now: Now
) -> None:
    now.on("2019-11-02")
    periods = [o.period.code for o in ws.monitoring.worklist("binh")]
    assert len(periods) > 6
    assert "2017-Q1" in periods
    ws.accounts.add("qt", "qt", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON)
    ws.submissions.lock_period("s.q", "2017-Q1", True, by="qt")
    periods = [o.period.code for o in ws.monitoring.worklist("binh")]
    assert "2017-Q1" not in periods  # it can no longer be entered


def test_what_can_be_sent_no_more_is_no_debt_but_the_review_counts_it_as_not_sent(
    ws: Workspace,
) -> None:
    before = count_of_review(ws.reviews.review(directive="1-NQ/HU", period="2017"))
    ws.accounts.add("qt", "qt", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON)
    ws.accounts.add("vp", "vp", "top", [Role.APPROVE], units=ws.units, by="test", at=NOON)
    draft = ws.save_draft("xa-a", "s.q", "2017-Q2", full("xa-a"), by=CLERK["xa-a"])
    ws.submissions.lock_period("s.q", "2017-Q1", True, by="qt")
    ws.submissions.lock_period("s.q", "2017-Q2", True, by="qt")
    assert not {"2017-Q1", "2017-Q2"} & {p for periods in owed(ws).values() for p in periods}
    asked = {o.submission for one in ws.monitoring.unsettled_reports() for o in one.asked}
    assert draft.submission not in asked
    assert draft.submission not in {
        o.submission for o in ws.monitoring.remind(["xa-a"], by="duyet")
    }
    closed = {o.submission for o in ws.monitoring.closed_reports()}
    assert {f"2017-Q1_s.q_{unit}" for unit in ("xa-a", "xa-b")} <= closed
    assert draft.submission in closed
    board = ws.monitoring.board("s.q", period="2017-Q2", count=2)
    assert board.overdue(ws.today) == 0
    after = count_of_review(ws.reviews.review(directive="1-NQ/HU", period="2017"))
    assert after.missing == before.missing == before.units("past_due")
    ws.submissions.extend_deadline("xa-a", "s.q", "2017-Q2", ws.today, "bão", by="duyet")
    assert "2017-Q2" not in owed(ws)["xa-a"]  # it has time until today, and can be sent
    assert draft.submission not in {o.submission for o in ws.monitoring.closed_reports()}


def test_what_was_sent_and_returned_is_no_debt(ws: Workspace, now: Now) -> None:
    draft = ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b"), by="binh")
    ws.send(draft, by="binh")
    ws.return_(draft, by="duyet", reason="Sửa")
    now.on("2018-05-02")
    assert PERIOD not in owed(ws)["xa-b"]
    assert PERIOD in owed(ws)["xa-a"]
