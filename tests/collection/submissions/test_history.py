"""Figures that were approved on paper before the office began to collect: they come in for the units of that
time, count with their coverage, and ask nothing of the units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.cli.printing.submissions import status_data, status_line
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.monitoring import board as board_module
from nqcore.collection.monitoring.report_counts import count_reports
from nqcore.collection.submissions.repository import NotOwed
from nqcore.model.report_status import ReportStatus, report_status
from nqcore.model.submissions import SubmissionState
from nqcore.plugin import read_definitions
from nqcore.text.messages import translator
from nqcore.workspace.bulk_import import ImportPlan, ImportRefused, accept_import, plan_import
from nqcore.workspace.facade import Workspace
from nqcore.workspace.setup import create

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=VIET_NAM)
PAPER = "Báo cáo số 12-BC/HU, ngày 15/01/2024"
FORM = """
[[form]]
id = "ls.{every}"
title = "Báo cáo"
directive = "1-KH/HU"
every = "{every}"
due = {{ day = 10, months_after = 1 }}
owed_by = {{ kinds = ["commune"] }}
since = {since}
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["{label}"]
"""
DEFINITIONS = """
[pack]
id = "ls"
since = 2015-01-01
basis = "Kế hoạch số 1-KH/HU"
[[directive]]
type = "Kế hoạch"
number = "1-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về thử"
date = 2015-01-01
[[unit]]
code = "xa-c"
name = "Xã C"
kind = "commune"
parent = "top"
opened = 2020-01-01
[[indicator]]
label = "A1"
name = "Số hội nghị"
measure = "hội nghị"
[[indicator]]
label = "B1"
name = "Số buổi đối thoại"
measure = "buổi"
""" + "".join(
    FORM.format(every=every, since=since, label=label)
    for every, since, label in (
        ("quarter", "2015-01-01", "A1"), ("year", "2020-01-01", "B1")
    )
)  # fmt: skip
UNITS = """code,name,kind,parent
top,Huyện,huyện,
xa-a,Xã A,xã,top
xa-b,Xã B,xã,top
"""
HEAD = "unit,period,indicator,value\n"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """An office that begins in 2026."""
    (tmp_path / "dv.csv").write_text(UNITS, "utf-8")
    with create(
        tmp_path / "w",
        units=tmp_path / "dv.csv",
        modules=[("ls", read_definitions(DEFINITIONS))],
        since=date(2026, 1, 1),
        clock=lambda: NOW,
    ) as found:
        yield found


def plan(ws: Workspace, rows: str, *, history: bool = True) -> ImportPlan:
    path = ws.folder / "lich-su.csv"
    path.write_text(HEAD + rows, "utf-8")
    return plan_import(ws, path, history=history)


def bring_in(ws: Workspace, rows: str) -> int:
    return accept_import(ws, plan(ws, rows), basis=PAPER, by=ws.account("quantri"))


def refused(ws: Workspace, row: str, *, history: bool = True) -> str:
    with pytest.raises(ImportRefused) as found:
        plan(ws, row, history=history)
    return found.value.faults[0].message(translator("vi"))


def test_years_before_the_office_began_come_in_and_count_with_their_coverage(
    ws: Workspace,
) -> None:
    bring_in(ws, "xa-a,2016-Q1,A1,7\nxa-b,2016-Q1,A1,9\nxa-a,2021-Q1,A1,5\n")
    total = ws.figure("A1", "2016-Q1")
    assert str(total) == "16 hội nghị (2/2)", "Xã C did not exist yet"
    late = ws.figure("A1", "2021-Q1")
    assert (str(late.value), late.coverage.due, late.coverage.reported) == ("5", 3, 1)
    assert set(late.coverage.missing_units) == {"xa-b", "xa-c"}
    assert ws.figure("A1", "2016-Q2").coverage.due == 0, "nothing of that quarter came in"
    assert str(ws.figure("A1", "2016-Q1", as_of=date(2026, 3, 1)).value) == "None"
    (cell,) = ws.explain(ws.figure("A1", "2016-Q1", "xa-a")).cells()
    assert cell.accepted_by == "quantri"


def test_no_unit_is_asked_for_those_years(ws: Workspace) -> None:
    def asked() -> tuple[list[str], list[str]]:
        debts = ws.monitoring.debts()
        work = ws.monitoring.worklist(ws.accounts["b"])
        return [o.submission for d in debts for o in d.reports], [o.submission for o in work]

    at = ws.clock()
    ws.accounts.add("b", "Xã B", "xa-b", [Role.ENTER], units=ws.units, by="quantri", at=at)
    before = asked()
    bring_in(ws, "xa-a,2025-Q4,A1,7\n")
    assert asked() == before
    assert ws.figure("A1", "2025-Q4").coverage.due == 3


def test_taken_out_they_are_no_more(ws: Workspace) -> None:
    first = bring_in(ws, "xa-a,2016-Q1,A1,7\n")
    second = bring_in(ws, "xa-b,2016-Q1,A1,9\n")
    ws.submissions.take_out(first, by="quantri")
    total = ws.figure("A1", "2016-Q1")
    assert (str(total.value), total.coverage.due) == ("9", 2)
    ws.submissions.take_out(second, by="quantri")
    assert ws.figure("A1", "2016-Q1").coverage.due == 0
    assert bring_in(ws, "xa-a,2016-Q1,A1,8\n") > second


def test_another_process_counts_them_too(ws: Workspace) -> None:
    from nqcore.workspace.opening import open_workspace

    modules = [("ls", read_definitions(DEFINITIONS))]
    with open_workspace(ws.folder, modules=modules, clock=lambda: NOW) as other:
        assert other.figure("A1", "2016-Q1").coverage.due == 0
        bring_in(ws, "xa-a,2016-Q1,A1,7\n")
        assert other.figure("A1", "2016-Q1").coverage.due == 2


def test_a_program_brings_them_in_as_well(ws: Workspace) -> None:
    with pytest.raises(NotOwed):
        ws.submissions.obligation("xa-a", "ls.quarter", "2016-Q1")
    owed = ws.submissions.obligation("xa-a", "ls.quarter", "2016-Q1", history=True)
    ws.submissions.bring_in([(owed, {"A1": "7"})], PAPER, by="quantri")
    assert ws.submissions.find(owed.submission).days_late() is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("xa-a,2019,B1,1\n", ("từ ngày 01/01/2020", "Nội dung", "gói mở rộng")),
        ("xa-c,2016-Q1,A1,1\n", ("Ngày 31/3/2016 không có đơn vị này",)),
        ("xa-a,2016,A1,1\n", ("quý",)),
        ("top,2016-Q1,A1,1\n", ("Kiểm tra lại đơn vị và kỳ",)),
    ],
    ids=["before the form", "before the unit", "a year of a quarterly form", "no commune"],
)
def test_what_cannot_come_in_says_what_to_change(
    ws: Workspace, row: str, says: tuple[str, ...]
) -> None:
    said = refused(ws, row)
    for words in says:
        assert words in said


def test_drafts_of_those_years_are_refused_with_the_way_for_history(ws: Workspace) -> None:
    said = refused(ws, "xa-a,2016-Q1,A1,7\n", history=False)
    assert "từ ngày 01/01/2026" in said
    assert "nq import --accept --basis" in said


def test_a_table_of_another_office_comes_in_as_history(ws: Workspace) -> None:
    file = ws.tables.read("b.csv", "Quý II/2017;\nĐơn vị;Số hội nghị\nXã A;4\nXã B;6\n".encode())
    (mapping,) = ws.tables.guess(file, by="quantri")
    assert ws.tables.look(file, mapping, by="quantri").faults
    look = ws.tables.look(file, mapping, by="quantri", history=True)
    accept_import(ws, look.checked(), basis=PAPER, by=ws.account("quantri"))
    assert str(ws.figure("A1", "2017-Q2")) == "10 hội nghị (2/2)"


def test_units_without_old_figures_are_not_late_for_a_period_before_the_office_began(
    ws: Workspace,
) -> None:
    bring_in(ws, "xa-a,2025-Q4,A1,7\n")
    old, form = "2025-Q4", ws.catalogue.form("ls.quarter")
    for unit in ("xa-b", "xa-c"):
        assert report_status(ws.submissions.obligation(unit, form, old), ws.today) == (
            ReportStatus.NOT_BROUGHT_IN,
            0,
        )
    board = ws.monitoring.board("ls.quarter", period=old)
    assert board.overdue(ws.today) == 0
    owed = [(form, ws.obligations.period(form, old), ["xa-a", "xa-b", "xa-c"])]
    counts = count_reports(ws.submissions.repository, owed, ws.today)
    assert (counts.units("accepted"), counts.past_due) == (("xa-a",), ())
    assert counts.units("not_brought_in") == ("xa-b", "xa-c")
    assert str(status_line(ws, "ls.quarter", old)) == "1/3 accepted, 2 without old figures."
    late = {row["unit"]: row["days_late"] for row in status_data(ws, "ls.quarter", old)}
    assert late == {"xa-a": None, "xa-b": None, "xa-c": None}
    review = ws.reviews.review(directive="1-KH/HU", period=old)
    found = ws.reviews.report_counts(review)
    assert (found.past_due, set(found.units("not_brought_in"))) == ((), {"xa-b", "xa-c"})
    words = "".join(str(piece) for piece in ReportCoverage(review).sentence())
    assert "quá hạn" not in words
    assert "2 báo cáo của kỳ trước khi bắt đầu thu thập chưa có số liệu cũ" in words


def test_a_large_board_counts_them_in_no_unsent_reports(ws: Workspace) -> None:
    bring_in(ws, "xa-a,2025-Q4,A1,7\n")
    form = ws.catalogue.form("ls.quarter")
    period = ws.obligations.period(form, "2025-Q4")
    seen = board_module._subtree(
        ws.submissions.repository, form, (period,), ws.units["top"], ("xa-a", "xa-b", "xa-c")
    )
    assert dict(seen.current) == {SubmissionState.ACCEPTED: 1}
    assert seen.overdue == (0,)


def test_the_first_period_of_the_office_is_still_late_when_it_is_not_sent(ws: Workspace) -> None:
    form = ws.catalogue.form("ls.quarter")
    owed = ws.submissions.obligation("xa-a", form, "2026-Q1")
    assert report_status(owed, date(2026, 6, 1)).status is ReportStatus.OVERDUE
