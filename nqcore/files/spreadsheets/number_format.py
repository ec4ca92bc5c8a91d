"""What a number format makes of a number: 1 in the format `0%` is shown as 100 %, 43952 in `d/m/yyyy` as a
date, 1234567 in `#,##0,` as 1,235.

    shown = shown_number(Decimal("1"), "0%")
    shown.kind, shown.value           # (CellKind.PERCENT, Decimal("100"))

The rules of formats: ECMA-376, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache, partial

from nqcore.files.spreadsheets.cell import CellKind

BUILT_IN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "m/d/yyyy h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "m/d/yyyy")  # fmt: skip
"""The number formats that a file does not define. 27 to 36 and 50 to 58 are dates of East Asian
languages; all others are a plain number."""
FIFTEEN = Context(prec=15)
"""Excel keeps and shows 15 digits of a number; further digits of the double are not part of the figure."""
_WIDE = Context(prec=400)

_TOKEN = re.compile(
    r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|General|AM/PM|A/P|[eE][+-]|.', re.DOTALL | re.IGNORECASE
)
"""A token of a format: a quoted text, an escaped character, spacing, brackets, or one character."""
_PLACEHOLDERS = frozenset("0#?")
_MINUS = frozenset("-−–—")
_BELOW_ZERO = frozenset({"[<0]", "[<=0]"})
_ZEROS = frozenset({"không", "ko"})
"""What a format may write in place of a zero, besides a dash."""
_POWERS = frozenset({"e+", "e-", "E+", "E-"})
_DATE_LETTERS = frozenset("dmyhs")
_MARKS = " ()-+–—−,.;:/_*'\u00a0"
"""Characters beside a number that carry no meaning of their own, a minus and brackets included."""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number in its format. `value`: the number that counts (before the percent sign for a percentage);
    `words`: letters that the format writes beside it; `shown`: what the sheet shows, where that is
    another number (`scaled` or rounded); `unclear`: it cannot be said, or nothing is shown; `padding`: how
    many whole digits are shown at least (`00000`)."""

    kind: CellKind
    value: Decimal
    words: str = ""
    shown: Decimal | None = None
    scaled: bool = False
    unclear: bool = False
    padding: int = 0


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text in the format of its cell: the `words` that the format writes beside it; `unclear`: it shows
    something else, or nothing."""

    words: str = ""
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format (for positive numbers, negative ones, zero)."""

    condition: bool = False
    below_zero: bool = False
    """Whether its condition holds for numbers below 0 only."""
    date: bool = False
    percents: int = 0
    thousands: int = 0
    """How many times the number is divided by a thousand."""
    decimals: int | None = None
    """Digits after the mark; None where the format does not round (General, exponents, fractions)."""
    number: bool = False
    """Whether a digit of the number is shown."""
    broken: bool = False
    """Whether other characters stand between the digits."""
    words: str = ""
    bare: bool = False
    """Whether no digit is shown for a zero: `#,###`."""
    literal: str = ""
    """All that the format writes as it stands."""
    minus: bool = False
    """Whether the format itself writes a minus sign or brackets around the number."""
    groups: int = 0
    """The least number with a digit before the first full stop that the format itself writes: with such a
    stop, 12 in `#.##0` is .12, and 1234567 is 1234.567."""
    rounds: Callable[[Decimal], Decimal | None] | None = None
    """What an exponent or a fraction shows of the number; None for a number that it cannot show."""
    padding: int = 0
    """How many whole digits are shown at least."""

    @property
    def meaning(self) -> tuple[object, ...]:
        """What the section makes of a number, without its look."""
        return (
            self.date, self.percents, self.thousands, self.number, self.broken, self.words,
        )  # fmt: skip


def shown_number(value: Decimal, code: str) -> ShownNumber:
    """What is shown for `value` in the number format `code`."""
    value = FIFTEEN.plus(value)
    section, unsigned = _section_for(value, code)
    if section is None:
        return ShownNumber(CellKind.NUMBER, value, unclear=True)
    if section.date:
        return ShownNumber(CellKind.DATE, value)
    kind, counts = CellKind.NUMBER, value
    if section.percents:
        kind, counts = CellKind.PERCENT, value.scaleb(2)
    shown = _rounded(counts.scaleb(-3 * section.thousands), section)
    if shown is None or _misleads(value, shown, section):
        return ShownNumber(CellKind.NUMBER, value, unclear=True)
    if unsigned and not section.minus:
        shown = abs(shown)
    return ShownNumber(
        kind,
        counts,
        words=section.words if section.number else "",
        shown=None if shown == counts else shown,
        scaled=section.thousands > 0,
        padding=section.padding if kind is CellKind.NUMBER else 0,
    )


