"""Obligations: the report that a unit owes for a period, and its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from nqcore.model.periods import Period
from nqcore.model.submissions import SENT, Revision, SubmissionState, submission_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtension:
    """A later deadline for one unit's report: `until` instead of the day of the rule, with the
    reason."""

    until: date
    reason: str
    by: str
    at: datetime


class Disposition(StrEnum):
    """Who is responsible for a report."""

    HELD = "held"
    """Its unit, or the unit that took it over."""
    UNDECIDED = "undecided"
    """Its unit has ended and there is no decision yet: *chưa xác định*."""
    ENDED = "ended"
    """By decision, the duty ended with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """`unit` owes form `form` for `period`; `period.due` is the deadline of this unit.

    `revision` is the newest one of the submission, None when nothing was entered. `overlays` are the
    ids of overlays that changed the deadline. With an `extension`, lateness is measured from its day.
    `disposition` says who is responsible after the unit has ended. `awaited`: False for a period that ended
    before the office began to collect; then the report can only be brought in, and is never late. `closed`:
    it was not sent, and its period is closed for entry, so that the unit can send it no more.
    """

    unit: str
    form: str
    period: Period
    revision: Revision | None = None
    overlays: tuple[str, ...] = ()
    extension: DeadlineExtension | None = None
    disposition: Disposition = Disposition.HELD
    awaited: bool = True
    closed: bool = False

    @property
    def submission(self) -> str:
        """The id of the submission for this obligation."""
        return submission_id(self.period.code, self.form, self.unit)

    @property
    def due(self) -> date:
        """The last day to send the report in time."""
        assert self.period.due is not None
        return self.period.due

    @property
    def state(self) -> SubmissionState | None:
        """The submission's state; None when nothing was entered."""
        return self.revision.state if self.revision else None

    @property
    def sent(self) -> bool:
        """Whether the report has been sent and not withdrawn, returned or reopened."""
        return self.state in SENT

    @property
    def owing(self) -> bool:
        """Whether the unit has still to send it."""
        return self.awaited and not self.sent and not self.closed

    def days_left(self, today: date) -> int:
        """Days from `today` to the deadline; negative after the deadline."""
        return (self.due - today).days

    def days_late(self) -> int | None:
        """Days from the deadline to the first sending (negative: early); None if never sent."""
        return self.revision.days_late(self.due) if self.revision else None
