"""Shares of a whole as users type them: 3/5, 60%, 0,6."""

from __future__ import annotations

import re
from fractions import Fraction

from nqcore.errors import N_, InputError

_PARTS = re.compile(r"([0-9]{1,9}) ?/ ?([0-9]{1,9})", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,3})(?:,([0-9]{1,6}))? ?%", re.ASCII)
_DECIMAL = re.compile(r"([01]),([0-9]{1,9})", re.ASCII)


class ShareError(InputError):
    """The share cannot be read, or is not above 0 and up to 1."""

    code = "share"
    template = N_("Cannot read the share “{text}”. Write a part of the whole: 3/5 or 60%.")


def read_share(text: str) -> Fraction:
    """A share above 0 and up to 1, exactly: "3/5", "60%", "33,3%", "0,6". Raises ShareError."""
    plain = text.strip()
    found: Fraction | None = None
    if match := _PARTS.fullmatch(plain):
        found = Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    elif match := _PERCENT.fullmatch(plain):
        found = Fraction(f"{match[1]}.{match[2] or 0}") / 100
    elif match := _DECIMAL.fullmatch(plain):
        found = Fraction(f"{match[1]}.{match[2]}")
    if found is None or not 0 < found <= 1:
        raise ShareError(text=plain[:40])
    return found


def write_share(share: Fraction) -> str:
    """ "60%" when that is exact with at most two decimals, else a fraction: "1/3"."""
    hundredths = share * 10_000
    if hundredths.denominator != 1:
        return f"{share.numerator}/{share.denominator}"
    whole, rest = divmod(int(hundredths), 100)
    return f"{whole},{rest:02}".rstrip("0").rstrip(",") + "%" if rest else f"{whole}%"
