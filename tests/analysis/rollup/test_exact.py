"""Sums are exact at any size, and no number ever wraps around or goes through a float."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.exact_integers import LIMIT, added, fits, grand_total, peak, scaled
from nqcore.catalogue import Definitions
from nqcore.collection.obligations import Obligations
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.periods import PeriodKind
from nqcore.model.units import Unit, UnitKind
from tests.analysis.rollup.worlds import catalogue_of, form, indicator, revision, values_of

whole_numbers = st.integers(-LIMIT, LIMIT)
cells = st.integers(1 - 10**15, 10**15 - 1)


@given(st.lists(whole_numbers, min_size=1, max_size=60))
def test_a_sum_is_python_s_sum_up_to_the_edge_of_int64_and_beyond(numbers: list[int]) -> None:
    assert grand_total(np.array(numbers, np.int64)) == sum(numbers)


@given(st.integers(0, LIMIT), st.integers(1, 10**6))
def test_what_fits_cannot_overflow(largest: int, count: int) -> None:
    assert fits(largest, count) == (largest * count < 2**63)


def test_the_largest_sums_that_fit_are_exact_in_int64() -> None:
    numbers = np.full(9_223, 10**15 - 1, np.int64)
    assert fits(peak(numbers), len(numbers))
    assert added(numbers, 0) == 9_223 * (10**15 - 1)
    assert not fits(peak(numbers), len(numbers) + 1)
    more = np.full(9_300, 10**15 - 1, np.int64)
    assert grand_total(more) == 9_300 * (10**15 - 1) > LIMIT


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15))
def test_scaling_is_exact_or_refused(value: Decimal) -> None:
    found = scaled(value, 6)
    exact = Fraction(value) * 10**6
    assert found == (exact if exact.denominator == 1 else None)


UNITS = tuple(
    Unit(code=f"u{n}", name="U", kind=UnitKind.COMMUNE, parent="u0" if n else None)
    for n in range(12)
)
PERIODS = ["2018-Q1", "2018-Q2"]
AFTER = date(2019, 6, 1)


@given(
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(PERIODS), cells), max_size=24),
    st.integers(0, 6),
    st.sampled_from([OverTime.SUM, OverTime.MEAN]),
    st.sampled_from([OverUnits.SUM, OverUnits.MEAN]),
)
def test_sums_and_means_of_fifteen_digit_decimals_equal_those_of_fractions(
    given_cells: list[tuple[int, str, int]],
    decimals: int,
    over_time: OverTime,
    over_units: OverUnits,
) -> None:
    known = catalogue_of(
        Definitions(
            units=UNITS,
            indicators=(
                indicator("a", decimals=decimals, over_time=over_time, over_units=over_units),
            ),
            forms=(form("q", PeriodKind.QUARTER, ("a",)),),
        )
    )
    reported = {
        (f"u{unit}", period): Decimal(value).scaleb(-decimals)
        for unit, period, value in given_cells
    }
    revisions = tuple(revision(u, "q", p, {"a": value}) for (u, p), value in reported.items())
    totals = Totals(Obligations(known), values_of(known, revisions), AFTER)
    found = totals.exact(
        known.indicators["a"], "u0", totals.lookup.span("2018", known.indicators["a"])
    ).operand.fraction
    by_unit: dict[str, list[Fraction]] = {}
    for (unit, _), value in reported.items():
        by_unit.setdefault(unit, []).append(Fraction(value))
    each = [
        sum(values, Fraction(0)) / (len(values) if over_time is OverTime.MEAN else 1)
        for values in by_unit.values()
    ]
    total = sum(each, Fraction(0)) / (len(each) if over_units is OverUnits.MEAN and each else 1)
    assert found == (total if each else None)


@pytest.mark.parametrize("value", ["0.005", "123456789.123456", "99999999999999999999999.5"])
def test_a_value_finer_or_larger_than_its_indicator_allows_now_still_counts_exactly(
    value: str,
) -> None:
    known = catalogue_of(
        Definitions(
            units=UNITS,
            indicators=(indicator("a", decimals=1),),
            forms=(form("q", PeriodKind.QUARTER, ("a",)),),
        )
    )
    revisions = (
        revision("u1", "q", "2018-Q1", {"a": Decimal("0.5")}),
        revision("u2", "q", "2018-Q1", {"a": Decimal(value)}),
    )
    totals = Totals(Obligations(known), values_of(known, revisions), AFTER)
    span = totals.lookup.span("2018-Q1", known.indicators["a"])
    found = totals.exact(known.indicators["a"], "u0", span)
    assert found.operand.fraction == Fraction(Decimal(value)) + Fraction(1, 2)
    assert {cell.value for cell in found.contributions} == {Decimal("0.5"), Decimal(value)}


def test_each_quarter_that_follows_sums_beyond_int64_is_exact_too() -> None:
    """5.000.000.000.000 of two units stand as 5 × 10^18 each: their sum is beyond int64."""
    known = catalogue_of(
        Definitions(
            units=UNITS,
            indicators=(indicator("a", decimals=6),),
            forms=(form("q", PeriodKind.QUARTER, ("a",)),),
        )
    )
    values = values_of(known, ())
    totals = Totals(Obligations(known), values, AFTER)
    for period in ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1"):
        for unit in ("u1", "u2"):
            values.put(revision(unit, "q", period, {"a": Decimal(5_000_000_000_000)}))
        figure = totals.figure("a", "u0", period)
        assert figure.value == Decimal(10_000_000_000_000)
