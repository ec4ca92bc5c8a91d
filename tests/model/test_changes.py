"""Events that change units: what they do to the tree by day, and what is refused, naming the event."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from nqcore.catalogue import Catalogue, Definitions, Plugins, build_catalogue, parse_definitions
from nqcore.errors import DefinitionError, UnknownName
from nqcore.model.changes import BrokenChange, ChangeEvent, Placement, tree_with
from nqcore.model.units import BrokenTree, Sector, UnitKind
from tests.support.unit_worlds import START, World, event, unit, worlds

DAY, LATER = date(2025, 7, 1), date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)
UNITS = [unit("h"), *(unit(code, "h") for code in "abcn")]


def catalogue(text: str) -> Catalogue:
    return build_catalogue(Plugins([]), parse_definitions("units.toml", text))


# The tree by day


def test_a_merge_closes_its_sources_and_opens_its_target() -> None:
    tree = tree_with(UNITS, [event("e", DAY, "merge", ("a", "n"), ("b", "n"))])
    assert set(tree.at(BEFORE)) == {"h", "a", "b", "c"}
    assert set(tree.at(DAY)) == {"h", "n", "c"}
    assert tree.days == (DAY,)


def test_a_unit_that_takes_others_in_goes_on() -> None:
    tree = tree_with(UNITS, [event("e", DAY, "merge", ("a", "b"), ("b", "b"))])
    assert "b" in tree.at(BEFORE)
    assert "b" in tree.at(DAY)
    assert "a" not in tree.at(DAY)


def test_a_name_a_kind_and_a_parent_are_those_of_the_day() -> None:
    units = [unit("t"), unit("h", "t"), unit("a", "h")]
    tree = tree_with(
        units,
        [
            event("1", DAY, "rename", unit="a", name="Phường A"),
            event("2", DAY, "move", unit="a", parent="t"),
            event(
                "3",
                LATER,
                "change_kind",
                unit="a",
                unit_kind=UnitKind.ENTERPRISE,
                sector=Sector.STATE,
            ),
        ],
    )
    told = [
        (u.name, u.parent, str(u.kind)) for u in (tree.at(d)["a"] for d in (BEFORE, DAY, LATER))
    ]
    assert told == [
        ("a", "h", "commune"),
        ("Phường A", "t", "commune"),
        ("Phường A", "t", "enterprise"),
    ]
    assert tree["a"].name == "Phường A"
    assert [u.name for u in tree.states("a")] == ["a", "Phường A", "Phường A"]
    assert tree.days == (DAY, LATER)


def test_a_chain_over_the_years_opens_and_closes_each_unit_in_its_turn() -> None:
    units = [*UNITS, unit("m", "h")]
    tree = tree_with(
        units,
        [
            event("2", LATER, "merge", ("n", "m"), ("c", "m")),
            event("1", DAY, "merge", ("a", "n"), ("b", "n")),
        ],
    )
    assert [sorted(tree.at(day)) for day in (BEFORE, DAY, LATER)] == [
        ["a", "b", "c", "h"],
        ["c", "h", "n"],
        ["h", "m"],
    ]


def test_a_move_keeps_the_unit_below_when_its_old_parent_ends_that_day() -> None:
    units = [unit("t"), unit("h", "t", closed=DAY), unit("a", "h")]
    tree = tree_with(units, [event("e", DAY, "move", unit="a", parent="t")])
    assert tree.at(BEFORE)["a"].parent == "h"
    assert tree.at(DAY)["a"].parent == "t"


@given(worlds())
def test_a_day_without_an_event_changes_nothing(world: World) -> None:
    tree = world.tree
    for day in [START, *world.days]:
        same = tree.at(day + timedelta(days=1))
        if day + timedelta(days=1) not in world.days:
            assert dict(tree.at(day)) == dict(same)


@given(worlds())
def test_the_order_of_the_list_of_events_makes_no_difference(world: World) -> None:
    again = tree_with(world.units, reversed(world.events))
    assert all(dict(world.tree.at(day)) == dict(again.at(day)) for day in world.days)


# What is refused

BAD = {
    "there is no unit “z”": [event("bad", DAY, "merge", ("a", "z"))],
    "“n” does not exist on 2025-06-30": [
        event("ok", DAY, "merge", ("a", "n"), ("b", "n")),
        event("bad", DAY, "rename", unit="n", name="N"),
    ],
    "“a” does not exist on 2026-06-30": [
        event("ok", DAY, "merge", ("a", "n"), ("b", "n")),
        event("bad", LATER, "merge", ("a", "c"), ("c", "c")),
    ],
    "the shares of “a” make 9/10, not 1": [
        event("bad", DAY, "split", ("a", "n", Fraction(1, 2)), ("a", "b", Fraction(2, 5)))
    ],
    "the shares of “a” make 1; nothing is left for the rest": [
        event("bad", DAY, "split", ("a", "n", 1), ("a", "b"))
    ],
    "give one above 0 and up to 1": [event("bad", DAY, "transfer", ("a", "b", -1))],
    "a split has one source": [event("bad", DAY, "split", ("a", "n"))],
    "a merge has one target": [event("bad", DAY, "merge", ("a", "n"), ("b", "c"))],
    "the same source and target stand twice": [
        event("bad", DAY, "merge", ("a", "n"), ("a", "n"))
    ],
    "stands in “aaa” too": [
        event("aaa", DAY, "merge", ("a", "n"), ("b", "n")),
        event("bad", DAY, "merge", ("a", "n"), ("c", "n")),
    ],
    "a transfer names the parts that leave": [event("bad", DAY, "transfer", ("a", "a"))],
    "a rename needs the new name": [event("bad", DAY, "rename", unit="a")],
    "a move needs unit": [event("bad", DAY, "move", parent="h")],
    "needs the new unit_kind or sector": [event("bad", DAY, "change_kind", unit="a")],
    "a merge needs transfers": [event("bad", DAY, "merge")],
    "has transfers and no unit": [event("bad", DAY, "merge", ("a", "n"), unit="a")],
    "has no transfers": [event("bad", DAY, "close", ("a", "n"), unit="a")],
    "cannot stand under itself": [event("bad", DAY, "move", unit="a", parent="a")],
    "stands under “h” that day": [event("bad", DAY, "move", unit="h", parent="a")],
    "“b” does not exist on 2025-07-01": [
        event("aaa", DAY, "close", unit="b"),
        event("bad", DAY, "move", unit="a", parent="b"),
    ],
    "“aaa” gives “a” another name": [
        event("aaa", DAY, "rename", unit="a", name="A"),
        event("bad", DAY, "rename", unit="a", name="B"),
    ],
    "ends that day by “aaa” too": [
        event("aaa", DAY, "merge", ("a", "n"), ("b", "n")),
        event("bad", DAY, "close", unit="a"),
    ],
    "already exists before": [
        event("aaa", DAY, "rename", unit="a", name="A"),
        event("bad", LATER, "open", unit="a"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("detail", BAD)
def test_a_contradiction_is_refused_naming_the_event(detail: str) -> None:
    with pytest.raises(BrokenChange) as caught:
        tree_with(UNITS, BAD[detail])
    assert detail in str(caught.value)
    assert caught.value.params["change"] == "bad"


def test_an_event_that_ends_a_unit_on_another_day_than_the_unit_says_is_refused() -> None:
    units = [unit("h"), unit("a", "h", closed=LATER), unit("b", "h")]
    with pytest.raises(BrokenChange, match="“a” ends on 2026-07-01 by its own definition"):
        tree_with(units, [event("e", DAY, "merge", ("a", "b"), ("b", "b"))])


# Definition files

TOML = """
[pack]
basis = "Nghị quyết số 1/NQ"
[[unit]]
code = "h"
name = "Huyện"
kind = "authority"
[[unit]]
code = "a"
name = "Xã A"
kind = "commune"
parent = "h"
ids = { gso = "00001" }
[[unit]]
code = "b"
name = "Xã B"
kind = "commune"
parent = "h"
[[unit]]
code = "du"
name = "Đảng ủy"
kind = "committee"
"""
SPLIT = """
[[unit]]
code = "n"
name = "Phường N"
kind = "commune"
parent = "h"
[[change]]
id = "chia-a"
date = 2025-07-01
kind = "split"
transfers = [
  { source = "a", target = "n", share = "3/5", basis = "dân số" },
  { source = "a", target = "a", share = "0.4", basis = "dân số" },
]
"""
PLACES = """
[[placement]]
unit = "a"
hierarchy = "party"
parent = "du"
since = 2020-01-01
until = 2025-07-01
[[placement]]
unit = "b"
hierarchy = "party"
parent = "du"
"""


def test_a_file_may_bring_changes_and_their_owner_is_known() -> None:
    found = catalogue(TOML + SPLIT)
    change = found.changes["chia-a"]
    assert isinstance(change, ChangeEvent)
    assert [str(t.share) for t in change.transfers] == ["3/5", "2/5"]
    assert change.basis == "Nghị quyết số 1/NQ"
    assert found.owner("change", "chia-a") == "workspace"
    assert "n" not in found.units.at(BEFORE)
    assert found.units["a"].ids == (("gso", "00001"),)


def test_a_mistake_in_a_change_is_named_as_file_and_key() -> None:
    with pytest.raises(DefinitionError, match=r"change\[chia-a\].transfers\[1\].share"):
        catalogue(TOML + SPLIT.replace('"3/5"', '"three fifths"'))
    with pytest.raises(BrokenChange) as caught:
        catalogue(TOML + SPLIT.replace("3/5", "4/5"))
    assert caught.value.__notes__ == ["brought by workspace"]


def test_a_unit_stands_in_more_than_one_hierarchy() -> None:
    found = catalogue(TOML + PLACES)
    party = found.tree("party", BEFORE)
    assert list(party) == ["du", "a", "b"]
    assert list(found.tree("party", DAY)) == ["du", "b"]
    assert found.units["a"].parent == "h"
    assert found.tree() is found.units
    assert list(found.tree(at=DAY)) == list(found.units.at(DAY))
    with pytest.raises(UnknownName, match="Known: main, party"):
        found.tree("state")


def test_places_that_contradict_each_other_are_refused() -> None:
    once = Placement(unit="a", hierarchy="party", parent="du")
    units = (unit("a"), unit("du"))
    for places, detail in (
        ((once, Placement(unit="a", hierarchy="party", since=DAY)), "stands twice"),
        ((once, Placement(unit="du", hierarchy="party", parent="a")), "under itself"),
        ((Placement(unit="a", hierarchy="party", parent="z"),), "no unit “z”"),
    ):  # fmt: skip
        with pytest.raises(BrokenTree, match=detail):
            build_catalogue(Plugins([]), Definitions(units=units, placements=places))
    with pytest.raises(DefinitionError, match="is the tree itself"):
        catalogue(TOML + PLACES.replace('"party"', '"main"'))
