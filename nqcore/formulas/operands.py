"""The value of a cell or a formula: an exact number, or why there is none.

Four states; a missing value is never zero:

    number           an exact `Fraction`
    not_reported     chưa báo cáo: a unit still owes the figure
    not_applicable   không áp dụng: there is nothing to report here
    no_value         cannot be computed; the reason says why (division by zero)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from nqcore.errors import N_, Translate

State: TypeAlias = Literal["number", "not_reported", "not_applicable", "no_value"]

_DIVISION_BY_ZERO = N_("Division by zero: in {dividend} : {divisor}, {divisor} is 0.")
_UNLIMITED = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_MAX_EXPONENT = 1_000


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no value: a msgid, its details as (name, text), and a code for programs."""

    template: str
    details: tuple[tuple[str, str], ...] = ()
    code: str = "no-value"

    def message(self, translate: Translate = str) -> str:
        """The sentence for a reader; `translate` maps an English msgid to the reader's language."""
        return translate(self.template).format(**dict(self.details))

    def __str__(self) -> str:
        return self.message()


@dataclass(frozen=True, slots=True)
class Operand:
    """Made by `number(…)`, `NOT_REPORTED`, `NOT_APPLICABLE` and `no_value(…)`.

    `fraction` is set exactly in the state `number`, `reason` exactly in `no_value`.
    """

    state: State
    fraction: Fraction | None = None
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if (self.fraction is not None) is not (self.state == "number"):
            raise ValueError(f"{self.state} with the number {self.fraction}")
        if (self.reason is not None) is not (self.state == "no_value"):
            raise ValueError(f"{self.state} with the reason {self.reason}")


NOT_REPORTED = Operand("not_reported")
NOT_APPLICABLE = Operand("not_applicable")


def number(value: int | Decimal | Fraction) -> Operand:
    """An exact number. Raises TypeError for a float, which cannot hold an official figure exactly."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise TypeError(f"{value!r} is not an exact number: give an int, Decimal or Fraction")
    if isinstance(value, Decimal) and not (
        value.is_finite() and abs(value.adjusted()) <= _MAX_EXPONENT
    ):
        raise ValueError(f"{value} is no figure")
    return Operand("number", fraction=Fraction(value))


def no_value(reason: Reason) -> Operand:
    """An operand that cannot be computed, with the reason."""
    return Operand("no_value", reason=reason)


def division_by_zero(dividend: str, divisor: str) -> Operand:
    """An operand without a value; the reason names both sides of the division."""
    details = (("dividend", dividend), ("divisor", divisor))
    return no_value(Reason(_DIVISION_BY_ZERO, details, "division-by-zero"))


def missing_operand(operands: Iterable[Operand]) -> Operand | None:
    """The operand whose state is the result: the first `no_value`, else a `not_reported`, else None."""
    unreported: Operand | None = None
    for operand in operands:
        if operand.state == "no_value":
            return operand
        if operand.state == "not_reported":
            unreported = operand
    return unreported


def round_fraction(value: Fraction, decimals: int) -> Fraction:
    """`value` rounded half up, away from zero: 2.5 → 3, -2.5 → -3."""
    return Fraction(_scaled(value, decimals)) / Fraction(10) ** decimals


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """`value` with exactly `decimals` decimals, rounded half up (away from zero), at any size."""
    scaled = _scaled(value, decimals)
    if decimals < 0:
        return Decimal(scaled * 10**-decimals)
    return Decimal(scaled).scaleb(-decimals, _UNLIMITED)


def _scaled(value: Fraction, decimals: int) -> int:
    """`value` × 10^decimals as the nearest whole number, a half away from zero."""
    scaled = abs(value) * Fraction(10) ** decimals
    nearest = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -nearest if value < 0 else nearest
