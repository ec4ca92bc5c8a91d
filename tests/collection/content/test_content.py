"""What an office makes itself: foreseen, made, asked in its time, ended, taken back while unused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nqcore.catalogue import Catalogue
from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.collection.content.changes import (
    ContentBasisMissing,
    ContentChangedSince,
    ContentPlan,
    ContentRefused,
    ContentUsed,
    ForeignItem,
    NoLongerPlanned,
)
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.fields import FIELD_TYPES
from nqcore.workspace.facade import Workspace
from tests.support.small import CLERK, NOON, Now, found, full, reopen

BASIS = "Công văn số 5-CV/HU"
Tables = list[tuple[str, Mapping[str, Any]]]

COUNT = {
    "code": "vp.A9",
    "label": "A9",
    "name": "Số buổi đối thoại",
    "measure": "buổi",
    "since": date(2018, 4, 1),
    "basis": BASIS,
}
RATE = {
    "code": "vp.A9.1",
    "label": "A9.1",
    "name": "Tỷ lệ đối thoại",
    "measure": "%",
    "decimals": 1,
    "formula": "vp.A9 / s.A1 * 100",
    "since": date(2018, 4, 1),
    "basis": BASIS,
}
SECTION = {
    "form": "s.q",
    "key": "C",
    "title": "Đối thoại",
    "asks": {"kinds": ["commune"]},
    "since": date(2018, 4, 1),
    "basis": BASIS,
}
ASK = {
    "form": "s.q",
    "section": "C",
    "type": "figure",
    "indicator": "vp.A9",
    "since": date(2018, 4, 1),
    "basis": BASIS,
}
TARGET = {
    "id": "vp.A9",
    "directive": "1-NQ/HU",
    "indicator": "vp.A9",
    "value": 10,
    "period": "2018",
    "basis": BASIS,
}
OVERLAY = {
    "id": "vp.o1",
    "target": "vp.A9",
    "within": "xa-a",
    "set": {"value": 12},
    "since": date(2018, 4, 1),
    "basis": BASIS,
}
SET: Tables = [
    ("indicator", COUNT),
    ("indicator", RATE),
    ("section", SECTION),
    ("question", ASK),
    ("target", TARGET),
]


@pytest.fixture
def office(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        ws.accounts.add("qt", "Quản trị", "top", ADMIN_ROLES, units=ws.units, by="test", at=NOON)
        yield ws


def make(ws: Workspace, *tables: tuple[str, Mapping[str, Any]]) -> ContentPlan:
    plan = ws.content.plan(tables)
    ws.content.apply(plan, by="qt")
    return plan


def report(ws: Workspace, unit: str, period: str, **given: Any) -> None:
    draft = ws.save_draft(unit, "s.q", period, full(unit, **given), by=CLERK[unit])
    ws.send(draft, by=CLERK[unit])
    ws.accept(draft, by="duyet")


def with_answers(ws: Workspace, now: Now) -> None:
    """The content, and reports of the first quarter in which it is asked."""
    make(ws, *SET)
    now.on("2018-07-05")
    report(ws, "xa-a", "2018-Q2", A9="3")
    report(ws, "xa-b", "2018-Q2", A9="4")


def said(catalogue: Catalogue) -> dict[str, object]:
    """All definitions of a catalogue, and who owns them."""
    parts = ("directives", "indicators", "forms", "targets", "tasks", "rules", "overlays")
    found = {name: getattr(catalogue, name) for name in (*parts, "owners", "unresolved")}
    register = found["directives"]
    return found | {"directives": [(one, register.below(one.id)) for one in register]}


# -- making ----------------------------------------------------------------------------------------


def test_a_preview_says_who_is_asked_what_from_when_and_writes_nothing(office: Workspace) -> None:
    seq = office.store.head.seq
    plan = office.content.plan(SET)
    assert plan.mistakes == ()
    (asked,) = plan.asked
    assert (asked.form, asked.key, asked.first.code) == ("s.q", "A9", "2018-Q2")
    assert [unit.code for unit in asked.after] == ["xa-a", "xa-b"]
    assert (asked.before, asked.cells_a_year, plan.cells_a_year) == ((), 8, 8)
    assert [str(note) for note in plan.comparisons] == [
        "“Số buổi đối thoại”: the series begins with Quarter II/2018; Quarter III/2018 is the first that can "
        "be compared with the period before."
    ]
    assert office.store.head.seq == seq


def test_what_was_made_is_one_record_and_is_asked_in_its_time(office: Workspace, now: Now) -> None:
    seq = office.store.head.seq
    make(office, *SET)
    assert office.store.head.seq == seq + 1
    assert office.catalogue.owner("question", "s.q/A9") == "workspace"
    now.on("2018-07-05")
    report(office, "xa-a", "2018-Q2", A9="3", A1="6")
    assert str(office.figure("vp.A9", "2018-Q2")) == "3 buổi (1/2)"
    assert str(office.figure("vp.A9.1", "2018-Q2", unit="xa-a", own=True)).startswith("50")
    assert office.figure("vp.A9", "2018-Q1").value is None
    first = office.entry.sheet(office.submissions.obligation("xa-a", "s.q", "2018-Q1"))
    then = office.entry.sheet(office.submissions.obligation("xa-b", "s.q", "2018-Q2"))
    firm = office.entry.sheet(office.submissions.obligation("dn-1", "s.q", "2018-Q2"))
    assert ["A9" in {row.key for row in one.rows} for one in (first, then, firm)] == [
        False,
        True,
        False,
    ]


def test_the_content_is_there_when_the_folder_is_opened_again(
    office: Workspace, tmp_path: Path, now: Now
) -> None:
    make(office, *SET)
    before = said(office.catalogue)
    office.close()
    with reopen(tmp_path / "ws", now) as again:
        assert said(again.catalogue) == before


def test_the_same_once_more_changes_nothing(office: Workspace) -> None:
    make(office, *SET)
    seq = office.store.head.seq
    plan = make(office, *SET)
    assert (plan.items, len(plan.same)) == ((), len(SET))
    assert office.store.head.seq == seq


@pytest.mark.parametrize("login", ["duyet", "lan"])
def test_only_who_manages_the_whole_office_makes_content(office: Workspace, login: str) -> None:
    with pytest.raises(NotAllowed):
        office.content.apply(office.content.plan(SET), by=login)
    make(office, *SET)
    with pytest.raises(NotAllowed):
        office.content.undo("1", by=login)


WRONG: dict[str, tuple[Tables, set[tuple[str, str, str]]]] = {
    "a key that is not known": (
        [("indicator", COUNT | {"mesure": "x"})],
        {("indicator", "vp.A9", "mesure")},
    ),
    "a code that is taken": (
        [("indicator", COUNT | {"code": "s.A1"})],
        {("indicator", "s.A1@2018-04-01", "code")},
    ),
    "a key that the form has": (
        [("question", ASK | {"section": "A", "type": "narrative", "key": "A1", "label": "x"})],
        {("question", "s.q/A1", "indicator")},
    ),
    "an indicator that is asked elsewhere": (
        [("question", ASK | {"section": "A", "indicator": "s.A1"})],
        {("question", "s.q/A1", "key")},
    ),
    "a computed indicator": (
        [("question", ASK | {"section": "A", "indicator": "s.B2.1"})],
        {("question", "s.q/B2.1", "indicator")},
    ),
    "a cycle": (
        [("indicator", COUNT | {"formula": "vp.A9.1 * 2"}), ("indicator", RATE)],
        {("indicator", "vp.A9@2018-04-01", "formula")},
    ),
    "names that nobody knows": (
        [("question", ASK), ("target", TARGET | {"directive": "9-NQ/HU"})],
        {
            ("question", "s.q/A9", "indicator"),
            ("question", "s.q/A9", "section"),
            ("target", "vp.A9", "directive"),
            ("target", "vp.A9", "indicator"),
        },
    ),
    "a target without a source": (
        [SET[0], ("target", {k: v for k, v in TARGET.items() if k != "basis"})],
        {("target", "vp.A9", "basis")},
    ),
    "dates that are no time": (
        [SET[0], SET[2], ("question", ASK | {"until": date(2018, 4, 1)})],
        {("question", "s.q/A9", "until")},
    ),
    "overlays that overlap": (
        [
            SET[0],
            SET[4],
            ("overlay", OVERLAY),
            ("overlay", OVERLAY | {"id": "vp.o2", "set": {"value": 20}}),
        ],
        {("overlay", "vp.o2", "set")},
    ),
    "a question that nobody is asked": (
        [SET[0], SET[2], ("question", ASK | {"asks": {"kinds": ["enterprise"]}})],
        {("question", "s.q/A9", "asks")},
    ),
    "a form that nobody owes": (
        [
            (
                "form",
                {
                    "id": "vp.n",
                    "title": "Báo cáo năm",
                    "directive": "1-NQ/HU",
                    "every": "year",
                    "due": {"day": 20, "months_after": 1},
                    "owed_by": {"kinds": ["cooperative"]},
                    "since": date(2018, 1, 1),
                    "basis": BASIS,
                },
            )
        ],
        {("form", "vp.n", "owed_by")},
    ),
    "versions that count something else": (
        [SET[0], ("indicator", COUNT | {"since": date(2019, 1, 1), "measure": "cuộc"})],
        {("indicator", "vp.A9@2019-01-01", "measure")},
    ),
    "a target that is set twice": (
        [SET[0], SET[4], ("target", TARGET | {"id": "vp.other"})],
        {("target", "vp.A9", "value"), ("target", "vp.other", "value")},
    ),
    "one item twice": (
        [SET[0], ("indicator", COUNT | {"name": "x"})],
        {("indicator", "vp.A9@2018-04-01", "")},
    ),
    "a rule about nothing": (
        [
            (
                "rule",
                {
                    "id": "vp.r",
                    "kind": "result",
                    "directive": "1-NQ/HU",
                    "title": "x",
                    "type": "plans",
                    "field": "ZZ",
                    "basis": BASIS,
                    "sentences": {"some": "{issued}"},
                },
            )
        ],
        {("rule", "vp.r", "field")},
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_bad_content_is_refused_at_its_place_all_at_once(office: Workspace, case: str) -> None:
    tables, places = WRONG[case]
    seq = office.store.head.seq
    plan = office.content.plan(tables)
    assert {(m.kind, m.id, m.key) for m in plan.mistakes} == places
    with pytest.raises(ContentRefused) as refused:
        office.content.apply(plan, by="qt")
    assert refused.value.mistakes == plan.mistakes
    assert office.store.head.seq == seq


def test_mistakes_of_several_items_come_together(office: Workspace) -> None:
    tables = [
        table for name in WRONG for table in WRONG[name][0] if name.startswith(("a f", "a r"))
    ]
    places = {(m.kind, m.id, m.key) for m in office.content.plan(tables).mistakes}
    assert places == {("form", "vp.n", "owed_by"), ("rule", "vp.r", "field")}


def test_every_type_of_field_can_be_a_question(office: Workspace) -> None:
    more = {
        "figure": {"indicator": "vp.A9"},
        "task": {"task": "t1"},
        "document": {"key": "Z1", "label": "x", "directive": "1-NQ/HU"},
        "choices": {"key": "Z2", "label": "x", "option": [{"code": "a", "text": "A"}]},
        "yes_no": {"key": "Z3", "label": "x"},
        "day": {"key": "Z4", "label": "x"},
        "narrative": {"key": "Z5", "label": "x"},
    }
    assert len(more) == len(FIELD_TYPES)
    head = {k: v for k, v in ASK.items() if k not in ("indicator", "type")}
    tables = [("question", head | {"type": name} | keys) for name, keys in more.items()]
    plan = office.content.plan([SET[0], SET[2], *tables])
    # The form has the task t1 already: its key is taken, and that alone is wrong.
    assert {(m.id, m.key) for m in plan.mistakes} == {("s.q/NV-t1", "key")}


# -- ending ----------------------------------------------------------------------------------------


def test_a_question_that_ended_keeps_its_figures_and_is_not_asked_again(
    office: Workspace, now: Now
) -> None:
    with_answers(office, now)
    before = [str(office.figure(code, "2018-Q2")) for code in ("vp.A9", "vp.A9.1", "s.A1")]
    plan = office.content.end("question", "s.q/A9", date(2018, 7, 1), BASIS, by="qt")
    assert [(one.first.code, len(one.before), one.cells_a_year) for one in plan.asked] == [
        ("2018-Q3", 2, -8)
    ]
    assert [str(note) for note in plan.comparisons] == [
        "“Số buổi đối thoại”: the series ends with Quarter II/2018."
    ]
    assert [str(office.figure(code, "2018-Q2")) for code in ("vp.A9", "vp.A9.1", "s.A1")] == before
    now.on("2018-10-05")
    then = office.entry.sheet(office.submissions.obligation("xa-a", "s.q", "2018-Q2"))
    later = office.entry.sheet(office.submissions.obligation("xa-a", "s.q", "2018-Q3"))
    assert ["A9" in {row.key for row in one.rows} for one in (then, later)] == [True, False]
    third = office.figure("vp.A9", "2018-Q3")
    assert third.reason
    assert third.reason.code == "not-applicable"


def test_a_question_of_a_plugin_is_left_out_by_an_overlay(office: Workspace, now: Now) -> None:
    report(office, "xa-a", "2018-Q1", A1="5")
    before = str(office.figure("s.A1", "2018-Q1"))
    office.content.end("question", "s.q/A1", date(2018, 4, 1), BASIS, by="qt")
    assert str(office.figure("s.A1", "2018-Q1")) == before
    now.on("2018-07-05")
    sheet = office.entry.sheet(office.submissions.obligation("xa-a", "s.q", "2018-Q2"))
    assert "A1" not in {row.key for row in sheet.rows}


@pytest.mark.parametrize(
    ("id", "until"), [("s.q/A9", date(2018, 6, 1)), ("s.q/A1", date(2018, 4, 1))]
)
def test_nothing_ends_before_what_was_answered(
    office: Workspace, now: Now, id: str, until: date
) -> None:
    with_answers(office, now)
    plan = office.content.plan_end("question", id, until, BASIS)
    (mistake,) = plan.mistakes
    assert "would take 2 answers out of the figures, the last one of 2018-Q2" in str(mistake)


def test_what_cannot_end_says_why(office: Workspace) -> None:
    with pytest.raises(ContentBasisMissing):
        office.content.plan_end("question", "s.q/A1", date(2018, 7, 1), " ")
    with pytest.raises(ForeignItem):
        office.content.plan_end("form", "s.q", date(2018, 7, 1), BASIS)
    with pytest.raises(UnknownName):
        office.content.plan_end("question", "s.q/ZZ", date(2018, 7, 1), BASIS)


# -- changing what is used -------------------------------------------------------------------------

MEANING: list[tuple[str, dict[str, Any], str]] = [
    ("indicator", COUNT | {"measure": "cuộc"}, "measure"),
    ("indicator", COUNT | {"label": "A8"}, "label"),
    ("indicator", COUNT | {"units": "max"}, "units"),
    ("indicator", COUNT | {"time": "last"}, "time"),
    ("indicator", COUNT | {"decimals": 1}, "decimals"),
    ("indicator", COUNT | {"name": "Số cuộc đối thoại"}, "name"),
    ("question", ASK | {"since": date(2018, 3, 1)}, "since"),
    ("section", SECTION | {"asks": {"kinds": ["commune", "enterprise"]}}, "asks"),
]


@pytest.mark.parametrize(("kind", "table", "key"), MEANING)
def test_the_meaning_of_what_is_used_does_not_change(
    office: Workspace, now: Now, kind: str, table: dict[str, Any], key: str
) -> None:
    make(office, *SET)
    assert key not in {m.key for m in office.content.plan([(kind, table)]).mistakes}  # unused yet
    now.on("2018-07-05")
    report(office, "xa-a", "2018-Q2", A9="3")
    mistakes = office.content.plan([(kind, table)]).mistakes
    assert [(m.kind, m.key) for m in mistakes] == [(kind, key)]
    assert "1 reports answer it, the last one 2018-Q2_s.q_xa-a" in str(mistakes[0])


ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("indicator", COUNT | {"note": "Cả đối thoại đột xuất"}),
    ("indicator", COUNT | {"since": date(2018, 10, 1), "name": "Số cuộc đối thoại"}),
    ("section", SECTION | {"title": "Đối thoại, góp ý"}),
    ("question", ASK | {"until": date(2019, 1, 1)}),
    ("target", TARGET | {"value": 12}),
]


@pytest.mark.parametrize(("kind", "table"), ALLOWED)
def test_words_new_versions_and_ends_may_come(
    office: Workspace, now: Now, kind: str, table: dict[str, Any]
) -> None:
    with_answers(office, now)
    assert make(office, (kind, table)).mistakes == ()


FORM = {
    "id": "vp.n",
    "title": "Báo cáo quý về đối thoại",
    "directive": "1-NQ/HU",
    "every": "quarter",
    "due": {"day": 20, "months_after": 1},
    "owed_by": {"kinds": ["commune"]},
    "since": date(2018, 4, 1),
    "basis": BASIS,
    "section": [{"key": "A", "title": "Đối thoại", "figures": ["vp.A9"]}],
}


def test_a_form_that_is_used_may_begin_earlier_and_not_later(office: Workspace, now: Now) -> None:
    make(office, ("indicator", COUNT), ("form", FORM))
    now.on("2018-07-05")
    draft = office.save_draft("xa-a", "vp.n", "2018-Q2", {"A9": "3"}, by=CLERK["xa-a"])
    office.accept(office.send(draft, by=CLERK["xa-a"]), by="duyet")
    later = office.content.plan([("form", FORM | {"since": date(2018, 7, 1)})])
    assert [(m.kind, m.key) for m in later.mistakes] == [("form", "since")]
    earlier = FORM | {"since": date(2016, 1, 1)}
    assert make(office, ("form", earlier)).mistakes == ()
    assert office.catalogue.forms["vp.n"].since == date(2016, 1, 1)


# -- taking back -----------------------------------------------------------------------------------


def test_undo_gives_the_former_catalogue_again(office: Workspace) -> None:
    empty = said(office.catalogue)
    make(office, *SET[:3])
    first = said(office.catalogue)
    make(office, *SET[3:], ("section", SECTION | {"title": "Khác"}))
    assert said(office.catalogue) != first
    office.content.undo("2", by="qt")
    assert said(office.catalogue) == first
    office.content.undo("1", by="qt")
    assert said(office.catalogue) == empty
    assert [(s.id, s.undone, s.undoable) for s in office.content.steps()] == [
        ("2", True, False),
        ("1", True, False),
    ]
    with pytest.raises(UnknownName):
        office.content.undo("1", by="qt")


def test_what_is_used_cannot_be_taken_back(office: Workspace, now: Now) -> None:
    with_answers(office, now)
    before = said(office.catalogue)
    with pytest.raises(ContentUsed):
        office.content.undo("1", by="qt")
    assert not office.content.steps()[0].undoable
    assert said(office.catalogue) == before


def test_what_another_definition_names_cannot_be_taken_back(office: Workspace) -> None:
    make(office, SET[0])
    make(office, *SET[2:4])
    with pytest.raises(ContentUsed) as used:
        office.content.undo("1", by="qt")
    assert "question:s.q/A9" in str(used.value)


def test_an_older_change_of_an_item_waits_for_the_later_one(office: Workspace) -> None:
    make(office, SET[0])
    make(office, ("indicator", COUNT | {"note": "x"}))
    with pytest.raises(ContentChangedSince):
        office.content.undo("1", by="qt")


def test_an_end_can_be_taken_back(office: Workspace, now: Now) -> None:
    with_answers(office, now)
    before = said(office.catalogue)
    office.content.end("question", "s.q/A9", date(2018, 7, 1), BASIS, by="qt")
    office.content.undo("2", by="qt")
    assert said(office.catalogue) == before


def test_a_preview_that_another_administrator_overtook_is_not_applied(office: Workspace) -> None:
    plan = office.content.plan(SET)
    make(office, ("indicator", COUNT | {"note": "x"}))
    with pytest.raises(NoLongerPlanned):
        office.content.apply(plan, by="qt")


# -- one thing, however it comes -------------------------------------------------------------------


def test_the_text_of_the_content_gives_the_same_again(office: Workspace, tmp_path: Path) -> None:
    make(office, *SET)
    text = office.content.text()
    with found(tmp_path / "other") as other:
        other.accounts.add("qt", "x", "top", ADMIN_ROLES, units=other.units, by="test", at=NOON)
        other.content.apply(other.content.plan_text(text), by="qt")
        assert said(other.catalogue) == said(office.catalogue)
        assert other.content.text() == text


def test_a_rule_that_leaves_out_units_which_are_asked_is_noted_before_it_takes_effect(
    office: Workspace,
) -> None:
    table: dict[str, Any] = {
        "id": "vp.r",
        "kind": "result",
        "directive": "1-NQ/HU",
        "title": "Lao động",
        "type": "total",
        "indicators": ["s.B1"],
        "scope": {"sectors": ["non_state"]},
        "sentences": {"some": "có {B1} lao động"},
        "basis": BASIS,
    }
    plan = office.content.plan([("rule", table)])
    assert plan.mistakes == ()
    (note,) = map(str, plan.notes)
    assert (
        "“vp.r”: “s.B1” is asked of units outside its scope too: Enterprises, of the State" in note
    )
    office.content.apply(plan, by="qt")
    assert office.content.plan([("indicator", COUNT)]).notes == ()
    again = office.content.plan([("rule", {**table, "title": "Số lao động"})])
    assert len(again.notes) == 1
    whole = {key: value for key, value in table.items() if key != "scope"}
    assert office.content.plan([("rule", whole)]).notes == ()


def test_a_question_from_within_a_period_says_which_reports_are_sent_already(
    office: Workspace, now: Now
) -> None:
    now.on("2018-07-05")
    report(office, "xa-a", "2018-Q2")
    plan = office.content.plan([SET[0], ("question", ASK | {"section": "A"})])
    notes = " ".join(str(one) for one in plan.notes)
    assert "2018-Q2: 1 reports are sent or accepted already and stay as they are: Xã A." in notes
    assert "enter 01/7/2018 as its first day" in notes
    later = office.content.plan(
        [SET[0], ("question", ASK | {"section": "A", "since": date(2018, 7, 1)})]
    )
    assert "already" not in " ".join(str(one) for one in later.notes)


def test_a_question_that_names_units_without_the_form_says_which_it_does_not_reach(
    office: Workspace,
) -> None:
    asks = {"units": ["top", "xa-a"]}
    plan = office.content.plan([SET[0], ("question", ASK | {"section": "A", "asks": asks})])
    notes = " ".join(str(one) for one in plan.notes)
    assert "does not reach 1 units that it names" in notes
    assert "xa-a" not in notes
