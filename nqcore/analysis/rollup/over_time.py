"""From several periods of a unit to one value: over the last axis but one, all units at once.

Every array is … × period × unit, in order of time, 0 where nothing was reported. A unit that reported
in no period has no value: what stands in its place means nothing.
"""

from __future__ import annotations

from math import lcm

import numpy as np

from nqcore.analysis.rollup.exact import Mask, Whole, added
from nqcore.model.indicators import OverTime


def aggregate_over_time(how: OverTime, values: Whole, reported: Mask) -> tuple[Whole, int]:
    """Each unit's values as one, × a common denominator."""
    match how:
        case OverTime.SUM:
            return summed(values), 1
        case OverTime.MEAN:
            return averaged(values, reported)
        case OverTime.MIN:
            return extreme(values, reported, least=True), 1
        case OverTime.MAX:
            return extreme(values, reported, least=False), 1
        case OverTime.FIRST:
            return last_reported(values[::-1], reported[::-1]), 1
        case OverTime.LAST | OverTime.NONE:
            return last_reported(values, reported), 1


def last_reported(values: Whole, reported: Mask) -> Whole:
    """Of each unit the last value that was reported; 0 where none was."""
    found = values[..., 0, :]
    for period in range(1, values.shape[-2]):
        found = np.where(reported[..., period, :], values[..., period, :], found)
    return found


def last_row(reported: Mask) -> Whole:
    """In which period that was."""
    last: Whole = reported.shape[-2] - 1 - reported[..., ::-1, :].argmax(axis=-2)
    return last


def first_row(reported: Mask) -> Whole:
    """In which period each unit reported first."""
    first: Whole = reported.argmax(axis=-2)
    return first


def summed(values: Whole) -> Whole:
    """The sum of each unit's values."""
    return added(values, axis=-2)


def averaged(values: Whole, reported: Mask) -> tuple[Whole, int]:
    """Of each unit the mean of the values that it reported, × one common denominator."""
    counts = reported.sum(axis=-2)
    common = lcm(*(int(n) for n in np.unique(counts) if n))
    shares = np.array([common // max(n, 1) for n in range(reported.shape[-2] + 1)], object)
    return summed(values).astype(object) * shares[counts], common


def extreme(values: Whole, reported: Mask, *, least: bool) -> Whole:
    """Of each unit the least (or the largest) value that it reported."""
    # What was not reported is as large (as small) as can be, so that it never wins.
    filler = values.max() if least else values.min()
    known = np.where(reported, values, filler)
    found: Whole = known.min(axis=-2) if least else known.max(axis=-2)
    return found
