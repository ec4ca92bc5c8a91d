"""Like with like: a period and the one before it, over the units that have figures in both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nqcore.analysis.rollup.like_for_like import like_for_like
from nqcore.model.targets import Aim, Target
from tests.support.small import DISTRICT, catalogue, totals

CELLS = {
    ("xa-a", "2018-Q1"): {"A1": 10},
    ("xa-b", "2018-Q1"): {"A1": 5},
    ("xa-a", "2018-Q2"): {"A1": 12},
    ("dn-1", "2018-Q2"): {"A1": 100},
    ("xa-a", "2018-Q3"): {"A1": 12},
    ("xa-b", "2018-Q3"): {"A1": 0},
}


@pytest.fixture(scope="module")
def world():
    return totals(catalogue(DISTRICT), CELLS)


def test_only_units_with_figures_in_both_periods_are_compared(world):
    found = like_for_like(world, "s.A1", "top", "2018-Q2")
    assert found is not None
    assert found.units == ("xa-a",)
    assert (found.before.value, found.now.value) == (10, 12)
    assert (found.change, found.percent) == (2, Decimal("20.0"))


def test_nothing_in_common_is_not_compared(world):
    assert like_for_like(world, "s.A1", "xa-b", "2018-Q2") is None
    assert like_for_like(world, "s.A1", "top", "2018-Q1") is None


def test_a_span_that_is_no_period_of_the_form_is_not_compared(world):
    assert like_for_like(world, "s.A1", "top", "2018") is None
    assert like_for_like(world, "s.A1", "top", "2017..2018") is None


def test_a_unit_is_compared_with_itself(world):
    found = like_for_like(world, "s.A1", "xa-a", "2018-Q3")
    assert found is not None
    assert (found.units, found.change, found.percent) == (("xa-a",), 0, Decimal("0.0"))
    mine = like_for_like(world, "s.A1", "xa-a", "2018-Q2", own=True)
    assert mine is not None
    assert mine.change == 2


def test_the_first_period_of_a_form_has_none_to_be_compared_with(world):
    assert like_for_like(world, "s.A1", "top", "2017-Q1") is None


def test_what_must_not_be_added_up_is_not_compared():
    known = catalogue(DISTRICT.replace('label = "A1"', 'label = "A1"\nunits = "none"'))
    world = totals(known, CELLS)
    assert like_for_like(world, "s.A1", "top", "2018-Q2") is None
    assert like_for_like(world, "s.A1", "top", "2018-Q2", boundaries=date(2018, 6, 30)) is None
    alone = like_for_like(world, "s.A1", "xa-a", "2018-Q2", own=True)
    assert alone is not None
    assert alone.change == 2


def test_the_compared_units_are_in_the_order_of_the_tree():
    both = totals(
        catalogue(DISTRICT),
        {(unit, q): {"A1": 1} for q in ("2018-Q1", "2018-Q2") for unit in ("xa-b", "dn-1", "xa-a")},
    )
    found = like_for_like(both, "s.A1", "top", "2018-Q2")
    assert found is not None
    assert found.units == ("xa-a", "dn-1", "xa-b")


def test_beside_nothing_there_is_no_percentage():
    world = totals(
        catalogue(DISTRICT),
        {("xa-a", "2018-Q1"): {"A1": 0}, ("xa-a", "2018-Q2"): {"A1": 3}},
    )
    found = like_for_like(world, "s.A1", "top", "2018-Q2")
    assert found is not None
    assert (found.change, found.percent) == (3, None)


@pytest.mark.parametrize(
    ("aim", "wanted", "value", "share"),
    [
        (Aim.AT_LEAST, "10200", "9876", Decimal("96.8")),
        (Aim.AT_LEAST, "5", "0", Decimal("0.0")),
        (Aim.AT_MOST, "5", "3", None),
        (Aim.AT_LEAST, "0", "3", None),
    ],
)
def test_how_much_of_a_target_is_reached(aim: Aim, wanted: str, value: str, share):
    one = Target(
        id="t", directive="d", indicator="i", value=Decimal(wanted), period="2018", aim=aim
    )
    assert one.share(Decimal(value)) == share
