"""Who is asked for a part of a form, and when: what a section and a field have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree

LEFT_OUT = "left out"
"""In the metadata of a dataclass's field: a document leaves it out while it has its default, so that forms
that use none of it are stored as ever."""


class Dated(Protocol):
    """A part of a form: asked of the units `asks`, from the period that contains `since`, until the last
    one that ends before `until` (None: without end)."""

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...

    @property
    def asks(self) -> Scope: ...


def is_in_force(part: Dated, on: date) -> bool:
    """Whether the part is asked in the period whose last day is `on`."""
    begun = part.since is None or part.since <= on
    return begun and (part.until is None or on < part.until)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked on one day: the units that each of `scopes` covers, but none of those under the units
    `without`, which leave the question out."""

    scopes: tuple[Scope, ...] = ()
    without: frozenset[str] = frozenset()

    def covers(self, unit: Unit, tree: UnitTree) -> bool:
        """Whether `unit` is asked."""
        return all(scope.covers(unit, tree) for scope in self.scopes) and not any(
            tree.contains(root, unit.code) for root in self.without
        )


def asking_of(*parts: Dated, on: date) -> Asking | None:
    """Who is asked for what lies in all of `parts`, in the period whose last day is `on`; None: no unit."""
    if not all(is_in_force(part, on) for part in parts):
        return None
    return Asking(tuple(part.asks for part in parts if part.asks != EVERY_UNIT))
