"""The cube: filled, changed cell by cell, grown and rescaled, its totals are always the sums."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.analysis.rollup.cube import Cube, as_slice
from nqcore.analysis.rollup.exact_integers import LIMIT, Whole
from nqcore.analysis.rollup.subtree_ranges import SubtreeRanges
from tests.bench.rollup_nqcore import sums_of

STRETCHES = [(0, 7), (0, 3), (1, 3), (3, 7), (5, 5)]
Cells = dict[tuple[int, int, int], int]


def number(random: Random) -> int:
    return random.choice(
        [random.randint(-5, 5), random.randint(-(10**15), 10**15), random.randint(-LIMIT, LIMIT)]
    )


def filled(cells: Cells, rows: int = 4) -> Cube:
    cube = Cube(3, rows, 7, STRETCHES)
    places = np.array(list(cells), np.intp).reshape(-1, 3)
    cube.fill(places[:, 0], places[:, 1], places[:, 2], np.array(list(cells.values()), np.int64))
    return cube


def check(cube: Cube, cells: Cells) -> None:
    for i in range(3):
        for row in range(len(cube.values(0))):
            for n, (low, high) in enumerate(STRETCHES):
                within = [
                    v for (a, r, u), v in cells.items() if (a, r) == (i, row) and low <= u < high
                ]
                assert cube.sums(i)[row, n] == sum(within)
                assert cube.counts(i)[row, n] == len(within)
        for array in (cube.values(i), cube.sums(i)):
            # One np.int64 among Python's integers, and the sums around it wrap.
            assert array.dtype == np.int64 or {type(number) for number in array.flat} == {int}
    for i, row, unit in cells:
        assert cube.values(i)[row, unit] == cells[i, row, unit]
    assert sum(int(cube.reported(i).sum()) for i in range(3)) == len(cells)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_totals_follow_every_change(seed: int) -> None:
    random = Random(seed)

    def place(rows: int) -> tuple[int, int, int]:
        return random.randrange(3), random.randrange(rows), random.randrange(7)

    cells = {place(4): number(random) for _ in range(random.randint(0, 30))}
    cube = filled(cells)
    check(cube, cells)
    for _ in range(random.randint(0, 8)):
        match random.randint(0, 3):
            case 0:
                indicator, factor = random.randrange(3), 10 ** random.randint(0, 3)
                cube.multiply(indicator, factor)
                cells = {k: v * factor if k[0] == indicator else v for k, v in cells.items()}
            case 1:
                cube.grow(random.randint(1, 9))
            case _:
                where, value = (
                    place(len(cube.values(0))),
                    random.choice([None, number(random), 10**30]),
                )
                cube.put(*where, value)
                cells.pop(where, None)
                if value is not None:
                    cells[where] = value
        if random.random() < 0.7:
            check(cube, cells)
    check(cube, cells)


def test_rows_that_an_indicator_beyond_int64_grows_are_exact_too() -> None:
    cube = Cube(1, 1, 7, STRETCHES)
    cube.put(0, 0, 0, 10**30)
    cube.grow(2)
    cube.put(0, 1, 1, LIMIT)
    cube.put(0, 1, 2, LIMIT)
    assert cube.sums(0)[1].tolist() == [2 * LIMIT, 2 * LIMIT, 2 * LIMIT, 0, 0]


def test_sums_of_a_narrower_type_do_not_wrap_around_in_it() -> None:
    counts = np.full((1, 7), 2**31 - 1, np.int32)
    assert sums_of(np.array(STRETCHES), counts)[0].tolist() == [
        n * (2**31 - 1) for n in (7, 3, 2, 4, 0)
    ]


def test_a_changed_cell_has_only_its_own_row_added_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cube = filled({(i, row, unit): 1 for i in range(3) for row in range(4) for unit in range(7)})
    cube.refresh_sums()
    added_up: list[tuple[int, ...]] = []
    plain = SubtreeRanges.add_up

    def spy(self: SubtreeRanges, values: Whole, sums: Whole) -> None:
        added_up.append(values.shape)
        plain(self, values, sums)

    monkeypatch.setattr(SubtreeRanges, "add_up", spy)
    cube.put(1, 2, 3, 50)
    cube.put(1, 2, 4, 60)
    cube.put(2, 0, 0, None)
    assert cube.sums(1)[2].tolist() == [115, 3, 2, 112, 0]
    assert cube.sums(2)[0].tolist() == [6, 2, 2, 4, 0]
    assert added_up == [(2, 7), (2, 7)]  # two rows: once their values, once their counts


def test_only_an_empty_cube_is_filled_and_only_with_int64() -> None:
    with pytest.raises(ValueError, match="empty"):
        filled({(0, 0, 0): -LIMIT - 1})
    cube = filled({(0, 0, 0): 1})
    one = np.array([0])
    with pytest.raises(ValueError, match="empty"):
        cube.fill(one, one, one, one)


def test_indices_that_follow_one_another_are_a_slice() -> None:
    assert as_slice(np.array([3, 4, 5])) == slice(3, 6)
    assert isinstance(as_slice(np.array([3, 5, 5])), np.ndarray)
    assert isinstance(as_slice(np.array([1, 5, 3])), np.ndarray)
