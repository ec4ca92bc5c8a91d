"""A figure reckoned again from its explanation: its cells are added up, its parts put into the formula."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from fractions import Fraction

from nqcore.analysis.provenance.explain_figures import Explanation
from nqcore.model.indicators import OverTime, OverUnits

_ADDED = (OverTime.SUM, OverTime.FIRST, OverTime.LAST)
_OPERATORS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class Unknown:
    """It is not reckoned here: a mean, or a formula with more than + - * / and parts that have values."""


UNKNOWN = Unknown()


def reckoned(explained: Explanation) -> Fraction | Unknown | None:
    """The exact value; None where nothing was reported."""
    indicator = explained.indicator
    if indicator.formula is not None:
        return _computed(explained)
    if indicator.over_units is not OverUnits.SUM or indicator.over_time not in _ADDED:
        return UNKNOWN
    if not explained.origins:
        return None
    return sum((Fraction(one.value) * one.share for one in explained.origins), Fraction(0))


def _computed(explained: Explanation) -> Fraction | Unknown:
    parts: dict[str, Fraction] = {}
    for reference, part in explained.parts:
        value = reckoned(part)
        if value is None or isinstance(value, Unknown) or reference.shift != "now":
            return UNKNOWN
        parts[reference.code] = value
    formula = explained.indicator.formula
    assert formula is not None
    pack = explained.indicator.code.partition(".")[0]  # a formula leaves out its own pack: "B4"
    codes = {name: code for code in parts for name in (code, code.removeprefix(f"{pack}."))}
    names = [*parts]

    def place(found: re.Match[str]) -> str:
        code = codes.get(found[0])
        return found[0] if code is None else f"_{names.index(code)}"

    try:
        tree = ast.parse(re.sub(r"[A-Za-z][\w.]*", place, formula.text), mode="eval")
        return _value(tree.body, [*parts.values()])
    except (SyntaxError, ZeroDivisionError):
        return UNKNOWN


def _value(node: ast.expr, parts: list[Fraction]) -> Fraction:
    match node:
        case ast.BinOp(left, how, right) if type(how) in _OPERATORS:
            return _OPERATORS[type(how)](_value(left, parts), _value(right, parts))
        case ast.Name(name) if name.startswith("_"):
            return parts[int(name[1:])]
        case ast.Constant(int() as number):
            return Fraction(number)
    raise SyntaxError(ast.dump(node))
