"""`ws.monitoring`: who has sent and who has not, what waits for whom, deadlines, tasks and plans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from nqcore.analysis.indicator_uses import IndicatorUse, indicator_uses
from nqcore.catalogue import Catalogue
from nqcore.collection.accounts.access import Account
from nqcore.collection.monitoring import board, worklist
from nqcore.collection.monitoring.approval_queue import (
    AwaitingApproval,
    BulkApproval,
    accept_routine,
    approval_queue,
    awaiting_approval,
    count_waiting,
)
from nqcore.collection.monitoring.debts import (
    UnitDebts,
    UnsettledReports,
    closed_reports,
    debts,
    unsettled_reports,
)
from nqcore.collection.monitoring.first_steps import FirstSteps, first_steps
from nqcore.collection.monitoring.plan_matrix import PlanMatrix, plan_matrix
from nqcore.collection.monitoring.reminders import Reminder, remind, reminders
from nqcore.collection.monitoring.task_coverage import TaskCoverage, task_coverage
from nqcore.collection.monitoring.task_progress import (
    TaskOverview,
    may_note,
    note_task,
    task_overview,
)
from nqcore.collection.monitoring.timetable import Timetable, drop_day_off, set_day_off, timetable
from nqcore.collection.search.entries import Entry, entries
from nqcore.collection.search.everything import FoundThings, Searcher
from nqcore.collection.submissions.office_start import set_office_start
from nqcore.errors import N_, Phrase, Translate, UnknownName
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.targets import Task, TaskStatus
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState


@checked
class MonitoringService:
    """Lists and tables over many reports."""

    def __init__(self, state: OpenState) -> None:
        self._state = state
        self._things: tuple[Catalogue, tuple[Entry, ...]] | None = None

    # -- reports ---------------------------------------------------------------------------------

    def forms_of(self, account: Account) -> tuple[Form, ...]:
        """The forms that the account has to do with.

        >>> [form.id for form in ws.monitoring.forms_of(ws.account("lan"))]
        ['s.q']
        """
        return worklist.forms_of(self._state.context.repository, account)

    def worklist(self, account: Account | str) -> tuple[Obligation, ...]:
        """*Việc của tôi*: what the account's unit owes or has on its way.

        >>> [owed.period.code for owed in ws.monitoring.worklist("lan")]
        ['2017-Q1', '2017-Q2', '2017-Q3', '2017-Q4', '2018-Q1']
        """
        return worklist.worklist(self._state.context.repository, self._state.account(account))

    def coming_reports(self, account: Account | str) -> tuple[Obligation, ...]:
        """What the account's unit owes next, beyond its worklist: one report per form.

        >>> [owed.period.code for owed in ws.monitoring.coming_reports("lan")]
        ['2018-Q2']
        """
        return worklist.coming_reports(self._state.context.repository, self._state.account(account))

    def indicator_uses(self, codes: Collection[str] | None = None) -> tuple[IndicatorUse, ...]:
        """Of each indicator (`codes`: of these): how many boxes a year are filled in for it, and which
        sentence, total, target or annex uses it; what nothing has used for two years, and what two forms ask
        alike.

        >>> uses = {one.code: one for one in ws.monitoring.indicator_uses()}
        >>> uses["s.B1"].totals, uses["s.B1"].cells[2018]
        (('s.B2.1',), 9)
        """
        self._state.refresh()
        state = self._state
        return indicator_uses(state.context, state.store, state.today, codes)

    def search(
        self, text: str, account: Account | str, translate: Translate = str
    ) -> tuple[FoundThings, ...]:
        """Units (under former names, too), reports, indicators, directives, tasks and people that have every
        word of `text`, of what the account may see. Accents and the order of words make no difference.
        `translate` gives the names of periods.

        >>> [(found.kind.value, [one.name for one in found.things])
        ...  for found in ws.monitoring.search("nhan cong", "duyet")]
        [('indicator', ['B1. Công nhân', 'B2. Công nhân có bảo hiểm'])]
        """
        self._state.refresh()
        context = self._state.context
        if self._things is None or self._things[0] is not context.catalogue:
            self._things = context.catalogue, entries(context.catalogue)
        return Searcher(
            repository=context.repository,
            things=self._things[1],
            accounts=self._state.accounts.all(),
            account=self._state.account(account),
            translate=translate,
        ).search(text)

    def queue(self, account: Account | str, most: int | None = None) -> tuple[Obligation, ...]:
        """*Chờ duyệt*: what waits for the account's approval, oldest first; at most `most`.

        >>> [owed.unit for owed in ws.monitoring.queue("duyet")]
        ['dn-2']
        """
        account = self._state.account(account)
        return approval_queue(self._state.context.repository, account, most)

    def count_waiting(self, account: Account | str) -> int:
        """How many reports the queue has.

        >>> ws.monitoring.count_waiting("duyet")
        1
        """
        return count_waiting(self._state.context.repository, self._state.account(account))

    def awaiting_approval(
        self, account: Account | str, *, by_risk: bool = False
    ) -> tuple[AwaitingApproval, ...]:
        """The queue with what is unusual in each report; `by_risk`: the most unusual first.

        >>> (waiting,) = ws.monitoring.awaiting_approval("duyet")
        >>> waiting.obligation.unit, waiting.routine
        ('dn-2', True)
        """
        account = self._state.account(account)
        return awaiting_approval(self._state.context.repository, account, by_risk=by_risk)

    def accept_routine(self, chosen: Mapping[str, int], *, by: Account | str) -> BulkApproval:
        """Accept the reports in `chosen` (id → the revision that was seen) in which nothing is
        unusual. Raises UnknownName, NotAllowed.

        >>> done = ws.monitoring.accept_routine({"2018-Q1_s.q_dn-2": 2}, by="duyet")
        >>> [owed.unit for owed in done.accepted]
        ['dn-2']
        """
        return accept_routine(self._state.workflow, self._state.actor(by), chosen)

    def board(
        self, form: str | Form, root: str | None = None, period: str | None = None, count: int = 6
    ) -> board.Board:
        """*Tiến độ*: units under `root` × the newest `count` periods (up to `period`).

        >>> board = ws.monitoring.board("s.q", count=2)
        >>> [period.code for period in board.periods]
        ['2017-Q4', '2018-Q1']
        """
        form = self._state.form(form)
        upto = self._state.period(form, period) if period else None
        return board.board(
            self._state.context.repository, form, root or self._state.root, upto, count
        )

    def debts(
        self, root: str | None = None, *, forms: Sequence[Form] | None = None
    ) -> tuple[UnitDebts, ...]:
        """*Còn nợ*: the units under `root` (default: all) with the reports of any period that were not sent
        although their deadline is over, the oldest debt first. `forms`: only these. Raises UnknownName.

        >>> [each.unit.code for each in ws.monitoring.debts("xa-a")]
        ['xa-a', 'dn-2']
        """
        context = self._state.context
        chosen = tuple(context.catalogue.forms.values()) if forms is None else forms
        return debts(context.repository, chosen, root or self._state.root)

    def unsettled_reports(
        self, root: str | None = None, *, forms: Sequence[Form] | None = None
    ) -> tuple[UnsettledReports, ...]:
        """The units under `root` (default: all) with what is past due, returned for correction or waiting for
        approval, in any period; the oldest debt first. `forms`: only these. Raises UnknownName.

        >>> first = ws.monitoring.unsettled_reports("xa-a")[0]
        >>> first.unit.code, [owed.period.code for owed in first.past_due][:2], first.waiting
        ('xa-a', ['2017-Q1', '2017-Q2'], ())
        """
        context = self._state.context
        chosen = tuple(context.catalogue.forms.values()) if forms is None else forms
        units = context.catalogue.units.subtree(root or self._state.root)
        return unsettled_reports(context.repository, chosen, units)

    def closed_reports(
        self, root: str | None = None, *, forms: Sequence[Form] | None = None
    ) -> tuple[Obligation, ...]:
        """The reports of the units under `root` (default: all) that were never sent and can be sent no more,
        because their period is closed. `forms`: only these. Raises UnknownName.

        >>> ws.submissions.lock_period("s.q", "2017-Q1", True, by="quantri")
        >>> [each.unit for each in ws.monitoring.closed_reports("xa-a")]
        ['dn-2', 'xa-a']
        """
        context = self._state.context
        chosen = tuple(context.catalogue.forms.values()) if forms is None else forms
        units = context.catalogue.units.subtree(root or self._state.root)
        return closed_reports(context.repository, chosen, {unit.code for unit in units})

    def reminders(self, submission: str) -> tuple[Reminder, ...]:
        """Who reminded the unit of that report and when, oldest first.

        >>> ws.monitoring.reminders("2017-Q1_s.q_xa-a")
        ()
        """
        return reminders(self._state.store, submission)

    def remind(self, units: Sequence[str], *, by: Account | str) -> tuple[Obligation, ...]:
        """*Đã nhắc*: record that the account has reminded the units of what each of them is to send now.
        Gives these reports. Raises NotAllowed, UnknownName.

        >>> done = ws.monitoring.remind(["xa-a"], by="duyet")
        >>> done[0].submission, ws.monitoring.reminders(done[0].submission)[0].by
        ('2017-Q1_s.q_xa-a', 'duyet')
        """
        return remind(self._state.context.repository, self._state.actor(by), units)

    # -- deadlines -------------------------------------------------------------------------------

    def timetable(
        self, year: int, root: str | None = None, *, forms: Sequence[Form] | None = None
    ) -> Timetable:
        """*Kỳ và hạn*: the periods of a year with the deadlines of the units under `root`. `forms`: only
        these. Raises UnknownName.

        >>> [each.form.id for each in ws.monitoring.timetable(2018).forms]
        ['s.q']
        """
        context = self._state.context
        chosen = tuple(context.catalogue.forms.values()) if forms is None else forms
        return timetable(context.repository, year, root or self._state.root, chosen)

    def first_steps(
        self, root: str | None = None, *, forms: Sequence[Form] | None = None
    ) -> FirstSteps:
        """What a new office has: its units, the forms that are on (`forms`: only these) with the reports that
        can be filled in, and whether one has been begun. Raises UnknownName.

        >>> steps = ws.monitoring.first_steps()
        >>> steps.units, [len(one.reports) for one in steps.forms], steps.begun
        (6, [5], True)
        """
        state = self._state
        chosen = tuple(state.context.catalogue.forms.values()) if forms is None else forms
        repository = state.context.repository
        return first_steps(state.store, repository, chosen, root or state.root, state.since)

    def begin_on(self, day: date, *, by: Account | str) -> None:
        """*Ngày bắt đầu thu thập*: no report is owed for a period that ended before `day`. The account must
        manage the whole office. Raises NotAllowed, and StartRefused where a report of such a period was
        entered here.

        >>> ws.monitoring.begin_on(date(2017, 10, 1), by="quantri")
        >>> ws.monitoring.first_steps().since
        datetime.date(2017, 10, 1)
        """
        state = self._state
        set_office_start(state.context.repository, state.actor(by), day, root=state.root)
        state.refresh()

    def due_reports(
        self, form: str | Form, period: str, root: str | None = None
    ) -> tuple[Obligation, ...]:
        """The reports of a form that the units under `root` owe for a period, in the order of the units.
        Raises UnknownName.

        >>> [one.unit for one in ws.monitoring.due_reports("s.q", "2018-Q1")]
        ['xa-a', 'dn-1', 'dn-2', 'xa-b', 'dn-3']
        """
        context, definition = self._state.context, self._state.form(form)
        found = context.obligations.own_period(definition, period)
        owing = context.obligations.owed(definition, found, root or self._state.root)
        return tuple(context.repository.obligation(unit.code, definition, found) for unit in owing)

    def set_day_off(self, day: date, name: str, *, working: bool, by: Account | str) -> None:
        """Enter a day of the office, off or worked. Raises NotAllowed, DayPassed, DayWithoutName.

        >>> ws.monitoring.set_day_off(date(2018, 4, 10), "Lễ hội", working=False, by="quantri")
        >>> "Lễ hội" in [each.name for each in ws.monitoring.timetable(2018).special_days]
        True
        """
        actor = self._state.actor(by)
        set_day_off(self._state.store, actor, day, name, working=working, root=self._state.root)
        self._state.refresh()

    def drop_day_off(self, day: date, *, by: Account | str) -> None:
        """Take such a day back. Raises NotAllowed, DayPassed, NotOwnDay.

        >>> ws.monitoring.set_day_off(date(2018, 4, 10), "Lễ hội", working=False, by="quantri")
        >>> ws.monitoring.drop_day_off(date(2018, 4, 10), by="quantri")
        >>> "Lễ hội" in [each.name for each in ws.monitoring.timetable(2018).special_days]
        False
        """
        drop_day_off(self._state.store, self._state.actor(by), day, root=self._state.root)
        self._state.refresh()

    # -- tasks and plans -------------------------------------------------------------------------

    def task(self, id: str) -> Task:
        """The task of that id as it is today: with the unit that inherited it. Raises UnknownName.

        >>> ws.monitoring.task("t1").title
        'Tuyên truyền'
        """
        catalogue = self._state.context.catalogue
        if id not in catalogue.tasks:
            raise UnknownName(kind="task", name=id, hint=Phrase(N_("Open it from its directive.")))
        return catalogue.task_at(id, self._state.today)

    def task_overview(self, id: str) -> TaskOverview:
        """How far the task is: what was reported and noted of it, and its deadline.

        >>> overview = ws.monitoring.task_overview("t1")
        >>> overview.status.value, overview.progress[0].by
        ('doing', 'lan')
        """
        return task_overview(self._state.context.repository, self.task(id))

    def may_note(self, task: Task, account: Account) -> bool:
        """Whether the account may note how far the task is.

        >>> ws.monitoring.may_note(ws.monitoring.task("t1"), ws.account("duyet"))
        True
        """
        return may_note(task, self._state.actor(account))

    def note_task(
        self,
        id: str,
        status: TaskStatus,
        note: str = "",
        *,
        by: Account | str,
        base: int | None = None,
    ) -> TaskOverview:
        """Note how far the task is now. Raises UnknownName, NotAllowed, NoteTooLong, Conflict.

        >>> from nqcore.plugin import TaskStatus
        >>> noted = ws.monitoring.note_task("t1", TaskStatus.DONE, "Xong đợt 1", by="duyet")
        >>> noted.status.value
        'done'
        """
        actor, task = self._state.actor(by), self.task(id)
        return note_task(self._state.context.repository, actor, task, status, note, base=base)

    def plans(
        self, directive: str | None = None, shown: Callable[[str], bool] | None = None
    ) -> PlanMatrix:
        """Which units have issued their plan for the directive and those below it (None: for all);
        `shown` leaves units out.

        >>> [unit.code for unit in ws.monitoring.plans("1-NQ/HU").units]
        ['xa-a', 'xa-b']
        """
        directives = self._state.context.catalogue.directives
        found = directives[directive] if directive is not None else None
        repository, today = self._state.context.repository, self._state.today
        if shown is None:
            return plan_matrix(repository, found, today)
        return plan_matrix(repository, found, today, shown)

    def task_coverage(self, directive: str) -> TaskCoverage:
        """Which of its tasks and targets are not taken up below, and which tasks answer none above.

        >>> ws.monitoring.task_coverage("1-NQ/HU").below  # no directive carries it out
        ()
        """
        catalogue = self._state.context.catalogue
        return task_coverage(catalogue, catalogue.directives[directive], self._state.today)
