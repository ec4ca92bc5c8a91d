"""What formulas mean when figures are missing: each rule of the room's README, case by case."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from nqcore.formulas import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Operand,
    Reason,
    Reference,
    evaluate,
    no_value,
    number,
    parse,
)

FIRST = no_value(Reason("The first reason.", code="first"))
SECOND = no_value(Reason("The second reason.", code="second"))
CELLS = {
    "nr": NOT_REPORTED,
    "na": NOT_APPLICABLE,
    "nv": FIRST,
    "nw": SECOND,
    "zero": number(0),
}


def value(text: str) -> Operand:
    return evaluate(parse(text), lambda reference: CELLS[reference.code])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # sums: not applicable is absent
        ("3 + na", 3),
        ("na + 3", 3),
        ("3 - na", 3),
        ("na - 3", -3),
        ("na + 3 + na - 1", 2),
        ("na + na", NOT_APPLICABLE),
        ("na - na + na", NOT_APPLICABLE),
        ("(na + na) + 3", 3),
        ("3 + nr", NOT_REPORTED),
        ("na + nr", NOT_REPORTED),
        ("nr - nr", NOT_REPORTED),
        ("nr + nv", FIRST),
        ("na - nv", FIRST),
        ("nv + nw", FIRST),
        ("nw + nv", SECOND),
        # products: not applicable spreads, after what is graver
        ("3 * na", NOT_APPLICABLE),
        ("na / 3", NOT_APPLICABLE),
        ("3 / na", NOT_APPLICABLE),
        ("na * nr", NOT_REPORTED),
        ("nr / na", NOT_REPORTED),
        ("nr * zero", NOT_REPORTED),
        ("nv * nr", FIRST),
        ("nr / nv", FIRST),
        ("nr * nw * nv", SECOND),
        ("na / 0", NOT_APPLICABLE),
        ("nr / 0", NOT_REPORTED),
        ("nv / 0", FIRST),
        # one operand
        ("-na", NOT_APPLICABLE),
        ("-nr", NOT_REPORTED),
        ("-nv", FIRST),
        ("abs(na)", NOT_APPLICABLE),
        ("round(nr, 1)", NOT_REPORTED),
        ("round(nv)", FIRST),
        # comparisons
        ("3 < nr", NOT_REPORTED),
        ("na < 3", NOT_APPLICABLE),
        ("na = na", NOT_APPLICABLE),
        ("na = nr", NOT_REPORTED),
        ("nr = nr", NOT_REPORTED),
        ("nr != nv", FIRST),
        ("nw != nv", SECOND),
        # if
        ("if(nr > 0, 1, 2)", NOT_REPORTED),
        ("if(na > 0, 1, 2)", NOT_APPLICABLE),
        ("if(nv > 0, 1, 2)", FIRST),
        ("if(1 > 0, nr, 2)", NOT_REPORTED),
        ("if(1 > 0, 1, nr)", 1),
        ("if(1 > 0, 1, nv)", 1),
        ("if(zero = 0, 0, 5/zero)", 0),
        # min and max
        ("min(na, 3, na)", 3),
        ("max(na, -3)", -3),
        ("min(na, na)", NOT_APPLICABLE),
        ("max(3, nr)", NOT_REPORTED),
        ("min(na, nr)", NOT_REPORTED),
        ("max(nr, nv, nw)", FIRST),
        # coalesce
        ("coalesce(nr, na, nv, 3, 4)", 3),
        ("coalesce(3, nv)", 3),
        ("coalesce(zero, 3)", 0),
        ("coalesce(na, na)", NOT_APPLICABLE),
        ("coalesce(na, nr)", NOT_REPORTED),
        ("coalesce(nr, na, nw, nv)", SECOND),
        ("coalesce(5/zero, 1)", 1),
    ],
)
def test_the_state_of_the_result_follows_the_written_rules(
    text: str, expected: int | Operand
) -> None:
    assert value(text) == (number(expected) if isinstance(expected, int) else expected)


@pytest.mark.parametrize(
    ("text", "dividend", "divisor"),
    [
        ("5 / zero", "5", "zero"),
        ("zero / zero", "zero", "zero"),
        ("2 * 5 / zero * 3", "2*5", "zero"),
        ("(1 + 2) / (3 - 3)", "1+2", "3-3"),
        ("5 / (1 - 1) + 6 / zero", "5", "1-1"),
    ],
)
def test_a_division_by_zero_is_no_value_and_names_both_sides(
    text: str, dividend: str, divisor: str
) -> None:
    reason = value(text).reason
    assert reason is not None
    assert reason.code == "division-by-zero"
    assert dict(reason.details) == {"dividend": dividend, "divisor": divisor}
    assert str(reason) == f"Division by zero: in {dividend} : {divisor}, {divisor} is 0."


def test_a_reason_is_told_in_the_readers_language() -> None:
    reason = value("5 / zero").reason
    assert reason is not None
    vietnamese = "Không chia được cho 0: {dividend} : {divisor}."
    assert reason.message({reason.template: vietnamese}.__getitem__) == (
        "Không chia được cho 0: 5 : zero."
    )


def test_long_sides_of_a_division_are_cut_in_the_reason() -> None:
    reason = value("(" + "1+" * 200 + "1)/zero").reason
    assert reason is not None
    assert len(str(reason)) < 200


def test_a_missing_figure_is_never_zero() -> None:
    assert value("nr") == NOT_REPORTED != number(0)
    assert value("na") == NOT_APPLICABLE != number(0)


@pytest.mark.parametrize("exact", [3, Decimal("3.00"), Fraction(6, 2)])
def test_operands_are_made_of_exact_numbers(exact: int | Decimal | Fraction) -> None:
    assert number(exact).fraction == 3


@pytest.mark.parametrize("inexact", [0.5, True, "3", None])
def test_floats_truths_and_texts_are_refused_as_numbers(inexact: object) -> None:
    with pytest.raises(TypeError, match="not an exact number"):
        number(inexact)  # type: ignore[arg-type]


@pytest.mark.parametrize("endless", ["NaN", "sNaN", "Infinity", "1e-9999999", "1e9999999"])
def test_decimals_that_are_no_figures_are_refused(endless: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        number(Decimal(endless))


def test_an_operand_cannot_contradict_itself() -> None:
    with pytest.raises(ValueError, match="number"):
        Operand("not_reported", Fraction(1))
    with pytest.raises(ValueError, match="number"):
        Operand("number")
    with pytest.raises(ValueError, match="reason"):
        Operand("no_value")


def test_shifted_references_are_looked_up_with_their_shift() -> None:
    cells = {Reference("B4"): number(3), Reference("B4", "previous"): NOT_REPORTED}
    assert evaluate(parse("B4 - previous(B4)"), cells.__getitem__) == NOT_REPORTED
    assert evaluate(parse("B4 - coalesce(previous(B4), 1)"), cells.__getitem__) == number(2)
