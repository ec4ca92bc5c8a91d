"""Rounding is half-up, exact, and done by whole numbers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.formulas import round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 3), 0, "0"),
        (Fraction(7717, 100), 1, "77.2"),
        (Fraction(1026 * 100, 1896), 0, "54"),
        (Fraction(463, 6), 1, "77.2"),
        (Fraction(3), 2, "3.00"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(1250), -2, "1300"),
        (Fraction(1, 3), 20, "0.33333333333333333333"),
    ],
)
def test_a_half_goes_away_from_zero(value: Fraction, decimals: int, expected: str) -> None:
    assert str(round_half_up(value, decimals)) == expected


@given(st.decimals(-(10**15), 10**15, places=6), st.integers(0, 6))
def test_rounding_equals_the_decimal_modules(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert round_half_up(Fraction(value), decimals) == expected


@given(st.fractions(), st.integers(-5, 12))
def test_the_rounded_number_is_at_most_half_a_unit_away(value: Fraction, decimals: int) -> None:
    unit = Fraction(10) ** -decimals
    assert abs(Fraction(round_half_up(value, decimals)) - value) <= unit / 2


def test_numbers_longer_than_pythons_limits_are_rounded_exactly() -> None:
    value = Fraction(10**6_000 + 1, 2)
    assert Fraction(round_half_up(value, 0)) == (10**6_000 + 2) // 2
    assert Fraction(round_half_up(value, 1)) == value
