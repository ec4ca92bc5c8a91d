"""Aggregation over time: the values of several periods become one value per unit, all units at once.

Every array is … × period × unit, in order of time, 0 where nothing was reported; the last axis but
one disappears. The number of a unit that reported in no period has no meaning.
"""

from __future__ import annotations

from math import lcm

import numpy as np

from nqcore.analysis.rollup.exact_integers import Mask, Whole, added
from nqcore.model.indicators import OverTime


def aggregate_over_time(how: OverTime, values: Whole, reported: Mask) -> tuple[Whole, int]:
    """One value per unit, multiplied by a common denominator, and that denominator."""
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
    """The last value that each unit reported; 0 where it reported none."""
    found = values[..., 0, :]
    for period in range(1, values.shape[-2]):
        found = np.where(reported[..., period, :], values[..., period, :], found)
    return found


def last_row(reported: Mask) -> Whole:
    """The index of the period of each unit's last report."""
    last: Whole = reported.shape[-2] - 1 - reported[..., ::-1, :].argmax(axis=-2)
    return last


def first_row(reported: Mask) -> Whole:
    """The index of the period of each unit's first report."""
    first: Whole = reported.argmax(axis=-2)
    return first


def summed(values: Whole) -> Whole:
    """The sum of each unit's values."""
    return added(values, axis=-2)


def averaged(values: Whole, reported: Mask) -> tuple[Whole, int]:
    """The mean of the values that each unit reported, multiplied by one common denominator, and that
    denominator."""
    counts = reported.sum(axis=-2)
    common = lcm(*(int(n) for n in np.unique(counts) if n))
    shares = np.array([common // max(n, 1) for n in range(reported.shape[-2] + 1)], object)
    return summed(values).astype(object) * shares[counts], common


def extreme(values: Whole, reported: Mask, *, least: bool) -> Whole:
    """The least (or the largest) value that each unit reported."""
    # A cell that was not reported gets the largest (smallest) value, so it never decides.
    filler = values.max() if least else values.min()
    known = np.where(reported, values, filler)
    found: Whole = known.min(axis=-2) if least else known.max(axis=-2)
    return found
