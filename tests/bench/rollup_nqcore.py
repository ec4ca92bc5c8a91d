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
    years = QUARTERS // PER_YEAR
    shape = (data.indicators, QUARTERS, data.ancestors)
    total, reported = np.empty(shape, np.int64), np.empty(shape, np.int32)
    last = np.empty((data.indicators, years, data.ancestors), np.int64)
    by_year = (years, PER_YEAR, data.leaves)
    for i in range(data.indicators):
        total[i], reported[i] = cube.sums(i), cube.counts(i)
        last[i] = cube.under(
            newest(cube.values(i).reshape(by_year), cube.reported(i).reshape(by_year))
        )
    nobody_or_all = np.array([np.zeros(data.leaves, bool), np.ones(data.leaves, bool)])
    due = cube.under(nobody_or_all)[data.asked.astype(np.intp)]
    found = Output(
        total, reported, due, np.empty((data.indicators // 2, *shape[1:]), np.int64), last
    )
    _ratios(found, slice(None))
    return found


def _ratios(found: Output, quarters: slice) -> None:
    """Of each odd indicator to the one before it."""
    even = len(found.ratio) * 2
    above, below = found.sum[1:even:2, quarters], found.sum[0:even:2, quarters]
    ratio, known = half_up_ratio(above, below, PERCENT)
    there = (found.reported[1:even:2, quarters] > 0) & (found.reported[0:even:2, quarters] > 0)
    found.ratio[:, quarters] = np.where(known & there, ratio, -1)


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
