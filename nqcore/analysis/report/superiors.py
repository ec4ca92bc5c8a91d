"""Which body stands above the one that issues a document, on the day of the document.

Committees stand in the Party's tree. A body of the State stands under the People's Committee of its place,
and that under the one of the level above, wherever their Party organisations are placed in the list of units.
The Party organisation of a body ("Đảng bộ các cơ quan Đảng xã") is superior to the cells in it only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from nqcore.analysis.report.issuers import Issuer, issuer_of, kind_like, units_above_on
from nqcore.analysis.report.unit_names import (
    AUTHORITIES,
    area_of,
    begins,
    name_as_given,
    one_spelling,
)
from nqcore.catalogue import Catalogue
from nqcore.model.reports import Letterhead
from nqcore.model.units import Unit, UnitKind

_OF_THE_AUTHORITY = (
    *("Phòng", "Sở", "Trường", "Trạm", "Trung tâm", "Bệnh viện", "Thanh tra", "Văn phòng"),
    *("Ban Quản lý", "Nhà văn hóa", "Thư viện"),
)
"""How the names of bodies begin that are the People's Committee's; others of the State (tax, treasury,
police, courts) have superiors of their own, which no list of a commune or a district has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Superior:
    """The body above another. `name` within a sentence; `organisation` is that which a committee leads;
    `given`: the letterhead that the office or a plugin gives for it."""

    name: str
    organisation: str = ""
    given: Letterhead | None = None


def superior_of(catalogue: Catalogue, unit: Unit, issuer: Issuer, on: date) -> Superior | None:
    """The body above that of `unit`, which speaks as `issuer`, on the day `on`; None where none is known."""
    above = tuple(units_above_on(unit, catalogue.units, on))
    if not above:
        return None
    if issuer.organisation:
        return _of(catalogue, above[0], on)
    nearest = next((one for one in above if not _is_within_a_body(one)), above[0])
    kind = kind_like(unit, catalogue.units, on)
    if kind is UnitKind.AUTHORITY and begins(issuer.name, AUTHORITIES[0]):
        return _above_an_authority(catalogue, unit, issuer, above, on)
    if kind is UnitKind.AGENCY and _is_of_the_state(issuer) and _is_of_the_party(nearest):
        if not begins(issuer.name, *_OF_THE_AUTHORITY):
            return None
        return _authority(catalogue, nearest, on) or _of(catalogue, nearest, on)
    return _of(catalogue, nearest, on)


def addressee_of(catalogue: Catalogue, unit: Unit, issuer: Issuer, day: date) -> str:
    """To whom the report goes up on that day: the body above, of one that is not known the nearest committee
    of a place; "" where no unit stands above. Of a unit that has ended it is a body that is still there."""
    found = superior_of(catalogue, unit, issuer, day)
    if found is not None:
        return found.name
    above = tuple(units_above_on(unit, catalogue.units, day))
    nearest = next((one for one in above if not _is_within_a_body(one)), next(iter(above), None))
    return _of(catalogue, nearest, day).name if nearest is not None else ""


def _above_an_authority(
    catalogue: Catalogue, unit: Unit, issuer: Issuer, above: Sequence[Unit], on: date
) -> Superior | None:
    """The People's Committee of the level above: that of the nearest other place, or of the place that the
    letterhead of the own place names over it."""
    own = _area(issuer.name)
    for one in above:
        if _area(one.name) not in (None, own):
            return _authority(catalogue, one, on)
    for one in (unit, *above):
        given = catalogue.letterheads.get(one.code)
        if given is not None and _area(given.superior) not in (None, own):
            place = replace(one, name=" ".join(_area(given.superior) or ()))
            return _authority(catalogue, place, on)
    return None


def _authority(catalogue: Catalogue, place: Unit, on: date) -> Superior | None:
    """The People's Committee of the place for which the committee `place` is; None of no place."""
    area = _area(place.name)
    if area is None:
        return None
    name = issuer_of(
        replace(place, name=" ".join(area), kind=UnitKind.AUTHORITY), catalogue.units, on
    ).name
    heads = catalogue.letterheads.items()
    units = catalogue.units
    given = (h for code, h in heads if code in units and issuer_of(units[code], units).name == name)
    return Superior(name=name, given=next(given, None))


def _of(catalogue: Catalogue, unit: Unit, on: date) -> Superior:
    issuer = issuer_of(unit, catalogue.units, on)
    given = catalogue.letterheads.get(unit.code)
    name = name_as_given(issuer.name, given.body) if given else issuer.name
    return Superior(name=name, organisation=issuer.organisation, given=given)


def _area(name: str) -> tuple[str, str] | None:
    """The level and the name of the place, as names of places are compared."""
    found = area_of(one_spelling(name))
    return (found[0], found[1].title()) if found and found[1] else None


def _is_within_a_body(unit: Unit) -> bool:
    """Whether it is the Party organisation of bodies, and not of a place."""
    return unit.kind.like is UnitKind.COMMITTEE and area_of(one_spelling(unit.name)) is None


def _is_of_the_party(unit: Unit) -> bool:
    return unit.kind.like in (UnitKind.COMMITTEE, UnitKind.COMMUNE)


def _is_of_the_state(issuer: Issuer) -> bool:
    return issuer.symbol.startswith("/")
