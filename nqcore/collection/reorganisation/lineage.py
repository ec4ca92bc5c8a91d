"""Where a unit came from and where it went, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from nqcore.catalogue import Catalogue
from nqcore.model.changes import TRANSFERRING, ChangeEvent
from nqcore.model.units import Unit, UnitTree
from nqcore.text.folding import fold

Data = dict[str, Any]


def find_units(tree: UnitTree, text: str) -> tuple[Unit, ...]:
    """The units that have or had a name with the words of `text`, or whose code or other identifier is
    `text`; in the order of the tree. Accents and case make no difference."""
    wanted = fold(text)
    return tuple(
        unit
        for unit in tree.values()
        if wanted == fold(unit.code)
        or any(wanted == fold(value) for _, value in unit.ids)
        or any(f" {wanted} " in f" {fold(state.name)} " for state in tree.states(unit.code))
    )


def lineage_data(catalogue: Catalogue, tree: UnitTree, units: Iterable[Unit]) -> list[Data]:
    """For each of `units`: its names and place, the units it came from (`came_from`) and went to
    (`went_to`) and its other changes (`changed`). The keys are those of `nq units find --json`."""
    touching: dict[str, list[ChangeEvent]] = {}
    for event in sorted(catalogue.changes.values(), key=lambda e: (e.date, e.id)):
        for code in event.touched:
            touching.setdefault(code, []).append(event)
    return [_lineage(catalogue, tree, unit, touching) for unit in units]


def _lineage(
    catalogue: Catalogue, tree: UnitTree, unit: Unit, touching: dict[str, list[ChangeEvent]]
) -> Data:
    # Its place on its last day. Afterwards the tree has it under its successor.
    last = tree if unit.closed is None else tree.at(unit.closed - timedelta(days=1))
    above = last.ancestors(unit.code)
    events = touching.get(unit.code, [])
    given = [(e, t) for e in events for t in e.transfers if t.source == unit.code]
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind.value,
        "ids": dict(unit.ids),
        "under": [{"code": u.code, "name": u.name} for u in above],
        "opened": unit.opened.isoformat() if unit.opened else None,
        "closed": unit.closed.isoformat() if unit.closed else None,
        "came_from": [
            _transfer(tree, e, t.source, t.share, whole=_whole(t.source, e, touching))
            for e in events
            for t in e.transfers
            if t.target == unit.code and t.source != unit.code
        ],
        "went_to": [
            _transfer(tree, e, t.target, t.share, whole=_whole(unit.code, e, touching))
            for e, t in given
        ],
        "changed": [
            {
                "change": e.id,
                "date": e.date.isoformat(),
                "kind": e.kind.value,
                "basis": e.basis,
                "name": e.name,
                "parent": e.parent,
            }
            for e in events
            if e.kind not in TRANSFERRING
        ],
        "plugin": catalogue.owner("unit", unit.code),
    }


def _whole(source: str, event: ChangeEvent, touching: dict[str, list[ChangeEvent]]) -> bool:
    """Whether the whole of `source` went to one unit on the day of the event."""
    to = {
        t.target
        for e in touching[source]
        if e.date == event.date
        for t in e.transfers
        if t.source == source
    }
    return len(to) == 1 and event.kind.value != "transfer"


def _transfer(
    tree: UnitTree, event: ChangeEvent, other: str, share: object, *, whole: bool
) -> Data:
    return {
        "change": event.id,
        "date": event.date.isoformat(),
        "kind": event.kind.value,
        "basis": event.basis,
        "unit": other,
        "name": tree.state(other, event.date).name,
        "whole": whole,
        "share": str(share) if share is not None else None,
    }
