"""Changes of units that are made in the office: foreseen, entered, followed, taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.clock import clock_at
from nqcore.collection.accounts.access import Action, Role
from nqcore.collection.reorganisation.impact import Comparability
from nqcore.collection.reorganisation.reorganisation import (
    BasisMissing,
    ForeignChange,
    ReportedAfter,
    ReportsExist,
    RootEnds,
    StillNeeded,
    UnitExists,
    free_code,
    free_id,
)
from nqcore.collection.submissions.entry_rights import ReporterUndecided, ReportsEnded
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.changes import BrokenChange, ChangeEvent
from nqcore.model.handovers import BrokenHandover, Disposal, Duty, Handover
from nqcore.model.units import BrokenTree, Unit, UnitKind
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from tests.collection.reorganisation.office import BASIS, DAY, TODAY, TOML, later, office, report
from tests.support.small import plugin
from tests.support.unit_worlds import event

NEW = Unit(code="xa-an-binh", name="Xã An Bình", kind=UnitKind.COMMUNE, parent="huyen", basis=BASIS)
MERGE = event("m1", DAY, "merge", ("xa-a", "xa-an-binh"), ("xa-b", "xa-an-binh"))


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path / "ws") as found:
        yield found


def rename(name: str = "Xã An Phú Đông", day: date = DAY, id: str = "r1") -> ChangeEvent:
    return event(id, day, "rename", unit="xa-a", name=name)


def inherits(duty: Duty, of: str = "", unit: str = "xa-b", **more: object) -> Handover:
    decided: dict[str, object] = {
        "disposal": Disposal.INHERIT,
        "successor": "xa-an-binh",
        "since": DAY,
        "basis": BASIS,
    }
    return Handover(unit=unit, duty=duty, of=of, **{**decided, **more})  # type: ignore[arg-type]


# -- entering ------------------------------------------------------------------------------------


def test_a_merge_takes_effect_on_its_day_and_not_before(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    assert set(ws.units.at(TODAY)) == {"huyen", "xa-a", "xa-b", "xa-c", "htx"}
    assert set(ws.units.at(DAY)) == {"huyen", "xa-an-binh", "xa-c", "htx"}
    assert ws.catalogue.owner("change", "m1") == "workspace"
    assert ws.catalogue.owner("unit", "xa-an-binh") == "workspace"


def test_what_stood_under_a_merged_commune_stands_under_the_new_one(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    assert ws.units.at(TODAY)["htx"].parent == "xa-b"
    assert ws.units.at(DAY)["htx"].parent == "xa-an-binh"


def test_the_change_stands_in_the_journal_with_its_basis_and_who_entered_it(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    (touch,) = ws.store.history("changes", "m1")
    assert (touch.by, touch.do) == ("qt", "change-units")
    assert ws.verify().ok


def test_a_workspace_that_is_opened_again_has_the_change(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, date(2018, 10, 5)) as again:
        assert dict(again.units.at(DAY)) == dict(ws.units.at(DAY))
        assert again.catalogue.changes["m1"] == ws.catalogue.changes["m1"] == MERGE


def test_an_open_workspace_follows_a_change_that_another_process_makes(ws: Workspace) -> None:
    report(ws, "xa-a", "2018-Q1", "3")
    assert ws.rollup(form="t.q", period="2018-Q1")[0].value == 3
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from nqcore.clock import clock_at; from nqcore.workspace.opening import open_workspace\n"
        "from tests.collection.reorganisation.office import plugin\n"
        "from tests.collection.reorganisation.test_reorganisation import MERGE, NEW\n"
        "with open_workspace(Path(sys.argv[1]), clock=clock_at(date(2018, 9, 20)),\n"
        "                    modules=[('t', plugin())]) as ws:\n"
        "    ws.organisation.change_units(MERGE, units=[NEW], by='qt')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ws.folder)], capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    ws.refresh()
    assert "xa-an-binh" in ws.units.at(DAY)
    form = ws.catalogue.form("t.q")
    owing = ws.obligations.owed(form, ws.submissions.period(form, "2018-Q4"))
    assert [unit.code for unit in owing] == ["xa-an-binh", "htx", "xa-c"]
    assert ws.rollup(form="t.q", period="2018-Q1")[0].value == 3


@pytest.mark.parametrize(
    ("wrong", "units", "says"),
    [
        (event("m", DAY, "merge", ("xa-a", "xa-x"), ("xa-b", "xa-x")), (), BrokenChange),
        (event("m", DAY, "close", unit="huyen"), (), RootEnds),
        (event("m", DAY, "move", unit="xa-b", parent="htx"), (), BrokenChange),
        (MERGE, [NEW, Unit(code="xa-c", name="Khác", kind=UnitKind.COMMUNE)], Exception),
        (MERGE, [Unit(code="xa-an-binh", name="A", kind=UnitKind.COMMUNE, parent="?")], BrokenTree),
    ],
)
def test_what_contradicts_the_units_is_refused_and_nothing_is_written(
    ws: Workspace, wrong: ChangeEvent, units: list[Unit], says: type[Exception]
) -> None:
    before = ws.store.version
    with pytest.raises(says):
        ws.organisation.change_units(wrong, units=units, by="qt")
    with pytest.raises(says):
        ws.organisation.preview_change(wrong, units=units, by="qt")
    assert ws.store.version == before


def test_a_change_without_the_document_that_orders_it_is_refused(ws: Workspace) -> None:
    from dataclasses import replace

    with pytest.raises(BasisMissing):
        ws.organisation.change_units(replace(rename(), basis=" "), by="qt")


def test_two_changes_of_one_name_are_refused(ws: Workspace) -> None:
    ws.organisation.change_units(rename(), by="qt")
    with pytest.raises(UnitExists):
        ws.organisation.change_units(rename("Xã Khác", id="r1"), by="qt")


@pytest.mark.parametrize(
    ("login", "change", "allowed"),
    [
        ("qta", rename(), True),
        ("qta", event("c", DAY, "close", unit="xa-a"), False),
        ("qta", event("v", DAY, "move", unit="xa-a", parent="xa-c"), False),
        ("qta", MERGE, False),
        ("vp", rename(), False),
        ("a", rename(), False),
        ("qt", rename(), True),
    ],
)
def test_only_who_manages_all_that_is_touched_may_change_units(
    ws: Workspace, login: str, change: ChangeEvent, allowed: bool
) -> None:
    units = [NEW] if change is MERGE else []
    if allowed:
        ws.organisation.preview_change(change, units=units, by=login)
        ws.organisation.change_units(change, units=units, by=login)
    else:
        with pytest.raises(NotAllowed):
            ws.organisation.preview_change(change, units=units, by=login)
        with pytest.raises(NotAllowed):
            ws.organisation.change_units(change, units=units, by=login)


def test_a_move_entered_ahead_of_its_day_moves_nobodys_rights_before_it(ws: Workspace) -> None:
    ws.organisation.change_units(event("v", DAY, "move", unit="xa-c", parent="xa-a"), by="qt")
    assert not ws.account("a").may(Action.READ, "xa-c", ws.units)
    with later(ws, DAY) as then:
        assert then.account("a").may(Action.READ, "xa-c", then.units)


def test_a_unit_cannot_end_before_a_period_for_which_it_has_reported(ws: Workspace) -> None:
    report(ws, "xa-a", "2018-Q3", "3")
    early = event("m1", date(2018, 9, 1), "merge", ("xa-a", "xa-an-binh"), ("xa-b", "xa-an-binh"))
    with pytest.raises(ReportedAfter, match="2018-Q3"):
        ws.organisation.preview_change(early, units=[NEW], by="qt")
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")


# -- what it would do ----------------------------------------------------------------------------


def test_the_preview_of_a_merge_says_what_ends_and_begins(ws: Workspace) -> None:
    report(ws, "xa-a", "2018-Q1", "3")
    report(ws, "xa-b", "2018-Q1", "4")
    report(ws, "xa-c", "2018-Q1", "5")
    seen = ws.store.version
    found = ws.organisation.preview_change(MERGE, units=[NEW], by="qt")
    assert ws.store.version == seen
    assert [u.code for u in found.ended] == ["xa-a", "xa-b"]
    assert [u.code for u in found.begun] == ["xa-an-binh"]
    assert [(o.unit.code, o.form.id, o.first.code) for o in found.duties_ended] == [
        ("xa-a", "t.q", "2018-Q4"),
        ("xa-b", "t.q", "2018-Q4"),
        ("xa-b", "t.nv", "2018-H2"),
    ]
    assert [(o.unit.code, o.form.id, o.first.code) for o in found.duties_begun] == [
        ("xa-an-binh", "t.q", "2018-Q4")
    ]
    assert [(m.unit.code, m.after and m.after.code) for m in found.moved] == [("htx", "xa-an-binh")]
    assert {(s.account.login, s.after and s.after.code) for s in found.accounts} == {
        ("a", "xa-an-binh"),
        ("b", "xa-an-binh"),
        ("qta", "xa-an-binh"),
    }
    assert found.reports_kept == 2
    assert {o.submission for o in found.outstanding} == {
        "2018-Q2_t.q_xa-a", "2018-Q3_t.q_xa-a", "2018-Q2_t.q_xa-b", "2018-Q3_t.q_xa-b",
        "2018-H1_t.nv_xa-b",
    }  # fmt: skip
    (compared,) = found.comparisons
    assert (compared.unit.code, compared.comparability) == ("xa-an-binh", Comparability.EXACT)
    assert [u.name for u in compared.sources] == ["Xã An Phú", "Xã Bình Minh"]


def test_the_preview_names_the_reports_that_were_sent_within_the_old_boundaries(
    ws: Workspace,
) -> None:
    report(ws, "xa-a", "2018-Q2", "3")
    inside = event("m2", date(2018, 6, 1), "merge", ("xa-a", "xa-a"), ("xa-b", "xa-a"))
    (found,) = ws.organisation.preview_change(inside, by="qt").sent_before
    assert found.report.submission == "2018-Q2_t.q_xa-a"
    assert [unit.code for unit in found.unreported] == ["xa-b"]
    after = event("m3", date(2018, 7, 1), "merge", ("xa-a", "xa-a"), ("xa-b", "xa-a"))
    assert ws.organisation.preview_change(after, by="qt").sent_before == ()


def test_the_preview_names_the_questions_that_the_merge_would_open(ws: Workspace) -> None:
    found = ws.organisation.preview_change(MERGE, units=[NEW], by="qt")
    assert [(q.unit.code, q.duty, q.of) for q in found.open_duties] == [
        ("xa-a", Duty.REPORTS, ""),
        ("xa-b", Duty.FORM, "t.nv"),
        ("xa-b", Duty.REPORTS, ""),
        ("xa-b", Duty.TARGET, "t.m"),
        ("xa-b", Duty.TASK, "t.1"),
    ]
    assert {q.successor for q in found.open_duties} == {"xa-an-binh"}
    assert ws.organisation.open_duties() == ()


def test_the_preview_of_a_split_without_shares_says_where_the_figures_stay(ws: Workspace) -> None:
    parts = [Unit(code=c, name=c, kind=UnitKind.COMMUNE, parent="huyen", basis=BASIS) for c in "xy"]
    bare = ws.organisation.preview_change(
        event("s", DAY, "split", ("xa-a", "x"), ("xa-a", "y")), units=parts, by="qt"
    )
    assert [
        (c.comparability, c.undivided_at and c.undivided_at.code) for c in bare.comparisons
    ] == [(Comparability.UNKNOWN_SHARE, "huyen")] * 2
    from fractions import Fraction

    shared = event("s", DAY, "split", ("xa-a", "x", Fraction(3, 5)), ("xa-a", "y", Fraction(2, 5)))
    assert [
        c.comparability
        for c in ws.organisation.preview_change(shared, units=parts, by="qt").comparisons
    ] == [Comparability.ESTIMATED] * 2
    assert all(s.after is None for s in bare.accounts)


def test_the_preview_of_a_rename_counts_the_reports_that_keep_the_old_name(ws: Workspace) -> None:
    report(ws, "xa-a", "2018-Q1", "3")
    found = ws.organisation.preview_change(rename(), by="qt")
    assert [(r.before.name, r.after.name) for r in found.changed] == [
        ("Xã An Phú", "Xã An Phú Đông")
    ]
    assert found.reports_kept == 1
    assert (found.duties_ended, found.duties_begun, found.accounts, found.open_duties) == (
        (),
        (),
        (),
        (),
    )


# -- afterwards ----------------------------------------------------------------------------------


def test_people_go_with_their_unit_on_the_day_of_the_merge(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    assert ws.account("a").unit == "xa-a"
    with later(ws, date(2018, 12, 20)) as then:
        assert then.account("a").unit == "xa-an-binh"
        assert {a.unit for a in then.accounts.all()} == {"huyen", "xa-an-binh"}
        assert then.account("a").may(Action.READ, "xa-b", then.units)
        (owed,) = [
            o
            for o in then.monitoring.worklist("a")
            if o.period.code == "2018-Q4" and o.form == "t.q"
        ]
        assert owed.unit == "xa-an-binh"


def test_the_merged_communes_earlier_reports_wait_until_somebody_decides(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, date(2018, 10, 5)) as then:
        with pytest.raises(ReporterUndecided):
            then.save_draft("xa-b", "t.q", "2018-Q3", {"A1": "4"}, by="b")
        then.organisation.hand_over(inherits(Duty.REPORTS), by="qt")
        then.save_draft("xa-b", "t.q", "2018-Q3", {"A1": "4"}, by="b")
        then.organisation.hand_over(
            inherits(Duty.REPORTS, disposal=Disposal.END, successor=None), by="qt"
        )
        with pytest.raises(ReportsEnded):
            then.save_draft("xa-b", "t.q", "2018-Q3", {"A1": "5"}, by="b")
        # Whoever stood above both enters what came on paper.
        then.save_draft("xa-b", "t.q", "2018-Q3", {"A1": "5"}, by="vp", reason="bản giấy")


def test_a_duty_by_name_is_owed_by_nobody_until_it_is_handed_over(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, date(2018, 12, 31)) as then:
        form = then.catalogue.form("t.nv")
        half = then.submissions.period(form, "2018-H2")
        assert [u.code for u in then.obligations.owed(form, half)] == ["xa-c"]
        then.organisation.hand_over(
            inherits(Duty.FORM, "t.nv"), inherits(Duty.TASK, "t.1"), by="qt"
        )
        assert [u.code for u in then.obligations.owed(form, half)] == ["xa-an-binh", "xa-c"]
        assert then.catalogue.task_at("t.1", DAY).responsible == "xa-an-binh"
        assert then.catalogue.task_at("t.1", TODAY).responsible == "xa-b"
        first = then.submissions.period(form, "2018-H1")
        assert [u.code for u in then.obligations.owed(form, first)] == ["xa-b", "xa-c"]
        rows = then.entry.sheet(then.submissions.obligation("xa-an-binh", form, half)).rows
        assert [row.key for row in rows] == ["NV-t.1"]


def test_a_decision_closes_its_question_and_no_other(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, DAY) as then:
        open_before = {q.id for q in then.organisation.open_duties()}
        for way in (Disposal.INHERIT, Disposal.REPLACE, Disposal.END):
            heir = "xa-an-binh" if way is Disposal.INHERIT else None
            one = inherits(Duty.TASK, "t.1", disposal=way, successor=heir)
            then.organisation.hand_over(one, by="qt")
            assert open_before - {q.id for q in then.organisation.open_duties()} == {one.id}


def test_decisions_may_be_taken_with_the_change_itself(ws: Workspace) -> None:
    decided = [inherits(Duty.REPORTS), inherits(Duty.TASK, "t.1")]
    ws.organisation.change_units(MERGE, units=[NEW], decided=decided, by="qt")
    with later(ws, DAY) as then:
        assert {(q.unit.code, q.duty) for q in then.organisation.open_duties()} == {
            ("xa-a", Duty.REPORTS),
            ("xa-b", Duty.FORM),
            ("xa-b", Duty.TARGET),
        }


@pytest.mark.parametrize(
    "wrong",
    [
        inherits(Duty.TASK, "t.1", unit="xa-c"),
        inherits(Duty.TASK, "t.1", successor="xa-a"),
        inherits(Duty.TASK, "t.1", successor=None),
        inherits(Duty.TASK, "t.1", since=TODAY),
        inherits(Duty.TASK),
        inherits(Duty.TASK, "t.1", disposal=Disposal.END),
    ],
)
def test_a_decision_that_contradicts_the_units_is_refused(ws: Workspace, wrong: Handover) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, DAY) as then, pytest.raises(BrokenHandover):
        then.organisation.hand_over(wrong, by="qt")


# -- taking it back ------------------------------------------------------------------------------


def test_a_change_is_taken_back_with_its_units_and_decisions(ws: Workspace) -> None:
    before = dict(ws.units)
    ws.organisation.change_units(MERGE, units=[NEW], decided=[inherits(Duty.REPORTS)], by="qt")
    assert [(e.event.id, e.by, e.undoable) for e in ws.organisation.entered_changes()] == [
        ("m1", "qt", True)
    ]
    ws.organisation.undo_change("m1", by="qt")
    assert dict(ws.units) == before
    assert ws.organisation.entered_changes() == ()
    assert ws.catalogue.handovers == {}
    assert [t.do for t in ws.store.history("changes", "m1")] == ["change-units", "undo-change"]
    with pytest.raises(UnknownName):
        ws.organisation.undo_change("m1", by="qt")


def test_undo_ends_with_the_first_report_under_the_new_units(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, date(2018, 10, 5)) as then:
        report(then, "xa-b", "2018-Q3", "4", by="vp")  # an old period: still the old tree
        assert then.organisation.entered_changes()[0].undoable
        then.save_draft("xa-an-binh", "t.q", "2018-Q4", {"A1": "1"}, by="a")
        assert not then.organisation.entered_changes()[0].undoable
        with pytest.raises(ReportsExist, match="2018-Q4_t"):
            then.organisation.undo_change("m1", by="qt")


def test_reports_that_were_there_before_the_change_do_not_hinder_its_undo(ws: Workspace) -> None:
    report(ws, "xa-a", "2018-Q3", "3")
    ws.organisation.change_units(rename(day=date(2018, 1, 1)), by="qt")
    ws.organisation.undo_change("r1", by="qt")
    assert ws.units["xa-a"].name == "Xã An Phú"


def test_what_others_rest_on_is_not_taken_back(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    ws.organisation.change_units(
        event("r2", date(2019, 1, 1), "rename", unit="xa-an-binh", name="Xã An Bình Đông"), by="qt"
    )
    with pytest.raises(StillNeeded, match="r2"):
        ws.organisation.undo_change("m1", by="qt")
    ws.organisation.undo_change("r2", by="qt")
    ws.accounts.add("n", "n", "xa-an-binh", [], units=ws.units, by="qt", at=ws.clock())
    with pytest.raises(StillNeeded, match="n needs it"):
        ws.organisation.undo_change("m1", by="qt")


def test_a_unit_that_was_closed_exists_again_and_its_decisions_go(ws: Workspace) -> None:
    ws.organisation.change_units(
        event("c1", DAY, "close", unit="xa-b"),
        event("v1", DAY, "move", unit="htx", parent="xa-c"),
        decided=[inherits(Duty.TASK, "t.1", successor="xa-c")],
        by="qt",
    )
    assert len(ws.catalogue.handovers) == 1
    ws.organisation.undo_change("c1", by="qt")
    assert ws.units["xa-b"].closed is None
    assert ws.catalogue.handovers == {}


def test_only_changes_of_the_office_that_exist_are_taken_back(tmp_path: Path) -> None:
    with create_workspace(
        tmp_path / "ws", name="Huyện", plugins=(), root="huyen", clock=clock_at(TODAY),
        modules=[("t", plugin("t", TOML + CLOSED_BY_PLUGIN))],
    ) as ws:  # fmt: skip
        ws.accounts.add("qt", "qt", "huyen", [Role.ADMIN], units=ws.units, by="x", at=ws.clock())
        with pytest.raises(ForeignChange, match="comes from t"):
            ws.organisation.undo_change("c", by="qt")
        with pytest.raises(UnknownName):
            ws.organisation.undo_change("none", by="qt")


CLOSED_BY_PLUGIN = """
[[change]]
id = "c"
date = 2018-10-01
kind = "close"
unit = "xa-a"
"""


def test_a_decision_needs_the_document_that_orders_it(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    seen = ws.store.version
    with pytest.raises(BasisMissing):
        ws.organisation.hand_over(inherits(Duty.REPORTS, basis=" "), by="qt")
    assert ws.store.version == seen


def test_what_others_manage_is_not_taken_back(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with pytest.raises(NotAllowed):
        ws.organisation.undo_change("m1", by="qta")


# -- names ---------------------------------------------------------------------------------------


def test_codes_and_ids_are_made_from_names_and_days_and_are_free(ws: Workspace) -> None:
    assert free_code(ws.units, "Xã An Bình") == "xa-an-binh"
    assert free_id(ws.catalogue, MERGE) == "2018-10-01.merge.1"
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    assert free_code(ws.units, "Xã An Bình") == "xa-an-binh-2"


def test_what_a_merged_commune_left_undone_stands_on_the_list_of_its_heir(ws: Workspace) -> None:
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, date(2018, 10, 5)) as then:
        assert [one.unit for one in then.monitoring.worklist("b") if one.unit == "xa-b"] == []
        then.organisation.hand_over(inherits(Duty.REPORTS), by="qt")
        left = [one for one in then.monitoring.worklist("b") if one.unit == "xa-b"]
        assert {(one.form, one.period.code) for one in left} >= {("t.q", "2018-Q3")}
        assert {one.submission for one in left} <= {
            owed.submission
            for each in then.monitoring.debts()
            for owed in each.reports
            if each.unit.code == "xa-b"
        } | {one.submission for one in left if one.due >= date(2018, 10, 5)}
        # The other unit's reports were not left to it.
        assert not [one for one in then.monitoring.worklist("b") if one.unit == "xa-a"]
        then.organisation.hand_over(
            inherits(Duty.REPORTS, disposal=Disposal.END, successor=None), by="qt"
        )
        assert not [one for one in then.monitoring.worklist("b") if one.unit == "xa-b"]


def test_beside_the_boxes_of_a_merged_commune_stand_the_sums_of_those_it_is_made_of(
    ws: Workspace,
) -> None:
    report(ws, "xa-a", "2018-Q3", "3")
    ws.organisation.change_units(MERGE, units=[NEW], by="qt")
    with later(ws, date(2018, 12, 31)) as then:
        fourth = then.submissions.obligation("xa-an-binh", "t.q", "2018-Q4")
        sheet = then.entry.sheet(fourth)
        assert sheet.before_units == ("xa-a", "xa-b")
        assert sheet.before_missing == ("xa-b",)
        # One of the two has not reported: the figure of the other alone is not theirs together.
        assert {row.before for row in sheet.rows} == {""}
        then.organisation.hand_over(inherits(Duty.REPORTS), by="qt")
        report(then, "xa-b", "2018-Q3", "4")
        sheet = then.entry.sheet(fourth)
        assert sheet.before_missing == ()
        (row,) = [row for row in sheet.rows if row.key == "A1"]
        assert row.before == "7"
    own = ws.entry.sheet(ws.submissions.obligation("xa-c", "t.q", "2018-Q3"))
    assert own.before_units == ()
