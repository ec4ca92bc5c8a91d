"""Who owes what over the years, whatever happens to units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.catalogue import Definitions, Plugins, build_catalogue
from nqcore.catalogue.definitions import parse_definitions
from nqcore.collection.obligations import Obligations
from nqcore.model.forms import Form
from nqcore.model.handovers import Disposal, Duty, Handover, handover_id
from nqcore.model.report_status import ReportStatus
from nqcore.model.units import EVERY_UNIT, Scope, UnitKind
from nqcore.workspace.facade import Workspace
from tests.collection.reorganisation.office import BASIS, DAY, TOML, later, office, report
from tests.collection.reorganisation.test_reorganisation import MERGE, NEW, inherits
from tests.support.unit_worlds import START, World, event, unit, worlds


def duties(world: World, *handovers: Handover, scope: Scope) -> tuple[Obligations, Form]:
    """The world's units with one quarterly form for those of `scope`."""
    plain = parse_definitions("t.toml", TOML)
    form = replace(plain.forms[0], owed_by=scope, since=date(2019, 1, 1))
    definitions = Definitions(
        directives=plain.directives,
        indicators=plain.indicators,
        forms=(form,),
        units=tuple(world.units),
        changes=tuple(world.events),
        handovers=handovers,
    )
    catalogue = build_catalogue(Plugins([], modules=[("t", bringing(definitions))]))
    assert not catalogue.faults
    return Obligations(catalogue), form


def bringing(found: Definitions) -> SimpleNamespace:
    from nqcore.plugin import hook

    @hook
    def definitions() -> Definitions:
        return found

    return SimpleNamespace(definitions=definitions)


def quarters(obligations: Obligations, form: Form, world: World) -> Iterator[tuple[str, date]]:
    last = world.days[-1] + timedelta(days=200)
    for period in obligations.calendar(form).periods(form.every, START, last):
        yield period.code, period.end


@given(worlds())
def test_a_form_for_all_communes_is_owed_by_those_there_are_at_each_periods_end(
    world: World,
) -> None:
    everybody = Scope(kinds=frozenset({UnitKind.COMMUNE}))
    obligations, form = duties(world, scope=everybody)
    for code, end in quarters(obligations, form, world):
        owing = {u.code for u in obligations.owed(form, obligations.period(form, code))}
        assert owing == set(world.tree.at(end))


@given(worlds(), st.data())
def test_a_form_by_name_is_owed_by_the_named_while_they_exist_and_then_waits(
    world: World, data: st.DataObject
) -> None:
    named = data.draw(st.sets(st.sampled_from([u.code for u in world.units]), min_size=1))
    obligations, form = duties(world, scope=Scope(units=frozenset(named)))
    for code, end in quarters(obligations, form, world):
        period = obligations.period(form, code)
        owing = {u.code for u in obligations.owed(form, period)}
        waiting = {u.code for u in obligations.undecided(form, period)}
        ended = {c for c in named if (closed := world.tree[c].closed) and closed <= end}
        assert owing == {c for c in named if world.tree[c].exists(end)}
        assert waiting == ended
        assert not owing & waiting


@given(worlds(), st.data())
def test_decisions_move_a_duty_once_and_leave_nobody_with_two(
    world: World, data: st.DataObject
) -> None:
    tree = world.tree
    named = data.draw(st.sampled_from([u.code for u in world.units]))
    handovers: list[Handover] = []
    at, day = named, None
    while (closed := tree[at].closed) is not None and data.draw(st.booleans()):
        since = closed + timedelta(days=data.draw(st.integers(0, 100)))
        heirs = sorted(c for c, u in tree.items() if u.exists(since))
        way = data.draw(st.sampled_from(Disposal)) if heirs else Disposal.END
        heir = data.draw(st.sampled_from(heirs)) if way is Disposal.INHERIT else None
        handovers.append(
            Handover(
                unit=at,
                duty=Duty.FORM,
                of="t.q",
                disposal=way,
                successor=heir,
                since=since,
                basis="QĐ",
            )
        )
        if heir is None:
            break
        at, day = heir, since
    obligations, form = duties(world, *handovers, scope=Scope(units=frozenset({named})))
    decided = {h.id: h for h in handovers}
    for code, end in quarters(obligations, form, world):
        period = obligations.period(form, code)
        holder, open_ = named, False
        while (closed := tree[holder].closed) is not None and closed <= end:
            decision = decided.get(handover_id(holder, Duty.FORM, "t.q"))
            if decision is None or decision.since > end:
                open_ = True
                break
            if decision.successor is None:
                holder = ""
                break
            holder = decision.successor
        there = bool(holder) and not open_ and tree[holder].exists(end)
        assert [u.code for u in obligations.owed(form, period)] == ([holder] if there else [])
        assert [u.code for u in obligations.undecided(form, period)] == ([holder] if open_ else [])
    assert day is None or day >= START


