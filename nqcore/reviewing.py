"""The reviewer's queue: what waits, how odd it looks, and accepting what does not at one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nqcore.accounts import Account
from nqcore.errors import Conflict, StateError
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Step
from nqcore.sheets import queue, sheet
from nqcore.submitting import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
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


def look(desk: Desk, obligation: Obligation) -> Waiting:
    """How the report looks."""
    shown = sheet(desk, obligation)
    sent = [r for r in desk.revisions(obligation.submission) if r.step is Step.SEND]
    return Waiting(
        obligation=obligation,
        unusual=len(shown.unusual),
        copied=len(shown.copied),
        faults=len(shown.faults),
        times=len(sent),
        base=shown.base,
    )


def waiting(desk: Desk, account: Account, *, by_risk: bool = False) -> tuple[Waiting, ...]:
    """What waits for the account, the oldest first; `by_risk`: the most to look at first."""
    found = tuple(look(desk, obligation) for obligation in queue(desk, account))
    if by_risk:
        return tuple(sorted(found, key=lambda one: -(one.unusual + one.copied + one.faults)))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedTogether:
    """The reports that were accepted, and those that were not: they ask to be looked at, or have
    changed meanwhile."""

    accepted: tuple[Obligation, ...]
    left: tuple[Obligation, ...]


def accept_plain(desk: Desk, chosen: Mapping[str, int], *, by: Account) -> AcceptedTogether:
    """Accept the reports in `chosen` (id → the revision that was seen) that have nothing to look at.
    Each is judged anew. Raises UnknownName, NotAllowed."""
    accepted, left = [], []
    for id, base in chosen.items():
        obligation = desk.find(id)
        try:
            if not look(desk, obligation).plain:
                left.append(obligation)
                continue
            desk.review(obligation, Step.ACCEPT, by=by, base=base)
        except (Conflict, StateError):
            left.append(obligation)
        else:
            accepted.append(obligation)
    return AcceptedTogether(accepted=tuple(accepted), left=tuple(left))
