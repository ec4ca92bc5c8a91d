"""Converts values of the units of one date to the units of another date. What is not exact is marked.

The **route** of a unit says which units its value goes to. If a unit was divided without a declared
share, it is not known how much of its value belongs to each of the new units. Such a part is kept as
the set of these units through all later events; if the units are merged again later, the result is
exact. Only at the end, the part is assigned to the lowest common ancestor of the set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from nqcore.model.changes import ChangeEvent, ending_units, shares_by_source
from nqcore.model.units import UnitTree

Number = int | Decimal | Fraction

_DAY = timedelta(days=1)
_WHOLE = Fraction(1)
_NO_UNIT = ""
"""A pseudo code: the unit ended without a successor, and no unit is above it."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a value that belongs to one of the units `among`. `above`: the unit itself ended
    without a successor (or did not exist yet), and the unit above it takes its value."""

    among: frozenset[str]
    above: bool = False


Route = Mapping[Portion, Fraction]
"""Where a unit's value goes: each part with its share; all shares together are 1."""


class Refusal(StrEnum):
    """Why a value that must not be added up cannot be converted to a unit of the other date."""

    MERGED = "merged"
    """Several units became this one."""
    DIVIDED = "divided"
    """Only a part of a unit became this one."""
    ENDED = "ended"
    """A unit ended without a successor, and this one was only above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """A value converted to a unit of the other date.

    `estimated`: a declared share was used. `kept`: divided or ended units whose value (or a part of
    it) counts here because it cannot be assigned to a unit below. `parts_above`: divided units of
    which a part may belong here, but counts at a unit above. Without any of these, it is exact.
    """

    value: Fraction
    estimated: bool = False
    kept: tuple[str, ...] = ()
    parts_above: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the value is the one that the unit itself would have reported."""
        return not (self.estimated or self.kept or self.parts_above)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedSums:
    """The values by unit of the other date; `rest` is the sum that no unit of that date can take."""

    units: Mapping[str, Projected]
    rest: Fraction = Fraction(0)

    @property
    def total(self) -> Fraction:
        """The sum of all; equal to the sum of the given values."""
        return sum((p.value for p in self.units.values()), self.rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprojectable:
    """A value that cannot be converted (*không quy đổi được*): why, and because of which units."""

    reason: Refusal
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """The conversion from the units of `since` to those of `until`, forward or backward in time."""

    since: date
    until: date
    start: UnitTree
    end: UnitTree
    steps: tuple[Mapping[str, Route], ...]
    _memory: dict[str, Route] = field(default_factory=dict, compare=False, repr=False)

    def then(self, after: Projection) -> Projection:
        """This conversion followed by `after`, which must begin on the day where this one ends."""
        if after.since != self.until:
            raise ValueError(f"the second projection begins on {after.since}, not {self.until}")
        steps = self.steps + after.steps
        return Projection(self.since, after.until, self.start, after.end, steps)

    def route(self, unit: str) -> Route:
        """Where the value of `unit` goes. Raises UnknownName when it does not exist at `since`."""
        found = self._memory.get(unit)
        if found is None:
            parts: Route = {Portion(frozenset((self.start[unit].code,))): _WHOLE}
            for step in self.steps:
                parts = _after_step(step, parts)
            self._memory[unit] = found = MappingProxyType(parts)
        return found

    def unit_for(self, among: frozenset[str]) -> str | None:
        """The unit of `until` that takes a part: the lowest common ancestor of `among`, or None."""
        if _NO_UNIT in among:
            return None
        if len(among) == 1:
            return next(iter(among))
        lines = [(*(a.code for a in reversed(self.end.ancestors(u))), u) for u in sorted(among)]
        common = None
        for several in zip(*lines, strict=False):
            if len(set(several)) > 1:
                break
            common = several[0]
        return common

    def sums(self, values: Mapping[str, Number], decimals: int | None = None) -> ProjectedSums:
        """Convert the values of an indicator that is summed over units to the units of `until`.

        With `decimals`, the results have so many decimals (the values must not have more). Units that
        are connected by shares are rounded together, once, by the largest-remainder method (equal
        remainders by unit code), so every sum stays the same. Without `decimals`, the results are
        exact fractions.
        """
        scale = 1 if decimals is None else 10**decimals
        exact: dict[str, int | Fraction] = {}
        estimated: set[str] = set()
        kept: dict[str, dict[str, None]] = {}
        parts_above: dict[str, dict[str, None]] = {}
        ties: list[tuple[str, ...]] = []
        for unit, value in values.items():
            # Most values are integers and go completely to one unit; these need no Fraction.
            amount = value * scale if isinstance(value, int) else Fraction(value) * scale
            if decimals is not None and amount.denominator != 1:
                raise ValueError(f"the value {value} of {unit} has over {decimals} decimals")
            reached: dict[str, Fraction] = {}
            for part, share in self.route(unit).items():
                at = self.unit_for(part.among) or _NO_UNIT
                reached[at] = reached[at] + share if at in reached else share
                if part.above or len(part.among) > 1:
                    kept.setdefault(at, {})[unit] = None
                    for code in part.among - {at, _NO_UNIT}:
                        parts_above.setdefault(code, {})[unit] = None
            for at, share in reached.items():
                exact[at] = exact.get(at, 0) + (amount if share == 1 else amount * share)
            if len(reached) > 1:
                estimated.update(reached)
                ties.append(tuple(reached))
        if decimals is not None:
            round_together(exact, ties)
        found = {
            code: Projected(
                value=Fraction(exact.get(code, 0)) / scale,
                estimated=code in estimated,
                kept=tuple(kept.get(code, ())),
                parts_above=tuple(parts_above.get(code, ())),
            )
            for code in sorted((exact.keys() | parts_above.keys()) - {_NO_UNIT})
        }
        return ProjectedSums(
            units=MappingProxyType(found), rest=Fraction(exact.get(_NO_UNIT, 0)) / scale
        )

    def one_to_one(self, values: Mapping[str, Number]) -> Mapping[str, Fraction | Unprojectable]:
        """Convert the values of an indicator that must not be added up over units (mean, min, max …).

        A value is converted only when one complete unit became one complete unit; for other units the
        result is an `Unprojectable` with the reason.
        """
        whole: dict[str, list[str]] = {}
        partly: dict[str, list[str]] = {}
        above: dict[str, list[str]] = {}
        concerned: dict[str, None] = {}
        for unit in self.start:
            for part, share in self.route(unit).items():
                at = self.unit_for(part.among) or _NO_UNIT
                reached = {at, *part.among}
                if part.above and len(part.among) == 1:
                    above.setdefault(at, []).append(unit)
                elif share == 1 and len(part.among) == 1:
                    whole.setdefault(at, []).append(unit)
                else:
                    for code in reached:
                        partly.setdefault(code, []).append(unit)
                if unit in values:
                    concerned.update(dict.fromkeys(reached))
        found: dict[str, Fraction | Unprojectable] = {}
        for code in sorted(concerned.keys() - {_NO_UNIT}):
            moved = whole.get(code, [])
            # Parts of other units that count at a unit above do not change its own value.
            divided = [u for u in partly.get(code, []) if self._may_be_in(u, code) or not moved]
            if len(moved) == 1 and not divided:
                if moved[0] in values:
                    found[code] = Fraction(values[moved[0]])
                continue
            if divided:
                reason, origins = Refusal.DIVIDED, (*moved, *divided)
            elif moved:
                reason, origins = Refusal.MERGED, tuple(moved)
            else:
                reason, origins = Refusal.ENDED, tuple(above.get(code, ()))
            found[code] = Unprojectable(reason=reason, origins=tuple(dict.fromkeys(origins)))
        return MappingProxyType(found)

    def _may_be_in(self, unit: str, code: str) -> bool:
        """Whether a part of `unit` belongs, or may belong, to `code` itself."""
        return any(code in part.among for part in self.route(unit))


def project(tree: UnitTree, changes: Iterable[ChangeEvent], since: date, until: date) -> Projection:
    """The conversion from the units of `since` to those of `until`. `tree` comes from
    `changes.tree_with`. Raises BrokenChange."""
    first, last = min(since, until), max(since, until)
    days: dict[date, list[ChangeEvent]] = {}
    for event in changes:
        if first < event.date <= last:
            days.setdefault(event.date, []).append(event)
    begun: dict[date, list[str]] = {}
    ended: dict[date, list[str]] = {}
    for code, unit in tree.items():
        for day, where in ((unit.opened, begun), (unit.closed, ended)):
            if day is not None and first < day <= last:
                where.setdefault(day, []).append(code)
                days.setdefault(day, [])
    steps: list[Mapping[str, Route]] = []
    for day in sorted(days, reverse=until < since):
        if since <= until:
            steps.append(_forward(tree, day, days[day], ended.get(day, ())))
        else:
            steps.append(_backward(tree, day, days[day], begun.get(day, ())))
    return Projection(since, until, tree.at(since), tree.at(until), tuple(steps))


def _forward(
    tree: UnitTree, day: date, events: Sequence[ChangeEvent], ended: Iterable[str]
) -> Mapping[str, Route]:
    """Routes of one day's events, from the units of the day before to those of the day."""
    routes: dict[str, Route] = {}
    ending = ending_units(events)
    for source, to in shares_by_source(events).items():
        if source in ending and len(to) == 1:
            routes[source] = {Portion(frozenset(to)): _WHOLE}
            continue
        parts = {Portion(frozenset((t,))): share for t, share in to.items() if share is not None}
        rest = 1 - sum(parts.values(), Fraction(0))
        unknown = {t for t, share in to.items() if share is None}
        if source not in ending and source not in to:
            unknown.add(source)  # what does not go elsewhere stays with the source
        if rest and unknown:
            parts[Portion(frozenset(unknown))] = rest
        routes[source] = parts
    return _add_units_above(tree, day - _DAY, routes, ended)


def _backward(
    tree: UnitTree, day: date, events: Sequence[ChangeEvent], begun: Iterable[str]
) -> Mapping[str, Route]:
    """Routes of one day's events, from the units of the day to those of the day before. A value that
    came from one unit goes back to it; for a value from several units, the parts are not known."""
    origins: dict[str, set[str]] = {}
    for source, to in shares_by_source(events).items():
        for target in to:
            if target not in origins:
                origins[target] = {target} if tree[target].exists(day - _DAY) else set()
            origins[target].add(source)
    routes: dict[str, Route] = {t: {Portion(frozenset(o)): _WHOLE} for t, o in origins.items()}
    return _add_units_above(tree, day, routes, begun)


def _add_units_above(
    tree: UnitTree, on: date, routes: dict[str, Route], codes: Iterable[str]
) -> Mapping[str, Route]:
    """`routes` plus routes for `codes`, which exist `on` that day but not on the other side. A unit
    without a route gets the route of the unit above it."""
    lost = [code for code in codes if code not in routes]
    gone = set(lost)
    for code in lost:
        above = tree.state(code, on).parent
        while above is not None and (above in gone or not tree[above].exists(on)):
            above = tree.state(above, on).parent
        start = _NO_UNIT if above is None else above
        among = {Portion(frozenset((start,)), above=True): _WHOLE}
        routes[code] = _after_step({k: routes[k] for k in (start,) if k in routes}, among)
    return routes


def _after_step(step: Mapping[str, Route], parts: Route) -> Route:
    """`parts` after the events of one more day."""
    if not any(code in step for part in parts for code in part.among):
        return parts
    if len(parts) == 1:
        ((only, share),) = parts.items()
        if share is _WHOLE and not only.above and len(only.among) == 1:
            return step[next(iter(only.among))]
    found: dict[Portion, Fraction] = {}
    for part, share in parts.items():
        if len(part.among) == 1:
            (code,) = part.among
            onward = step.get(code, {Portion(part.among): _WHOLE})
            arrived = {Portion(p.among, p.above or part.above): s for p, s in onward.items()}
        else:
            reached = [p for c in part.among for p in step.get(c, (Portion(frozenset((c,))),))]
            among = frozenset(code for p in reached for code in p.among)
            arrived = {Portion(among, part.above or any(p.above for p in reached)): _WHOLE}
        for p, s in arrived.items():
            found[p] = found.get(p, Fraction(0)) + share * s
    return found


def round_together(exact: dict[str, int | Fraction], ties: Iterable[tuple[str, ...]]) -> None:
    """Round the amounts by unit to whole numbers, in place, by the largest-remainder method (equal
    remainders by code). `ties` are the groups connected by shares; each keeps its sum."""
    head: dict[str, str] = {}

    def find(code: str) -> str:
        while (above := head.get(code, code)) != code:
            head[code] = head.get(above, above)
            code = above
        return code

    for first, *others in ties:
        for other in others:
            head[find(other)] = find(first)
    groups: dict[str, list[str]] = {}
    for code, amount in exact.items():
        if amount.denominator != 1:
            groups.setdefault(find(code), []).append(code)
    for codes in groups.values():
        left = {code: Fraction(exact[code]) % 1 for code in codes}
        spare = int(sum(left.values(), Fraction(0)))
        for code in codes:
            exact[code] -= left[code]
        for code in sorted(codes, key=lambda c: (-left[c], c))[:spare]:
            exact[code] += 1
