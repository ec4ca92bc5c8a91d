"""Reports that were approved on paper: brought in as accepted, on a written basis, as one record.

They were never sent here, so no deadline is counted for them, and they are known from the day they came in.
A batch is what one record has brought in; it can be taken out again until a frozen review rests on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.checking import read_form
from nqcore.collection.submissions.codec import REVISION, newest_revision
from nqcore.collection.submissions.receipts import receipt_number, record_of
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import HISTORY, REVISIONS, SUBMISSIONS
from nqcore.collection.validation.texts import check_texts, check_words
from nqcore.errors import N_, InputError, Phrase, UnknownName
from nqcore.model.fields import Typed, type_of
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Revision, Step, SubmissionState
from nqcore.store import FIRST_VERSION, Change, Store
from nqcore.text.folding import nfc


class PaperMissing(InputError):
    """What is brought in needs the paper on which it was approved."""

    code = "paper-missing"
    template = N_("Write the paper on which the figures were approved: its number, date and body.")


class EnteredHere(InputError):
    """The report was entered here already, so it is not brought in over the unit's own figures."""

    code = "entered-here"
    template = N_(
        "Report {submission} has been entered here already. Have it accepted as usual, or take its rows "
        "out of the file."
    )


class BroughtInUsed(InputError):
    """The batch cannot be taken out: a frozen review rests on it."""

    code = "brought-in-used"
    template = N_(
        "The frozen review {edition} rests on these figures. Reopen single reports with a reason instead."
    )


class BroughtInChanged(InputError):
    """The batch cannot be taken out: one of its reports was changed since."""

    code = "brought-in-changed"
    template = N_("Report {submission} was changed since. Reopen single reports with a reason.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """A batch: by whom, when, on what basis, and the ids of its reports. `id`: the number of its record;
    `taken_out`: it counts no more."""

    id: int
    by: str
    at: datetime
    basis: str
    submissions: tuple[str, ...]
    taken_out: bool


def is_brought_in(revision: Revision) -> bool:
    """Whether this revision is one by which a report was brought in."""
    return bool(revision.brought_in) and revision.step is Step.ACCEPT and not revision.first_sent


def is_untouched(revision: Revision | None) -> bool:
    """Whether nothing has been entered here for the report."""
    return revision is None or not (revision.answers or revision.unread)


HISTORY_VERSION = 2
"""The version of a record that names periods: an older program would not count them."""


def history_periods(store: Store) -> frozenset[tuple[str, str]]:
    """The forms and periods ("res20.q", "2016-Q1") for which something was brought in."""
    return frozenset(
        (str(form), str(period)) for doc in store.table(HISTORY) for form, period in doc["periods"]
    )


@dataclass(frozen=True, slots=True)
class BringingIn:
    """Brings reports in, and takes them out. `root`: the unit at the top of the office."""

    repository: SubmissionRepository
    root: str

    def bring_in(
        self,
        actor: Actor,
        reports: Sequence[tuple[Obligation, Mapping[str, Typed]]],
        basis: str,
    ) -> int:
        """Accept what was approved on paper, all of it or none; returns the number of the record. The account
        must manage the whole office. Raises NotAllowed, PaperMissing, EnteredHere, TextRefused."""
        actor.require_for_all_forms(Action.MANAGE, self.root)
        basis = nfc(basis).strip()
        if not basis:
            raise PaperMissing
        check_texts({"": basis})
        check_words({"": basis})
        store = self.repository.store
        with store.change(by=actor.login, do="import", why=basis, at=actor.at) as change:
            for obligation, given in reports:
                old = newest_revision(change, obligation.submission)
                if not is_untouched(old):
                    raise EnteredHere(submission=obligation.submission)
                _put(change, self._accepted(actor, obligation, given, old, basis))
            periods = sorted({(one.form, one.period.code) for one, _given in reports})
            document = {"periods": [list(one) for one in periods]}
            change.put(HISTORY, str(store.version + 1), document, version=HISTORY_VERSION)
        return store.version

    def _accepted(
        self,
        actor: Actor,
        obligation: Obligation,
        given: Mapping[str, Typed],
        old: Revision | None,
        basis: str,
    ) -> Revision:
        reading = read_form(self.repository, obligation, given, actor.today)
        return Revision(
            submission=obligation.submission,
            unit=obligation.unit,
            form=obligation.form,
            period=obligation.period.code,
            number=old.number + 1 if old else 1,
            state=SubmissionState.ACCEPTED,
            step=Step.ACCEPT,
            answers=reading.answers,
            by=actor.login,
            at=actor.at,
            reason=basis,
            on_behalf=True,
            receipt=receipt_number(obligation.period.code, self.repository.store.version + 1),
            brought_in=basis,
        )

    # -- batches ---------------------------------------------------------------------------------

    def batches(self) -> tuple[BroughtIn, ...]:
        """All that was brought in, newest first."""
        store = self.repository.store
        found: dict[int, list[Revision]] = {}
        for doc in store.table(REVISIONS):
            if doc.get("brought_in") and doc["step"] == Step.ACCEPT and not doc.get("first_sent"):
                revision = REVISION.from_doc(doc)
                found.setdefault(record_of(revision.receipt), []).append(revision)
        return tuple(
            BroughtIn(
                id=id,
                by=several[0].by,
                at=several[0].at,
                basis=several[0].brought_in,
                submissions=tuple(one.submission for one in several),
                taken_out=self._is_taken_out(several[0]),
            )
            for id, several in sorted(found.items(), reverse=True)
        )

    def _is_taken_out(self, revision: Revision) -> bool:
        after = self.repository.revision(revision.submission, revision.number + 1)
        return after is not None and after.step is Step.WITHDRAW and not after.brought_in

    def batch(self, id: int) -> BroughtIn:
        """The batch of that record. Raises UnknownName."""
        for one in self.batches():
            if one.id == id and not one.taken_out:
                return one
        hint = Phrase(N_("`nq brought-in` lists them."))
        raise UnknownName(kind="batch", name=str(id), hint=hint)

    def take_out(
        self, actor: Actor, id: int, used_by: Callable[[BroughtIn], Iterable[str]]
    ) -> BroughtIn:
        """Take a batch out: its reports are as if nothing had been entered. `used_by` gives the frozen
        reviews that rest on it. Raises NotAllowed, UnknownName, BroughtInUsed, BroughtInChanged."""
        actor.require_for_all_forms(Action.MANAGE, self.root)
        batch = self.batch(id)
        for edition in used_by(batch):
            raise BroughtInUsed(edition=edition)
        store = self.repository.store
        with store.change(by=actor.login, do="withdraw", why=batch.basis, at=actor.at) as change:
            for submission in batch.submissions:
                old = newest_revision(change, submission)
                if old is None or not is_brought_in(old) or old.at != batch.at:
                    raise BroughtInChanged(submission=submission)
                _put(
                    change,
                    replace(
                        old,
                        number=old.number + 1,
                        state=SubmissionState.WITHDRAWN,
                        step=Step.WITHDRAW,
                        answers={},
                        by=actor.login,
                        at=actor.at,
                        brought_in="",
                    ),
                )
            change.drop(HISTORY, str(id))
        return replace(batch, taken_out=True)


def _put(change: Change, new: Revision) -> None:
    versions = (type_of(answer).record_version for answer in new.answers.values())
    version = max(versions, default=FIRST_VERSION)
    change.put(REVISIONS, f"{new.submission}#{new.number}", REVISION.to_doc(new), version=version)
    head = {"revision": new.number, "state": new.state.value}
    change.put(SUBMISSIONS, new.submission, head)
