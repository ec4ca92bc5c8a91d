"""The words for kinds of units and for sectors: English here, Vietnamese in the catalogue of messages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from nqcore.errors import N_, Phrase, Words, in_a_row
from nqcore.model.unit_kinds import UnitKinds
from nqcore.model.units import Sector, UnitKind

KIND_LABELS: Mapping[UnitKind, str] = MappingProxyType(
    {
        UnitKind.COMMITTEE: N_("Party committees"),
        UnitKind.AUTHORITY: N_("Authorities"),
        UnitKind.COMMUNE: N_("Communes, towns"),
        UnitKind.AGENCY: N_("Agencies"),
        UnitKind.ORGANISATION: N_("Mass organisations"),
        UnitKind.STEERING: N_("Steering committees"),
        UnitKind.ENTERPRISE: N_("Enterprises"),
        UnitKind.COOPERATIVE: N_("Co-operatives"),
    }
)
"""What the units of a built-in kind are called (a msgid)."""

SECTOR_LABELS: Mapping[Sector, str] = MappingProxyType(
    {Sector.STATE: N_("of the State"), Sector.NON_STATE: N_("not of the State")}
)
"""What is said of the sector of an enterprise (a msgid)."""


def kind_words(kind: UnitKind, sector: Sector | None, kinds: UnitKinds) -> Words:
    """The kind of units, with their sector where the kind itself does not say it.

    >>> print(kind_words(UnitKind.ENTERPRISE, Sector.STATE, {}))
    Enterprises, of the State
    """
    if not kind.is_built_in:
        return kinds[kind].name if kind in kinds else str(kind)
    found = Phrase(SECTOR_LABELS[sector]) if sector else None
    return in_a_row(Phrase(KIND_LABELS[kind]), found, between=", ")
