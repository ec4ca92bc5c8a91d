"""`ws.submissions`: one report and its steps, from the draft to the approval."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.attachment_quota import AttachmentLimits
from nqcore.collection.submissions.attachment_records import Attachment
from nqcore.collection.submissions.attachments import Attachments
from nqcore.collection.submissions.checking import typed_answers
from nqcore.collection.submissions.entry_rights import acts_for
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

    def obligation(self, unit: str, form: str | Form, period: str | Period) -> Obligation:
        """What `unit` owes, with the newest revision of its report. Raises UnknownName, NotOwed.

        >>> owed = ws.submissions.obligation("xa-b", "s.q", "2018-Q1")
        >>> str(owed.period.due), owed.revision
        ('2018-04-10', None)
        """
        self._state.context.catalogue.units[unit]
        form = self._state.form(form)
        return self.repository.obligation(unit, form, self._state.period(form, period))

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
        self._state.context.catalogue.units[unit]
        form = self._state.form(form)
        period = self._state.period(form, period)
        ruled = self.repository.obligation_by_rule(unit, form, period)
        self.repository.extensions.grant(self._state.actor(by), ruled, until, reason)
        return self.repository.obligation(unit, form, period)

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
