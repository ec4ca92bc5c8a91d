"""Who answers for a duty whose holder has ended: nobody, until somebody decides and says so.

A unit that ends takes no duty with it and leaves none to its successor by itself: what a directive or
a form laid on it *by name* waits for a decision. (What a form asks of every commune is no such duty:
the new commune owes it because it is a commune.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nqcore.errors import N_, InputError
from nqcore.model.units import Scope, UnitTree


class Duty(StrEnum):
    """What may be laid on a unit by name."""

    FORM = "form"
    """A form that names the unit."""
    TASK = "task"
    """A task for which the unit is responsible, or in which it cooperates."""
    TARGET = "target"
    """A target that is set for the unit."""
    REPORTS = "reports"
    """The reports that the unit still owed when it ended."""


class Disposal(StrEnum):
    """What was decided."""

    INHERIT = "inherit"
    """Kế thừa: the successor carries on as it stands."""
    REPLACE = "replace"
    """Thay thế: another duty, of the document named as the basis, stands in its place."""
    END = "end"
    """Kết thúc: it ended with the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The decision on one duty of one unit that has ended. `of` is the id of the form, task or
    target ("" for the reports); `successor` is who inherits, None otherwise."""

    unit: str
    duty: Duty
    of: str = ""
    way: Disposal
    successor: str | None = None
    since: date
    basis: str

    @property
    def id(self) -> str:
        """Its own name: a duty of a unit is decided on once."""
        return handover_id(self.unit, self.duty, self.of)


def handover_id(unit: str, duty: Duty, of: str = "") -> str:
    """The id of the decision on that duty."""
    return f"{duty.value}:{of}:{unit}"


class BrokenHandover(InputError):
    """A decision on a duty contradicts itself or the units."""

    code = "broken-handover"
    template = N_("Correct the decision on “{unit}”: {detail}.")

    def __init__(self, *, unit: str, detail: str) -> None:
        super().__init__(unit=unit, detail=detail)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who holds a duty on a day: `unit`, or nobody; `decided` is False while nobody said who, and
    then `unit` is the one that held it last."""

    unit: str | None
    decided: bool = True


def bearer(
    tree: UnitTree,
    handovers: Mapping[str, Handover],
    unit: str,
    duty: Duty,
    of: str,
    on: date,
) -> Bearer:
    """Who holds on that day what was laid on `unit`, through one decision after another."""
    while (closed := tree[unit].closed) is not None and closed <= on:
        decision = handovers.get(handover_id(unit, duty, of))
        if decision is None or decision.since > on:
            return Bearer(unit, decided=False)
        if decision.successor is None:
            return Bearer(None)
        unit = decision.successor
    return Bearer(unit)


def named_units(scope: Scope) -> frozenset[str]:
    """The units that a scope names."""
    return scope.units | ({scope.within} if scope.within else frozenset())


def handed_over(
    scope: Scope,
    tree: UnitTree,
    handovers: Mapping[str, Handover],
    duty: Duty,
    of: str,
    on: date,
) -> Scope | None:
    """`scope` as it holds on that day: whoever inherited stands in the place of a unit that ended.
    None when nobody is left (an empty scope would mean everybody)."""

    def now(code: str) -> str | None:
        return bearer(tree, handovers, code, duty, of, on).unit if code in tree else code

    units = frozenset(found for code in scope.units if (found := now(code)))
    within = scope.within and now(scope.within)
    if (scope.units and not units) or (scope.within and not within):
        return None
    if (units, within) == (scope.units, scope.within):
        return scope
    return Scope(kinds=scope.kinds, sectors=scope.sectors, units=units, within=within)


def check_handovers(tree: UnitTree, handovers: Mapping[str, Handover]) -> None:
    """Refuse decisions on units that go on, and heirs that are not there. Raises BrokenHandover."""
    for each in handovers.values():

        def wrong(detail: str, unit: str = each.unit) -> BrokenHandover:
            return BrokenHandover(unit=unit, detail=detail)

        for code in filter(None, (each.unit, each.successor)):
            if code not in tree:
                raise wrong(f"there is no unit “{code}”")
        closed = tree[each.unit].closed
        if closed is None:
            raise wrong("the unit goes on; only the duties of one that ended are handed over")
        if each.since < closed:
            raise wrong(f"the unit ends on {closed}; give that day or a later one")
        if (each.way is Disposal.INHERIT) != (each.successor is not None):
            raise wrong("name the unit that inherits, and only then")
        if each.successor is not None and not tree[each.successor].exists(each.since):
            raise wrong(f"“{each.successor}” does not exist on {each.since}")
        if bool(each.of) == (each.duty is Duty.REPORTS):
            raise wrong("name the form, task or target, and for reports none")
