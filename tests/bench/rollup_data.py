"""A country's reports as integer-coded columns, for every contender the same.

Six levels: country, 6 regions, 34 provinces, 204 zones, 816 clusters, 3,321 communes that report;
forty quarters; as many indicators as the rows need. A tenth of the cells that are due is missing. The
last indicator came in late: it is due from some quarter on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAVES, PROVINCES, QUARTERS, PER_YEAR = 3_321, 34, 40, 4
LEVELS = (1, 6, PROVINCES, 204, 816)
"""How many inner units there are on each level."""
LARGEST = 10**6
PERCENT = 1_000
"""Ratios are percentages with one decimal, as whole tenths."""

COLUMNS = ("unit", "indicator", "period", "value")

Ints = NDArray[Any]


@dataclass(frozen=True)
class Country:
    """`parent[level]` gives for each unit of a level its parent's place one level up; ancestors are
    numbered from the country down, `stretch` holds the leaves lo:hi of each."""

    unit: Ints
    indicator: Ints
    period: Ints
    value: Ints
    asked: Ints
    stretch: Ints
    parent: tuple[Ints, ...] = ()

    @property
    def indicators(self) -> int:
        """How many indicators there are."""
        return len(self.asked)

    @property
    def leaves(self) -> int:
        """How many units report."""
        return int(self.stretch[0, 1])

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

    def arrays(self) -> dict[str, Ints]:
        """All but the parents, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "parent"}

    @classmethod
    def of(cls, arrays: Mapping[str, Ints]) -> Country:
        """The inverse of `arrays`."""
        return cls(**arrays)

    def with_(self, rows: Mapping[str, Ints]) -> Country:
        """The same with further rows, which take the place of what stood in their cells."""
        cell = (self.indicator.astype(int) * QUARTERS + self.period) * self.leaves + self.unit
        new = (rows["indicator"].astype(int) * QUARTERS + rows["period"]) * self.leaves + rows[
            "unit"
        ]
        kept = ~np.isin(cell, new)
        return replace(
            self, **{n: np.concatenate([getattr(self, n)[kept], rows[n]]) for n in COLUMNS}
        )


@dataclass(frozen=True)
class Output:
    """Quarter × ancestor for each indicator, and year × ancestor in `last`. `ratio` is that of indicator
    2k+1 to 2k, -1 where there is none."""

    sum: Sequence[Ints]
    reported: Sequence[Ints]
    due: Ints
    ratio: Ints
    last: Ints

    def same(self, other: Output) -> bool:
        """Whether every figure is the same."""
        return all(np.array_equal(vars(self)[n], vars(other)[n]) for n in vars(self))


def _spread(children: int, parents: int, random: np.random.Generator) -> Ints:
    """A parent for each child, every parent with at least one, in order."""
    cuts = np.sort(random.choice(np.arange(1, children), parents - 1, replace=False))
    return np.repeat(np.arange(parents), np.diff(np.concatenate(([0], cuts, [children]))))


def country(rows: int) -> Country:
    """A country with exactly `rows` values in random order."""
    random = np.random.default_rng(rows)
    sizes = (*LEVELS, LEAVES)
    parent = tuple(_spread(low, high, random) for high, low in pairwise(sizes))
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
    return _reported(asked, np.concatenate(stretches), rows, random, parent)


def district() -> Country:
    """One district over ten years: 40 units in four groups, 50 indicators, every report there."""
    starts = np.arange(0, 40, 10)
    stretch = np.concatenate([[[0, 40]], np.stack([starts, starts + 10], axis=1)])
    asked = np.ones((50, QUARTERS), bool)
    return _reported(asked, stretch, 80_000, np.random.default_rng(70))


def _reported(
    asked: Ints,
    stretch: Ints,
    rows: int,
    random: np.random.Generator,
    parent: tuple[Ints, ...] = (),
) -> Country:
    leaves = int(stretch[0, 1])
    cells = np.flatnonzero(np.repeat(asked.reshape(-1), leaves))
    cells = random.permutation(cells)[:rows]
    pair, unit = np.divmod(cells, leaves)
    return Country(
        unit=unit.astype(np.int32),
        indicator=(pair // QUARTERS).astype(np.int16),
        period=(pair % QUARTERS).astype(np.int16),
        value=random.integers(0, LARGEST, rows),
        asked=asked,
        stretch=stretch,
        parent=parent,
    )
