"""Units, changes of units and handovers as documents of the store, and back.

The keys of these documents are part of the data format (store/FORMAT.md): a key may be added, but no key
is ever renamed or removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from nqcore.collection.submissions.codec import Doc, read_day
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.units import Sector, Unit, UnitKind


def unit_to_doc(unit: Unit) -> Doc:
    """A unit that the office entered. The key "ids" is left out where the unit has no identifiers of
    other systems."""
    doc: Doc = {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "parent": unit.parent,
        "sector": unit.sector.value if unit.sector else None,
        "opened": unit.opened.isoformat() if unit.opened else None,
        "closed": unit.closed.isoformat() if unit.closed else None,
        "basis": unit.basis,
        "order": unit.order,
    }
    return doc | ({"ids": [list(pair) for pair in unit.ids]} if unit.ids else {})


def unit_from_doc(doc: Mapping[str, Any]) -> Unit:
    """The inverse of `unit_to_doc`."""
    return Unit(
        code=doc["code"],
        name=doc["name"],
        kind=UnitKind(doc["kind"]),
        parent=doc["parent"],
        sector=Sector(doc["sector"]) if doc["sector"] else None,
        opened=read_day(doc["opened"]),
        closed=read_day(doc["closed"]),
        basis=doc["basis"],
        order=doc["order"],
        ids=tuple((scheme, identifier) for scheme, identifier in doc.get("ids", ())),
    )


def change_to_doc(event: ChangeEvent) -> Doc:
    """A change of units that the office entered; empty values are left out. A share is written as
    "3/5", or null if none was declared."""
    doc: Doc = {"date": event.date.isoformat(), "kind": event.kind.value, "basis": event.basis}
    optional: Doc = {
        "transfers": [
            {
                "source": t.source,
                "target": t.target,
                "share": None if t.share is None else str(t.share),
                "basis": t.basis,
            }
            for t in event.transfers
        ],
        "unit": event.unit,
        "name": event.name,
        "parent": event.parent,
        "unit_kind": event.unit_kind.value if event.unit_kind else None,
        "sector": event.sector.value if event.sector else None,
    }
    doc.update({key: value for key, value in optional.items() if value})
    return doc


def change_from_doc(id: str, doc: Mapping[str, Any]) -> ChangeEvent:
    """The inverse of `change_to_doc`; `id` is the id of the document."""
    return ChangeEvent(
        id=id,
        date=date.fromisoformat(doc["date"]),
        kind=ChangeKind(doc["kind"]),
        basis=doc["basis"],
        transfers=tuple(
            Transfer(
                source=t["source"],
                target=t["target"],
                share=None if t["share"] is None else Fraction(t["share"]),
                basis=t["basis"],
            )
            for t in doc.get("transfers", ())
        ),
        unit=doc.get("unit"),
        name=doc.get("name"),
        parent=doc.get("parent"),
        unit_kind=UnitKind(doc["unit_kind"]) if "unit_kind" in doc else None,
        sector=Sector(doc["sector"]) if "sector" in doc else None,
    )


def handover_to_doc(handover: Handover) -> Doc:
    """A decision on one duty of a unit that has ended."""
    return {
        "unit": handover.unit,
        "duty": handover.duty.value,
        "of": handover.of,
        "way": handover.disposal.value,
        "successor": handover.successor,
        "since": handover.since.isoformat(),
        "basis": handover.basis,
    }


def handover_from_doc(doc: Mapping[str, Any]) -> Handover:
    """The inverse of `handover_to_doc`."""
    return Handover(
        unit=doc["unit"],
        duty=Duty(doc["duty"]),
        of=doc["of"],
        disposal=Disposal(doc["way"]),
        successor=doc["successor"],
        since=date.fromisoformat(doc["since"]),
        basis=doc["basis"],
    )
