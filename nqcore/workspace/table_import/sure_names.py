"""Which words of a table surely mean an indicator: proposed is only what every word accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from nqcore.errors import N_, Phrase
from nqcore.model.indicators import Indicator
from nqcore.text.beginnings import first_words
from nqcore.text.folding import fold, nfc
from nqcore.workspace.table_import.heading_words import means_another, says_more
from nqcore.workspace.table_import.name_matching import (
    LIGHT,
    LIKELY,
    all_words,
    likeness,
    words_of,
)
from nqcore.workspace.table_import.period_names import without_periods
from nqcore.workspace.table_import.said_measures import is_measure_alone, said_by_word
from nqcore.workspace.table_import.table_file import plain

UNSURE_WORDS = N_(
    "“{text}” is like {label}, but also says “{words}”. Choose {label} for the column if it is that all the "
    "same."
)
UNSURE = N_(
    "“{text}” is like {label}, but may be a plan, a rate, a part or another time. Choose {label} for the "
    "column if it is that all the same."
)
_WORDS = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_SCALES = frozenset({"nghin", "ngan", "tram", "trieu", "tr", "ty", "ti", "dong", "vnd", "d"})
_LEADING_ORDER = re.compile(r"^\W*(?:\(?(?:[0-9]{1,3}|[ivx]{1,4}|[a-z])[.):]\s*)?")
_USUAL_HEADS = re.compile(
    r"(?<!\w)(?:so luong|so lieu|tong so|tong cong|tong|ket qua|(?:da )?thuc hien|th|trong ky|(?:ky|ki) nay"
    r"|(?:cuoi|den|den cuoi|den het) (?:ky|ki)|ky bao cao|bao cao|(?:den|hien) nay|hien co|tinh den"
    r"|(?:den )?thoi diem|phat sinh|tren dia ban|toan (?:xa|phuong|huyen|tinh|don vi)|(?:cua|tai) don vi"
    r"|da|la|nhung)(?!\w)"
)
"""What heads of official tables say and what no indicator is known by, as folded text."""
_GROUP_TITLE = re.compile(
    r"^(?:(?:[ivx]{1,4}|[a-h])[.)]|cong tac |ket qua |tinh hinh |noi dung|chi tieu$|linh vuc |nhom |phan "
    r"|muc )"
)
"""How the title of a group of columns begins, as folded text."""


def unknown_words(text: str, indicator: Indicator, whole: str = "") -> tuple[str, ...]:
    """The words above a column that neither the indicator nor the usual words of heads account for: with any,
    the column may be of another thing, or of a part. `whole`: the name of that of which it is a part.

    >>> from nqcore.plugin import Indicator
    >>> members = Indicator(code="a.HV", label="HV", name="Số hội viên", measure="người")
    >>> unknown_words("Tổng số hội viên quý III/2026 (người)", members)
    ()
    >>> unknown_words("Số hội viên danh dự", members)
    ('danh', 'dự')
    """
    names = (indicator.label, indicator.name, indicator.short, indicator.name_in_text)
    known = all_words(" ".join((*names, indicator.measure, whole))) | LIGHT | _SCALES
    found: list[str] = []
    for nth, part in enumerate(reversed(text.split(" – "))):
        words = fold(without_measures(part))
        if is_measure_alone(part) or (nth and _GROUP_TITLE.match(words)):
            continue
        words = _USUAL_HEADS.sub(" ", _LEADING_ORDER.sub("", without_periods(words)))
        left = {word for word in _WORDS.findall(words) if not {*words_of(word)} <= known}
        found += [one for one in _LETTERS.findall(nfc(part).casefold()) if fold(one) in left]
    return tuple(dict.fromkeys(found))


def without_measures(text: str) -> str:
    """A text without the brackets that hold a measure, the number of a column or a mark.

    >>> without_measures("Số hội viên (người) (1)"), without_measures("Số hội viên (nữ)")
    ('Số hội viên', 'Số hội viên (nữ)')
    """
    words = _BRACKETED.sub(lambda one: " " if _is_measure(one[1]) else one[0], text)
    return " ".join(words.split())


def _is_measure(text: str) -> bool:
    said = said_by_word(text)
    known = is_measure_alone(re.sub(r"^[0-9.,\s]+", "", text))
    return known or said is not None or not any(map(str.isalpha, text))


def doubt(text: str, indicators: Sequence[Indicator]) -> Phrase | None:
    """Why a column with these words is proposed as none of the indicators, though one is like it; None where
    none is."""
    like = [(likeness(text, one), -nth) for nth, one in enumerate(indicators)]
    best, nth = max(like, default=(0.0, 0))
    if best < LIKELY:
        return None
    one = indicators[-nth]
    params: dict[str, object] = {"text": first_words(text), "label": one.label}
    words = unknown_words(text, one)
    return (
        Phrase(UNSURE_WORDS, params | {"words": " ".join(words)})
        if words
        else Phrase(UNSURE, params)
    )


def assign(
    texts: Mapping[int, str], indicators: Sequence[Indicator], wholes: Sequence[Indicator] = ()
) -> dict[int, str]:
    """The indicator of each text by its key: the likeliest pairs first, none twice; only where the indicator
    accounts for every word of the text. `wholes`: others, of which some of the indicators are parts."""
    pairs = sorted(_pairs(texts, indicators, wholes), reverse=True)
    found: dict[int, str] = {}
    for _like, key, code in ((like, -key, code) for like, key, code in pairs):
        if key not in found and code not in found.values():
            found[key] = code
    return found


def _pairs(
    texts: Mapping[int, str], indicators: Sequence[Indicator], wholes: Sequence[Indicator]
) -> Iterator[tuple[float, int, str]]:
    names = {one.code: one.name for one in (*wholes, *indicators)}
    for key, text in texts.items():
        for one in indicators:
            like = likeness(text, one)
            leans = plain(one.name).startswith("trong do") and one.at_most is not None
            whole = names.get(one.at_most, "") if leans and one.at_most else ""
            if like >= LIKELY and _is_sure(text, one, whole):
                yield like, -key, one.code


def _is_sure(text: str, indicator: Indicator, whole: str) -> bool:
    """Whether a text says nothing that the indicator is not: with its label it need not say its name."""
    text = without_measures(text)
    if plain(text).strip(" .:()") in (plain(indicator.label), indicator.code.lower()):
        return True
    by_label = not all_words(text) & (all_words(indicator.name) - LIGHT)
    another = says_more if by_label else means_another
    is_other = another(text, indicator.name, indicator.measure)
    return not is_other and not unknown_words(text, indicator, whole)
