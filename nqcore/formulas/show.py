"""Tree → text: in the language of formulas, and as official forms print it in a column head."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, assert_never

from nqcore.errors import N_, Translate
from nqcore.formulas.expressions import (
    Call,
    Comparison,
    Expression,
    Formula,
    If,
    Negative,
    Number,
    Product,
    Reference,
    Round,
    Sum,
)

# Precedence of a text, from lowest to highest, to know where brackets are needed.
_COMPARISON, _SUM, _PRODUCT, _NEGATIVE, _ATOM = range(5)

_Text: TypeAlias = tuple[str, int]

_LANGUAGE_CALLS = {
    name: name + "({arguments})"
    for name in ("if", "min", "max", "coalesce", "round", "abs", "previous", "last_year")
} | {"cumulative": "cumulative({arguments})"}

_OFFICIAL_CALLS = {
    "if": N_("if({arguments})"),
    "min": N_("min({arguments})"),
    "max": N_("max({arguments})"),
    "coalesce": N_("first known({arguments})"),
    "round": N_("round({arguments})"),
    "abs": N_("abs({arguments})"),
    "previous": N_("({arguments} of the previous period)"),
    "last_year": N_("({arguments} of the same period last year)"),
    "cumulative": N_("({arguments} since the start)"),
}


@dataclass(frozen=True, slots=True)
class _Notation:
    """The signs of one notation."""

    label: Callable[[str], str]
    translate: Translate
    signs: Mapping[str, str]
    calls: Mapping[str, str]
    separator: str
    point: str
    mixed_products_in_brackets: bool

    def sign(self, sign: str) -> str:
        return self.signs.get(sign, sign)

    def call(self, name: str, *arguments: str) -> _Text:
        text = self.translate(self.calls[name])
        return text.format(arguments=self.separator.join(arguments)), _ATOM


def write(expression: Expression) -> str:
    """The expression in the language of formulas; `parse` gives the same tree again."""
    style = _Notation(str, str, {}, _LANGUAGE_CALLS, ", ", ".", False)
    return _write(expression, style)[0]


def show(
    formula: Formula,
    label: Callable[[str], str],
    *,
    target: str | None = None,
    translate: Translate = str,
    point: str = ",",
) -> str:
    """The formula as official forms print it in a column head: `(2:1)x100`.

    `label` gives the text for a code, usually its column number without brackets. With `target`, the
    code of the column itself, the text is the complete head: `(3) = (2:1)x100`. `point` is the
    decimal mark, usually a comma; therefore `;` separates the values of a function.
    """
    signs = {"*": "x", "/": ":", "<=": "≤", ">=": "≥", "!=": "≠"}
    style = _Notation(label, translate, signs, _OFFICIAL_CALLS, ";", point, True)
    text = _write(formula.expression, style)[0]
    return text if target is None else f"({label(target)}) = {text}"


def _write(expression: Expression, style: _Notation) -> _Text:
    match expression:
        case Number(value):
            return _decimal(value).replace(".", style.point), _ATOM
        case Reference(code, shift):
            if shift == "now":
                return style.label(code), _ATOM
            return style.call(shift, style.label(code))
        case Negative(operand):
            return "-" + _inside(operand, style, _ATOM), _NEGATIVE
        case Sum(terms):
            text = _inside(terms[0][1], style, _PRODUCT)
            for sign, term in terms[1:]:
                text += style.sign(sign) + _after_sign(term, style, _PRODUCT)
            return text, _SUM
        case Product(factors):
            text = _inside(factors[0][1], style, _NEGATIVE)
            plain = True
            for at, (times, factor) in enumerate(factors[1:], start=1):
                plain = plain and times == "*"
                if style.mixed_products_in_brackets and at > 1 and not plain:
                    text = f"({text})"
                text += style.sign(times) + _after_sign(factor, style, _NEGATIVE)
            return text, _PRODUCT
        case Comparison(compared, left, right):
            texts = _inside(left, style, _SUM), _inside(right, style, _SUM)
            return style.sign(compared).join(texts), _COMPARISON
        case If(condition, then, otherwise):
            parts = (_write(part, style)[0] for part in (condition, then, otherwise))
            return style.call("if", *parts)
        case Call(function, arguments):
            return style.call(function, *(_write(part, style)[0] for part in arguments))
        case Round(operand, decimals):
            return style.call("round", _write(operand, style)[0], str(decimals))
        case _:
            assert_never(expression)


def _inside(expression: Expression, style: _Notation, least: int) -> str:
    """The text, in brackets if its precedence is lower than `least`."""
    text, tightness = _write(expression, style)
    return text if tightness >= least else f"({text})"


def _after_sign(expression: Expression, style: _Notation, least: int) -> str:
    """The text after a sign; in brackets if it begins with a minus: `2-(-3)`."""
    text = _inside(expression, style, least)
    return f"({text})" if text.startswith("-") else text


def _decimal(value: Fraction) -> str:
    """The exact decimal text of a number of a formula; its denominator divides a power of ten."""
    decimals = 0
    while value.denominator != 1:
        value *= 10
        decimals += 1
    digits = str(value.numerator).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
