"""The approval queue (*Chờ duyệt*): what waits for an approver, what is unusual in each submission, and
accepting several submissions together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.entry.entry_sheet import entry_sheet
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.submissions.workflow import SubmissionWorkflow
from nqcore.errors import Conflict, StateError
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Step, SubmissionId, SubmissionState


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitingApproval:
    """A submission that waits for approval.

    `unusual` counts its figures with a warning, `copied` those that were copied and never checked, `faults`
    the checks that could not be run. `times_sent` counts its sendings; `base` is the revision that these
    values are about."""

    obligation: Obligation
    unusual: int
    copied: int
    faults: int
    times_sent: int
    base: int

    @property
    def points_to_check(self) -> int:
        """How many points of it an approver should check."""
        return self.unusual + self.copied + self.faults

    @property
    def routine(self) -> bool:
        """Whether there is no point to check: then it may be accepted together with others."""
        return not self.points_to_check


def approval_queue(
    repository: SubmissionRepository, account: Account, most: int | None = None
) -> tuple[Obligation, ...]:
    """The submissions that wait for the account's approval, the oldest sending first; at most `most`."""
    ids = sorted(_waiting(repository, account), key=lambda id: _sent_at(repository, id))
    return tuple(repository.find(id) for id in ids[:most])


def count_waiting(repository: SubmissionRepository, account: Account) -> int:
    """How many submissions `approval_queue` has. Cheap: no submission is read."""
    return sum(1 for _id in _waiting(repository, account))


def awaiting_approval(
    repository: SubmissionRepository, account: Account, *, by_risk: bool = False
) -> tuple[AwaitingApproval, ...]:
    """The submissions that wait for the account's approval, each with what is unusual in it: the oldest
    sending first, or with `by_risk` those with the most points to check first."""
    found = tuple(assess(repository, one) for one in approval_queue(repository, account))
    return tuple(sorted(found, key=lambda one: -one.points_to_check)) if by_risk else found


def assess(repository: SubmissionRepository, obligation: Obligation) -> AwaitingApproval:
    """What is unusual in the submission, as it is stored now."""
    sheet = entry_sheet(repository, obligation)
    sendings = [r for r in repository.revisions(obligation.submission) if r.step is Step.SEND]
    return AwaitingApproval(
        obligation=obligation,
        unusual=len(sheet.unusual),
        copied=len(sheet.copied),
        faults=len(sheet.faults),
        times_sent=len(sendings),
        base=sheet.base,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkApproval:
    """The submissions that were accepted, and those that were skipped because there is something to look
    at in them, or because they have changed since the approver saw them."""

    accepted: tuple[Obligation, ...]
    skipped: tuple[Obligation, ...]


def accept_routine(
    workflow: SubmissionWorkflow, actor: Actor, chosen: Mapping[str, int]
) -> BulkApproval:
    """Accept the submissions in `chosen` (its id: the revision that the approver saw) in which there is
    no point to check. Each one is assessed again first. Raises UnknownName, NotAllowed."""
    accepted, skipped = [], []
    for id, base in chosen.items():
        obligation = workflow.repository.find(id)
        try:
            if not assess(workflow.repository, obligation).routine:
                skipped.append(obligation)
                continue
            workflow.approve(actor, obligation, Step.ACCEPT, base=base)
        except (Conflict, StateError):
            skipped.append(obligation)
        else:
            accepted.append(obligation)
    return BulkApproval(accepted=tuple(accepted), skipped=tuple(skipped))


def _waiting(repository: SubmissionRepository, account: Account) -> Iterator[str]:
    """The ids of the sent submissions that the account may approve."""
    for id in repository.ids(SubmissionState.SENT):
        parts = SubmissionId.parse(id)
        if account.may(Action.APPROVE, parts.unit, repository.units, parts.form):
            yield id


def _sent_at(repository: SubmissionRepository, id: str) -> tuple[str, str]:
    """What the queue is sorted by: the moment of the newest sending, then the id."""
    revision = repository.revision(id)
    return (revision.at.isoformat() if revision else "", id)
