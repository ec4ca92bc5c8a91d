"""Writing figures: `1.234,5` for people, `1234.5` for programs."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from nqcore.text.number_errors import FigureTooLong, NotCanonical

MAX_DIGITS = 15  # digits of a cell, decimals included

_CANONICAL = re.compile(r"(?!-0\Z)-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?", re.ASCII)


def canonical(value: Decimal) -> str:
    """The canonical form of `value`: "1310", "1234.5", "-0.5"; no exponent, no trailing zero, no "-0".

    Raises ValueError for NaN and infinities.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a figure")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return "0" if value.is_zero() else text


def read_canonical(text: str) -> Decimal:
    """The inverse of `canonical`, for journals and files that this program wrote; not for typed text.

    Raises NotCanonical for any other form of a number, FigureTooLong for more than 15 digits.
    """
    if len(text) > 64 or not _CANONICAL.fullmatch(text):
        raise NotCanonical(text=ascii(text[:64])[1:-1])
    check_digits(text, shown=text)
    return Decimal(text)


def check_digits(plain: str, *, shown: str) -> None:
    """Raise FigureTooLong if `plain` has more than 15 digits; leading zeros do not count.

    `shown` is the text that the message repeats.
    """
    digits = len(plain.lstrip("-").replace(".", "").lstrip("0"))
    if digits > MAX_DIGITS:
        raise FigureTooLong(text=shown, digits=digits, limit=MAX_DIGITS)


def write_figure(value: Decimal, decimals: int | None = None) -> str:
    """`value` for people: "1.234,5", "-37". Raises ValueError for NaN and infinities.

    With `decimals` it is rounded half up (away from zero) to exactly so many digits after the comma;
    without, it is exact and has no trailing zeros.
    """
    if decimals is None:
        text = canonical(value)
    else:
        rounded = _round(value, decimals)
        text = f"{abs(rounded) if rounded.is_zero() else rounded:f}"
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.removeprefix("-").partition(".")
    return sign + f"{int(whole):,}".replace(",", ".") + ("," + fraction if fraction else "")


def write_for_box(value: Decimal, decimals: int) -> str:
    """`value` as it is filled into its box, a field with `decimals`; `read_figure` gives it back.

    It is `write_figure`, except in a field with decimals when exactly three digits follow the only
    separator, which would be ambiguous: there 1026 is "1.026,0" and 1.026 is "1,0260".
    """
    text = write_figure(value)
    head, mark, tail = text.replace(",", ".").partition(".")
    if not decimals or len(tail) != 3 or head.lstrip("-") == "0":
        return text
    return text + (",0" if mark in text else "0")


def exact_text(value: Decimal, decimals: int) -> str:
    """A number as a text that can be read in one way only, with all its decimals and at least `decimals`
    of them: 1.026 with 0 decimals is "1,0260"."""
    if not value.is_finite():
        return str(value)
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return write_for_box(value, max(decimals, -exponent))


def write_change(delta: Decimal, decimals: int | None = None) -> str:
    """A difference for a column of changes: "+65", "−37" (U+2212), "–" for none."""
    text = write_figure(delta, decimals)
    if not text.strip("0,"):
        return "–"
    return "−" + text[1:] if text.startswith("-") else "+" + text


def _round(value: Decimal, decimals: int) -> Decimal:
    canonical(value)  # raises for NaN and infinities
    digits = max(1, value.adjusted() + decimals + 2)
    unit = Decimal((0, (1,), -decimals))
    return value.quantize(unit, rounding=ROUND_HALF_UP, context=Context(prec=digits))
