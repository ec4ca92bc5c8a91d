"""Submissions (báo cáo của đơn vị): a chain of immutable revisions with a state.

    chưa nhập → bản nháp → [chờ lãnh đạo duyệt →] đã gửi → đã duyệt
    đã gửi → trả lại → đã gửi      đã gửi → thu hồi → bản nháp      đã duyệt → mở lại → bản nháp
    chờ lãnh đạo duyệt → bản nháp (lãnh đạo chuyển lại, hoặc thu hồi)      đã duyệt → hoàn tác → đã gửi

Every step adds a revision and none is ever changed. Only an accepted submission counts in totals.
Lateness is measured at the first sending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from nqcore.errors import StateError
from nqcore.model.targets import TaskStatus


class SubmissionState(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    PRESENTED = "presented"
    """Waits for the unit's own leader."""
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REOPENED = "reopened"
    EXCLUDED = "excluded"

    @property
    def editable(self) -> bool:
        """Whether the unit may change the answers."""
        return self in (
            SubmissionState.DRAFT,
            SubmissionState.WITHDRAWN,
            SubmissionState.RETURNED,
            SubmissionState.REOPENED,
        )


class Step(StrEnum):
    """What can be done to a submission."""

    SAVE = "save"
    PRESENT = "present"
    """Trình lãnh đạo."""
    HAND_BACK = "hand_back"
    """The unit's leader gives it back to be corrected."""
    SEND = "send"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ACCEPT = "accept"
    UNDO = "undo"
    """Takes an acceptance of the last minutes back."""
    REOPEN = "reopen"
    EXCLUDE = "exclude"


SENT = frozenset({SubmissionState.SENT, SubmissionState.ACCEPTED, SubmissionState.EXCLUDED})
"""The states of a report that was sent and has not come back."""
UNSENT = frozenset(
    {None, SubmissionState.DRAFT, SubmissionState.WITHDRAWN, SubmissionState.PRESENTED}
)
"""The states of a report that was never sent, or taken back."""
_EDITABLE = frozenset(state for state in SubmissionState if state.editable)
_STEPS: Mapping[Step, tuple[frozenset[SubmissionState | None], SubmissionState | None]] = (
    MappingProxyType(
        {
            # None as a present state: nothing has been entered yet. None as the next: it stays.
            Step.SAVE: (_EDITABLE | {None}, None),
            Step.PRESENT: (_EDITABLE | {None}, SubmissionState.PRESENTED),
            Step.HAND_BACK: (frozenset({SubmissionState.PRESENTED}), SubmissionState.DRAFT),
            Step.SEND: (_EDITABLE | {None, SubmissionState.PRESENTED}, SubmissionState.SENT),
            Step.WITHDRAW: (
                frozenset({SubmissionState.SENT, SubmissionState.PRESENTED}),
                SubmissionState.WITHDRAWN,
            ),
            Step.RETURN: (frozenset({SubmissionState.SENT}), SubmissionState.RETURNED),
            Step.ACCEPT: (frozenset({SubmissionState.SENT}), SubmissionState.ACCEPTED),
            Step.UNDO: (frozenset({SubmissionState.ACCEPTED}), SubmissionState.SENT),
            Step.REOPEN: (
                frozenset({SubmissionState.ACCEPTED, SubmissionState.EXCLUDED}),
                SubmissionState.REOPENED,
            ),
            Step.EXCLUDE: (
                frozenset({SubmissionState.SENT, SubmissionState.ACCEPTED}),
                SubmissionState.EXCLUDED,
            ),
        }
    )
)


def after(state: SubmissionState | None, step: Step) -> SubmissionState:
    """The state that `step` leads to. Raises StateError when it is not allowed from `state`."""
    allowed, following = _STEPS[step]
    if state not in allowed:
        raise StateError(action=step.value, state=state.value if state else "not entered yet")
    return following or state or SubmissionState.DRAFT


class OwnDocument(NamedTuple):
    """A unit's own plan: its number as issued and its date (either may still be missing)."""

    number: str
    date: date | None


class TaskProgress(NamedTuple):
    """How far the unit is with a task, and a line of words."""

    status: TaskStatus
    note: str


Answer = Decimal | str | tuple[str, ...] | OwnDocument | TaskProgress
"""A figure, a narrative, ticked codes, the unit's own plan, or a task's progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One step of a submission's life.

    `answers` by field key hold what was read; `unread` what was typed but could not be read (drafts
    only: nothing typed is lost); `explanations` the unit's words on unusual figures; `remarks` the
    reviewer's words by field key, "" being the remark on the whole; `copied` the keys whose figures
    were copied from the last period and not looked at since.
    """

    submission: str
    unit: str
    form: str
    period: str
    number: int
    state: SubmissionState
    step: Step
    answers: Mapping[str, Answer]
    by: str
    at: datetime
    unread: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    on_behalf: bool = False
    resend_by: date | None = None
    first_sent: datetime | None = None
    receipt: str = ""
    copied: tuple[str, ...] = ()

    def days_late(self, due: date) -> int | None:
        """Days from the deadline to the first sending (negative: early); None if never sent."""
        return None if self.first_sent is None else (self.first_sent.date() - due).days


class SubmissionId(NamedTuple):
    """The id of a submission, "2018-Q3_res20.q_xa-an-phu": one per period, form and unit; readable
    aloud, and safe in an address. No part has a "_"."""

    period: str
    form: str
    unit: str

    def __str__(self) -> str:
        return "_".join(self)

    @classmethod
    def parse(cls, id: str) -> SubmissionId:
        """The parts of an id; parts that are missing are ""."""
        period, _, rest = id.partition("_")
        form, _, unit = rest.partition("_")
        return cls(period, form, unit)


def submission_id(period: str, form: str, unit: str) -> str:
    """The id as text."""
    return str(SubmissionId(period, form, unit))
