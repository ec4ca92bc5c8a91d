"""*Dời hạn*: one deadline for all units that owe a form for a period, ordered by a document. It holds in
place of the form's rule and of what overlays say; an extension of a report may still give more time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.tables import DEADLINES
from nqcore.collection.validation.texts import check_texts, check_words
from nqcore.errors import N_, InputError
from nqcore.model.codec import Codec
from nqcore.store import Change, Store
from nqcore.text.dates import write_date
from nqcore.text.folding import nfc

DEADLINE_VERSION = 2
"""The version of a record with a moved deadline: an older program would measure lateness without it."""


class DeadlineRefused(InputError):
    """The deadline of a period is not moved."""

    code = "deadline-refused"


class DeadlineOver(DeadlineRefused):
    """The new day is over: who was late must not change afterwards."""

    code = "deadline-over"
    template = N_("{day} is over; who was in time stays so. Choose today or a later day.")


class DeadlineWithoutBasis(DeadlineRefused):
    """No document orders it."""

    code = "deadline-without-basis"
    template = N_("Write the document that moves the deadline: its number, date and body.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDeadline:
    """The deadline of all reports of a form for a period, the document that set it, by whom and when."""

    until: date
    basis: str
    by: str
    at: datetime


MOVED = Codec(MovedDeadline)
"""A moved deadline as a document."""


MovedDeadlines = Mapping[tuple[str, str], MovedDeadline]
"""By the id of the form and the code of the period."""


def moved_deadlines(store: Store) -> MovedDeadlines:
    """All moved deadlines."""
    found = {}
    for doc in store.table(DEADLINES):
        form, _, period = str(doc.doc_id).rpartition("|")
        found[form, period] = MOVED.from_doc(doc)
    return found


def move_deadline(
    change: Change, actor: Actor, form: str, period: str, until: date, basis: str, *, root: str
) -> MovedDeadline:
    """Write the deadline into the open `change`. The actor must manage `root`, the unit at the top, and work
    with the form. Raises NotAllowed, DeadlineOver, DeadlineWithoutBasis, TextRefused."""
    actor.require(Action.MANAGE, root, form)
    basis = nfc(basis).strip()
    if not basis:
        raise DeadlineWithoutBasis
    check_texts({"": basis})
    check_words({"": basis})
    if until < actor.today:
        raise DeadlineOver(day=write_date(until))
    found = MovedDeadline(until=until, basis=basis, by=actor.login, at=actor.at)
    change.put(DEADLINES, f"{form}|{period}", MOVED.to_doc(found), version=DEADLINE_VERSION)
    return found


def drop_deadline(
    change: Change, actor: Actor, form: str, period: str, rule: date, *, root: str
) -> None:
    """Take the moved deadline back: that of the `rule` holds again. Raises NotAllowed, and DeadlineOver where
    that day is over already."""
    actor.require(Action.MANAGE, root, form)
    if rule < actor.today:
        raise DeadlineOver(day=write_date(rule))
    change.drop(DEADLINES, f"{form}|{period}")
