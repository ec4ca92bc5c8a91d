"""Units: the bodies that report, as a tree that changes over time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from nqcore.errors import N_, NqError, Phrase, UnknownName


class UnitKind(str):
    """The kind of a body, which is its code: ``UnitKind("school")``. Equal codes are equal kinds.

    Eight kinds are built in: those that directives address ("các cấp ủy đảng, chính quyền, cơ quan …").
    Every other one is data ([[unit_kind]] of a definition file) and behaves like one of the eight: `like`.
    A kind that no file defines yet, or no longer, is like an agency: it speaks in its own name.

    >>> UnitKind("school").like
    'agency'
    >>> UnitKind("commune") is UnitKind.COMMUNE
    True
    """

    __slots__ = ("like",)
    like: UnitKind
    """The built-in kind whose letterhead, sentences and rights this kind has; a built-in one is like
    itself."""

    COMMITTEE: ClassVar[UnitKind]
    """Cấp ủy đảng."""
    AUTHORITY: ClassVar[UnitKind]
    """Chính quyền: Ủy ban nhân dân, Hội đồng nhân dân."""
    COMMUNE: ClassVar[UnitKind]
    """Địa phương: xã, phường, thị trấn, đặc khu."""
    AGENCY: ClassVar[UnitKind]
    """Cơ quan, đơn vị."""
    ORGANISATION: ClassVar[UnitKind]
    """Đoàn thể: mass organisation (union, youth union …)."""
    STEERING: ClassVar[UnitKind]
    """Ban Chỉ đạo."""
    ENTERPRISE: ClassVar[UnitKind]
    """Doanh nghiệp."""
    COOPERATIVE: ClassVar[UnitKind]
    """Hợp tác xã."""

    def __new__(cls, code: str, like: UnitKind | None = None) -> UnitKind:
        built_in = _BUILT_IN.get(code)
        if built_in is not None:
            return built_in
        if not is_kind_code(code):
            raise ValueError(f"{code!r} is no code of a kind of units")
        kind = super().__new__(cls, code)
        kind.like = UnitKind.AGENCY if like is None else like.like
        return kind

    def __reduce__(self) -> tuple[object, ...]:
        return UnitKind, (str(self), None if self.is_built_in else self.like)

    @property
    def value(self) -> str:
        """The code as plain text: what files and documents have. (Kinds were an enumeration up to 0.2.0.)"""
        return str(self)

    @property
    def is_built_in(self) -> bool:
        """Whether it is one of the eight."""
        return self.like is self


_KIND_CODE = re.compile(r"[a-z0-9][a-z0-9.-]*")


def is_kind_code(text: str) -> bool:
    """Whether the text can be the code of a kind: small letters, digits, ``.`` and ``-``."""
    return _KIND_CODE.fullmatch(text) is not None


def _built_in_kind(code: str) -> UnitKind:
    kind = str.__new__(UnitKind, code)
    kind.like = kind
    _BUILT_IN[code] = kind
    return kind


_BUILT_IN: dict[str, UnitKind] = {}
UnitKind.COMMITTEE = _built_in_kind("committee")
UnitKind.AUTHORITY = _built_in_kind("authority")
UnitKind.COMMUNE = _built_in_kind("commune")
UnitKind.AGENCY = _built_in_kind("agency")
UnitKind.ORGANISATION = _built_in_kind("organisation")
UnitKind.STEERING = _built_in_kind("steering")
UnitKind.ENTERPRISE = _built_in_kind("enterprise")
UnitKind.COOPERATIVE = _built_in_kind("cooperative")

BUILT_IN_KINDS: tuple[UnitKind, ...] = tuple(_BUILT_IN.values())
"""The eight built-in kinds, in the order of boards and lists."""
KIND_OF_UNITS = N_("kind of units")
"""What a message calls it."""
KINDS_WITH_SECTOR = frozenset({UnitKind.ENTERPRISE, UnitKind.COOPERATIVE})
"""Only these, and kinds like them, have a sector."""


class Sector(StrEnum):
    """Khu vực: State or non-State."""

    STATE = "state"
    NON_STATE = "non_state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A body that reports.

    `code` identifies the unit permanently (lower-case letters, digits, ``.`` and ``-``); it is not a
    statistical code. `opened` is its first day, `closed` the first day on which it no longer exists
    (None: not known or without end). `order` sorts the units with the same parent. `ids` are its
    identifiers in other systems, as (scheme, identifier): ``("gso", "00097")``.
    """

    code: str
    name: str
    kind: UnitKind
    parent: str | None = None
    sector: Sector | None = None
    opened: date | None = None
    closed: date | None = None
    basis: str = ""
    order: int = 0
    ids: tuple[tuple[str, str], ...] = ()

    def exists(self, on: date) -> bool:
        """Whether the unit exists on that day."""
        return (self.opened is None or self.opened <= on) and (
            self.closed is None or on < self.closed
        )

    def exists_within(self, start: date, end: date) -> bool:
        """Whether the unit exists on every day from `start` to `end` (both included)."""
        return self.exists(start) and self.exists(end)


