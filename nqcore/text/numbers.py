"""Reads figures as Vietnamese offices type them: exactly, or with an error that says what to correct.

The rules, in order:

1.  Spaces and apostrophes around the figure, its measure and a trailing `%` are ignored.
2.  `-`, `–`, `—`, `không`, `ko` are a zero; `(5)` and `-5` are −5.
3.  Only 0 to 9 are digits. Exponents, underscores and hidden characters are refused.
4.  Both `.` and `,`: the last one is the decimal mark; groups before it have three digits.
5.  One of them repeated, or a space or apostrophe between digits: groups of three digits.
6.  One mark, once, with exactly three digits after it: thousands in a field of whole numbers; in
    a field with decimals it is refused and both readings are shown, unless only zeros come before
    it (`0,125`). With more than three digits of which most are zeros that the field does not keep
    (`1.0000`), it is refused in the same way. With any other number of digits after it, it is the
    decimal mark.

So a space between digits is never ignored unless it separates groups of three: `12 34` may be two
figures.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from nqcore.text import characters
from nqcore.text.number_advice import FigureBox, advice
from nqcore.text.number_errors import (
    AmbiguousFigure,
    AmbiguousShort,
    FigureError,
    FigureTooLong,
    ForeignDigits,
    HiddenCharacter,
    NotADigit,
    NotAFigure,
    NotCanonical,
    NotWhole,
    PercentAsFigure,
    ShareAsFigure,
    ShortenedFigure,
    TooManyDecimals,
    TooMuchTyped,
    UnreadableFigure,
)
from nqcore.text.number_forms import (
    MAX_DIGITS,
    canonical,
    check_digits,
    exact_text,
    read_canonical,
    write_change,
    write_figure,
    write_for_box,
)
from nqcore.text.number_words import in_words

__all__ = [
    "MAX_DIGITS",
    "MAX_TYPED",
    "AmbiguousFigure",
    "AmbiguousShort",
    "FigureError",
    "FigureReading",
    "FigureTooLong",
    "ForeignDigits",
    "HiddenCharacter",
    "NotADigit",
    "NotAFigure",
    "NotCanonical",
    "NotWhole",
    "ShortenedFigure",
    "TooManyDecimals",
    "TooMuchTyped",
    "UnreadableFigure",
    "canonical",
    "exact_text",
    "in_words",
    "read_canonical",
    "read_figure",
    "write_change",
    "write_figure",
    "write_for_box",
]

MAX_TYPED = 64  # characters; no figure with its measure needs more

_ZERO_WORDS = frozenset({"-", "không", "ko"})
_ONE_SPACE = dict.fromkeys(map(ord, characters.SPACES + "'’"), " ")
_RAISED = re.compile("(?<=[mM])[²³]")
_ONE_DASH = dict.fromkeys(map(ord, characters.DASHES), "-")


@dataclass(frozen=True, slots=True)
class FigureReading:
    """The figure that was read: `value` (None for an empty box), and whether to `echo` it in words.

    `echo` is set when the figure was accepted although it could also mean another one.
    """

    value: Decimal | None
    echo: bool = False


@dataclass(frozen=True, slots=True)
class _Field:
    """The box: what the messages and the last checks need."""

    shown: str
    decimals: int
    negative: bool = False
    percent: bool = False
    """Whether it counts in per cent, and no sign of it was typed."""

    def unreadable(self) -> UnreadableFigure:
        return UnreadableFigure(text=self.shown, example="1.234,5" if self.decimals else "1.234")

    def ambiguous(self, head: str, tail: str) -> AmbiguousFigure:
        sign = "-" if self.negative else ""
        head = sign + head.lstrip("0")
        exact = f"{head},{tail}"
        if self.decimals < 3:
            return AmbiguousShort(
                text=self.shown, whole=head + tail, fraction=exact, decimals=self.decimals
            )
        return AmbiguousFigure(
            text=self.shown, whole=head + tail, fraction=exact, rewritten=exact + "0"
        )

    def with_zeros(self, head: str, tail: str, value: Decimal) -> AmbiguousFigure:
        """`1.0000`: a 1 with zeros behind the mark, or a group with a zero too many."""
        sign = "-" if self.negative else ""
        exact = exact_text(value, self.decimals)
        return AmbiguousFigure(
            text=self.shown, whole=sign + head.lstrip("0") + tail, fraction=exact, rewritten=exact
        )

    def value(self, whole: str, fraction: str = "") -> Decimal:
        """The figure of these digits. Raises FigureError when it exceeds the field's limits."""
        whole = whole.lstrip("0") or "0"
        fraction = fraction.rstrip("0")
        if len(fraction) > self.decimals:
            if self.percent and whole == "0":
                percent = write_figure(Decimal(f"{'-' * self.negative}0.{fraction}").scaleb(2))
                raise ShareAsFigure(text=self.shown, percent=percent, decimals=self.decimals)
            if self.decimals == 0:
                raise NotWhole(text=self.shown)
            raise TooManyDecimals(text=self.shown, decimals=self.decimals)
        plain = f"{whole}.{fraction}" if fraction else whole
        check_digits(plain, shown=self.shown)
        return Decimal("-" + plain if self.negative and plain != "0" else plain)


