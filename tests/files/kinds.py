"""Draws cells of every kind: value, number format and kind, as people and programs leave them in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tests.files import judge
from tests.files.judge import Asked
from tests.files.written import Raw

BOXES = (
    Asked("người", 0), Asked("%", 1), Asked("triệu đồng", 1), Asked("ha", 3), Asked("đồng", 0),
    Asked("nghìn người", 1), Asked("%", 0), Asked("km", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A cell to be read: `kind` is what the counts are made by."""

    kind: str
    raw: Raw
    merged: bool = False
    hidden: bool = False


def _value(draw: Random, decimals: int) -> float:
    """A number such as offices have, mostly one that fits the box."""
    size = draw.choice((1, 10, 100, 1000, 100_000, 10**9, 10**12))
    places = draw.choice((decimals, decimals, decimals, 0, 1, 2, 4))
    value = round(draw.random() * size, places)
    return -value if draw.random() < 0.04 else value


def _text(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 10**15 else repr(value)


def _noisy(value: float, draw: Random) -> str:
    """The number as a chain of sums leaves it: a few units in the last place away."""
    import math

    for _ in range(draw.choice((1, 1, 2))):
        value = math.nextafter(value, draw.choice((-math.inf, math.inf)))
    return repr(value) if draw.random() < 0.5 else f"{value:.17g}"


def plain(draw: Random, box: Asked) -> Case:
    """A number in a format that shows it as it is."""
    return Case(
        "number", Raw(value=_text(_value(draw, box.decimals)), code=draw.choice(judge.PLAIN))
    )


def noise(draw: Random, box: Asked) -> Case:
    """A number with binary noise."""
    value = _noisy(_value(draw, box.decimals), draw)
    return Case("binary noise", Raw(value=value, code=draw.choice(judge.PLAIN)))


def percent(draw: Random, box: Asked) -> Case:
    """A number in a percent format."""
    shown = draw.choice((0, 1, 100, 150, 1000, round(draw.random() * 130, draw.choice((0, 1, 2)))))
    value = draw.choice((f"{shown / 100:.17g}", repr(shown / 100)))
    return Case("percent", Raw(value=value, code=draw.choice(judge.PERCENT)))


def worded(draw: Random, box: Asked) -> Case:
    """A number with letters in its format."""
    code = draw.choice(tuple(judge.WORDS))
    return Case("words in format", Raw(value=_text(_value(draw, box.decimals)), code=code))


def scaled(draw: Random, box: Asked) -> Case:
    """A number that is shown in thousands."""
    code = draw.choice(judge.SCALED)
    return Case("thousands", Raw(value=_text(_value(draw, box.decimals)), code=code))


def dated(draw: Random, box: Asked) -> Case:
    """A number in the format of a day."""
    value = draw.choice((str(draw.randrange(1, 60_000)), _text(_value(draw, 2)), "0.5"))
    if draw.random() < 0.2:
        return Case("day", Raw(type="d", value=f"2026-0{draw.randrange(1, 10)}-15T00:00:00"))
    return Case("day", Raw(value=value, code=draw.choice(judge.DATES)))


def hiding(draw: Random, box: Asked) -> Case:
    """A number that its format hides or breaks."""
    code = draw.choice((*judge.HIDING, *judge.ODD, *judge.ZERO_HIDDEN, *judge.ROUGH, *judge.SIGNED))
    value = draw.choice(("0", _text(abs(_value(draw, box.decimals)) + 1)))
    if code == '"đạt";"không";"-"' or code in judge.HIDING:
        value = _text(abs(_value(draw, box.decimals)) + 1)
    return Case("hidden by format", Raw(value=value, code=code))


def error(draw: Random, box: Asked) -> Case:
    """An error, a boolean."""
    if draw.random() < 0.3:
        return Case("boolean", Raw(type="b", value=draw.choice("01")))
    value = draw.choice(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))
    return Case("error", Raw(type="e", value=value))


def formula(draw: Random, box: Asked) -> Case:
    """The result of a formula."""
    kind = draw.choice(("", "", ' t="shared" si="0"'))
    value = draw.choice((_text(_value(draw, box.decimals)), ""))
    return Case("formula", Raw(value=value, code=draw.choice(judge.PLAIN), formula=kind))


def rich(draw: Random, box: Asked) -> Case:
    """A text of runs; one may be raised, lowered or struck out."""
    look = draw.choice(("superscript", "subscript", "strike", ""))
    number = str(draw.randrange(1, 2000))
    runs = [(number, ""), (str(draw.randrange(1, 10)), look)]
    if draw.random() < 0.3:
        runs.reverse()
    return Case("rich text", Raw(type=draw.choice(("s", "inlineStr")), runs=tuple(runs)))


def merged(draw: Random, box: Asked) -> Case:
    """A cell merged with its neighbour."""
    return Case("merged", Raw(value=_text(_value(draw, box.decimals))), merged=True)


def hidden(draw: Random, box: Asked) -> Case:
    """A cell in a hidden row."""
    return Case("hidden row", Raw(value=_text(_value(draw, box.decimals))), hidden=True)


def blank(draw: Random, box: Asked) -> Case:
    """Nothing, or spaces."""
    raw = draw.choice((Raw(), Raw(type="s", value=" "), Raw(type="inlineStr", value="\u00a0 ")))
    return Case("blank", raw)


