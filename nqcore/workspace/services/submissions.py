"""`ws.submissions`: one report and its steps, from the draft to the approval."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from nqcore.analysis.editions.resting import editions_resting_on
from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.attachment_quota import AttachmentLimits
from nqcore.collection.submissions.attachment_records import Attachment
from nqcore.collection.submissions.attachments import Attachments
from nqcore.collection.submissions.brought_in import BringingIn, BroughtIn
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.entry_rights import acts_for
from nqcore.collection.submissions.moved_deadlines import (
    MovedDeadline,
    drop_deadline,
    move_deadline,
    moved_deadlines,
)
from nqcore.collection.submissions.period_locks import PeriodLock
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.submissions.workflow import SubmissionWorkflow
from nqcore.collection.tables import SUBMISSIONS
from nqcore.collection.validation import FormReading
from nqcore.model.fields import Typed
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period
from nqcore.model.submissions import Revision, Step
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState

Submission = Revision | Obligation | str
"""A report: one of its revisions, its obligation, or its id ("2018-Q3_res20.q_xa-an-phu")."""


@checked
class SubmissionService:
    """Reads and writes the reports of units. Every write names an account (`by`)."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    @property
    def repository(self) -> SubmissionRepository:
        """The stored submissions."""
        return self._state.context.repository

    @property
    def history(self) -> SubmissionRepository:
        """The same as if the office had always collected: with the periods before it began, for which
        `bring_in` takes figures."""
        return self.repository.of_all_time

    @property
    def workflow(self) -> SubmissionWorkflow:
        """The steps, for callers who hold an Actor."""
        return self._state.workflow

    @property
    def attachments(self) -> Attachments:
        """The files attached to reports."""
        settings = self._state.settings
        limits = AttachmentLimits(
            report_mb=settings.evidence_report_mb,
            day_mb=settings.evidence_day_mb,
            unit_mb=settings.evidence_unit_mb,
        )
        return Attachments(self._state.folder, self._state.store, limits)

    # -- reading ---------------------------------------------------------------------------------

    def obligation(
        self, unit: str, form: str | Form, period: str | Period, *, history: bool = False
    ) -> Obligation:
        """What `unit` owes, with the newest revision of its report; with `history` also what it owed before
        the office began to collect, for `bring_in`. Raises UnknownName, NotOwed.

        >>> owed = ws.submissions.obligation("xa-b", "s.q", "2018-Q1")
        >>> str(owed.period.due), owed.revision
        ('2018-04-10', None)
        """
        self._state.context.catalogue.units[unit]
        form = self._state.form(form)
        repository = self.history if history else self.repository
        return repository.obligation(unit, form, self._state.period(form, period))

    def period(self, form: str | Form, code: str) -> Period:
        """The period of that code for the form, with its deadline. Raises UnknownName.

        >>> str(ws.submissions.period("s.q", "2018-Q1").due)
        '2018-04-10'
        """
        return self._state.period(form, code)

    def find(self, submission: Submission) -> Obligation:
        """The obligation of a report, as it is stored now. Raises UnknownName.

        >>> ws.submissions.find("2018-Q1_s.q_dn-1").unit
        'dn-1'
        """
        id = submission if isinstance(submission, str) else submission.submission
        return self.repository.find(id)

    def revisions(self, submission: Submission) -> tuple[Revision, ...]:
        """The whole chain, oldest first.

        >>> [each.step.value for each in ws.submissions.revisions("2018-Q1_s.q_dn-1")]
        ['save', 'send', 'accept']
        """
        return self.repository.revisions(self.find(submission).submission)

    def typed(self, obligation: Obligation, revision: Revision | None) -> dict[str, Typed]:
        """The answers of a revision as they were typed, by input name.

        >>> owed = ws.submissions.find("2018-Q1_s.q_dn-1")
        >>> ws.submissions.typed(owed, owed.revision)["B1"]
        Decimal('1310')
        """
        return typed_answers(self.repository, obligation, revision)

    def proof(self, submission: Submission) -> str:
        """Number and hash of the record that sent the report last, "412/ab12cd34ef56", as
        `nq verify --receipt` takes it; "" if it was never sent.

        >>> ws.submissions.proof("2018-Q1_s.q_dn-3")  # not sent yet
        ''
        """
        entries = self._state.store.history(SUBMISSIONS, self.find(submission).submission)
        sent = next((each for each in reversed(entries) if each.do == Step.SEND.value), None)
        return f"{sent.seq}/{sent.hash[:12]}" if sent else ""

    def acts_for(self, account: Account, unit: str) -> bool:
        """Whether what the account enters for `unit` is the unit's own statement.

        >>> ws.submissions.acts_for(ws.account("lan"), "xa-a")
        True
        >>> ws.submissions.acts_for(ws.account("duyet"), "xa-a")
        False
        """
        return acts_for(self._state.context.catalogue, account, unit, self._state.today)

    def goes_through_leader(self, unit: str, form: str | Form) -> bool:
        """Whether the unit's reports of that form are sent by its own leader.

        >>> ws.submissions.goes_through_leader("dn-3", "s.q")
        False
        """
        return self.repository.leaders.required(self._state.form(form), unit)

    def signs(self, account: Account, unit: str) -> bool:
        """Whether the account may send a report of `unit` that goes through the leader.

        >>> ws.submissions.signs(ws.account("giamdoc"), "dn-3")
        True
        """
        return self.repository.leaders.signs(account, unit)

    def lock(self, form: str | Form, period: str) -> PeriodLock | None:
        """Who closed the form's period and when; None while it is open.

        >>> ws.submissions.lock("s.q", "2018-Q1") is None
        True
        """
        return self.repository.locks.get(self._state.form(form).id, period)

    # -- the unit's steps ------------------------------------------------------------------------

    def save_draft(
        self,
        unit: str,
        form: str,
        period: str,
        answers: Mapping[str, Typed],
        *,
        by: Account | str,
        base: int | None = None,
        explanations: Mapping[str, str] | None = None,
        copied: Collection[str] = (),
        checked: Collection[str] = (),
        reason: str = "",
        reading: FormReading | None = None,
    ) -> Revision:
        """Keep a draft of what was typed, by field key; what cannot be read is kept as typed.
        `copied`: keys just filled from the last period; `checked`: those of them that the user has
        looked at; `reason`: why a user from another unit changes what the unit entered itself;
        `reading`: what was made of `answers`, where the caller has read them already.

        Raises UnknownName, NotOwed, UnknownFields, StateError, NotAllowed, BehalfReasonMissing;
        Conflict when `base` is given and another user has saved since.

        >>> draft = ws.submissions.save_draft("xa-b", "s.q", "2018-Q1", {"A1": "3"}, by="binh")
        >>> draft.state.value, draft.answers["A1"]
        ('draft', Decimal('3'))
        """
        return self.workflow.save(
            self._state.actor(by),
            self.obligation(unit, form, period),
            answers,
            base=base,
            explanations=explanations,
            copied=copied,
            checked=checked,
            reason=reason,
            reading=reading,
        )

    def present(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Trình lãnh đạo*: for the unit's own leader to send. Raises RefusedSubmission.

        >>> ws.submissions.require_leader("dn-3", True, by="quantri")
        >>> ws.submissions.present("2018-Q1_s.q_dn-3", by="ba").state.value
        'presented'
        """
        return self.workflow.present(self._state.actor(by), self.find(submission), base=base)

    def hand_back(
        self, submission: Submission, *, reason: str, by: Account | str, base: int | None = None
    ) -> Revision:
        """The unit's leader gives it back to be corrected; with `base`, only if no later revision is stored.
        Raises ReasonMissing, NotAllowed, Conflict.

        >>> ws.submissions.require_leader("dn-3", True, by="quantri")
        >>> presented = ws.submissions.present("2018-Q1_s.q_dn-3", by="ba")
        >>> ws.submissions.hand_back(presented, reason="Xem lại B1", by="giamdoc").state.value
        'draft'
        """
        actor, obligation = self._state.actor(by), self.find(submission)
        return self.workflow.hand_back(actor, obligation, reason=reason, base=base)

    def send(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """Send the draft. Raises RefusedSubmission with every problem, by field; LeaderFirst where
        the unit's leader has to send it.

        >>> ws.submissions.send("2018-Q1_s.q_dn-3", by="ba").state.value
        'sent'
        """
        return self.workflow.send(self._state.actor(by), self.find(submission), base=base)

    def withdraw(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Thu hồi*: take back a report that is sent and not approved yet; with `base`, only if no later
        revision is stored. Raises Conflict.

        >>> ws.submissions.withdraw("2018-Q1_s.q_dn-2", by="hai").state.value
        'withdrawn'
        """
        return self.workflow.withdraw(self._state.actor(by), self.find(submission), base=base)

    # -- the approver's steps --------------------------------------------------------------------

    def return_(
        self,
        submission: Submission,
        *,
        by: Account | str,
        remarks: Mapping[str, str] | None = None,
        reason: str = "",
        resend_by: date | None = None,
        base: int | None = None,
    ) -> Revision:
        """*Trả lại để chỉnh sửa*, with a reason or remarks by field key ("": on the whole).
        Raises ReasonMissing, UnknownName.

        >>> back = ws.submissions.return_("2018-Q1_s.q_dn-2", reason="Thiếu số liệu", by="duyet")
        >>> back.state.value, back.reason
        ('returned', 'Thiếu số liệu')
        """
        return self.workflow.approve(
            self._state.actor(by),
            self.find(submission),
            Step.RETURN,
            reason=reason,
            remarks=remarks,
            resend_by=resend_by,
            base=base,
        )

    def accept(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Duyệt*: from now on its figures count. With `base`, only if no later revision is stored.

        >>> ws.submissions.accept("2018-Q1_s.q_dn-2", by="duyet").state.value
        'accepted'
        """
        return self._approve(submission, Step.ACCEPT, by, base=base)

    def reopen(
        self, submission: Submission, *, reason: str, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Mở lại*: until it is accepted again its figures do not count. With `base`, only if no later
        revision is stored. Raises Conflict.

        >>> ws.submissions.reopen("2018-Q1_s.q_dn-1", reason="Sai số", by="duyet").state.value
        'reopened'
        """
        return self._approve(submission, Step.REOPEN, by, reason=reason, base=base)

    def exclude(
        self, submission: Submission, *, reason: str, by: Account | str, base: int | None = None
    ) -> Revision:
        """Keep a report out of the totals, with a reason; with `base`, only if no later revision is stored.
        Raises Conflict.

        >>> out = ws.submissions.exclude("2018-Q1_s.q_dn-1", reason="Trùng", by="duyet")
        >>> str(ws.figure("B1", "2018-Q1"))
        '– (0/3): chưa có báo cáo'
        """
        return self._approve(submission, Step.EXCLUDE, by, reason=reason, base=base)

    def _approve(
        self,
        submission: Submission,
        step: Step,
        by: Account | str,
        *,
        reason: str = "",
        base: int | None = None,
    ) -> Revision:
        actor, obligation = self._state.actor(by), self.find(submission)
        return self.workflow.approve(actor, obligation, step, reason=reason, base=base)

    def undo(self, submission: Submission, *, by: Account | str) -> Revision:
        """Take back the account's own acceptance of the last ten minutes. Raises UndoOver.

        >>> sent = ws.submissions.undo("2018-Q1_s.q_dn-1", by="duyet")
        >>> sent.state.value
        'sent'
        """
        return self.workflow.undo(self._state.actor(by), self.find(submission))

    # -- figures that were approved on paper -----------------------------------------------------

    @property
    def _bringing_in(self) -> BringingIn:
        return BringingIn(self.history, self._state.root)

    def bring_in(
        self,
        reports: Sequence[tuple[Obligation, Mapping[str, Typed]]],
        basis: str,
        *,
        by: Account | str,
    ) -> int:
        """Accept reports that were approved on paper, each with what is typed, as one record; returns its
        number. `basis`: the paper. They are not late, and known from today on; they may be of periods before
        the office began to collect (`obligation(…, history=True)`). The account must manage the whole office.
        Raises NotAllowed, PaperMissing, EnteredHere.

        >>> owed = ws.submissions.obligation("xa-b", "s.q", "2018-Q1")
        >>> nth = ws.submissions.bring_in([(owed, {"A1": "7"})], "Báo cáo số 12-BC/ĐU", by="quantri")
        >>> owed = ws.submissions.obligation("xa-b", "s.q", "2018-Q1")
        >>> owed.state.value, owed.days_late(), str(ws.figure("A1", "2018-Q1", "xa-b"))
        ('accepted', None, '7 hội nghị (1/2)')
        """
        state = self._state
        record = self._bringing_in.bring_in(state.actor(by), reports, basis)
        state.refresh()
        return record

    def brought_in(self) -> tuple[BroughtIn, ...]:
        """What was brought in so, by record, the newest first.

        >>> ws.submissions.brought_in()  # nothing yet
        ()
        """
        self._state.refresh()
        return self._bringing_in.batches()

    def take_out(self, id: int, *, by: Account | str) -> BroughtIn:
        """Take out what that record has brought in, as long as no frozen review rests on it. Raises
        NotAllowed, UnknownName, BroughtInUsed, BroughtInChanged.

        >>> owed = ws.submissions.obligation("xa-b", "s.q", "2018-Q1")
        >>> nth = ws.submissions.bring_in([(owed, {"A1": "7"})], "Báo cáo số 12-BC/ĐU", by="quantri")
        >>> ws.submissions.take_out(nth, by="quantri").submissions
        ('2018-Q1_s.q_xa-b',)
        """
        self._state.refresh()

        def used_by(batch: BroughtIn) -> Iterator[str]:
            return editions_resting_on(self.repository, batch.submissions, batch.id)

        taken = self._bringing_in.take_out(self._state.actor(by), id, used_by)
        self._state.refresh()
        return taken

    # -- what holds for a report or a period -----------------------------------------------------

    def extend_deadline(
        self,
        unit: str,
        form: str | Form,
        period: str | Period,
        until: date,
        reason: str,
        *,
        by: Account | str,
    ) -> Obligation:
        """*Gia hạn*: the unit has until `until` for that report; lateness is measured against it.

        Raises UnknownName, NotOwed, NotAllowed (who may approve for the unit or manage it may
        extend), NotLater, ExtensionWithoutReason, TextRefused.

        >>> owed = ws.submissions.extend_deadline(
        ...     "xa-b", "s.q", "2018-Q1", date(2018, 4, 20), "Mưa lũ", by="duyet"
        ... )
        >>> str(owed.due)
        '2018-04-20'
        """
        return self.extend_deadlines([unit], form, period, until, reason, by=by)[0]

    def extend_deadlines(
        self,
        units: Sequence[str],
        form: str | Form,
        period: str | Period,
        until: date,
        reason: str,
        *,
        by: Account | str,
    ) -> tuple[Obligation, ...]:
        """The same for several units at once: all of them, in one record, or none. Raises what
        `extend_deadline` raises, and ExtensionForNoUnit.

        >>> owed = ws.submissions.extend_deadlines(
        ...     ["xa-a", "xa-b"], "s.q", "2018-Q1", date(2018, 4, 20), "Mưa lũ", by="quantri"
        ... )
        >>> [str(one.due) for one in owed]
        ['2018-04-20', '2018-04-20']
        """
        for unit in units:
            self._state.context.catalogue.units[unit]
        form = self._state.form(form)
        period = self._state.period(form, period)
        ruled = [self.repository.obligation_by_rule(unit, form, period) for unit in units]
        self.repository.extensions.grant_all(self._state.actor(by), ruled, until, reason)
        return tuple(self.repository.obligation(unit, form, period) for unit in units)

    def move_deadline(
        self, form: str, period: str, until: date, basis: str, *, by: Account | str
    ) -> MovedDeadline:
        """*Dời hạn*: all units that owe the form for the period have until `until`, by the document `basis`.
        The account must manage the whole office. Raises NotAllowed, UnknownName, DeadlineOver,
        DeadlineWithoutBasis, TextRefused.

        >>> moved = ws.submissions.move_deadline(
        ...     "s.q", "2018-Q1", date(2018, 4, 25), "Công văn 5", by="quantri"
        ... )
        >>> str(ws.submissions.obligation("xa-b", "s.q", "2018-Q1").due)
        '2018-04-25'
        """
        state = self._state
        found = state.context.obligations.own_period(state.form(form), period)
        actor = state.actor(by)
        with state.store.change(
            by=actor.login, do="move-deadline", why=basis.strip(), at=actor.at
        ) as change:
            moved = move_deadline(change, actor, form, found.code, until, basis, root=state.root)
        state.refresh()
        return moved

    def reset_deadline(self, form: str, period: str, *, by: Account | str) -> None:
        """Take it back: the deadline of the form's rule holds again. Raises NotAllowed, UnknownName,
        DeadlineOver where that day is over.

        >>> moved = ws.submissions.move_deadline(
        ...     "s.q", "2018-Q2", date(2018, 7, 25), "Công văn 5", by="quantri"
        ... )
        >>> ws.submissions.reset_deadline("s.q", "2018-Q2", by="quantri")
        >>> ws.submissions.moved_deadline("s.q", "2018-Q2") is None
        True
        """
        state = self._state
        definition = state.form(form)
        found = state.context.obligations.own_period(definition, period)
        rule = definition.due.due(found, state.context.obligations.days_off)
        actor = state.actor(by)
        with state.store.change(by=actor.login, do="reset-deadline", at=actor.at) as change:
            drop_deadline(change, actor, form, found.code, rule, root=state.root)
        state.refresh()

    def moved_deadline(self, form: str, period: str) -> MovedDeadline | None:
        """The deadline that the office set for all units, with who set it by which document; None where the
        rules hold.

        >>> ws.submissions.moved_deadline("s.q", "2018-Q1") is None
        True
        """
        return moved_deadlines(self._state.store).get((form, period))

    def lock_period(self, form: str, period: str, on: bool, *, by: Account | str) -> None:
        """*Khóa kỳ*: close a form's period for entry, or open it again. Raises NotAllowed, UnknownName.

        >>> ws.submissions.lock_period("s.q", "2018-Q1", True, by="quantri")
        >>> ws.submissions.lock("s.q", "2018-Q1").by
        'quantri'
        """
        self._state.context.obligations.own_period(self._state.form(form), period)
        actor = self._state.actor(by)
        self.repository.locks.switch(actor, form, period, on, root=self._state.root)

    def require_leader(self, unit: str, on: bool, *, by: Account | str) -> None:
        """Whether the unit's reports go through its own leader, whatever its forms say. Raises
        NotAllowed, UnknownName.

        >>> ws.submissions.require_leader("dn-3", True, by="quantri")
        >>> ws.submissions.goes_through_leader("dn-3", "s.q")
        True
        """
        self.repository.leaders.switch(self._state.actor(by), unit, on)

    def attach(
        self, submission: Submission, name: str, data: bytes, *, by: Account | str
    ) -> Attachment:
        """Attach a file to a report that is open for entry. Raises AttachmentRefused, FileRefused,
        StateError, NotAllowed, StoreError.

        >>> file = ws.submissions.attach("2018-Q1_s.q_dn-3", "a.pdf", b"%PDF-1.4", by="ba")
        >>> file.name, file.size
        ('a.pdf', 8)
        """
        return self.attachments.attach(self._state.actor(by), self.find(submission), name, data)

    def remove_attachment(
        self, submission: Submission, digest: str, *, by: Account | str
    ) -> Attachment:
        """Take a file off a report that is open for entry; its bytes and its history stay. Raises
        UnknownName, StateError, NotAllowed.

        >>> file = ws.submissions.attach("2018-Q1_s.q_dn-3", "a.pdf", b"%PDF-1.4", by="ba")
        >>> ws.submissions.remove_attachment("2018-Q1_s.q_dn-3", file.sha256, by="ba").removed
        True
        """
        return self.attachments.remove(self._state.actor(by), self.find(submission), digest)

    def actor(self, by: Account | str, at: datetime | None = None) -> Actor:
        """The account, acting now (or `at` that moment).

        >>> str(ws.submissions.actor("lan").today)
        '2018-04-05'
        """
        return self._state.actor(by, at)
