"""Letterheads: in whose name the review of a unit goes out, and who signs it.

The letterhead that the office or a plugin gives for a unit holds for this unit only. Every other unit has one
made of its own name and kind and of the body above it (`superiors`), both as they are on the day of the
document, so that no review goes out in the name of another body or to one that has ended. What cannot be
known (a signer, the number) stays open, and the office gives its own where it wants other words.
"""

from __future__ import annotations

from datetime import date, timedelta

from nqcore.analysis.report.issuers import Issuer, issuer_of, units_above_on
from nqcore.analysis.report.superiors import Superior, addressee_of, superior_of
from nqcore.analysis.report.unit_names import name_as_given
from nqcore.catalogue import Catalogue
from nqcore.model.reports import Letterhead
from nqcore.model.units import Unit


def letterhead_of(catalogue: Catalogue, unit: Unit, day: date = date.max) -> Letterhead:
    """The letterhead of the reviews of `unit` in a document of that day (default: as the units stand last):
    the one given for it, else one made of its own name."""
    given = catalogue.letterheads.get(unit.code)
    return _made(catalogue, unit, day) if given is None else given


def issuer_name(catalogue: Catalogue, unit: Unit, day: date = date.max) -> str:
    """The body that issues the reviews of `unit`, as it is written within a sentence: "Huyện ủy Tân Hòa"."""
    made = _issuer(catalogue, unit, day).name
    given = catalogue.letterheads.get(unit.code)
    return made if given is None else name_as_given(made, given.body)


def _issuer(catalogue: Catalogue, unit: Unit, day: date) -> Issuer:
    """Who speaks for the unit on that day; for one that has ended who did at its end."""
    on = _day_of(unit, day)
    here = catalogue.units.state(unit.code, on) if unit.code in catalogue.units else unit
    return issuer_of(here, catalogue.units, on)


def _day_of(unit: Unit, day: date) -> date:
    """The day, or of the days on which the unit was there the nearest to it."""
    if unit.closed is not None and unit.closed <= day:
        return unit.closed - timedelta(days=1)
    return max(day, unit.opened or day)


def _made(catalogue: Catalogue, unit: Unit, day: date) -> Letterhead:
    issuer, on = _issuer(catalogue, unit, day), _day_of(unit, day)
    above = tuple(units_above_on(unit, catalogue.units, on))
    places = (_place(catalogue, each, on) for each in (unit, *above))
    superior = superior_of(catalogue, unit, issuer, on)
    to = addressee_of(catalogue, unit, issuer, day) or "Cấp trên"
    return Letterhead(
        unit=unit.code,
        superior=_over(issuer, superior) if superior else "",
        body=issuer.name.upper(),
        place=next(filter(None, places), unit.name),
        symbol=issuer.symbol,
        authority=issuer.authority,
        post=issuer.post,
        recipients=(f"{to} (để báo cáo)", issuer.filed),
    )


def _over(issuer: Issuer, superior: Superior) -> str:
    """The line over the issuing body. A committee stands in the Party organisation of the level above
    (ĐẢNG BỘ HUYỆN TÂN HÒA), a body that serves a committee under that committee."""
    if not issuer.subordinate:
        return ""
    if issuer.organisation and superior.organisation:
        return superior.organisation.upper()
    return superior.given.body if superior.given else superior.name.upper()


def _place(catalogue: Catalogue, unit: Unit, on: date) -> str:
    given = catalogue.letterheads.get(unit.code)
    return given.place if given else issuer_of(unit, catalogue.units, on).place
