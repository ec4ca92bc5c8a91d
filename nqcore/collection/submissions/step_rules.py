"""Rules of single steps: what stays marked as copied, who must say why, what can be undone, and
whose reports go through their leader first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from nqcore.collection.accounts.access import Account
from nqcore.errors import N_, InputError
from nqcore.model.submissions import Answer, Revision, Step

UNDO_MINUTES = 10
"""So long an acceptance can be undone without a reason."""


class BehalfReasonMissing(InputError):
    """A user from another unit changes what the unit itself has entered, without a reason."""

    code = "behalf-reason-missing"
    template = N_(
        "The unit has filled in this report itself. Write the reason why it is changed for the unit."
    )


class UndoOver(InputError):
    """An acceptance that is too old, or that another user made."""

    code = "undo-over"
    template = N_(
        "It can be undone for {minutes} minutes and by the one who accepted it. "
        "Reopen the report with a reason."
    )


def still_copied(
    old: Revision | None,
    answers: Mapping[str, Answer],
    copied: Collection[str],
    checked: Collection[str],
) -> tuple[str, ...]:
    """The keys that stand there as copied, not looked at: those copied now, and those of before
    whose figure is still the same; without those that a user has `checked`."""
    before = old.copied if old else ()
    kept = [key for key in before if old and answers.get(key) == old.answers.get(key)]
    found = dict.fromkeys((*kept, *(key for key in copied if key in answers)))
    return tuple(key for key in found if key not in checked)


def check_behalf(
    chain: Sequence[Revision], unit: str, by: Account, reason: str, answers: Mapping[str, Answer]
) -> None:
    """Raise BehalfReasonMissing where `by`, from another unit, changes without a `reason` a report
    that the unit has entered itself."""
    if by.unit == unit or reason.strip() or not chain or chain[-1].answers == answers:
        return
    if any(r.step in (Step.SAVE, Step.SEND) and not r.on_behalf for r in chain):
        raise BehalfReasonMissing


def check_undo(revision: Revision | None, by: Account, at: datetime) -> None:
    """Raise UndoOver unless the newest step is an acceptance by `by` of the last ten minutes."""
    if (
        revision is None
        or revision.step is not Step.ACCEPT
        or revision.by != by.login
        or not timedelta(0) <= at - revision.at <= timedelta(minutes=UNDO_MINUTES)
    ):
        raise UndoOver(minutes=UNDO_MINUTES)
