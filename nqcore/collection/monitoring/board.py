"""The progress board (*Tiến độ*): who has sent, who is late and who is missing, units × periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from nqcore.collection.monitoring.report_counts import count_reports
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.changes import ChangeEvent
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.report_status import (
    DatedStatus,
    ReportStatus,
    report_status,
    status_without_a_report,
)
from nqcore.model.submissions import SENT, UNSENT, SubmissionState
from nqcore.model.units import BUILT_IN_KINDS, Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardGroup:
    """The units of one kind, each with its cells in the order of `Board.periods`. A cell is None where the
    unit does not owe the report: it is exempt, or was not there (`Board.status`)."""

    kind: UnitKind
    rows: tuple[tuple[Unit, tuple[Obligation | None, ...]], ...]

    def rate(self, nth: int) -> tuple[int, int]:
        """(sent, owed) of the nth period."""
        owed = [cells[nth] for _, cells in self.rows if cells[nth] is not None]
        return sum(1 for cell in owed if cell is not None and cell.sent), len(owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSubtree:
    """A unit and all units under it in numbers; they have a board of their own.

    `rates` is (sent, owed) by period. `current` counts the reports of the current period by state; of a
    period before the office began, only those that were brought in.
    `overdue` counts, by period, the reports that are not sent although their deadline is over. `closed`: so
    many of the current period were not sent before it was closed; they are in no state."""

    unit: Unit
    rates: tuple[tuple[int, int], ...]
    current: Mapping[SubmissionState | None, int]
    overdue: tuple[int, ...]
    closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """*Tiến độ*: units × periods. The last period is the current one; of those before it the ones that a
    unit under `root` owes the form for."""

    form: Form
    root: Unit
    periods: tuple[Period, ...]
    groups: tuple[BoardGroup, ...]
    changes: tuple[ChangeEvent, ...] = ()
    """The changes of units under `root` from the first day of these periods until today."""
    undecided: frozenset[tuple[str, str]] = frozenset()
    """(unit, period) where a unit that has ended would owe the form, and no decision says which unit owes
    it now. No unit owes it, so it is in no rate."""
    subtrees: tuple[BoardSubtree, ...] = ()
    """On a board with more than MAX_ROWS units: the units directly under `root` that have others under
    them. Their units are in no group."""

    def status(self, unit: Unit, nth: int, cell: Obligation | None, today: date) -> DatedStatus:
        """The status on `today` of `cell`, the nth one of the unit's row."""
        if cell is not None:
            return report_status(cell, today)
        period = self.periods[nth]
        if (unit.code, period.code) in self.undecided:
            return DatedStatus(ReportStatus.UNDECIDED, 0)
        return DatedStatus(status_without_a_report(unit, period), 0)

    def rate(self, nth: int) -> tuple[int, int]:
        """(sent, owed) of the nth period over all units."""
        rates = [group.rate(nth) for group in self.groups]
        rates += [subtree.rates[nth] for subtree in self.subtrees]
        return sum(sent for sent, _ in rates), sum(owed for _, owed in rates)

    @property
    def due(self) -> date | None:
        """The deadline of the newest period: the earliest of its units, with overlays and without
        extensions. None for a board without periods."""
        if not self.periods:
            return None
        newest = [cells[-1] for group in self.groups for _, cells in group.rows if cells]
        days = [cell.period.due for cell in newest if cell is not None and cell.period.due]
        return min(days, default=self.periods[-1].due)

    def overdue_in(self, nth: int, today: date) -> int:
        """How many reports of the nth period are not sent although their deadline is over."""
        here = sum(
            self.status(unit, nth, cells[nth], today).status is ReportStatus.OVERDUE
            for group in self.groups
            for unit, cells in group.rows
        )
        return here + sum(subtree.overdue[nth] for subtree in self.subtrees)

    def overdue(self, today: date) -> int:
        """The same over all its periods."""
        return sum(self.overdue_in(nth, today) for nth in range(len(self.periods)))


MAX_ROWS = 60
"""Rows of a board. A board with more units shows the units directly under its root in numbers."""


def board(
    repository: SubmissionRepository,
    form: Form,
    root: str,
    period: Period | None = None,
    count: int = 6,
) -> Board:
    """The board of `form` for the units under `root` (a code), for the `count` periods up to `period`;
    None: up to the newest period that can be filled in today. Of periods before the last one it has those
    that some unit owes."""
    obligations, tree = repository.obligations, repository.catalogue.units
    today = repository.clock().date()
    periods = obligations.current_periods(form, today, count, period)
    owed = {p.code: {u.code for u in obligations.owed(form, p, root)} for p in periods}
    under = {unit.code for unit in tree.subtree(root)}
    undecided = frozenset(
        (u.code, p.code)
        for p in periods
        if obligations.is_awaited(p)
        for u in obligations.undecided(form, p)
        if u.code in under
    )
    asked = {code for _, code in undecided} | {code for code, units in owed.items() if units}
    # A time in which no unit was there, before a merger say, has no column of its own.
    periods = tuple(p for p in periods if p.code in asked or p is periods[-1])
    listed = {code for code, _ in undecided}.union(*owed.values())
    # Each row has the name and kind of the newest period that is shown, as that period's reports do.
    shown = periods[-1].end if periods else today
    units = [tree.state(unit.code, shown) for unit in tree.subtree(root) if unit.code in listed]
    subtrees: tuple[BoardSubtree, ...] = ()
    if len(units) > MAX_ROWS:
        subtrees = _subtrees(repository, form, root, periods, [unit.code for unit in units])
        inside = [one.unit.code for one in subtrees]
        units = [u for u in units if not any(tree.contains(code, u.code) for code in inside)]
    return Board(
        form=form,
        root=repository.units[root],
        periods=periods,
        groups=_groups(repository, form, periods, owed, units),
        changes=_changes(repository, under, periods),
        undecided=undecided,
        subtrees=subtrees,
    )


