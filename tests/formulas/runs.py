"""The two long runs: random expressions against the oracle, and mutations. The suite takes a dose
of each, `python -m tests.formulas.full` the whole."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, cast

from nqcore.formulas import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    FormulaError,
    Operand,
    Reason,
    Reference,
    Shift,
    evaluate,
    no_value,
    number,
    parse,
    show,
)
from nqcore.formulas.show import write

from . import oracle

ALLOWED = 0.050


class Slowest:
    """The longest time of one step. A step that seems slower than all before is repeated, and its
    best time counts: the machine's other work is not the formula's."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.total = 0.0
        self.text = ""

    def run(self, text: str, step: Callable[[], Any]) -> Any:
        best = float("inf")
        for _ in range(4):
            start = time.perf_counter()
            result = step()
            best = min(best, time.perf_counter() - start)
            if best <= self.seconds:
                break
        self.total += best
        if best > self.seconds:
            self.seconds, self.text = best, text
        return result


def operand(value: oracle.Value) -> Operand:
    """The oracle's value as the room's."""
    if isinstance(value, Fraction):
        return number(value)
    if value == oracle.MISSING:
        return NOT_REPORTED
    if value == oracle.NA:
        return NOT_APPLICABLE
    return no_value(Reason("No value.", code=value[1]))


def plain(result: Operand) -> oracle.Value:
    """The room's value as the oracle's."""
    if result.state == "number":
        return result.fraction
    if result.state == "no_value":
        assert result.reason is not None
        return ("none", result.reason.code)
    return oracle.MISSING if result.state == "not_reported" else oracle.NA


def against_oracle(cases: Iterable[oracle.Case]) -> tuple[int, Slowest, dict[str, int]]:
    """Compare every case; returns how many, the slowest read-and-evaluate, and the states met."""
    slowest, count, states = Slowest(), 0, dict[str, int]()
    for case in cases:
        cells = {
            Reference(code, cast(Shift, shift)): operand(value)
            for (code, shift), value in case.cells.items()
        }
        result = slowest.run(case.text, lambda: evaluate(parse(case.text), cells.__getitem__))  # noqa: B023
        assert plain(result) == case.value, (case, result)
        formula = parse(case.text)
        assert parse(write(formula.expression)).expression == formula.expression, case.text
        states[result.state] = states.get(result.state, 0) + 1
        count += 1
    return count, slowest, states


SEEDS = (
    "res20.B4/res20.B1*100",
    "if(B1 = 0, 0, round(B4/B1*100, 1))",
    "min(A1, B4, C3.1) - max(-A1, abs(Z))",
    "coalesce(previous(B4), last_year(B4), 0) + cumulative(C3.1)",
    "A1 + B4 - C3.1 >= 2 * (Z - 0.5)",
    "(((((((((A1)))))))))" + "+B4" * 60,
    "-" * 40 + "B4",
    "if(A1<B4," * 20 + "1" + ",2)" * 20,
    "1/A1" + "+1/A1" * 120,
    "999999999999.999*" * 100 + "A1",
)
LETTERS = (
    "+-*/()<>=!,.,()0123456789ABCXZxyzabc_ \t\n\r\u00a0\u200b\ufeff\x00%^&|;:'\"[]{}\\$#@~`?"
    "–—×÷≤≥≠“”ĐđễÀ٣３²½∞\ud800\U0001f600"
)
WORDS = ("if(", "min(", "max(", "coalesce(", "round(", "abs(", "previous(", "last_year(", "B4",
         "cumulative(", "((((((((((", "))))))))))", "----------", "9" * 20, "**", "==", "<>", "1e9",
         "__import__('os')", "B4.real", "B4[0]", "lambda:0", "x" * 100, "+B4" * 100)  # fmt: skip


def mutations(seed: int, count: int) -> Iterable[str]:
    """`count` texts, each a valid expression with 1 to 8 accidents."""
    draw = random.Random(seed)
    pool = [case.text for case in oracle.cases(seed, 2_000)] + list(SEEDS) * 20
    for _ in range(count):
        text = draw.choice(pool)
        for _ in range(draw.choice([1, 1, 1, 2, 3, 8])):
            text = _mutated(text, draw)
        yield text


def _mutated(text: str, draw: random.Random) -> str:
    at = draw.randint(0, len(text))
    end = min(len(text), at + draw.choice([1, 1, 1, 2, 5, 30]))
    accident = draw.random()
    if accident < 0.25:
        return text[:at] + text[end:]
    if accident < 0.45:
        return text[:at] + draw.choice(LETTERS) + text[at:]
    if accident < 0.60:
        return text[:at] + draw.choice(LETTERS) + text[end:]
    if accident < 0.75:
        return text[:at] + draw.choice(WORDS) + text[at:]
    if accident < 0.85:
        return text[:end] + text[at:]
    if accident < 0.90:
        return text[:at] + text[at:end] * draw.choice([2, 10, 50]) + text[end:]
    if accident < 0.95:
        other = draw.randint(0, len(text))
        return text[:at] + text[other : other + 20] + text[at:]
    return text[:at] if draw.random() < 0.5 else text.swapcase()


CELLS = (
    number(Fraction(999999999999989)),
    number(Fraction(-123456789012347, 1000)),
    number(0),
    NOT_REPORTED,
    NOT_APPLICABLE,
    number(Fraction(1, 3)),
)


def cell(reference: Reference) -> Operand:
    """Any code has a cell, the same each time."""
    return CELLS[sum(map(ord, reference.code + reference.shift)) % len(CELLS)]


def _check_refusal(error: FormulaError, text: str) -> None:
    assert error.message() == str(error)
    assert 1 <= error.position <= len(text) + 1


def _whole_walk(text: str) -> bool:
    try:
        formula = parse(text)
    except FormulaError as error:
        _check_refusal(error, text)
        return False
    assert isinstance(evaluate(formula, cell), Operand)
    assert show(formula, str)
    return True


def mutated(texts: Iterable[str]) -> tuple[int, int, Slowest]:
    """Read, evaluate and show every text; returns how many, how many could be read, the slowest.

    Anything but a `FormulaError` comes through.
    """
    slowest, count, readable = Slowest(), 0, 0
    for text in texts:
        readable += slowest.run(text, lambda: _whole_walk(text))  # noqa: B023
        count += 1
    return count, readable, slowest
