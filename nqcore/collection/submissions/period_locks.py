"""*Khóa kỳ*: periods that are closed for entry. A report that was not sent by then stays as it is.

Two kinds of reports stay open in a closed period, because an approver has decided so for the single
report: one that was returned or reopened, and one whose deadline was extended to today or later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.tables import PERIOD_LOCKS
from nqcore.errors import N_, InputError
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState
from nqcore.store import Store
from nqcore.text.dates import write_date


class PeriodLocked(InputError):
    """The period is closed for entry."""

    code = "period-locked"
    template = N_(
        "This period was closed on {day}. To correct it, ask the unit above to reopen it."
    )

    def __init__(self, lock: PeriodLock) -> None:
        super().__init__(day=write_date(lock.at.date()))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLock:
    """Who closed a form's period, and when."""

    by: str
    at: datetime


class PeriodLocks:
    """The closed periods of a workspace, by form and period."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, form: str, period: str) -> PeriodLock | None:
        """Who closed the form's period and when; None while it is open."""
        doc = self._store.get(PERIOD_LOCKS, f"{form}|{period}")
        if doc is None or not doc["on"]:
            return None
        return PeriodLock(by=doc["by"], at=datetime.fromisoformat(doc["at"]))

    def on(self, obligation: Obligation, today: date) -> PeriodLock | None:
        """The lock because of which this report cannot be entered today; None where it can."""
        if obligation.state in (SubmissionState.RETURNED, SubmissionState.REOPENED):
            return None
        if obligation.extension is not None and obligation.extension.until >= today:
            return None
        return self.get(obligation.form, obligation.period.code)

    def switch(self, actor: Actor, form: str, period: str, on: bool, *, root: str) -> None:
        """Close a form's period for all units (`on`), or open it again. The actor must have the right
        to manage `root`, the unit at the top, and work with the form. Raises NotAllowed."""
        actor.require(Action.MANAGE, root, form)
        do = "lock-period" if on else "unlock-period"
        with self._store.change(by=actor.login, do=do, at=actor.at) as change:
            doc = {"on": on, "by": actor.login, "at": actor.at.isoformat()}
            change.put(PERIOD_LOCKS, f"{form}|{period}", doc)
