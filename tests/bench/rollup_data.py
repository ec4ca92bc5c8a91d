"""A country's reports as integer-coded columns, for every contender the same.

Six levels: country, 6 regions, 34 provinces, 204 zones, 816 clusters, 3,321 communes that report;
forty quarters; as many indicators as the rows need. A tenth of the cells that are due is missing. The
last indicator came in late: it is due from some quarter on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAVES, PROVINCES, QUARTERS, PER_YEAR = 3_321, 34, 40, 4
LEVELS = (1, 6, PROVINCES, 204, 816)
"""How many inner units there are on each level."""
LARGEST = 10**6
PERCENT = 1_000
"""Ratios are percentages with one decimal, as whole tenths."""

Ints = NDArray[Any]


@dataclass(frozen=True)
class Country:
    """`parent[level]` gives for each unit of a level its parent's place one level up; ancestors are
    numbered from the country down, `stretch` holds the leaves lo:hi of each."""

    unit: Ints
    indicator: Ints
    period: Ints
    value: Ints
    indicators: int
    asked: Ints
    parent: tuple[Ints, ...]
    stretch: Ints

    @property
    def rows(self) -> int:
        """How many values were reported."""
        return len(self.value)

    @property
    def ancestors(self) -> int:
        """How many inner units there are."""
        return len(self.stretch)

    @property
    def bytes(self) -> int:
        """The size of the bare columns."""
        return sum(c.nbytes for c in (self.unit, self.indicator, self.period, self.value))


@dataclass(frozen=True)
class Output:
    """indicator × quarter × ancestor; `ratio` of indicator 2k+1 to 2k, -1 where there is none;
    `last` is indicator × year × ancestor."""

    sum: Ints
    reported: Ints
    due: Ints
    ratio: Ints
    last: Ints

    def same(self, other: Output) -> bool:
        """Whether every figure is the same."""
        return all(np.array_equal(vars(self)[name], vars(other)[name]) for name in vars(self))


def _spread(children: int, parents: int, random: np.random.Generator) -> Ints:
    """A parent for each child, every parent with at least one, in order."""
    cuts = np.sort(random.choice(np.arange(1, children), parents - 1, replace=False))
    return np.repeat(np.arange(parents), np.diff(np.concatenate(([0], cuts, [children]))))


def country(rows: int, seed: int = 20) -> Country:
    """Exactly `rows` values in random order."""
    random = np.random.default_rng(seed)
    sizes = (*LEVELS, LEAVES)
    parent = tuple(_spread(low, high, random) for high, low in zip(sizes, sizes[1:], strict=False))
    stretches = []
    below = np.arange(LEAVES + 1)  # where the leaves of each unit of a level begin
    for up in reversed(parent):
        starts = below[np.searchsorted(up, np.arange(up[-1] + 2))]
        stretches.insert(0, np.stack([starts[:-1], starts[1:]], axis=1))
        below = starts
    pairs = round(rows / 0.9 / LEAVES)
    indicators = -(-pairs // QUARTERS)
    asked = np.ones((indicators, QUARTERS), bool)
    asked[-1, : indicators * QUARTERS - pairs] = False
    cells = np.flatnonzero(np.repeat(asked.reshape(-1), LEAVES))
    cells = random.permutation(cells)[:rows]
    pair, unit = np.divmod(cells, LEAVES)
    return Country(
        unit=unit.astype(np.int32),
        indicator=(pair // QUARTERS).astype(np.int16),
        period=(pair % QUARTERS).astype(np.int16),
        value=random.integers(0, LARGEST, rows),
        indicators=indicators,
        asked=asked,
        parent=parent,
        stretch=np.concatenate(stretches),
    )
