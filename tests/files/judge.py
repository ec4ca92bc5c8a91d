"""The independent reader: what a cell of a box means, or that it must not be taken. Own code: it knows the
written XML and the rules for people, and nothing of the product."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.files.written import Raw

REFUSE = "refuse"
BLANK = "blank"
Verdict = Fraction | str
"""The figure that must be taken, or REFUSE, or BLANK."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A box: its measure and how many decimals it keeps."""

    measure: str
    decimals: int


PLAIN = (
    "General", "0", "0.0", "0.00", "#,##0", "#,##0.0", "#,##0.00", "@", "0.00E+00", "# ##0.0",
    "General;General;General;@\" nghìn\"", "0;-0;0;\"nghìn \"@",
    "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)", "#,##0;[Red]-#,##0", "000000",
    "#,##0_ ;\\-#,##0\\ ", "[Blue]0.0;[Red]-0.0", "[$-42A]#,##0.0",
)  # fmt: skip
PERCENT = (
    "0%", "0.0%", "0.00%", "0 %", "#,##0.0 %;[Red]-#,##0.0 %", "0.0%;-0.0%;0.0%", "[Red]0%", "0%_)", "??0%",
)  # fmt: skip
WORDS: Mapping[str, str] = {
    '0" người"': "người", '#,##0" đồng"': "đồng", '0.0" triệu"': "triệu", '0.0" tỷ"': "tỷ",
    '#,##0\\ "₫"': "₫", "[$₫-42A]#,##0": "₫", '0" hộ"': "hộ", '0.0" triệu đồng"': "triệu đồng",
    '0.0" ha"': "ha", '"khoảng "0': "khoảng", '@" nghìn"': "nghìn", '0" nghìn"': "nghìn",
    'General" nghìn"': "nghìn",
    '@" người"': "người", '"người "@': "người", '0.0" nghìn người"': "nghìn người", '0.0"‰"': "‰",
    '0" đồng chí"': "đồng chí", '[$đ-42A]\\ 0': "đ", '@\\ \\h\\a': "ha",
    '0"/năm"': "năm", "[$USD]\\ 0": "USD",
}  # fmt: skip
SCALED = ("#,##0,", "0.0,,", "0.0,;-0.0,", '#,##0," nghìn"', '#,##0,"k"', '0.0,,"tr"', "0.00,,,")
DATES = (
    "d/m/yyyy", "dd/mm/yyyy", "m/d/yyyy", "d-mmm", "mmm-yy", "h:mm", "[h]:mm", "yyyy-mm-dd",
    "[$-42A]dd mmmm yyyy", "d/m/yyyy h:mm",
)  # fmt: skip
HIDING = (";;;", ";;;@", ";;", '"";"";""', '""', '" "', '"có"', '"nghìn"', '"đạt";"không";"-"')
SIGNED = ("-0", "-General", '"-"@', '"("0")"', "(General)", "0-")
"""A minus of the format's own: what is shown is not the number, unless it is 0."""
ODD = (
    '"-đ"0', '0"+"', "0*0", "@@", "General%", "@%",
    '"1"0', '0"000"', '0" 000"', "0,%", "0\\,0", "000\\-000", "0%%", "0\\.0", "[<1]0%;0",
)  # fmt: skip
ZERO_HIDDEN = (
    "0;-0;;@", "#,##0;-#,##0;", "#", "#,###", "#.##", "???", '0;-0;"x"', '0;-0;"KPS"',
    '#" người"', "0.0,,;-0.0,,;",
)  # fmt: skip
"""A zero is not shown, or as a symbol that is no zero."""
ROUGH = ("# ?/?", "# ??/??", "#\\.##0", "0\\.000")
"""Fractions show some numbers only; full stops that are written as they stand are those of thousands only
from a thousand to a million."""
TEXT_WORDS: Mapping[str, str] = {
    '@" nghìn"': "nghìn", '0;-0;0;@" nghìn"': "nghìn", '0;@" người"': "người", '"khoảng "@': "khoảng",
    '@\\ "triệu đồng"': "triệu đồng", 'General;General;General;"ha "@': "ha", '@"0"': "0", '0;0;0;@"%"': "%",
}  # fmt: skip
"""What the section for texts writes beside a text."""
TEXT_HIDING = (";;;", "0;-0;0;", '0;0;0;"chữ"', '"-"@', "@@")
"""Formats that show a text otherwise, or not at all."""
_SCALE = {"nghìn": 1000, "triệu": 10**6, "tỷ": 10**9}


def judged(raw: Raw, asked: Asked, *, merged: bool = False) -> Verdict:
    """What must come of the cell in the box."""
    text = "".join(piece for piece, _ in raw.runs) or raw.value
    if raw.type in ("n", "str", "inlineStr", "s") and not text.strip(" \t\r\n\u00a0"):
        return REFUSE if raw.formula is not None or merged else BLANK
    if merged or raw.formula is not None or any(look for _, look in raw.runs):
        return REFUSE
    if raw.type in ("b", "e", "d"):
        return REFUSE
    if raw.type != "n":
        return _formatted(text, raw.code, asked)
    return _number(_fifteen(raw.value), raw.code, asked)


def _formatted(text: str, code: str, asked: Asked) -> Verdict:
    """A text in a format with a section for texts."""
    if code in TEXT_HIDING:
        return REFUSE
    words = TEXT_WORDS.get(code, "")
    if words.isdigit():
        return REFUSE
    return typed(f"{text.strip()} {words}" if words and words != asked.measure else text, asked)


