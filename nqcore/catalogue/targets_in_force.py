"""Which targets hold for a unit: the only place that knows heirs, overlays and how far a target passes down.

    targets_in_force(catalogue, "res20.C3.3", "huyen", date(2018, 10, 5))

A number that adds up (2.500 members) is the target of its scope as a whole: of the unit `within`, or of the
unit at the top of the tree. A scope of kinds or sectors, or of units by name, gives it to each of these
units. A rate or an average is asked of the whole and of every unit of the scope. `each` says it otherwise:
``true`` asks every unit of the scope, ``false`` only the scope as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nqcore.catalogue.additivity import adds_over_units
from nqcore.catalogue.catalogue import Catalogue
from nqcore.errors import UnknownName
from nqcore.model.overlays import Overlay
from nqcore.model.periods import read_period
from nqcore.model.targets import Target
from nqcore.model.units import EVERY_UNIT, Scope, Unit


def targets_in_force(
    catalogue: Catalogue, indicator: str, unit: str, on: date
) -> tuple[Target, ...]:
    """The targets of all directives for the indicator (its code) that `unit` has on that day, as they hold
    for it, in the order of the catalogue. Their periods may be over or still to come. Raises UnknownName."""
    catalogue.indicator(indicator)
    found = (
        target_in_force(catalogue, target, unit, on)
        for target in catalogue.targets.values()
        if _code(catalogue, target) == indicator
    )
    return tuple(target for target in found if target is not None)


def target_in_force(catalogue: Catalogue, target: Target, unit: str, on: date) -> Target | None:
    """`target` as it holds for `unit` on that day: with its heirs, and the value and the basis of the
    overlays. After its period it stays as it was on the last day of it: what is decided later does not
    change what was asked. A path that is declared leads to the value declared with it: an overlay with
    another value has a path of its own, or a straight one. None where it has ended, or is not one for the
    unit. Raises UnknownName."""
    day = _day_of(target, on)
    standing = catalogue.target_at(target, day)
    if standing is None:
        return None
    changed, overlays = catalogue.overlaid("target", target.id, standing, unit, day)
    if not _is_for(catalogue, standing, catalogue.units[unit], overlays):
        return None
    if changed.value != standing.value and changed.path == standing.path:
        changed = replace(changed, path=())  # it led to another value
    return replace(changed, basis=overlays[-1].basis) if overlays else changed


def target_as_set(catalogue: Catalogue, target: Target, on: date) -> Target | None:
    """`target` as it holds on that day for the first unit that has it, for a list of what a directive wants.
    None where it has ended."""
    standing = catalogue.target_at(target, _day_of(target, on))
    if standing is None:
        return None
    for unit in _candidates(catalogue, standing.scope):
        if (found := target_in_force(catalogue, target, unit, on)) is not None:
            return found
    return standing


def _day_of(target: Target, on: date) -> date:
    try:
        return min(on, read_period(target.period).end)
    except UnknownName:
        return on  # a period that only a plugin's calendar knows


def figure_scope(catalogue: Catalogue, target: Target, unit: Unit) -> Scope:
    """The units whose reports make up the figure of `unit` that is held against its target: only those of
    the scope where the target is for the whole of a scope of kinds or sectors; else all units under it."""
    scope = target.scope
    if scope.units or not _is_top(scope, unit) or _asks_each(catalogue, target) is True:
        return EVERY_UNIT
    return Scope(kinds=scope.kinds, sectors=scope.sectors)


def _candidates(catalogue: Catalogue, scope: Scope) -> tuple[str, ...]:
    """The units of the whole, and then all others in the order of the tree."""
    tree = catalogue.units
    tops = [code for code, unit in tree.items() if _is_top(scope, unit)]
    return tuple(dict.fromkeys((*tops, *tree)))


def _code(catalogue: Catalogue, target: Target) -> str:
    """The code of the target's indicator, which it may name by its label; "" if it is not known."""
    try:
        return catalogue.indicator(target.indicator).code
    except UnknownName:
        return ""


def _asks_each(catalogue: Catalogue, target: Target) -> bool | None:
    """Whether the target is one for every unit of its scope (True), for the scope as a whole (False), or for
    both (None: a rate or an average)."""
    if target.each is not None:
        return target.each
    code = _code(catalogue, target)
    if not code or not adds_over_units(catalogue, catalogue.indicators[code]):
        return None
    return bool(target.scope.kinds or target.scope.sectors)


def _is_for(
    catalogue: Catalogue, target: Target, unit: Unit, overlays: tuple[Overlay, ...]
) -> bool:
    scope, top = target.scope, _is_top(target.scope, unit)
    covered = scope.covers(unit, catalogue.units)
    each = _asks_each(catalogue, target)
    if each is None:
        return top or covered
    if each:
        # The top of a scope is the whole of its units, not one of them; unless it is named, or of a kind.
        return covered and bool(not top or scope.units or scope.kinds or scope.sectors)
    # An overlay gives its unit a number of its own: the part of the whole that it must reach.
    own = any(overlay.within == unit.code for overlay in overlays)
    inside = scope.within is None or catalogue.units.contains(scope.within, unit.code)
    return top or (own and inside)


def _is_top(scope: Scope, unit: Unit) -> bool:
    """Whether `unit` stands for the scope as a whole."""
    if scope.units:
        return unit.code in scope.units
    return unit.code == scope.within if scope.within else unit.parent is None
