"""The tree of a formula, made of small frozen values.

The tree is public so that other code can compile it (an engine can turn it into array operations).
Chains are flat: `a - b + c` is one `Sum` of three terms and `a / b * c` one `Product` of three
factors, both from left to right. So the tree has at most three nodes for each level of parentheses,
and a sum of two hundred indicators is not deeper than a sum of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

Shift: TypeAlias = Literal["now", "previous", "last_year", "cumulative"]
SumSign: TypeAlias = Literal["+", "-"]
ProductSign: TypeAlias = Literal["*", "/"]
ComparisonSign: TypeAlias = Literal["<", "<=", ">", ">=", "=", "!="]
Function: TypeAlias = Literal["min", "max", "coalesce", "abs"]

MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the formula; never negative (a minus sign is a `Negative`)."""

    value: Fraction

    def __post_init__(self) -> None:
        if self.value < 0 or 10**MAX_DIGITS % self.value.denominator:
            raise ValueError(f"{self.value} cannot be written as a number of a formula")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """The figure of the indicator `code`: of the same period, or of another one given by `shift`."""

    code: str
    shift: Shift = "now"


@dataclass(frozen=True, slots=True)
class Negative:
    """The operand with the opposite sign."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Sum:
    """At least two terms; the first has the sign `+`."""

    terms: tuple[tuple[SumSign, Expression], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """At least two factors, applied from left to right; the first has the sign `*`."""

    factors: tuple[tuple[ProductSign, Expression], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Only the whole formula or the condition of an `If` is a comparison."""

    sign: ComparisonSign
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class If:
    """`if(condition, then, otherwise)`."""

    condition: Comparison
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """`min`, `max` or `coalesce` of one or more arguments, `abs` of exactly one."""

    function: Function
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """Rounding half up to `decimals` decimals; a negative number rounds to tens, hundreds …"""

    operand: Expression
    decimals: int


Expression: TypeAlias = (
    Number | Reference | Negative | Sum | Product | Comparison | If | Call | Round
)


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression, in the order in which they are written."""
    match expression:
        case Number() | Reference():
            return ()
        case Negative(operand) | Round(operand):
            return (operand,)
        case Sum(terms):
            return tuple(term for _, term in terms)
        case Product(factors):
            return tuple(factor for _, factor in factors)
        case Comparison(_, left, right):
            return (left, right)
        case If(condition, then, otherwise):
            return (condition, then, otherwise)
        case Call(_, arguments):
            return arguments


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all its parts, a whole before its parts, left before right."""
    waiting = [expression]
    while waiting:
        expression = waiting.pop()
        yield expression
        waiting.extend(reversed(children(expression)))


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: its text as written, its tree, and all indicators it refers to.

    Two formulas are equal when their trees are equal, however they are written (`renamed` changes only
    the tree).
    """

    text: str = field(compare=False)
    expression: Expression = field(repr=False, hash=False)
    references: frozenset[Reference] = field(repr=False, compare=False, hash=True)

    def renamed(self, rename: Callable[[str], str]) -> Formula:
        """The same formula with each indicator code replaced by `rename(code)`; the text does not
        change."""
        tree = _renamed(self.expression, rename)
        return Formula(
            self.text, tree, frozenset(part for part in walk(tree) if isinstance(part, Reference))
        )

    def __str__(self) -> str:
        return self.text


def _renamed(expression: Expression, rename: Callable[[str], str]) -> Expression:
    def under(part: Expression) -> Expression:
        return _renamed(part, rename)

    match expression:
        case Number():
            return expression
        case Reference(code, shift):
            return Reference(rename(code), shift)
        case Negative(operand):
            return Negative(under(operand))
        case Round(operand, decimals):
            return Round(under(operand), decimals)
        case Sum(terms):
            return Sum(tuple((sign, under(term)) for sign, term in terms))
        case Product(factors):
            return Product(tuple((sign, under(factor)) for sign, factor in factors))
        case Comparison(sign, left, right):
            return Comparison(sign, under(left), under(right))
        case If(Comparison(sign, left, right), then, otherwise):
            condition = Comparison(sign, under(left), under(right))
            return If(condition, under(then), under(otherwise))
        case Call(function, arguments):
            return Call(function, tuple(under(argument) for argument in arguments))
