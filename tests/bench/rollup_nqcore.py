"""The roll-up by nqcore's engine: from the rows to the cube, from the cube to all totals."""

from __future__ import annotations

import numpy as np

from nqcore.analysis.rollup.cube import Cube
from nqcore.analysis.rollup.exact_integers import Whole, fits, peak
from nqcore.analysis.rollup.over_time import last_reported
from nqcore.analysis.rollup.subtree_ranges import SubtreeRanges
from tests.bench.rollup_data import LARGEST, PER_YEAR, PERCENT, QUARTERS, Country, Ints, Output


def filled(data: Country) -> Cube:
    """The cube of the rows."""
    cube = Cube(data.indicators, QUARTERS, data.leaves, data.stretch)
    cube.fill(data.indicator, data.period, data.unit, data.value)
    return cube


def totals(cube: Cube, data: Country) -> Output:
    """Every total that the cube has."""
    years, parts = QUARTERS // PER_YEAR, range(data.indicators)
    by_year = (years, PER_YEAR, data.leaves)
    nobody_or_all = np.array([np.zeros(data.leaves, bool), np.ones(data.leaves, bool)])
    last = np.empty((data.indicators, years, data.ancestors), np.int64)
    for i in parts:
        last[i] = sums_of(
            data.stretch,
            last_reported(cube.values(i).reshape(by_year), cube.reported(i).reshape(by_year)),
        )
    total, reported = [cube.sums(i) for i in parts], [cube.counts(i) for i in parts]
    ratio = np.empty((data.indicators // 2, QUARTERS, data.ancestors), np.int64)
    for nth in range(len(ratio)):
        pair = slice(2 * nth, 2 * nth + 2)
        ratio[nth] = _ratios(np.stack(total[pair]), np.stack(reported[pair]))[0]
    due = sums_of(data.stretch, nobody_or_all)[data.asked.astype(np.intp)]
    return Output(total, reported, due, ratio, last)


def sums_of(ranges: Ints, values: Whole) -> Whole:
    """… × unit → … × inner unit: the exact sums of `values` over `ranges` lo:hi of the units."""
    kind: type = np.int32
    if values.dtype != np.bool_:
        if values.dtype != object and not fits(peak(values), values.shape[-1]):
            values = values.astype(object)
        # What `fits` fits int64, not any narrower type that the values may have.
        kind = object if values.dtype == object else np.int64
    subtrees = SubtreeRanges(map(tuple, np.asarray(ranges).tolist()), values.shape[-1])
    sums = np.empty((*values.shape[:-1], len(subtrees)), kind)
    flat = values.reshape(-1, values.shape[-1])
    subtrees.add_up(flat, sums.reshape(len(flat), -1))
    return sums


def _ratios(total: Ints, reported: Ints) -> Ints:
    """Of each odd indicator to the one before it, rounded half up. Totals are never below 0 here, and
    2 × PERCENT × LARGEST × the leaves is far below 2^63."""
    even = len(total) // 2 * 2
    part, whole = total[1:even:2], total[0:even:2]
    tenths = (2 * PERCENT * part + whole) // np.where(whole > 0, 2 * whole, 1)
    there = (reported[1:even:2] > 0) & (reported[0:even:2] > 0)
    return np.where((whole > 0) & there, tenths, -1)


def one_report(data: Country, turn: int) -> dict[str, Ints]:
    """A new report of one unit for one quarter, all indicators."""
    random = np.random.default_rng(turn)
    count = data.indicators
    return {
        "unit": np.full(count, random.integers(data.leaves), np.int32),
        "indicator": np.arange(count, dtype=np.int16),
        "period": np.full(count, random.integers(QUARTERS), np.int16),
        "value": random.integers(0, LARGEST, count),
    }


def follow(cube: Cube, data: Country, found: Output, report: dict[str, Ints]) -> None:
    """Bring the totals up to date with one report: only its quarter and year are added up again."""
    quarter, unit = int(report["period"][0]), int(report["unit"][0])
    for indicator, value in zip(
        report["indicator"].tolist(), report["value"].tolist(), strict=True
    ):
        cube.put(indicator, quarter, unit, value)
    cube.refresh_sums()  # the sums and counts of `found` are the cube's own
    year = quarter // PER_YEAR
    of_year = slice(year * PER_YEAR, (year + 1) * PER_YEAR)
    touched = report["indicator"].tolist()
    values = np.stack([cube.values(i)[of_year] for i in touched])
    found.last[touched, year] = sums_of(
        data.stretch, last_reported(values, np.stack([cube.reported(i)[of_year] for i in touched]))
    )
    total = np.stack([each[quarter] for each in found.sum])
    found.ratio[:, quarter] = _ratios(total, np.stack([each[quarter] for each in found.reported]))
