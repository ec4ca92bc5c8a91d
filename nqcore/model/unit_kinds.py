"""Kinds of units as definitions: their names, and the built-in kind that each is like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nqcore.model.changes import ChangeEvent
from nqcore.model.units import Sector, Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKindDefinition:
    """What is known of a kind of units: `name` of one such body ("Trường học") and `plural` of several
    ("Các trường học"; "": as `name`). `like` is the built-in kind whose behaviour it has, `sector` that of
    each of its units that has none of its own. `also` are other words by which lists of units call it.
    """

    code: str
    name: str
    like: UnitKind
    sector: Sector | None = None
    plural: str = ""
    also: tuple[str, ...] = ()

    @property
    def kind(self) -> UnitKind:
        """The kind itself."""
        return UnitKind(self.code, self.like)


UnitKinds = Mapping[str, UnitKindDefinition]
"""The definitions of kinds by their codes."""


def with_kind(unit: Unit, kinds: UnitKinds) -> Unit:
    """The unit with its kind as `kinds` define it, and with the sector of that kind if it has none."""
    found = kinds.get(unit.kind)
    if unit.kind.is_built_in or found is None:
        return unit
    return replace(unit, kind=found.kind, sector=unit.sector or found.sector)


def event_with_kind(event: ChangeEvent, kinds: UnitKinds) -> ChangeEvent:
    """The same for a change that gives a unit another kind."""
    found = kinds.get(event.unit_kind or "")
    if event.unit_kind is None or event.unit_kind.is_built_in or found is None:
        return event
    return replace(event, unit_kind=found.kind, sector=event.sector or found.sector)
