"""In a workspace: forms on the State's calendar, deadlines per level, days off, and a calendar whose
plugin is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import nq_state_calendar
from nqcore.catalogue import Plugins, build_catalogue
from nqcore.collection.entry.history import earlier_figures
from nqcore.collection.monitoring.worklist import coming_reports
from nqcore.collection.settings import read_days_off
from nqcore.errors import DuplicateId, NqError, UnknownName
from nqcore.model.periods import WorkingDaysRule
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace, open_workspace
from tests.support.small import (
    DISTRICT,
    Now,
    accepted,
    found,
    modules,
    plugin,
    reopen,
)

MONTHLY = """
[pack]
id = "t"
since = 2017-01-01
basis = "Công văn số 2"

[[indicator]]
label = "C1"
name = "Cuộc họp"
measure = "cuộc"
[[indicator]]
label = "C2"
name = "Thay đổi"
measure = "cuộc"
formula = "C1 - last_year(C1)"

[[form]]
id = "t.m"
title = "Báo cáo tháng"
directive = "1-NQ/HU"
every = "month"
calendar = "nd09"
due = { day = 25, months_after = 0 }
owed_by = { kinds = ["commune", "enterprise"] }
[[form.due_for]]
scope = { kinds = ["commune"] }
due = { working_days = 2 }
[[form.section]]
key = "C"
title = "Số liệu"
figures = ["C1"]
"""


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    """The small district with a monthly report of the State's."""
    with found(tmp_path / "ws", now, nq_state_calendar, plugin("nq_monthly", MONTHLY)) as workspace:
        yield workspace


def told(ws: Workspace, period: str, value: str, unit: str = "xa-a", clerk: str = "lan") -> None:
    draft = ws.save_draft(unit, "t.m", period, {"C1": value}, by=clerk)
    ws.send(draft, by=clerk)
    ws.accept(draft, by="duyet")


# -- the State's calendar ------------------------------------------------------------------------


def test_a_form_is_owed_by_the_periods_of_its_calendar(ws: Workspace) -> None:
    owed = ws.submissions.obligation("xa-a", "t.m", "2018-M03.nd09")
    assert owed.submission == "2018-M03.nd09_t.m_xa-a"
    assert (owed.period.start, owed.period.end) == (date(2018, 2, 15), date(2018, 3, 14))
    assert ws.submissions.obligation("xa-a", "t.m", "2018-03") == owed
    assert ws.entry.sheet(owed.submission).obligation == owed
    assert [o.period.code for o in ws.monitoring.worklist("lan") if o.form == "t.m"][
        -1
    ] == "2018-M04.nd09"
    assert [p.code for p in ws.monitoring.board("t.m", count=2).periods] == [
        "2018-M03.nd09",
        "2018-M04.nd09",
    ]


def test_a_civil_year_asks_each_form_for_that_year_of_its_own_calendar(
    ws: Workspace, now: Now
) -> None:
    now.on("2018-12-31")
    told(ws, "2018-01", "3")  # 15 December 2017 to 14 January 2018
    told(ws, "2018-12", "4")
    total = ws.figure("C1", "2018")
    assert total.value == 7
    assert ws.figure("C1", "2018-Y.nd09").value == 7
    assert ws.figure("C1", "2017").value is None
    assert ws.figure("C1", "2018-M01.nd09").value == 3
    review = ws.reviews.review(directive="1-NQ/HU", period="2018")
    assert [p.code for p in review.periods("C1")][:2] == ["2018-M01.nd09", "2018-M02.nd09"]
    assert len(review.periods("C1")) == 12
    assert [p.code for p in review.periods("A1")] == [f"2018-Q{n}" for n in range(1, 5)]


def test_last_year_is_the_same_period_of_the_states_year_before(ws: Workspace, now: Now) -> None:
    now.on("2018-12-31")
    for period, value in (("2017-01", "3"), ("2018-01", "10"), ("2017-12", "1")):
        told(ws, period, value)
    assert ws.figure("C2", "2018-01", "xa-a").value == 7


def test_two_plugins_must_not_bring_one_calendar(tmp_path: Path) -> None:
    class Mine:
        id = "civil"
        period = periods = lambda self, *_: None

    with pytest.raises(DuplicateId, match="both nqcore and nq_mine"):
        build_catalogue(Plugins((), [("nq_mine", plugin("nq_mine", calendars=lambda: [Mine()]))]))


def test_what_is_no_calendar_is_a_fault_of_its_plugin() -> None:
    known = build_catalogue(
        Plugins((), [("nq_mine", plugin("nq_mine", calendars=lambda: ["lunar"]))])
    )
    assert [(f.plugin, f.where) for f in known.faults] == [("nq_mine", "calendars")]
    assert list(known.calendars) == ["civil"]


def test_the_owner_of_a_calendar_is_known(ws: Workspace) -> None:
    assert ws.catalogue.owner("calendar", "nd09") == "nq_state_calendar"
    assert ws.catalogue.owner("calendar", "civil") == "nqcore"


# -- a calendar whose plugin is gone -------------------------------------------------------------


@pytest.fixture
def without(ws: Workspace, now: Now, tmp_path: Path) -> Iterator[Workspace]:
    told(ws, "2018-03", "3")
    accepted(ws, "xa-a")
    ws.close()
    given = modules(plugin("nq_monthly", MONTHLY))
    with open_workspace(tmp_path / "ws", clock=now, modules=given) as workspace:
        yield workspace


def test_the_form_points_at_a_calendar_that_nobody_brings(without: Workspace) -> None:
    assert [(u.what, u.kind, u.missing) for u in without.catalogue.unresolved] == [
        ("form t.m", "calendar", "nd09")
    ]


