"""The steps of a submission: save, present, send, withdraw, return, accept, reopen, exclude, undo."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.checking import check_form, read_form, typed_answers
from nqcore.collection.submissions.codec import REVISION, newest_revision
from nqcore.collection.submissions.entry_rights import acts_for, require_entry
from nqcore.collection.submissions.leader_signoff import LeaderFirst
from nqcore.collection.submissions.period_locks import PeriodLocked
from nqcore.collection.submissions.receipts import receipt_number
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.submissions.step_rules import (
    check_behalf,
    check_undo,
    still_copied,
    taken_already,
)
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.collection.validation import FormReading
from nqcore.collection.validation.texts import check_texts, check_words
from nqcore.errors import N_, Conflict, InputError, NotAllowed
from nqcore.model.fields import Typed, type_of
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.problems import Problem
from nqcore.model.submissions import Revision, Step, SubmissionState, action_words, next_state
from nqcore.store import FIRST_VERSION, Change
from nqcore.text.dates import write_date
from nqcore.text.folding import nfc

ENTRY_STEPS = (Step.SAVE, Step.PRESENT, Step.SEND)
"""Steps by which the content of a report is entered. The other steps change its state only."""
_KEEP_REMARKS = (Step.SAVE, Step.PRESENT, Step.HAND_BACK, Step.SEND, Step.WITHDRAW)


class RefusedSubmission(InputError):
    """The report cannot be sent or presented. `problems` are all problems of the draft, by field. The
    draft stays as it is."""

    code = "refused-submission"
    template = N_("Not sent: {count} boxes to correct ({fields}).")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        blocking = [problem for problem in problems if problem.blocks]
        super().__init__(
            count=len(blocking), fields=", ".join(dict.fromkeys(p.field for p in blocking))
        )


class NotBegun(InputError):
    """The period has not begun yet."""

    code = "not-begun"
    template = N_("{period} begins on {start}. Check the period, or enter the report then.")

    def __init__(self, period: Period) -> None:
        super().__init__(period=period.code, start=write_date(period.start))


class ReasonMissing(InputError):
    """The step needs a reason or a remark, and none was given."""

    code = "reason-missing"
    template = N_("A return needs a comment. Say what has to be corrected.")


class SubmissionWorkflow:
    """Takes the steps of submissions. Each step appends a revision; earlier revisions never change.
    Every method checks the rights of the `actor` and returns the new revision."""

    def __init__(self, repository: SubmissionRepository) -> None:
        self.repository = repository
        self._store = repository.store

    def save(
        self,
        actor: Actor,
        obligation: Obligation,
        given: Mapping[str, Typed],
        *,
        base: int | None = None,
        explanations: Mapping[str, str] | None = None,
        copied: Collection[str] = (),
        checked: Collection[str] = (),
        reason: str = "",
        reading: FormReading | None = None,
    ) -> Revision:
        """Save a draft. A text that cannot be read is kept as it was typed.

        - `given`: what was typed, by input name ("B4", "VB1.number").
        - `base`: the number of the revision that the user saw; where another user has saved since, the
          draft is not overwritten (Conflict). None: no such check.
        - `explanations`: the unit's explanations by field key.
        - `copied`: the keys just filled from the last period; `checked`: those of them that the user
          has looked at since.
        - `reading`: the result of `read_form(given)`, where the caller has it already.

        Raises NotAllowed, NotBegun, PeriodLocked, StateError, Conflict, UnknownFields, TextRefused;
        BehalfReasonMissing where a user from another unit changes without a `reason` what the unit
        itself has entered."""
        require_entry(self.repository.obligations, actor, obligation)
        if reading is None:
            reading = read_form(self.repository, obligation, given, actor.today)
        if not self._acts_for(actor, obligation.unit):
            chain = self.repository.revisions(obligation.submission)
            check_behalf(chain, obligation.unit, actor.account, reason, reading.answers)
        newest = self.repository.revision(obligation.submission)
        if newest is None or newest.reason != nfc(reason).strip():
            check_words({"": nfc(reason)})
        return self._step(
            actor,
            obligation,
            Step.SAVE,
            base=base,
            answers=reading.answers,
            unread=reading.unread,
            explanations={key: nfc(text) for key, text in (explanations or {}).items()},
            copied=still_copied(newest, reading.answers, copied, checked),
            reason=nfc(reason).strip(),
        )

    def save_all(
        self,
        actor: Actor,
        drafts: Sequence[tuple[Obligation, Mapping[str, Typed], int]],
        *,
        reason: str = "",
        explanations: Mapping[str, Mapping[str, str]] | None = None,
    ) -> tuple[Revision, ...]:
        """Save several drafts (obligation, answers, base) as one record of the journal: all or none.
        `explanations`, by submission and field key, replace the earlier ones. Raises as `save` does."""
        saved = []
        with self._store.change(by=actor.login, do="import", at=actor.at) as change:
            for obligation, given, base in drafts:
                require_entry(self.repository.obligations, actor, obligation)
                reading = read_form(self.repository, obligation, given, actor.today)
                content: dict[str, object] = {
                    "answers": reading.answers,
                    "unread": reading.unread,
                    "reason": "" if self._acts_for(actor, obligation.unit) else reason,
                }
                if explanations and obligation.submission in explanations:
                    content["explanations"] = explanations[obligation.submission]
                saved.append(self._put(change, actor, obligation, Step.SAVE, base, content))
        return tuple(saved)

    def send(self, actor: Actor, obligation: Obligation, *, base: int | None = None) -> Revision:
        """Send the draft. Raises RefusedSubmission with all problems, and the draft stays as it is;
        LeaderFirst where only the unit's leader may send it; NotAllowed, StateError, Conflict, NotBegun,
        PeriodLocked. What was sent already as revision `base` is not sent twice: its revision is
        returned."""
        if sent := self._taken_already(actor, obligation, Step.SEND, base):
            return sent
        draft = self._draft(actor, obligation, Step.SEND)
        form = self.repository.catalogue.form(obligation.form)
        leaders = self.repository.leaders
        if leaders.required(form, obligation.unit) and not leaders.signs(
            actor.account, obligation.unit
        ):
            raise LeaderFirst
        return self._checked_step(actor, obligation, Step.SEND, draft, base)

    def present(self, actor: Actor, obligation: Obligation, *, base: int | None = None) -> Revision:
        """*Trình lãnh đạo*: present the draft to the unit's leader, who sends it. Raises as `send` does,
        but for LeaderFirst; presented twice, it is presented once, as with `send`."""
        if presented := self._taken_already(actor, obligation, Step.PRESENT, base):
            return presented
        draft = self._draft(actor, obligation, Step.PRESENT)
        return self._checked_step(actor, obligation, Step.PRESENT, draft, base)

    def _taken_already(
        self, actor: Actor, obligation: Obligation, step: Step, base: int | None
    ) -> Revision | None:
        """The newest revision, if it is what `step` makes of revision `base`: a button was pressed
        twice. Raises NotAllowed."""
        require_entry(self.repository.obligations, actor, obligation)
        newest = self.repository.revision(obligation.submission)
        return newest if newest and taken_already(newest, step, base, {}, actor) else None

    def _draft(self, actor: Actor, obligation: Obligation, step: Step) -> Revision | None:
        """The newest revision, from which `step` is possible. Raises NotAllowed, StateError."""
        require_entry(self.repository.obligations, actor, obligation)
        draft = self.repository.revision(obligation.submission)
        next_state(draft.state if draft else None, step)
        return draft

    def _checked_step(
        self,
        actor: Actor,
        obligation: Obligation,
        step: Step,
        draft: Revision | None,
        base: int | None,
    ) -> Revision:
        """Take a step that needs a draft without blocking problems. Raises RefusedSubmission."""
        given = typed_answers(self.repository, obligation, draft)
        reading = read_form(self.repository, obligation, given, actor.today)
        problems, _ = check_form(self.repository, obligation, reading)
        if any(problem.blocks for problem in problems):
            raise RefusedSubmission(problems)
        # Without a `base`: send exactly the draft that was checked, not one that was saved meanwhile.
        checked = draft.number if draft else 0
        return self._step(actor, obligation, step, base=checked if base is None else base)

    def hand_back(
        self, actor: Actor, obligation: Obligation, *, reason: str, base: int | None = None
    ) -> Revision:
        """The unit's leader gives a presented report back for correction. `base`: as for `save`. Raises
        NotAllowed, ReasonMissing, StateError, Conflict."""
        require_entry(self.repository.obligations, actor, obligation)
        if not self.repository.leaders.signs(actor.account, obligation.unit):
            raise NotAllowed(
                account=actor.login, action=action_words(Step.HAND_BACK), unit=obligation.unit
            )
        if not reason.strip():
            raise ReasonMissing
        return self._step(actor, obligation, Step.HAND_BACK, base=base, reason=nfc(reason).strip())

    def undo(self, actor: Actor, obligation: Obligation) -> Revision:
        """Undo an acceptance that the actor made in the last UNDO_MINUTES. Raises UndoOver, NotAllowed."""
        actor.require(Action.APPROVE, obligation.unit, obligation.form)
        accepted = self.repository.revision(obligation.submission)
        check_undo(accepted, actor.account, actor.at)
        assert accepted is not None
        return self._step(actor, obligation, Step.UNDO, base=accepted.number)

    def approve(
        self,
        actor: Actor,
        obligation: Obligation,
        step: Step,
        *,
        reason: str = "",
        remarks: Mapping[str, str] | None = None,
        resend_by: date | None = None,
        base: int | None = None,
    ) -> Revision:
        """A step of the approver (*duyệt*): ACCEPT, RETURN, REOPEN or EXCLUDE. All but ACCEPT need a
        `reason` or `remarks` (by field key; "": on the whole). `resend_by`: the day by which a returned
        report is to be sent again. `base`: as for `save`. Raises NotAllowed, ReasonMissing, StateError,
        Conflict, TextRefused, UnknownName for a remark on a field that the form does not have."""
        actor.require(Action.APPROVE, obligation.unit, obligation.form)
        kept = {key: nfc(text).strip() for key, text in (remarks or {}).items() if text.strip()}
        form = self.repository.catalogue.form(obligation.form)
        for key in kept:
            if key:
                form.field(key)  # no page shows a remark on anything else
        if step is not Step.ACCEPT and not (reason.strip() or kept):
            raise ReasonMissing
        return self._step(
            actor,
            obligation,
            step,
            base=base,
            reason=nfc(reason).strip(),
            remarks=kept,
            resend_by=resend_by,
        )

    def withdraw(
        self, actor: Actor, obligation: Obligation, *, base: int | None = None
    ) -> Revision:
        """*Thu hồi*: take back a report that was sent and is not approved yet. `base`: as for `save`. Raises
        NotAllowed, StateError, Conflict."""
        require_entry(self.repository.obligations, actor, obligation)
        return self._step(actor, obligation, Step.WITHDRAW, base=base)

    def _acts_for(self, actor: Actor, unit: str) -> bool:
        return acts_for(self.repository.catalogue, actor.account, unit, actor.today)

    def _step(
        self,
        actor: Actor,
        obligation: Obligation,
        step: Step,
        *,
        base: int | None = None,
        **content: object,
    ) -> Revision:
        why = str(content.get("reason", ""))
        check_texts({"": why})
        if (
            step not in ENTRY_STEPS
        ):  # a draft is saved with a warning, never refused for its letters
            check_words({"": why})
            check_words(cast(Mapping[str, str], content.get("remarks") or {}))
        for texts in ("explanations", "remarks"):
            check_texts(cast(Mapping[str, str], content.get(texts) or {}))
        with self._store.change(by=actor.login, do=step.value, why=why, at=actor.at) as change:
            return self._put(change, actor, obligation, step, base, content)

    def _put(
        self,
        change: Change,
        actor: Actor,
        obligation: Obligation,
        step: Step,
        base: int | None,
        content: Mapping[str, object],
    ) -> Revision:
        """Append one revision to an open change. `content` are the fields of the revision that are new; the
        others are taken over from the revision before."""
        id = obligation.submission
        old = newest_revision(change, id)
        last = old.number if old else 0
        if old and taken_already(old, step, base, content, actor):
            return old
        # First the state: where the step is not possible at all, no look at the newest version helps.
        state = next_state(old.state if old else None, step)
        if base is not None and base != last:
            raise Conflict(who=old.by if old else "", now=last, yours=base)
        if step in ENTRY_STEPS:
            self._require_open(actor, replace(obligation, revision=old))
        # A returned report keeps its remarks until an approver accepts it or returns it again.
        keeps: dict[str, object] = (
            {} if step in _KEEP_REMARKS else {"remarks": {}, "resend_by": None}
        )
        new = replace(
            old or _empty_revision(obligation, actor.at),
            # Only methods of this class give `content`: fields of a revision, each of its type.
            **{"reason": "", **keeps, **content},  # type: ignore[arg-type]
            number=last + 1,
            state=state,
            step=step,
            by=actor.login,
            at=actor.at,
            on_behalf=step in ENTRY_STEPS and not self._acts_for(actor, obligation.unit),
        )
        if step is Step.SEND:
            receipt = receipt_number(obligation.period.code, self._store.version + 1)
            new = replace(new, first_sent=new.first_sent or actor.at, receipt=receipt)
        versions = (type_of(answer).record_version for answer in new.answers.values())
        version = max(versions, default=FIRST_VERSION)
        change.put(REVISIONS, f"{id}#{new.number}", REVISION.to_doc(new), version=version)
        change.put(SUBMISSIONS, id, {"revision": new.number, "state": new.state.value})
        return new

    def _require_open(self, actor: Actor, obligation: Obligation) -> None:
        """Raise NotBegun or PeriodLocked where the period cannot be entered now."""
        if obligation.period.start > actor.today:
            raise NotBegun(obligation.period)
        if lock := self.repository.locks.on(obligation, actor.today):
            raise PeriodLocked(lock)


def _empty_revision(obligation: Obligation, at: datetime) -> Revision:
    """A revision numbered 0 without answers: the start of the first revision."""
    return Revision(
        submission=obligation.submission,
        unit=obligation.unit,
        form=obligation.form,
        period=obligation.period.code,
        number=0,
        state=SubmissionState.DRAFT,
        step=Step.SAVE,
        answers={},
        by="",
        at=at,
    )
