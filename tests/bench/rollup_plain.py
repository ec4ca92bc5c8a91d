"""The roll-up in plain Python: dictionaries, one pass over the rows, for small sizes."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from tests.bench.rollup_data import PER_YEAR, PERCENT, QUARTERS, Country, Output


def plain(data: Country) -> Output:
    """All totals."""
    above: list[list[int]] = [[] for _ in range(int(data.stretch.max()))]
    for ancestor, (low, high) in enumerate(data.stretch.tolist()):
        for leaf in range(low, high):
            above[leaf].append(ancestor)
    sums: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    counts: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    newest: dict[tuple[int, int, int], tuple[int, int]] = {}
    columns = (data.unit, data.indicator, data.period, data.value)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for unit, indicator, period, value in rows:
        for ancestor in above[unit]:
            sums[indicator, period, ancestor] += value
            counts[indicator, period, ancestor] += 1
        year = (indicator, period // PER_YEAR, unit)
        newest[year] = max(newest.get(year, (-1, 0)), (period, value))
    shape = (data.indicators, QUARTERS, data.ancestors)
    total, reported = np.zeros(shape, np.int64), np.zeros(shape, np.int32)
    for key, value in sums.items():
        total[key], reported[key] = value, counts[key]
    last = np.zeros((data.indicators, QUARTERS // PER_YEAR, data.ancestors), np.int64)
    for (indicator, year, unit), (_, value) in newest.items():
        last[indicator, year, above[unit]] += value
    ratio = np.full((data.indicators // 2, QUARTERS, data.ancestors), -1, np.int64)
    for (indicator, period, ancestor), part in sums.items():
        whole = sums.get((indicator - 1, period, ancestor), 0)
        if indicator % 2 and whole:
            ratio[indicator // 2, period, ancestor] = (2 * PERCENT * part + whole) // (2 * whole)
    leaves = data.stretch[:, 1] - data.stretch[:, 0]
    due = (data.asked[:, :, np.newaxis] * leaves).astype(np.int32)
    return Output(total, reported, due, ratio, last)
