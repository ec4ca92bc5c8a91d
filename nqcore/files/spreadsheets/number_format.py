"""What a number format makes of a number: 1 in the format `0%` is shown as 100 %, 43952 in `d/m/yyyy` as a
date, 1234567 in `#,##0,` as 1,235.

    shown = shown_number(Decimal("1"), "0%")
    shown.kind, shown.value           # (CellKind.PERCENT, Decimal("100"))

The rules of formats: ECMA-376, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

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
_DATE_LETTERS = frozenset("dmyhs")
_MARKS = " ()-+–—−,.;:/_*'\u00a0"
"""Characters beside a number that carry no meaning of their own, a minus and brackets included."""


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number in its format. `value`: the number that counts (before the percent sign for a percentage);
    `words`: letters that the format writes beside it; `shown`: what the sheet shows, where that is
    another number (`scaled` or rounded); `unclear`: it cannot be said, or nothing is shown."""

    kind: CellKind
    value: Decimal
    words: str = ""
    shown: Decimal | None = None
    scaled: bool = False
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format (for positive numbers, negative ones, zero)."""

    condition: bool = False
    empty: bool = True
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
    minus: bool = False
    """Whether the format itself writes a minus sign before the number."""

    @property
    def meaning(self) -> tuple[object, ...]:
        """What the section makes of a number, without its look."""
        return (
            self.date, self.percents, self.thousands, self.number, self.broken, self.words,
        )  # fmt: skip


def shown_number(value: Decimal, code: str) -> ShownNumber:
    """What is shown for `value` in the number format `code`."""
    value = FIFTEEN.plus(value)
    section = _section_for(value, code)
    if section is None:
        return ShownNumber(CellKind.NUMBER, value, unclear=True)
    if section.date:
        return ShownNumber(CellKind.DATE, value)
    hides = section.empty or not (section.number or not value)
    if hides or section.broken or (section.minus and value > 0) or section.percents > 1:
        return ShownNumber(CellKind.NUMBER, value, unclear=True)
    kind, counts = CellKind.NUMBER, value
    if section.percents:
        kind, counts = CellKind.PERCENT, value.scaleb(2)
    shown = counts.scaleb(-3 * section.thousands)
    if section.decimals is not None:
        unit = Decimal((0, (1,), -section.decimals))
        exponent = shown.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -section.decimals:  # no letter: it is a number
            shown = shown.quantize(unit, rounding=ROUND_HALF_UP, context=_WIDE)
    return ShownNumber(
        kind,
        counts,
        words=section.words if section.number else "",
        shown=None if shown == counts else shown,
        scaled=section.thousands > 0,
    )


def is_date_format(code: str) -> bool:
    """Whether the format shows a number as a day or a time."""
    sections = _sections(code)
    return bool(sections) and sections[0].date


def _section_for(value: Decimal, code: str) -> _Section | None:
    """The section that shows the number; None where that is not certain."""
    sections = _sections(code)
    if len({section.meaning for section in sections}) == 1:
        return sections[0]
    if any(section.condition for section in sections):
        return None
    if value < 0 and len(sections) > 1:
        return sections[1]
    if not value and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections for numbers; the fourth, for texts, is left out."""
    sections: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(map(_section, sections[:3]))


def _section(tokens: list[str]) -> _Section:
    bare = [token for token in tokens if len(token) == 1 and token not in "\\"]
    elapsed = any(re.fullmatch(r"\[(h+|m+|s+)\]", token, re.IGNORECASE) for token in tokens)
    date = elapsed or any(token.lower() in _DATE_LETTERS for token in bare)
    general = any(token == "@" or token.lower() == "general" for token in tokens)
    digits = [nth for nth, token in enumerate(tokens) if token in _PLACEHOLDERS]
    exact = (
        general
        or not digits
        or "/" in bare
        or any(t[:2] in ("e+", "e-", "E+", "E-") for t in tokens)
    )
    first, last = (digits[0], digits[-1]) if digits else (0, -1)
    inside = tokens[first : last + 1]
    point = inside.index(".") if "." in inside else len(inside)
    return _Section(
        condition=any(token[0] == "[" and set(token) & set("<>=") for token in tokens),
        empty=not any(token[0] != "[" or token.startswith("[$") for token in tokens),
        date=date and not general,
        percents=bare.count("%"),
        thousands=0 if date else _scale(tokens, last),
        decimals=None if exact else sum(token in _PLACEHOLDERS for token in inside[point:]),
        number=bool(digits) or general,
        broken=not date and not exact and _is_broken(inside[:point], inside[point + 1 :]),
        words=" ".join("".join(_literal(token) for token in tokens).split()).strip(_MARKS),
        minus="".join(map(_literal, tokens[:first])).strip().endswith(("-", "−", "–")),
    )


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
