"""What words of a table say of its measures: "(triệu đồng)", "Đơn vị tính: nghìn đồng", "ĐVT: 1.000 đ"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from nqcore.text.folding import nfc
from nqcore.text.measures import measure_base, measure_scale, mentions_scale
from nqcore.workspace.table_import.name_matching import words_of
from nqcore.workspace.table_import.table_file import plain

_NAMED = re.compile(
    r"(?:[đd][ơo]n\s+v[ịi]\s+t[íi]nh|(?<!\w)[đd]\.?\s?v\.?\s?t(?!\w)\.?)\s*[:\-–]?\s*"
    r"|(?<!\w)[đd][ơo]n\s+v[ịi]\s*[:\-–]\s*",
    re.IGNORECASE,
)
_END = re.compile(r"[()\[\]]|\s[-–]\s")
_MONEY_WORDS = r"(?:(?:nghìn|ngàn|ngh|ng|triệu|tr|tỷ|tỉ)\.?\s?)+(?:đồng|đ|vnđ)"
_SEVERAL = re.compile(rf",\s+|;\s*|\s+và\s+|\s*/\s*(?={_MONEY_WORDS})", re.IGNORECASE)
_AT_THE_END = re.compile(
    # Behind a number the same words are an amount: "vốn trên 10 tỷ đồng", "một tỷ đồng".
    r"(?<![0-9])(?<!một)(?<!hai)(?<!ba)(?<!bốn)(?<!năm)(?<!sáu)(?<!bảy)(?<!tám)(?<!chín)(?<!mười)"
    rf"(?<!trăm)(?<!chục)(?<!hàng)(?<!vài)(?:\s|[-–])({_MONEY_WORDS})[\s.)\]]*$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]?\s*$")
_THOUSANDS = re.compile(r"(?:[x×*]\s*)?(1(?:[.,]?000)+)\s*(đồng|dong|vnđ|vnd|đ|d)?\.?")
_MOST_WORDS = 4
MONEY = "đồng"
FOREIGN = frozenset({"usd", "eur", "đô la", "đô la mỹ"})
"""Other money: a figure in it is never one of đồng."""
USUAL: frozenset[str] = frozenset({
    "%", "‰", "lần", "m2", "km2", "ha", "m3", "m", "km", "kg", "tạ", "tấn", "người", "lượt người", "hộ",
})  # fmt: skip
"""Measures of official tables, beside those of the office's own indicators."""


_FAMILIES = (
    frozenset({"m2", "km2", "ha", "sào", "mẫu", "công đất"}),
    frozenset({"m", "km"}),
    frozenset({"m3", "lít"}),
    frozenset({"kg", "yến", "tạ", "tấn"}),
    frozenset({"%", "‰"}),
)
"""Measures of one quantity: a line that says one of them is said of all figures of that quantity."""
_HEADINGS = frozenset(
    {"dvt", "don vi tinh", "d.v.t", "don vi do", "don vi do luong", "don vi tinh (dvt)"}
)
"""The headings of a column of measures, as folded text."""


class SaidMeasure(NamedTuple):
    """How many a 1 is, of what ("đồng"; "" where only the number is said)."""

    scale: int
    base: str


def is_money(base: str) -> bool:
    """Whether a measure without its scale is money, also by head: "đồng/người"."""
    return base.partition("/")[0].strip() == MONEY


def is_same_measure(one: str, other: str) -> bool:
    """Whether two measures without their scales are one: "m²" and "m2", "DN" and "doanh nghiệp", money by
    head and money. A ‰ is no %, and a *lượt người* no *người*.

    >>> is_same_measure("m²", "m2"), is_same_measure("m2", "ha")
    (True, False)
    """
    if is_money(one) and is_money(other):
        return True
    words = words_of(one)
    return words == words_of(other) if words else one.strip() == other.strip()


def siblings(base: str) -> frozenset[str]:
    """The other measures of the same quantity: of ha, m2 and km2."""
    return next(
        (one - {_usual_form(base)} for one in _FAMILIES if _usual_form(base) in one), frozenset()
    )


def _usual_form(base: str) -> str:
    """A measure as the families write it: m² is m2."""
    several = (it for one in _FAMILIES for it in one)
    return next((it for it in several if is_same_measure(base, it)), base)


def is_measure_heading(text: str) -> bool:
    """Whether the heading of a column says that it holds the measure of each row."""
    return plain(text).strip(" .:") in _HEADINGS


