"""Aggregation over units: the values of several units become one, exact. At least one is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from nqcore.analysis.rollup.exact_integers import Whole, grand_total
from nqcore.model.indicators import OverUnits


def _sum(values: Whole) -> Fraction:
    return Fraction(grand_total(values))


_OF_VALUES: dict[OverUnits, Callable[[Whole], Fraction]] = {
    OverUnits.SUM: _sum,
    OverUnits.MEAN: lambda values: _sum(values) / len(values),
    OverUnits.MIN: lambda values: Fraction(int(values.min())),
    OverUnits.MAX: lambda values: Fraction(int(values.max())),
    OverUnits.NONE: _sum,
}
_OF_PRESENCE: dict[OverUnits, Callable[[Whole], Fraction]] = {
    OverUnits.COUNT: lambda values: Fraction(int(np.count_nonzero(values))),
    OverUnits.ANY: lambda values: Fraction(bool(values.any())),
    OverUnits.ALL: lambda values: Fraction(bool(values.all())),
}


def aggregate_over_units(how: OverUnits, values: Whole, denominator: int) -> Fraction:
    """One number of the units' `values` / `denominator`. Not for WEIGHTED_MEAN, which needs weights."""
    if how in _OF_PRESENCE:
        return _OF_PRESENCE[how](values)
    return _OF_VALUES[how](values) / denominator


def weighted_mean(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Σ value × weight / Σ weight; None when the weights add up to 0."""
    weight = sum((w for _, w in pairs), Fraction(0))
    if not weight:
        return None
    return sum((value * w for value, w in pairs), Fraction(0)) / weight
