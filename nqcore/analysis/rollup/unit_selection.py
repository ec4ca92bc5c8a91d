"""Which units a total is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nqcore.model.units import EVERY_UNIT, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSelection:
    """`unit` and all under it (`own`: it alone) that `scope` covers; within the `boundaries` of a
    day, or (None) as reported: each report counts where its unit was in the tree then."""

    unit: str
    own: bool = False
    scope: Scope = EVERY_UNIT
    boundaries: date | None = None
