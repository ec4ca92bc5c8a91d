"""The reviewer's queue: what waits, how odd it looks, and accepting what does not at one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.entry.entry_sheet import entry_sheet
from nqcore.collection.monitoring.worklist import approval_queue
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.submissions.workflow import SubmissionWorkflow
from nqcore.errors import Conflict, StateError
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitingApproval:
    """A report that waits for review: figures to look at, those copied and never looked at, checks
    that could not be made, how often it was sent, and the revision that is judged."""

    obligation: Obligation
    unusual: int
    copied: int
    faults: int
    times: int
    base: int

    @property
    def plain(self) -> bool:
        """Whether nothing about it asks to be looked at: then it may be accepted with others."""
        return not (self.unusual or self.copied or self.faults)


def look_at(repository: SubmissionRepository, obligation: Obligation) -> AwaitingApproval:
    """How the report looks."""
    shown = entry_sheet(repository, obligation)
    sent = [r for r in repository.revisions(obligation.submission) if r.step is Step.SEND]
    return AwaitingApproval(
        obligation=obligation,
        unusual=len(shown.unusual),
        copied=len(shown.copied),
        faults=len(shown.faults),
        times=len(sent),
        base=shown.base,
    )


def awaiting_approval(
    repository: SubmissionRepository, account: Account, *, by_risk: bool = False
) -> tuple[AwaitingApproval, ...]:
    """What waits for the account, the oldest first; `by_risk`: the most to look at first."""
    found = tuple(
        look_at(repository, obligation) for obligation in approval_queue(repository, account)
    )
    if by_risk:
        return tuple(sorted(found, key=lambda one: -(one.unusual + one.copied + one.faults)))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedTogether:
    """The reports that were accepted, and those that were not: they ask to be looked at, or have
    changed meanwhile."""

    accepted: tuple[Obligation, ...]
    left: tuple[Obligation, ...]


def accept_plain(
    workflow: SubmissionWorkflow, actor: Actor, chosen: Mapping[str, int]
) -> AcceptedTogether:
    """Accept the reports in `chosen` (id → the revision that was seen) that have nothing to look at.
    Each is checked again first. Raises UnknownName, NotAllowed."""
    accepted, left = [], []
    for id, base in chosen.items():
        obligation = workflow.repository.find(id)
        try:
            if not look_at(workflow.repository, obligation).plain:
                left.append(obligation)
                continue
            workflow.approve(actor, obligation, Step.ACCEPT, base=base)
        except (Conflict, StateError):
            left.append(obligation)
        else:
            accepted.append(obligation)
    return AcceptedTogether(accepted=tuple(accepted), left=tuple(left))
