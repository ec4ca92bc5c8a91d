"""Which reports are due for a total and which of them are missing, as masks (period × unit)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nqcore.analysis.rollup.axis import Axis
from nqcore.analysis.rollup.exact_integers import Mask
from nqcore.model.figures import ReportRef
from nqcore.model.periods import Period


@dataclass(frozen=True, slots=True, eq=False)
class CoverageMask:
    """Two masks: row n is `periods[n]`, the columns are the range `units` of the axis. `missing` is a
    part of `due`."""

    axis: Axis
    units: slice
    periods: tuple[Period, ...]
    due: Mask
    missing: Mask

    def reports(self, mask: Mask) -> tuple[ReportRef, ...]:
        """The reports (unit and period) that `mask` marks, in order of time, then of the tree."""
        rows, columns = mask.nonzero()
        codes = self.axis.codes[self.units]
        return tuple(
            ReportRef(unit=codes[column], period=self.periods[row].code)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        )


def empty_mask(axis: Axis, unit: str) -> CoverageMask:
    """The mask of `unit` where no report is due: it has no row."""
    units = slice(*axis.range_of(unit))
    none = np.zeros((0, units.stop - units.start), np.bool_)
    return CoverageMask(axis, units, (), none, none)


def union(masks: Sequence[CoverageMask]) -> CoverageMask:
    """What is due in any of `masks`, and what is missing in any: a report counts once."""
    known = {period.code: period for each in masks for period in each.periods}
    periods = sorted(known.values(), key=lambda p: (p.start, p.end, p.code))
    row = {period.code: nth for nth, period in enumerate(periods)}
    low = min(each.units.start for each in masks)
    high = max(each.units.stop for each in masks)
    due = np.zeros((len(periods), high - low), np.bool_)
    missing = np.zeros_like(due)
    for each in masks:
        units = slice(each.units.start - low, each.units.stop - low)
        for nth, period in enumerate(each.periods):
            due[row[period.code], units] |= each.due[nth]
            missing[row[period.code], units] |= each.missing[nth]
    return CoverageMask(masks[0].axis, slice(low, high), tuple(periods), due, missing)
