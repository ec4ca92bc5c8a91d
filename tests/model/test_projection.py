"""Figures carried from one date's units to another's: nothing lost, nothing claimed that is not known."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.errors import UnknownName
from nqcore.model.changes import ChangeEvent, tree_with
from nqcore.model.projection import Projection, Refusal, Unprojectable, project
from nqcore.model.units import Unit
from tests.support.unit_worlds import START, World, event, unit, worlds

DAY = date(2025, 7, 1)
BEFORE = DAY - timedelta(days=1)
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def between(units: list[Unit], events: list[ChangeEvent], since: date, until: date) -> Projection:
    return project(tree_with(units, events), events, since, until)


def plain(values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {code: value for code, value in values.items() if value}


def told(projection: Projection, values: Mapping[str, int | Fraction]) -> dict[str, Fraction]:
    return plain({code: p.value for code, p in projection.sums(values).units.items()})


def a_day(draw: st.DrawFn, world: World) -> date:
    return draw(st.sampled_from([START, *world.days, world.days[-1] + timedelta(days=9)]))


@st.composite
def journeys(
    draw: st.DrawFn, shares: bool | None = None
) -> tuple[World, Projection, dict[str, int]]:
    """A world, two of its days and whole values of the units of the first."""
    world = draw(worlds(shares))
    projection = project(world.tree, world.events, a_day(draw, world), a_day(draw, world))
    seed = random.Random(draw(st.integers(0, 2**32)))
    return world, projection, {code: seed.randint(0, 1000) for code in projection.start}


# What holds for every world


@given(journeys())
def test_the_total_is_the_same_under_every_boundary(
    journey: tuple[World, Projection, dict[str, int]],
) -> None:
    _, projection, values = journey
    for decimals in (None, 0, 2):
        sums = projection.sums(values, decimals)
        assert sums.total == sum(values.values())
        assert set(sums.units) <= set(projection.end)
        if decimals == 0:
            assert all(p.value.denominator == 1 and p.value >= 0 for p in sums.units.values())


@given(journeys())
def test_rounding_moves_a_unit_by_less_than_one(
    journey: tuple[World, Projection, dict[str, int]],
) -> None:
    _, projection, values = journey
    exact, rounded = projection.sums(values), projection.sums(values, 0)
    for code, p in exact.units.items():
        assert abs(p.value - rounded.units[code].value) < 1


@given(worlds(), st.data())
def test_projecting_to_the_original_date_is_the_identity(world: World, data: st.DataObject) -> None:
    day = a_day(data.draw, world)
    projection = project(world.tree, world.events, day, day)
    values = {code: n for n, code in enumerate(projection.start, 1)}
    sums = projection.sums(values, 0)
    assert {code: p.value for code, p in sums.units.items()} == values
    assert all(p.exact for p in sums.units.values())


@given(worlds(), st.data())
def test_two_projections_one_after_the_other_are_the_one_over_both(
    world: World, data: st.DataObject
) -> None:
    days = [START, *world.days]
    a, b, c = sorted(data.draw(st.lists(st.sampled_from(days), min_size=3, max_size=3)))
    first, second, both = (
        project(world.tree, world.events, *span) for span in ((a, b), (b, c), (a, c))
    )
    values = {code: n for n, code in enumerate(both.start, 1)}
    assert first.then(second).sums(values, 0) == both.sums(values, 0)


@given(worlds(shares=True), st.data())
def test_with_all_shares_declared_even_the_figures_compose(
    world: World, data: st.DataObject
) -> None:
    days = [START, *world.days]
    a, b, c = sorted(data.draw(st.lists(st.sampled_from(days), min_size=3, max_size=3)))
    first, second, both = (
        project(world.tree, world.events, *span) for span in ((a, b), (b, c), (a, c))
    )
    values = {code: n for n, code in enumerate(both.start, 1)}
    assert told(second, told(first, values)) == told(both, values)


@given(worlds(shares=True))
def test_declared_shares_give_what_a_plain_account_gives(world: World) -> None:
    projection = project(world.tree, world.events, START, world.days[-1])
    values = {code: Fraction(n) for n, code in enumerate(projection.start, 1)}
    expected: dict[str, Fraction] = dict(values)
    for _, moved in world.moves:
        after: dict[str, Fraction] = {}
        for code, value in expected.items():
            for target, share in moved.get(code, [(code, Fraction(1))]):
                after[target] = after.get(target, Fraction(0)) + value * share
        expected = after
    assert told(projection, values) == plain(expected)


@given(journeys())
def test_what_is_unmarked_is_the_sum_of_whole_units(
    journey: tuple[World, Projection, dict[str, int]],
) -> None:
    _, projection, values = journey
    for code, p in projection.sums(values).units.items():
        if p.exact:
            whole = [
                unit
                for unit in projection.start
                if [part.among for part in projection.route(unit)] == [{code}]
            ]
            assert p.value == sum(values[unit] for unit in whole)
            assert p.value.denominator == 1


@given(journeys())
def test_everything_that_a_share_decided_is_marked(
    journey: tuple[World, Projection, dict[str, int]],
) -> None:
    _, projection, values = journey
    sums = projection.sums(values)
    for source in values:
        places = {projection.unit_for(part.among) for part in projection.route(source)}
        if len(places) > 1:
            assert all(sums.units[at].estimated for at in places if at is not None)


@given(journeys(shares=False))
def test_without_shares_nothing_is_estimated_and_every_figure_is_whole(
    journey: tuple[World, Projection, dict[str, int]],
) -> None:
    _, projection, values = journey
    for p in projection.sums(values).units.values():
        assert not p.estimated
        assert p.value.denominator == 1


@given(worlds(), worlds(), st.booleans())
def test_independent_events_commute(one: World, other: World, swapped: bool) -> None:
    def renamed(world: World, prefix: str, day: date) -> tuple[list[Unit], list[ChangeEvent]]:
        """The world's first day only, under other codes, all on `day`."""
        first = [e for e in world.events if e.date == world.days[0]]
        used = {c for e in first for c in (*e.touched, e.parent) if c}
        keep = {"top", *(u.code for u in world.units if u.code[0] in "pc")} | used
        units = [
            unit(prefix + u.code, u.parent and prefix + u.parent)
            for u in world.units
            if u.code in keep
        ]
        events = [
            event(
                prefix + e.id,
                day,
                e.kind.value,
                *((prefix + t.source, prefix + t.target, t.share) for t in e.transfers),
                unit=e.unit and prefix + e.unit,
                name=e.name,
                parent=e.parent and prefix + e.parent,
            )
            for e in first
        ]
        return units, events

    late = DAY + timedelta(days=30)
    results = []
    for first_day, second_day in ((DAY, late), (late, DAY), (DAY, DAY)):
        units_a, events_a = renamed(one, "a-", first_day)
        units_b, events_b = renamed(other, "b-", second_day)
        events = [*events_b, *events_a] if swapped else [*events_a, *events_b]
        projection = between([*units_a, *units_b], events, BEFORE, late)
        values = {code: n for n, code in enumerate(sorted(projection.start), 1)}
        results.append(projection.sums(values, 0))
    assert results[0] == results[1] == results[2]