def _number(value: Fraction, code: str, asked: Asked) -> Verdict:
    percent_box = asked.measure == "%"
    if code in DATES or code in HIDING or code in ODD:
        return REFUSE
    if code in ZERO_HIDDEN and (not value or (code[0] in "#?" and abs(value) < Fraction(1, 2))):
        return REFUSE
    if code in SIGNED and value:
        return REFUSE
    if code in ROUGH and not _told(value, code):
        return REFUSE
    if code == '#" người"' and asked.measure != "người":
        return REFUSE
    if code in PERCENT:
        if value and not percent_box:
            return REFUSE
        return _fitting(value * 100, asked)
    if code in SCALED or code == "0.0,,;-0.0,,;":
        scales = asked.measure.split()[:1]
        if value and (scales[0:1] and scales[0] in _SCALE):
            return REFUSE
    if code in WORDS and WORDS[code] != asked.measure:
        return REFUSE
    if percent_box and 0 < abs(value) < 1:
        return REFUSE
    return _fitting(value, asked)


def _told(value: Fraction, code: str) -> bool:
    """Whether the rough format shows the number as it is, or rounded to another that can be named."""
    if "/" in code:
        return value.denominator < 10 ** code.count("?", code.index("/"))
    whole = int(abs(value) + Fraction(1, 2))
    return not whole or 1000 <= whole < 10**6


def _fifteen(text: str) -> Fraction:
    """The number at 15 significant digits, half to even, as Excel shows it."""
    value = Fraction(text)
    if not value:
        return value
    size, one = abs(value), Fraction(1)
    power = 0
    while size >= 10**15 * one:
        one, power = one * 10, power + 1
    while size < 10**14 * one:
        one, power = one / 10, power - 1
    return round(value / one) * one


def _fitting(value: Fraction, asked: Asked) -> Verdict:
    """The value where the box holds it exactly, not below 0, in 15 digits."""
    scaled = value * 10**asked.decimals
    if value < 0 or scaled.denominator != 1:
        return REFUSE
    places = asked.decimals
    while places and (value * 10 ** (places - 1)).denominator == 1:
        places -= 1
    return value if value * 10**places < 10**15 else REFUSE


_SPACE = "[ \u00a0\u2007\u2009\u202f'’]"
_WHOLE = rf"(?:[0-9]+|[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+)"
_ZERO = {"-", "–", "—", "−", "không", "ko"}


def typed(text: str, asked: Asked) -> Verdict:
    """What must come of a text that is typed, pasted, or stands in a file."""
    plain = text.strip(" \t\r\n\u00a0\u2007\u2009\u202f'’").strip()
    if len(text) > 64:
        return REFUSE
    if not plain:
        return BLANK
    measure = asked.measure
    if measure and plain.casefold().endswith(measure.casefold()) and measure != "%":
        plain = plain[: -len(measure)].rstrip(" \u00a0")
    elif plain.endswith("%"):
        plain = plain[:-1].rstrip(" \u00a0")
        value = typed(plain, Asked("%", asked.decimals)) if plain and plain[-1] != "%" else REFUSE
        return value if measure == "%" or value == 0 else REFUSE
    if plain.lower() in _ZERO:
        return Fraction(0)
    negative = False
    if found := re.fullmatch(r"\((.*)\)", plain):
        plain, negative = found[1].strip(), True
    elif plain[:1] in ("-", "–", "−", "+"):
        plain, negative = plain[1:].strip(), plain[0] != "+"
    value = _digits(plain, asked)
    if isinstance(value, Fraction):
        return _fitting(-value if negative else value, asked)
    return value


def _digits(plain: str, asked: Asked) -> Verdict:
    if re.fullmatch("[0-9]+", plain):
        return Fraction(plain)
    for group, mark in ((r"\.", ","), (",", r"\.")):
        several = rf"([0-9]{{1,3}}(?:{group}[0-9]{{3}})+){mark}([0-9]*)"
        if found := re.fullmatch(several, plain):
            return _grouped(found[1], found[2])
        if found := re.fullmatch(rf"([0-9]{{1,3}}(?:{group}[0-9]{{3}}){{2,}})", plain):
            return _grouped(found[1], "")
    if found := re.fullmatch(rf"([0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+)(?:[.,]([0-9]*))?", plain):
        return _grouped(found[1], found[2] or "")
    if found := re.fullmatch(r"([0-9]*)[.,]([0-9]*)", plain):
        whole, fraction = found[1], found[2]
        if not whole + fraction:
            return REFUSE
        if len(fraction) == 3 and whole.strip("0"):
            if asked.decimals or len(whole) > 3 or whole[0] == "0":
                return REFUSE if asked.decimals or len(whole) > 3 else Fraction(whole + fraction)
            return Fraction(whole + fraction)
        padded = len(fraction) > max(3, asked.decimals) and len(fraction.rstrip("0")) < 3
        if padded and whole.strip("0") and len(whole) <= 3:
            return REFUSE
        return Fraction(f"{whole or 0}.{fraction or 0}")
    return REFUSE


def _grouped(whole: str, fraction: str) -> Verdict:
    first = re.split("[^0-9]", whole)[0]
    if not first.strip("0"):
        return REFUSE
    return Fraction(re.sub("[^0-9]", "", whole) + "." + (fraction or "0"))
