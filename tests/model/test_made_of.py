"""Of which whole units a unit is made, and where it cannot be said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.model.changes import ChangeEvent, tree_with
from nqcore.model.made_of import made_of
from nqcore.model.units import Unit, UnitKind
from tests.support.unit_worlds import event

THEN, DAY, LATER, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 30)
UNITS = [
    Unit(code="top", name="Tỉnh", kind=UnitKind.COMMITTEE),
    *(Unit(code=c, name=c.upper(), kind=UnitKind.COMMUNE, parent="top") for c in "abcdefg"),
]
OLD = "abcd"
"""Units of the first day; "e", "f" and "g" begin by a change."""
HALF = Fraction(1, 2)


def made(unit: str, *events: ChangeEvent, then: date = THEN, now: date = NOW) -> tuple[str, ...]:
    tree = tree_with(UNITS, events)
    return made_of(unit, then, now, tree, events)


@pytest.mark.parametrize(
    ("unit", "events", "found"),
    [
        ("a", [], ("a",)),
        ("e", [event("m", DAY, "merge", ("a", "e"), ("b", "e"))], ("a", "b")),
        ("a", [event("m", DAY, "merge", ("a", "a"), ("b", "a"))], ("a", "b")),
        (
            "a",
            [event("m", DAY, "merge", ("a", "a"), ("b", "a"), ("c", "a"))],
            ("a", "b", "c"),
        ),
        # In two steps.
        (
            "f",
            [
                event("m", DAY, "merge", ("a", "e"), ("b", "e")),
                event("n", LATER, "merge", ("e", "f"), ("c", "f")),
            ],
            ("a", "b", "c"),
        ),
        # A share of all of it is the whole; a part is not.
        ("e", [event("m", DAY, "merge", ("a", "e", Fraction(1)), ("b", "e"))], ("a", "b")),
        (
            "e",
            [
                event("m", DAY, "merge", ("a", "e", HALF), ("b", "e")),
                event("n", DAY, "merge", ("a", "f", HALF), ("c", "f")),
            ],
            (),
        ),
        # One source goes to two units.
        (
            "e",
            [
                event("m", DAY, "merge", ("a", "e"), ("b", "e")),
                event("n", DAY, "merge", ("b", "c")),
            ],
            (),
        ),
        ("e", [event("s", DAY, "split", ("a", "e"), ("a", "f"))], ()),
        ("a", [event("t", DAY, "transfer", ("b", "a"))], ()),
        ("a", [event("t", DAY, "transfer", ("a", "b"))], ()),
        # What happens to others, or only gives a name, changes nothing.
        ("a", [event("m", DAY, "merge", ("b", "e"), ("c", "e"))], ("a",)),
        ("a", [event("r", DAY, "rename", unit="a", name="Xã mới")], ("a",)),
    ],
)
def test_the_units_are_those_that_went_into_it_as_wholes(
    unit: str, events: list[ChangeEvent], found: tuple[str, ...]
) -> None:
    assert made(unit, *events) == found


def test_only_changes_between_the_two_days_count() -> None:
    merged = event("m", DAY, "merge", ("a", "a"), ("b", "a"))
    assert made("a", merged, then=DAY) == ("a",)
    assert made("a", merged, now=THEN) == ("a",)
    assert made("a", merged, now=DAY) == ("a", "b")


@given(st.permutations("abcd"), st.integers(1, 3), st.booleans())
def test_every_unit_of_the_first_day_is_in_one_unit_of_the_last(
    order: list[str], count: int, again: bool
) -> None:
    sources, rest = order[:count], order[count:]
    events = [event("m", DAY, "merge", *((one, "e") for one in sources))]
    if again:
        events.append(event("n", LATER, "merge", ("e", "f"), (rest[0], "f")))
    tree = tree_with(UNITS, events)
    last = [c for c in tree.at(NOW) if c != "top"]
    parts = [made_of(one, THEN, NOW, tree, events) for one in last]
    everything = sorted(code for part in parts for code in part if code in OLD)
    assert everything == sorted(OLD)