class BrokenTree(NqError):
    """The units do not form a tree."""

    code = "broken-tree"
    template = N_("Unit “{unit}”: {detail}")

    def __init__(self, *, unit: str, detail: Phrase) -> None:
        super().__init__(unit=unit, detail=detail)


class UnitTree(Mapping[str, Unit]):
    """An immutable tree (or several trees) of units, in pre-order: a unit comes before the units under
    it.

    Iterating gives codes in pre-order; units with the same parent are sorted by (order, code).
    `units` have their last state. `states` has, for each unit that changed, (first day, state),
    oldest first. `successors` has, for each unit that ended and became one other unit, the code of
    that unit; the ended unit is placed under it, with all units under it.
    """

    __slots__ = ("_children", "_end", "_place", "_states", "_successors", "_units")

    def __init__(
        self,
        units: Iterable[Unit],
        states: Mapping[str, tuple[tuple[date, Unit], ...]] | None = None,
        successors: Mapping[str, str] | None = None,
    ) -> None:
        self._states = dict(states or {})
        self._successors = dict(successors or {})
        given: dict[str, Unit] = {}
        for unit in units:
            if unit.code in given:
                raise BrokenTree(unit=unit.code, detail=Phrase(N_("stands twice in the list")))
            given[unit.code] = unit
        children: dict[str | None, list[Unit]] = {}
        for unit in given.values():
            if unit.parent is not None and unit.parent not in given:
                raise BrokenTree(
                    unit=unit.code,
                    detail=Phrase(
                        N_("its parent “{parent}” is not a unit"), {"parent": unit.parent}
                    ),
                )
            children.setdefault(unit.parent, []).append(unit)
        for siblings in children.values():
            siblings.sort(key=lambda u: (u.order, u.code))
        self._children = {
            parent: tuple(u.code for u in below) for parent, below in children.items()
        }
        self._units: dict[str, Unit] = {}
        stack = list(reversed(self._children.get(None, ())))
        while stack:
            code = stack.pop()
            self._units[code] = given[code]
            stack.extend(reversed(self._children.get(code, ())))
        for code in given:
            if code not in self._units:
                raise BrokenTree(
                    unit=code, detail=Phrase(N_("stands under itself; give it another parent"))
                )
        self._place = {code: place for place, code in enumerate(self._units)}
        self._end: dict[str, int] = {}
        for code in reversed(self._units):
            below = self._children.get(code, ())
            self._end[code] = self._end[below[-1]] if below else self._place[code] + 1

    def __getitem__(self, code: str) -> Unit:
        try:
            return self._units[code]
        except KeyError:
            raise UnknownName(
                kind="unit", name=code, hint=Phrase(N_("`nq units` lists the units."))
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._units

    def __iter__(self) -> Iterator[str]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)

    @property
    def roots(self) -> tuple[Unit, ...]:
        """The units without a parent."""
        return tuple(self._units[code] for code in self._children.get(None, ()))

    def children(self, code: str) -> tuple[Unit, ...]:
        """The units directly under `code`."""
        self[code]
        return tuple(self._units[below] for below in self._children.get(code, ()))

    def subtree(self, code: str) -> tuple[Unit, ...]:
        """`code` itself and all units under it, in pre-order."""
        self[code]
        units = tuple(self._units.values())
        return units[self._place[code] : self._end[code]]

    def ancestors(self, code: str) -> tuple[Unit, ...]:
        """The units above `code`, from its parent up to its root."""
        found = []
        above = self[code].parent
        while above is not None:
            found.append(self._units[above])
            above = self._units[above].parent
        return tuple(found)

    def contains(self, root: str, code: str) -> bool:
        """Whether `code` is `root` or a unit under it."""
        return (
            root in self._place
            and code in self._place
            and self._place[root] <= self._place[code] < self._end[root]
        )

    def state(self, code: str, on: date) -> Unit:
        """The unit with the name, kind, sector and parent of that day, even if it did not exist then."""
        unit = self[code]
        for since, state in reversed(self._states.get(code, ())):
            unit = state
            if since <= on:
                break
        return unit

    def all_units(self, on: date) -> UnitTree:
        """All units of the present, past and future, each with the name, kind and parent of that day.
        `at` and `state` of the result work for every day."""
        later = {c: s for c, s in self._states.items() if s[-1][0] > on}
        if not later:
            return self
        units = (self.state(c, on) if c in later else u for c, u in self._units.items())
        return UnitTree(units, self._states, self._successors)

    def with_inheritors(self, successors: Mapping[str, tuple[date, str]]) -> UnitTree:
        """The same units, but each ended unit (a key of `successors`) is placed under the unit that
        took its duties over (the value: day, code) from that day on. Only the ended unit moves, not
        the units under it."""
        states = dict(self._states)

        def put(code: str, since: date, parent: str | None) -> None:
            several = states.get(code, ((date.min, self._units[code]),))
            before = [each for each in several if each[0] < since]
            now = (since, replace(before[-1][1], parent=parent))
            states[code] = (*before, now, *(each for each in several if each[0] > since))

        for code, (since, successor) in successors.items():
            unit = self.state(code, since)
            if unit.parent == successor or any(
                above.code == code for above in self.ancestors(successor)
            ):
                continue
            for below in self._children.get(code, ()):
                put(below, since, unit.parent)
            put(code, since, successor)
        return UnitTree(
            (states[c][-1][1] if c in states else u for c, u in self._units.items()),
            states,
            self._successors,
        )

    def successor(self, code: str) -> str | None:
        """The code of the one unit that `code` became when it ended; None without such a unit."""
        self[code]
        return self._successors.get(code)

    def states(self, code: str) -> tuple[Unit, ...]:
        """All states of the unit, oldest first; only the unit itself when it never changed."""
        return tuple(state for _, state in self._states.get(code, ())) or (self[code],)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which the tree changes, in order; between two of them `at` gives the same."""
        found = {day for unit in self._units.values() for day in (unit.opened, unit.closed) if day}
        found |= {since for states in self._states.values() for since, _ in states}
        return tuple(sorted(found - {date.min}))

    def at(self, on: date) -> UnitTree:
        """The tree of that day, with the names, kinds and parents of that day. A unit whose parent does
        not exist then is placed under the nearest ancestor that exists."""
        alive = {code: unit for code, unit in self._units.items() if unit.exists(on)}
        for code, states in self._states.items():
            if code in alive:
                # Most days are after the last change; `state` handles the other days.
                last = states[-1]
                alive[code] = last[1] if last[0] <= on else self.state(code, on)
        found = []
        for unit in alive.values():
            parent = unit.parent
            while parent is not None and parent not in alive:
                parent = self.state(parent, on).parent
            found.append(unit if parent == unit.parent else replace(unit, parent=parent))
        return UnitTree(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A selection of units. An empty part does not limit it: ``Scope()`` is every unit.

    A kind in `kinds` means the units of exactly that kind; a built-in one also those of all kinds that are
    like it: a form for enterprises is owed by the State's and by foreign ones, a form for schools by
    schools only. `within` is the code of a unit: that unit and all units under it.
    """

    kinds: frozenset[UnitKind] = frozenset()
    sectors: frozenset[Sector] = frozenset()
    units: frozenset[str] = frozenset()
    within: str | None = None

    def covers(self, unit: Unit, tree: UnitTree) -> bool:
        """Whether `unit` belongs to the selection."""
        return (
            (not self.kinds or unit.kind in self.kinds or unit.kind.like in self.kinds)
            and (not self.sectors or unit.sector in self.sectors)
            and (not self.units or unit.code in self.units)
            and (self.within is None or tree.contains(self.within, unit.code))
        )

    @property
    def text(self) -> str:
        """The scope as text without spaces, "all" for every unit; the roll-up can read it back."""
        parts = [
            *([f"kinds={','.join(sorted(self.kinds))}"] if self.kinds else []),
            *([f"sectors={','.join(sorted(self.sectors))}"] if self.sectors else []),
            *([f"units={','.join(sorted(self.units))}"] if self.units else []),
            *([f"within={self.within}"] if self.within else []),
        ]
        return ";".join(parts) or "all"


EVERY_UNIT = Scope()


def name_in_text(name: str) -> str:
    """The name within a sentence: the level of a place begins with a small letter.

    >>> name_in_text("Xã An Phú"), name_in_text("Huyện đoàn")
    ('xã An Phú', 'Huyện đoàn')
    """
    is_place = name.startswith(("Xã ", "Phường ", "Thị trấn "))
    return f"{name[:1].lower()}{name[1:]}" if is_place else name