@given(journeys())
def test_what_must_not_be_added_is_carried_only_where_a_whole_unit_became_a_whole_unit(
    journey: tuple[World, Projection, dict[str, int]],
) -> None:
    _, projection, values = journey
    carried = projection.one_to_one(values)
    assert set(carried) <= set(projection.end)
    for code, got in carried.items():
        whole = [
            unit
            for unit in projection.start
            if [(p.among, p.above) for p in projection.route(unit)] == [({code}, False)]
        ]
        if isinstance(got, Unprojectable):
            assert got.origins
        else:
            assert [got] == [values[unit] for unit in whole]


# Examples

COMMUNES = [unit("h"), unit("a", "h"), unit("b", "h"), unit("c", "h"), unit("d", "h")]


def test_a_merge_adds_up_and_is_exact() -> None:
    merged = [event("e", DAY, "merge", ("a", "n"), ("b", "n"))]
    sums = between([*COMMUNES, unit("n", "h")], merged, BEFORE, DAY).sums({"a": 120, "b": 80}, 0)
    assert sums.units["n"].value == 200
    assert sums.units["n"].exact


def test_a_share_makes_an_estimate_rounded_by_largest_remainder_ties_by_code() -> None:
    split = [event("e", DAY, "split", ("a", "x", HALF), ("a", "y", HALF))]
    projection = between([*COMMUNES, unit("x", "h"), unit("y", "h")], split, BEFORE, DAY)
    sums = projection.sums({"a": 7}, 0)
    assert [(c, p.value, p.estimated) for c, p in sums.units.items()] == [
        ("x", 4, True),
        ("y", 3, True),
    ]
    assert projection.sums({"a": Decimal("0.7")}, 1).units["x"].value == Fraction(4, 10)


def test_rounding_happens_once_at_the_end_of_a_chain() -> None:
    later = DAY + timedelta(days=365)
    events = [
        event("e1", DAY, "split", ("a", "x", HALF), ("a", "y", HALF)),
        event("e2", later, "split", ("x", "z", THIRD), ("x", "x", 2 * THIRD)),
    ]
    units = [*COMMUNES, unit("x", "h"), unit("y", "h"), unit("z", "h")]
    projection = between(units, events, BEFORE, later)
    assert projection.sums({"a": 1}).units["z"].value == Fraction(1, 6)
    assert {c: p.value for c, p in projection.sums({"a": 11}, 0).units.items()} == {
        "x": 4,
        "y": 5,
        "z": 2,
    }


