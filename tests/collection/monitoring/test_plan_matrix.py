"""*Who has issued its plan?* – from what units entered and reviewers accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.catalogue import parse_definitions
from nqcore.cli import main
from nqcore.cli.printing.directives import plan_lines
from nqcore.collection.accounts.access import Role
from nqcore.collection.monitoring.plan_matrix import PlanMatrix, PlanStatus, UnitPlan, plan_matrix
from nqcore.errors import DefinitionError, UnknownName
from nqcore.model.fields import OwnDocument
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.support.merged_demo import into_a_new_one, without_a_plan
from tests.support.small import ACCOUNTS, CLERK, DISTRICT, Now, add_accounts, full, plugin

BY = DISTRICT.replace('label = "Kế hoạch của đơn vị"', 'label = "Kế hoạch"\nby = 2018-01-31')
MORE = """
[pack]
basis = "b"
[[unit]]
code = "xa-c"
name = "Xã C"
kind = "commune"
parent = "top"
opened = 2018-03-01
order = 10
[[unit]]
code = "xa-d"
name = "Xã D"
kind = "commune"
parent = "top"
closed = 2018-02-01
order = 11
"""


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with office(tmp_path, now, BY) as workspace:
        yield workspace


def office(folder: Path, now: Now, *texts: str) -> Workspace:
    modules: list[tuple[str, object]] = [
        (f"nq_{nth}", plugin(f"nq_{nth}", text)) for nth, text in enumerate(texts)
    ]
    ws = create_workspace(
        folder / "ws", name="Huyện", plugins=(), root="top", clock=now, modules=modules
    )
    add_accounts(ws, ACCOUNTS)
    return ws


def entered(ws: Workspace, unit: str, number: str, day: str, period: str = "2018-Q1") -> str:
    """A draft with the unit's plan."""
    given = full(unit, **{"VB1.number": number, "VB1.date": day})
    return ws.save_draft(unit, "s.q", period, given, by=CLERK[unit]).submission  # type: ignore[arg-type]


def sent(ws: Workspace, unit: str, *plan: str) -> str:
    id = entered(ws, unit, *plan)
    ws.send(id, by=CLERK[unit])
    return id


def plan(ws: Workspace, unit: str) -> UnitPlan:
    return ws.monitoring.plans("1-NQ/HU").cells[unit, "1-nq-hu.2017-01-05"]


def test_only_units_that_the_form_asks_stand_in_the_matrix(ws: Workspace) -> None:
    matrix = ws.monitoring.plans("1-NQ/HU")
    assert [unit.code for unit in matrix.units] == ["xa-a", "xa-b"]
    assert [d.number for d in matrix.directives] == ["1-NQ/HU"]
    assert matrix == ws.monitoring.plans()
    assert {p.status for p in matrix.cells.values()} == {PlanStatus.MISSING}


def test_an_accepted_plan_is_issued_with_the_number_and_day_that_the_unit_entered(
    ws: Workspace,
) -> None:
    id = sent(ws, "xa-a", "5-KH/ĐU", "15/1/2018")
    ws.accept(id, by="duyet")
    assert plan(ws, "xa-a") == UnitPlan(
        unit="xa-a",
        directive="1-nq-hu.2017-01-05",
        status=PlanStatus.ISSUED,
        document=OwnDocument("5-KH/ĐU", date(2018, 1, 15)),
        deadline=date(2018, 1, 31),
        days=0,
        submission="2018-Q1_s.q_xa-a",
    )


def test_a_plan_after_the_deadline_is_late_by_so_many_days(ws: Workspace) -> None:
    ws.accept(sent(ws, "xa-a", "5-KH/ĐU", "10/2/2018"), by="duyet")
    found = plan(ws, "xa-a")
    assert (found.status, found.days) == (PlanStatus.LATE, 10)


def test_a_plan_without_its_day_is_issued_and_nothing_is_measured(ws: Workspace) -> None:
    ws.accept(sent(ws, "xa-a", "5-KH/ĐU", ""), by="duyet")
    assert (plan(ws, "xa-a").status, plan(ws, "xa-a").days) == (PlanStatus.ISSUED, None)


