"""Obligations: which report a unit owes for a period, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from nqcore.model.periods import Period
from nqcore.model.submissions import SENT, Revision, SubmissionState, submission_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtension:
    """More time for one unit's report: `until` instead of the day that the rule sets, and why."""

    until: date
    reason: str
    by: str
    at: datetime


class Disposition(StrEnum):
    """Who answers for a report."""

    HELD = "held"
    """Its unit, or whoever inherited it."""
    UNDECIDED = "undecided"
    """Its unit has ended, and nobody has decided: *chưa xác định*."""
    ENDED = "ended"
    """It was decided that it ended with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """`unit` owes form `form` for `period` (whose `due` is the unit's own deadline); `revision` is
    the newest of the submission, None when nothing was entered. `overlays` moved the deadline, and
    so did `extension`: lateness is measured against the day that it grants. `fate` says who answers
    for it when the unit has ended."""

    unit: str
    form: str
    period: Period
    revision: Revision | None = None
    overlays: tuple[str, ...] = ()
    extension: DeadlineExtension | None = None
    fate: Disposition = Disposition.HELD

    @property
    def submission(self) -> str:
        """The id of the submission that answers it."""
        return submission_id(self.period.code, self.form, self.unit)

    @property
    def due(self) -> date:
        """The last day to send in time."""
        assert self.period.due is not None
        return self.period.due

    @property
    def state(self) -> SubmissionState | None:
        """The submission's state; None when nothing was entered."""
        return self.revision.state if self.revision else None

    @property
    def sent(self) -> bool:
        """Whether the report has been sent and not come back."""
        return self.state in SENT

    def days_left(self, today: date) -> int:
        """Days from `today` to the deadline; negative when it is over."""
        return (self.due - today).days

    def days_late(self) -> int | None:
        """Days by which the first sending missed the deadline (negative: early); None if not sent."""
        return self.revision.days_late(self.due) if self.revision else None
