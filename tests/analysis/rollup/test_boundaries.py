"""Totals within the boundaries of another date, on random trees and events: what the model's projection
says, figure for figure; nothing is lost, and nothing that rests on a share is unmarked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.analysis.rollup import ExactTotal, Totals
from nqcore.catalogue import Catalogue, Definitions
from nqcore.collection.obligations import Obligations
from nqcore.errors import NotAddable, UnknownName
from nqcore.formulas import parse, round_half_up
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.projection import Projection, project
from nqcore.model.units import Scope
from tests.analysis.rollup.worlds import catalogue_of, form, indicator, revision, values_of
from tests.support.unit_worlds import START, event
from tests.support.unit_worlds import World as Changing
from tests.support.unit_worlds import unit as commune
from tests.support.unit_worlds import worlds as changing

QUARTERS = [f"{year}-Q{nth}" for year in range(2019, 2025) for nth in (1, 2, 3, 4)]
SPANS = [*QUARTERS, *map(str, range(2019, 2025)), "2019..2024", "2020-Q2..2021-Q3"]
TODAY = date(2026, 1, 1)
Cells = dict[tuple[str, str, str], Decimal]


@dataclass(frozen=True)
class World:
    """A tree that changes, and what its units reported: flow, stock, and what does not add up."""

    catalogue: Catalogue
    cells: Cells
    days: list[date]

    @property
    def totals(self) -> Totals:
        periods: dict[tuple[str, str], dict[str, Decimal]] = {}
        for (code, period, unit), value in self.cells.items():
            periods.setdefault((period, unit), {})[code] = value
        revisions = tuple(
            revision(unit, "q", period, answers) for (period, unit), answers in periods.items()
        )
        obligations = Obligations(self.catalogue)
        return Totals(obligations, values_of(self.catalogue, revisions), TODAY)

    def projection(self, since: date, until: date) -> Projection:
        return project(self.catalogue.units, self.catalogue.changes.values(), since, until)


TYPED = {
    "q.flow": (OverUnits.SUM, OverTime.SUM),
    "q.stock": (OverUnits.SUM, OverTime.LAST),
    "q.first": (OverUnits.SUM, OverTime.FIRST),
    "q.mean": (OverUnits.SUM, OverTime.MEAN),
    "q.most": (OverUnits.MAX, OverTime.LAST),
    "q.least": (OverUnits.MIN, OverTime.MIN),
    "q.any": (OverUnits.ANY, OverTime.MAX),
}


def world_of(changed: Changing, seed: int, missing: float) -> World:
    random = Random(seed)
    indicators = [
        *(indicator(code, over_units=u, over_time=t) for code, (u, t) in TYPED.items()),
        indicator("q.ratio", decimals=1, formula=parse("q.flow / q.stock * 100")),
    ]
    definitions = Definitions(
        units=tuple(changed.units),
        changes=tuple(changed.events),
        indicators=tuple(indicators),
        forms=(form("q", PeriodKind.QUARTER, tuple(TYPED)),),
    )
    catalogue = catalogue_of(definitions)
    obligations = Obligations(catalogue)
    cells: Cells = {}
    for code in random.sample(QUARTERS, 8):
        period = obligations.read(code)
        for one in obligations.tree(period.end):
            if random.random() >= missing:
                for name in TYPED:
                    cells[name, code, one] = Decimal(random.randint(0, 50))
    return World(catalogue, cells, [START - timedelta(days=1), START, *changed.days, TODAY])


worlds = st.builds(world_of, changing(), st.integers(0, 2**32), st.sampled_from([0.0, 0.2]))
undivided = st.builds(
    world_of, changing(shares=True), st.integers(0, 2**32), st.sampled_from([0.0, 0.2])
)


def questions(world: World, totals: Totals, random: Random) -> Iterator[tuple[str, date, str]]:
    """(unit, day, span) of units that exist on that day."""
    for _ in range(6):
        day = random.choice(world.days) + timedelta(days=random.choice([0, 0, -1, 1]))
        tree = totals.obligations.tree(day)
        yield random.choice(list(tree)), day, random.choice(SPANS)


def work(totals: Totals, code: str, unit: str, span: str, on: date | None) -> ExactTotal:
    period = totals.lookup.span(span, totals.catalogue.indicators[code])
    definition = totals.lookup.definition(code, unit, period)
    return totals.exact(definition, unit, period, boundaries=on)


def periods_of(totals: Totals, span: str) -> tuple[Period, ...]:
    form = totals.catalogue.forms["q"]
    return totals.typed.counting(form, totals.obligations.read(span))


def members(totals: Totals, unit: str, on: date) -> set[str]:
    return {one.code for one in totals.obligations.tree(on).subtree(unit)}


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_a_flow_is_the_sum_of_what_the_projection_of_each_period_gives_the_unit(
    world: World, seed: int
) -> None:
    totals = world.totals
    for unit, day, span in questions(world, totals, Random(seed)):
        worked = work(totals, "q.flow", unit, span, day)
        inside = members(totals, unit, day)
        expected, some = Fraction(0), False
        for period in periods_of(totals, span):
            values = {
                u: Fraction(v)
                for (code, p, u), v in world.cells.items()
                if (code, p) == ("q.flow", period.code)
            }
            there = world.projection(period.end, day)
            for code, projected in there.sums(values).units.items():
                expected += projected.value if code in inside else 0
            for u in values:
                parts = there.route(u)
                some = some or any(
                    (at := there.unit_for(part.among)) is not None and at in inside
                    for part in parts
                )
        assert worked.operand.fraction == (expected if some else None), (unit, day, span)
        again = sum((Fraction(c.value) * c.share for c in worked.contributions), Fraction(0))
        assert again == expected, "the cells of the explanation add up again"


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_the_total_of_the_whole_stays_whatever_the_boundaries(world: World, seed: int) -> None:
    totals = world.totals
    for _, day, span in questions(world, totals, Random(seed)):
        for code in ("q.flow", "q.stock", "q.first"):
            reported = totals.figure(code, "top", span)
            within = totals.figure(code, "top", span, boundaries=day)
            assert within.value == reported.value
            assert within.coverage.reported == reported.coverage.reported
            assert within.coverage.due == reported.coverage.due
            assert within.coverage.exact


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_the_boundaries_of_a_period_s_own_last_day_are_those_it_was_reported_in(
    world: World, seed: int
) -> None:
    totals, random = world.totals, Random(seed)
    for code in random.sample(QUARTERS, 4):
        period = totals.obligations.read(code)
        for unit in totals.obligations.tree(period.end):
            for name in (*TYPED, "q.ratio"):
                own = random.random() < 0.3
                reported = totals.figure(name, unit, code, own=own)
                within = totals.figure(name, unit, code, own=own, boundaries=period.end)
                assert same(within, reported)


def same(one: Figure, other: Figure) -> bool:
    return (one.value, one.reason and one.reason.code, one.coverage) == (
        other.value,
        other.reason and other.reason.code,
        other.coverage,
    )


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(undivided, st.integers(0, 2**32))
def test_rounded_figures_of_units_below_add_up_to_that_of_the_unit_above(
    world: World, seed: int
) -> None:
    totals = world.totals
    for unit, day, span in questions(world, totals, Random(seed)):
        tree = totals.obligations.tree(day)
        for code in ("q.flow", "q.stock"):
            whole = totals.figure(code, unit, span, boundaries=day)
            own = totals.figure(code, unit, span, own=True, boundaries=day)
            below = [
                totals.figure(code, one.code, span, boundaries=day) for one in tree.children(unit)
            ]
            values = [f.value for f in (own, *below) if f.value is not None]
            assert whole.value == (sum(values, Decimal(0)) if values else None)


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_what_rests_on_a_share_is_marked_and_nothing_else_is(world: World, seed: int) -> None:
    totals = world.totals
    for unit, day, span in questions(world, totals, Random(seed)):
        inside = members(totals, unit, day)
        estimated, apart = set(), set()
        for period in periods_of(totals, span):
            there = world.projection(period.end, day)
            for code, p, u in world.cells:
                if (code, p) != ("q.flow", period.code):
                    continue
                share, doubtful = Fraction(0), False
                for part, size in there.route(u).items():
                    at = there.unit_for(part.among)
                    if at in inside:
                        share += size
                    elif inside & part.among:
                        doubtful = True
                if 0 < share < 1:
                    estimated.add((u, p))
                if doubtful:
                    apart.add((u, p))
        coverage = totals.figure("q.flow", unit, span, boundaries=day).coverage
        assert {(part.unit, part.period) for part in coverage.estimated} == estimated
        assert {(part.unit, part.period) for part in coverage.apart} == apart


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_a_ratio_is_computed_again_from_its_projected_parts(world: World, seed: int) -> None:
    totals = world.totals
    for unit, day, span in questions(world, totals, Random(seed)):
        flow = work(totals, "q.flow", unit, span, day).operand.fraction
        stock = work(totals, "q.stock", unit, span, day).operand.fraction
        ratio = totals.figure("q.ratio", unit, span, boundaries=day)
        if flow is None or not stock:
            assert ratio.value is None
        else:
            assert ratio.value == round_half_up(flow / stock * 100, 1)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_what_does_not_add_up_is_told_only_of_whole_units(world: World, seed: int) -> None:
    totals = world.totals
    for unit, day, span in questions(world, totals, Random(seed)):
        (period, *others) = periods_of(totals, span) or (None,)
        if period is None or others:
            continue
        inside = members(totals, unit, day)
        there = world.projection(period.end, day)
        values = {
            u: Fraction(v)
            for (code, p, u), v in world.cells.items()
            if (code, p) == ("q.most", period.code)
        }
        owing = {u: Fraction(0) for u in totals.obligations.tree(period.end)}
        refused = inside & {
            code for code, v in there.one_to_one(owing).items() if not isinstance(v, Fraction)
        }
        found = totals.figure("q.most", unit, span, boundaries=day)
        if refused:
            assert found.value is None
            assert found.reason is not None
            assert found.reason.code == "not-projectable"
            continue
        told = [
            v
            for code, v in there.one_to_one(values).items()
            if code in inside and isinstance(v, Fraction)
        ]
        assert found.value == (max(told) if told else None)


def test_a_unit_that_does_not_exist_on_the_day_is_an_error_that_says_so() -> None:
    changed = Changing([commune("top"), *(commune(c, "top") for c in "abc")])
    changed.events.append(event("e", START, "merge", ("a", "c"), ("b", "c"), ("c", "c")))
    totals = world_of(changed, 1, 0.0).totals
    with pytest.raises(UnknownName, match="does not exist on 2020-01-01"):
        totals.figure("q.flow", "a", "2020", boundaries=START)
    assert totals.figure("q.flow", "c", "2020", boundaries=START).boundaries == "2020-01-01"
    assert totals.figure("q.flow", "c", "2020").boundaries == REPORTED


def told(share: Fraction | None) -> Totals:
    """a (30 people) is divided on 1 January 2020: to b and to a new c; b has 10."""
    parts = (("a", "b", share), ("a", "c", None if share is None else 1 - share))
    changed = Changing([commune("top"), commune("p", "top")])
    before = date(2000, 1, 1)
    changed.units += [*(commune(c, "p", opened=before) for c in "ab"), commune("c", "p")]
    changed.events.append(event("e", START, "split", *parts))
    cells = {("q.stock", "2019-Q4", "a"): Decimal(30), ("q.stock", "2019-Q4", "b"): Decimal(10)}
    world = world_of(changed, 1, 1.0)
    return World(world.catalogue, cells, []).totals


def test_a_declared_share_divides_the_value_and_marks_it_as_an_estimate() -> None:
    totals = told(Fraction(2, 3))
    b, c, p = (totals.figure("q.stock", u, "2019-Q4", boundaries=START) for u in "bcp")
    assert (b.value, c.value, p.value) == (30, 10, 40)
    assert [part.unit for part in b.coverage.estimated] == ["a"]
    assert [part.unit for part in c.coverage.estimated] == ["a"]
    assert p.coverage.exact


def test_without_a_share_the_value_stays_with_the_lowest_common_ancestor_and_it_is_said() -> None:
    totals = told(None)
    b, c, p = (totals.figure("q.stock", u, "2019-Q4", boundaries=START) for u in "bcp")
    assert (b.value, c.value, p.value) == (10, None, 40)
    assert [part.unit for part in b.coverage.apart] == ["a"]
    assert [part.unit for part in c.coverage.apart] == ["a"]
    assert [part.unit for part in p.coverage.kept] == ["a"]
    assert p.coverage.exact


def renamed_and_merged(**of_value: object) -> Totals:
    """On 1 January 2020 a becomes n as a whole, and b and c become m; all under top. Before it they
    reported the indicator v: 4, 6 and 8, with the weights w: 1, 1 and 3."""
    before = date(2000, 1, 1)
    changed = Changing([commune("top"), *(commune(c, "top", opened=before) for c in "abc")])
    changed.units += [commune("n", "top"), commune("m", "top")]
    changed.events += [
        event("e1", START, "merge", ("a", "n")),
        event("e2", START, "merge", ("b", "m"), ("c", "m")),
    ]
    definitions = Definitions(
        units=tuple(changed.units),
        changes=tuple(changed.events),
        indicators=(indicator("v", **of_value), indicator("w", over_time=OverTime.LAST)),
        forms=(form("q", PeriodKind.QUARTER, ("v", "w")),),
    )
    reported = {"a": (4, 1), "b": (6, 1), "c": (8, 3)}
    revisions = tuple(
        revision(unit, "q", period, {"v": Decimal(v), "w": Decimal(w)})
        for unit, (v, w) in reported.items()
        for period in ("2019-Q3", "2019-Q4")
    )
    catalogue = catalogue_of(definitions)
    return Totals(Obligations(catalogue), values_of(catalogue, revisions), TODAY)


@pytest.mark.parametrize("over_time", [OverTime.LAST, OverTime.MEAN])
def test_a_weighted_mean_within_boundaries_has_a_value_for_a_unit_that_came_from_one_whole_unit(
    over_time: OverTime,
) -> None:
    totals = renamed_and_merged(over_units=OverUnits.WEIGHTED_MEAN, over_time=over_time, weight="w")
    one = totals.figure("v", "n", "2019-Q3..2019-Q4", boundaries=START)
    assert (one.value, one.coverage.exact) == (4, True)
    for unit in ("m", "top"):
        figure = totals.figure("v", unit, "2019-Q3..2019-Q4", boundaries=START)
        assert figure.value is None
        assert figure.reason is not None
        assert figure.reason.code == "not-projectable"


def test_what_must_not_be_added_up_is_refused_within_boundaries_too() -> None:
    alone = renamed_and_merged(over_units=OverUnits.NONE, over_time=OverTime.LAST)
    assert alone.figure("v", "n", "2019-Q4", boundaries=START).value == 4
    before = START - timedelta(days=1)
    with pytest.raises(NotAddable, match="over units"):
        alone.figure("v", "top", "2019-Q4", boundaries=before)
    single = renamed_and_merged(over_time=OverTime.NONE)
    assert single.figure("v", "m", "2019-Q4", boundaries=START).value == 14
    with pytest.raises(NotAddable, match="over time"):
        single.figure("v", "m", "2019-Q3..2019-Q4", boundaries=START)


def break_days(totals: Totals, unit: str, boundaries: date | None) -> list[date]:
    found = totals.breaks(unit, date(2019, 1, 1), date(2021, 1, 1), boundaries)
    assert all(each.events for each in found)
    return [each.day for each in found]


def test_a_series_within_boundaries_breaks_where_figures_begin_to_rest_on_shares() -> None:
    for totals in (told(Fraction(2, 3)), told(None)):
        assert break_days(totals, "b", START) == [START]
        assert break_days(totals, "p", START) == []
        # Within the units of the day before, what b reports after it is partly that of a.
        assert break_days(totals, "b", START - timedelta(days=1)) == [START]
        assert break_days(totals, "p", START - timedelta(days=1)) == []


def test_a_series_as_reported_breaks_where_something_came_in_from_outside() -> None:
    totals = told(Fraction(2, 3))
    assert break_days(totals, "b", None) == [START]
    assert break_days(totals, "p", None) == []
    assert break_days(totals, "c", None) == [], "a unit that begins has figures on one side only"


def test_so_many_days_spans_and_scopes_are_kept_and_more_change_no_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    totals = told(Fraction(2, 3))
    wanted = totals.figure("q.stock", "b", "2019-Q4", boundaries=START)
    monkeypatch.setattr("nqcore.analysis.rollup.engine._MOST_DAYS", 1)
    monkeypatch.setattr("nqcore.analysis.rollup.boundaries._MOST_UNITS", 1)
    monkeypatch.setattr("nqcore.analysis.rollup.reporting_mask._MOST_SCOPES", 1)
    monkeypatch.setattr("nqcore.analysis.rollup.typed_totals._MOST_SPANS", 1)
    for unit in ("b", "c"):
        for span in ("2019-Q4", "2019"):
            for day in (START, START - timedelta(days=1)):
                scope = Scope(units=frozenset({unit, "a"}))
                totals.figure("q.stock", "p", span, scope=scope, boundaries=day)
    assert totals.figure("q.stock", "b", "2019-Q4", boundaries=START) == wanted
