"""The cube: indicator × row × unit, whole numbers and a mask of what was reported.

A row is a period. Units stand in pre-order, so the total of any unit is the difference of two prefix
sums of its row. The totals of all inner units are kept, with how many units are in them; a changed
cell makes only its own (indicator, row) stale.

An indicator whose numbers do not provably fit int64 lives in `_wide`, in Python's integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nqcore.rollup.exact import LIMIT, Mask, Whole, fits, peak

_BLOCK = 1 << 17
"""Cells taken at a time: what a core keeps near itself."""
_MISSING = -(2**63)
"""Stands in for "not reported" while an empty cube is filled; no value is that (`LIMIT`)."""

Places = NDArray[np.integer[Any]]
"""Indices along one side of the cube."""


class Cube:
    """`stretches` are the ends lo:hi of the inner units, whose totals are kept."""

    def __init__(
        self, indicators: int, rows: int, units: int, stretches: Iterable[tuple[int, int]] = ()
    ) -> None:
        ends = np.array(list(stretches), np.intp).reshape(-1, 2)
        self._low, self._high = ends[:, 0].copy(), ends[:, 1].copy()
        self._values: NDArray[np.int64] = np.zeros((indicators, rows, units), np.int64)
        self._reported: Mask = np.zeros((indicators, rows, units), np.bool_)
        self._sums: NDArray[np.int64] = np.zeros((indicators, rows, len(ends)), np.int64)
        self._counts: NDArray[np.int32] = np.zeros((indicators, rows, len(ends)), np.int32)
        self._wide: dict[int, tuple[Whole, Whole]] = {}
        self._peaks = [0] * indicators
        self._stale: Mask = np.zeros((indicators, rows), np.bool_)
        self._empty = True

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many indicators, rows and units there is room for."""
        indicators, rows, units = self._values.shape
        return indicators, rows, units

    def values(self, indicator: int) -> Whole:
        """Row × unit; 0 where nothing was reported."""
        return self._wide[indicator][0] if indicator in self._wide else self._values[indicator]

    def reported(self, indicator: int) -> Mask:
        """Row × unit: whether it was reported."""
        return self._reported[indicator]

    def sums(self, indicator: int) -> Whole:
        """Row × inner unit: the totals."""
        self.settle()
        return self._wide[indicator][1] if indicator in self._wide else self._sums[indicator]

    def counts(self, indicator: int) -> NDArray[np.int32]:
        """Row × inner unit: how many units are in the total."""
        self.settle()
        return self._counts[indicator]

    def peak(self, indicator: int) -> int:
        """No value of the indicator is larger in size."""
        return self._peaks[indicator]

    # -- filling ---------------------------------------------------------------------------------

    def fill(self, indicator: Places, row: Places, unit: Places, value: NDArray[np.int64]) -> None:
        """Many cells at once, each named at most once. Values reach to `LIMIT` in size."""
        largest = peak(value)
        if largest > LIMIT:
            raise OverflowError("put what is beyond int64 with `put`")
        indicators, rows, units = self._values.shape
        present = np.zeros(indicators, np.bool_)
        fresh = self._empty
        values, reported = self._values.reshape(-1), self._reported.reshape(-1)
        if fresh:
            values.fill(_MISSING)
        key = np.empty(min(_BLOCK, len(value)), np.int64)
        for start in range(0, len(value), _BLOCK):
            part = slice(start, start + _BLOCK)
            cell = key[: len(value[part])]
            np.multiply(indicator[part], rows, out=cell, dtype=np.int64)
            cell += row[part]
            cell *= units
            cell += unit[part]
            values[cell] = value[part]
            if not fresh:
                reported[cell] = True
        if fresh:
            for start in range(0, values.size, _BLOCK):
                block = slice(start, start + _BLOCK)
                np.not_equal(values[block], _MISSING, out=reported[block])
                values[block] *= reported[block]
            self._stale[:] = True
            present[:] = True
        else:
            self._stale[indicator, row] = True
            present[indicator] = True
        self._empty = self._empty and not len(value)
        for each in np.flatnonzero(present).tolist():
            self._peaks[each] = max(self._peaks[each], largest)
            if each in self._wide:
                self._wide[each][0][self._reported[each]] = self._values[each][self._reported[each]]

    def put(self, indicator: int, row: int, unit: int, value: int | None) -> None:
        """One cell; None: not reported."""
        size = abs(value or 0)
        if size > LIMIT:
            self._widen(indicator)
        if indicator in self._wide:
            self._wide[indicator][0][row, unit] = value or 0
        else:
            self._values[indicator, row, unit] = value or 0
        self._reported[indicator, row, unit] = value is not None
        self._peaks[indicator] = max(self._peaks[indicator], size)
        self._stale[indicator, row] = True
        self._empty = False
