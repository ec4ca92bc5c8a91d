"""Issuers: which body speaks for a unit, with its symbol, its authority and the post of who signs.

A unit stands in the tree under any of its names: "Huyện Tân Hòa" and "Huyện ủy Tân Hòa" are one district, for
which its Party committee speaks, and no word is doubled. The words are those of the Party's and of the
State's official documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nqcore.analysis.report.unit_names import (
    AUTHORITIES,
    CENTRAL_CITIES,
    IN_FULL,
    LEVELS,
    area_of,
    begins,
    initials,
    one_spelling,
    open_level,
    place_of,
    place_within,
)
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


def issuer_of(unit: Unit, units: UnitTree, on: date | None = None) -> Issuer:
    """The body that speaks for `unit`, by its kind and its name, among the units of the day `on` (None: as
    they stand last)."""
    name = _with_area(one_spelling(unit.name), unit, units, on)
    found = _BY_KIND[kind_like(unit, units, on)](name)
    return found if found.place else replace(found, place=place_within(name))


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


def units_above_on(unit: Unit, units: UnitTree, on: date) -> Iterator[Unit]:
    """The units above `unit` that are there on that day, the nearest first, each as it is on that day. One
    that has ended is passed over: what it became stands in the row."""
    seen = {unit.code}
    above = units.state(unit.code, on).parent if unit.code in units else unit.parent
    while above is not None and above not in seen:
        seen.add(above)
        found = units.state(above, on)
        if found.exists(on):
            yield found
        above = found.parent


def _above(unit: Unit, units: UnitTree, on: date | None) -> Iterator[Unit]:
    return units_above(unit, units) if on is None else units_above_on(unit, units, on)


def kind_like(unit: Unit, units: UnitTree, on: date | None = None) -> UnitKind:
    """The built-in kind that the unit is like; an authority whose name says so. For a commune its Party
    committee speaks, but under an authority (the tree of the State) its People's Committee."""
    name = one_spelling(unit.name)
    if begins(name, *AUTHORITIES):
        return UnitKind.AUTHORITY
    if unit.kind.like is UnitKind.COMMUNE and not begins(name, "Đảng"):
        for above in _above(unit, units, on):
            if above.kind.like is UnitKind.COMMITTEE:
                break
            if above.kind.like is UnitKind.AUTHORITY:
                return UnitKind.AUTHORITY
    return unit.kind.like


def _with_area(name: str, unit: Unit, units: UnitTree, on: date | None) -> str:
    """The name in full: a "… huyện" under Huyện Tân Hòa is that of Tân Hòa, and so is its Huyện đoàn."""
    if level := open_level(name):
        for above in _above(unit, units, on):
            area = area_of(one_spelling(above.name))
            if area and area[0] == level and area[1]:
                return f"{name} {area[1]}"
    return name


# -- the issuer by the kind of the unit ----------------------------------------------------------


def _committee(name: str) -> Issuer:
    """A Party committee (cấp ủy)."""
    area = area_of(name)
    if area is None:
        return _other_committee(name)
    level, of = area
    committee, symbol = LEVELS[level]
    if level == "thành phố" and of in CENTRAL_CITIES:
        symbol = "TU"
    if IN_FULL.fullmatch(of):
        committee = f"{committee.removesuffix(level).rstrip()} {level.capitalize()}"
    basic = symbol == "ĐU"
    return Issuer(
        name=f"{committee} {of}".rstrip(),
        symbol=f"-BC/{symbol}",
        authority="T/M BAN THƯỜNG VỤ",
        post="BÍ THƯ",
        place=place_of(level, of),
        filed="Lưu Đảng ủy" if basic else f"Lưu Văn phòng {LEVELS[level][0]}",
        organisation=f"Đảng bộ {level} {of}".rstrip(),
    )


def _commune(name: str) -> Issuer:
    """A commune: its Party committee speaks."""
    found = _committee(name)
    return found if found.place else replace(found, place=name)


def _other_committee(name: str) -> Issuer:
    """A committee or a cell of a body that is no place. Whether it has a standing committee is not known."""
    if begins(name, "chi bộ", "chi ủy"):
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
    council = begins(name, "Hội đồng nhân dân", "HĐND")
    title, symbol = ("Hội đồng nhân dân", "HĐND") if council else ("Ủy ban nhân dân", "UBND")
    area = area_of(name)
    if area is None and not begins(name, *AUTHORITIES):
        return replace(_agency(name), subordinate=False)
    plain = re.sub(rf"^({'|'.join(AUTHORITIES)}) ?", "", name, flags=re.IGNORECASE)
    return Issuer(
        name=f"{title} {' '.join(area) if area else plain}".rstrip(),
        symbol=f"/BC-{symbol}",
        authority=f"TM. {title.upper()}",
        post="CHỦ TỊCH",
        place=place_of(*area) if area else "",
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
    ("Bệnh viện", "GIÁM ĐỐC"),
    ("Trạm", "TRƯỞNG TRẠM"),
    ("Trường", "HIỆU TRƯỞNG"),
    ("Công an", "TRƯỞNG CÔNG AN"),
)
"""The post of the head of an agency, by the first words of its name."""


def _agency(name: str) -> Issuer:
    """An agency signs in its own name; one that serves a Party committee follows the Party's signs."""
    party = re.search(r"\b(tỉnh|thành|huyện|quận|thị|đảng) ủy\b", name, re.IGNORECASE) is not None
    post = next((post for words, post in _POSTS if begins(name, words)), "THỦ TRƯỞNG")
    return Issuer(
        name=name,
        symbol=f"-BC/{initials(name)}" if party else f"/BC-{initials(name)}",
        post=post,
        filed="Lưu" if party else "Lưu: VT",
    )


def _organisation(name: str) -> Issuer:
    """A mass organisation: its executive committee speaks; the Youth Union is led by a secretary."""
    youth = begins(name, "Đoàn", "(tỉnh|thành|huyện|quận|thị|xã) đoàn")
    front = re.search(r"Mặt trận|MTTQ", name, re.IGNORECASE) is not None
    symbol = "-BC/ĐTN" if youth else "/BC-MTTQ" if front else f"/BC-{initials(name)}"
    return Issuer(
        name=name,
        symbol=symbol,
        authority="TM. BAN THƯỜNG TRỰC" if front else "TM. BAN CHẤP HÀNH",
        post="BÍ THƯ" if youth else "CHỦ TỊCH",
    )


def _steering(name: str) -> Issuer:
    """A steering committee (Ban Chỉ đạo)."""
    full = name if begins(name, "Ban Chỉ đạo") else f"Ban Chỉ đạo {name}"
    return Issuer(name=full, symbol="-BC/BCĐ", authority="T/M BAN CHỈ ĐẠO", post="TRƯỞNG BAN")


def _enterprise(name: str) -> Issuer:
    """An enterprise or a co-operative: it has a director, and no committee stands above it."""
    large = begins(name, "Tổng công ty", "Tập đoàn")
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
