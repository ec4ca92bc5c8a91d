"""The operators: how several exact values become one, over time and over units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from nqcore.model.indicators import OverTime, OverUnits

Values = Sequence[Fraction]

OVER_TIME: dict[OverTime, Callable[[Values], Fraction]] = {
    OverTime.SUM: lambda values: sum(values, Fraction(0)),
    OverTime.LAST: lambda values: values[-1],
    OverTime.FIRST: lambda values: values[0],
    OverTime.MEAN: lambda values: sum(values, Fraction(0)) / len(values),
    OverTime.MIN: min,
    OverTime.MAX: max,
}
"""One unit's values in order of time → one. Never called without values."""

OVER_UNITS: dict[OverUnits, Callable[[Values], Fraction]] = {
    OverUnits.SUM: lambda values: sum(values, Fraction(0)),
    OverUnits.MEAN: lambda values: sum(values, Fraction(0)) / len(values),
    OverUnits.MIN: min,
    OverUnits.MAX: max,
    OverUnits.COUNT: lambda values: Fraction(sum(1 for value in values if value)),
    OverUnits.ANY: lambda values: Fraction(any(values)),
    OverUnits.ALL: lambda values: Fraction(all(values)),
}
"""The units' values → one. Never called without values. WEIGHTED_MEAN needs its weights as well."""


def weighted_mean(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Σ value × weight / Σ weight; None when the weights add up to 0."""
    weight = sum((w for _, w in pairs), Fraction(0))
    if not weight:
        return None
    return sum((value * w for value, w in pairs), Fraction(0)) / weight
