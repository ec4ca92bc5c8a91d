"""What the pages show: a report being filled in, the board of who has sent, the lists of work.

All arithmetic that a page needs is done here; a page only prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nqcore.accounts import Account, Action
from nqcore.checking import Typed, asked_sections, input_names
from nqcore.extend.loading import Fault
from nqcore.locking import Lock
from nqcore.model.changes import ChangeEvent
from nqcore.model.forms import Field, FigureField, Form
from nqcore.model.indicators import Indicator
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.problems import Problem, Severity
from nqcore.model.submissions import SENT, UNSENT, Answer, State, submission_id
from nqcore.model.units import Unit, UnitKind
from nqcore.standing import Standing, Stands, standing
from nqcore.submitting import Desk
from nqcore.text.dates import write_date
from nqcore.text.numbers import write_change, write_figure, write_for_box

OPEN_DAYS = 31
"""A report stands on the list of work from so many days before its period or deadline ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field as the page shows it.

    `typed` are the texts of its boxes by input name ("B4", "VB1.number"); `value`, `before` and
    `change` the answer, that of the last period and what lies between, already written out; `last`
    is `before` as it may be put into the box, `old` the same as it is stored. `copied`: taken over
    from the last period and not looked at since.
    """

    field: Field
    indicator: Indicator | None
    typed: Mapping[str, str]
    answer: Answer | None
    value: str
    before: str
    last: str
    old: Answer | None
    change: str
    problems: tuple[Problem, ...]
    remark: str
    explanation: str
    copied: bool

    @property
    def key(self) -> str:
        """The field's key."""
        return self.field.key

    @property
    def blank(self) -> bool:
        """Whether something still has to be entered."""
        return any(problem.severity is Severity.BLANK for problem in self.problems)

    def of(self, severity: str) -> tuple[Problem, ...]:
        """The row's problems of one severity ("error", "blank", "warning", "echo")."""
        return tuple(problem for problem in self.problems if problem.severity == severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """A lettered part with its rows."""

    key: str
    title: str
    rows: tuple[Row, ...]

    @property
    def figures(self) -> tuple[Row, ...]:
        """The rows that are number boxes."""
        return tuple(row for row in self.rows if isinstance(row.field, FigureField))

    @property
    def others(self) -> tuple[Row, ...]:
        """Narratives, choices, documents, tasks."""
        return tuple(row for row in self.rows if not isinstance(row.field, FigureField))

    @property
    def filled(self) -> int:
        """How many number boxes hold a figure that can be read."""
        return sum(1 for row in self.figures if row.answer is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A report as its pages show it: rows, problems, remarks, and where it stands."""

    obligation: Obligation
    unit: Unit
    form: Form
    before: Period | None
    sections: tuple[SheetSection, ...]
    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...]
    remark: str
    lock: Lock | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order of the form."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def base(self) -> int:
        """The revision that is shown: goes back with the form, so nobody overwrites unseen."""
        return self.obligation.revision.number if self.obligation.revision else 0

    @property
    def editable(self) -> bool:
        """Whether the unit may enter figures now."""
        return self.lock is None and self.open

    @property
    def open(self) -> bool:
        """Whether it would be entered, were its period not closed."""
        return self.obligation.state is None or self.obligation.state.editable

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What stands in the way of sending."""
        return tuple(problem for problem in self.problems if problem.blocks)

    @property
    def filled(self) -> int:
        """Number boxes that hold a figure that can be read."""
        return sum(section.filled for section in self.sections)

    @property
    def boxes(self) -> int:
        """Number boxes in all."""
        return sum(len(section.figures) for section in self.sections)

    @property
    def unusual(self) -> tuple[Row, ...]:
        """The rows with a warning: what a reviewer looks at first."""
        return tuple(row for row in self.rows if row.of(Severity.WARNING))

    @property
    def copied(self) -> tuple[Row, ...]:
        """The rows with a figure of the last period that nobody has looked at yet."""
        return tuple(row for row in self.rows if row.copied)

    @property
    def first_blank(self) -> str:
        """The input name of the first box to fill, "" when none is left."""
        return next((input_names(row.field)[0] for row in self.rows if row.blank), "")


def sheet(desk: Desk, obligation: Obligation, given: Mapping[str, Typed] | None = None) -> Sheet:
    """The sheet of a report; with `given`, as if that had been typed (nothing is stored)."""
    catalogue = desk.catalogue
    unit, form = desk.unit(obligation), catalogue.form(obligation.form)
    revision = obligation.revision
    shown = desk.typed(obligation, revision) if given is None else given
    reading = desk.read(obligation, shown, desk.clock().date())
    problems, faults = desk.judged(obligation, reading)
    earlier = desk.obligations.before(form, obligation.period, 1)
    before = desk.before(obligation)[0] if earlier else {}
    by_field: dict[str, list[Problem]] = {}
    for problem in problems:
        by_field.setdefault(problem.field, []).append(problem)
    sections = []
    for section, fields in asked_sections(catalogue, form, unit, obligation.period.end):
        rows = []
        for field in fields:
            names = input_names(field)
            indicator = (
                catalogue.indicators[field.indicator] if isinstance(field, FigureField) else None
            )
            answer = reading.answers.get(field.key)
            old = before.get(field.key)
            decimals = indicator.decimals if indicator else 0
            rows.append(
                Row(
                    field=field,
                    indicator=indicator,
                    typed={
                        name: _box(name, field, answer, reading.unread, shown, decimals)
                        for name in names
                    },
                    last=write_for_box(old, decimals) if isinstance(old, Decimal) else "",
                    answer=answer,
                    old=old,
                    value=_written(answer),
                    before=_written(old),
                    change=_change(answer, old),
                    problems=tuple(
                        p
                        for name in dict.fromkeys((*names, field.key))
                        for p in by_field.get(name, ())
                    ),
                    remark=revision.remarks.get(field.key, "") if revision else "",
                    explanation=revision.explanations.get(field.key, "") if revision else "",
                    copied=revision is not None
                    and field.key in revision.copied
                    and answer == revision.answers.get(field.key),
                )
            )
        sections.append(SheetSection(key=section.key, title=section.title, rows=tuple(rows)))
    return Sheet(
        obligation=obligation,
        unit=unit,
        form=form,
        before=earlier[0] if earlier else None,
        sections=tuple(sections),
        problems=problems,
        faults=faults,
        lock=desk.locks.on(obligation, desk.clock().date()),
        remark=(revision.remarks.get("", "") or revision.reason) if revision else "",
    )


def unchanged(desk: Desk, obligation: Obligation, given: Mapping[str, Typed]) -> bool:
    """Whether saving `given` would keep just what the newest revision has (nothing, without one)."""
    today = desk.clock().date()
    now = desk.read(obligation, desk.typed(obligation, obligation.revision), today)
    then = desk.read(obligation, given, today)
    return now.answers == then.answers and now.unread == then.unread


def _written(answer: Answer | None) -> str:
    return write_figure(answer) if isinstance(answer, Decimal) else ""


def _change(answer: Answer | None, old: Answer | None) -> str:
    if isinstance(answer, Decimal) and isinstance(old, Decimal):
        return write_change(answer - old)
    return ""


def _box(
    name: str,
    field: Field,
    answer: Answer | None,
    unread: Mapping[str, str],
    given: Mapping[str, Typed],
    decimals: int,
) -> str:
    """What stands in one box: what could not be read as typed, else the answer written out."""
    if name in unread:
        return unread[name]
    if answer is None or (name not in given and field.key not in given):
        value = given.get(name)
        return value if isinstance(value, str) else ""
    if isinstance(answer, Decimal):
        return write_for_box(answer, decimals)
    if isinstance(answer, str):
        return answer
    part = name.removeprefix(field.key + ".")
    if part in ("number", "status", "note", "date"):
        value = getattr(answer, part)
        return write_date(value) if isinstance(value, date) else str(value or "")
    return ""


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
    now: Mapping[State | None, int]
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

    def stands(self, unit: str, nth: int, cell: Obligation | None, today: date) -> Stands:
        """How the nth cell of the unit's row stands."""
        if cell is None and (unit, self.periods[nth].code) in self.undecided:
            return Stands(Standing.UNDECIDED, 0)
        return standing(cell, today)

    def rate(self, nth: int) -> tuple[int, int]:
        """(sent, owed) of the nth period over all groups."""
        rates = [group.rate(nth) for group in self.groups]
        rates += [below.cells[nth] for below in self.below]
        return sum(sent for sent, _ in rates), sum(owed for _, owed in rates)

    def overdue(self, today: date) -> int:
        """How many reports of all its periods were not sent though their deadline is over."""
        here = sum(
            self.stands(unit.code, nth, cell, today).word is Standing.OVERDUE
            for group in self.groups
            for unit, cells in group.rows
            for nth, cell in enumerate(cells)
        )
        return here + sum(below.overdue for below in self.below)

    def now(self, *states: State | None) -> tuple[Obligation, ...]:
        """The obligations of the current period that are in one of `states`."""
        cells = [cells[-1] for group in self.groups for _, cells in group.rows]
        return tuple(cell for cell in cells if cell is not None and cell.state in states)


_ORDER = list(UnitKind)
MOST = 60
"""Rows of a board; more are told by the units they stand under."""


def board(desk: Desk, form: Form, root: str, period: Period | None = None, count: int = 6) -> Board:
    """The board of `form` for the units under `root`, up to `period` (default: the newest one)."""
    obligations = desk.obligations
    today = desk.clock().date()
    periods = current_periods(desk, form, today, count, period)
    owed = {p.code: {u.code for u in obligations.owed(form, p, root)} for p in periods}
    under = {unit.code for unit in desk.catalogue.units.subtree(root)}
    undecided = frozenset(
        (u.code, p.code) for p in periods for u in obligations.undecided(form, p) if u.code in under
    )
    open_for = {code for code, _ in undecided}
    # Each row has the name and kind of the newest period shown, as that period's reports do.
    shown = periods[-1].end if periods else today
    units = [
        desk.catalogue.units.state(unit.code, shown)
        for unit in desk.catalogue.units.subtree(root)
        if unit.code in open_for or any(unit.code in codes for codes in owed.values())
    ]
    below: tuple[BoardBelow, ...] = ()
    if len(units) > MOST:
        below = _below(desk, form, root, periods, [unit.code for unit in units])
        tree = desk.catalogue.units
        inside = [one.unit.code for one in below]
        units = [u for u in units if not any(tree.contains(code, u.code) for code in inside)]
    groups = []
    for kind in sorted({unit.kind for unit in units}, key=_ORDER.index):
        rows = []
        for unit in units:
            if unit.kind is kind:
                cells = tuple(
                    desk.obligation(unit.code, form, p) if unit.code in owed[p.code] else None
                    for p in periods
                )
                rows.append((unit, cells))
        groups.append(BoardGroup(kind=kind, rows=tuple(rows)))
    return Board(
        form=form,
        root=desk.units[root],
        periods=periods,
        groups=tuple(groups),
        changes=_happened(desk, under, periods),
        undecided=undecided,
        below=below,
    )


def _happened(desk: Desk, units: Set[str], periods: Sequence[Period]) -> tuple[ChangeEvent, ...]:
    if not periods:
        return ()
    first, last = periods[0].start, min(periods[-1].end, desk.clock().date())
    found = (
        event
        for event in desk.catalogue.changes.values()
        if first <= event.date <= last and not units.isdisjoint(event.touched)
    )
    return tuple(sorted(found, key=lambda event: (event.date, event.id)))


def _below(
    desk: Desk, form: Form, root: str, periods: tuple[Period, ...], codes: Sequence[str]
) -> tuple[BoardBelow, ...]:
    """The units directly under `root` with others under them that owe the form, each in numbers."""
    tree, states = desk.catalogue.units, desk.standing.states()
    today = desk.clock().date()
    found = []
    for child in tree.children(root):
        inside = [code for code in codes if tree.contains(child.code, code)]
        if len(inside) < 2:
            continue
        cells, now, overdue = [], dict[State | None, int](), 0
        for period in periods:
            owing = desk.obligations.owing(form, period)
            due = [code for code in inside if code in owing]
            told = [states.get(submission_id(period.code, form.id, code)) for code in due]
            cells.append((sum(state in SENT for state in told), len(due)))
            now = {state: told.count(state) for state in {*told}}
            if period.due is not None and period.due < today:
                overdue += sum(state in UNSENT for state in told)
        found.append(BoardBelow(unit=child, cells=tuple(cells), now=now, overdue=overdue))
    return tuple(found)


def current_periods(
    desk: Desk, form: Form, today: date, count: int, upto: Period | None = None
) -> tuple[Period, ...]:
    """The newest `count` periods that can be filled in by `today`, oldest first."""
    periods = desk.obligations.open_periods(form, today, count + 1 if upto is None else 10_000)
    opened = [
        p
        for p in periods
        if p.due
        and min(p.end, p.due) - timedelta(days=OPEN_DAYS) <= today
        and (upto is None or p.start <= upto.start)
    ]
    return tuple(opened[-count:])


def handled(desk: Desk, account: Account) -> tuple[Form, ...]:
    """The forms that the account has to do with."""
    return tuple(form for form in desk.catalogue.forms.values() if account.handles(form.id))


def work(desk: Desk, account: Account, count: int = 6) -> tuple[Obligation, ...]:
    """What the account's own unit owes or has on its way: returned first, then by deadline. What can
    be entered no more, its period being closed, is not on it."""
    unit = account.unit
    if not account.may(Action.ENTER, unit, desk.units):
        return ()
    today = desk.clock().date()
    found = []
    for form in handled(desk, account):
        for period in current_periods(desk, form, today, count):
            if unit in {u.code for u in desk.obligations.owed(form, period, unit)}:
                one = desk.obligation(unit, form, period)
                entered = one.state is not None and not one.state.editable
                if entered or desk.locks.on(one, today) is None:
                    found.append(one)
    return tuple(sorted(found, key=lambda o: (o.state is not State.RETURNED, o.due, o.form)))


def coming(desk: Desk, account: Account) -> tuple[Obligation, ...]:
    """What the account's unit owes next, beyond what is on its list of work already: one per form."""
    unit, today = account.unit, desk.clock().date()
    found = []
    for form in handled(desk, account):
        if not desk.obligations.usable(form):
            continue
        opened = current_periods(desk, form, today, 1)
        after = opened[-1].end if opened else today
        later = desk.obligations.calendar(form).periods(
            form.every, after + timedelta(days=1), after + timedelta(days=400)
        )
        for bare in later:
            period = desk.obligations.period(form, bare.code)
            if bare.start > after and unit in {
                u.code for u in desk.obligations.owed(form, period, unit)
            }:
                found.append(desk.obligation(unit, form, period))
                break
    return tuple(sorted(found, key=lambda o: (o.due, o.form)))


def queue(desk: Desk, account: Account, most: int | None = None) -> tuple[Obligation, ...]:
    """The reports that wait for the account's review, oldest sending first; at most `most`."""
    ids = sorted(_reviewable(desk, account), key=lambda id: _sent_at(desk, id))
    return tuple(desk.find(id) for id in ids[:most])


def _reviewable(desk: Desk, account: Account) -> Iterator[str]:
    for id in desk.heads(State.SENT):
        _period, form, unit = id.split("_", 2)
        if account.may(Action.REVIEW, unit, desk.units, form):
            yield id


def waiting(desk: Desk, account: Account) -> int:
    """How many reports `queue` has, without looking at them."""
    return sum(1 for _id in _reviewable(desk, account))


def _sent_at(desk: Desk, id: str) -> tuple[str, str]:
    revision = desk.revision(id)
    return (revision.at.isoformat() if revision else "", id)
