"""Which reports are due for a total and which of them are missing, as masks period × unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nqcore.model.figures import Part
from nqcore.model.periods import Period
from nqcore.rollup.exact import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Row n stands for `periods[n]`, column m for the unit `codes[m]`. What is missing is due."""

    periods: tuple[Period, ...]
    codes: tuple[str, ...]
    due: Mask
    missing: Mask

    def parts(self, mask: Mask) -> tuple[Part, ...]:
        """The (unit, period) pairs of a mask, in order of time, then of the tree."""
        rows, columns = mask.nonzero()
        return tuple(
            Part(unit=self.codes[column], period=self.periods[row].code)
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        )


def union(covers: Sequence[Cover]) -> Cover:
    """What is due for any of `covers`, and missing in any: a report counts once. All must be of the
    same units."""
    first = covers[0]
    if all(each.periods == first.periods for each in covers):
        periods = first.periods
    else:
        known = {period.code: period for each in covers for period in each.periods}
        periods = tuple(sorted(known.values(), key=lambda p: (p.start, p.end, p.code)))
    row = {period.code: nth for nth, period in enumerate(periods)}
    due = np.zeros((len(periods), len(first.codes)), np.bool_)
    missing = np.zeros_like(due)
    for each in covers:
        rows = [row[period.code] for period in each.periods]
        due[rows] |= each.due
        missing[rows] |= each.missing
    return Cover(periods, first.codes, due, missing)
