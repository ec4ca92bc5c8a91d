"""Totals that follow the store: the accepted values as one repository reads them, kept up to date by the
submission."""

from __future__ import annotations

from datetime import date
from threading import Lock

from nqcore.analysis.rollup import AcceptedValues, Totals
from nqcore.collection.context import Context
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import SUBMISSIONS
from nqcore.model.submissions import Revision


class FollowedTotals:
    """The accepted values that `repository` reads by the definitions of `context`, and totals over them.
    Nothing is read before the first question. Threads may share it.

    `newest`: the day of the newest step of any report in it; every report is known as of that day.
    """

    def __init__(self, context: Context, repository: SubmissionRepository) -> None:
        self.context, self.repository = context, repository
        self.newest = date.min
        self._values = AcceptedValues(context.catalogue)
        self._totals: Totals | None = None
        self._seen = -1
        self._lock = (
            Lock()
        )  # threads of one server share the values and the engine that adds them up

    def on(self, today: date) -> Totals:
        """The totals by the clock `today`, with everything that the store has read."""
        with self._lock:
            self._follow()
            known = self._totals
            if known is None:
                known = self._totals = Totals(self.context.obligations, self._values, today)
            elif known.today != today:
                known = self._totals = known.on(today)
            return known

    def _follow(self) -> None:
        store = self.repository.store
        seen = store.version
        if self._seen < 0:
            for revision in self.repository.newest_revisions():
                self._put(revision)
        elif self._seen != seen:
            changes = store.changes_since(self._seen)
            for id in {id for _, table, id in changes if table == SUBMISSIONS}:
                newest = self.repository.revision(id)
                if newest is not None:  # None: nothing of it was entered by the repository's day
                    self._put(newest)
        self._seen = seen

    def _put(self, revision: Revision) -> None:
        self._values.put(revision)
        self.newest = max(self.newest, revision.at.date())
