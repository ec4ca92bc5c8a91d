"""`ws.monitoring`: who has sent and who has not, what waits for whom, deadlines, tasks and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

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
from nqcore.collection.monitoring.plan_matrix import PlanMatrix, plan_matrix
from nqcore.collection.monitoring.task_coverage import TaskCoverage, task_coverage
from nqcore.collection.monitoring.task_progress import (
    TaskOverview,
    may_note,
    note_task,
    task_overview,
)
from nqcore.collection.monitoring.timetable import Timetable, drop_day_off, set_day_off, timetable
from nqcore.errors import UnknownName
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.targets import Task, TaskStatus
from nqcore.workspace.arguments import checked
from nqcore.workspace.live import Live


@checked
class MonitoringService:
    """Lists and tables over many reports."""

    def __init__(self, live: Live) -> None:
        self._live = live

    # -- reports ---------------------------------------------------------------------------------

    def forms_of(self, account: Account) -> tuple[Form, ...]:
        """The forms that the account has to do with."""
        return worklist.forms_of(self._live.context.repository, account)

    def worklist(self, account: Account | str) -> tuple[Obligation, ...]:
        """*Việc của tôi*: what the account's unit owes or has on its way."""
        return worklist.worklist(self._live.context.repository, self._live.account(account))

    def coming_reports(self, account: Account | str) -> tuple[Obligation, ...]:
        """What the account's unit owes next, beyond its worklist: one report per form."""
        return worklist.coming_reports(self._live.context.repository, self._live.account(account))

    def queue(self, account: Account | str, most: int | None = None) -> tuple[Obligation, ...]:
        """*Chờ duyệt*: what waits for the account's approval, oldest first; at most `most`."""
        account = self._live.account(account)
        return approval_queue(self._live.context.repository, account, most)

    def count_waiting(self, account: Account | str) -> int:
        """How many reports the queue has."""
        return count_waiting(self._live.context.repository, self._live.account(account))

    def awaiting_approval(
        self, account: Account | str, *, by_risk: bool = False
    ) -> tuple[AwaitingApproval, ...]:
        """The queue with what is unusual in each report; `by_risk`: the most unusual first."""
        account = self._live.account(account)
        return awaiting_approval(self._live.context.repository, account, by_risk=by_risk)

    def accept_routine(self, chosen: Mapping[str, int], *, by: Account | str) -> BulkApproval:
        """Accept the reports in `chosen` (id → the revision that was seen) in which nothing is
        unusual. Raises UnknownName, NotAllowed."""
        return accept_routine(self._live.workflow, self._live.actor(by), chosen)

    def board(
        self, form: str | Form, root: str | None = None, period: str | None = None, count: int = 6
    ) -> board.Board:
        """*Tiến độ*: units under `root` × the newest `count` periods (up to `period`)."""
        form = self._live.form(form)
        upto = self._live.period(form, period) if period else None
        return board.board(
            self._live.context.repository, form, root or self._live.root, upto, count
        )

    # -- deadlines -------------------------------------------------------------------------------

    def timetable(self, year: int, root: str | None = None) -> Timetable:
        """*Kỳ và hạn*: the periods of a year with the deadlines of the units under `root`."""
        return timetable(self._live.context.repository, year, root or self._live.root)

    def set_day_off(self, day: date, name: str, *, working: bool, by: Account | str) -> None:
        """Enter a day of the office, off or worked. Raises NotAllowed, DayPassed, DayWithoutName."""
        actor = self._live.actor(by)
        set_day_off(self._live.store, actor, day, name, working=working, root=self._live.root)
        self._live.refresh()

    def drop_day_off(self, day: date, *, by: Account | str) -> None:
        """Take such a day back. Raises NotAllowed, DayPassed, NotOwnDay."""
        drop_day_off(self._live.store, self._live.actor(by), day, root=self._live.root)
        self._live.refresh()

    # -- tasks and plans -------------------------------------------------------------------------

    def task(self, id: str) -> Task:
        """The task of that id as it is today: with the unit that inherited it. Raises UnknownName."""
        catalogue = self._live.context.catalogue
        if id not in catalogue.tasks:
            raise UnknownName(kind="task", name=id, hint="Open it from its directive.")
        return catalogue.task_at(id, self._live.today)

    def task_overview(self, id: str) -> TaskOverview:
        """How far the task is: what was reported and noted of it, and its deadline."""
        return task_overview(self._live.context.repository, self.task(id))

    def may_note(self, task: Task, account: Account) -> bool:
        """Whether the account may note how far the task is."""
        return may_note(task, self._live.actor(account))

    def note_task(
        self,
        id: str,
        status: TaskStatus,
        note: str = "",
        *,
        by: Account | str,
        base: int | None = None,
    ) -> TaskOverview:
        """Note how far the task is now. Raises UnknownName, NotAllowed, NoteTooLong, Conflict."""
        actor, task = self._live.actor(by), self.task(id)
        return note_task(self._live.context.repository, actor, task, status, note, base=base)

    def plans(
        self, directive: str | None = None, shown: Callable[[str], bool] | None = None
    ) -> PlanMatrix:
        """Which units have issued their plan for the directive and those below it (None: for all);
        `shown` leaves units out."""
        directives = self._live.context.catalogue.directives
        found = directives[directive] if directive is not None else None
        repository, today = self._live.context.repository, self._live.today
        if shown is None:
            return plan_matrix(repository, found, today)
        return plan_matrix(repository, found, today, shown)

    def task_coverage(self, directive: str) -> TaskCoverage:
        """Which of its tasks and targets are not taken up below, and which tasks answer none above."""
        catalogue = self._live.context.catalogue
        return task_coverage(catalogue, catalogue.directives[directive])
