"""The profile of a unit: every value is the one that its own page shows, for any unit and any reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nqcore.analysis.unit_profile import AmongLike, UnitProfile
from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.errors import UnknownName
from nqcore.model.changes import ChangeEvent, ChangeKind
from nqcore.model.findings import FindingKind
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.report_status import ReportStatus
from nqcore.model.units import Unit, UnitKind
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, Now, accepted, found, plugin
from tests.support.unit_worlds import event

RULE = plugin(
    "nq_named",
    """
[pack]
id = "n"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[rule]]
id = "n.tien"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Kinh phí"
type = "answers"
field = "K1"
codes = ["tien"]
coverage = 1
[rule.sentences]
some = "{units} đơn vị thiếu kinh phí ({names})"
one = "{names} thiếu kinh phí"
[[rule]]
id = "n.A1"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "total"
indicators = ["s.A1"]
[rule.sentences]
some = "có {A1} hội nghị"
""",
)


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """On 20 April 2018 the reports of 2018-Q1 are accepted; `xa-a` lacks money, `dn-2` sent late."""
    with found(tmp_path / "ws", now, RULE) as ws:
        assert ws.faults == ()
        accepted(ws, "xa-a", "2017-Q4", A1="1")
        accepted(ws, "xa-a", A1="7", K1=("tien",))
        accepted(ws, "xa-b", A1="2")
        accepted(ws, "dn-1", A1="0")
        accepted(ws, "dn-3", A1="3")
        now.on("2018-04-20")
        accepted(ws, "dn-2", A1="4")
        yield ws


def of(found: UnitProfile, code: str) -> AmongLike | None:
    (figure,) = (
        one for part in found.figures for one in part.figures if one.row.indicator.code == code
    )
    return figure.among


def test_reports_are_counted_in_time_late_and_missing(ws: Workspace) -> None:
    (reports,) = ws.reviews.profile("xa-a").reports
    assert (reports.in_time, reports.late, reports.missing) == (1, 1, 3)
    assert [(one.period.code, status.status) for one, status in reports.newest] == [
        ("2017-Q1", ReportStatus.OVERDUE),
        ("2017-Q2", ReportStatus.OVERDUE),
        ("2017-Q3", ReportStatus.OVERDUE),
        ("2017-Q4", ReportStatus.ACCEPTED),
        ("2018-Q1", ReportStatus.ACCEPTED),
    ]
    (late,) = ws.reviews.profile("dn-2").reports
    assert (late.in_time, late.late, late.missing) == (0, 1, 4)


def test_every_count_is_that_of_the_debts_and_the_board(ws: Workspace) -> None:
    owed = {each.unit.code: len(each.reports) for each in ws.monitoring.debts()}
    for unit in ws.units.values():
        reports = ws.reviews.profile(unit.code).reports
        assert sum(one.missing for one in reports) == owed.get(unit.code, 0)
    board = ws.monitoring.board("s.q", count=20)
    rows = [row for group in board.groups for row in group.rows]
    assert len(rows) == 5
    for unit, cells in rows:
        (one,) = ws.reviews.profile(unit.code).reports
        assert one.in_time + one.late == sum(cell is not None and cell.sent for cell in cells)


def test_a_figure_stands_among_those_of_its_like_under_the_same_unit(ws: Workspace) -> None:
    assert of(ws.reviews.profile("xa-a"), "s.A1") == AmongLike(
        median=Decimal("4.5"), higher=0, equal=1, count=2
    )
    assert of(ws.reviews.profile("xa-b"), "s.A1") == AmongLike(
        median=Decimal("4.5"), higher=1, equal=1, count=2
    )


def test_who_may_not_look_at_the_others_sees_no_place_among_them(ws: Workspace) -> None:
    found = ws.reviews.profile("xa-a", root="xa-a")
    assert of(found, "s.A1") is None
    assert {one.finding.rule for one in found.findings} <= {"n.tien"}


def test_the_findings_are_those_of_the_review_that_are_about_the_unit(ws: Workspace) -> None:
    verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2018")
    about = {one.rule for one in verdict.findings if "xa-a" in one.evidence.units}
    found = ws.reviews.profile("xa-a").findings
    assert {one.finding.rule for one in found} == about == {"n.tien"}
    assert found[0].finding.kind is FindingKind.SHORTCOMING
    assert ws.reviews.profile("dn-1").findings == ()


def test_of_forms_that_the_reader_does_not_work_with_nothing_is_there(ws: Workspace) -> None:
    found = ws.reviews.profile("xa-a", forms=())
    assert (found.reports, found.figures, found.findings) == ((), (), ())


def test_a_unit_that_reports_nothing_itself_has_the_figures_of_those_under_it(
    ws: Workspace,
) -> None:
    found = ws.reviews.profile("top")
    (part,) = found.figures
    assert not part.own
    assert part.figures[0].newest == ws.totals.figure("s.A1", part.times[-1].code, unit="top")
    assert found.above == ()
    assert [unit.code for unit in ws.reviews.profile("dn-1").above] == ["xa-a", "top"]


def test_an_office_without_a_report_has_an_empty_profile_of_each_unit(tmp_path: Path) -> None:
    with found(tmp_path / "new") as ws:
        for unit in ws.units.values():
            seen = ws.reviews.profile(unit.code)
            assert (seen.figures, seen.findings, seen.events) == ((), (), ())
            assert sum(one.in_time + one.late for one in seen.reports) == 0


def test_a_unit_that_ended_keeps_its_profile_and_says_what_became_of_it(ws: Workspace) -> None:
    ws.accounts.add("qt", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON)
    ws.organisation.change_units(
        ChangeEvent(
            id="e1",
            date=date(2018, 4, 1),
            kind=ChangeKind.CLOSE,
            basis="Quyết định số 1",
            unit="xa-b",
        ),
        by="qt",
    )
    found = ws.reviews.profile("xa-b")
    assert [event.id for event in found.events] == ["e1"]
    assert found.reports[0].in_time == 1
    assert of(found, "s.A1") is not None


def test_an_unknown_unit_is_refused(ws: Workspace) -> None:
    with pytest.raises(UnknownName):
        ws.reviews.profile("khong-co")


def test_a_unit_with_more_reports_in_the_figure_is_not_held_beside_one_with_fewer(
    ws: Workspace, now: Now
) -> None:
    now.on("2018-07-05")
    accepted(ws, "xa-a", "2018-Q2", A1="100")
    assert of(ws.reviews.profile("xa-a"), "s.A1") is None
    assert of(ws.reviews.profile("xa-b"), "s.A1") is None


def test_a_unit_whose_unit_above_has_ended_stands_among_those_beside_it_today(
    ws: Workspace, now: Now
) -> None:
    ws.accounts.add("qt", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON)
    new = Unit(code="xa-m", name="Xã M", kind=UnitKind.COMMUNE, parent="top", basis="Quyết định 1")
    merged = event("m", date(2018, 4, 15), "merge", ("xa-a", "xa-m"), ("xa-b", "xa-m"))
    ws.organisation.change_units(merged, units=[new], by="qt")
    for unit in ws.units.values():
        seen = ws.reviews.profile(unit.code)
        assert seen.unit == unit
    assert [one.code for one in ws.reviews.profile("dn-1").above] == ["xa-m", "top"]
    ws.organisation.hand_over(
        Handover(
            unit="xa-b",
            duty=Duty.REPORTS,
            disposal=Disposal.INHERIT,
            successor="xa-m",
            since=date(2018, 4, 15),
            basis="Quyết định 1",
        ),
        by="qt",
    )
    left = ws.reviews.profile("xa-m").inherited
    assert {one.unit for one in left} == {"xa-b"}
    owed = {each.unit.code: each.reports for each in ws.monitoring.debts()}
    assert {one.submission for one in left} == {one.submission for one in owed["xa-b"]}