def test_a_missing_plan_says_how_long_its_deadline_is_over(ws: Workspace, now: Now) -> None:
    assert plan(ws, "xa-b").days == 64  # 31 January to 5 April
    now.on("2018-01-10")
    assert plan(ws, "xa-b").days == 0


def test_what_is_entered_is_waiting_from_its_sending_to_its_acceptance(ws: Workspace) -> None:
    id = entered(ws, "xa-a", "5-KH/ĐU", "15/1/2018")
    # A draft is nobody's business but the unit's.
    assert plan(ws, "xa-a").status is PlanStatus.MISSING
    ws.send(id, by="lan")
    assert plan(ws, "xa-a").status is PlanStatus.WAITING
    ws.withdraw(id, by="lan")
    assert plan(ws, "xa-a").status is PlanStatus.MISSING
    ws.send(id, by="lan")
    ws.return_(id, reason="xem lại", by="duyet")
    entered(ws, "xa-a", "6-KH/ĐU", "16/1/2018")
    # What was changed since it came back is a draft again: the reviewer knows the number sent.
    assert plan(ws, "xa-a").document == OwnDocument("5-KH/ĐU", date(2018, 1, 15))
    assert plan(ws, "xa-a").status is PlanStatus.WAITING
    ws.send(id, by="lan")
    ws.accept(id, by="duyet")
    assert plan(ws, "xa-a").document == OwnDocument("6-KH/ĐU", date(2018, 1, 16))
    assert plan(ws, "xa-a").status is PlanStatus.ISSUED
    ws.reopen(id, reason="sai", by="duyet")
    assert plan(ws, "xa-a").status is PlanStatus.WAITING


def test_an_excluded_report_shows_no_plan(ws: Workspace) -> None:
    ws.submissions.exclude(sent(ws, "xa-a", "5-KH/ĐU", "15/1/2018"), reason="trùng", by="duyet")
    assert plan(ws, "xa-a").status is PlanStatus.MISSING


def test_the_newest_accepted_plan_counts_and_a_later_blank_does_not_take_it_away(
    ws: Workspace, now: Now
) -> None:
    ws.accept(sent(ws, "xa-a", "5-KH/ĐU", "15/1/2018", "2017-Q4"), by="duyet")
    ws.accept(sent(ws, "xa-a", "", "", "2018-Q1"), by="duyet")
    assert plan(ws, "xa-a").document == OwnDocument("5-KH/ĐU", date(2018, 1, 15))
    now.on("2018-07-02")
    sent(ws, "xa-a", "7-KH/ĐU", "1/7/2018", "2018-Q2")
    assert plan(ws, "xa-a").status is PlanStatus.ISSUED
    ws.accept("2018-Q2_s.q_xa-a", by="duyet")
    assert plan(ws, "xa-a").document == OwnDocument("7-KH/ĐU", date(2018, 7, 1))


def test_a_unit_younger_than_the_deadline_has_none_and_a_closed_one_is_not_listed(
    tmp_path: Path, now: Now
) -> None:
    with office(tmp_path, now, BY, MORE) as ws:
        matrix = ws.monitoring.plans("1-NQ/HU")
        assert [unit.code for unit in matrix.units] == ["xa-a", "xa-b", "xa-c"]
        assert plan(ws, "xa-c").deadline is None
        now.on("2018-01-15")
        assert [unit.code for unit in ws.monitoring.plans().units] == ["xa-a", "xa-b", "xa-d"]


def test_without_a_deadline_nothing_is_late(tmp_path: Path, now: Now) -> None:
    with office(tmp_path, now, DISTRICT) as ws:
        ws.accept(sent(ws, "xa-a", "5-KH/ĐU", "1/4/2018"), by="duyet")
        assert (plan(ws, "xa-a").status, plan(ws, "xa-a").days) == (PlanStatus.ISSUED, None)
        assert plan(ws, "xa-b").days is None


