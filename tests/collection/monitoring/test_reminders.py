"""*Đã nhắc*: who reminded which units of what, as a record; and that all counts of reports are one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.analysis.report.review_counts import count_of_review
from nqcore.cli.printing.submissions import status_line
from nqcore.collection.accounts.access import Role
from nqcore.errors import NotAllowed, UnknownName
from nqcore.workspace.facade import Workspace
from tests.support.small import CLERK, NOON, PERIOD, Now, accepted, found, full, reopen

UNITS = ("xa-a", "xa-b", "dn-1", "dn-2", "dn-3")
QUARTERS = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2")


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        yield ws


def sent(ws: Workspace, unit: str, period: str = PERIOD) -> str:
    draft = ws.save_draft(unit, "s.q", period, full(unit), by=CLERK[unit])
    return ws.send(draft, by=CLERK[unit]).submission


def test_of_a_unit_what_is_past_due_returned_and_waiting_stands_together_the_oldest_first(
    ws: Workspace, now: Now
) -> None:
    ws.return_(sent(ws, "xa-b", "2017-Q4"), reason="Sửa", by="duyet")
    waits = sent(ws, "xa-b", "2017-Q3")
    accepted(ws, "xa-b", "2017-Q2")
    now.on("2018-05-02")
    (one,) = (each for each in ws.monitoring.unsettled_reports("xa-b") if each.unit.code == "xa-b")
    assert [o.period.code for o in one.past_due] == ["2017-Q1", "2018-Q1"]
    assert [o.period.code for o in one.returned] == ["2017-Q4"]
    assert [str(id) for id in one.waiting] == [waits]
    assert one.asked == (*one.past_due, *one.returned)
    assert one.oldest == one.past_due[0].due


def test_a_unit_that_only_waits_for_approval_comes_last_and_one_with_nothing_not_at_all(
    ws: Workspace, now: Now
) -> None:
    for period in ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"):
        accepted(ws, "xa-b", period)
        accepted(ws, "dn-3", period)
    sent(ws, "xa-b")
    accepted(ws, "dn-3")
    now.on("2018-04-11")
    units = [each.unit.code for each in ws.monitoring.unsettled_reports()]
    assert units[-1] == "xa-b"
    assert "dn-3" not in units


def test_a_reminder_is_recorded_with_its_author_for_each_report_that_the_unit_is_to_send(
    ws: Workspace, now: Now
) -> None:
    returned = sent(ws, "xa-b", "2017-Q4")
    ws.return_(returned, reason="Sửa", by="duyet")
    before = ws.store.version
    done = ws.monitoring.remind(["xa-b", "xa-b"], by="duyet")
    assert {o.unit for o in done} == {"xa-b"}
    assert returned in {o.submission for o in done}
    for report in done:
        (one,) = ws.monitoring.reminders(report.submission)
        assert (one.by, one.at) == ("duyet", now())
    assert ws.store.version == before + 1
    record = ws.store.record(ws.store.version)
    assert (record.by, record.do, {*record.docs}) == ("duyet", "remind", {"reminders"})


def test_reminders_are_kept_one_after_the_other_and_over_a_restart(
    ws: Workspace, now: Now, tmp_path: Path
) -> None:
    first = now()
    (report, *_others) = ws.monitoring.remind(["xa-b"], by="duyet")
    now.on("2018-04-20")
    ws.monitoring.remind(["xa-b"], by="duyet")
    with reopen(tmp_path / "ws", now) as again:
        kept = again.monitoring.reminders(report.submission)
    assert [one.at for one in kept] == [first, now()]


def test_several_units_are_reminded_in_one_record_and_those_that_owe_nothing_are_passed_over(
    ws: Workspace,
) -> None:
    for period in QUARTERS[:4]:
        accepted(ws, "dn-3", period)
    before = ws.store.version
    done = ws.monitoring.remind(["xa-a", "dn-3", "xa-b"], by="duyet")
    assert {o.unit for o in done} == {"xa-a", "xa-b"}
    assert ws.store.version == before + 1
    assert ws.monitoring.remind(["dn-3"], by="duyet") == ()
    assert ws.monitoring.remind([], by="duyet") == ()
    assert ws.store.version == before + 1


@pytest.mark.parametrize("role", [Role.ENTER, Role.LEAD, Role.WATCH, Role.INSPECT, Role.ADMIN])
def test_only_who_approves_for_the_unit_records_that_it_was_reminded(
    ws: Workspace, role: Role
) -> None:
    ws.accounts.add("ai", "Ai", "top", [role], units=ws.units, by="test", at=NOON)
    ws.accounts.add("xa", "Xã", "xa-a", [Role.APPROVE], units=ws.units, by="test", at=NOON)
    before = ws.store.version
    for login, unit in (("ai", "xa-a"), ("xa", "xa-b"), ("xa", "top")):
        with pytest.raises(NotAllowed):
            ws.monitoring.remind(["xa-a", unit] if login == "xa" else [unit], by=login)
    with pytest.raises(UnknownName):
        ws.monitoring.remind(["xa-a", "khong-co"], by="duyet")
    assert ws.store.version == before
    assert ws.monitoring.remind(["xa-a"], by="xa")


def test_the_journal_says_of_each_unit_and_report_that_it_was_reminded(ws: Workspace) -> None:
    ws.accounts.add("kt", "Kiểm tra", "xa-a", [Role.INSPECT], units=ws.units, by="test", at=NOON)
    done = ws.monitoring.remind(["xa-a", "xa-b"], by="duyet")
    entry = next(e for e in ws.archive.audit_trail(by="kt").entries if e.do == "remind")
    assert entry.by == "duyet"
    assert entry.units == ("xa-a",)
    assert {*entry.reports} == {o.submission for o in done if o.unit == "xa-a"}


# -- one count everywhere ------------------------------------------------------------------------

STEPS = ("nothing", "draft", "sent", "returned", "accepted", "withdrawn", "excluded", "extended")
OFFICES = st.fixed_dictionaries(
    {},
    optional={
        (unit, period): st.sampled_from(STEPS)
        for unit in UNITS
        for period in QUARTERS[:5]
        if unit != "dn-1" or period == "2018-Q1"
    },
)


def walk(ws: Workspace, unit: str, period: str, step: str) -> None:
    if step == "extended":
        day = NOON.date().replace(month=12)
        ws.submissions.extend_deadline(unit, "s.q", period, day, "bão", by="duyet")
    if step in ("nothing", "extended"):
        return
    draft = ws.save_draft(unit, "s.q", period, full(unit), by=CLERK[unit])
    if step == "draft":
        return
    ws.send(draft, by=CLERK[unit])
    if step == "returned":
        ws.return_(draft, reason="Sửa", by="duyet")
    elif step == "accepted":
        ws.accept(draft, by="duyet")
    elif step == "withdrawn":
        ws.withdraw(draft, by=CLERK[unit])
    elif step == "excluded":
        ws.submissions.exclude(draft, reason="Không tính", by="duyet")


NTH = count()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(office=OFFICES, day=st.sampled_from(["2018-04-05", "2018-04-11", "2018-07-20"]))
def test_home_board_review_command_and_debts_count_the_same_in_any_office(
    tmp_path: Path, office: dict[tuple[str, str], str], day: str
) -> None:
    now = Now()
    with found(tmp_path / str(next(NTH)), now) as ws:
        for (unit, period), step in office.items():
            walk(ws, unit, period, step)
        now.on(day)
        unsettled = ws.monitoring.unsettled_reports()
        past_due = {o.submission for one in unsettled for o in one.past_due}
        returned = {o.submission for one in unsettled for o in one.returned}
        waiting = {str(id) for one in unsettled for id in one.waiting}
        # The debts that the home page and the reminder name.
        debts = ws.monitoring.debts()
        assert {o.submission for each in debts for o in each.reports} == past_due
        # The board, the current period and all others.
        board = ws.monitoring.board("s.q", count=100)
        assert board.overdue(ws.today) == len(past_due)
        # The command, period by period.
        for period in board.periods:
            line = str(status_line(ws, "s.q", period.code))
            late = sum(id.startswith(f"{period.code}_") for id in past_due)
            assert (f"{late} past due" in line) if late else ("past due" not in line)
        # The review of all these years.
        review = ws.reviews.review(directive="1-NQ/HU", period="2017..2018")
        counts = count_of_review(review)
        ended = {one.code for one in board.periods if one.end <= ws.today}
        for ids, group in ((past_due, "past_due"), (returned, "returned"), (waiting, "waiting")):
            of_review = {str(id) for id in getattr(counts, group)}
            assert of_review == {id for id in ids if id.partition("_")[0] in ended}
