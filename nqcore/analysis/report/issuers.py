"""Issuers: which body speaks for a unit, with its symbol, its authority and the post of who signs.

A unit stands in the tree under any of its names: "Huyện Tân Hòa" and "Huyện ủy Tân Hòa" are one district, for
which its Party committee speaks, and no word is doubled. The words are those of the Party's and of the
State's official documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from nqcore.model.units import Unit, UnitKind, UnitTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The body that speaks for a unit.

    `name` as within a sentence ("Huyện ủy Tân Hòa"); `place` in which it is ("": its name does not say it);
    `symbol` after the number of a report; `authority` and `post` above the signature; `filed` is the last of
    the recipients. `organisation`: the Party organisation that a committee leads ("Đảng bộ huyện Tân Hòa").
    `subordinate`: a body that stands above is named over it.
    """

    name: str
    symbol: str
    post: str
    place: str = ""
    authority: str = ""
    filed: str = "Lưu"
    organisation: str = ""
    subordinate: bool = True


def issuer_of(unit: Unit, units: UnitTree) -> Issuer:
    """The body that speaks for `unit`, by its kind and its name."""
    name = _with_area(_one_spelling(unit.name), unit, units)
    found = _BY_KIND[_kind(unit, units)](name)
    return found if found.place else replace(found, place=_place_within(name))


def units_above(unit: Unit, units: UnitTree) -> Iterator[Unit]:
    """The units above `unit`, the nearest first. A unit that has ended has those that it had at its end: the
    tree places it under its successor, which never stood above it."""
    seen = {unit.code}
    while True:
        last = units.state(unit.code, unit.closed - timedelta(days=1)) if unit.closed else unit
        if last.parent is None or last.parent in seen:
            return
        unit = units[last.parent]
        seen.add(unit.code)
        yield unit


def _kind(unit: Unit, units: UnitTree) -> UnitKind:
    """The kind of the unit; an authority whose name says so. For a commune its Party committee speaks, but
    under an authority (the tree of the State) its People's Committee."""
    name = _one_spelling(unit.name)
    if _begins(name, *_AUTHORITIES):
        return UnitKind.AUTHORITY
    if unit.kind is UnitKind.COMMUNE and not _begins(name, "Đảng"):
        for above in units_above(unit, units):
            if above.kind is UnitKind.COMMITTEE:
                break
            if above.kind is UnitKind.AUTHORITY:
                return UnitKind.AUTHORITY
    return unit.kind


# -- the words in names --------------------------------------------------------------------------