def read_figure(text: str, *, decimals: int, measure: str = "") -> FigureReading:
    """Read one typed figure for a field with at most `decimals` digits after the comma.

    `measure` is the field's measure ("người"), which may follow the figure in capital or small
    letters. The value has at most 15 digits and no exponent. Negative figures are read; validation
    refuses them where they are not allowed. Raises only FigureError, and takes linear time.
    """
    if len(text) > MAX_TYPED:
        raise TooMuchTyped(length=len(text))
    shown = text.strip(characters.SPACES + characters.LINE_ENDS)
    if not shown:
        return FigureReading(None)
    if hidden := characters.find_hidden(shown):
        raise HiddenCharacter(codepoint=characters.code_point(hidden))
    plain, is_percent = _without_measure(shown, measure)
    _refuse_other_digits(plain, shown)
    if plain.lower() in _ZERO_WORDS:
        return FigureReading(Decimal(0))
    body, negative = _without_sign(plain)
    field = _Field(shown, decimals, negative, "%" in measure and not shown.endswith("%"))
    if not re.fullmatch(r"[0-9., ]*[0-9][0-9., ]*", body):
        raise advice(FigureBox(shown, plain, decimals, measure, _read_in_one_way))
    value, echo = _read_body(body, field)
    if is_percent and value and measure and "%" not in measure:
        raise PercentAsFigure(text=shown, measure=measure)
    return FigureReading(value, echo)


def _plain(text: str) -> str:
    """NFC, with one kind of dash and single spaces; apostrophes count as spaces, and m² is m2."""
    text = unicodedata.normalize("NFC", text).translate(_ONE_SPACE).translate(_ONE_DASH)
    text = _RAISED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return " ".join(text.split())


def _without_measure(shown: str, measure: str) -> tuple[str, bool]:
    """The plain text without its measure or percent sign, and whether it was a percent sign."""
    plain, unit = _plain(shown), _plain(measure)
    before, after = plain[: -len(unit)], plain[-len(unit) :]
    if unit and after.casefold() == unit.casefold():
        glued = unit[0].isdigit() and before[-1:] not in ("", " ")
        if not glued:
            return before.rstrip(), False
    return plain.removesuffix("%").rstrip(), plain.endswith("%")


def _refuse_other_digits(plain: str, shown: str) -> None:
    """Refuse digits of other scripts and number characters such as ½, ² or Ⅳ."""
    if digit := characters.find_foreign_digit(plain):
        raise ForeignDigits(
            text=shown,
            character=digit,
            codepoint=characters.code_point(digit),
            rewritten=characters.with_ascii_digits(shown),
        )
    for character in plain:
        if unicodedata.category(character) in ("No", "Nl"):
            raise NotADigit(character=character, codepoint=characters.code_point(character))


def _without_sign(plain: str) -> tuple[str, bool]:
    """The figure without a leading sign or accountants' brackets, and whether it is negative."""
    if plain.startswith("(") and plain.endswith(")"):
        return plain[1:-1].strip(), True
    if plain.startswith(("-", "+")):
        return plain[1:].lstrip(), plain.startswith("-")
    return plain, False


def _read_in_one_way(text: str, decimals: int) -> Decimal | None:
    """The number of a text in a box with so many decimals; None where it cannot be read in one way."""
    try:
        return read_figure(text, decimals=decimals).value
    except FigureError:
        return None


def _read_body(body: str, field: _Field) -> tuple[Decimal, bool]:
    """Rules 4 to 6 on digits, `.`, `,` and single spaces: the value, and whether to echo it."""
    marks = [character for character in body if character in ".,"]
    if " " in body:
        mark = marks[0] if len(marks) == 1 else ""
        whole, _, fraction = body.partition(mark) if mark else (body, "", "")
        return field.value(_ungroup(whole, " ", field), _digits(fraction, field)), False
    if len(set(marks)) == 2:
        whole, _, fraction = body.rpartition(marks[-1])
        group = "." if marks[-1] == "," else ","
        return field.value(_ungroup(whole, group, field), _digits(fraction, field)), False
    if len(marks) > 1:
        return field.value(_ungroup(body, marks[0], field)), False
    if not marks:
        return field.value(body), False
    head, _, tail = body.partition(marks[0])
    if len(tail) == 3 and head.strip("0"):
        if field.decimals:
            raise field.ambiguous(head, tail)
        return field.value(_ungroup(body, marks[0], field)), marks[0] == ","
    value = field.value(head, tail)
    padded = len(tail) > max(3, field.decimals) and len(tail.rstrip("0")) < 3
    if padded and head.strip("0") and len(head) <= 3:
        raise field.with_zeros(head, tail, value)
    return value, False


def _ungroup(whole: str, mark: str, field: _Field) -> str:
    """The digits of a grouped figure: one to three, not all zero, then groups of three."""
    first, *groups = whole.split(mark)
    good = 1 <= len(first) <= 3 and groups and all(len(group) == 3 for group in groups)
    digits = first + "".join(groups)
    if not good or not digits.isdigit() or not first.strip("0"):
        raise field.unreadable()
    return digits


def _digits(fraction: str, field: _Field) -> str:
    if fraction and not fraction.isdigit():
        raise field.unreadable()
    return fraction
