"""The cube: an array indicator × row × unit of whole numbers, and a mask of what was reported.

A row is a period. Units are in pre-order, so the total of any unit is the difference of two prefix
sums of its row. The totals of all inner units are kept, with the number of units in each; after a
change of a cell only its own (indicator, row) is added up again.

An indicator whose numbers do not provably fit int64 is kept in `_wide`, as Python's integers. numpy
does not raise when integers of an array overflow, so `fits` proves every addition and multiplication
in int64 before it is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nqcore.analysis.rollup.exact_integers import LIMIT, Mask, Whole, fits, peak
from nqcore.analysis.rollup.subtree_ranges import SubtreeRanges

_BLOCK = 1 << 17
"""Cells handled at a time: so many fit into the cache of a processor core."""
_MISSING = -(2**63)
"""Marks "not reported" while an empty cube is filled; no value is this number (see `LIMIT`)."""

Places = NDArray[np.integer[Any]]
"""Indices along one side of the cube."""


class Cube:
    """`ranges` are the ranges lo:hi of the inner units, whose totals are kept."""

    def __init__(
        self, indicators: int, rows: int, units: int, ranges: Iterable[tuple[int, int]] = ()
    ) -> None:
        self._ranges = SubtreeRanges(ranges, units)
        inner = len(self._ranges)
        self._values: NDArray[np.int64] = np.zeros((indicators, rows, units), np.int64)
        self._reported: Mask = np.zeros((indicators, rows, units), np.bool_)
        self._sums: NDArray[np.int64] = np.zeros((indicators, rows, inner), np.int64)
        self._counts: NDArray[np.int32] = np.zeros((indicators, rows, inner), np.int32)
        self._wide: dict[int, tuple[Whole, Whole]] = {}
        self._peaks = [0] * indicators
        self._stale: Mask = np.zeros((indicators, rows), np.bool_)

    def values(self, indicator: int) -> Whole:
        """Row × unit: the values, 0 where nothing was reported."""
        return self._wide[indicator][0] if indicator in self._wide else self._values[indicator]

    def reported(self, indicator: int) -> Mask:
        """Row × unit: whether it was reported."""
        found: Mask = self._reported[indicator]
        return found

    def sums(self, indicator: int) -> Whole:
        """Row × inner unit: the totals, up to date."""
        self.refresh_sums()
        return self._wide[indicator][1] if indicator in self._wide else self._sums[indicator]

    def counts(self, indicator: int) -> NDArray[np.int32]:
        """Row × inner unit: how many units are in each total."""
        self.refresh_sums()
        found: NDArray[np.int32] = self._counts[indicator]
        return found

    # -- filling ---------------------------------------------------------------------------------

    def fill(self, indicator: Places, row: Places, unit: Places, value: NDArray[np.int64]) -> None:
        """Fill an empty cube with cells, each named at most once. Raises ValueError for a value beyond
        `LIMIT` in size and for a cube that is not empty."""
        largest = peak(value)
        if largest > LIMIT or self._stale.any():
            raise ValueError("only an empty cube is filled; beyond int64 or later, `put`")
        values, reported = self._values.reshape(-1), self._reported.reshape(-1)
        values.fill(_MISSING)
        _, rows, units = self._values.shape
        room = np.empty(min(_BLOCK, len(value)), np.intp)
        for start in range(0, len(value), _BLOCK):
            part = slice(start, start + _BLOCK)
            cell = room[: len(value[part])]
            np.multiply(indicator[part], rows, out=cell, dtype=np.intp)
            cell += row[part]
            cell *= units
            cell += unit[part]
            values[cell] = value[part]
        for start in range(0, values.size, _BLOCK):
            part = slice(start, start + _BLOCK)
            np.not_equal(values[part], _MISSING, out=reported[part])
            values[part] *= reported[part]
        self._peaks = [largest] * len(self._peaks)
        self._stale[:] = True

    def put(self, indicator: int, row: int, unit: int, value: int | None) -> None:
        """Set one cell; None: not reported."""
        size = abs(value or 0)
        if size > LIMIT:
            self._widen(indicator)
        self.values(indicator)[row, unit] = value or 0
        self._reported[indicator, row, unit] = value is not None
        self._peaks[indicator] = max(self._peaks[indicator], size)
        self._stale[indicator, row] = True

    def multiply(self, indicator: int, factor: int) -> None:
        """Multiply all values of the indicator, which gives them a finer scale."""
        if not self._peaks[indicator]:
            return  # every value is 0
        if not fits(self._peaks[indicator], factor):
            self._widen(indicator)
        self._peaks[indicator] *= factor
        values = self.values(indicator)
        values *= factor
        self._stale[indicator] = True

    def grow(self, rows: int) -> None:
        """Make room for at least so many rows."""
        have = self._values.shape[1]
        if rows > have:
            more = max(rows, 2 * have) - have

            def longer(array: NDArray[Any], axis: int) -> NDArray[Any]:
                shape = list(array.shape)
                shape[axis] = more
                # Not np.pad: it fills an array of Python's integers with np.int64(0), and a sum
                # with that can overflow.
                return np.concatenate([array, np.zeros(shape, array.dtype)], axis=axis)

            self._values = longer(self._values, 1)
            self._reported = longer(self._reported, 1)
            self._sums = longer(self._sums, 1)
            self._counts = longer(self._counts, 1)
            self._stale = longer(self._stale, 1)
            self._wide = {i: (longer(v, 0), longer(s, 0)) for i, (v, s) in self._wide.items()}

    def _widen(self, indicator: int) -> None:
        """Keep the indicator in Python's integers from now on."""
        if indicator not in self._wide:
            sums = np.zeros(self._sums.shape[1:], object)
            self._wide[indicator] = (self._values[indicator].astype(object), sums)
            self._values[indicator] = 0
            self._stale[indicator] = True

    # -- totals ----------------------------------------------------------------------------------

    def refresh_sums(self) -> None:
        """Add up again the rows that changed, and no others."""
        if not self._stale.any():
            return
        indicators, rows, units = self._values.shape
        for indicator in np.flatnonzero(self._stale.any(axis=1)).tolist():
            if not fits(self._peaks[indicator], units):
                # The bound only grows while cells change: compute it anew before leaving int64.
                self._peaks[indicator] = peak(self.values(indicator))
                if not fits(self._peaks[indicator], units):
                    self._widen(indicator)
        for indicator, (wide, sums) in self._wide.items():
            stale = np.flatnonzero(self._stale[indicator])
            if len(stale):
                sums[stale] = self._added_up(wide[stale], object)
        flat = indicators * rows
        values, sums = self._values.reshape(flat, units), self._sums.reshape(flat, -1)
        reported, counts = self._reported.reshape(flat, units), self._counts.reshape(flat, -1)
        stale = np.flatnonzero(self._stale)
        step = max(1, _BLOCK // max(1, units))
        for start in range(0, len(stale), step):
            chosen = as_slice(stale[start : start + step])
            if isinstance(chosen, slice):
                self._ranges.add_up(values[chosen], sums[chosen])
                self._ranges.add_up(reported[chosen], counts[chosen])
            else:
                sums[chosen] = self._added_up(values[chosen], np.int64)
                counts[chosen] = self._added_up(reported[chosen], np.int32)
        self._stale[:] = False

    def _added_up(self, values: NDArray[Any], kind: Any) -> Whole:
        sums = np.empty((*values.shape[:-1], len(self._ranges)), kind)
        flat = values.reshape(-1, values.shape[-1])
        self._ranges.add_up(flat, sums.reshape(len(flat), -1))
        return sums


def as_slice(places: Places) -> slice | Places:
    """`places` as a slice where they are consecutive, because a slice copies nothing."""
    first = int(places[0])
    follow = bool((places[1:] - places[:-1] == 1).all())
    return slice(first, first + len(places)) if follow else places
