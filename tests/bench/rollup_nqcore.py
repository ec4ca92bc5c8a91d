"""The roll-up by nqcore's engine: from the rows to the cube, from the cube to all totals."""

from __future__ import annotations

import numpy as np

from nqcore.rollup.cube import Cube
from nqcore.rollup.exact import half_up_ratio
from nqcore.rollup.over_time import newest
from tests.bench.rollup_data import LEAVES, PER_YEAR, PERCENT, QUARTERS, Country, Output


def filled(data: Country) -> Cube:
    """The cube of the rows."""
    cube = Cube(data.indicators, QUARTERS, LEAVES, data.stretch)
    cube.fill(data.indicator, data.period, data.unit, data.value)
    return cube


def totals(cube: Cube, data: Country) -> Output:
    """Every total that the cube has."""
    years = QUARTERS // PER_YEAR
    shape = (data.indicators, QUARTERS, data.ancestors)
    total, reported = np.empty(shape, np.int64), np.empty(shape, np.int32)
    last = np.empty((data.indicators, years, data.ancestors), np.int64)
    for i in range(data.indicators):
        total[i], reported[i] = cube.sums(i), cube.counts(i)
        by_year = (years, PER_YEAR, LEAVES)
        last[i] = cube.under(newest(cube.values(i).reshape(by_year), cube.reported(i).reshape(by_year)))
    nobody_or_all = np.array([np.zeros(LEAVES, bool), np.ones(LEAVES, bool)])
    due = cube.under(nobody_or_all)[data.asked.astype(np.intp)]
    even = data.indicators // 2 * 2
    ratio, known = half_up_ratio(total[1:even:2], total[0:even:2], PERCENT)
    both = (reported[1:even:2] > 0) & (reported[0:even:2] > 0) & known
    return Output(total, reported, due, np.where(both, ratio, -1), last)
