"""Letterheads: in whose name the review of a unit goes out, and who signs it.

The letterhead that the office or a plugin gives for a unit holds for this unit only. Every other unit has one
made of its own name and kind and of the unit above it, so that no review goes out in the name of another
body. What cannot be known (a signer, the number) stays open, and the office gives its own where it wants
other words.
"""

from __future__ import annotations

from nqcore.analysis.report.issuers import Issuer, issuer_of
from nqcore.catalogue import Catalogue
from nqcore.model.reports import Letterhead
from nqcore.model.units import Unit

_SMALL = {"Ủy", "Bộ", "Thành", "Ban", "Phòng", "Đoàn"}
_AREAS = {"Tỉnh", "Huyện", "Quận", "Xã", "Phường"}


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
    return _sentence_case(given.body) if given.body.isupper() else given.body


def _made(catalogue: Catalogue, unit: Unit) -> Letterhead:
    issuer = issuer_of(unit, catalogue.units)
    above = catalogue.units[unit.parent] if unit.parent else None
    return Letterhead(
        unit=unit.code,
        superior=_superior(catalogue, issuer, above),
        body=issuer.name.upper(),
        place=issuer.place or (letterhead_of(catalogue, above).place if above else unit.name),
        symbol=issuer.symbol,
        authority=issuer.authority,
        post=issuer.post,
        recipients=tuple(_recipients(catalogue, issuer, above)),
    )


def _superior(catalogue: Catalogue, issuer: Issuer, above: Unit | None) -> str:
    """The line over the issuing body. A committee stands in the Party organisation of the level above
    (ĐẢNG BỘ HUYỆN TÂN HÒA), a body that serves a committee under that committee."""
    if above is None or not issuer.subordinate:
        return ""
    whole = issuer_of(above, catalogue.units).organisation if issuer.organisation else ""
    return whole.upper() or letterhead_of(catalogue, above).body


def _recipients(catalogue: Catalogue, issuer: Issuer, above: Unit | None) -> tuple[str, str]:
    to = issuer_name(catalogue, above) if above else "Cấp trên"
    return f"{to} (để báo cáo)", issuer.filed


def _sentence_case(name: str) -> str:
    """HUYỆN ỦY TÂN HÒA → Huyện ủy Tân Hòa: the second syllable of the kind of a body, and the kind of a place
    within its name, are lower case."""
    words = name.title().split(" ")
    return " ".join(
        word.lower() if (n == 1 and word in _SMALL) or (n > 1 and word in _AREAS) else word
        for n, word in enumerate(words)
    )