def written_number(draw: Random, box: Asked) -> str:
    """A number as people and programs write it."""
    value = abs(_value(draw, box.decimals))
    places = draw.choice((box.decimals, box.decimals, 0, 1, 2, 3))
    whole, _, fraction = f"{value:.{places}f}".partition(".")
    group = draw.choice((".", ".", "", "", " ", ",", "\u00a0", "'"))
    if group and len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", group)
    mark = "." if group == "," else draw.choice((",", ",", "."))
    text = whole + (mark + fraction if fraction else "")
    sign = draw.random()
    if sign < 0.03:
        text = draw.choice((f"-{text}", f"({text})", f"−{text}", f"- {text}"))
    return draw.choice(("", "", "", " ", "'", "\t")) + text + draw.choice(("", "", "", " "))


def _spoiled(draw: Random, box: Asked) -> str:
    number = written_number(draw, box).strip(" '\t")
    return draw.choice(_SPOILERS)(draw, number)


_UNITS = (
    "đồng", "đ", "₫", "VNĐ", "nghìn", "nghìn đồng", "triệu", "triệu đồng", "tr", "tỷ", "tỷ đồng", "người",
    "hộ", "ha", "km", "nghìn người", "%", "k", "nữ",
)  # fmt: skip
_SYMBOLS = (
    "…", "...", "x", "X", "KPS", "không có", "Không phát sinh", "k có", "chưa có", "n/a", "?", "*", "nil",
    "/", "chưa có số liệu",
)  # fmt: skip
_SPOILERS: tuple[Callable[[Random, str], str], ...] = (
    lambda draw, n: f"{n} {draw.choice(_UNITS)}",
    lambda draw, n: f"{n}{draw.choice(_UNITS)}",
    lambda draw, n: n + draw.choice(_UNITS).upper(),
    lambda draw, n: draw.choice(_SYMBOLS),
    lambda draw, n: draw.choice(("-", "–", "—", "không", "KHÔNG", "ko")),
    lambda draw, n: n[:1] + draw.choice("OolI|S") + n[1:],
    lambda draw, n: draw.choice("lIO") + n,
    lambda draw, n: f"{n}{draw.choice(('O', 'o', 'l'))}",
    lambda draw, n: f"{n} người/{draw.randrange(1, 50):02} nữ",
    lambda draw, n: f"{n} ({draw.randrange(1, 50)} nữ)",
    lambda draw, n: f"{draw.choice(('~', '≈', '>', 'khoảng ', 'trên ', 'gần '))}{n}",
    lambda draw, n: n + draw.choice(("(*)", "*", "+", "¹", "[1]", "½", "±1")),
    lambda draw, n: f"{draw.randrange(1, 29)}/{draw.randrange(1, 13)}",
    lambda draw, n: f"{draw.randrange(1, 29)}-{draw.randrange(1, 13)}-2026",
    lambda draw, n: draw.choice(("#N/A", "#DIV/0!", "#REF!", "TRUE", "FALSE", "nan", "inf")),
    lambda draw, n: n[:1] + draw.choice("\u200b\u202e\u00ad\u2060") + n[1:],
    lambda draw, n: n.translate({ord("1"): "１", ord("2"): "٢", ord("3"): "３"}),
    lambda draw, n: f"{n}e{draw.randrange(1, 9)}",
    lambda draw, n: f"{n}%",
    lambda draw, n: f"{n} {draw.randrange(10, 99)}",
    lambda draw, n: f"={n}",
    lambda draw, n: n.replace(".", "..").replace(",", ",,"),
    lambda draw, n: n + "9" * draw.randrange(12, 60),
)


def spoken(draw: Random, box: Asked) -> str:
    """A text in a box: a number, or one with something else."""
    return written_number(draw, box) if draw.random() < 0.5 else _spoiled(draw, box)


def text(draw: Random, box: Asked) -> Case:
    """A text."""
    kind = draw.choice(("s", "s", "inlineStr", "str"))
    return Case("text", Raw(type=kind, value=spoken(draw, box), code=draw.choice(_TEXT_CODES)))


_TEXT_CODES = ("General", "@", "0", '0" nghìn"', "#,##0.0,", ";;", "0;-0;0;@", '"có";"không";"-";@')
"""Formats that show a text as it is."""


def worded_text(draw: Random, box: Asked) -> Case:
    """A text whose format writes words beside it, or hides it."""
    kind = draw.choice(("s", "inlineStr", "str"))
    number = written_number(draw, box) if draw.random() < 0.8 else _spoiled(draw, box)
    code = draw.choice((*judge.TEXT_WORDS, *judge.TEXT_HIDING))
    return Case("text in a format", Raw(type=kind, value=number, code=code))


DRAWN: Mapping[Callable[[Random, Asked], Case], int] = {
    plain: 14, noise: 8, percent: 10, worded: 8, scaled: 4, dated: 6, hiding: 6, error: 4, formula: 4,
    rich: 4, merged: 2, hidden: 2, blank: 3, text: 25, worded_text: 8,
}  # fmt: skip
"""How often each kind is drawn."""


def drawn(draw: Random, box: Asked) -> Case:
    """A cell of any kind."""
    return draw.choices(tuple(DRAWN), tuple(DRAWN.values()))[0](draw, box)
