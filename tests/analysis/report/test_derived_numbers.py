"""A number that the office computed of two figures is found again, and computed from them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.derived_numbers import NumberOperand, derivations, operands_of
from nqcore.model.findings import UnitCount
from nqcore.text.numbers import write_figure


def operands(**values: str) -> dict[str, NumberOperand]:
    return {
        name: NumberOperand(value=Decimal(value), text=write_figure(Decimal(value)))
        for name, value in values.items()
    }


PEOPLE = operands(a="1679", b="2422", c="1153")


@pytest.mark.parametrize(
    ("number", "suffix", "formulas"),
    [
        ("69,3", "%", ["69,3% = 1.679 : 2.422"]),
        ("69,32", "%", ["69,32% = 1.679 : 2.422"]),
        ("69", "phần", ["69% = 1.679 : 2.422", "69% = 1.153 : 1.679"]),
        ("69,4", "%", []),
        ("44,3", "%", ["44,3% = (2.422 − 1.679) : 1.679"]),
        ("30,7", "%", ["30,7% = (2.422 − 1.679) : 2.422"]),
        ("2,1", "lần", ["2,1 lần = 2.422 : 1.153"]),
        ("743", "người", ["743 = 2.422 − 1.679"]),
        ("743", "điểm", []),
        ("5/28", "đơn", []),
        ("0", "%", []),
    ],
)
def test_the_ways_to_compute_a_number_are_found(number, suffix, formulas) -> None:
    found = derivations(number, suffix, PEOPLE)
    assert [*found] == formulas
    for formula, way in found.items():
        assert way.formula(PEOPLE) == formula
        assert way.text(PEOPLE) == number


def test_it_follows_its_figures_and_ends_where_it_does_not_fit_any_more() -> None:
    (ratio,) = derivations("69,3", "%", PEOPLE).values()
    assert ratio.text(operands(a="1700", b="2422")) == "70,2"
    assert ratio.text(operands(a="1700", b="0")) is None
    assert ratio.text(operands(a="1700")) is None
    (rise,) = derivations("44,3", "%", PEOPLE).values()
    assert rise.text(operands(a="1679", b="1679")) is None


def test_two_pairs_of_figures_that_look_the_same_are_not_offered() -> None:
    assert derivations("50", "%", operands(a="5", b="10", c="5", d="10")) == {}


def test_a_count_can_be_a_share_of_the_units_that_it_is_among() -> None:
    count = UnitCount(("a", "b"), ("a", "b", "c", "d", "e"), share=True)
    assert [*derivations("40", "%", operands_of({"#0": count}))] == ["40% = 2 : 5"]


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_what_is_offered_equals_what_was_typed(a: int, b: int, decimals: int) -> None:
    typed = write_figure(Decimal(a) * 100 / Decimal(b), decimals)
    for way in derivations(typed, "%", operands(a=str(a), b=str(b))).values():
        assert way.text(operands(a=str(a), b=str(b))) == typed