def test_a_unit_sees_only_its_own_row(ws: Workspace) -> None:
    account = ws.account("lan")
    assert account.roles == {Role.ENTER}
    matrix = plan_matrix(
        ws.submissions.repository, None, ws.today, lambda unit: unit == account.unit
    )
    assert [unit.code for unit in matrix.units] == ["xa-a"]
    assert plan_matrix(ws.submissions.repository, None, ws.today, lambda unit: False) == PlanMatrix(
        directives=(), units=(), cells={}
    )


def test_the_lines_say_late_overdue_and_waiting(ws: Workspace) -> None:
    ws.accept(sent(ws, "xa-a", "5-KH/ĐU", "10/2/2018"), by="duyet")
    assert list(map(str, plan_lines(ws.monitoring.plans("1-NQ/HU")))) == [
        "Nghị quyết số 1-NQ/HU: 1 of 2 units have issued their plan",
        "  xa-a  Xã A  5-KH/ĐU  2018-02-10: issued, 10 days late",
        "  xa-b  Xã B: no plan, 64 days overdue",
    ]


def test_an_unknown_directive_is_an_error_and_a_deadline_is_a_day(ws: Workspace) -> None:
    with pytest.raises(UnknownName):
        ws.monitoring.plans("9-NQ/HU")
    with pytest.raises(DefinitionError, match=r"document\[VB1\]\.by"):
        parse_definitions("x.toml", BY.replace("by = 2018-01-31", 'by = "31/1/2018"'))


def test_the_command_gives_the_demo_districts_matrix_to_people_and_programs(
    demo_folder: Path,
) -> None:
    run = CliRunner().invoke
    args = ["--lang", "en", "directives", "20-NQ/TW", "-w", str(demo_folder), "--plans"]
    data = json.loads(run(main, [*args, "--json"]).stdout)
    (directive,) = data["directives"]
    assert (directive["asked"], directive["issued"], directive["missing"]) == (16, 13, 3)
    assert {p["unit"] for p in data["plans"] if p["state"] == "missing"} == {
        "xa-hoa-loi",
        "xa-thanh-loc",
        "huyen-doan",
    }
    assert data["plans"][0] == {
        "unit": "tt-tan-hoa",
        "name": "Thị trấn Tân Hòa",
        "directive": "20-nq-tw.2008-01-28",
        "state": "issued",
        "number": "12-KH/ĐU",
        "date": "2008-06-18",
        "by": None,
        "days_late": None,
        "submission": "2017_res20.y_tt-tan-hoa",
        "predecessor": None,
    }
    assert "13 of 16 units have issued their plan" in run(main, args).stdout
    alone = [*args[:3], "80-KL/TW", *args[4:]]
    assert run(main, alone).stdout == "No form asks any unit for a plan here.\n"


def test_a_unit_made_by_a_merger_has_the_plan_of_the_one_that_issued_it(demo_copy: Path) -> None:
    into_a_new_one(demo_copy)
    with open_workspace(demo_copy) as ws:
        (directive,) = ws.catalogue.directives.matching("20-NQ/TW")
        column = {
            unit.code: plan for unit, plan in ws.monitoring.plans(directive.id).column(directive)
        }
    found = column["xa-hoa-long"]
    assert found.status is PlanStatus.ISSUED
    assert found.predecessor is not None
    assert found.predecessor.name == "Xã Long Thành"
    assert found.submission.endswith("_xa-long-thanh")


def test_a_unit_that_took_another_one_in_speaks_for_itself(demo_copy: Path) -> None:
    without_a_plan(demo_copy)
    with open_workspace(demo_copy) as ws:
        (directive,) = ws.catalogue.directives.matching("20-NQ/TW")
        column = {
            unit.code: plan for unit, plan in ws.monitoring.plans(directive.id).column(directive)
        }
    assert "xa-long-thanh" not in column
    assert column["xa-hoa-loi"].status is PlanStatus.MISSING