_LEVELS: Mapping[str, tuple[str, str]] = {
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
_CENTRAL_CITIES = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
"""The cities directly under the centre: their committee has the symbol of a province."""
_IN_FULL = re.compile(r"\d+|Hồ Chí Minh")
"""Names of places that are never written without their level: Quận 1, Thành phố Hồ Chí Minh."""
_COMMITTEES = {
    "tỉnh": "tỉnh",
    "thành": "thành phố",
    "huyện": "huyện",
    "quận": "quận",
    "thị": "thị xã",
}
_AUTHORITIES = ("Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND")

_LEVEL = "|".join(_LEVELS)
_OF_AREA = re.compile(
    rf"(?:(?:đảng bộ|đảng ủy|{'|'.join(_AUTHORITIES)}) )?({_LEVEL})(?: (.*))?", re.IGNORECASE
)
_OF_COMMITTEE = re.compile(
    rf"(?:ban (?:thường vụ|chấp hành) )?({'|'.join(_COMMITTEES)}) ủy(?: (.*))?", re.IGNORECASE
)
_AT_END = re.compile(rf" ({_LEVEL})$")
_WITHIN = re.compile(rf" ({_LEVEL}) ([^ ].*)$")
_YOUTH = re.compile(r"(tỉnh|thành|huyện|quận|thị|xã) đoàn", re.IGNORECASE)


def _one_spelling(name: str) -> str:
    """The name with single spaces; "uỷ" and "TP. " are written as "ủy" and "Thành phố "."""
    plain = " ".join(name.split()).replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("UỶ", "ỦY")
    return re.sub(r"^TP\.? ", "Thành phố ", plain, flags=re.IGNORECASE)


def _begins(name: str, *words: str) -> bool:
    return any(re.match(rf"{word}\b", name, re.IGNORECASE) for word in words)


def _area(name: str) -> tuple[str, str] | None:
    """The level and the name of the place for which a committee or an authority is: ("huyện", "Tân Hòa");
    None where the name says no level."""
    if match := _OF_COMMITTEE.fullmatch(name):
        return _COMMITTEES[match[1].lower()], match[2] or ""
    if match := _OF_AREA.fullmatch(name):
        return match[1].lower(), match[2] or ""
    return None


def _place(level: str, name: str) -> str:
    """The place as it is written before a date: An Phú, but Phường 1."""
    return f"{level.capitalize()} {name}" if _IN_FULL.fullmatch(name) else name


def _place_within(name: str) -> str:
    """The place that the name of another body ends with ("Trường Tiểu học xã An Phú"); "" without one."""
    match = _area_at_end(name)
    return _place(match[1], match[2]) if match else ""


def _area_at_end(name: str) -> re.Match[str] | None:
    """The place at the end: " huyện Tân Hòa", but not the "xã hội" of "Bảo hiểm xã hội"."""
    match = _WITHIN.search(name)
    return match if match and (match[2][0].isupper() or match[2][0].isdigit()) else None


def _with_area(name: str, unit: Unit, units: UnitTree) -> str:
    """The name in full: a "… huyện" under Huyện Tân Hòa is that of Tân Hòa, and so is its Huyện đoàn."""
    end = _AT_END.search(name)
    youth = _YOUTH.fullmatch(name) if unit.kind is UnitKind.ORGANISATION else None
    if end is None and youth is None:
        return name
    level = end[1] if end else _COMMITTEES.get(youth[1].lower(), "xã") if youth else ""
    for above in units_above(unit, units):
        area = _area(_one_spelling(above.name))
        if area and area[0] == level and area[1]:
            return f"{name} {area[1]}"
    return name


def _initials(name: str) -> str:
    """The abbreviation of a body's name: Ban Tổ chức Huyện ủy → BTCHU."""
    area = _area_at_end(name) or _AT_END.search(name)
    plain = name[: area.start()] if area else name
    words = [word for word in re.findall(r"\w+", plain) if word.lower() not in ("và", "của", "các")]
    return "".join(_bare(word[0].upper()) for word in words)


def _bare(letter: str) -> str:
    """The letter without the marks of vowels and tones; Đ stays."""
    return unicodedata.normalize("NFD", letter)[0]


# -- the issuer by the kind of the unit ----------------------------------------------------------


def _committee(name: str) -> Issuer:
    """A Party committee (cấp ủy)."""
    area = _area(name)
    if area is None:
        return _other_committee(name)
    level, of = area
    committee, symbol = _LEVELS[level]
    if level == "thành phố" and of in _CENTRAL_CITIES:
        symbol = "TU"
    if _IN_FULL.fullmatch(of):
        committee = f"{committee.removesuffix(level).rstrip()} {level.capitalize()}"
    basic = symbol == "ĐU"
    return Issuer(
        name=f"{committee} {of}".rstrip(),
        symbol=f"-BC/{symbol}",
        authority="T/M BAN THƯỜNG VỤ",
        post="BÍ THƯ",
        place=_place(level, of),
        filed="Lưu Đảng ủy" if basic else f"Lưu Văn phòng {_LEVELS[level][0]}",
        organisation=f"Đảng bộ {level} {of}".rstrip(),
    )


def _commune(name: str) -> Issuer:
    """A commune: its Party committee speaks."""
    found = _committee(name)
    return found if found.place else replace(found, place=name)


def _other_committee(name: str) -> Issuer:
    """A committee or a cell of a body that is no place. Whether it has a standing committee is not known."""
    if _begins(name, "chi bộ", "chi ủy"):
        return Issuer(
            name=name,
            symbol="-BC/CB",
            authority="T/M CHI BỘ",
            post="BÍ THƯ",
            filed="Lưu Chi bộ",
            organisation=name,
        )
    plain = re.sub(r"^đảng (bộ|ủy) ", "", name, flags=re.IGNORECASE)
    return Issuer(
        name=f"Đảng ủy {plain}",
        symbol="-BC/ĐU",
        authority="T/M ĐẢNG ỦY",
        post="BÍ THƯ",
        filed="Lưu Đảng ủy",
        organisation=f"Đảng bộ {plain}",
    )


def _authority(name: str) -> Issuer:
    """The People's Committee or Council of a place; another authority speaks in its own name. No other body
    is named above it."""
    council = _begins(name, "Hội đồng nhân dân", "HĐND")
    title, symbol = ("Hội đồng nhân dân", "HĐND") if council else ("Ủy ban nhân dân", "UBND")
    area = _area(name)
    if area is None and not _begins(name, *_AUTHORITIES):
        return replace(_agency(name), subordinate=False)
    plain = re.sub(rf"^({'|'.join(_AUTHORITIES)}) ?", "", name, flags=re.IGNORECASE)
    return Issuer(
        name=f"{title} {' '.join(area) if area else plain}".rstrip(),
        symbol=f"/BC-{symbol}",
        authority=f"TM. {title.upper()}",
        post="CHỦ TỊCH",
        place=_place(*area) if area else "",
        filed="Lưu: VT",
        subordinate=False,
    )


_POSTS = (
    ("Ủy ban Kiểm tra", "CHỦ NHIỆM"),
    ("Văn phòng", "CHÁNH VĂN PHÒNG"),
    ("Thanh tra", "CHÁNH THANH TRA"),
    ("Ban", "TRƯỞNG BAN"),
    ("Phòng", "TRƯỞNG PHÒNG"),
    ("Chi cục", "CHI CỤC TRƯỞNG"),
    ("Sở", "GIÁM ĐỐC"),
    ("Trung tâm", "GIÁM ĐỐC"),
    ("Trường", "HIỆU TRƯỞNG"),
    ("Công an", "TRƯỞNG CÔNG AN"),
)
"""The post of the head of an agency, by the first words of its name."""


def _agency(name: str) -> Issuer:
    """An agency signs in its own name; one that serves a Party committee follows the Party's signs."""
    party = re.search(r"\b(tỉnh|thành|huyện|quận|thị|đảng) ủy\b", name, re.IGNORECASE) is not None
    post = next((post for words, post in _POSTS if _begins(name, words)), "THỦ TRƯỞNG")
    return Issuer(
        name=name,
        symbol=f"-BC/{_initials(name)}" if party else f"/BC-{_initials(name)}",
        post=post,
        filed="Lưu" if party else "Lưu: VT",
    )


def _organisation(name: str) -> Issuer:
    """A mass organisation: its executive committee speaks; the Youth Union is led by a secretary."""
    youth = _YOUTH.match(name) is not None or _begins(name, "Đoàn")
    front = re.search(r"Mặt trận|MTTQ", name, re.IGNORECASE) is not None
    symbol = "-BC/ĐTN" if youth else "/BC-MTTQ" if front else f"/BC-{_initials(name)}"
    return Issuer(
        name=name,
        symbol=symbol,
        authority="TM. BAN THƯỜNG TRỰC" if front else "TM. BAN CHẤP HÀNH",
        post="BÍ THƯ" if youth else "CHỦ TỊCH",
    )


def _steering(name: str) -> Issuer:
    """A steering committee (Ban Chỉ đạo)."""
    full = name if _begins(name, "Ban Chỉ đạo") else f"Ban Chỉ đạo {name}"
    return Issuer(name=full, symbol="-BC/BCĐ", authority="T/M BAN CHỈ ĐẠO", post="TRƯỞNG BAN")


def _enterprise(name: str) -> Issuer:
    """An enterprise or a co-operative: it has a director, and no committee stands above it."""
    large = _begins(name, "Tổng công ty", "Tập đoàn")
    return Issuer(
        name=name,
        symbol="/BC",
        post="TỔNG GIÁM ĐỐC" if large else "GIÁM ĐỐC",
        filed="Lưu: VT",
        subordinate=False,
    )


_BY_KIND: Mapping[UnitKind, Callable[[str], Issuer]] = {
    UnitKind.COMMITTEE: _committee,
    UnitKind.COMMUNE: _commune,
    UnitKind.AUTHORITY: _authority,
    UnitKind.AGENCY: _agency,
    UnitKind.ORGANISATION: _organisation,
    UnitKind.STEERING: _steering,
    UnitKind.ENTERPRISE: _enterprise,
    UnitKind.COOPERATIVE: _enterprise,
}
