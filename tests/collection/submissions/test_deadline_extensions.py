"""Deadline extensions: given with a reason, kept in the journal, shown wherever a deadline is."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.accounts.access import Role
from nqcore.collection.submissions.deadline_extensions import ExtensionWithoutReason, NotLater
from nqcore.collection.submissions.repository import NotOwed
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.workspace.facade import Workspace
from tests.support.small import (
    NOON,
    Now,
    full,
    reopen,
)


def test_an_extension_is_the_deadline_from_then_on(ws: Workspace, now: Now) -> None:
    now.on("2018-04-12")
    assert report_status(ws.submissions.obligation("xa-a", "s.q", "2018-Q1"), ws.today) == (
        ReportStatus.OVERDUE,
        2,
    )
    given = ws.submissions.extend_deadline(
        "xa-a", "s.q", "2018-Q1", date(2018, 4, 20), "Lũ lụt", by="duyet"
    )
    assert given == ws.submissions.obligation("xa-a", "s.q", "2018-Q1")
    assert given.due == date(2018, 4, 20)
    assert given.extension is not None
    assert (given.extension.until, given.extension.reason, given.extension.by) == (
        date(2018, 4, 20),
        "Lũ lụt",
        "duyet",
    )
    assert report_status(given, ws.today).status is ReportStatus.EMPTY
    assert ws.submissions.obligation("xa-b", "s.q", "2018-Q1").due == date(2018, 4, 10)
    board = ws.monitoring.board("s.q", period="2018-Q1", count=1)
    cells = {unit.code: cells[0] for group in board.groups for unit, cells in group.rows}
    assert cells["xa-a"] == given


def test_lateness_is_measured_against_the_extension(ws: Workspace, now: Now) -> None:
    ws.submissions.extend_deadline(
        "xa-a", "s.q", "2018-Q1", date(2018, 4, 20), "Lũ lụt", by="duyet"
    )
    now.on("2018-04-19")
    sent = ws.send(ws.save_draft("xa-a", "s.q", "2018-Q1", full("xa-a"), by="lan"), by="lan")
    assert ws.submissions.obligation("xa-a", "s.q", "2018-Q1").days_late() == -1
    ws.submissions.extend_deadline(
        "xa-a", "s.q", "2018-Q1", date(2018, 4, 25), "Mất điện", by="duyet"
    )
    assert ws.entry.sheet(sent).obligation.days_late() == -6


def test_it_stands_in_the_journal_with_its_reason(ws: Workspace, now: Now, tmp_path: Path) -> None:
    ws.submissions.extend_deadline(
        "xa-a", "s.q", "2018-Q1", date(2018, 4, 20), " Lũ lụt ", by="duyet"
    )
    ws.submissions.extend_deadline(
        "xa-a", "s.q", "2018-Q1", date(2018, 4, 15), "Nhầm ngày", by="duyet"
    )
    entries = ws.store.history("extensions", "2018-Q1_s.q_xa-a")
    assert [(e.by, e.do, e.why) for e in entries] == [
        ("duyet", "extend", "Lũ lụt"),
        ("duyet", "extend", "Nhầm ngày"),
    ]
    ws.close()
    with reopen(tmp_path / "ws", now) as again:
        assert again.submissions.obligation("xa-a", "s.q", "2018-Q1").due == date(2018, 4, 15)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"by": "lan"}, NotAllowed),
        ({"by": "ma"}, UnknownName),
        ({"reason": "  "}, ExtensionWithoutReason),
        ({"until": date(2018, 4, 10)}, NotLater),
        ({"unit": "top"}, NotOwed),
        ({"unit": "xa-c"}, UnknownName),
        ({"form": "x"}, UnknownName),
        ({"period": "2018"}, NotOwed),
    ],
)
def test_what_cannot_be_extended_is_refused(
    ws: Workspace, change: dict[str, object], refused: type[Exception]
) -> None:
    given: dict[str, object] = {
        "unit": "xa-a",
        "form": "s.q",
        "period": "2018-Q1",
        "until": date(2018, 4, 20),
        "reason": "Lũ lụt",
        "by": "duyet",
    }
    with pytest.raises(refused):
        ws.submissions.extend_deadline(**(given | change))  # type: ignore[arg-type]
    assert ws.submissions.obligation("xa-a", "s.q", "2018-Q1").extension is None


def test_who_manages_a_unit_may_extend_and_who_manages_another_may_not(ws: Workspace) -> None:
    ws.accounts.add("qt", "qt", "xa-b", [Role.ADMIN], units=ws.units, by="test", at=NOON)
    late = date(2018, 4, 20)
    with pytest.raises(NotAllowed):
        ws.submissions.extend_deadline("xa-a", "s.q", "2018-Q1", late, "Lũ lụt", by="qt")
    assert (
        ws.submissions.extend_deadline("dn-3", "s.q", "2018-Q1", late, "Lũ lụt", by="qt").due
        == late
    )


def test_nq_extend_and_nq_status(tmp_path: Path, demo_folder: Path) -> None:
    folder = str(shutil.copytree(demo_folder, tmp_path / "demo"))

    def nq(*args: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, [*args, "-w", folder])
        return done.exit_code, done.output

    asked = ("--form", "res20.q", "--period", "2018-Q3")
    given = ("--unit", "xa-an-phu", "--until", "2018-10-20", "--reason", "Lũ lụt", "--by")
    code, said = nq("extend", *asked, *given, "vanphong")
    assert (code, said) == (0, "2018-Q3_res20.q_xa-an-phu: hạn 2018-10-20\n")
    rows = json.loads(nq("status", *asked, "--json")[1])
    extended = {row["unit"]: (row["due"], row["extension"]) for row in rows if row["extension"]}
    assert extended == {
        "xa-an-phu": (
            "2018-10-20",
            {"until": "2018-10-20", "reason": "Lũ lụt", "by": "vanphong"},
        )
    }
    assert "Lũ lụt (vanphong)" in nq("status", *asked)[1]
    assert nq("extend", *asked, *given, "lanhdao")[0] == 2
    assert nq("extend", *asked, *given[:-3], "--reason", " ", "--by", "vanphong")[0] == 2
