"""Series breaks (*đứt gãy chuỗi*): days on which the units behind a figure changed, so that figures
before and after are not comparable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from nqcore.collection.obligations import Obligations
from nqcore.model.changes import ChangeEvent
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.projection import project
from nqcore.model.units import UnitTree

if TYPE_CHECKING:
    from nqcore.analysis.rollup.boundaries import Boundaries

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesBreak:
    """From `day` on the figures cover other units; `events` are the changes of units that did it."""

    day: date
    events: tuple[ChangeEvent, ...]


def series_breaks(
    obligations: Obligations,
    boundaries_of: Callable[[date], Boundaries],
    unit: str,
    start: date,
    end: date,
    boundaries: date | None,
) -> Iterator[SeriesBreak]:
    """The breaks of the figures of `unit` from `start` to `end`, in order of time.

    As reported, a day is a break when a unit, or its value, came in from outside `unit` or went out.
    Within the boundaries of a day it is one when the figures on one side of it are exact and on the
    other side are estimated from shares or lack a part. A unit that begins or ends has figures on one
    side only: that is no break.
    """
    days: dict[date, list[ChangeEvent]] = {}
    for event in obligations.catalogue.changes.values():
        if start < event.date <= end:
            days.setdefault(event.date, []).append(event)
    for day, events in sorted(days.items()):
        inside = _crossing(obligations, unit, day)
        if boundaries is not None:
            on_day = boundaries_of(boundaries)
            broken = _exact(on_day, unit, day - _DAY) is not _exact(on_day, unit, day)
        else:
            broken = bool(inside)
        if broken:
            concerned = [e for e in events if inside.intersection(e.touched)] or events
            yield SeriesBreak(day=day, events=tuple(sorted(concerned, key=lambda e: e.id)))


def _crossing(obligations: Obligations, unit: str, day: date) -> set[str]:
    """The units that `day` brings into `unit` or takes out of it, or whose value it does, and the
    units to which that value goes."""
    before, after = obligations.tree(day - _DAY), obligations.tree(day)
    if unit not in before or unit not in after:
        return set()
    was, now = _members(before, unit), _members(after, unit)
    catalogue = obligations.catalogue
    projection = project(catalogue.units, catalogue.changes.values(), day - _DAY, day)
    found: set[str] = set()
    for code in before:
        for part in projection.route(code):
            if part.above:
                continue  # it ended and no unit took over: the figures of the others are as before
            stays = part.among <= now if code in was else not part.among & now
            if not stays:
                found |= {code, *part.among}
    return found


def _members(tree: UnitTree, unit: str) -> frozenset[str]:
    return frozenset(one.code for one in tree.subtree(unit))


def _exact(on_day: Boundaries, unit: str, day: date) -> bool:
    within = on_day.to_unit(unit, Period(code="", kind=PeriodKind.SPAN, start=day, end=day))
    return not within.apart.any() and all(share == 1 for share in within.share.values())
