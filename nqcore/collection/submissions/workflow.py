"""The steps of a submission: every one appends a revision, none changes an old one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

from nqcore.catalogue.contracts import CheckInput
from nqcore.catalogue.loading import Fault
from nqcore.clock import Clock
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.codec import revision_from_doc, revision_to_doc
from nqcore.collection.submissions.deadline_extensions import DeadlineExtensions
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.leader_signoff import LeaderFirst, LeaderSignoff
from nqcore.collection.submissions.period_locks import PeriodLocked, PeriodLocks
from nqcore.collection.submissions.step_rules import check_behalf, check_undo, still_copied
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.collection.validation import (
    FormReading,
    Typed,
    asked_fields,
    input_names,
    judge,
    read_answers,
)
from nqcore.collection.validation.texts import check_texts
from nqcore.errors import N_, Conflict, InputError, NotAllowed, UnknownName
from nqcore.model.forms import Form
from nqcore.model.handovers import Duty
from nqcore.model.obligations import Disposition, Obligation
from nqcore.model.periods import Period
from nqcore.model.problems import Problem
from nqcore.model.submissions import Answer, Revision, Step, SubmissionState, after, submission_id
from nqcore.model.units import Unit, UnitTree
from nqcore.store import Change, Store
from nqcore.text.dates import write_date
from nqcore.text.folding import nfc

NEWEST = 7
"""So many periods back a unit that ends may still finish its reports."""
_KEEP_REMARKS = (Step.SAVE, Step.PRESENT, Step.HAND_BACK, Step.SEND, Step.WITHDRAW)
KEPT = 5_000
"""Revisions kept in memory: one that is committed never changes."""
EARLIER = 2
"""How many earlier periods the checks look at."""


class RefusedSubmission(InputError):
    """The report cannot be sent; `problems` says what to repair, by field. The draft is kept."""

    code = "refused-submission"
    template = N_("Not sent: {count} boxes to correct ({fields}).")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        blocking = [problem for problem in problems if problem.blocks]
        super().__init__(
            count=len(blocking), fields=", ".join(dict.fromkeys(p.field for p in blocking))
        )


class NotOwed(InputError):
    """The unit does not owe that report."""

    code = "not-owed"
    template = N_("{unit} does not owe form {form} for {period}. Check the unit and the period.")


class NotBegun(InputError):
    """The period is still to come."""

    code = "not-begun"
    template = N_("{period} begins on {start}. Check the period, or enter the report then.")

    def __init__(self, period: Period) -> None:
        super().__init__(period=period.code, start=write_date(period.start))


class ReporterUndecided(InputError):
    """The unit has ended, and who finishes its reports is an open question."""

    code = "nobody-decided"
    template = N_(
        "{unit} has ended, and nobody has decided who finishes its reports. "
        "Contact the administrator, who decides under Administration, Units."
    )


class ReportsEnded(InputError):
    """It was decided that the unit's reports ended with it."""

    code = "reports-ended"
    template = N_("{unit} has ended, and its reports with it. Enter the figures in the new unit's.")


class ReasonMissing(InputError):
    """A step that needs words was taken without."""

    code = "reason-missing"
    template = N_("A return needs a comment. Say what has to be corrected.")


