"""How a unit stands, for those who only look: every value is the one that its own page shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nqcore
from nqcore.analysis.findings.changes import improved, worsened
from nqcore.errors import UnknownName
from nqcore.model.figures import Figure
from nqcore.model.findings import FindingKind
from nqcore.model.indicators import Direction, Indicator
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Unit, UnitKind
from nqcore.workspace.facade import Workspace
from tests.support.report import figure
from tests.support.small import NOON, Now, accepted, found, plugin

MORE = plugin(
    "nq_more",
    """
[pack]
id = "d"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[target]]
id = "d.reached"
directive = "1-NQ/HU"
indicator = "s.A1"
value = 5
period = "2018"
[[target]]
id = "d.behind"
directive = "1-NQ/HU"
indicator = "s.A1"
value = 900
period = "2018"
[[target]]
id = "d.long-ago"
directive = "1-NQ/HU"
indicator = "s.B1"
value = 900
period = "2017-Q1"
[[task]]
id = "d.t"
directive = "1-NQ/HU"
title = "Đối thoại"
responsible = "xa-a"
deadline = 2018-04-01
[[task]]
id = "d.u"
directive = "1-NQ/HU"
title = "Kiểm tra"
responsible = "xa-b"
deadline = 2018-03-01
[[rule]]
id = "d.one"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Một"
type = "total"
indicators = ["s.A1"]
[rule.sentences]
some = "mới có {A1} hội nghị"
[[rule]]
id = "d.two"
kind = "shortcoming"
directive = "1-NQ/HU"
title = "Hai"
type = "total"
indicators = ["s.A1"]
[rule.sentences]
some = "chỉ có {A1} hội nghị"
""",
)
THEN, NOW = "2017-Q4", "2018-Q1"
OLD = ("xa-a", "dn-2", "xa-b", "dn-3")
"""The units that report in both periods; dn-1 opens between them."""


@pytest.fixture
def now() -> Now:
    return Now(NOON)


@pytest.fixture
def ws(tmp_path, now: Now):
    with found(tmp_path / "ws", now, MORE) as ws:
        assert not ws.faults
        yield ws


def _both(ws: Workspace, before: str, after: str) -> None:
    """All reports of two periods, with so many meetings in each."""
    for unit in OLD:
        accepted(ws, unit, THEN, A1=before)
    for unit in (*OLD, "dn-1"):
        accepted(ws, unit, NOW, A1=after)


def test_reports_and_debts_are_those_of_the_board_and_of_the_list_of_debts(ws: Workspace):
    accepted(ws, "xa-a")
    seen, board = ws.reviews.overview(), ws.monitoring.board("s.q")
    (one,) = seen.reports
    assert (one.period.code, one.sent, one.owed) == (NOW, *board.rate(len(board.periods) - 1))
    assert (one.sent, one.owed, one.overdue) == (1, 5, 0)
    assert seen.debts == ws.monitoring.debts()
    assert seen.debt_count == sum(len(each.reports) for each in seen.debts) > 0


@pytest.mark.parametrize(
    ("before", "after", "turned"),
    [
        ("10", "4", [("s.A1", False, 40, 16)]),
        ("4", "10", [("s.A1", True, 16, 40)]),
        ("10", "10", []),
        ("10", "9", []),  # 40 → 36: fewer than five of what is counted are no trend
        ("0", "9", [("s.A1", True, 0, 36)]),
        ("9", "0", [("s.A1", False, 36, 0)]),
    ],
)
def test_what_turned_is_said_over_the_same_units_with_old_and_new(
    ws: Workspace, before: str, after: str, turned: list[tuple[str, bool, int, int]]
):
    _both(ws, before, after)
    seen = ws.reviews.overview()
    assert [
        (one.indicator.code, one.better, one.comparison.before.value, one.comparison.now.value)
        for one in seen.turned
    ] == turned
    assert seen.compared == 1
    for one in seen.turned:
        assert one.comparison == ws.totals.like_for_like("s.A1", NOW)
        assert (one.comparison.units, one.all_units) == (OLD, False)


def test_a_period_with_too_few_reports_is_not_compared(ws: Workspace, now: Now):
    _both(ws, "10", "4")
    now.on("2018-07-05")
    accepted(ws, "xa-a", "2018-Q2", A1="50")
    (one,) = ws.reviews.overview().turned
    assert (one.comparison.before.period, one.comparison.now.period) == (THEN, NOW)


def test_targets_are_judged_as_on_their_own_page_the_worst_first(ws: Workspace):
    _both(ws, "4", "4")
    seen = ws.reviews.overview()
    assert [(one.target.id, one.verdict.state.value) for one in seen.targets] == [
        ("d.behind", "behind"),
        ("d.reached", "reached"),
    ]
    own = {one.target.id: one for one in ws.reviews.targets_of_directive("1-NQ/HU")}
    assert all(one == own[one.target.id] for one in seen.targets)


def test_a_target_that_has_ended_is_shown_for_a_year_while_no_other_follows_it(
    ws: Workspace, now: Now
):
    def shown(day: str) -> set[str]:
        now.on(day)
        return {one.target.id for one in ws.reviews.overview().targets}

    assert "d.long-ago" in shown("2018-03-31")
    assert "d.long-ago" not in shown("2018-04-01")
    assert {"d.behind", "d.reached"} <= shown("2018-12-31") & shown("2019-12-31")
    assert not {"d.behind", "d.reached"} & shown("2020-01-01")


def test_the_shortcomings_are_those_that_the_review_of_the_year_prints(ws: Workspace):
    _both(ws, "4", "4")
    (glance,) = ws.reviews.overview().reviews
    assert (glance.directive.number, glance.period.code, glance.covered) == (
        "1-NQ/HU",
        "2018",
        True,
    )
    asked = {"directive": "1-NQ/HU", "period": "2018"}
    every = [
        one.finding
        for one in ws.reviews.proposals(**asked)
        if one.finding.kind is FindingKind.SHORTCOMING
    ]
    assert [*glance.shortcomings] == every
    assert {"Một", "Hai"} <= {one.title for one in every}
    ws.reviews.decide("d.one", "dismissed", by="duyet", **asked)
    (glance,) = ws.reviews.overview().reviews
    assert "Một" not in {one.title for one in glance.shortcomings}


def test_until_this_year_speaks_the_review_is_that_of_the_last_one(ws: Workspace):
    for unit in OLD:
        accepted(ws, unit, THEN)
    (glance,) = ws.reviews.overview().reviews
    assert (glance.period.code, glance.covered) == ("2017", True)


def test_where_too_little_is_accepted_no_review_speaks(ws: Workspace):
    (glance,) = ws.reviews.overview().reviews
    assert (glance.period.code, glance.covered, glance.shortcomings) == ("2018", False, ())


def test_tasks_are_overdue_as_on_their_own_page_the_longest_first(ws: Workspace):
    seen = ws.reviews.overview()
    assert [(one.task.id, one.overdue) for one in seen.overdue] == [("d.u", 35), ("d.t", 4)]
    assert seen.overdue[0] == ws.monitoring.task_overview("d.u")
    assert seen.tasks == 2  # t1 is continuous
    ws.monitoring.note_task("d.u", TaskStatus.DONE, by="duyet")
    assert [one.task.id for one in ws.reviews.overview().overdue] == ["d.t"]


def test_a_unit_below_sees_its_own_part_only(ws: Workspace):
    _both(ws, "10", "4")
    seen = ws.reviews.overview("xa-b")
    assert [(one.sent, one.owed) for one in seen.reports] == [(2, 2)]
    assert {each.unit.code for each in seen.debts} <= {"xa-b", "dn-3"}
    assert [(one.comparison.units, one.all_units) for one in seen.turned] == [
        (("xa-b", "dn-3"), True)
    ]
    assert [one.task.id for one in seen.overdue] == ["d.u"]
    with pytest.raises(UnknownName):
        ws.reviews.overview("xa-khong-co")


def test_nothing_of_a_form_that_an_account_does_not_work_with_is_in_it(ws: Workspace):
    _both(ws, "10", "4")
    seen = ws.reviews.overview(forms=())
    assert (seen.reports, seen.debts, seen.targets, seen.turned, seen.reviews) == ((),) * 5


@pytest.mark.parametrize(
    "day", ["2017-01-02", "2018-01-01", "2018-06-20", "2019-01-01", "2035-05-05"]
)
def test_every_unit_has_one_on_any_day(ws: Workspace, now: Now, day: str):
    _both(ws, "10", "4")
    now.on(day)
    for unit in ws.units:
        assert ws.reviews.overview(unit).unit.code == unit


def test_an_office_in_which_there_is_nothing_yet_has_an_empty_one(tmp_path):
    units = [Unit(code="xa", name="Xã", kind=UnitKind.COMMITTEE)]
    with nqcore.create(tmp_path / "ws", units=units, today=date(2026, 1, 5)) as ws:
        seen = ws.reviews.overview()
        assert (seen.reports, seen.debts, seen.targets, seen.turned, seen.reviews) == ((),) * 5
        assert (seen.overdue, seen.tasks, seen.compared) == ((), 0, 0)


def _figure(value: Decimal | None) -> Figure:
    return figure(None if value is None else str(value), "x.A1", decimals=1)


@given(
    before=st.none() | st.decimals(-1000, 1000, places=1),
    after=st.none() | st.decimals(-1000, 1000, places=1),
    measure=st.sampled_from(["%", "người", "triệu đồng"]),
)
def test_better_one_way_is_worse_the_other_way_and_never_both(before, after, measure: str):
    up, down, neutral = (
        Indicator(code="x.A1", label="A1", name="Một", measure=measure, direction=way)
        for way in (Direction.UP, Direction.DOWN, Direction.NEUTRAL)
    )
    values = (_figure(before), _figure(after))
    assert improved(up, *values) == worsened(down, *values)
    assert improved(down, *values) == worsened(up, *values)
    assert not (improved(up, *values) and worsened(up, *values))
    assert not improved(neutral, *values)
    if before == after:
        assert not improved(up, *values)
