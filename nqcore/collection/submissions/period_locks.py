"""Periods that are closed for entry (*khóa kỳ*): what was not sent by then is entered no more.

A report that an approver has returned or reopened, and one with a later deadline, stay open: that was
decided for this report by itself.
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
        """Whether the period is closed for that form."""
        doc = self._store.get(PERIOD_LOCKS, f"{form}|{period}")
        if doc is None or not doc["on"]:
            return None
        return PeriodLock(by=doc["by"], at=datetime.fromisoformat(doc["at"]))

    def on(self, obligation: Obligation, today: date) -> PeriodLock | None:
        """The lock that keeps this report from being entered today."""
        if obligation.state in (SubmissionState.RETURNED, SubmissionState.REOPENED):
            return None
        if obligation.extension is not None and obligation.extension.until >= today:
            return None
        return self.get(obligation.form, obligation.period.code)

    def switch(self, actor: Actor, form: str, period: str, on: bool, *, root: str) -> None:
        """Close a form's period for all units, or open it again. `root` is the unit at the top: the
        actor must manage it. Raises NotAllowed."""
        actor.require(Action.MANAGE, root)
        do = "lock-period" if on else "unlock-period"
        with self._store.change(by=actor.login, do=do, at=actor.at) as change:
            doc = {"on": on, "by": actor.login, "at": actor.at.isoformat()}
            change.put(PERIOD_LOCKS, f"{form}|{period}", doc)