def shown_text(text: str, code: str) -> ShownText:
    """What is shown for a text in the number format `code`: `@" nghìn"` writes words behind it, `;;;` hides
    it."""
    tokens = _text_section(_split(code))
    if tokens is None:
        return ShownText()
    places = sum(token == "@" or token.lower() == "general" for token in tokens)
    written = "".join(map(_literal, tokens)).strip()
    if places != 1 or _MINUS & set(written) or not _PLACEHOLDERS.isdisjoint(tokens):
        return ShownText(unclear=bool(text.strip()))
    return ShownText(words=" ".join(written.split()).strip(_MARKS))


def _rounded(number: Decimal, section: _Section) -> Decimal | None:
    """The number with the digits that the section shows; None where that is no number."""
    if section.rounds is not None:
        return section.rounds(number)
    exponent = number.as_tuple().exponent
    if section.decimals is None or not isinstance(exponent, int) or exponent >= -section.decimals:
        return number
    unit = Decimal((0, (1,), -section.decimals))
    return number.quantize(unit, rounding=ROUND_HALF_UP, context=_WIDE)


def _misleads(value: Decimal, shown: Decimal, section: _Section) -> bool:
    """Whether the sheet shows no number, or one that reads as another one."""
    if not section.number or (section.bare and not shown):
        written = section.literal.strip().casefold()
        return bool(value) or not (written in _ZEROS or (written and set(written) <= _MINUS))
    return bool(
        section.broken
        or section.percents > 1
        or (section.percents > 0 and section.thousands > 0)
        or (section.minus and value > 0)
        or (section.groups and shown and not section.groups <= abs(shown) < 1000 * section.groups)
    )


def is_date_format(code: str) -> bool:
    """Whether the format shows a number as a day or a time."""
    sections = _sections(code)
    return bool(sections) and sections[0].date


def _section_for(value: Decimal, code: str) -> tuple[_Section | None, bool]:
    """The section that shows the number (None where that is not certain), and whether it is one for negative
    numbers: those are shown without their sign, unless the section writes it."""
    sections = _sections(code)
    if any(section.condition for section in sections):
        same = len({section.meaning for section in sections}) == 1
        signed = value < 0 or any(s.minus and not s.below_zero for s in sections)
        return (sections[0] if same and not signed else None), False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if not value and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _split(code: str) -> list[list[str]]:
    """The tokens of each section of a format."""
    sections: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _text_section(sections: list[list[str]]) -> list[str] | None:
    """The section for texts: the fourth, or the last one where it has an @; None where there is none, and
    texts are shown as they are."""
    if len(sections) > 3:
        return sections[3]
    return sections[-1] if "@" in sections[-1] else None


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections for numbers; that for texts is left out, unless it is the only one."""
    sections = _split(code)
    if 1 < len(sections) <= 3 and _text_section(sections) is not None:
        sections.pop()
    return tuple(map(_section, sections[:3]))


def _section(tokens: list[str]) -> _Section:
    bare = [token for token in tokens if len(token) == 1 and token not in "\\"]
    elapsed = any(re.fullmatch(r"\[(h+|m+|s+)\]", token, re.IGNORECASE) for token in tokens)
    date = elapsed or any(token.lower() in _DATE_LETTERS for token in bare)
    whole = [nth for nth, token in enumerate(tokens) if token == "@" or token.lower() == "general"]
    digits = [nth for nth, token in enumerate(tokens) if token in _PLACEHOLDERS]
    rounds = _rounds(tokens, bare) if digits and not whole else None
    exact = bool(whole) or not digits or rounds is not None
    first, last = (digits[0], digits[-1]) if digits else (0, -1)
    inside = tokens[first : last + 1]
    point = inside.index(".") if "." in inside else len(inside)
    places = whole or digits or [len(tokens)]
    return _Section(
        condition=any(token[0] == "[" and set(token) & set("<>=") for token in tokens),
        below_zero=not _BELOW_ZERO.isdisjoint(tokens),
        date=date and not whole,
        percents=bare.count("%"),
        thousands=0 if date else _scale(tokens, last),
        decimals=None if exact else sum(token in _PLACEHOLDERS for token in inside[point:]),
        number=bool(digits or whole),
        broken=_is_filled(tokens)
        or (not date and not exact and _is_broken(inside[:point], inside[point + 1 :]))
        or (bool(whole) and (len(whole) > 1 or bool(digits) or "," in bare or "%" in bare)),
        words=" ".join("".join(map(_literal, tokens)).split()).strip(_MARKS),
        bare=bool(digits) and not exact and "0" not in inside,
        literal="".join(map(_literal, tokens)),
        minus=_is_signed(tokens[: places[0]], tokens[places[-1] + 1 :]),
        groups=0 if exact else _groups(inside[:point]),
        rounds=rounds,
        padding=0 if exact else inside[:point].count("0"),
    )


def _is_filled(tokens: list[str]) -> bool:
    """Whether the rest of the cell is filled with a character that reads as a part of the number, or a plus
    is written ("12+" is twelve or more)."""
    if any("+" in _literal(token) and token != "+" for token in tokens):
        return True
    return any(token[0] == "*" and token[1:].isalnum() for token in tokens)


def _is_signed(before: list[str], behind: list[str]) -> bool:
    """Whether a minus or brackets of the format's own stand around the number."""
    left, right = "".join(map(_literal, before)), "".join(map(_literal, behind)).strip()
    brackets = left.rstrip().endswith("(") and right.startswith(")")
    return brackets or not _MINUS.isdisjoint(left) or right[:1] in _MINUS


