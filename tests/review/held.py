"""Which targets a unit has on the last day of a review, whenever their time is."""

from __future__ import annotations

from datetime import date

from tests.review.times import read_span
from tests.review.values import Overlay, Target
from tests.review.worlds import World


def held(world: World, unit: str, end: date) -> list[Target]:
    """The targets that the unit has, whenever their time is."""
    targets = (t for t in world.targets.values() if t.indicator in world.indicators)
    return [target for target in targets if _is_for_unit(world, unit, end, target)]


def overlay_of(world: World, unit: str, end: date, target: Target) -> Overlay | None:
    """Its overlay, if that is in force at the end of the review, or of the target's own time."""
    over, day = target.overlay, min(end, read_span(target.period).end)
    if over is None or over.since > day or over.within not in world.above(unit):
        return None
    return over


def _is_for_unit(world: World, code: str, end: date, target: Target) -> bool:
    """A number that adds up is asked of its scope as a whole; a rate of each unit of it too."""
    unit, above = world.units[code], world.above(code)
    top = unit.code == (target.within or "top")
    covered = (not target.kinds or unit.kind in target.kinds) and (
        target.within is None or target.within in above
    )
    if target.each:
        return covered and (not top or bool(target.kinds))
    if world.indicators[target.indicator].kind == "rate":
        return top or covered
    if target.kinds:  # a number that each of these kinds must reach
        return covered
    over = overlay_of(world, code, end, target)
    own = over is not None and over.within == unit.code
    inside = target.within is None or target.within in above
    return top or (own and inside)
