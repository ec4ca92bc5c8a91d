"""Handovers: decisions about the duties of a unit that has ended.

The duties that a directive or a form gives to a unit *by name* do not pass to its successor
automatically. Until there is a decision, no unit is responsible for them. (If a form is owed by every
commune, no decision is needed: the new commune owes it because it is a commune.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nqcore.errors import N_, InputError, Phrase
from nqcore.model.units import Scope, UnitTree


class Duty(StrEnum):
    """The kinds of duties that a unit can have by name."""

    FORM = "form"
    """A form that names the unit."""
    TASK = "task"
    """A task for which the unit is responsible, or in which it cooperates."""
    TARGET = "target"
    """A target set for the unit."""
    REPORTS = "reports"
    """The reports that the unit still owed when it ended."""


class Disposal(StrEnum):
    """The decision."""

    INHERIT = "inherit"
    """Kế thừa: the successor takes the duty over unchanged."""
    REPLACE = "replace"
    """Thay thế: another duty, from the document named as the basis, replaces it."""
    END = "end"
    """Kết thúc: the duty ended with the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The decision on one duty of one unit that has ended. `of` is the id of the form, task or target
    ("" for the reports); `successor` is the unit that takes the duty over (only for `INHERIT`)."""

    unit: str
    duty: Duty
    of: str = ""
    disposal: Disposal
    successor: str | None = None
    since: date
    basis: str

    @property
    def id(self) -> str:
        """The id of the decision: there is one for each duty of a unit."""
        return handover_id(self.unit, self.duty, self.of)


def handover_id(unit: str, duty: Duty, of: str = "") -> str:
    """The id of the decision on that duty."""
    return f"{duty.value}:{of}:{unit}"


class BrokenHandover(InputError):
    """A decision on a duty contradicts itself or the units."""

    code = "broken-handover"
    template = N_("Correct the decision on “{unit}”: {detail}.")

    def __init__(self, *, unit: str, detail: Phrase) -> None:
        super().__init__(unit=unit, detail=detail)


@dataclass(frozen=True, slots=True)
class Bearer:
    """The unit that has a duty on a day (None: no unit). `decided` is False while there is no
    decision; then `unit` is the last one that had it."""

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
    """The unit that has the duty of `unit` on that day, after all decisions until then."""
    while (closed := tree[unit].closed) is not None and closed <= on:
        decision = handovers.get(handover_id(unit, duty, of))
        if decision is None or decision.since > on:
            return Bearer(unit, decided=False)
        if decision.successor is None:
            return Bearer(None)
        unit = decision.successor
    return Bearer(unit)


def named_units(scope: Scope) -> frozenset[str]:
    """The codes of the units that a scope names."""
    return scope.units | ({scope.within} if scope.within else frozenset())


def handed_over(
    scope: Scope,
    tree: UnitTree,
    handovers: Mapping[str, Handover],
    duty: Duty,
    of: str,
    on: date,
) -> Scope | None:
    """`scope` on that day: a unit that ended is replaced by the unit that took its duty over. None when
    no unit is left (an empty scope would mean every unit)."""

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
    """Raise BrokenHandover for a decision on a unit that still exists, for a successor that does not
    exist on that day, and for other contradictions."""
    for each in handovers.values():

        def wrong(detail: Phrase, unit: str = each.unit) -> BrokenHandover:
            return BrokenHandover(unit=unit, detail=detail)

        for code in filter(None, (each.unit, each.successor)):
            if code not in tree:
                raise wrong(Phrase(N_("there is no unit “{unit}”"), {"unit": code}))
        closed = tree[each.unit].closed
        if closed is None:
            raise wrong(
                Phrase(N_("the unit goes on; only the duties of one that ended are handed over"))
            )
        if each.since < closed:
            raise wrong(
                Phrase(N_("the unit ends on {day}; give that day or a later one"), {"day": closed})
            )
        if (each.disposal is Disposal.INHERIT) != (each.successor is not None):
            raise wrong(Phrase(N_("name the unit that inherits, and only then")))
        if each.successor is not None and not tree[each.successor].exists(each.since):
            raise wrong(
                Phrase(
                    N_("“{unit}” does not exist on {day}"),
                    {"unit": each.successor, "day": each.since},
                )
            )
        if bool(each.of) == (each.duty is Duty.REPORTS):
            raise wrong(Phrase(N_("name the form, task or target, and for reports none")))
