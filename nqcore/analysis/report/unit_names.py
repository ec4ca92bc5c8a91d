"""What the names of units say: the level and the name of a place, and the abbreviation of a body.

Offices write "Huyện Tân Hòa", "Huyện uỷ Tân Hòa" or "UBND huyện Tân Hòa"; all three say the district Tân Hòa.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LEVELS: Mapping[str, tuple[str, str]] = {
    "tỉnh": ("Tỉnh ủy", "TU"),
    "thành phố": ("Thành ủy", "ThU"),
    "huyện": ("Huyện ủy", "HU"),
    "quận": ("Quận ủy", "QU"),
    "thị xã": ("Thị ủy", "TXU"),
    "thị trấn": ("Đảng ủy thị trấn", "ĐU"),
    "xã": ("Đảng ủy xã", "ĐU"),
    "phường": ("Đảng ủy phường", "ĐU"),
    "đặc khu": ("Đảng ủy đặc khu", "ĐU"),
}
"""The levels of places: what the Party committee is called, and its symbol."""
CENTRAL_CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
"""The cities directly under the centre: their committee has the symbol of a province."""
IN_FULL = re.compile(r"\d+|Hồ Chí Minh")
"""Names of places that are never written without their level: Quận 1, Thành phố Hồ Chí Minh."""
_COMMITTEES = {
    "tỉnh": "tỉnh",
    "thành": "thành phố",
    "huyện": "huyện",
    "quận": "quận",
    "thị": "thị xã",
}
"""The level of the place of a committee, by the first syllable of its name."""
AUTHORITIES = ("Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND")
"""How the names of People's Committees and Councils begin."""

_SMALL = {"Ủy", "Bộ", "Thành", "Ban", "Phòng", "Đoàn"}
_AREAS = {"Tỉnh", "Huyện", "Quận", "Xã", "Phường"}
_ORGANS = re.compile("Ủy ban Nhân Dân|Hội Đồng Nhân Dân")
_LEVEL = "|".join(LEVELS)
_OF_AREA = re.compile(
    rf"(?:(?:đảng bộ|đảng ủy|{'|'.join(AUTHORITIES)}) )?({_LEVEL})(?: (.*))?", re.IGNORECASE
)
_OF_COMMITTEE = re.compile(
    rf"(?:ban (?:thường vụ|chấp hành) )?({'|'.join(_COMMITTEES)}) ủy(?: (.*))?", re.IGNORECASE
)
_AT_END = re.compile(rf" ({_LEVEL})$")
_WITHIN = re.compile(rf" ({_LEVEL}) (?=(\S))")
_YOUTH = re.compile(r"(tỉnh|thành|huyện|quận|thị|xã) đoàn", re.IGNORECASE)


def one_spelling(name: str) -> str:
    """The name with single spaces; "uỷ" and "TP. " are written as "ủy" and "Thành phố "."""
    plain = " ".join(name.split()).replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("UỶ", "ỦY")
    return re.sub(r"^TP\.? ", "Thành phố ", plain, flags=re.IGNORECASE)


def begins(name: str, *words: str) -> bool:
    """Whether the name begins with one of the words (regular expressions), in capitals or not."""
    return any(re.match(rf"{word}\b", name, re.IGNORECASE) for word in words)


def area_of(name: str) -> tuple[str, str] | None:
    """The level and the name of the place for which a committee or an authority is: ("huyện", "Tân Hòa");
    None where the name says no level."""
    if match := _OF_COMMITTEE.fullmatch(name):
        return _COMMITTEES[match[1].lower()], match[2] or ""
    if match := _OF_AREA.fullmatch(name):
        return match[1].lower(), match[2] or ""
    return None


def place_of(level: str, name: str) -> str:
    """The place as it is written before a date: An Phú, but Phường 1."""
    return f"{level.capitalize()} {name}" if IN_FULL.fullmatch(name) else name


def place_within(name: str) -> str:
    """The place that the name of another body ends with ("Trường Tiểu học xã An Phú"); "" without one."""
    found = _areas_within(name)
    if not found:
        return ""
    end = found[1].start() if len(found) > 1 else len(name)
    return place_of(found[0][1], name[found[0].end() : end].strip(" ,-"))


def _areas_within(name: str) -> list[re.Match[str]]:
    """The levels with a place behind them: "huyện" in "… huyện Tân Hòa", but not the "xã" of "xã hội"."""
    return [m for m in _WITHIN.finditer(name) if m[2].isupper() or m[2].isdigit()]


def open_level(name: str) -> str:
    """The level of the place that a name leaves open: "huyện" of "Liên đoàn Lao động huyện" and of "Huyện
    đoàn"; "" where it leaves none open."""
    if match := _AT_END.search(name):
        return match[1]
    if match := _YOUTH.fullmatch(name):
        return _COMMITTEES.get(match[1].lower(), "xã")
    return ""


def initials(name: str) -> str:
    """The abbreviation of a body's name: Ban Tổ chức Huyện ủy → BTCHU."""
    areas = _areas_within(name) or list(_AT_END.finditer(name))
    plain = name[: areas[0].start()] if areas else name
    words = [word for word in re.findall(r"\w+", plain) if word.lower() not in ("và", "của", "các")]
    return "".join(_bare(word[0].upper()) for word in words)


def _bare(letter: str) -> str:
    """The letter without the marks of vowels and tones; Đ stays."""
    return unicodedata.normalize("NFD", letter)[0]


def name_within_sentence(name: str) -> str:
    """The name of an issuing body as it is written within a sentence; one that is not all capitals stays."""
    return _sentence_case(name) if name.isupper() else name


def _sentence_case(name: str) -> str:
    """HUYỆN ỦY TÂN HÒA → Huyện ủy Tân Hòa: the second syllable of the kind of a body, and the kind of a place
    within its name, are lower case."""
    words = name.title().split(" ")
    cased = " ".join(
        word.lower() if (n == 1 and word in _SMALL) or (n > 1 and word in _AREAS) else word
        for n, word in enumerate(words)
    )
    return _ORGANS.sub(lambda found: found[0].capitalize(), cased)


def name_as_given(made: str, body: str) -> str:
    """The name within a sentence of a body whose letterhead says `body`, and whose unit says `made`."""
    return made if body.upper() == made.upper() else name_within_sentence(body)
