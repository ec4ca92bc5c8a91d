"""Formula + cells → value, exactly.

All numbers are `Fraction`s; nothing is rounded unless the formula says `round`. The caller rounds
once, at the end (`round_half_up`). Rules for operands without a number:

State that wins     `no_value` (the first from left to right), then `not_reported`, then
                    `not_applicable`, then numbers. All rules below follow this order.
a + b, a - b        not_applicable terms are left out: n/a - 3 is -3. The sum is not_applicable only
                    if all terms are.
a * b, a / b        not_applicable if one factor is. A number divided by zero (also 0/0) is
                    `no_value` with the reason "division by zero" and both sides as texts.
-a, abs, round      the state of the operand.
comparison          the winning state of the two sides; for two numbers 1 (true) or 0 (false). It is
                    exact: 1/3*3 = 1 is true.
if(c, a, b)         the state of c if c is neither 1 nor 0; otherwise the chosen branch. The other
                    branch is not evaluated, so if(B1 = 0, 0, B4/B1) never divides by zero.
min, max            not_applicable is left out; the result is not_applicable if nothing else is left.
coalesce            the first number, even after a missing value; without a number the winning state.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias, assert_never

from nqcore.formulas.expressions import (
    Call,
    Comparison,
    ComparisonSign,
    Expression,
    Formula,
    Function,
    If,
    Negative,
    Number,
    Product,
    ProductSign,
    Reference,
    Round,
    Sum,
    SumSign,
)
from nqcore.formulas.operands import (
    NOT_APPLICABLE,
    Operand,
    division_by_zero,
    missing_operand,
    round_fraction,
)
from nqcore.formulas.show import write

Lookup: TypeAlias = Callable[[Reference], Operand]

_HOLDS: dict[ComparisonSign, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_MAX_TEXT = 60


def evaluate(formula: Formula, lookup: Lookup) -> Operand:
    """The value of the formula. `lookup` gives the operand of a reference; its errors pass through.

    `lookup` is called once for every reference that is evaluated, from left to right.
    """
    return _value(formula.expression, lookup)


def _value(expression: Expression, lookup: Lookup) -> Operand:
    match expression:
        case Number(value):
            return Operand("number", value)
        case Reference():
            return lookup(expression)
        case Negative(operand):
            return _apply(_value(operand, lookup), operator.neg)
        case Sum(terms):
            return _sum([(sign, _value(term, lookup)) for sign, term in terms])
        case Product(factors):
            return _product(factors, lookup)
        case Comparison(sign, left, right):
            return _compared(sign, _value(left, lookup), _value(right, lookup))
        case If(condition, then, otherwise):
            known = _value(condition, lookup)
            if known.fraction is None:
                return known
            return _value(then if known.fraction else otherwise, lookup)
        case Call(function, arguments):
            return _called(function, [_value(argument, lookup) for argument in arguments])
        case Round(operand, decimals):
            return _apply(_value(operand, lookup), lambda x: round_fraction(x, decimals))
        case _:
            assert_never(expression)


def _apply(operand: Operand, change: Callable[[Fraction], Fraction]) -> Operand:
    if operand.fraction is None:
        return operand
    return Operand("number", change(operand.fraction))


def _sum(terms: Sequence[tuple[SumSign, Operand]]) -> Operand:
    if missing := missing_operand(operand for _, operand in terms):
        return missing
    total = None
    for sign, operand in terms:
        if operand.fraction is not None:
            signed = operand.fraction if sign == "+" else -operand.fraction
            total = signed if total is None else total + signed
    return NOT_APPLICABLE if total is None else Operand("number", total)


def _product(factors: Sequence[tuple[ProductSign, Expression]], lookup: Lookup) -> Operand:
    result = _value(factors[0][1], lookup)
    for at, (sign, factor) in enumerate(factors[1:], start=1):
        operand = _value(factor, lookup)
        left, right = result.fraction, operand.fraction
        if missing := missing_operand((result, operand)):
            result = missing
        elif left is None or right is None:
            result = NOT_APPLICABLE
        elif sign == "*":
            result = Operand("number", left * right)
        elif right:
            result = Operand("number", left / right)
        else:
            dividend = Product(tuple(factors[:at])) if at > 1 else factors[0][1]
            result = division_by_zero(_text(dividend), _text(factor))
    return result


def _compared(sign: ComparisonSign, left: Operand, right: Operand) -> Operand:
    if missing := missing_operand((left, right)):
        return missing
    if left.fraction is None or right.fraction is None:
        return NOT_APPLICABLE
    return Operand("number", Fraction(_HOLDS[sign](left.fraction, right.fraction)))


def _called(function: Function, arguments: Sequence[Operand]) -> Operand:
    if function == "abs":
        return _apply(arguments[0], abs)
    numbers = [operand.fraction for operand in arguments if operand.fraction is not None]
    if function == "coalesce" and numbers:
        return Operand("number", numbers[0])
    if missing := missing_operand(arguments):
        return missing
    if not numbers:
        return NOT_APPLICABLE
    return Operand("number", min(numbers) if function == "min" else max(numbers))


def _text(expression: Expression) -> str:
    text = write(expression)
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"