def _groups(whole: list[str]) -> int:
    """The least number with a digit before the first full stop that is written as it stands; 0 for none."""
    stops = [nth for nth, token in enumerate(whole) if _literal(token).strip() == "."]
    if not stops:
        return 0
    digits = sum(token in _PLACEHOLDERS for token in whole[stops[0] :])
    return int(10**digits)


def _rounds(tokens: list[str], bare: list[str]) -> Callable[[Decimal], Decimal | None] | None:
    """What an exponent (`0.0E+0`) or a fraction (`# ?/?`) leaves of a number; None for other formats."""
    power = next((nth for nth, t in enumerate(tokens) if t[:2] in _POWERS), None)
    if power is not None:
        head = tokens[:power]
        point = head.index(".") if "." in head else power
        step = sum(token in _PLACEHOLDERS for token in head[:point])
        return partial(_as_power, step, sum(token in _PLACEHOLDERS for token in head[point:]))
    if "/" in bare:
        below = [t for t in tokens[tokens.index("/") + 1 :] if t in _PLACEHOLDERS or t.isdigit()]
        return partial(_as_fraction, "".join(below))
    return None


def _as_power(step: int, decimals: int, number: Decimal) -> Decimal | None:
    """The number in the digits of an exponent whose powers are multiples of `step`."""
    if not number:
        return number
    power = number.adjusted() // max(step, 1) * max(step, 1)
    unit = Decimal((0, (1,), power - decimals))
    return number.quantize(unit, rounding=ROUND_HALF_UP, context=_WIDE)


def _as_fraction(below: str, number: Decimal) -> Decimal | None:
    """The number, where the fraction says it exactly: `below` is what stands under its line, either
    placeholders or the number itself."""
    if abs(number.adjusted()) > 30:
        return None
    exact = Fraction(number)
    if below.isdigit() and below.strip("0"):
        return number if int(below) % exact.denominator == 0 else None
    return number if exact.denominator < 10 ** len(below) else None


def _scale(tokens: list[str], last: int) -> int:
    """The number of commas right behind the last digit."""
    behind = tokens[last + 1 :] if last >= 0 else []
    return next((nth for nth, token in enumerate(behind) if token != ","), len(behind))


def _is_broken(whole: list[str], fraction: list[str]) -> bool:
    """Whether something stands between the digits that changes how the number is read: `0\\,0` shows 12345
    as 1234,5. Groups of three are no change: `#\\.##0`."""
    if any(token not in _PLACEHOLDERS for token in fraction):
        return True
    groups = 0
    for token in reversed(whole):
        if token in _PLACEHOLDERS:
            groups += 1
        elif token == "," or token[0] == "_":
            continue
        elif _literal(token) in ("", ".", " ", "\u00a0") and groups == 3:
            groups = 0
        else:
            return True
    return False


def _literal(token: str) -> str:
    """The text that a token writes as it stands: quoted, escaped, or the symbol of a currency."""
    if token.startswith("[$"):
        return token[2:].rstrip("]").partition("-")[0]
    if token[0] in "[_*" or token.lower() in ("general", "am/pm", "a/p"):
        return ""
    if token[0] == '"':
        return token.strip('"')
    if token[0] == "\\":
        return token[1:]
    return "" if token in _PLACEHOLDERS or token in ".,%@/" or len(token) > 1 else token
