"""The roll-up by nqcore's engine: from the rows to the cube, from the cube to all totals."""

from __future__ import annotations

import numpy as np

from nqcore.rollup.cube import Cube
from nqcore.rollup.exact import half_up_ratio
from nqcore.rollup.over_time import newest
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
        last[i] = cube.under(
            newest(cube.values(i).reshape(by_year), cube.reported(i).reshape(by_year))
        )
    found = Output(
        sum=[cube.sums(i) for i in parts],
        reported=[cube.counts(i) for i in parts],
        due=cube.under(nobody_or_all)[data.asked.astype(np.intp)],
        ratio=np.empty((data.indicators // 2, QUARTERS, data.ancestors), np.int64),
        last=last,
    )
    _ratios(found, slice(None))
    return found


def _ratios(found: Output, quarters: slice) -> None:
    """Of each odd indicator to the one before it."""
    for pair, ratio in enumerate(found.ratio):
        (below, above), counts = (
            side[2 * pair : 2 * pair + 2] for side in (found.sum, found.reported)
        )
        tenths, known = half_up_ratio(above[quarters], below[quarters], PERCENT)
        there = (counts[0][quarters] > 0) & (counts[1][quarters] > 0)
        ratio[quarters] = np.where(known & there, tenths, -1)


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
    cube.settle()  # the sums and counts of `found` are the cube's own
    year = quarter // PER_YEAR
    quarters = slice(year * PER_YEAR, (year + 1) * PER_YEAR)
    for i in report["indicator"].tolist():
        found.sum[i, quarter], found.reported[i, quarter] = (
            cube.sums(i)[quarter],
            cube.counts(i)[quarter],
        )
        lasts = newest(cube.values(i)[quarters], cube.reported(i)[quarters])
        found.last[i, year] = cube.under(lasts)
    _ratios(found, slice(quarter, quarter + 1))
