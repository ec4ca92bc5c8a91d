"""Letterheads: in whose name the review of a unit goes out, and who signs it.

The letterhead that the office or a plugin gives for a unit holds for this unit only. Every other unit has one
made of its own name and kind and of the unit above it, so that no review goes out in the name of another
body. What cannot be known (a signer, the number) stays open, and the office gives its own where it wants
other words.
"""

from __future__ import annotations

import re

from nqcore.analysis.report.issuers import Issuer, issuer_of, units_above
from nqcore.catalogue import Catalogue
from nqcore.model.reports import Letterhead
from nqcore.model.units import Unit

_SMALL = {"Ủy", "Bộ", "Thành", "Ban", "Phòng", "Đoàn"}
_AREAS = {"Tỉnh", "Huyện", "Quận", "Xã", "Phường"}
_ORGANS = re.compile("Ủy ban Nhân Dân|Hội Đồng Nhân Dân")


def letterhead_of(catalogue: Catalogue, unit: Unit) -> Letterhead:
    """The letterhead of the reviews of `unit`: the one given for it, else one made of its own name."""
    given = catalogue.letterheads.get(unit.code)
    return _made(catalogue, unit) if given is None else given


def issuer_name(catalogue: Catalogue, unit: Unit) -> str:
    """The body that issues the reviews of `unit`, as it is written within a sentence: "Huyện ủy Tân Hòa"."""
    made = issuer_of(unit, catalogue.units).name
    given = catalogue.letterheads.get(unit.code)
    if given is None or given.body.upper() == made.upper():
        return made
    return name_within_sentence(given.body)


def _made(catalogue: Catalogue, unit: Unit) -> Letterhead:
    units = catalogue.units
    issuer, above = issuer_of(unit, units), tuple(units_above(unit, units))
    places = (_place(catalogue, each) for each in (unit, *above))
    to = issuer_name(catalogue, above[0]) if above else "Cấp trên"
    return Letterhead(
        unit=unit.code,
        superior=_superior(catalogue, issuer, above[0]) if above else "",
        body=issuer.name.upper(),
        place=next(filter(None, places), unit.name),
        symbol=issuer.symbol,
        authority=issuer.authority,
        post=issuer.post,
        recipients=(f"{to} (để báo cáo)", issuer.filed),
    )


def _superior(catalogue: Catalogue, issuer: Issuer, above: Unit) -> str:
    """The line over the issuing body. A committee stands in the Party organisation of the level above
    (ĐẢNG BỘ HUYỆN TÂN HÒA), a body that serves a committee under that committee."""
    if not issuer.subordinate:
        return ""
    superior = issuer_of(above, catalogue.units)
    if issuer.organisation and superior.organisation:
        return superior.organisation.upper()
    given = catalogue.letterheads.get(above.code)
    return given.body if given else superior.name.upper()


def _place(catalogue: Catalogue, unit: Unit) -> str:
    given = catalogue.letterheads.get(unit.code)
    return given.place if given else issuer_of(unit, catalogue.units).place


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