@given(worlds())
def test_nobody_owes_twice_and_what_is_owed_under_a_unit_is_part_of_what_is_owed_above(
    world: World,
) -> None:
    obligations, form = duties(world, scope=Scope(kinds=frozenset({UnitKind.COMMUNE})))
    for code, end in quarters(obligations, form, world):
        period = obligations.period(form, code)
        everything = [u.code for u in obligations.owed(form, period)]
        assert len(everything) == len(set(everything))
        for root in world.tree.at(end):
            below = [u.code for u in obligations.owed(form, period, root)]
            assert set(below) <= set(everything)


# -- rates ---------------------------------------------------------------------------------------


def rates(ws: Workspace) -> dict[str, tuple[int, int]]:
    board = ws.monitoring.board("t.q", "huyen")
    return {p.code: board.rate(n) for n, p in enumerate(board.periods)}


def test_the_rate_of_a_period_is_over_the_units_of_that_period(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        for unit in ("xa-a", "xa-b", "xa-c", "htx"):
            report(ws, unit, "2018-Q2", "3")
        before = rates(ws)
        assert before["2018-Q2"] == (4, 4)
        ws.organisation.change_units(MERGE, units=[NEW], decided=[inherits(Duty.REPORTS)], by="qt")
        assert rates(ws) == before
        with later(ws, date(2018, 12, 20)) as then:
            for unit in ("xa-an-binh", "xa-c"):
                report(then, unit, "2018-Q4", "3", by="vp")
            found = rates(then)
            assert found["2018-Q2"] == (4, 4)
            assert found["2018-Q4"] == (2, 3)


@pytest.mark.slow
@given(order=st.permutations(["merge", "q3", "q4"]), unsent=st.sets(st.sampled_from("abc")))
def test_no_order_of_reports_and_changes_makes_a_rate_exceed_the_whole(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], unsent: set[str]
) -> None:
    with office(tmp_path_factory.mktemp("rates") / "ws", today=date(2018, 12, 20)) as ws:
        for step in order:
            units = [c for c in ("xa-a", "xa-b", "xa-c") if c[-1] not in unsent]
            if step == "merge":
                ws.organisation.change_units(MERGE, units=[NEW], by="qt")
                continue
            period = "2018-Q3" if step == "q3" else "2018-Q4"
            if period == "2018-Q4":
                units = ["xa-an-binh"] if "xa-an-binh" in ws.units else ["xa-c"]
            for unit in units:
                report(ws, unit, period, "1", by="vp")
            for sent, owed in rates(ws).values():
                assert 0 <= sent <= owed
        q3 = ws.rollup(form="t.q", period="2018-Q3")[0].coverage
        assert (q3.due, q3.reported) == (4, 3 - len(unsent))
        assert all(0 <= sent <= owed for sent, owed in rates(ws).values())


# -- what nobody has decided ---------------------------------------------------------------------


