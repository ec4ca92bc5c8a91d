"""Which body issued a document that a unit entered: what its number says, read in the place of the unit.

The office of a committee enters the committee's programme, a commune the plan of its Party committee or of
its People's Committee. The symbol after the number says which of the bodies it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.analysis.report.issuers import issuer_of, units_above, units_above_on
from nqcore.analysis.report.unit_names import area_of, begins, one_spelling
from nqcore.model.units import Unit, UnitTree
from nqcore.text.citations import find_citations
from nqcore.text.citations.document_types import TYPE_WORDS

_OF_PLACES = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
"""Bodies that every place has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNumber:
    """What the number of a document says. `key`: the same for the same number, however it was typed; `type`
    and `issuer` are symbols ("" where it has none)."""

    key: tuple[str, ...]
    type: str = ""
    issuer: str = ""

    @property
    def type_name(self) -> str:
        """ "Kế hoạch" for KH; "Văn bản" for a type that is not known."""
        names = (word for word, symbols in TYPE_WORDS.items() if symbols[0] == self.type)
        return next(names, "văn bản").capitalize()


def read_number(text: str) -> ReadNumber:
    """What the number says, as the reader of citations finds it.

    >>> read_number("số 05 - KH/ĐU").issuer, read_number("5-KH/ĐU").key == read_number("05-KH/ĐU").key
    ('ĐU', True)
    """
    found = find_citations(text)
    if len(found) != 1 or not found[0].number:
        return ReadNumber(key=("".join(text.split()).casefold(),))
    one = found[0]
    parts = (one.number.lstrip("0") if one.number else "", one.year, one.type, one.issuer)
    return ReadNumber(
        key=tuple((part or "").casefold() for part in parts),
        type=one.type or "",
        issuer=one.issuer or "",
    )


def issuing_body(number: ReadNumber, unit: Unit, units: UnitTree, on: date | None) -> str:
    """The name of the body: of `unit` and those above it the nearest that has this symbol, as they were on
    the day `on`; "" where none has it."""
    symbol = number.issuer.partition("-")[0].casefold()
    if not symbol:
        return ""
    for one in _as_on(unit, units, on):
        found = issuer_of(one, units, on)
        own = _symbol(found.symbol).casefold()
        # A division leaves its first word out: 118/KH-LĐTBXH is of Phòng Lao động - Thương binh và Xã hội.
        if symbol in (own, own.removeprefix("p") if begins(one.name, "Phòng") else own):
            return found.name
        area = area_of(one_spelling(one.name))
        if area and (body := _OF_PLACES.get(symbol.upper())):
            return f"{body} {' '.join(area)}".rstrip()
    return ""


def _as_on(unit: Unit, units: UnitTree, on: date | None) -> Iterator[Unit]:
    if on is None:
        yield from (unit, *units_above(unit, units))
        return
    yield units.state(unit.code, on)
    there = unit.exists(
        on
    )  # a date that is typed wrong is answered as if the units were those of now
    yield from units_above_on(unit, units, on) if there else units_above(unit, units)


def _symbol(of_report: str) -> str:
    """ "HU" of "-BC/HU", "UBND" of "/BC-UBND"."""
    return of_report.lstrip("-/").removeprefix("BC").lstrip("-/")