@pytest.mark.parametrize(
    "asking",
    [
        lambda ws: ws.submissions.period("t.m", "2018-03"),
        lambda ws: ws.submissions.obligation("xa-a", "t.m", "2018-M03.nd09"),
        lambda ws: ws.figure("C1", "2018"),
        lambda ws: ws.save_draft("xa-a", "t.m", "2018-03", {}, by="lan"),
        lambda ws: ws.entry.sheet("2018-M03.nd09_t.m_xa-a"),
    ],
)
def test_asking_for_it_is_told_by_name(
    without: Workspace, asking: Callable[[Workspace], object]
) -> None:
    with pytest.raises(UnknownName, match=r"calendar “nd09”. Form t.m needs it"):
        asking(without)


def test_all_other_forms_go_on(without: Workspace) -> None:
    assert {o.form for o in without.monitoring.worklist("lan")} == {"s.q"}
    assert {
        o.form for o in coming_reports(without.submissions.repository, without.account("lan"))
    } == {"s.q"}
    assert (
        earlier_figures(
            without.submissions.repository, without.catalogue.form("t.m"), "xa-a"
        ).obligations
        == ()
    )
    assert without.monitoring.board("t.m").periods == ()
    assert without.figure("A1", "2018-Q1").value == 1
    assert without.monitoring.queue("duyet") == ()


# -- deadlines per level -------------------------------------------------------------------------


def test_a_level_may_have_a_deadline_of_its_own(ws: Workspace) -> None:
    # 14 March 2018 was a Wednesday, 25 March a Sunday: which the State's statistics leave.
    assert ws.submissions.obligation("xa-a", "t.m", "2018-03").due == date(2018, 3, 16)
    assert ws.submissions.obligation("dn-3", "t.m", "2018-03").due == date(2018, 3, 25)


OVERLAY = """
[[overlay]]
id = "t.moved"
form = "t.m"
within = "xa-b"
since = 2018-01-01
basis = "Công văn số 3"
[overlay.set]
due = { working_days = 5 }
"""


def test_an_overlaid_deadline_is_that_of_every_unit_under_it(tmp_path: Path) -> None:
    more = (nq_state_calendar, plugin("nq_monthly", MONTHLY), plugin("nq_over", OVERLAY))
    with found(tmp_path / "ws", None, *more) as ws:
        assert ws.submissions.obligation("xa-a", "t.m", "2018-03").due == date(2018, 3, 16)
        assert ws.submissions.obligation("xa-b", "t.m", "2018-03").due == date(2018, 3, 21)
        assert ws.submissions.obligation("dn-3", "t.m", "2018-03").due == date(2018, 3, 21)
        assert ws.submissions.obligation("dn-3", "t.m", "2018-03").overlays == ("t.moved",)


BAD = [
    ("due = { working_days = 0 }", r"due\.working_days: must be from 1 to 250"),
    ("due = { working_days = 2, day = 3 }", r"due\.day: is not a key"),
    ('due = { day = 3, on_holiday = "monday" }', r"due\.on_holiday: .*keep, next, previous"),
]


@pytest.mark.parametrize(("due", "detail"), BAD)
def test_a_mistaken_deadline_is_named(due: str, detail: str) -> None:
    text = MONTHLY.replace("due = { day = 25, months_after = 0 }", due)
    known = build_catalogue(Plugins((), [("p", plugin("p", text))]))
    assert len(known.faults) == 1
    assert re.search(detail, known.faults[0].detail)


def test_a_deadline_for_everybody_is_no_deadline_of_a_level() -> None:
    text = MONTHLY.replace('scope = { kinds = ["commune"] }', "scope = {}")
    known = build_catalogue(Plugins((), [("p", plugin("p", text))]))
    assert "due_for[1].scope: narrows nothing" in known.faults[0].detail


# -- the office's own days off -------------------------------------------------------------------


def test_an_office_keeps_its_own_days_off_in_a_file(
    ws: Workspace, now: Now, tmp_path: Path
) -> None:
    ws.close()
    (tmp_path / "ws" / "days-off.toml").write_text(
        '[[day]]\ndate = 2018-03-15\nname = "Bầu cử"\nworking = false\n', "utf-8"
    )
    with reopen(tmp_path / "ws", now, nq_state_calendar, plugin("nq_monthly", MONTHLY)) as again:
        assert again.submissions.obligation("xa-a", "t.m", "2018-03").due == date(2018, 3, 19)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("[[day]]\n", r"day\[1\]\.date: is missing"),
        ('[[day]]\ndate = 2018-03-15\nname = "x"\n', r"working: is missing"),
        ('[[day]]\ndate = 2018-03-15\nname = "x"\nworking = 1\n', "true or false"),
        ('[[day]]\ndate = 2018-03-15\nname = "x"\nworking = true\n' * 2, "stands twice"),
        ("[day", "days-off.toml"),
    ],
)
def test_a_mistake_in_it_is_named(tmp_path: Path, text: str, detail: str) -> None:
    (tmp_path / "days-off.toml").write_text(text, "utf-8")
    with pytest.raises(NqError, match=detail):
        read_days_off(tmp_path)


def test_the_rule_of_a_form_is_read(ws: Workspace) -> None:
    assert ws.catalogue.form("t.m").due_for[0].due == WorkingDaysRule(working_days=2)


def test_a_workspace_may_be_made_with_the_plugin_by_name(tmp_path: Path) -> None:
    ws = create_workspace(
        tmp_path / "ws",
        name="x",
        plugins=["nq_state_calendar"],
        root="top",
        modules=[("s", plugin("s", DISTRICT))],
    )
    with ws:
        assert set(ws.catalogue.calendars) == {"civil", "nd09"}
        assert ws.faults == ()