def test_the_board_says_where_nobody_has_decided(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        ws.organisation.change_units(MERGE, units=[NEW], by="qt")
        with later(ws, date(2018, 12, 31)) as then:

            def words(form: str) -> dict[tuple[str, str], ReportStatus]:
                board = then.monitoring.board(form, "huyen")
                return {
                    (unit.code, board.periods[n].code): board.status(
                        unit, n, cell, then.today
                    ).status
                    for group in board.groups
                    for unit, cells in group.rows
                    for n, cell in enumerate(cells)
                }

            found = words("t.nv")
            assert found["xa-b", "2018-H1"] is ReportStatus.UNDECIDED  # outstanding
            assert found["xa-b", "2018-H2"] is ReportStatus.UNDECIDED  # owed by name
            assert found["xa-c", "2018-H2"] is ReportStatus.EMPTY
            assert then.monitoring.board("t.nv", "huyen").rate(1) == (0, 1)
            decided = [
                inherits(Duty.FORM, "t.nv"),
                inherits(Duty.REPORTS, disposal=Disposal.END, successor=None),
            ]
            then.organisation.hand_over(*decided, by="qt")
            found = words("t.nv")
            assert found["xa-b", "2018-H1"] is ReportStatus.ENDED
            assert found["xa-b", "2018-H2"] is ReportStatus.GONE
            assert found["xa-an-binh", "2018-H2"] is ReportStatus.EMPTY


def test_the_command_lists_the_open_questions(tmp_path: Path) -> None:
    from nqcore.cli.printing.units import question_lines, questions_data

    with office(tmp_path / "ws") as ws:
        ws.organisation.change_units(MERGE, units=[NEW], by="qt")
        assert list(question_lines(ws)) == []
        with later(ws, DAY) as then:
            lines = list(map(str, question_lines(then)))
            assert len(lines) == 5
            assert (
                "? xa-b  Xã Bình Minh, ended 2018-10-01: task t.1: Xây dựng nhà văn hóa; "
                "it went on in xa-an-binh"
            ) in lines
            assert {q["duty"] for q in questions_data(then)} == {d.value for d in Duty}


def test_a_definition_file_may_decide_too() -> None:
    text = (
        TOML.replace('parent = "xa-b"', 'parent = "huyen"')
        + f"""
[[change]]
id = "dong"
date = 2018-10-01
kind = "close"
unit = "xa-b"
[[handover]]
unit = "xa-b"
task = "t.1"
way = "inherit"
successor = "xa-c"
since = 2018-10-01
basis = "{BASIS}"
[[handover]]
unit = "xa-b"
reports = true
way = "end"
since = 2018-10-01
"""
    )
    catalogue = build_catalogue(
        Plugins([], modules=[("t", bringing(parse_definitions("t.toml", text)))])
    )
    assert not catalogue.faults
    assert catalogue.task_at("t.1", DAY).responsible == "xa-c"
    assert catalogue.owner("handover", "task:t.1:xa-b") == "t"
    assert catalogue.bearer("xa-b", Duty.REPORTS, "", DAY).unit is None


def test_the_units_below_are_those_of_any_day_of_a_span(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        ws.organisation.change_units(MERGE, units=[NEW], by="qt")

        def below(period: str, today: date) -> set[str]:
            span = ws.obligations.read(period)
            return {u.code for u in ws.obligations.below("huyen", span, today)}

        assert below("2018-Q3", DAY) == {"xa-a", "xa-b", "xa-c"}
        assert below("2018-Q4", date(2018, 12, 1)) == {"xa-an-binh", "xa-c"}
        assert below("2018", date(2018, 12, 1)) == {"xa-a", "xa-b", "xa-an-binh", "xa-c"}
        assert below("2018", date(2018, 9, 1)) == {"xa-a", "xa-b", "xa-c"}


def test_a_target_is_measured_for_whoever_inherited_it(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        ws.organisation.change_units(MERGE, units=[NEW], by="qt")
        with later(ws, date(2018, 12, 31)) as then:

            def measured(unit: str, period: str) -> list[str]:
                review = then.reviews.review(directive="1-KH/HU", period=period, unit=unit)
                return [t.id for t in review.targets("t.A1")]

            def before() -> list[str]:
                """The targets of xa-b while it existed."""
                known, day = then.catalogue, date(2018, 6, 30)
                found = (known.target_at(t, day) for t in known.targets.values())
                return [
                    t.id for t in found if t and t.scope.covers(known.units["xa-b"], known.units)
                ]

            assert measured("xa-an-binh", "2018") == []
            then.organisation.hand_over(inherits(Duty.TARGET, "t.m"), by="qt")
            assert measured("xa-an-binh", "2018") == ["t.m"]
            assert before() == ["t.m"]
            then.organisation.hand_over(
                inherits(Duty.TARGET, "t.m", disposal=Disposal.END, successor=None), by="qt"
            )
            assert measured("xa-an-binh", "2018") == []
            assert before() == ["t.m"]


def test_the_review_names_the_heir_of_a_task_and_says_where_nobody_has_decided(
    tmp_path: Path,
) -> None:
    with office(tmp_path / "ws") as ws:
        ws.organisation.change_units(MERGE, units=[NEW], by="qt")

        def said(then: Workspace, period: str) -> str:
            return then.report(directive="1-KH/HU", period=period, format="html").data.decode()

        with later(ws, date(2018, 12, 31)) as then:
            open_ = "chưa xác định đơn vị kế thừa"
            assert f"<td>Xã Bình Minh (đã kết thúc hoạt động, {open_})" in said(then, "2018")
            assert open_ not in said(then, "2018-Q2")
            then.organisation.hand_over(inherits(Duty.TASK, "t.1"), by="qt")
            assert "<td>Xã An Bình</td>" in said(then, "2018")
            assert "<td>Xã Bình Minh</td>" in said(then, "2018-Q2")
            assert then.monitoring.task("t.1").responsible == "xa-an-binh"


def test_whoever_finishes_a_units_reports_has_rights_over_it_and_not_over_what_stood_under_it(
    tmp_path: Path,
) -> None:
    from nqcore.collection.accounts.access import Action

    with office(tmp_path / "ws") as ws:
        ws.organisation.change_units(event("k", DAY, "close", unit="xa-b"), by="qt")
        with later(ws, DAY) as then:
            before = dict(then.units.at(DAY)), dict(then.units.at(date(2018, 9, 30)))
            then.organisation.hand_over(inherits(Duty.REPORTS, successor="xa-a"), by="qt")
            clerk = then.account("a")
            assert clerk.may(Action.ENTER, "xa-b", then.units)
            assert not clerk.may(Action.READ, "htx", then.units)
            assert then.account("b").unit == "xa-a"
            # The tree itself, and with it every total, is as it was.
            assert (dict(then.units.at(DAY)), dict(then.units.at(date(2018, 9, 30)))) == before
        assert not ws.account("a").may(Action.ENTER, "xa-b", ws.units)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (date(2019, 6, 30), "2019-Q1"),  # the second quarter ends on that day, not before it
        (date(2019, 7, 1), "2019-Q2"),
    ],
)
def test_the_last_period_owed_is_the_one_that_ends_before_the_form_does(
    until: date, last: str
) -> None:
    obligations, form = duties(World([unit("a", None)], [], []), scope=EVERY_UNIT)
    ending = replace(form, until=until)
    assert [p.code for p in obligations.open_periods(ending, date(2020, 1, 1))][-1] == last
    assert bool(obligations.owed(ending, obligations.period(form, "2019-Q2"))) is (
        last == "2019-Q2"
    )