def is_measure_alone(text: str) -> bool:
    """Whether a text is a measure of official tables and nothing else.

    >>> [is_measure_alone(text) for text in ("(tỷ đồng)", "ĐVT: nghìn đồng", "Người", "Thu ngân sách")]
    [True, True, True, False]
    """
    words = nfc(text).strip(" .:()")
    if (named := _NAMED.match(words)) is not None:
        words = words[named.end() :]
    found = said_by_word(words)
    return bool(found and found.base) or any(is_same_measure(words.casefold(), it) for it in USUAL)


def said_by_heading(text: str, known: Collection[str] = ()) -> SaidMeasure | None:
    """The measure that the heading of a column or the name of a row says: in brackets, after a colon or a
    comma; None: none. `known`: measures without a scale that are one wherever they stand so.

    >>> said_by_heading("Nợ bảo hiểm xã hội (triệu đồng)"), said_by_heading("Diện tích (m²)", ["m2"])
    (SaidMeasure(scale=1000000, base='đồng'), SaidMeasure(scale=1, base='m²'))
    """
    parts = (*_named(text), *_parts(text))
    scaled = next(filter(None, map(said_by_word, parts)), None)
    if scaled is not None:
        return scaled
    bare = (SaidMeasure(measure_scale(part), measure_base(part)) for part in parts if part)
    return next((one for one in bare if any(is_same_measure(one.base, m) for m in known)), None)


def said_by_title(text: str) -> tuple[SaidMeasure, ...]:
    """The measures that a line above the table says of its figures, wherever in the line they stand.

    >>> said_by_title("BÁO CÁO QUÝ II (ĐVT: nghìn đồng, người)")
    (SaidMeasure(scale=1000, base='đồng'),)
    >>> said_by_title("Đơn vị: Công ty Tỷ Phú")
    ()
    """
    found = [said_by_word(part) for named in _named(text) for part in _SEVERAL.split(named)]
    alone = said_by_word(text.strip(" ()"))
    if alone is not None and alone.base == MONEY:
        found.append(alone)
    found += map(said_by_word, _last_words(text))
    found += [
        SaidMeasure(1, base)
        for named in _named(text)
        for part in _SEVERAL.split(named)
        if siblings(base := _usual_form(measure_base(part.strip(" .,()"))))
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def said_by_word(text: str) -> SaidMeasure | None:
    """The measure that a text is, where that has a scale or is money; None: another text.

    >>> said_by_word("1.000 đ"), said_by_word("người")
    (SaidMeasure(scale=1000, base='đồng'), None)
    """
    words = nfc(text).strip(" .,()")
    if (number := _THOUSANDS.fullmatch(words.casefold())) is not None:
        return SaidMeasure(int(re.sub(r"[.,]", "", number[1])), MONEY if number[2] else "")
    if len(words.split()) > _MOST_WORDS:
        return None
    found = SaidMeasure(measure_scale(words), measure_base(words))
    is_sure = found.base == MONEY or found.base in FOREIGN
    return found if is_sure or (found.scale > 1 and mentions_scale(words)) else None


def measure_words(text: str) -> str:
    """A measure without "Đơn vị tính:" before it.

    >>> measure_words("ĐVT: tỷ đồng"), measure_words("ha")
    ('tỷ đồng', 'ha')
    """
    return next(_named(text), text)


def _named(text: str) -> Iterator[str]:
    """What stands behind "Đơn vị tính:" or a short form of it."""
    text = nfc(text)
    for found in _NAMED.finditer(text):
        yield _END.split(text[found.end() :].strip(), maxsplit=1)[0]


def _parts(text: str) -> Iterator[str]:
    """Where the measure of a heading may stand: in brackets, or behind its last mark or words."""
    if (inside := _BRACKETS.search(text)) is not None:
        yield inside[1]
    for mark in (":", ", ", " - ", " – ", "\t", "\n"):
        yield text.rpartition(mark)[2] if mark in text else ""
    yield from _last_words(text)


def _last_words(text: str) -> Iterator[str]:
    """Thousands, millions or more of đồng at the end of a text: "Bảng tính bằng tỷ đồng", "Quý III - Nghìn
    đồng". "Xã Triệu Đồng" is a name."""
    found = _AT_THE_END.search(nfc(text))
    if found is not None and (found[1][1:].islower() or found[1].isupper()):
        yield found[1]
