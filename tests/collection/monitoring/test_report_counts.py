"""One count of reports: each in one group, by the status that boards and lists show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.monitoring.report_counts import ReportCounts, count_reports
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.model.submissions import SubmissionId
from nqcore.workspace.facade import Workspace
from tests.support.small import CLERK, PERIOD, Now, accepted, found, full

UNITS = ("xa-a", "xa-b", "dn-1", "dn-2", "dn-3")
DUE = date(2018, 4, 10)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with found(tmp_path / "ws", Now()) as ws:
        yield ws


def sent(ws: Workspace, unit: str) -> str:
    draft = ws.save_draft(unit, "s.q", PERIOD, full(unit), by=CLERK[unit])
    return ws.send(draft, by=CLERK[unit]).submission


def count(ws: Workspace, day: date) -> ReportCounts:
    form = ws.catalogue.form("s.q")
    period = ws.obligations.period(form, PERIOD)
    return count_reports(ws.submissions.repository, [(form, period, UNITS)], day)


def groups(counts: ReportCounts) -> dict[str, tuple[str, ...]]:
    names = ("accepted", "waiting", "returned", "excluded", "past_due", "not_yet_due", "ended")
    return {name: counts.units(name) for name in names if counts.units(name)}


def test_each_report_is_in_one_group(ws: Workspace) -> None:
    accepted(ws, "xa-a")
    sent(ws, "xa-b")
    ws.return_(sent(ws, "dn-1"), reason="Sửa", by="duyet")
    ws.submissions.exclude(sent(ws, "dn-2"), reason="Không tính", by="duyet")
    known = {"accepted": ("xa-a",), "waiting": ("xa-b",)}
    known |= {"returned": ("dn-1",), "excluded": ("dn-2",)}
    assert groups(count(ws, DUE)) == known | {"not_yet_due": ("dn-3",)}
    late = count(ws, date(2018, 4, 11))
    assert groups(late) == known | {"past_due": ("dn-3",)}
    assert set(late.due) == {SubmissionId(PERIOD, "s.q", unit) for unit in UNITS}
    assert len(late.due) == 5


@pytest.mark.parametrize("step", ["nothing", "draft", "withdrawn"])
def test_what_was_not_sent_is_late_only_after_its_deadline_with_the_extension(
    ws: Workspace, step: str
) -> None:
    if step == "draft":
        ws.save_draft("dn-3", "s.q", PERIOD, full("dn-3"), by="ba")
    if step == "withdrawn":
        ws.withdraw(sent(ws, "dn-3"), by="ba")
    ws.submissions.extend_deadline("dn-3", "s.q", PERIOD, date(2018, 4, 20), "bão", by="duyet")
    assert "dn-3" in count(ws, date(2018, 4, 20)).units("not_yet_due")
    assert "dn-3" in count(ws, date(2018, 4, 21)).units("past_due")


def test_the_board_counts_the_same(ws: Workspace) -> None:
    accepted(ws, "xa-a")
    sent(ws, "xa-b")
    for day in (DUE, date(2018, 4, 11), date(2019, 1, 1)):
        board = ws.monitoring.board("s.q", period=PERIOD, count=1)
        counts = count(ws, day)
        assert board.overdue(day) == len(counts.past_due)
        assert board.rate(0) == (len(counts.accepted) + len(counts.waiting), len(counts.due))
        statuses = [
            report_status(ws.submissions.obligation(unit, "s.q", PERIOD), day).status
            for unit in UNITS
        ]
        assert statuses.count(ReportStatus.OVERDUE) == len(counts.past_due)
