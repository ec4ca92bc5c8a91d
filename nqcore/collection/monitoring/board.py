"""*Tiến độ*: who has sent, who is late and who is missing, units × periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.changes import ChangeEvent
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.report_status import DatedStatus, ReportStatus, report_status
from nqcore.model.submissions import SENT, UNSENT, SubmissionState, submission_id
from nqcore.model.units import Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardGroup:
    """The units of one kind; `cells` by unit stand as `Board.periods` do. None: not required."""

    kind: UnitKind
    rows: tuple[tuple[Unit, tuple[Obligation | None, ...]], ...]

    def rate(self, nth: int) -> tuple[int, int]:
        """(sent, owed) of the nth period."""
        owed = [cells[nth] for _, cells in self.rows if cells[nth] is not None]
        return sum(1 for cell in owed if cell is not None and cell.sent), len(owed)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardBelow:
    """A unit whose own part of the board is a page further down: (sent, owed) by period, how many of
    the current period's reports stand in each state, and how many of all periods were not sent when
    the form's deadline was over (a deadline of a single unit's own is not looked at here)."""

    unit: Unit
    cells: tuple[tuple[int, int], ...]
    now: Mapping[SubmissionState | None, int]
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """*Tiến độ*: units × periods. The last period is the current one."""

    form: Form
    root: Unit
    periods: tuple[Period, ...]
    groups: tuple[BoardGroup, ...]
    changes: tuple[ChangeEvent, ...] = ()
    """What happened to units under the root in these periods, until today."""
    undecided: frozenset[tuple[str, str]] = frozenset()
    """(unit, period) where a unit that has ended would owe the form and nobody has decided who does
    now: owed by nobody, so in no rate."""
    below: tuple[BoardBelow, ...] = ()
    """Where there are more than MOST rows: the units directly under `root` that have others under
    them."""

    def stands(self, unit: str, nth: int, cell: Obligation | None, today: date) -> DatedStatus:
        """How the nth cell of the unit's row stands."""
        if cell is None and (unit, self.periods[nth].code) in self.undecided:
            return DatedStatus(ReportStatus.UNDECIDED, 0)
        return report_status(cell, today)

    def rate(self, nth: int) -> tuple[int, int]:
        """(sent, owed) of the nth period over all groups."""
        rates = [group.rate(nth) for group in self.groups]
        rates += [below.cells[nth] for below in self.below]
        return sum(sent for sent, _ in rates), sum(owed for _, owed in rates)

    def overdue(self, today: date) -> int:
        """How many reports of all its periods were not sent though their deadline is over."""
        here = sum(
            self.stands(unit.code, nth, cell, today).status is ReportStatus.OVERDUE
            for group in self.groups
            for unit, cells in group.rows
            for nth, cell in enumerate(cells)
        )
        return here + sum(below.overdue for below in self.below)

    def now(self, *states: SubmissionState | None) -> tuple[Obligation, ...]:
        """The obligations of the current period that are in one of `states`."""
        cells = [cells[-1] for group in self.groups for _, cells in group.rows]
        return tuple(cell for cell in cells if cell is not None and cell.state in states)


_ORDER = list(UnitKind)
MOST = 60
"""Rows of a board; more are told by the units they stand under."""


def board(
    repository: SubmissionRepository,
    form: Form,
    root: str,
    period: Period | None = None,
    count: int = 6,
) -> Board:
    """The board of `form` for the units under `root`, up to `period` (default: the newest one)."""
    obligations = repository.obligations
    today = repository.clock().date()
    periods = repository.obligations.current_periods(form, today, count, period)
    owed = {p.code: {u.code for u in obligations.owed(form, p, root)} for p in periods}
    under = {unit.code for unit in repository.catalogue.units.subtree(root)}
    undecided = frozenset(
        (u.code, p.code) for p in periods for u in obligations.undecided(form, p) if u.code in under
    )
    open_for = {code for code, _ in undecided}
    # Each row has the name and kind of the newest period shown, as that period's reports do.
    shown = periods[-1].end if periods else today
    units = [
        repository.catalogue.units.state(unit.code, shown)
        for unit in repository.catalogue.units.subtree(root)
        if unit.code in open_for or any(unit.code in codes for codes in owed.values())
    ]
    below: tuple[BoardBelow, ...] = ()
    if len(units) > MOST:
        below = _below(repository, form, root, periods, [unit.code for unit in units])
        tree = repository.catalogue.units
        inside = [one.unit.code for one in below]
        units = [u for u in units if not any(tree.contains(code, u.code) for code in inside)]
    groups = []
    for kind in sorted({unit.kind for unit in units}, key=_ORDER.index):
        rows = []
        for unit in units:
            if unit.kind is kind:
                cells = tuple(
                    repository.obligation(unit.code, form, p) if unit.code in owed[p.code] else None
                    for p in periods
                )
                rows.append((unit, cells))
        groups.append(BoardGroup(kind=kind, rows=tuple(rows)))
    return Board(
        form=form,
        root=repository.units[root],
        periods=periods,
        groups=tuple(groups),
        changes=_happened(repository, under, periods),
        undecided=undecided,
        below=below,
    )


def _happened(
    repository: SubmissionRepository, units: Set[str], periods: Sequence[Period]
) -> tuple[ChangeEvent, ...]:
    if not periods:
        return ()
    first, last = periods[0].start, min(periods[-1].end, repository.clock().date())
    found = (
        event
        for event in repository.catalogue.changes.values()
        if first <= event.date <= last and not units.isdisjoint(event.touched)
    )
    return tuple(sorted(found, key=lambda event: (event.date, event.id)))


def _below(
    repository: SubmissionRepository,
    form: Form,
    root: str,
    periods: tuple[Period, ...],
    codes: Sequence[str],
) -> tuple[BoardBelow, ...]:
    """The units directly under `root` with others under them that owe the form, each in numbers."""
    tree, states = repository.catalogue.units, repository.index.states()
    today = repository.clock().date()
    found = []
    for child in tree.children(root):
        inside = [code for code in codes if tree.contains(child.code, code)]
        if len(inside) < 2:
            continue
        cells, now, overdue = [], dict[SubmissionState | None, int](), 0
        for period in periods:
            owing = repository.obligations.owing(form, period)
            due = [code for code in inside if code in owing]
            told = [states.get(submission_id(period.code, form.id, code)) for code in due]
            cells.append((sum(state in SENT for state in told), len(due)))
            now = {state: told.count(state) for state in {*told}}
            if period.due is not None and period.due < today:
                overdue += sum(state in UNSENT for state in told)
        found.append(BoardBelow(unit=child, cells=tuple(cells), now=now, overdue=overdue))
    return tuple(found)
