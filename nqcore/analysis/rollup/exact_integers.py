"""Whole numbers in arrays: int64 where that is proved to be exact, Python's integers elsewhere.

No float is used. Code that adds up calls `fits` first, with the largest size of a value and the number
of values: their product bounds the sum. What does not fit is added in an array of Python's integers,
which is slower but has no limit. Such an array must not contain an np.int64: the sum would become an
np.int64 too, which can overflow.
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
"""The largest size of a number in int64. -(2^63) is not used: int64 has no 2^63."""


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
    # Named, because numpy adds narrower integers in a type that depends on the machine.
    total: Whole = values.sum(axis=axis, dtype=object if values.dtype == object else np.int64)
    return total


def grand_total(values: Whole) -> int:
    """The sum of all, exact."""
    return int(added(values.reshape(-1), 0))


def scaled(value: Decimal, scale: int) -> int | None:
    """`value` × 10^scale when that is a whole number, else None."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * 10**scale, denominator)
    return None if rest else whole
