"""Which unit of another date the values of a period belong to, over the places of an axis.

`model.projection` gives the exact routes. Here they are turned into arrays, once for each tree: a
value that goes to one unit as a whole is array work, and only divided values need fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from nqcore.analysis.rollup.axis import Axis
from nqcore.analysis.rollup.cube import Places
from nqcore.analysis.rollup.exact_integers import Mask
from nqcore.collection.obligations import Obligations
from nqcore.errors import N_, UnknownName, Words
from nqcore.model.periods import Period
from nqcore.model.projection import Projection, Unprojectable, project

_MOST_UNITS = 1_000
"""Units come from addresses in which a user may type anything: so many of them are kept."""
NOWHERE = -1
"""The place of a value that belongs under no unit of the other date."""


class AllocationPart(NamedTuple):
    """A `share` of the value of the unit at place `source`, put at place `target`. `candidates`: the
    part belongs to one of these places and it is not known to which (empty where it is known)."""

    source: int
    target: int
    share: Fraction
    candidates: frozenset[int]


class Allocation:
    """The routes of the values of one tree: whole values from `source` to `target` (two arrays of places,
    `target` ascending), and divided values as `parts` by their source."""

    def __init__(self, projection: Projection, axis: Axis) -> None:
        self._projection, self._axis = projection, axis
        whole: list[tuple[int, int]] = []
        self.parts: dict[int, tuple[AllocationPart, ...]] = {}
        place = axis.place
        for code in projection.start:
            source, parts = place[code], []
            for part, share in projection.route(code).items():
                at = projection.unit_for(part.among)
                target = NOWHERE if at is None else place[at]
                undecided = part.above or len(part.among) > 1
                if share == 1 and not undecided:
                    whole.append((target, source))
                else:
                    candidates = frozenset(place[c] for c in part.among if c) if undecided else None
                    parts.append(AllocationPart(source, target, share, candidates or frozenset()))
            if parts:
                self.parts[source] = tuple(parts)
        pairs = np.array(sorted(whole), np.intp).reshape(-1, 2)
        self.target: Places = pairs[:, 0].copy()
        self.source: Places = pairs[:, 1].copy()

    def all_parts(self) -> Iterator[AllocationPart]:
        """Every part that has a target; a whole value is one part with the share 1."""
        for target, source in zip(self.target.tolist(), self.source.tolist(), strict=True):
            yield AllocationPart(source, target, Fraction(1), frozenset())
        for parts in self.parts.values():
            yield from (part for part in parts if part.target != NOWHERE)

    @cached_property
    def predecessor(self) -> Places:
        """By place of a unit of the other date: the place of the one unit that became it as a whole, else
        NOWHERE."""
        found = np.full(len(self._axis), NOWHERE, np.intp)
        for code, value in self._predecessors.items():
            if isinstance(value, Fraction):
                found[self._axis.place[code]] = int(value)
        return found

    @cached_property
    def not_projectable(self) -> Mapping[int, Unprojectable]:
        """The places of units of the other date that did not come from one whole unit, with the
        reason."""
        return MappingProxyType(
            {
                self._axis.place[code]: value
                for code, value in self._predecessors.items()
                if isinstance(value, Unprojectable)
            }
        )

    @cached_property
    def _predecessors(self) -> Mapping[str, Fraction | Unprojectable]:
        return self._projection.one_to_one({c: self._axis.place[c] for c in self._projection.start})


@dataclass(frozen=True, slots=True, eq=False)
class UnitAllocation:
    """How much of each unit's value is in the total of one unit of the other date. All masks are over
    the axis.

    `targets`: the unit and those under it. `whole`: units whose value is in the total as a whole.
    `share`: by place, the share (above 0) of a divided value. `apart`: units of whose value a part
    may belong here, but is counted at a unit further up. `kept`: units of whose value a part is
    counted at the unit itself and at no unit under it.
    """

    allocation: Allocation
    targets: Mask
    whole: Mask
    share: Mapping[int, Fraction]
    apart: Mask
    kept: Mask

    @property
    def contributing(self) -> Mask:
        """The units whose value, or a part of it, is in the total."""
        found: Mask = self.whole.copy()
        found[list(self.share)] = True
        return found


class Boundaries:
    """The units of the day `on`, and what of the values of any period belongs to each of them."""

    def __init__(self, obligations: Obligations, axis: Axis, on: date) -> None:
        self.on = on
        self._obligations, self._axis = obligations, axis
        self._tree = obligations.tree(on)
        self._allocations: dict[int, Allocation] = {}
        self._to_units: dict[tuple[str, bool, int], UnitAllocation] = {}

    def name(self, unit: str) -> str:
        """The name of the unit, which may not exist on that day."""
        return self._obligations.catalogue.units[unit].name

    def allocation(self, period: Period) -> Allocation:
        """The routes from the units of the last day of `period`."""
        epoch = self._obligations.tree_version(period.end)
        if epoch not in self._allocations:
            catalogue = self._obligations.catalogue
            found = project(catalogue.units, catalogue.changes.values(), period.end, self.on)
            self._allocations[epoch] = Allocation(found, self._axis)
        return self._allocations[epoch]

    def to_unit(self, unit: str, period: Period, *, own: bool = False) -> UnitAllocation:
        """What of the values of `period` is in the total of `unit` (`own`: of `unit` alone, without
        the units under it). Raises UnknownName when `unit` does not exist on the day `on`."""
        key = (unit, own, self._obligations.tree_version(period.end))
        if key not in self._to_units:
            if len(self._to_units) >= _MOST_UNITS:
                self._to_units.clear()
            self._to_units[key] = self._allocate(unit, self.allocation(period), own)
        return self._to_units[key]

    def reporting(self, unit: str, period: Period) -> frozenset[str]:
        """The codes of the units of `period` whose figures, or a part of them, are in those of `unit`."""
        places = self.to_unit(unit, period).contributing.nonzero()[0]
        return frozenset(self._axis.codes[place] for place in places.tolist())

    def members(self, unit: str, *, own: bool = False) -> Mask:
        """`unit` and all under it on that day, as a mask over the axis. Raises UnknownName."""
        if unit not in self._tree:
            raise UnknownName(
                kind="unit",
                name=unit,
                hint=Words(
                    N_("It does not exist on {day}. Choose boundaries of a day on which it does."),
                    {"day": self.on},
                ),
            )
        below = (unit,) if own else tuple(one.code for one in self._tree.subtree(unit))
        mask = np.zeros(len(self._axis), np.bool_)
        mask[[self._axis.place[code] for code in below]] = True
        return mask

    def _allocate(self, unit: str, allocation: Allocation, own: bool) -> UnitAllocation:
        targets, root = self.members(unit, own=own), self._axis.place[unit]
        whole, apart, kept = (np.zeros(len(self._axis), np.bool_) for _ in range(3))
        whole[allocation.source] = targets[allocation.target]
        share: dict[int, Fraction] = {}
        for source, parts in allocation.parts.items():
            for part in parts:
                if part.target != NOWHERE and targets[part.target]:
                    share[source] = share.get(source, Fraction(0)) + part.share
                    kept[source] |= bool(part.candidates) and part.target == root
                elif any(targets[place] for place in part.candidates):
                    apart[source] = True
        return UnitAllocation(allocation, targets, whole, MappingProxyType(share), apart, kept)
