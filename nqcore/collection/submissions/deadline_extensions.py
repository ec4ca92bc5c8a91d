"""*Gia hạn*: a later deadline for one unit's report, with a reason. Lateness is measured against it.
The journal keeps who granted it, when, and what was granted before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.codec import EXTENSION
from nqcore.collection.tables import EXTENSIONS
from nqcore.collection.validation.texts import check_texts, check_words
from nqcore.errors import N_, InputError, NotAllowed, Phrase
from nqcore.model.obligations import DeadlineExtension, Obligation
from nqcore.store import Store
from nqcore.text.dates import write_date
from nqcore.text.folding import nfc


class ExtensionRefused(InputError):
    """An extension is refused because of its day or its reason."""

    code = "extension-refused"


class NotLater(ExtensionRefused):
    """The day is not after the deadline that the rule sets."""

    code = "extension-not-later"
    template = N_("The deadline is {due} anyway. Choose a later day.")


class ExtensionWithoutReason(ExtensionRefused):
    """The reason is missing."""

    code = "extension-without-reason"
    template = N_("Write the reason why the deadline is extended.")


class ExtensionForNoUnit(ExtensionRefused):
    """No unit was chosen."""

    code = "extension-for-no-unit"
    template = N_("Choose at least one unit that gets more time.")


class DeadlineExtensions:
    """The extensions of a workspace, by the report's id."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, submission: str) -> DeadlineExtension | None:
        """The extension that holds for that report: the last one that was granted; None without any."""
        doc = self._store.get(EXTENSIONS, submission)
        return None if doc is None else EXTENSION.from_doc(doc)

    def all(self) -> dict[str, DeadlineExtension]:
        """All extensions that hold, by the report's id."""
        return {str(doc.doc_id): EXTENSION.from_doc(doc) for doc in self._store.table(EXTENSIONS)}

    def grant(
        self, actor: Actor, obligation: Obligation, until: date, reason: str
    ) -> DeadlineExtension:
        """Set the deadline of one report to `until`. `obligation` has the deadline that the rule sets
        (`SubmissionRepository.obligation_by_rule`). Raises NotAllowed, NotLater where `until` is not
        after that deadline, ExtensionWithoutReason, TextRefused."""
        return self.grant_all(actor, [obligation], until, reason)

    def grant_all(
        self, actor: Actor, obligations: Sequence[Obligation], until: date, reason: str
    ) -> DeadlineExtension:
        """The same for several reports at once: all of them, in one record, or none. Raises what `grant`
        raises, and ExtensionForNoUnit."""
        if not obligations:
            raise ExtensionForNoUnit
        for each in obligations:
            if not any(
                actor.may(action, each.unit, each.form)
                for action in (Action.APPROVE, Action.MANAGE)
            ):
                words = Phrase(N_("extend the deadline"))
                raise NotAllowed(account=actor.login, action=words, unit=each.unit)
        reason = nfc(reason).strip()
        if not reason:
            raise ExtensionWithoutReason
        check_texts({"": reason})
        check_words({"": reason})
        if until <= (latest := max(each.due for each in obligations)):
            raise NotLater(due=write_date(latest))
        found = DeadlineExtension(until=until, reason=reason, by=actor.login, at=actor.at)
        with self._store.change(by=actor.login, do="extend", why=reason, at=actor.at) as change:
            for each in obligations:
                change.put(EXTENSIONS, each.submission, EXTENSION.to_doc(found))
        return found
