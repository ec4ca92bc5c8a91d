"""Changes of units: rename, merge, split, move … Each has its day and its legal basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from nqcore.errors import N_, NqError, Phrase
from nqcore.model.units import BrokenTree, Sector, Unit, UnitKind, UnitTree

_DAY = timedelta(days=1)


class ChangeKind(StrEnum):
    """The kind of change."""

    RENAME = "rename"
    """Đổi tên."""
    MERGE = "merge"
    """Sáp nhập: the sources end and become the target; of a source, only a part may go there."""
    SPLIT = "split"
    """Chia, tách: one source is divided; it ends, or continues as one of the targets."""
    TRANSFER = "transfer"
    """Điều chỉnh địa giới: a part goes to another unit, and both units continue."""
    MOVE = "move"
    """Another parent."""
    CHANGE_KIND = "change_kind"
    """Another kind or sector."""
    OPEN = "open"
    """Thành lập."""
    CLOSE = "close"
    """Kết thúc, giải thể, with no successor."""


DIVIDING = frozenset({ChangeKind.MERGE, ChangeKind.SPLIT})
"""The kinds whose sources end, unless a source is also a target."""
TRANSFERRING = DIVIDING | {ChangeKind.TRANSFER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What goes from one unit to another. `share` is the part of the source that goes (above 0, up to
    1; None: not declared), `basis` what the share is measured by: population, area, households …"""

    source: str
    target: str
    share: Fraction | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvent:
    """One change, in force from `date` on. `basis` is the document that ordered it.

    A merge, split or transfer has `transfers`. The other kinds have `unit` and, depending on the
    kind, the new `name`, `parent` (None: no parent), `unit_kind`, `sector`. All events of one day
    happen at the same time.
    """

    id: str
    date: date
    kind: ChangeKind
    basis: str
    transfers: tuple[Transfer, ...] = ()
    unit: str | None = None
    name: str | None = None
    parent: str | None = None
    unit_kind: UnitKind | None = None
    sector: Sector | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The codes of the source units, each once."""
        return tuple(dict.fromkeys(t.source for t in self.transfers))

    @property
    def targets(self) -> tuple[str, ...]:
        """The codes of the target units, each once."""
        return tuple(dict.fromkeys(t.target for t in self.transfers))

    @property
    def touched(self) -> tuple[str, ...]:
        """The codes of all units that the event changes."""
        return tuple(dict.fromkeys((*self.sources, *self.targets, *filter(None, (self.unit,)))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A unit's place in another hierarchy than the main one (for example "party"), from `since` to the
    day before `until` (None: without limit)."""

    unit: str
    hierarchy: str
    parent: str | None = None
    since: date | None = None
    until: date | None = None
    basis: str = ""
    order: int = 0

    @property
    def id(self) -> str:
        """The id of the placement: a unit has one place in a hierarchy at a time."""
        return f"{self.hierarchy}:{self.unit}:{self.since or ''}"

    def in_force(self, on: date) -> bool:
        """Whether the unit has this place on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class BrokenChange(NqError):
    """A change contradicts itself, the units or another change."""

    code = "broken-change"
    template = N_("Correct the change “{change}”: {detail}.")

    def __init__(self, *, change: str, detail: Phrase) -> None:
        super().__init__(change=change, detail=detail)


def tree_with(units: Iterable[Unit], changes: Iterable[ChangeEvent]) -> UnitTree:
    """The tree of `units` after all `changes`.

    Each unit is given as it was before its first change. The tree has it as it is after its last
    change, and also its earlier states by day. A target of a merge or split that has no opening day
    begins on the day of the change. A unit that ends and becomes one other unit is placed under that
    unit from that day on, with all units under it. Raises BrokenChange naming the event.
    """
    history = _History({unit.code: unit for unit in units})
    days: dict[date, list[ChangeEvent]] = {}
    for event in sorted(changes, key=lambda e: (e.date, e.id)):
        _check_shape(event)
        days.setdefault(event.date, []).append(event)
    for day, events in days.items():
        history.advance(day, events)
    for moved in history.moves:
        history.check_move(moved)
    return UnitTree(history.units.values(), history.states, history.successors)


def _check_shape(event: ChangeEvent) -> None:
    """Raise BrokenChange for an event that contradicts itself, for any units."""

    def wrong(detail: Phrase) -> BrokenChange:
        return BrokenChange(change=event.id, detail=detail)

    if event.kind not in TRANSFERRING:
        if event.unit is None:
            raise wrong(Phrase(N_("a {kind} needs unit"), {"kind": event.kind}))
        if event.transfers:
            raise wrong(Phrase(N_("a {kind} has no transfers"), {"kind": event.kind}))
        if event.kind is ChangeKind.RENAME and not event.name:
            raise wrong(Phrase(N_("a rename needs the new name")))
        if event.kind is ChangeKind.CHANGE_KIND and not (event.unit_kind or event.sector):
            raise wrong(Phrase(N_("a change_kind needs the new unit_kind or sector")))
        if event.kind is ChangeKind.MOVE and event.parent == event.unit:
            raise wrong(Phrase(N_("“{unit}” cannot stand under itself"), {"unit": event.unit}))
        return
    if event.unit is not None:
        raise wrong(Phrase(N_("a {kind} has transfers and no unit"), {"kind": event.kind}))
    if not event.transfers:
        raise wrong(Phrase(N_("a {kind} needs transfers"), {"kind": event.kind}))
    pairs = [(t.source, t.target) for t in event.transfers]
    if len(set(pairs)) < len(pairs):
        raise wrong(Phrase(N_("the same source and target stand twice")))
    if event.kind is ChangeKind.MERGE and len(event.targets) > 1:
        raise wrong(Phrase(N_("a merge has one target; several units from one are a split")))
    if event.kind is ChangeKind.SPLIT and (len(event.sources) > 1 or len(event.targets) < 2):
        raise wrong(Phrase(N_("a split has one source and at least two targets")))
    if event.kind is ChangeKind.TRANSFER and set(event.sources) & set(event.targets):
        raise wrong(
            Phrase(N_("a transfer names the parts that leave, not what stays; or make it a split"))
        )
    for t in event.transfers:
        if t.share is not None and not 0 < t.share <= 1:
            raise wrong(
                Phrase(
                    N_("the share of “{source}” is {share}; give one above 0 and up to 1"),
                    {"source": t.source, "share": t.share},
                )
            )


@dataclass(slots=True)
class _History:
    """The units while the changes are applied to them, day by day."""

    units: dict[str, Unit]
    states: dict[str, tuple[tuple[date, Unit], ...]] = field(default_factory=dict)
    moves: list[ChangeEvent] = field(default_factory=list)
    successors: dict[str, str] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def advance(self, day: date, events: Sequence[ChangeEvent]) -> None:
        """Apply the events of one day, all at the same time. Raises BrokenChange."""
        for event in events:
            for code in (*event.touched, *filter(None, (event.parent,))):
                if code not in self.units:
                    raise BrokenChange(
                        change=event.id,
                        detail=Phrase(N_("there is no unit “{unit}”"), {"unit": code}),
                    )
        giving, ending = shares_by_source(events), ending_units(events)
        sources = set(giving)
        for event in events:
            for code in event.sources:
                self._must_exist(event, code, day - _DAY)
        self._close(day, ending)
        for event in events:
            if event.kind in DIVIDING:
                for code in event.targets:
                    if code not in sources and code not in self._known:
                        self._open(event, code)
            elif event.kind is ChangeKind.OPEN:
                self._open(event, event.unit or "", founding=True)
        for event in events:
            for code in event.targets:
                self._must_exist(event, code, day)
        self._apply_new_fields(day, [e for e in events if e.kind not in TRANSFERRING])
        for source, to in giving.items():
            if source in ending and len(to) == 1:
                self._put_under_successor(day, source, *to)
        self._known.update(code for e in events for code in e.touched)

    def check_move(self, event: ChangeEvent) -> None:
        """Raise BrokenChange when the new parent does not exist that day or is under the unit."""
        above = event.parent
        if above is not None:
            self._must_exist(event, above, event.date)
        while above is not None:
            if above == event.unit:
                raise BrokenChange(
                    change=event.id,
                    detail=Phrase(
                        N_("“{parent}” stands under “{above}” that day"),
                        {"parent": event.parent, "above": above},
                    ),
                )
            states = self.states.get(above, ((date.min, self.units[above]),))
            above = [state for since, state in states if since <= event.date][-1].parent

    def _must_exist(self, event: ChangeEvent, code: str, on: date) -> None:
        if not self.units[code].exists(on):
            raise BrokenChange(
                change=event.id,
                detail=Phrase(N_("“{unit}” does not exist on {day}"), {"unit": code, "day": on}),
            )

    def _open(self, event: ChangeEvent, code: str, *, founding: bool = False) -> None:
        unit = self.units[code]
        if unit.opened is None and not (founding and code in self._known):
            self.units[code] = replace(unit, opened=event.date)
        elif founding and unit.opened != event.date:
            raise BrokenChange(
                change=event.id,
                detail=Phrase(
                    N_("“{unit}” already exists before {day}"), {"unit": code, "day": event.date}
                ),
            )

    def _close(self, day: date, ending: Mapping[str, ChangeEvent]) -> None:
        for code, event in ending.items():
            unit = self.units[code]
            self._must_exist(event, code, day - _DAY)
            if unit.closed not in (None, day):
                raise BrokenChange(
                    change=event.id,
                    detail=Phrase(
                        N_("“{unit}” ends on {day} by its own definition"),
                        {"unit": code, "day": unit.closed},
                    ),
                )
            self.units[code] = replace(unit, closed=day)
            if code in self.states:
                self.states[code] = tuple(
                    (since, replace(state, closed=day)) for since, state in self.states[code]
                )

    def _put_under_successor(self, day: date, source: str, successor: str) -> None:
        """Put a unit that ended under its successor, unless the successor is under that unit."""
        self.successors[source] = successor
        above: str | None = successor
        while above is not None and above in self.units:
            if above == source:
                return
            above = self.units[above].parent
        before = self.units[source]
        after = replace(before, parent=successor)
        self.units[source] = after
        earlier = self.states.get(source, ((date.min, before),))
        self.states[source] = (*(s for s in earlier if s[0] < day), (day, after))

    def _apply_new_fields(self, day: date, events: Iterable[ChangeEvent]) -> None:
        """Apply new names, parents, kinds and sectors."""
        by: dict[tuple[str, str], ChangeEvent] = {}
        for event in events:
            new = _new_fields(event)
            if not new:
                continue
            code = event.unit or ""
            self._must_exist(event, code, day)
            self._must_exist(event, code, day - _DAY)
            for name in new:
                if (code, name) in by:
                    raise BrokenChange(
                        change=event.id,
                        detail=Phrase(
                            N_("“{change_id}” gives “{unit}” another {field} that day"),
                            {"change_id": by[code, name].id, "unit": code, "field": name},
                        ),
                    )
                by[code, name] = event
            before = self.units[code]
            earlier = self.states.get(code, ((date.min, before),))
            after = replace(before, **new)  # type: ignore[arg-type]
            if earlier[-1][0] == day:
                earlier = earlier[:-1]
            self.units[code] = after
            self.states[code] = (*earlier, (day, after))
            if "parent" in new:
                self.moves.append(event)


def _new_fields(event: ChangeEvent) -> dict[str, object]:
    """The fields of the Unit that the event changes, with their new values."""
    if event.kind not in (ChangeKind.RENAME, ChangeKind.MOVE, ChangeKind.CHANGE_KIND):
        return {}
    new = {"name": event.name, "kind": event.unit_kind, "sector": event.sector}
    found: dict[str, object] = {name: value for name, value in new.items() if value is not None}
    if event.kind is ChangeKind.MOVE or event.parent is not None:
        found["parent"] = event.parent
    return found


def ending_units(events: Iterable[ChangeEvent]) -> dict[str, ChangeEvent]:
    """The codes of units that end by the events of one day, each with its event. Raises
    BrokenChange."""
    everything = tuple(events)
    continuing = {t.source for e in everything for t in e.transfers if t.source == t.target}
    ending: dict[str, ChangeEvent] = {}
    for event in everything:
        if event.kind in DIVIDING:
            for code in event.sources:
                if code not in continuing:
                    ending.setdefault(code, event)
        elif event.kind is ChangeKind.CLOSE and event.unit is not None:
            if event.unit in ending:
                raise BrokenChange(
                    change=event.id,
                    detail=Phrase(
                        N_("“{unit}” ends that day by “{change_id}” too"),
                        {"unit": event.unit, "change_id": ending[event.unit].id},
                    ),
                )
            ending[event.unit] = event
    return ending


def shares_by_source(events: Iterable[ChangeEvent]) -> dict[str, dict[str, Fraction | None]]:
    """For the events of one day: source -> target -> share (None: not declared).

    The shares of a source are together at most 1. They are exactly 1 when all are declared and the
    source ends or is one of its own targets. Raises BrokenChange otherwise.
    """
    everything = tuple(events)
    found: dict[str, dict[str, Fraction | None]] = {}
    last: dict[str, ChangeEvent] = {}
    for event in everything:
        for t in event.transfers:
            to = found.setdefault(t.source, {})
            if t.target in to:
                raise BrokenChange(
                    change=event.id,
                    detail=Phrase(
                        N_("“{source}” → “{target}” stands in “{change_id}” too"),
                        {"source": t.source, "target": t.target, "change_id": last[t.source].id},
                    ),
                )
            to[t.target] = t.share
            last[t.source] = event
    ending = ending_units(everything)
    for source, to in found.items():
        if len(to) == 1 and source in ending and None in to.values():
            continue  # the whole unit goes to one target: no shares to add up
        total = sum((s for s in to.values() if s is not None), Fraction(0))
        undeclared = None in to.values()
        whole = source in ending or source in to
        if total > 1 or (undeclared and total == 1) or (whole and not undeclared and total != 1):
            raise BrokenChange(
                change=last[source].id,
                detail=Phrase(
                    N_("the shares of “{source}” make {total}, not 1"),
                    {"source": source, "total": total},
                )
                if whole and (not undeclared)
                else Phrase(
                    N_("the shares of “{source}” make {total}; nothing is left for the rest"),
                    {"source": source, "total": total},
                ),
            )
    return found


def check_placements(tree: UnitTree, placements: Sequence[Placement]) -> None:
    """Raise BrokenTree for placements of unknown units, two places at the same time, or circles."""
    last: dict[tuple[str, str], Placement] = {}
    for p in sorted(placements, key=lambda p: p.since or date.min):
        for code in filter(None, (p.unit, p.parent)):
            if code not in tree:
                raise BrokenTree(
                    unit=p.unit,
                    detail=Phrase(
                        N_("{hierarchy}: there is no unit “{unit}”"),
                        {"hierarchy": p.hierarchy, "unit": code},
                    ),
                )
        before = last.get((p.hierarchy, p.unit))
        if before is not None and (before.until is None or before.until > (p.since or date.min)):
            raise BrokenTree(
                unit=p.unit,
                detail=Phrase(
                    N_("stands twice at a time in “{hierarchy}”"), {"hierarchy": p.hierarchy}
                ),
            )
        last[p.hierarchy, p.unit] = p
    for hierarchy in sorted({p.hierarchy for p in placements}):
        several = [p for p in placements if p.hierarchy == hierarchy]
        for day in (None, *sorted({p.since or date.min for p in several})):
            hierarchy_tree(tree, several, day)


def hierarchy_tree(tree: UnitTree, placements: Iterable[Placement], on: date | None) -> UnitTree:
    """The tree of another hierarchy on a day; without a day, with the last place of each unit. A
    parent without a placement of its own is a root."""
    chosen: dict[str, Placement] = {}
    for p in sorted(placements, key=lambda p: p.since or date.min):
        if on is None or p.in_force(on):
            chosen[p.unit] = p
    today = tree if on is None else tree.at(on)
    found = {
        code: replace(today[code], parent=p.parent, order=p.order)
        for code, p in chosen.items()
        if code in today
    }
    for unit in tuple(found.values()):
        if unit.parent is not None and unit.parent not in found:
            if unit.parent in today:
                found[unit.parent] = replace(today[unit.parent], parent=None)
            else:
                found[unit.code] = replace(unit, parent=None)
    return UnitTree(found.values())
