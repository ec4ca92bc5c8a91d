"""Submissions (báo cáo của đơn vị): a chain of immutable revisions with a state.

    chưa nhập → bản nháp → [chờ lãnh đạo duyệt →] đã gửi → đã duyệt
    đã gửi → trả lại → đã gửi      đã gửi → thu hồi → bản nháp      đã duyệt → mở lại → bản nháp
    chờ lãnh đạo duyệt → bản nháp (lãnh đạo chuyển lại, hoặc thu hồi)      đã duyệt → hoàn tác → đã gửi

Every step adds a revision; a revision is never changed. Only accepted submissions count in totals.
Lateness is measured at the first sending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from nqcore.errors import N_, Phrase, StateError
from nqcore.model.fields import Answer


class SubmissionState(StrEnum):
    """The state of a submission."""

    DRAFT = "draft"
    PRESENTED = "presented"
    """Waiting for the sign-off of the unit's own leader."""
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
    """A step in the workflow of a submission."""

    SAVE = "save"
    PRESENT = "present"
    """Trình lãnh đạo."""
    HAND_BACK = "hand_back"
    """The unit's own leader returns it for correction."""
    SEND = "send"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ACCEPT = "accept"
    UNDO = "undo"
    """Cancels an acceptance of the last minutes."""
    REOPEN = "reopen"
    EXCLUDE = "exclude"


SENT = frozenset({SubmissionState.SENT, SubmissionState.ACCEPTED, SubmissionState.EXCLUDED})
"""The states of a report that was sent and not withdrawn, returned or reopened."""
SETTLED = frozenset({SubmissionState.ACCEPTED, SubmissionState.EXCLUDED})
"""The states of a report about which nothing is to be done."""
CORRECTING = frozenset({SubmissionState.RETURNED, SubmissionState.REOPENED})
"""The states of a report that was sent, and is with its unit for correction."""
UNSENT = frozenset(
    {None, SubmissionState.DRAFT, SubmissionState.WITHDRAWN, SubmissionState.PRESENTED}
)
"""The states of a report that was never sent or was withdrawn."""
_EDITABLE = frozenset(state for state in SubmissionState if state.editable)
_STEPS: Mapping[Step, tuple[frozenset[SubmissionState | None], SubmissionState | None]] = (
    MappingProxyType(
        {
            # None as the present state: nothing was entered yet. None as the next: it stays the same.
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
                SETTLED,
                SubmissionState.REOPENED,
            ),
            Step.EXCLUDE: (
                frozenset({SubmissionState.SENT, SubmissionState.ACCEPTED}),
                SubmissionState.EXCLUDED,
            ),
        }
    )
)


_ACTIONS: Mapping[Step, str] = MappingProxyType(
    {
        Step.SAVE: N_("save the draft"),
        Step.PRESENT: N_("present it to the leader"),
        Step.HAND_BACK: N_("hand it back to be corrected"),
        Step.SEND: N_("send the report"),
        Step.WITHDRAW: N_("take it back"),
        Step.RETURN: N_("return it for correction"),
        Step.ACCEPT: N_("accept it"),
        Step.UNDO: N_("take the acceptance back"),
        Step.REOPEN: N_("reopen it"),
        Step.EXCLUDE: N_("leave it out of the totals"),
    }
)
"""What a step does."""

_STATES: Mapping[SubmissionState | None, str] = MappingProxyType(
    {
        None: N_("not entered yet"),
        SubmissionState.DRAFT: N_("a draft"),
        SubmissionState.PRESENTED: N_("presented to the leader"),
        SubmissionState.WITHDRAWN: N_("taken back"),
        SubmissionState.SENT: N_("sent"),
        SubmissionState.RETURNED: N_("returned for correction"),
        SubmissionState.ACCEPTED: N_("accepted"),
        SubmissionState.REOPENED: N_("reopened"),
        SubmissionState.EXCLUDED: N_("left out of the totals"),
    }
)
"""What a report in that state is; None: nothing was entered."""


def action_words(step: Step) -> Phrase:
    """What the step does, as part of a sentence.

    >>> print(action_words(Step.SEND))
    send the report
    """
    return Phrase(_ACTIONS[step])


def state_words(state: SubmissionState | None) -> Phrase:
    """What a report in that state is, as part of a sentence.

    >>> print(state_words(SubmissionState.SENT))
    sent
    """
    return Phrase(_STATES[state])


def next_state(state: SubmissionState | None, step: Step) -> SubmissionState:
    """The state after `step`. Raises StateError when `state` does not allow the step.

    `state` is None when nothing was entered yet.
    """
    allowed, following = _STEPS[step]
    if state not in allowed:
        raise StateError(action=action_words(step), state=state_words(state))
    return following or state or SubmissionState.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A submission after one step.

    By field key: `answers` are the values that were read; `unread` the texts that could not be read
    (only in drafts, so that nothing typed is lost); `explanations` the unit's explanations of unusual
    figures; `remarks` the approver's remarks (key "": on the whole report). `copied` are the keys of
    figures copied from the last period and not confirmed since. `brought_in`: the paper on which a report
    from before was accepted; no deadline is counted for it.
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
    brought_in: str = ""

    def days_late(self, due: date) -> int | None:
        """Days from the deadline to the first sending (negative: early); None if never sent or brought in."""
        if self.first_sent is None or self.brought_in:
            return None
        return (self.first_sent.date() - due).days


class SubmissionId(NamedTuple):
    """The id of a submission, "2018-Q3_res20.q_xa-an-phu": one per period, form and unit; readable,
    and safe in an address. No part contains "_"."""

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
    return f"{period}_{form}_{unit}"


def report_of_units(period: str, form: str) -> str:
    """What the ids of all units' submissions of one form and period begin with, without the last "_"."""
    return f"{period}_{form}"
