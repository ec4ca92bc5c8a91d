"""Formulas of computed indicators: reading, exact evaluation, and printing as in official forms.

The language and the rules for missing figures are in this folder's README.md.
"""

from nqcore.formulas.cycles import find_cycle
from nqcore.formulas.errors import FormulaError
from nqcore.formulas.evaluate import Lookup, evaluate
from nqcore.formulas.expressions import Formula, Reference, Shift
from nqcore.formulas.lexer import as_word
from nqcore.formulas.operands import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Operand,
    Reason,
    no_value,
    number,
    round_half_up,
)
from nqcore.formulas.parser import parse
from nqcore.formulas.show import show

__all__ = [
    "NOT_APPLICABLE",
    "NOT_REPORTED",
    "Formula",
    "FormulaError",
    "Lookup",
    "Operand",
    "Reason",
    "Reference",
    "Shift",
    "as_word",
    "evaluate",
    "find_cycle",
    "no_value",
    "number",
    "parse",
    "round_half_up",
    "show",
]
