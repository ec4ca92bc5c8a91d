"""A board of more than 60 rows tells the units below by numbers; where reports stand follows the store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nqcore.clock import clock_at
from nqcore.collection.monitoring import board
from nqcore.model.report_status import ReportStatus
from nqcore.model.submissions import SubmissionState
from tests.support.small import NOON, PERIOD, Now, accepted, found, full, plugin, reopen


@pytest.fixture
def ws(tmp_path):
    with found(tmp_path / "ws", Now(NOON)) as ws:
        yield ws


def test_small_boards_have_every_unit_in_a_row(ws):
    assert ws.monitoring.board("s.q").subtrees == ()


def test_many_units_are_told_by_the_unit_they_stand_under(ws, monkeypatch: pytest.MonkeyPatch):
    accepted(ws, "xa-a", A1="3")
    whole = ws.monitoring.board("s.q", period=PERIOD)
    monkeypatch.setattr(board, "MAX_ROWS", 3)
    folded = ws.monitoring.board("s.q", period=PERIOD)
    assert {one.unit.code for one in folded.subtrees} == {"xa-a", "xa-b"}
    for nth in range(len(whole.periods)):
        assert folded.rate(nth) == whole.rate(nth)
    today = ws.today + timedelta(days=400)
    assert whole.overdue(today) > 0
    assert folded.overdue(ws.today) == whole.overdue(ws.today)
    assert folded.overdue(ws.today) == sum(
        folded.overdue_in(nth, ws.today) for nth in range(len(folded.periods))
    )
    counted = sum(one.current.get(SubmissionState.ACCEPTED, 0) for one in folded.subtrees)
    rows = [cells[-1] for group in whole.groups for _unit, cells in group.rows]
    assert (
        counted
        == sum(cell is not None and cell.state is SubmissionState.ACCEPTED for cell in rows)
        == 1
    )


def test_a_board_in_numbers_counts_extensions_as_a_board_in_rows_does(ws, monkeypatch):
    ws.submissions.extend_deadline("dn-3", "s.q", PERIOD, date(2018, 4, 20), "bão", by="duyet")
    for day in (date(2018, 4, 10), date(2018, 4, 20), date(2018, 4, 21)):
        monkeypatch.setattr(ws.submissions.repository, "clock", clock_at(day))
        whole = ws.monitoring.board("s.q", period=PERIOD, count=1)
        with monkeypatch.context() as few:
            few.setattr(board, "MAX_ROWS", 1)
            folded = ws.monitoring.board("s.q", period=PERIOD, count=1)
        assert folded.subtrees
        assert folded.overdue(day) == whole.overdue(day), day


def test_where_reports_stand_follows_other_processes(ws, tmp_path):
    assert ws.submissions.repository.ids(SubmissionState.SENT) == ()
    with reopen(tmp_path / "ws", Now(NOON)) as other:
        draft = other.save_draft("xa-a", "s.q", PERIOD, full("xa-a"), by="lan")
        other.send(draft, by="lan")
        ws.store.refresh()
        assert ws.submissions.repository.ids(SubmissionState.SENT) == (draft.submission,)
        assert ws.monitoring.count_waiting("duyet") == 1
        other.return_(draft, reason="Sửa", by="duyet")
        ws.store.refresh()
        assert ws.submissions.repository.ids(SubmissionState.SENT) == ()
        assert ws.submissions.repository.ids(SubmissionState.RETURNED) == (draft.submission,)
        newest = ws.submissions.repository.revision(draft.submission)
        assert newest is not None
        assert newest == other.submissions.repository.revision(draft.submission)
        assert ws.monitoring.count_waiting("duyet") == 0


OVERLAY = """
[[overlay]]
id = "o"
form = "s.q"
within = "top"
since = 2017-01-01
basis = "Công văn số 3"
[overlay.set]
due = { day = 7, months_after = 1 }
"""


def test_the_deadline_of_a_board_is_that_of_its_units(tmp_path):
    with found(tmp_path / "ws", Now(NOON), plugin("nq_over", OVERLAY)) as ws:
        assert ws.monitoring.board("s.q", period=PERIOD).due == date(2018, 4, 7)
        assert ws.submissions.obligation("xa-a", "s.q", PERIOD).due == date(2018, 4, 7)
    with reopen(tmp_path / "ws", Now(NOON)) as ws:
        assert ws.monitoring.board("s.q", period=PERIOD).due == date(2018, 4, 10)


def test_a_unit_that_was_not_there_is_not_said_to_be_exempt(ws):
    ws.submissions.repository.clock = clock_at(date(2018, 8, 20))
    found = ws.monitoring.board("s.q", period="2018-Q3", count=8)
    codes = [one.code for one in found.periods]
    rows = {unit.code: (unit, cells) for group in found.groups for unit, cells in group.rows}

    def status(unit: str, period: str) -> ReportStatus:
        nth = codes.index(period)
        row, cells = rows[unit]
        return found.status(row, nth, cells[nth], date(2018, 8, 20)).status

    assert status("dn-1", "2017-Q4") is ReportStatus.NOT_FOUNDED
    assert status("dn-1", "2018-Q1") is ReportStatus.OVERDUE
    assert status("dn-2", "2018-Q1") is ReportStatus.UNDECIDED
    assert status("dn-2", "2018-Q2") is ReportStatus.GONE


def test_a_time_before_any_unit_was_there_has_no_column(ws):
    ws.submissions.repository.clock = clock_at(date(2018, 8, 20))
    found = ws.monitoring.board("s.q", root="dn-1", period="2018-Q3", count=8)
    assert [one.code for one in found.periods] == ["2018-Q1", "2018-Q2"]
