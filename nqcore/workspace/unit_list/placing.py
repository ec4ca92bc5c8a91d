"""Units of a list that is added to units that are there: their day, their document, and their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nqcore.errors import N_, InputError
from nqcore.model.units import Unit, UnitTree


class NoUnitsListed(InputError):
    """A list that is added has no unit."""

    code = "no-units-listed"
    template = N_("There is no unit in the list. Paste it or choose its file again.")


def placed(
    units: Iterable[Unit], tree: UnitTree, opened: date | None, basis: str
) -> tuple[Unit, ...]:
    """The units with their first day and the document, in the order of the list behind the units that stand
    under the same unit already."""
    several = tuple(units)
    last = {
        parent: max((one.order for one in tree.children(parent)), default=0)
        for parent in {unit.parent for unit in several if unit.parent in tree}
        if parent is not None
    }
    return tuple(
        replace(
            unit,
            opened=opened,
            basis=basis or unit.basis,
            order=unit.order + last.get(unit.parent or "", 0),
        )
        for unit in several
    )
