"""Measures (*đơn vị tính*) with a scale: "triệu đồng" counts millions of *đồng*.

measure_scale("triệu đồng")            # 1000000
in_measure("1,2 tỷ đồng", "triệu đồng", read)   # Decimal("1200")
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise

from nqcore.text.folding import fold

SCALES: Mapping[str, int] = {
    "chục": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000, "ngìn": 1000, "nghin": 1000, "ngan": 1000,
    "k": 1000, "vạn": 10_000, "triệu": 10**6, "trieu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "ty": 10**9, "ti": 10**9, "thousand": 1000, "million": 10**6, "billion": 10**9,
}  # fmt: skip
"""Words that multiply the number before them, in small letters. "ty" and "ti" are typed without accents."""
_SHORT = frozenset({"k", "tr", "ty", "ti"})
"""Those that are also parts of other words ("công ty"); they count right behind a number only."""
_MONEY = frozenset({
    "đồng", "dong", "đ", "₫", "vnđ", "vnd", "đ.", "đồng vn", "vn đồng", "đồng việt nam",
})  # fmt: skip
"""The names of the currency; they are one measure."""
_JOINED: Mapping[str, frozenset[str]] = {
    "đồng": frozenset({
        "chí", "bào", "nghiệp", "đội", "hồ", "hương", "minh", "môn", "niên", "tộc", "hành", "phạm", "phục",
        "loạt", "bộ", "thuận", "ý", "nhất", "vị", "chủ", "tác", "ruộng", "lúa", "cỏ", "muối", "quê", "thau",
        "nát", "dao", "tháp", "nai", "hới", "xoài",
    }),
    "triệu": frozenset({"tập", "chứng", "phong", "vân"}),
    "tỷ": frozenset({"lệ", "trọng", "suất", "phú", "mỉ"}),
    "tỉ": frozenset({"lệ", "trọng", "suất", "phú", "mỉ"}),
    "vạn": frozenset({"sự", "vật", "thọ", "phúc", "ninh"}),
    "ti": frozenset({"vi"}),
}  # fmt: skip
"""Syllables that make another word of a word of scale or of money before them: *đồng chí* is a person,
*tỷ lệ* a ratio, *triệu tập* a summons."""
_BARE = {(fold(first), fold(second)) for first, several in _JOINED.items() for second in several}
"""The same as they are typed without accents."""
_SHORT_MONEY = re.compile(
    r"(?<!\w)(?:(ngh?|tr|nghìn|ngàn|triệu|tỷ|tỉ)\.?\s?|(n)\.?)(?:đồng|đ|₫|vnđ)(?!\w)"
    r"|(?<!\w)(ngh?|tr)\.?d(?!\w)"
)
"""Short forms of thousands, millions or more of the currency: ngđ, ng.đ, nđ, trđ, tr.đ, ngd."""
_SHORT_SCALES: Mapping[str, str] = {"n": "nghìn", "ng": "nghìn", "ngh": "nghìn", "tr": "triệu"}
_COMRADE = re.compile(r"\bđ\s*[/.]\s*c\b")
_PART = re.compile(r"([-+]?[0-9][0-9.,\s]*|[-+]?[.,][0-9]+)")

_DECIMALS = 12
"""How many decimals a number before a word of scale may have."""

Read = Callable[[str, int], Decimal | None]
"""Reads the text of a number with so many decimals; None where it cannot be read in one way."""


def measure_scale(measure: str) -> int:
    """By how much a figure in that measure is multiplied: 1 for "người", 1000000 for "triệu đồng"."""
    return _split(measure)[0]


def measure_base(measure: str) -> str:
    """A measure without its scale, in small letters; all names of the currency are "đồng".

    >>> measure_base("triệu đồng"), measure_base("Tr.đ"), measure_base("ngđ"), measure_base("người")
    ('đồng', 'đồng', 'đồng', 'người')
    """
    return _split(measure)[1]


OFFERED: Mapping[int, str] = {1: "", 1000: "nghìn", 10**6: "triệu", 10**9: "tỷ"}
"""The scales that a table may count in, in words."""


def scale_words(scale: int, measure: str) -> str:
    """A measure in another scale.

    >>> scale_words(1000, "triệu đồng"), scale_words(1, "triệu đồng")
    ('nghìn đồng', 'đồng')
    """
    return f"{_scale_name(scale)} {measure_base(measure)}".strip()


def _scale_name(scale: int) -> str:
    """A power of ten in words: "chục nghìn"."""
    for tens, words in ((1, ""), (10, "chục"), (100, "trăm")):
        if scale % tens == 0 and scale // tens in OFFERED:
            return f"{words} {OFFERED[scale // tens]}".strip()
    return str(scale)


def in_measure(text: str, measure: str, read: Read) -> Decimal | None:
    """The figure in `measure` that a number with words of scale or of money means; None where `text` is of
    another measure, or can be read in two ways ("1 tỷ 2")."""
    own_scale, own_base = _split(measure)
    parts = [(number, *_split(words)) for number, words in _words(text)]
    scales = [scale for _, scale, _ in parts]
    bases = [base for *_, base in parts]
    falling = all(a > b for a, b in pairwise(scales))
    if not falling or any(bases[:-1]) or bases[-1:] not in ([""], [own_base]):
        return None
    if len(parts) > 1 and scales[-1] == 1 and not bases[-1]:
        return None
    total = Decimal(0)
    for number, scale, _ in parts:
        value = read(number, 0 if scale == 1 else _DECIMALS)
        if value is None:
            value = read(number, _DECIMALS)
        if value is None:
            return None
        total += value * scale
    return total / own_scale


def has_scale(text: str, measure: str) -> bool:
    """Whether words of scale or of money stand behind a number of the text, or the words of `measure` without
    its own scale ("12.000 người" in a box of *nghìn người*)."""
    own_scale, own_base = _split(measure)
    return any(
        scale > 1 or base == "đồng" or (own_scale != 1 and base == own_base)
        for scale, base in (_split(words) for _, words in _words(text))
    )


def mentions_scale(text: str) -> bool:
    """Whether a word of scale or of money stands anywhere in the text."""
    words = re.findall(r"[^\W\d_]+|₫|[^\w\s]", _normal(text))
    return any(
        ((word in SCALES and word not in _SHORT) or word in _MONEY)
        and not _is_other_word(word, after)
        for word, after in pairwise([*words, ""])
    )


def _normal(text: str) -> str:
    """The text in small letters, with *đ/c* in full."""
    return _COMRADE.sub("đồng chí", unicodedata.normalize("NFC", text).casefold())


def _is_other_word(word: str, after: str) -> bool:
    """Whether the word and the syllable after it are one word that is neither a scale nor money."""
    return after in _JOINED.get(word, ()) or (word, after) in _BARE


def _words(text: str) -> list[tuple[str, str]]:
    """Each number of the text with the words behind it; nothing where words stand before the first."""
    pieces = _PART.split(unicodedata.normalize("NFC", text).strip())
    if pieces[0].strip():
        return []
    return [
        (number.strip(), words.strip())
        for number, words in zip(pieces[1::2], pieces[2::2], strict=True)
    ]


def _in_full(short: re.Match[str]) -> str:
    """A short form of an amount of money in full: "ng.đ" is "nghìn đồng"."""
    scale = short[1] or short[2] or short[3]
    return f"{_SHORT_SCALES.get(scale, scale)} đồng"


def _split(measure: str) -> tuple[int, str]:
    """The scale of a measure, and the rest of its words: "triệu đồng" is (1000000, "đồng")."""
    tokens = _SHORT_MONEY.sub(_in_full, _normal(measure)).split()
    scale = 1
    while tokens:
        word = tokens[0].strip(".")
        digits = word.replace(".", "")
        if _is_other_word(word, tokens[1].strip(".,;:()") if len(tokens) > 1 else ""):
            break
        if word in SCALES:
            scale *= SCALES[word]
        elif re.fullmatch("10+", digits):
            scale *= int(digits)
        elif word[:-1] in SCALES and word[-1] == "đ":  # "trđ", "tỷđ"
            scale, tokens[0] = scale * SCALES[word[:-1]], "đ"
            continue
        else:
            break
        tokens = tokens[1:]
    base = " ".join(tokens)
    return scale, "đồng" if base.strip(".") in _MONEY or base in _MONEY else base
