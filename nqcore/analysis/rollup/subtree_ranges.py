"""Sums over ranges lo:hi of the units, as differences of prefix sums."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nqcore.analysis.rollup.exact_integers import Whole


class SubtreeRanges:
    """The ranges, and buffers that are used again: new memory for every block would cost more time
    than the additions. Because of the buffers only one thread may use it at a time."""

    def __init__(self, ranges: Iterable[tuple[int, int]], units: int) -> None:
        pairs = np.array(list(ranges), np.intp).reshape(-1, 2)
        self._low, self._high = pairs[:, 0].copy(), pairs[:, 1].copy()
        self._units = units
        self._buffers: dict[Any, tuple[Whole, Whole, Whole]] = {}

    def __len__(self) -> int:
        return len(self._low)

    def add_up(self, values: NDArray[Any], sums: Whole) -> None:
        """Write the sums of `values` (row × unit) over each range into `sums` (row × range), in the type
        of `sums`. The caller has proved (`fits`) that the sum of any units of a row fits it."""
        rows = len(values)
        prefix, upper, lower = (buffer[:rows] for buffer in self._buffers_for(rows, sums.dtype))
        np.cumsum(values, axis=1, out=prefix[:, 1:])
        # All indices are valid; with mode "clip" numpy writes into `out` without a copy.
        np.take(prefix, self._high, axis=1, out=upper, mode="clip")
        np.take(prefix, self._low, axis=1, out=lower, mode="clip")
        np.subtract(upper, lower, out=sums)

    def _buffers_for(self, rows: int, kind: Any) -> tuple[Whole, Whole, Whole]:
        if kind not in self._buffers or len(self._buffers[kind][0]) < rows:
            upper, lower = (np.zeros((rows, len(self)), kind) for _ in range(2))
            self._buffers[kind] = (np.zeros((rows, self._units + 1), kind), upper, lower)
        return self._buffers[kind]
