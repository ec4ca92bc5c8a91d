"""One deadline for everybody: ordered by a document, never in the past, kept in the journal, undone."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.submissions.deadline_extensions import ExtensionForNoUnit, NotLater
from nqcore.collection.submissions.moved_deadlines import DeadlineOver, DeadlineWithoutBasis
from nqcore.collection.tables import DEADLINES
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, reopen

ASKED = ("s.q", "2018-Q1")


def dues(ws: Workspace) -> set[date | None]:
    return {one.due for one in ws.monitoring.due_reports(*ASKED)}


@pytest.fixture
def by(ws: Workspace) -> str:
    at = ws.clock()
    ws.accounts.add("qt", "QT", "top", [Role.ADMIN], units=ws.units, by="test", at=at)
    ws.accounts.add("qt-a", "QT", "xa-a", [Role.ADMIN], units=ws.units, by="test", at=at)
    return "qt"


@pytest.mark.parametrize("day", [date(2018, 4, 25), date(2018, 4, 6)])
def test_everybody_has_until_that_day_later_or_earlier(
    ws: Workspace, now: Now, by: str, day: date
) -> None:
    now.on("2018-04-05")
    ws.submissions.move_deadline(*ASKED, day, "Công văn 5-CV/HU", by=by)
    assert dues(ws) == {day}
    assert ws.obligations.period(ws.catalogue.form("s.q"), "2018-Q1").due == day
    assert ws.monitoring.board("s.q", period="2018-Q1", count=1).periods[-1].due == day
    rows = ws.monitoring.timetable(2018).forms[0].rows
    assert [group.day for group in rows[0].deadlines] == [day]
    now.on("2018-04-30")
    late = report_status(ws.submissions.obligation("xa-a", *ASKED), ws.today)
    assert late == (ReportStatus.OVERDUE, (date(2018, 4, 30) - day).days)
    again = reopen(ws.folder, now)
    with again:
        assert dues(again) == {day}
        moved = again.submissions.moved_deadline(*ASKED)
        assert moved is not None
        assert (moved.basis, moved.by) == ("Công văn 5-CV/HU", by)


def test_an_extension_of_one_report_still_gives_more_time(ws: Workspace, now: Now, by: str) -> None:
    now.on("2018-04-05")
    ws.submissions.move_deadline(*ASKED, date(2018, 4, 25), "CV", by=by)
    with pytest.raises(NotLater):
        ws.submissions.extend_deadline("xa-a", *ASKED, date(2018, 4, 20), "Mưa lũ", by=by)
    ws.submissions.extend_deadline("xa-a", *ASKED, date(2018, 4, 28), "Mưa lũ", by=by)
    assert ws.submissions.obligation("xa-a", *ASKED).due == date(2018, 4, 28)
    assert dues(ws) == {date(2018, 4, 25), date(2018, 4, 28)}


def test_it_is_taken_back_while_the_rule_is_to_come(ws: Workspace, now: Now, by: str) -> None:
    now.on("2018-04-05")
    before = dues(ws)
    ws.submissions.move_deadline(*ASKED, date(2018, 4, 25), "CV", by=by)
    ws.submissions.reset_deadline(*ASKED, by=by)
    assert dues(ws) == before
    ws.submissions.move_deadline(*ASKED, date(2018, 4, 25), "CV", by=by)
    now.on("2018-04-20")
    with pytest.raises(DeadlineOver):
        ws.submissions.reset_deadline(*ASKED, by=by)


def test_who_may_move_it_and_with_what(ws: Workspace, now: Now, by: str) -> None:
    now.on("2018-04-12")
    day = date(2018, 4, 25)
    with pytest.raises(DeadlineOver):
        ws.submissions.move_deadline(*ASKED, date(2018, 4, 11), "CV", by=by)
    with pytest.raises(DeadlineWithoutBasis):
        ws.submissions.move_deadline(*ASKED, day, " ", by=by)
    for login in ("lan", "duyet", "qt-a"):
        with pytest.raises(NotAllowed):
            ws.submissions.move_deadline(*ASKED, day, "CV", by=login)
    with pytest.raises(UnknownName):
        ws.submissions.move_deadline("s.q", "2018", day, "CV", by=by)
    assert not list(ws._state.store.table(DEADLINES))


def test_a_record_of_it_is_one_that_an_older_program_refuses(
    ws: Workspace, now: Now, by: str
) -> None:
    ws.submissions.move_deadline(*ASKED, date(2018, 4, 25), "CV", by=by)
    store = ws._state.store
    assert store.record(store.version).version == 2
    assert store.record(store.version).do == "move-deadline"


def test_several_units_get_more_time_in_one_record_or_none_does(
    ws: Workspace, now: Now, by: str
) -> None:
    now.on("2018-04-05")
    store, until = ws._state.store, date(2018, 4, 20)
    before = store.version
    given = ws.submissions.extend_deadlines(["xa-a", "xa-b"], *ASKED, until, "Lũ", by=by)
    assert [one.due for one in given] == [until, until]
    assert store.version == before + 1
    with pytest.raises(NotAllowed):
        ws.submissions.extend_deadlines(["dn-1", "xa-b"], *ASKED, until, "Lũ", by="qt-a")
    with pytest.raises(ExtensionForNoUnit):
        ws.submissions.extend_deadlines([], *ASKED, until, "Lũ", by=by)
    assert store.version == before + 1
