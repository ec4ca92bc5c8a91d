"""*Đã nhắc*: of which reports units were reminded, by whom and when. The letter itself is written and sent
elsewhere; here stands that it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.monitoring.debts import unsettled_reports
from nqcore.collection.monitoring.worklist import forms_of
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import REMINDERS
from nqcore.model.codec import Codec
from nqcore.model.obligations import Obligation
from nqcore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A user (`by`, a login) reminded the unit of a report, at that moment."""

    by: str
    at: datetime


_REMINDER = Codec(Reminder)


def reminders(store: Store, submission: str) -> tuple[Reminder, ...]:
    """The reminders of one report (its id), oldest first; () where there was none."""
    doc = store.get(REMINDERS, submission)
    return () if doc is None else tuple(_REMINDER.from_doc(one) for one in doc["given"])


def remind(
    repository: SubmissionRepository, actor: Actor, units: Iterable[str]
) -> tuple[Obligation, ...]:
    """Record that the actor has reminded the units (their codes) of what each of them is to send now, in the
    forms of his account: what is past due, and what was returned for correction. Gives these reports; a
    unit with none is passed over, and where no unit has some nothing is recorded. Raises NotAllowed unless
    he approves the reports of every unit, UnknownName."""
    reminded = [repository.catalogue.units[code] for code in dict.fromkeys(units)]
    for unit in reminded:
        actor.require(Action.APPROVE, unit.code)
    forms = forms_of(repository, actor.account)
    given = _REMINDER.to_doc(Reminder(by=actor.login, at=actor.at))
    with repository.store.change(by=actor.login, do="remind", at=actor.at) as change:
        found = unsettled_reports(repository, forms, reminded)
        asked = tuple(report for one in found for report in one.asked)
        for report in asked:
            before = change.get(REMINDERS, report.submission) or {"given": []}
            change.put(REMINDERS, report.submission, {"given": [*before["given"], given]})
    return asked