def test_without_a_share_the_value_stays_with_the_lowest_common_ancestor_and_says_so() -> None:
    events = [
        event("e1", DAY, "merge", ("a", "x"), ("b", "x")),
        event("e2", DAY, "merge", ("b", "y"), ("c", "y")),
    ]
    units = [*COMMUNES, unit("x", "h"), unit("y", "h")]
    sums = between(units, events, BEFORE, DAY).sums({"a": 1, "b": 10, "c": 100}, 0)
    assert {c: p.value for c, p in sums.units.items()} == {"x": 1, "y": 100, "h": 10}
    assert sums.units["h"].kept == ("b",)
    assert sums.units["x"].parts_above == sums.units["y"].parts_above == ("b",)


def test_a_division_that_is_mended_later_costs_nothing() -> None:
    later = DAY + timedelta(days=365)
    events = [
        event("e1", DAY, "split", ("a", "x"), ("a", "y")),
        event("e2", later, "merge", ("x", "z"), ("y", "z")),
    ]
    units = [*COMMUNES, unit("x", "h"), unit("y", "h"), unit("z", "h")]
    assert between(units, events, BEFORE, DAY).sums({"a": 9}).units["h"].kept == ("a",)
    mended = between(units, events, BEFORE, later).sums({"a": 9}).units
    assert mended["z"].value == 9
    assert mended["z"].exact


def test_a_unit_that_ends_without_a_successor_leaves_its_value_above_it() -> None:
    units = [unit("t"), unit("h", "t", closed=DAY), unit("a", "h", closed=DAY)]
    sums = between(units, [], BEFORE, DAY).sums({"a": 5, "h": 2, "t": 1}, 0)
    assert sums.units["t"].value == 8
    assert sums.units["t"].kept == ("a", "h")


def test_what_was_divided_and_then_ended_stays_marked_above() -> None:
    later = DAY + timedelta(days=365)
    events = [event("e", DAY, "split", ("a", "x"), ("a", "y"))]
    units = [*COMMUNES, *(unit(code, "h", closed=later) for code in "xy")]
    sums = between(units, events, BEFORE, later).sums({"a": 9, "h": 1})
    assert sums.units["h"].value == 10
    assert sums.units["h"].kept == ("a",)


def test_what_nobody_stands_above_is_told_apart_and_still_counted() -> None:
    sums = between([unit("a", closed=DAY), unit("b")], [], BEFORE, DAY).sums({"a": 5, "b": 2}, 0)
    assert (sums.rest, sums.total) == (5, 7)
    assert set(sums.units) == {"b"}


def test_back_to_older_boundaries_parts_go_home_and_mixtures_stay_above() -> None:
    events = [
        event("e1", DAY, "split", ("a", "x", HALF), ("a", "y", HALF)),
        event("e2", DAY, "merge", ("b", "z"), ("c", "z")),
    ]
    units = [*COMMUNES, *(unit(code, "h") for code in "xyz")]
    sums = between(units, events, DAY, BEFORE).sums({"x": 1, "y": 2, "z": 10, "d": 4}, 0)
    assert {c: p.value for c, p in sums.units.items() if p.value} == {"a": 3, "h": 10, "d": 4}
    assert sums.units["a"].exact
    assert sums.units["h"].kept == ("z",)
    assert sums.units["b"].parts_above == ("z",)


def test_a_mean_says_why_it_cannot_be_told_for_other_boundaries() -> None:
    events = [
        event("e1", DAY, "merge", ("a", "x"), ("b", "x")),
        event("e2", DAY, "split", ("c", "y", HALF), ("c", "z", HALF)),
        event("e3", DAY, "rename", unit="d", name="New name"),
    ]
    units = [*COMMUNES, *(unit(code, "h") for code in "xyz")]
    carried = between(units, events, BEFORE, DAY).one_to_one(dict.fromkeys("abcd", 3))
    assert carried["d"] == 3
    assert carried["x"] == Unprojectable(reason=Refusal.MERGED, origins=("a", "b"))
    assert carried["y"] == Unprojectable(reason=Refusal.DIVIDED, origins=("c",))


def test_a_mean_that_may_lie_in_a_unit_or_above_it_names_where_it_came_from() -> None:
    later = DAY + timedelta(days=365)
    events = [event("e", later, "merge", ("a", "x"), ("n", "x"))]
    units = [unit("h"), unit("a", "h"), unit("n", "h", opened=DAY), unit("x", "h")]
    carried = between(units, events, later, BEFORE).one_to_one({"x": 3})
    assert carried["a"] == Unprojectable(reason=Refusal.DIVIDED, origins=("x",))


def test_a_unit_that_does_not_exist_on_the_first_day_has_no_value_to_project() -> None:
    projection = between([*COMMUNES, unit("n", opened=DAY)], [], BEFORE, DAY)
    with pytest.raises(UnknownName, match="“n”"):
        projection.sums({"n": 1})


def test_a_value_with_more_decimals_than_the_indicator_is_refused() -> None:
    with pytest.raises(ValueError, match="over 0 decimals"):
        between(COMMUNES, [], BEFORE, DAY).sums({"a": Decimal("0.5")}, 0)
