"""The whole life of a submission through the workspace: who may do what, and what then counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nqcore.collection.accounts.access import Role
from nqcore.collection.submissions.workflow import ReasonMissing, RefusedSubmission
from nqcore.errors import Conflict, NotAllowed, NqError, StateError, UnknownName
from nqcore.model.report_status import ReportStatus, report_status, working_day_after
from nqcore.model.submissions import Revision, Step, SubmissionState
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, PERIOD, Now, accepted, found, full, reopen

ID = f"{PERIOD}_s.q_xa-a"


def drafted(ws: Workspace, **given: object) -> Revision:
    return ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", **given), by="lan")


def value(ws: Workspace) -> Decimal | None:
    """The figure that the report of xa-a is about, as it counts now."""
    return ws.figure("A1", PERIOD, "xa-a", own=True).value


STEPS: dict[str, Callable[[Workspace], Revision]] = {
    "save": drafted,
    "send": lambda ws: ws.send(ID, by="lan"),
    "withdraw": lambda ws: ws.withdraw(ID, by="lan"),
    "return": lambda ws: ws.return_(ID, reason="sửa", by="duyet"),
    "accept": lambda ws: ws.accept(ID, by="duyet"),
    "reopen": lambda ws: ws.reopen(ID, reason="sửa", by="duyet"),
    "exclude": lambda ws: ws.submissions.exclude(ID, reason="trùng", by="duyet"),
}


def test_a_report_lives_from_draft_to_accepted_and_back_and_every_step_is_kept(
    ws: Workspace,
) -> None:
    walk = [
        "save",
        "send",
        "withdraw",
        "save",
        "send",
        "return",
        "save",
        "send",
        "accept",
        "reopen",
        "save",
        "send",
        "accept",
    ]
    states = [STEPS[step](ws).state.value for step in walk]
    assert states == [
        "draft",
        "sent",
        "withdrawn",
        "withdrawn",
        "sent",
        "returned",
        "returned",
        "sent",
        "accepted",
        "reopened",
        "reopened",
        "sent",
        "accepted",
    ]
    chain = ws.submissions.revisions(ID)
    assert [r.number for r in chain] == list(range(1, 14))
    assert [r.step.value for r in chain] == walk
    assert [r.state.value for r in chain] == states
    assert {r.by for r in chain if r.step in (Step.SAVE, Step.SEND, Step.WITHDRAW)} == {"lan"}
    assert {r.by for r in chain if r.step in (Step.RETURN, Step.ACCEPT, Step.REOPEN)} == {"duyet"}
    assert ws.verify().ok


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(st.sampled_from(list(STEPS)), min_size=1, max_size=12))
def test_whatever_is_tried_only_accepted_reports_count_and_refused_steps_leave_no_trace(
    tmp_path_factory: pytest.TempPathFactory, walk: list[str]
) -> None:
    with found(tmp_path_factory.mktemp("walk") / "ws") as ws:
        for step in walk:
            version, before = (
                ws.store.version,
                ws.submissions.obligation("xa-a", "s.q", PERIOD).revision,
            )
            try:
                STEPS[step](ws)
            except (StateError, RefusedSubmission):
                assert ws.store.version == version
                assert ws.submissions.obligation("xa-a", "s.q", PERIOD).revision == before
            state = ws.submissions.obligation("xa-a", "s.q", PERIOD).state
            assert value(ws) == (1 if state is SubmissionState.ACCEPTED else None)


@pytest.mark.parametrize("last", ["save", "send", "withdraw", "return", "reopen", "exclude"])
def test_only_an_accepted_report_counts(ws: Workspace, last: str) -> None:
    ways = {
        "save": "save",
        "send": "save send",
        "withdraw": "save send withdraw",
        "return": "save send return",
        "reopen": "save send accept reopen",
        "exclude": "save send accept exclude",
    }
    for step in ways[last].split():
        STEPS[step](ws)
    figure = ws.figure("A1", PERIOD, "xa-a", own=True)
    assert figure.value is None
    assert figure.coverage.missing_units == ("xa-a",)
    if last in ("reopen", "exclude"):
        for step in ["send"] if last == "reopen" else ["reopen", "send"]:
            STEPS[step](ws)
        STEPS["accept"](ws)
        assert value(ws) == 1


def test_a_corrected_report_counts_with_its_new_figures_only(ws: Workspace) -> None:
    accepted(ws, "xa-a", A1="5")
    ws.reopen(ID, reason="sai", by="duyet")
    assert value(ws) is None
    accepted(ws, "xa-a", A1="7")
    assert value(ws) == 7
    assert [r.answers["A1"] for r in ws.submissions.revisions(ID) if r.step is Step.ACCEPT] == [
        5,
        7,
    ]


# -- who may ------------------------------------------------------------------------------------

UNITS = ["top", "xa-a", "dn-2", "xa-b"]
# Which steps a role over xa-a may take for the report of each unit: written from ux.md and house.md.
ENTERS = {"save", "send", "withdraw"}
REVIEWS = {"return", "accept", "reopen", "exclude"}
MAY = {
    "enter": ENTERS,
    "lead": ENTERS,
    "review": ENTERS | REVIEWS,
    "watch": set(),
    "write": set(),
    "admin": set(),
    "inspect": set(),
}
FOR_UNIT: dict[str, Callable[[Workspace, str, str], object]] = {
    "save": lambda ws, id, by: ws.save_draft(id.split("_")[2], "s.q", PERIOD, {"A1": "9"}, by=by),
    "send": lambda ws, id, by: ws.send(id, by=by),
    "withdraw": lambda ws, id, by: ws.withdraw(id, by=by),
    "return": lambda ws, id, by: ws.return_(id, reason="sửa", by=by),
    "accept": lambda ws, id, by: ws.accept(id, by=by),
    "reopen": lambda ws, id, by: ws.reopen(id, reason="sửa", by=by),
    "exclude": lambda ws, id, by: ws.submissions.exclude(id, reason="trùng", by=by),
}
READY = {"save": "", "send": "save", "withdraw": "save send", "reopen": "save send accept"}


@pytest.mark.parametrize("step", FOR_UNIT)
@pytest.mark.parametrize("role", MAY)
def test_each_role_takes_its_own_steps_within_its_own_subtree_and_no_others(
    ws: Workspace, role: str, step: str
) -> None:
    ws.accounts.add("ai", "Ai", "xa-a", [Role(role)], units=ws.units, by="test", at=NOON)
    ws.accounts.add("khoa", "Khóa", "xa-a", [Role(role)], units=ws.units, by="test", at=NOON)
    ws.accounts.lock("khoa", by="test", at=NOON)
    for unit in ("xa-a", "dn-2", "xa-b"):
        id = f"{PERIOD}_s.q_{unit}"
        for before in READY.get(step, "save send").split():
            if before == "save":
                ws.save_draft(unit, "s.q", PERIOD, full(unit), by="duyet")
            else:
                FOR_UNIT[before](ws, id, "duyet")
        for login in ("khoa", "ai"):
            allowed = login == "ai" and unit != "xa-b" and step in MAY[role]
            version = ws.store.version
            if allowed:
                FOR_UNIT[step](ws, id, login)
                assert ws.store.version == version + 1
            else:
                with pytest.raises(NotAllowed) as refused:
                    FOR_UNIT[step](ws, id, login)
                assert unit in str(refused.value)
                assert ws.store.version == version


def test_nobody_writes_under_a_name_that_is_no_account(ws: Workspace) -> None:
    with pytest.raises(UnknownName, match="There is no account “ma”"):
        ws.save_draft("xa-a", "s.q", PERIOD, {}, by="ma")


def test_an_account_that_was_locked_meanwhile_is_refused_even_if_it_is_held_in_hand(
    ws: Workspace,
) -> None:
    account = ws.account("lan")
    ws.accounts.lock("lan", by="test", at=NOON)
    with pytest.raises(NotAllowed):
        ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a"), by=account)


def test_who_fills_in_for_another_unit_is_marked(ws: Workspace) -> None:
    assert not drafted(ws).on_behalf
    office = ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b"), by="duyet")
    assert office.on_behalf
    assert ws.send(office, by="duyet").on_behalf
    assert not ws.accept(office, by="duyet").on_behalf


# -- two at once ---------------------------------------------------------------------------------


def test_who_saves_over_somebody_else_s_version_is_told_and_nothing_is_overwritten(
    ws: Workspace,
) -> None:
    first = drafted(ws, A1="1")
    theirs = ws.save_draft(
        "xa-a",
        "s.q",
        PERIOD,
        full("xa-a", A1="2"),
        by="duyet",
        base=first.number,
        reason="theo điện thoại",
    )
    with pytest.raises(Conflict) as refused:
        ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", A1="3"), by="lan", base=first.number)
    assert refused.value.params == {"who": "duyet", "now": theirs.number, "yours": first.number}
    assert ws.submissions.revisions(ID)[-1].answers["A1"] == 2
    for step in (
        lambda: ws.send(ID, by="lan", base=first.number),
        lambda: ws.save_draft("xa-a", "s.q", PERIOD, {}, by="lan", base=0),
    ):
        with pytest.raises(Conflict):
            step()
    assert ws.send(ID, by="lan", base=theirs.number).state is SubmissionState.SENT


def test_a_reviewer_accepts_or_returns_only_what_was_looked_at(ws: Workspace) -> None:
    drafted(ws)
    seen = ws.send(ID, by="lan")
    ws.withdraw(ID, by="lan")
    ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", A1="9"), by="lan")
    ws.send(ID, by="lan")
    for step in (
        lambda: ws.accept(ID, by="duyet", base=seen.number),
        lambda: ws.return_(ID, reason="sửa", by="duyet", base=seen.number),
    ):
        with pytest.raises(Conflict):
            step()
    assert ws.submissions.obligation("xa-a", "s.q", PERIOD).state is SubmissionState.SENT


Based = Callable[[Workspace, int], Revision]
ON_WHAT_WAS_SEEN: dict[str, tuple[str, Based]] = {
    "withdraw": ("save send", lambda ws, base: ws.withdraw(ID, by="lan", base=base)),
    "hand back": (
        "save present",
        lambda ws, base: ws.submissions.hand_back(ID, reason="sửa", by="duyet", base=base),
    ),
    "reopen": (
        "save send accept",
        lambda ws, base: ws.reopen(ID, reason="sửa", by="duyet", base=base),
    ),
    "exclude": (
        "save send accept",
        lambda ws, base: ws.submissions.exclude(ID, reason="trùng", by="duyet", base=base),
    ),
}


@pytest.mark.parametrize("step", ON_WHAT_WAS_SEEN)
def test_a_step_on_an_earlier_revision_than_the_newest_is_refused_and_pressed_twice_it_is_one(
    ws: Workspace, step: str
) -> None:
    before, take = ON_WHAT_WAS_SEEN[step]
    steps = {**STEPS, "present": lambda ws: ws.submissions.present(ID, by="lan")}
    seen = [steps[each](ws) for each in before.split()][-1]
    if take(ws, seen.number).state is SubmissionState.EXCLUDED:
        steps["reopen"](ws)
    again = [steps[each](ws) for each in before.split()][-1]
    head = ws.store.head
    with pytest.raises(Conflict):
        take(ws, seen.number)
    assert ws.store.head == head
    taken = take(ws, again.number)
    assert take(ws, again.number).number == taken.number


# -- words, lateness, receipts -------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_return_a_reopening_and_an_exclusion_need_words(ws: Workspace, reason: str) -> None:
    drafted(ws)
    ws.send(ID, by="lan")
    for step in (
        lambda: ws.return_(ID, reason=reason, remarks={"A1": reason}, by="duyet"),
        lambda: ws.submissions.exclude(ID, reason=reason, by="duyet"),
        lambda: ws.reopen(ID, reason=reason, by="duyet"),
    ):
        with pytest.raises(ReasonMissing):
            step()
    assert ws.submissions.obligation("xa-a", "s.q", PERIOD).state is SubmissionState.SENT


@pytest.mark.parametrize("key", ["Z9", "a1", " ", "s.q"])
def test_a_remark_on_no_field_of_the_form_is_refused(ws: Workspace, key: str) -> None:
    drafted(ws)
    ws.send(ID, by="lan")
    with pytest.raises(UnknownName, match="A1"):
        ws.return_(ID, remarks={key: "thiếu"}, by="duyet")
    assert ws.submissions.find(ID).state is SubmissionState.SENT


def test_remarks_stay_with_the_report_until_it_has_been_judged_again(ws: Workspace) -> None:
    drafted(ws)
    ws.send(ID, by="lan")
    back = ws.return_(
        ID,
        remarks={"A1": " thiếu ", "": "xem lại", "K1": " "},
        resend_by=date(2018, 4, 20),
        by="duyet",
    )
    assert back.remarks == {"A1": "thiếu", "": "xem lại"}
    drafted(ws, A1="2")
    again = ws.send(ID, by="lan")
    assert (again.remarks, again.resend_by) == (back.remarks, date(2018, 4, 20))
    assert ws.entry.sheet(ID).remark == "xem lại"
    assert ws.entry.sheet(ID).rows[0].remark == "thiếu"
    done = ws.accept(ID, by="duyet")
    assert (done.remarks, done.resend_by) == ({}, None)


def test_lateness_is_measured_at_the_first_sending_whatever_comes_after(
    ws: Workspace, now: Now
) -> None:
    now.on("2018-04-12")
    drafted(ws)
    ws.send(ID, by="lan")
    now.on("2018-05-30")
    ws.return_(ID, reason="sửa", by="duyet")
    drafted(ws)
    ws.send(ID, by="lan")
    obligation = ws.submissions.obligation("xa-a", "s.q", PERIOD)
    assert obligation.due == date(2018, 4, 10)
    assert obligation.days_late() == 2
    assert report_status(obligation, now().date()) == (ReportStatus.SENT, 2)


def test_every_sending_has_a_receipt_that_finds_its_record(ws: Workspace) -> None:
    drafted(ws)
    sent = ws.send(ID, by="lan")
    assert sent.receipt == f"2018Q1-{ws.store.version:04}"
    record = ws.store.record(int(sent.receipt.split("-")[1]))
    assert (record.do, record.by) == ("send", "lan")
    assert record.docs["revisions"][f"{ID}#{sent.number}"]["receipt"] == sent.receipt
    ws.withdraw(ID, by="lan")
    again = ws.send(ID, by="lan")
    assert again.receipt != sent.receipt
    assert ws.accept(ID, by="duyet").receipt == again.receipt


def test_a_reopened_workspace_knows_everything_again(ws: Workspace) -> None:
    accepted(
        ws,
        "xa-a",
        A1="5",
        N1="ghi chú",
        K1=["chu"],
        **{"VB1.number": "1-KH", "VB1.date": "1/3/2018"},
    )
    chain = ws.submissions.revisions(ID)
    ws.close()
    with reopen(ws.folder) as again:
        assert again.submissions.revisions(ID) == chain
        assert value(again) == 5
        assert [a.login for a in again.accounts.all()] == sorted(
            ["duyet", "lan", "binh", "mot", "hai", "ba"]
        )


# -- how it stands, and the lists ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "day", "stands"),
    [
        ("", "2018-04-10", (ReportStatus.EMPTY, 0)),
        ("", "2018-04-11", (ReportStatus.OVERDUE, 1)),
        ("save", "2018-04-10", (ReportStatus.DRAFT, 0)),
        ("save", "2018-04-15", (ReportStatus.OVERDUE, 5)),
        ("save send", "2018-05-01", (ReportStatus.SENT, 0)),
        ("save send withdraw", "2018-04-10", (ReportStatus.DRAFT, 0)),
        ("save send withdraw", "2018-04-11", (ReportStatus.OVERDUE, 1)),
        ("save send return", "2018-05-01", (ReportStatus.RETURNED, 0)),
        ("save send accept", "2018-05-01", (ReportStatus.ACCEPTED, 0)),
        ("save send accept reopen", "2018-05-01", (ReportStatus.RETURNED, 0)),
        ("save send exclude", "2018-05-01", (ReportStatus.EXCLUDED, 0)),
    ],
)
def test_how_a_report_stands_on_a_day_is_one_word(
    ws: Workspace, steps: str, day: str, stands: tuple[ReportStatus, int]
) -> None:
    for step in steps.split():
        STEPS[step](ws)
    assert (
        report_status(ws.submissions.obligation("xa-a", "s.q", PERIOD), date.fromisoformat(day))
        == stands
    )
    assert report_status(None, date.fromisoformat(day)) == (ReportStatus.EXEMPT, 0)


def test_the_list_of_work_holds_what_the_own_unit_owes_returned_first_then_by_deadline(
    ws: Workspace, now: Now
) -> None:
    drafted(ws)
    ws.send(ID, by="lan")
    ws.return_(ID, reason="sửa", by="duyet")
    listed = [(o.period.code, o.state) for o in ws.monitoring.worklist("lan")]
    assert listed[0] == (PERIOD, SubmissionState.RETURNED)
    assert [code for code, _ in listed[1:]] == ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"]
    assert ws.monitoring.worklist("duyet") == ()
    now.on("2018-05-31")
    assert "2018-Q2" in [o.period.code for o in ws.monitoring.worklist("lan")]


def test_the_queue_holds_what_waits_for_this_reviewer_oldest_sending_first(
    ws: Workspace, now: Now
) -> None:
    for minute, unit in enumerate(["xa-b", "dn-2", "xa-a"]):
        now.moment = NOON + timedelta(minutes=minute)
        ws.send(ws.save_draft(unit, "s.q", PERIOD, full(unit), by="duyet"), by="duyet")
    accepted(ws, "dn-3")
    ws.accounts.add("xa", "Xã", "xa-a", [Role.APPROVE], units=ws.units, by="test", at=NOON)
    assert [o.unit for o in ws.monitoring.queue("duyet")] == ["xa-b", "dn-2", "xa-a"]
    assert [o.unit for o in ws.monitoring.queue("xa")] == ["dn-2", "xa-a"]
    assert ws.monitoring.queue("lan") == ()


def test_the_board_shows_units_by_periods_and_marks_what_is_not_required(ws: Workspace) -> None:
    accepted(ws, "xa-a")
    board = ws.monitoring.board("s.q", count=2)
    assert [p.code for p in board.periods] == ["2017-Q4", PERIOD]
    rows = {unit.code: cells for group in board.groups for unit, cells in group.rows}
    assert {code: [c and c.state for c in cells] for code, cells in rows.items()} == {
        "xa-a": [None, SubmissionState.ACCEPTED],
        "xa-b": [None, None],
        "dn-1": [None, None],
        "dn-2": [None, None],
        "dn-3": [None, None],
    }
    assert rows["dn-1"][0] is None
    assert rows["dn-1"][1] is not None
    assert board.rate(0) == (0, 4)
    assert board.rate(1) == (1, 5)
    current = [cells[-1] for cells in rows.values() if cells[-1] is not None]
    assert [o.unit for o in current if o.state is SubmissionState.ACCEPTED] == ["xa-a"]
    assert {u.code for g in ws.monitoring.board("s.q", "xa-b").groups for u, _ in g.rows} == {
        "xa-b",
        "dn-3",
    }


@pytest.mark.parametrize(
    "id", ["", "x", "2018-Q1", "2018-Q1_s.q", "2018-Q1_s.q_nobody", "2018-Q1_z_xa-a", "Q9_s.q_xa-a"]
)
def test_an_id_that_names_no_report_is_an_unknown_name(ws: Workspace, id: str) -> None:
    for read in (ws.submissions.revisions, ws.entry.sheet):
        with pytest.raises(UnknownName):
            read(id)


def test_working_days_skip_the_week_end() -> None:
    friday = date(2018, 10, 5)
    assert working_day_after(friday, 1) == date(2018, 10, 8)
    assert working_day_after(friday, 5) == date(2018, 10, 12)
    assert working_day_after(friday, 6) == date(2018, 10, 15)
    assert working_day_after(friday, 0) == friday


# -- people --------------------------------------------------------------------------------------


def test_a_link_opens_an_account_once_and_for_72_hours(ws: Workspace, now: Now) -> None:
    link = ws.accounts.link("lan", by="test", at=now())
    late = ws.accounts.link("mot", by="test", at=now())
    assert link.token not in str(ws.store.table("links").all())
    assert ws.accounts.open_link(link.token, at=now() + timedelta(hours=72)).login == "lan"
    for token, at in (
        (link.token, now()),
        (late.token, now() + timedelta(hours=72, microseconds=1)),
        ("x", now()),
    ):
        with pytest.raises(NqError, match="used or is over"):
            ws.accounts.open_link(token, at=at)


def test_a_locked_account_opens_by_no_link_and_no_password(ws: Workspace, now: Now) -> None:
    ws.accounts.set_password("lan", "mật khẩu dài", by="test", at=now())
    link = ws.accounts.link("lan", by="test", at=now())
    assert ws.accounts.sign_in("lan", "mật khẩu dài") is not None
    ws.accounts.lock("lan", by="test", at=now())
    assert ws.accounts.sign_in("lan", "mật khẩu dài") is None
    with pytest.raises(NqError, match="used or is over"):
        ws.accounts.open_link(link.token, at=now())


def test_a_password_signs_in_its_own_account_only_and_a_new_one_ends_the_old_epoch(
    ws: Workspace, now: Now
) -> None:
    before = ws.account("lan").session_epoch
    ws.accounts.set_password("lan", "mật khẩu dài", by="test", at=now())
    account = ws.accounts.sign_in("lan", "mật khẩu dài")
    assert account is not None
    assert account.session_epoch == before + 1
    assert "mật khẩu" not in str(ws.store.table("accounts").all())
    for login, password in (
        ("lan", "mật khẩu dài "),
        ("binh", "mật khẩu dài"),
        ("binh", ""),
        ("ma", "x"),
        ("lan", "x" * 2000),
    ):
        assert ws.accounts.sign_in(login, password) is None


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1025])
def test_a_password_has_8_to_1024_characters(ws: Workspace, now: Now, password: str) -> None:
    with pytest.raises(NqError, match="8 to 1024"):
        ws.accounts.set_password("lan", password, by="test", at=now())


def test_a_login_is_given_once_and_to_a_unit_that_exists(ws: Workspace, now: Now) -> None:
    with pytest.raises(NqError, match="already an account “lan”"):
        ws.accounts.add("lan", "x", "xa-a", [Role.ENTER], units=ws.units, by="test", at=now())
    with pytest.raises(UnknownName):
        ws.accounts.add("moi", "x", "nobody", [Role.ENTER], units=ws.units, by="test", at=now())
    with pytest.raises(UnknownName):
        ws.accounts.lock("ma", by="test", at=now())
