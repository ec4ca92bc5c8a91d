"""The office's order of blocks: only what it moved has another place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.drafting.placing import in_order, part_moved, placed

NAMES = st.lists(st.sampled_from("abcdefghij"), unique=True)


@pytest.mark.parametrize(
    ("generated", "chosen", "order"),
    [
        ("abc", "", "abc"),
        ("abc", "cab", "cab"),
        ("abcd", "cab", "cdab"),  # d follows c, which it follows in the generated order
        ("xab", "ba", "xba"),  # what is new at the beginning stays there
        ("ab", "zba", "ba"),  # what is gone leaves no gap
        ("ab", "bbaa", "ba"),
    ],
)
def test_a_new_block_follows_the_one_that_it_follows_in_the_generated_order(
    generated, chosen, order
):
    assert "".join(in_order(generated, [*chosen])) == order


@given(NAMES, NAMES)
def test_no_block_is_lost_or_said_twice(generated, chosen):
    found = in_order(generated, chosen)
    assert sorted(found) == sorted(generated)
    assert [name for name in chosen if name in generated] == [n for n in found if n in chosen]


@given(NAMES)
def test_without_a_choice_the_generated_order_stays(generated):
    assert in_order(generated, []) == tuple(generated)


@pytest.mark.parametrize(
    ("orders", "own", "found"),
    [
        ({}, {}, {"p": "ab", "q": "c"}),
        ({"p": "a", "q": "bc"}, {}, {"p": "a", "q": "bc"}),
        ({"q": "cb"}, {}, {"p": "a", "q": "cb"}),
        ({}, {"1": "p"}, {"p": "ab1", "q": "c"}),
        ({"p": "a1b"}, {"1": "p"}, {"p": "a1b", "q": "c"}),
        ({"q": "1c"}, {"1": "p"}, {"p": "ab", "q": "1c"}),
        ({}, {"1": "gone"}, {"p": "ab", "q": "c"}),
        ({"gone": "ab"}, {}, {"p": "ab", "q": "c"}),
    ],
)
def test_a_moved_block_stands_in_one_part_only(orders, own, found):
    generated = {"p": [*"ab"], "q": ["c"]}
    chosen = {part: [*names] for part, names in orders.items()}
    assert {part: "".join(names) for part, names in placed(generated, chosen, own).items()} == found


PARTS = [("0", 0), ("a", 1), ("a1", 2), ("a2", 2), ("b", 1), ("0'", 0), ("c", 1)]


@pytest.mark.parametrize(
    ("part", "up", "order"),
    [
        ("a", False, "0 b a a1 a2 0' c"),
        ("b", True, "0 b a a1 a2 0' c"),
        ("a1", False, "0 a a2 a1 b 0' c"),
        ("0'", True, "0' c 0 a a1 a2 b"),
        ("a", True, None),
        ("a2", False, None),
        ("c", True, None),
        ("b", False, None),
    ],
)
def test_a_part_changes_places_with_its_neighbour_of_the_same_level(part, up, order):
    found = part_moved(PARTS, part, up=up)
    assert (None if found is None else " ".join(found)) == order