def _groups(
    repository: SubmissionRepository,
    form: Form,
    periods: Sequence[Period],
    owed: Mapping[str, Set[str]],
    units: Sequence[Unit],
) -> tuple[BoardGroup, ...]:
    """A group for each kind of `units`; `owed` has the codes of the units that owe the form by period."""
    order = {code: nth for nth, code in enumerate(repository.catalogue.unit_kinds, 1)}
    rows: dict[UnitKind, list[tuple[Unit, tuple[Obligation | None, ...]]]] = {}
    for unit in units:
        cells = (
            repository.obligation(unit.code, form, p) if unit.code in owed[p.code] else None
            for p in periods
        )
        rows.setdefault(unit.kind, []).append((unit, tuple(cells)))
    return tuple(
        BoardGroup(kind=kind, rows=tuple(rows[kind]))
        for kind in sorted(
            rows, key=lambda one: (BUILT_IN_KINDS.index(one.like), order.get(one, 0))
        )
    )


def _changes(
    repository: SubmissionRepository, units: Set[str], periods: Sequence[Period]
) -> tuple[ChangeEvent, ...]:
    """The changes of `units` from the first day of the periods on, until their last day or today."""
    if not periods:
        return ()
    first, last = periods[0].start, min(periods[-1].end, repository.clock().date())
    found = (
        event
        for event in repository.catalogue.changes.values()
        if first <= event.date <= last and not units.isdisjoint(event.touched)
    )
    return tuple(sorted(found, key=lambda event: (event.date, event.id)))


def _subtrees(
    repository: SubmissionRepository,
    form: Form,
    root: str,
    periods: tuple[Period, ...],
    codes: Sequence[str],
) -> tuple[BoardSubtree, ...]:
    """The units directly under `root` that are, with the units under them, more than one of `codes`."""
    tree = repository.catalogue.units
    found = []
    for child in tree.children(root):
        inside = [code for code in codes if tree.contains(child.code, code)]
        if len(inside) > 1:
            found.append(_subtree(repository, form, periods, child, inside))
    return tuple(found)


def _subtree(
    repository: SubmissionRepository,
    form: Form,
    periods: tuple[Period, ...],
    top: Unit,
    codes: Sequence[str],
) -> BoardSubtree:
    """The unit `top` in numbers: the reports of `codes`, the units under it and itself."""
    today, inside = repository.clock().date(), frozenset(codes)
    rates: list[tuple[int, int]] = []
    overdue: list[int] = []
    owing: Set[str] = frozenset()
    for period in periods:
        owing = inside & repository.obligations.owing_codes(form, period)
        unsent = owing - repository.units_with(form, period, SENT)
        rates.append((len(owing) - len(unsent), len(owing)))
        late = [(form, period, unsent)] if repository.any_is_late(form, period) else []
        overdue.append(len(count_reports(repository, late, today).past_due))
    closed = _closed(repository, form, periods[-1], owing)
    return BoardSubtree(
        unit=top,
        rates=tuple(rates),
        current=_current(repository, form, periods[-1], owing - closed),
        closed=len(closed),
        overdue=tuple(overdue),
    )


def _closed(
    repository: SubmissionRepository, form: Form, period: Period, owing: Set[str]
) -> frozenset[str]:
    """The units of `owing` that can send the report no more, because the period is closed."""
    if repository.locks.get(form.id, period.code) is None:
        return frozenset()
    unsent = owing - repository.units_with(form, period, SENT)
    return frozenset(one for one in unsent if repository.obligation(one, form, period).closed)


def _current(
    repository: SubmissionRepository, form: Form, period: Period, owing: Set[str]
) -> Mapping[SubmissionState | None, int]:
    """How many of the reports of `owing` are in each state; of a period before the office began, only those
    that were brought in."""
    found: dict[SubmissionState | None, int] = {
        state: len(owing & repository.units_with(form, period, {state}))
        for state in SubmissionState
    }
    found[None] = len(owing) - sum(found.values())
    awaited = repository.obligations.is_awaited(period)
    return {
        state: count for state, count in found.items() if count and (awaited or state not in UNSENT)
    }
