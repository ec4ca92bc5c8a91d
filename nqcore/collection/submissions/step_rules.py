"""Rules of single steps: which figures stay marked as copied, when a reason is needed, what can be undone,
and when a step was taken already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.actor import Actor
from nqcore.errors import N_, InputError
from nqcore.model.fields import Answer
from nqcore.model.submissions import Revision, Step

UNDO_MINUTES = 10
"""For so many minutes an acceptance can be undone without a reason."""


class BehalfReasonMissing(InputError):
    """A user from another unit changes what the unit itself has entered, without a reason."""

    code = "behalf-reason-missing"
    template = N_(
        "The unit has filled in this report itself. Write the reason why it is changed for the unit."
    )


class UndoOver(InputError):
    """There is no acceptance by this user that is recent enough."""

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
    """The keys of the figures that were copied from the last period and not looked at yet: those that
    are `copied` now, and those of the `old` revision whose figure is unchanged; without those that the
    user has `checked`."""
    marked = old.copied if old else ()
    unchanged = [key for key in marked if old and answers.get(key) == old.answers.get(key)]
    keys = dict.fromkeys((*unchanged, *(key for key in copied if key in answers)))
    return tuple(key for key in keys if key not in checked)


def check_behalf(
    chain: Sequence[Revision], unit: str, by: Account, reason: str, answers: Mapping[str, Answer]
) -> None:
    """Check that a reason is given where it is needed: when an account of another unit changes a report
    that the unit has entered itself. `chain` are the revisions so far, `answers` the new ones. Raises
    BehalfReasonMissing."""
    if by.unit == unit or reason.strip() or not chain or chain[-1].answers == answers:
        return
    if any(r.step in (Step.SAVE, Step.SEND) and not r.on_behalf for r in chain):
        raise BehalfReasonMissing


def check_undo(revision: Revision | None, by: Account, at: datetime) -> None:
    """Check that the newest step is an acceptance that `by` made in the last UNDO_MINUTES before `at`.
    Raises UndoOver."""
    if (
        revision is None
        or revision.step is not Step.ACCEPT
        or (revision.brought_in and revision.first_sent is None)
        or revision.by != by.login
        or not timedelta(0) <= at - revision.at <= timedelta(minutes=UNDO_MINUTES)
    ):
        raise UndoOver(minutes=UNDO_MINUTES)


def taken_already(
    newest: Revision, step: Step, base: int | None, content: Mapping[str, object], by: Actor
) -> bool:
    """Whether `newest` is what `step` with this `content` makes of revision `base`: the user pressed the
    button twice, or two users of the unit pressed it at once. Then the second press changes nothing.
    Only a sending or a presentation may be another user's: what an approver decides is his own."""
    return (
        base is not None
        and newest.number == base + 1
        and newest.step is step
        and (newest.by == by.login or step in (Step.SEND, Step.PRESENT))
        and all(getattr(newest, name) == value for name, value in content.items())
    )
