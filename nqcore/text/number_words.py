"""Figures in Vietnamese words, so that a user can check a long number by reading it aloud."""

from __future__ import annotations

from decimal import Decimal

from nqcore.text.number_forms import canonical

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000


def in_words(value: Decimal) -> str:
    """`value` in words: 1234 → "một nghìn hai trăm ba mươi tư", −0.5 → "âm không phẩy năm".

    Above a billion, the number of billions is read as a number: 1500 × 10⁹ → "một nghìn năm trăm
    tỷ". Up to three decimals without a leading zero are read as a number ("phẩy hai mươi lăm"),
    others digit by digit ("phẩy không năm"). Raises ValueError for NaN and infinities.
    """
    text = canonical(value)
    whole, _, fraction = text.removeprefix("-").partition(".")
    words = ["âm"] if text.startswith("-") else []
    words += _whole(int(whole))
    if fraction:
        words.append("phẩy")
        words += _fraction(fraction)
    return " ".join(words)


def _fraction(digits: str) -> list[str]:
    if len(digits) <= 3 and not digits.startswith("0"):
        return _whole(int(digits))
    return [_DIGITS[int(digit)] for digit in digits]


def _whole(number: int) -> list[str]:
    if number == 0:
        return [_DIGITS[0]]
    words: list[str] = []
    if number >= _BILLION:
        words = [*_whole(number // _BILLION), "tỷ"]
        number %= _BILLION
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group = number // size % 1_000
        if group:
            words += _group(group, full=bool(words))
            words += [name] if name else []
    return words


def _group(group: int, *, full: bool) -> list[str]:
    """Three digits; with `full`, zero hundreds are read too, as after a larger group."""
    hundreds, rest = divmod(group, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    return words + (_below_hundred(rest, after_hundreds=bool(words)) if rest else [])


def _below_hundred(number: int, *, after_hundreds: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return ["linh", _DIGITS[ones]] if after_hundreds else [_DIGITS[ones]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
        words.append(special.get(ones, _DIGITS[ones]))
    return words
