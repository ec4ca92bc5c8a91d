"""Totals that were worked out already, until a value changes.

The sections of a review, its annex and the reviews of the spans and units beside it ask for the same totals
again and again.
"""

from __future__ import annotations

from nqcore.analysis.rollup.exact_total import ExactTotal
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.model.indicators import Indicator

MOST_CELLS = 4_000_000
"""The masks of a total have a cell for each period and unit: so many cells are kept, some 20 MB."""
_LEAST = 500
"""A total has its objects beside its masks: it counts as so many cells at least."""

Key = tuple[Indicator, UnitSelection, tuple[str, ...]]
"""(definition, units, codes of the periods)."""


class KeptTotals:
    """The totals by their questions. Only one thread may use it at a time."""

    def __init__(self, most: int = MOST_CELLS) -> None:
        self._most, self._cells = most, 0
        self._known: dict[Key, ExactTotal] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: Key) -> ExactTotal | None:
        """The total, if it is kept."""
        return self._known.get(key)

    def keep(self, key: Key, total: ExactTotal) -> None:
        """Keep the total. Where there are too many, all others are forgotten."""
        cells = max(_LEAST, total.coverage_mask.due.size)
        if self._cells + cells > self._most:
            self.clear()
        self._cells += cells
        self._known[key] = total

    def clear(self) -> None:
        """Forget all, because a value changed."""
        self._known.clear()
        self._cells = 0
