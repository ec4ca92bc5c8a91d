"""Length, depth and size are bounded, and what is inside the bounds is quick."""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from types import FrameType

import pytest

from nqcore.formulas import FormulaError, Operand, Reference, evaluate, number, parse, show

NESTS = [
    ("(", "1", ")"),
    ("-", "1", ""),
    ("abs(", "1", ")"),
    ("round(", "1", ",2)"),
    ("min(1,", "1", ")"),
    ("if(1<2,", "1", ",3)"),
]


def test_two_thousand_characters_are_read_and_one_more_is_refused() -> None:
    assert evaluate(parse("7".ljust(2_000)), _cell) == number(7)
    with pytest.raises(FormulaError, match="2001 characters; at most 2000") as caught:
        parse("7".ljust(2_001))
    assert caught.value.position == 2_001


@pytest.mark.parametrize(("opening", "inside", "closing"), NESTS)
def test_fifty_levels_are_read_and_one_more_is_refused(
    opening: str, inside: str, closing: str
) -> None:
    formula = parse(opening * 50 + inside + closing * 50)
    assert evaluate(formula, _cell) == number(1)
    with pytest.raises(FormulaError, match="More than 50 brackets") as caught:
        parse(opening * 51 + inside + closing * 51)
    assert caught.value.position == len(opening) * 50 + 1


def test_levels_side_by_side_do_not_add_up() -> None:
    assert evaluate(parse("+".join(["((1))"] * 100)), _cell) == number(100)


def test_five_hundred_parts_are_read_and_one_more_is_refused() -> None:
    parse("+".join("a" * 499))
    with pytest.raises(FormulaError, match="more than 500 parts"):
        parse("+".join("a" * 500))


@pytest.mark.parametrize(
    "text",
    ["(" * 2_000, "-" * 2_000, "abs(" * 500, "if(" * 600, "1+(" * 600, "min(a," * 300, "a<" * 900],
)
def test_runaway_nesting_is_refused_by_our_own_error(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


@pytest.mark.parametrize(("opening", "inside", "closing"), NESTS)
def test_the_deepest_formula_needs_few_frames_of_the_stack(
    opening: str, inside: str, closing: str
) -> None:
    """Less than half of Python's thousand: a web page calls from a hundred frames down."""
    text = f"1+2*{opening}" * 50 + inside + closing * 50
    before, frames = sys.getrecursionlimit(), _frames()
    sys.setrecursionlimit(frames + 450)
    try:
        formula = parse(text)
        evaluate(formula, _cell)
        assert show(formula, str)
        assert repr(formula)
        assert hash(formula) == hash(parse(text))
    finally:
        sys.setrecursionlimit(before)


HEAVY = {
    "sum of ratios": "+".join(f"A{i}/A{i + 1}" for i in range(124)),
    "sum of unlike fractions": "+".join(f"C{i}" for i in range(240)),
    "chain of divisions": "/".join(f"A{i}" for i in range(249)),
    "chain of products, then zero": "*".join(f"A{i}" for i in range(240)) + "/0",
    "continued fraction": "".join(f"1/(A{i}+" for i in range(49)) + "1" + ")" * 49,
    "roundings": "round(" * 50 + "C1" + ",15)" * 50,
    "divisions by zero": "coalesce(" + ",".join("A1*A2/0" for _ in range(120)) + ")",
    "wide": "min(" + ",".join("A1" for _ in range(498)) + ")",
    "spaces": " " * 1_999 + "?",
    "digits and points": "1." * 1_000,
    "codes and points": "a." * 1_000,
    "one long code": "a" * 2_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_the_heaviest_texts_take_less_than_fifty_milliseconds(name: str) -> None:
    best = min(_seconds(HEAVY[name]) for _ in range(5))
    assert best < 0.050


def _seconds(text: str) -> float:
    start = time.perf_counter()
    try:
        formula = parse(text)
        evaluate(formula, _cell)
        show(formula, str)
    except FormulaError:
        pass
    return time.perf_counter() - start


def _cell(reference: Reference) -> Operand:
    """Fifteen digits without common factors worth mentioning; codes C… are fractions."""
    at = int(reference.code[1:4]) if reference.code[1:].isdigit() else 0
    whole = 999_999_999_999_989 - 2 * at * at - 34 * at
    return number(Fraction(whole, whole - 12) if reference.code.startswith("C") else whole)


def _frames() -> int:
    frame: FrameType | None = sys._getframe()
    count = 0
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count