class Desk:
    """Where submissions are written. Reads and writes through the store; asks `Account.may`."""

    def __init__(self, store: Store, obligations: Obligations, clock: Clock) -> None:
        self.store, self.obligations, self.clock = store, obligations, clock
        self.catalogue = obligations.catalogue
        self.extensions = DeadlineExtensions(store)
        self.standing = SubmissionIndex(store)
        self._kept: dict[str, Revision] = {}
        self.locks = PeriodLocks(store)
        self.leaders = LeaderSignoff(store, self.catalogue.units)

    # -- reading ---------------------------------------------------------------------------------

    def revision(self, submission: str, number: int | None = None) -> Revision | None:
        """The newest revision (or the one of that number); None when nothing was entered."""
        if self.store.changing:
            head = self.store.get(SUBMISSIONS, submission)
            if head is None:
                return None
            return self._read(f"{submission}#{head['revision'] if number is None else number}")
        newest = self.standing.number(submission)
        if newest is None:
            return None
        id = f"{submission}#{newest if number is None else number}"
        found = self._kept.get(id)
        if found is None:
            found = self._read(id)
            if found is not None:
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[id] = found
        return found

    def _read(self, id: str) -> Revision | None:
        doc = self.store.get(REVISIONS, id)
        return None if doc is None else revision_from_doc(doc)

    def revisions(self, submission: str) -> tuple[Revision, ...]:
        """All of a submission's revisions, oldest first."""
        head = self.store.get(SUBMISSIONS, submission)
        numbers = range(1, head["revision"] + 1) if head else ()
        found = (self.revision(submission, number) for number in numbers)
        return tuple(revision for revision in found if revision is not None)

    def newest(self) -> Iterator[Revision]:
        """The newest revision of every submission."""
        for head in self.store.table(SUBMISSIONS):
            doc = self.store.get(REVISIONS, f"{head.doc_id}#{head['revision']}")
            assert doc is not None
            yield revision_from_doc(doc)

    def state(self, submission: str) -> SubmissionState | None:
        """Where a submission stands; None when nothing was entered."""
        head = self.store.get(SUBMISSIONS, submission)
        return None if head is None else SubmissionState(head["state"])

    def heads(self, state: SubmissionState) -> tuple[str, ...]:
        """The ids of the submissions that are in that state."""
        return self.standing.ids(state)

    def reporting(self) -> Iterator[str]:
        """The unit of every report that was begun."""
        for head in self.store.table(SUBMISSIONS):
            yield str(head.doc_id).split("_", 2)[2]

    def outstanding(self, last: Mapping[str, date]) -> Iterator[Obligation]:
        """What units still owe of the newest periods that ended by their last day and is not
        accepted. `last`: the units, each with that day."""
        for form, period, unit, state in self._newest_owed(last):
            if state not in (SubmissionState.ACCEPTED, SubmissionState.EXCLUDED):
                yield self.obligation(unit, form, period)

    def unsent(self, last: Mapping[str, date]) -> dict[str, int]:
        """How many of these each unit has still to send, where there are any."""
        found: dict[str, int] = {}
        for _form, _period, unit, state in self._newest_owed(last):
            if state not in (
                SubmissionState.SENT,
                SubmissionState.ACCEPTED,
                SubmissionState.EXCLUDED,
            ):
                found[unit] = found.get(unit, 0) + 1
        return found

    def _newest_owed(
        self, last: Mapping[str, date]
    ) -> Iterator[tuple[Form, Period, str, SubmissionState | None]]:
        days: dict[date, set[str]] = {}
        for unit, day in last.items():
            days.setdefault(day, set()).add(unit)
        for day, units in sorted(days.items()):
            for form in self.catalogue.forms.values():
                for period in self.obligations.open_periods(form, day, NEWEST):
                    if period.end <= day:
                        for owing in self.obligations.owed(form, period):
                            if owing.code in units:
                                id = submission_id(period.code, form.id, owing.code)
                                yield form, period, owing.code, self.state(id)

    def obligation(self, unit: str, form: Form, period: Period) -> Obligation:
        """What `unit` owes, with its own deadline. Raises NotOwed."""
        found = self.ruled(unit, form, period)
        extension = self.extensions.get(found.submission)
        return replace(
            found,
            # A rule that was changed since may give more time still.
            period=replace(found.period, due=max(found.due, extension.until))
            if extension
            else found.period,
            revision=self.revision(found.submission),
            extension=extension,
            fate=self._fate(unit),
        )

    def _fate(self, unit: str) -> Disposition:
        today = self.clock().date()
        closed = self.catalogue.units[unit].closed
        if closed is None or closed > today:
            return Disposition.HELD
        now = self.catalogue.holder(unit, Duty.REPORTS, "", today)
        if not now.decided:
            return Disposition.UNDECIDED
        return Disposition.ENDED if now.unit is None else Disposition.HELD

    def ruled(self, unit: str, form: Form, period: Period) -> Obligation:
        """What `unit` owes as rules and overlays say, whatever came in or was granted."""
        if unit not in self.obligations.owing(form, period):
            raise NotOwed(unit=unit, form=form.id, period=period.code)
        local, overlays = self.obligations.deadline(form, unit, period)
        return Obligation(
            unit=unit,
            form=form.id,
            period=local,
            overlays=tuple(overlay.id for overlay in overlays),
        )

    def find(self, submission: str) -> Obligation:
        """The obligation that a submission's id names, whether or not anything was entered."""
        period, _, rest = submission.partition("_")
        form_id, _, unit = rest.partition("_")
        if not unit or form_id not in self.catalogue.forms or unit not in self.catalogue.units:
            raise UnknownName(kind="report", name=submission, hint="Open it from the list.")
        form = self.catalogue.form(form_id)
        found = self.obligation(unit, form, self.obligations.period(form, period))
        if found.revision is None and found.period.start > self.clock().date():
            raise UnknownName(kind="report", name=submission, hint="Its period has not begun.")
        return found

    def before(self, obligation: Obligation) -> tuple[Mapping[str, Answer], ...]:
        """The answers of the same unit's earlier periods, newest first; {} where none was sent."""
        form = self.catalogue.form(obligation.form)
        found: list[Mapping[str, Answer]] = []
        for period in self.obligations.before(form, obligation.period, EARLIER):
            revision = self.revision(submission_id(period.code, form.id, obligation.unit))
            told = revision is not None and revision.state in (
                SubmissionState.SENT,
                SubmissionState.ACCEPTED,
            )
            found.append(revision.answers if told and revision else {})
        return tuple(found)

    @property
    def units(self) -> UnitTree:
        """Every unit as it stands today: what authority goes by."""
        return self.obligations.known(self.clock().date())

    def speaks_for(self, by: Account, unit: str, on: date) -> bool:
        """Whether what `by` enters for `unit` is the unit's own word: by its people, or by those of
        the unit that finishes its reports."""
        return by.unit in (unit, self.catalogue.holder(unit, Duty.REPORTS, "", on).unit)

    def unit(self, obligation: Obligation) -> Unit:
        """The unit of a report with the name and kind that it had at the period's end."""
        return self.catalogue.units.state(obligation.unit, obligation.period.end)

    def _may_enter(self, by: Account, obligation: Obligation, at: datetime) -> None:
        """A unit that has ended is finished by its own people while they work nowhere else, and by
        those who stood above it; by its heir's when that inherited its reports. Raises NotAllowed,
        NobodyDecided, ReportsEnded."""
        on, unit = at.date(), obligation.unit
        by.require(Action.ENTER, unit, self.obligations.known(on), obligation.form)
        closed = self.catalogue.units[unit].closed
        if closed is None or closed > on:
            return
        last = self.obligations.tree(closed - timedelta(days=1))
        if unit in last and by.unit in {above.code for above in last.ancestors(unit)}:
            return
        now = self.catalogue.holder(unit, Duty.REPORTS, "", on)
        if not now.decided and by.unit != unit:
            raise ReporterUndecided(unit=self.catalogue.units[unit].name)
        if now.unit is None:
            raise ReportsEnded(unit=self.catalogue.units[unit].name)

    def read(self, obligation: Obligation, given: Mapping[str, Typed], today: date) -> FormReading:
        """Read what was typed for that report. Raises UnknownFields."""
        form = self.catalogue.form(obligation.form)
        fields = asked_fields(self.catalogue, form, self.unit(obligation), obligation.period.end)
        return read_answers(self.catalogue, fields, given, today)

    def judged(
        self, obligation: Obligation, reading: FormReading
    ) -> tuple[tuple[Problem, ...], tuple[Fault, ...]]:
        """Everything to say about what was read: reading problems first, then the checks."""
        earlier = self.before(obligation)
        entry = CheckInput(
            unit=self.unit(obligation),
            form=self.catalogue.form(obligation.form),
            period=obligation.period,
            answers=reading.answers,
            before=earlier[0] if earlier else {},
        )
        problems, faults = judge(self.catalogue, entry, earlier)
        return (*reading.problems, *problems), faults

    def typed(self, obligation: Obligation, revision: Revision | None) -> dict[str, Typed]:
        """A revision's answers in the shape in which they were given, by input name."""
        if revision is None:
            return {}
        form = self.catalogue.form(obligation.form)
        given: dict[str, Typed] = {}
        for field in asked_fields(
            self.catalogue, form, self.unit(obligation), obligation.period.end
        ):
            if field.key in revision.answers:
                given[field.key] = revision.answers[field.key]
            for name in input_names(field):
                if name in revision.unread:
                    given[name] = revision.unread[name]
        return given

    # -- writing ---------------------------------------------------------------------------------

    def save(
        self,
        obligation: Obligation,
        given: Mapping[str, Typed],
        *,
        by: Account,
        base: int | None = None,
        explanations: Mapping[str, str] | None = None,
        copied: Collection[str] = (),
        checked: Collection[str] = (),
        reason: str = "",
        at: datetime | None = None,
    ) -> Revision:
        """Keep a draft. What cannot be read is kept as typed. With `base` (the revision that the
        person saw) somebody else's change raises Conflict instead of being overwritten. `copied` are
        keys just filled from the last period, `checked` those that somebody has looked at since.
        Raises BehalfReasonMissing where somebody from above changes the unit's own words silently."""
        at = at or self.clock()
        self._may_enter(by, obligation, at)
        reading = self.read(obligation, given, at.date())
        if not self.speaks_for(by, obligation.unit, at.date()):
            chain = self.revisions(obligation.submission)
            check_behalf(chain, obligation.unit, by, reason, reading.answers)
        return self._step(
            obligation,
            Step.SAVE,
            by,
            at,
            base=base,
            answers=reading.answers,
            unread=reading.unread,
            explanations={key: nfc(text) for key, text in (explanations or {}).items()},
            copied=still_copied(
                self.revision(obligation.submission), reading.answers, copied, checked
            ),
            reason=nfc(reason).strip(),
        )

    def save_all(
        self,
        drafts: Sequence[tuple[Obligation, Mapping[str, Typed], int]],
        *,
        by: Account,
        reason: str = "",
        explanations: Mapping[str, Mapping[str, str]] | None = None,
    ) -> tuple[Revision, ...]:
        """Keep several drafts (obligation, answers, base) as one record: all of them or none.
        `explanations`, by submission, stand instead of those before."""
        at = self.clock()
        saved = []
        with self.store.change(by=by.login, do="import", at=at) as change:
            for obligation, given, base in drafts:
                self._may_enter(by, obligation, at)
                reading = self.read(obligation, given, at.date())
                content: dict[str, object] = {
                    "answers": reading.answers,
                    "unread": reading.unread,
                    "reason": "" if self.speaks_for(by, obligation.unit, at.date()) else reason,
                }
                if explanations and obligation.submission in explanations:
                    content["explanations"] = explanations[obligation.submission]
                saved.append(self._put(change, obligation, Step.SAVE, by, at, base, content))
        return tuple(saved)

    def send(
        self,
        obligation: Obligation,
        *,
        by: Account,
        base: int | None = None,
        at: datetime | None = None,
    ) -> Revision:
        """Send the draft. Raises RefusedSubmission with every problem; the draft stays as it is."""
        at = at or self.clock()
        self._may_enter(by, obligation, at)
        draft = self.revision(obligation.submission)
        after(draft.state if draft else None, Step.SEND)
        form = self.catalogue.form(obligation.form)
        if self.leaders.holds(form, obligation.unit) and not self.leaders.signs(
            by, obligation.unit
        ):
            raise LeaderFirst
        self._sendable(obligation, draft, at)
        # Nobody may slip another draft in between the check and the sending.
        return self._step(
            obligation,
            Step.SEND,
            by,
            at,
            base=base if base is not None else (draft.number if draft else 0),
        )

    def _sendable(self, obligation: Obligation, draft: Revision | None, at: datetime) -> None:
        """Raise RefusedSubmission where something stands in the way of sending the draft."""
        reading = self.read(obligation, self.typed(obligation, draft), at.date())
        problems, _ = self.judged(obligation, reading)
        if any(problem.blocks for problem in problems):
            raise RefusedSubmission(problems)

    def present(
        self,
        obligation: Obligation,
        *,
        by: Account,
        base: int | None = None,
        at: datetime | None = None,
    ) -> Revision:
        """*Trình lãnh đạo*: the unit's leader looks at it and sends it. Raises as `send` does."""
        at = at or self.clock()
        self._may_enter(by, obligation, at)
        draft = self.revision(obligation.submission)
        after(draft.state if draft else None, Step.PRESENT)
        self._sendable(obligation, draft, at)
        base = base if base is not None else (draft.number if draft else 0)
        return self._step(obligation, Step.PRESENT, by, at, base=base)

    def hand_back(
        self, obligation: Obligation, *, by: Account, reason: str, at: datetime | None = None
    ) -> Revision:
        """The unit's leader gives a presented report back, with words. Raises ReasonMissing."""
        at = at or self.clock()
        self._may_enter(by, obligation, at)
        if not self.leaders.signs(by, obligation.unit):
            raise NotAllowed(account=by.login, action="hand back", unit=obligation.unit)
        if not reason.strip():
            raise ReasonMissing
        reason = nfc(reason).strip()
        return self._step(obligation, Step.HAND_BACK, by, at, reason=reason)

    def undo(self, obligation: Obligation, *, by: Account, at: datetime | None = None) -> Revision:
        """Take one's own acceptance of the last ten minutes back. Raises UndoOver."""
        by.require(Action.APPROVE, obligation.unit, self.units, obligation.form)
        at = at or self.clock()
        accepted = self.revision(obligation.submission)
        check_undo(accepted, by, at)
        assert accepted is not None
        return self._step(obligation, Step.UNDO, by, at, base=accepted.number)

    def review(
        self,
        obligation: Obligation,
        step: Step,
        *,
        by: Account,
        reason: str = "",
        remarks: Mapping[str, str] | None = None,
        resend_by: date | None = None,
        base: int | None = None,
        at: datetime | None = None,
    ) -> Revision:
        """RETURN, ACCEPT, REOPEN or EXCLUDE. All but ACCEPT need words."""
        by.require(Action.APPROVE, obligation.unit, self.units, obligation.form)
        kept = {key: nfc(text).strip() for key, text in (remarks or {}).items() if text.strip()}
        if step is not Step.ACCEPT and not (reason.strip() or kept):
            raise ReasonMissing
        return self._step(
            obligation,
            step,
            by,
            at or self.clock(),
            base=base,
            reason=nfc(reason).strip(),
            remarks=kept,
            resend_by=resend_by,
        )

    def withdraw(
        self, obligation: Obligation, *, by: Account, at: datetime | None = None
    ) -> Revision:
        """Take back a report that nobody has reviewed yet."""
        at = at or self.clock()
        self._may_enter(by, obligation, at)
        return self._step(obligation, Step.WITHDRAW, by, at)

    def _step(
        self,
        obligation: Obligation,
        step: Step,
        by: Account,
        at: datetime,
        *,
        base: int | None = None,
        **content: object,
    ) -> Revision:
        why = str(content.get("reason", ""))
        check_texts({"": why})
        for words in ("explanations", "remarks"):
            check_texts(cast(Mapping[str, str], content.get(words) or {}))
        with self.store.change(by=by.login, do=step.value, why=why, at=at) as change:
            return self._put(change, obligation, step, by, at, base, content)

    def _put(
        self,
        change: Change,
        obligation: Obligation,
        step: Step,
        by: Account,
        at: datetime,
        base: int | None,
        content: Mapping[str, object],
    ) -> Revision:
        """Add one revision to an open change."""
        id = obligation.submission
        head = change.get(SUBMISSIONS, id)
        old = None
        if head is not None:
            doc = change.get(REVISIONS, f"{id}#{head['revision']}")
            assert doc is not None
            old = revision_from_doc(doc)
        now = old.number if old else 0
        if base is not None and base != now:
            raise Conflict(who=old.by if old else "", now=now, yours=base)
        state = after(old.state if old else None, step)
        if step in (Step.SAVE, Step.PRESENT, Step.SEND):
            if obligation.period.start > at.date():
                raise NotBegun(obligation.period)
            if lock := self.locks.on(replace(obligation, revision=old), at.date()):
                raise PeriodLocked(lock)
        # A returned report keeps its remarks until it is sent and judged again.
        keeps: dict[str, object] = (
            {} if step in _KEEP_REMARKS else {"remarks": {}, "resend_by": None}
        )
        new = replace(
            old or _nothing(obligation, at),
            **{"reason": "", **keeps, **content},  # type: ignore[arg-type]
            number=now + 1,
            state=state,
            step=step,
            by=by.login,
            at=at,
            on_behalf=step in (Step.SAVE, Step.PRESENT, Step.SEND)
            and not self.speaks_for(by, obligation.unit, at.date()),
        )
        if step is Step.SEND:
            receipt = _receipt(obligation.period.code, self.store.version + 1)
            new = replace(new, first_sent=new.first_sent or at, receipt=receipt)
        change.put(REVISIONS, f"{id}#{new.number}", revision_to_doc(new))
        change.put(SUBMISSIONS, id, {"revision": new.number, "state": new.state.value})
        return new


def _nothing(obligation: Obligation, at: datetime) -> Revision:
    """What a submission is before its first revision."""
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


def _receipt(period: str, seq: int) -> str:
    """*Mã tiếp nhận*: the period and the journal's record, "2018Q3-0412"."""
    return f"{period.replace('-', '')}-{seq:04}"
