"""Whole numbers in arrays: int64 where that is proved to be exact, Python's integers elsewhere.

No float ever. Whoever adds up asks `fits` first, with the largest size of a value and how many of
them are added: their product bounds the sum. What does not fit is added in an array of Python's own
integers: slower, and of any size.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[Any]
"""Of int64, or of Python's integers (dtype object)."""
Mask: TypeAlias = NDArray[np.bool_]

LIMIT = 2**63 - 1
"""The largest size of a number in int64. -(2^63) is not used: it has no opposite."""


def fits(peak: int, count: int) -> bool:
    """Whether every sum of `count` numbers, none larger in size than `peak`, is exact in int64."""
    return peak * count <= LIMIT


def peak(values: Whole) -> int:
    """The largest size of any of `values`; 0 when there are none."""
    if not values.size:
        return 0
    return max(int(values.max()), -int(values.min()))


def added(values: Whole, axis: int) -> Whole:
    """The sums along `axis`, exact."""
    if values.dtype != object and not fits(peak(values), values.shape[axis]):
        values = values.astype(object)
    total: Whole = values.sum(axis=axis)
    return total


def grand_total(values: Whole) -> int:
    """The sum of all, exact."""
    return int(added(values.reshape(-1), 0))


def scaled(value: Decimal, scale: int) -> int | None:
    """`value` × 10^scale when that is a whole number, else None."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * 10**scale, denominator)
    return None if rest else whole


def half_up_ratio(above: Whole, below: Whole, factor: int) -> tuple[Whole, Mask]:
    """`above` × `factor` / `below` as the nearest whole numbers, a half going away from zero, and
    where there is one: not where `below` is 0 (there it is 0)."""
    largest, twice = peak(below), 2 * abs(factor)
    if not (fits(peak(above) * twice + largest, 1) and fits(largest, 2)):
        above, below = above.astype(object), below.astype(object)
    known: Mask = (below != 0).astype(np.bool_)
    size = np.where(known, abs(below), 1)
    nearest = (abs(above) * twice + size) // (2 * size)
    negative = ((above < 0) ^ (below < 0)).astype(np.bool_) ^ (factor < 0)
    return np.where(known, np.where(negative, -nearest, nearest), 0), known
