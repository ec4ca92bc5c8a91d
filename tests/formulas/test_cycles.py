"""Formulas that need each other are named."""

from __future__ import annotations

from nqcore.formulas import Formula, find_cycle, parse


def formulas(**texts: str) -> dict[str, Formula]:
    return {code: parse(text) for code, text in texts.items()}


def test_formulas_that_end_in_typed_figures_have_no_cycle() -> None:
    assert find_cycle({}) is None
    assert find_cycle(formulas(C="A/B*100", D="C + A", E="C + D")) is None


def test_a_formula_that_needs_itself_is_a_cycle() -> None:
    assert find_cycle(formulas(A="A + 1")) == ("A", "A")


def test_a_cycle_is_named_from_one_code_back_to_it() -> None:
    assert find_cycle(formulas(A="B + 1", B="X * C", C="if(X > 0, 1, A)")) == ("A", "B", "C", "A")


def test_the_way_into_a_cycle_is_not_part_of_it() -> None:
    assert find_cycle(formulas(A="B", B="C", C="D", D="B")) == ("B", "C", "D", "B")


def test_earlier_periods_make_no_cycle() -> None:
    assert find_cycle(formulas(A="previous(A) + last_year(A)")) is None
    assert find_cycle(formulas(A="previous(B)", B="A")) is None


def test_the_cumulative_contains_the_present_period_and_can_make_a_cycle() -> None:
    assert find_cycle(formulas(A="cumulative(A)")) == ("A", "A")
    assert find_cycle(formulas(A="cumulative(B)", B="A")) == ("A", "B", "A")


def test_the_answer_does_not_hang_on_the_order_of_the_formulas() -> None:
    there = formulas(A="B + D", B="A", C="D", D="C")
    back = dict(reversed(there.items()))
    assert find_cycle(there) == find_cycle(back) == ("A", "B", "A")


def test_a_very_long_chain_is_followed() -> None:
    chain = {f"A{i}": parse(f"A{i + 1}") for i in range(20_000)}
    assert find_cycle(chain) is None
    cycle = find_cycle(chain | {"A20000": parse("A0")})
    assert cycle is not None
    assert len(cycle) == 20_002
    assert cycle[0] == cycle[-1] == "A0"


def test_many_ways_to_one_code_are_followed_once() -> None:
    ladder = {f"A{i}": parse(f"A{i + 1} + B{i + 1}") for i in range(200)}
    ladder |= {f"B{i}": parse(f"A{i + 1} + B{i + 1}") for i in range(200)}
    assert find_cycle(ladder) is None
