"""The submissions as they were known at the end of a day: what was sent or accepted later is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from nqcore.clock import VIET_NAM
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import N_, InputError
from nqcore.model.submissions import Revision, SubmissionId, SubmissionState
from nqcore.text.dates import write_date


class AsOfInFuture(InputError):
    """The day up to which accepted reports are asked for is not over yet: later than today."""

    code = "as-of-in-future"
    template = N_(
        "{day} is after {today}. What will be accepted by then is not known; choose {today}."
    )

    def __init__(self, day: date, today: date) -> None:
        super().__init__(day=write_date(day), today=write_date(today))


class RepositoryAsOf(SubmissionRepository):
    """The submissions of `repository` as they were at the end of `day`, for reading only.

    A submission is a chain of revisions that never change. On `day` its state is that of the newest
    revision made until then: a report that was accepted, and reopened or corrected later, is there as it
    was accepted. Definitions and deadline extensions are those of now. It follows what is written later
    with a moment on or before `day`.
    """

    def __init__(self, repository: SubmissionRepository, day: date) -> None:
        index = SubmissionIndex(repository.store, day)
        moment = datetime.combine(day, time(12), VIET_NAM)
        # By the clock of that day: a unit that has ended since still had its duties.
        super().__init__(repository.store, repository.obligations, lambda: moment, index)
        self.day = day

    def revision(self, submission: str, number: int | None = None) -> Revision | None:
        """The newest revision of a submission on that day, or the one of that `number`; None where there
        was none yet."""
        newest = self._newest_number(submission)
        if newest is None or (number is not None and number > newest):
            return None
        return super().revision(submission, number)

    def _newest_number(self, submission: str) -> int | None:
        return self.index.number(submission)

    def newest_revisions(self) -> Iterator[Revision]:
        """The newest revision on that day of every submission that had one."""
        for id in tuple(self.index.states()):
            revision = self.revision(id)
            assert revision is not None
            yield revision

    def state(self, submission: str) -> SubmissionState | None:
        """The state of a submission on that day; None where nothing was entered until then."""
        return self.index.states().get(submission)

    def reporting_units(self) -> Iterator[str]:
        """The code of the unit of every report for which something was entered by then."""
        for id in tuple(self.index.states()):
            yield SubmissionId.parse(id).unit
