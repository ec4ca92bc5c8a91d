"""Figures: a value that cannot be taken apart from how it came to be.

A total without its coverage does not exist in nqcore: whoever prints the value has how many units
were due, how many are in it and which are missing in his hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nqcore.errors import BoundariesError
from nqcore.formulas import Reason
from nqcore.model.units import EVERY_UNIT, Scope

REPORTED = "reported"
"""The boundaries under which every report counts where its unit stood then."""


def read_boundaries(text: str | date) -> date | None:
    """The day of "2025-07-01"; None for "reported". Raises BoundariesError."""
    if isinstance(text, date):
        return text
    if text == REPORTED:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BoundariesError(text=text) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRef:
    """One (unit, period) that a figure is due to contain."""

    unit: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a figure is made of, counted in reports: (unit, period) pairs.

    `due` were owed; `reported` of them are in the figure; `missing` lists the others; for
    `not_applicable` the form does not ask. `carried` are in the figure with a value older than the
    last period asked for (stocks only). reported + len(missing) = due.

    Within the boundaries of another date: `estimated` are in the figure with a declared share of
    their value (*ước tính*); of those `apart` a part may belong here but stays with a unit further
    up, since nobody declared a share; `kept` stand here and at no unit below, for the same reason.
    """

    due: int
    reported: int
    missing: tuple[ReportRef, ...] = ()
    not_applicable: int = 0
    carried: tuple[ReportRef, ...] = ()
    estimated: tuple[ReportRef, ...] = ()
    apart: tuple[ReportRef, ...] = ()
    kept: tuple[ReportRef, ...] = ()

    def __post_init__(self) -> None:
        if self.reported + len(self.missing) != self.due:
            raise ValueError("coverage does not add up")

    @property
    def complete(self) -> bool:
        """Whether every report that was due is in the figure, and none is carried over."""
        return not self.missing and not self.carried

    @property
    def exact(self) -> bool:
        """Whether nothing of it rests on a share or stands elsewhere for want of one."""
        return not self.estimated and not self.apart

    @property
    def missing_units(self) -> tuple[str, ...]:
        """The units that miss at least one report, each once, in order."""
        return tuple(dict.fromkeys(part.unit for part in self.missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The value of `indicator` for `unit` (with all under it) in `period`.

    `value` is exact in the indicator's measure, rounded half-up once to `decimals`; None when there
    is no value, and then `reason` says why (nothing reported, division by zero, not applicable).
    `boundaries` is "reported" or the ISO date within whose boundaries the units are. `own` says that
    only the unit's own report counts, not what stands under it; `scope` narrows the units. `version` is
    the first day of the definition that was used: the one in force at the end of the period.
    """

    indicator: str
    unit: str
    period: str
    value: Decimal | None
    decimals: int
    measure: str
    coverage: Coverage
    reason: Reason | None = None
    boundaries: str = "reported"
    own: bool = False
    scope: Scope = EVERY_UNIT
    version: date | None = None

    @property
    def id(self) -> str:
        """The figure's address: what `nq explain --figure` takes."""
        scope = "own" if self.own else self.scope.text
        return f"{self.indicator}|{self.period}|{self.unit}|{scope}|{self.boundaries}"
