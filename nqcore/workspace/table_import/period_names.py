"""Periods that the words above a table name: "QUÝ III NĂM 2018", "Quý II" under a title with the year."""

from __future__ import annotations

import re

from nqcore.model.typed_periods import typed_period_code
from nqcore.text.folding import fold

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:19|20)[0-9]{2}")
_COMPARED = re.compile(r"(?<![a-z])so voi[^0-9]{0,30}(?:19|20)[0-9]{2}(?![0-9])")
"""The time that a table is compared with: "so với cùng kỳ năm 2025"."""
_REPLACED = re.compile(
    r"(?<![a-z])(?<!cho )(?:so voi|so sanh voi|thay(?: the)? cho|chuyen tu|thay(?: the)?"
    r"(?= (?:bao cao|bieu|bang|so lieu|ban|quy|q|nam|thang)))"
    r"(?: [a-z]+){0,5}? (?:(?:quy|q)[\s.]*(?:iii|ii|iv|i|[1-4])(?![a-z0-9])|(?:6|9) thang"
    r"|thang\s*[0-9]{1,2}|nam)"
    r"(?:\s*(?:[/-]|nam)?\s*(?:19|20)[0-9]{2}(?![0-9]))?"
)
"""Another report, that a table replaces or is compared with: "thay báo cáo Quý II"."""
_PARTS = re.compile(
    r"(?<![a-z])(?:quy|q)[\s.]*(?:iii|ii|iv|i|[1-4])(?![a-z0-9])"
    r"|(?<![a-z0-9])(?:6|sau) thang (?:dau|cuoi)"
    r"|(?<![a-z0-9])(?:9|chin) thang"
    r"|(?<![a-z])thang\s*(?:1[0-2]|0?[1-9])(?![0-9])"
)
_WHOLE_YEAR = re.compile(r"(?<![a-z])nam\s*((?:19|20)[0-9]{2})")


def year_in(text: str) -> str:
    """The last year that a text names outside of a day, and not to compare with it; "".

    >>> year_in("QUÝ II/2026 so với cùng kỳ 2025"), year_in("Năm 2026 (so với năm 2025)")
    ('2026', '2026')
    """
    found = _YEAR.findall(_own_words(text))
    return found[-1] if found else ""


def _own_words(text: str) -> str:
    """The fold of a text without days, and without the times of other reports."""
    return _COMPARED.sub(" ", _REPLACED.sub(" ", _DAY.sub(" ", fold(text))))


def period_in(text: str, year: str = "") -> str:
    """The code of the period that a text names; `year`: where it names none itself. "" where there is none.

    >>> period_in("TÌNH HÌNH LAO ĐỘNG QUÝ III NĂM 2018"), period_in("Quý II", "2018"), period_in("Năm 2017")
    ('2018-Q3', '2018-Q2', '2017')
    """
    words = _own_words(text)
    part = _PARTS.search(words)
    own = year_in(text) or year
    if part is not None:
        return typed_period_code(f"{part[0]} nam {own}") if own else ""
    whole = _WHOLE_YEAR.search(words)
    if whole is not None:
        return whole[1]
    bare = words.strip(" ()")
    return bare if _YEAR.fullmatch(bare) else ""


def masked(text: str) -> str:
    """The words of a heading in which the period is masked: two quarters have the same layout."""
    words = _DAY.sub("#", fold(text))
    return " ".join(_YEAR.sub("#", _PARTS.sub("#", words)).split())
