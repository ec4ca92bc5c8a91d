"""The one façade: a folder on disk = settings + store + what the plugins brought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from nqcore.analysis.findings import Review, Verdict
from nqcore.analysis.provenance import figures
from nqcore.analysis.provenance.counts import CountExplanation, explain_count, rule_of
from nqcore.analysis.report import Document, write_report
from nqcore.analysis.report.decisions import FindingProposal, Selection, decide, proposals
from nqcore.analysis.rollup import AcceptedValues, Totals
from nqcore.analysis.rollup.like_for_like import LikeForLike, like_for_like
from nqcore.catalogue import Catalogue, Plugins, ask_plugins, merge_definitions
from nqcore.catalogue.loading import Fault
from nqcore.clock import Clock
from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.administration import AccountAdministration
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.context import Context, context_of
from nqcore.collection.entry import entry_sheet
from nqcore.collection.monitoring import board, worklist
from nqcore.collection.monitoring.plan_matrix import PlanMatrix, plan_matrix
from nqcore.collection.monitoring.task_coverage import TaskCoverage, task_coverage
from nqcore.collection.monitoring.task_progress import TaskOverview, note_task, task_overview
from nqcore.collection.monitoring.timetable import Timetable, drop_day, set_day, timetable
from nqcore.collection.obligations import Obligations
from nqcore.collection.reorganisation.codec import unit_to_doc
from nqcore.collection.reorganisation.impact import ImpactPreview
from nqcore.collection.reorganisation.open_duties import OpenDuty, open_duties
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.reorganisation.reorganisation import EnteredChange, Reorganisation
from nqcore.collection.settings import Settings
from nqcore.collection.submissions.attachments import Attachments
from nqcore.collection.submissions.workflow import Desk
from nqcore.collection.tables import DEFINING, SUBMISSIONS, UNITS
from nqcore.collection.validation import Typed
from nqcore.errors import UnknownName
from nqcore.model.changes import ChangeEvent
from nqcore.model.directives import Directives
from nqcore.model.figures import REPORTED, Figure, read_boundaries
from nqcore.model.findings import Finding
from nqcore.model.forms import Form
from nqcore.model.handovers import Handover
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period, bound
from nqcore.model.submissions import Revision, Step
from nqcore.model.targets import Task, TaskStatus
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree
from nqcore.progress import Progress, quiet
from nqcore.store import Store
from nqcore.store import Verification as Verification


class Workspace:
    """An opened workspace. Made by `nqcore.open`; close it, or use it as a context manager.

    Reading never needs an account; every write names one (an Account or its login) and is refused
    with NotAllowed where its roles do not reach.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        store: Store,
        clock: Clock,
        modules: Sequence[tuple[str, object]] = (),
    ) -> None:
        self.folder, self.settings, self.store, self.clock = folder, settings, store, clock
        self._brought = ask_plugins(Plugins(settings.plugins, modules))
        self._known = store.version
        self._world = self._look()
        self.people = AccountDirectory(store, self._seat)
        self._values: AcceptedValues | None = None
        self._values_of: Context | None = None
        self._totals: Totals | None = None
        self._seen = 0
        self._following = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    # -- what it knows ---------------------------------------------------------------------------

    def _look(self) -> Context:
        return self._with(merge_definitions(self._brought, own_definitions(self.store)))

    def _with(self, catalogue: Catalogue) -> Context:
        return context_of(catalogue, self.store, self.folder, self.settings.since, self.clock)

    def _seat(self, unit: str) -> str:
        return self.obligations.seat(unit, self.today)

    def refresh(self) -> None:
        """Take over what other processes wrote: reports, and units that were changed. Cheap when
        nothing was; the totals follow by themselves."""
        self.store.refresh()
        if self._known == self.store.version:
            return
        with self._following:
            seen = self.store.version
            touched = {table for _, table, _ in self.store.changes_since(self._known)}
            if touched & DEFINING:
                self._world = self._look()
            self._known = seen

    @property
    def catalogue(self) -> Catalogue:
        """What the plugins and the office define, as of the last `refresh`."""
        return self._world.catalogue

    @property
    def obligations(self) -> Obligations:
        """Who owes what when."""
        return self._world.obligations

    @property
    def desk(self) -> Desk:
        """Where submissions are written."""
        return self._world.desk

    @property
    def evidence(self) -> Attachments:
        """The evidence files of reports."""
        return Attachments(self.folder, self.store, self.units)

    @property
    def managing(self) -> AccountAdministration:
        """Accounts, as somebody who looks after them sees them."""
        return AccountAdministration(self.people, self.units, self.clock)

    @property
    def today(self) -> date:
        """The day on which the workspace stands (a demo stays on its own)."""
        return self.clock().date()

    @property
    def directives(self) -> Directives:
        """The register: ``ws.directives["20-NQ/TW"]``."""
        return self.catalogue.directives

    @property
    def units(self) -> UnitTree:
        """Every unit there is, was or will be, each as it stands today; `at` tells of other days."""
        return self.obligations.known(self.today)

    @property
    def root(self) -> Unit:
        """The unit at the top of reports."""
        return self.units[self.settings.root]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Plugins that could not be loaded or raised while they were asked."""
        return self.catalogue.faults

    def period(self, form: str | Form, code: str) -> Period:
        """The period of that code for the form, with its deadline."""
        return self.obligations.period(self._form(form), code)

    def _form(self, form: str | Form) -> Form:
        return form if isinstance(form, Form) else self.catalogue.form(form)

    def account(self, by: Account | str) -> Account:
        """The account as it stands now. Raises UnknownName."""
        return self.people[by if isinstance(by, str) else by.login]

    # -- submissions -----------------------------------------------------------------------------

    def obligation(self, unit: str, form: str | Form, period: str | Period) -> Obligation:
        """What `unit` owes, and how it stands. Raises UnknownName, NotOwed."""
        self.units[unit]
        form = self._form(form)
        period = self.obligations.period(form, period) if isinstance(period, str) else period
        return self.desk.obligation(unit, form, period)

    def _owed(self, submission: Revision | Obligation | str) -> Obligation:
        id = submission if isinstance(submission, str) else submission.submission
        return self.desk.find(id)

    def sheet(
        self, submission: Revision | Obligation | str, given: Mapping[str, Typed] | None = None
    ) -> entry_sheet.EntrySheet:
        """The report as its pages show it; with `given`, as if that had been typed."""
        return entry_sheet.entry_sheet(self.desk, self._owed(submission), given)

    def revisions(self, submission: Revision | Obligation | str) -> tuple[Revision, ...]:
        """The whole chain, oldest first."""
        return self.desk.revisions(self._owed(submission).submission)

    def proof(self, submission: Revision | Obligation | str) -> str:
        """Number and hash of the record that sent the report last, "412/ab12cd34ef56", as
        `nq verify --receipt` takes it; "" if it was never sent."""
        touches = self.store.history(SUBMISSIONS, self._owed(submission).submission)
        sent = next((each for each in reversed(touches) if each.do == Step.SEND.value), None)
        return f"{sent.seq}/{sent.hash[:12]}" if sent else ""

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
    ) -> Revision:
        """Keep a draft of what was typed, by field key; what cannot be read is kept as it stands.
        `copied`: keys just filled from the last period; `checked`: such keys that were looked at;
        `reason`: why somebody from above changes what the unit entered itself.

        Raises UnknownName, NotOwed, UnknownFields, StateError, NotAllowed, BehalfReasonMissing;
        Conflict when `base` is given and somebody saved meanwhile.
        """
        return self.desk.save(
            self.obligation(unit, form, period),
            answers,
            by=self.account(by),
            base=base,
            explanations=explanations,
            copied=copied,
            checked=checked,
            reason=reason,
        )

    def present(
        self, submission: Revision | Obligation | str, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Trình lãnh đạo*: for the unit's own leader to send. Raises RefusedSubmission."""
        return self.desk.present(self._owed(submission), by=self.account(by), base=base)

    def hand_back(
        self, submission: Revision | Obligation | str, *, reason: str, by: Account | str
    ) -> Revision:
        """The unit's leader gives it back to be corrected. Raises ReasonMissing, NotAllowed."""
        return self.desk.hand_back(self._owed(submission), by=self.account(by), reason=reason)

    def lock_period(self, form: str, period: str, on: bool, *, by: Account | str) -> None:
        """*Khóa kỳ*: close a form's period for entry, or open it again. Raises NotAllowed, UnknownName."""
        self.obligations.period(self._form(form), period)
        self.desk.locks.switch(
            form, period, on, by=self.account(by), root=self.settings.root, units=self.units,
            at=self.clock(),
        )  # fmt: skip

    def leader_step(self, unit: str, on: bool, *, by: Account | str) -> None:
        """Whether the unit's reports go through its own leader, whatever its forms say. Raises
        NotAllowed, UnknownName."""
        self.desk.leaders.switch(unit, on, by=self.account(by), at=self.clock())

    def send(
        self, submission: Revision | Obligation | str, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """Send the draft. Raises RefusedSubmission with every problem, by field; LeaderFirst where
        the unit's leader has to send it."""
        return self.desk.send(self._owed(submission), by=self.account(by), base=base)

    def withdraw(self, submission: Revision | Obligation | str, *, by: Account | str) -> Revision:
        """*Thu hồi*: take back what nobody has reviewed yet."""
        return self.desk.withdraw(self._owed(submission), by=self.account(by))

    def return_(
        self,
        submission: Revision | Obligation | str,
        *,
        by: Account | str,
        remarks: Mapping[str, str] | None = None,
        reason: str = "",
        resend_by: date | None = None,
        base: int | None = None,
    ) -> Revision:
        """*Trả lại để chỉnh sửa*, with a reason or remarks by field key. Raises ReasonMissing."""
        return self.desk.review(
            self._owed(submission),
            Step.RETURN,
            by=self.account(by),
            reason=reason,
            remarks=remarks,
            resend_by=resend_by,
            base=base,
        )

    def accept(
        self, submission: Revision | Obligation | str, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Duyệt*: from now on its figures count. With `base`, only if that is what was reviewed."""
        return self.desk.review(self._owed(submission), Step.ACCEPT, by=self.account(by), base=base)

    def undo(self, submission: Revision | Obligation | str, *, by: Account | str) -> Revision:
        """Take back one's own acceptance of the last ten minutes. Raises UndoOver."""
        return self.desk.undo(self._owed(submission), by=self.account(by))

    def reopen(
        self, submission: Revision | Obligation | str, *, reason: str, by: Account | str
    ) -> Revision:
        """*Mở lại*: until it is accepted again its figures do not count."""
        return self.desk.review(
            self._owed(submission), Step.REOPEN, by=self.account(by), reason=reason
        )

    def exclude(
        self, submission: Revision | Obligation | str, *, reason: str, by: Account | str
    ) -> Revision:
        """Keep a report out of the totals, with a reason."""
        return self.desk.review(
            self._owed(submission), Step.EXCLUDE, by=self.account(by), reason=reason
        )

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

        Raises UnknownName, NotOwed, NotAllowed (who may review or manage the unit may extend),
        NotLater, ExtensionWithoutReason.
        """
        self.units[unit]
        form = self._form(form)
        period = self.obligations.period(form, period) if isinstance(period, str) else period
        ruled = self.desk.ruled(unit, form, period)
        self.desk.extensions.grant(
            ruled, until, reason, by=self.account(by), units=self.units, clock=self.clock
        )
        return self.desk.obligation(unit, form, period)

    # -- lists -----------------------------------------------------------------------------------

    def work(self, account: Account | str) -> tuple[Obligation, ...]:
        """*Việc của tôi*: what the account's unit owes or has on its way."""
        return worklist.worklist(self.desk, self.account(account))

    def queue(self, account: Account | str, most: int | None = None) -> tuple[Obligation, ...]:
        """*Chờ duyệt*: what waits for the account's review, oldest first; at most `most`."""
        return worklist.approval_queue(self.desk, self.account(account), most)

    def waiting(self, account: Account | str) -> int:
        """How many reports the queue has."""
        return worklist.count_waiting(self.desk, self.account(account))

    def board(
        self, form: str | Form, root: str | None = None, period: str | None = None, count: int = 6
    ) -> board.Board:
        """*Tiến độ*: units under `root` × the newest `count` periods (up to `period`)."""
        form = self._form(form)
        upto = self.obligations.period(form, period) if period else None
        return board.board(self.desk, form, root or self.settings.root, upto, count)

    # -- totals ----------------------------------------------------------------------------------

    @property
    def totals(self) -> Totals:
        """The roll-up as of now: follows what other processes wrote."""
        values, obligations = self._current()
        with self._following:  # threads of one server share the engine that adds up the values
            known, today = self._totals, self.today
            if known is None or known.values is not values:
                known = self._totals = Totals(obligations, values, today)
            elif known.today != today:
                known = self._totals = known.on(today)
            return known

    def _current(self) -> tuple[AcceptedValues, Obligations]:
        self.refresh()
        with self._following:  # threads of one server share the values
            world = self._world
            if self._values is None or self._values_of is not world:
                seen = self.store.version
                values = AcceptedValues(world.catalogue)
                for revision in world.desk.newest():
                    values.put(revision)
                self._values, self._values_of, self._seen = values, world, seen
            elif self.store.version != self._seen:
                seen = self.store.version
                touched = {
                    id
                    for _, table, id in self.store.changes_since(self._seen)
                    if table == SUBMISSIONS
                }
                for id in touched:
                    newest = self.desk.revision(id)
                    assert newest is not None
                    self._values.put(newest)
                self._seen = seen
            return self._values, world.obligations

    def figure(
        self,
        indicator: str,
        period: str,
        unit: str | None = None,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | str = REPORTED,
    ) -> Figure:
        """One total with its coverage; `period` may be "@20-NQ/TW..2018-09-30", from a directive's
        date to a cut-off. `boundaries`: a day (or its ISO date) within whose units the figures are
        told, or "reported". Raises UnknownName, NotAddable, BoundariesError."""
        span = bound(period, self.directives)
        return self.totals.figure(
            indicator,
            unit or self.settings.root,
            span,
            own=own,
            scope=scope,
            boundaries=read_boundaries(boundaries),
        )

    def alike(
        self,
        indicator: str,
        period: str,
        unit: str | None = None,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | str = REPORTED,
    ) -> LikeForLike | None:
        """The period beside the one before it, over the units that have figures in both; None where
        they cannot be set side by side. Raises UnknownName."""
        return like_for_like(
            self.totals,
            indicator,
            unit or self.settings.root,
            period,
            own=own,
            scope=scope,
            boundaries=read_boundaries(boundaries),
        )

    def rollup(
        self,
        *,
        form: str,
        period: str,
        unit: str | None = None,
        own: bool = False,
        boundaries: date | str = REPORTED,
        progress: Progress = quiet,
    ) -> tuple[Figure, ...]:
        """The totals of every indicator of `form`, computed ones included, in the form's order;
        `boundaries` as for `figure`."""
        span = bound(period, self.directives)
        return self.totals.of_form(
            self.catalogue.form(form),
            unit or self.settings.root,
            span,
            own=own,
            boundaries=read_boundaries(boundaries),
            progress=progress,
        )

    def explain(self, figure: Figure | str) -> figures.Explanation:
        """Where a figure comes from: down to cells, revisions, people, definitions, plugins."""
        return figures.explain(self.totals, self.desk, figure)

    def explain_count(self, id: str) -> CountExplanation:
        """Where a counted number of a sentence ("5/28") comes from: each unit that it speaks of, and
        what its rule read of that unit. Raises UnknownName."""
        rule, period, unit, boundaries = rule_of(id)
        found = self.catalogue.rules.get(rule)
        if found is None:
            raise UnknownName(kind="rule", name=rule, hint="The plugin that brought it is gone.")
        review = self.review(
            directive=found.directive, period=period, unit=unit, boundaries=boundaries
        )
        return explain_count(review, id)

    # -- the chain of directives -----------------------------------------------------------------

    def plans(self, directive: str | None = None) -> PlanMatrix:
        """*Who has issued its plan?* – for the directive and what hangs on it, or for all."""
        found = self.directives[directive] if directive is not None else None
        return plan_matrix(self.desk, found, self.today)

    def task_coverage(self, directive: str) -> TaskCoverage:
        """Which of its tasks and targets nobody below takes up, and which tasks answer nothing."""
        return task_coverage(self.catalogue, self.directives[directive])

    def task(self, id: str) -> Task:
        """The task of that id as it stands today: with whoever inherited it. Raises UnknownName."""
        if id not in self.catalogue.tasks:
            raise UnknownName(kind="task", name=id, hint="Open it from its directive.")
        return self.catalogue.task_at(id, self.today)

    def task_standing(self, id: str) -> TaskOverview:
        """How far the task is: what was reported and noted of it, and its deadline."""
        return task_overview(self.desk, self.task(id))

    def note_task(
        self,
        id: str,
        status: TaskStatus,
        note: str = "",
        *,
        by: Account | str,
        base: int | None = None,
    ) -> TaskOverview:
        """Say how far the task is now. Raises UnknownName, NotAllowed, NoteTooLong, Conflict."""
        by = self.account(by)
        return note_task(self.desk, self.task(id), status, note, by=by, base=base)

    # -- findings and reports --------------------------------------------------------------------

    def review(
        self,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        boundaries: date | str = REPORTED,
    ) -> Review:
        """What rules look at: one directive's family, one unit with all under it, one span, which
        may be "@20-NQ/TW..2018-09-30": from a directive's date to a cut-off. `boundaries` as for
        `figure`: all figures of the review are told within them."""
        span = bound(period, self.directives)
        return Review(
            self.totals,
            self.desk,
            self.directives[directive],
            unit or self.settings.root,
            span,
            read_boundaries(boundaries),
        )

    def verdict(
        self,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        boundaries: date | str = REPORTED,
    ) -> Verdict:
        """All findings, and the rules that could not be evaluated (which is never "passed")."""
        return self.review(
            directive=directive, period=period, unit=unit, boundaries=boundaries
        ).verdict()

    def findings(
        self,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        boundaries: date | str = REPORTED,
    ) -> tuple[Finding, ...]:
        """Results and shortcomings, each with its evidence."""
        return self.verdict(
            directive=directive, period=period, unit=unit, boundaries=boundaries
        ).findings

    def proposals(
        self, *, directive: str, period: str, unit: str | None = None
    ) -> tuple[FindingProposal, ...]:
        """The findings with what was decided on each, and in what words it would be printed."""
        return proposals(self.review(directive=directive, period=period, unit=unit))

    def decide(
        self,
        key: str,
        choice: Selection | str,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        by: Account | str,
        sentence: str | None = None,
        update: bool = False,
        base: int | None = None,
        boundaries: date | str = REPORTED,
    ) -> FindingProposal:
        """Put a finding into that review ("chosen"), keep it out ("dismissed") or leave it open
        ("waiting"), perhaps in other words. Raises NotAllowed, UnknownName, Contradicted,
        SentenceTooLong, Conflict."""
        return decide(
            self.review(directive=directive, period=period, unit=unit, boundaries=boundaries),
            key,
            Selection(choice),
            by=self.account(by),
            at=self.clock(),
            sentence=sentence,
            update=update,
            base=base,
        )

    def report(
        self,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        format: str = "json",
        today: date | None = None,
        boundaries: date | str = REPORTED,
        progress: Progress = quiet,
    ) -> Document:
        """The review, in any format that a plugin offers; ``.save(path)`` writes it."""
        review = self.review(directive=directive, period=period, unit=unit, boundaries=boundaries)
        return write_report(review, format, today or self.today, self.store.head, progress)

    # -- units that change -----------------------------------------------------------------------

    def preview_change(
        self, *events: ChangeEvent, units: Iterable[Unit] = (), by: Account | str
    ) -> ImpactPreview:
        """What `events` would do, with the new `units` that they need; nothing is written. Raises
        what `change_units` raises."""
        self.refresh()
        return self._changing.preview(
            self._world,
            self._with,
            events,
            units,
            self.people.all(),
            by=self.account(by),
            today=self.units,
        )

    def change_units(
        self,
        *events: ChangeEvent,
        units: Iterable[Unit] = (),
        decided: Iterable[Handover] = (),
        by: Account | str,
    ) -> None:
        """Enter what happens to units, all of it or nothing. `units` are those that begin with it,
        `decided` says who inherits what was laid on a unit that ends.

        Raises BasisMissing, RootEnds, UnitExists, ReportedAfter, NotAllowed (whoever manages all
        that is touched may), BrokenChange, BrokenTree, BrokenHandover.
        """
        by = self.account(by)
        self.refresh()
        why = "; ".join(dict.fromkeys(event.basis for event in events))
        with self.store.change(by=by.login, do="change-units", why=why, at=self.clock()) as change:
            self._changing.enter(
                change,
                self._world,
                events,
                tuple(units),
                tuple(decided),
                by=by,
                today=self.units,
            )
        self.refresh()

    def undo_change(self, id: str, *, by: Account | str) -> ChangeEvent:
        """*Hoàn tác*: take a change of the office back, with the units and decisions that came with
        it, as long as nobody has reported under the new units. Raises UnknownName, ForeignChange,
        NotAllowed, ReportsExist, StillNeeded."""
        by = self.account(by)
        self.refresh()
        with self.store.change(by=by.login, do="undo-change", why=id, at=self.clock()) as change:
            event = self._changing.undo(change, self._world, id, by=by, today=self.units)
        self.refresh()
        return event

    def entered_changes(self) -> tuple[EnteredChange, ...]:
        """The changes of units that the office entered, newest first."""
        return self._changing.entered(self._world)

    def open_questions(self) -> tuple[OpenDuty, ...]:
        """*Chưa xác định*: duties laid by name on units that have ended, until somebody decides."""
        return open_duties(self.desk, self.today)

    def hand_over(self, *decided: Handover, by: Account | str) -> None:
        """*Kế thừa, thay thế, kết thúc*: decide on duties of units that have ended. Raises
        BrokenHandover, DuplicateId, NotAllowed (whoever manages the unit, its heir and what they
        stand under may)."""
        by = self.account(by)
        why = "; ".join(dict.fromkeys(each.basis for each in decided))
        with self.store.change(by=by.login, do="hand-over", why=why, at=self.clock()) as change:
            self._changing.hand_over(change, decided, by=by, today=self.units)
        self.refresh()

    # -- periods and deadlines -------------------------------------------------------------------

    def timetable(self, year: int, root: str | None = None) -> Timetable:
        """*Kỳ và hạn*: the periods of a year with the deadlines of the units under `root`."""
        return timetable(self.desk, year, root or self.settings.root)

    def set_day_off(self, day: date, name: str, *, working: bool, by: Account | str) -> None:
        """A day of the office's own, off or worked. Raises NotAllowed, DayPassed, DayWithoutName."""
        set_day(
            self.store,
            day,
            name,
            working=working,
            by=self.account(by),
            root=self.settings.root,
            units=self.units,
            clock=self.clock,
        )
        self.refresh()

    def drop_day_off(self, day: date, *, by: Account | str) -> None:
        """Take such a day back. Raises NotAllowed, DayPassed, NotOwnDay."""
        drop_day(
            self.store,
            day,
            by=self.account(by),
            root=self.settings.root,
            units=self.units,
            clock=self.clock,
        )
        self.refresh()

    @property
    def _changing(self) -> Reorganisation:
        return Reorganisation(self.store, self._brought, self.settings.root)

    # -- upkeep ----------------------------------------------------------------------------------

    def verify(self) -> Verification:
        """Read every byte of history again, and every evidence file, and say what is wrong."""
        return verify_folder(self.folder, self.settings)

    def add_units(self, units: Iterable[Unit], *, by: str) -> None:
        """Units of the office's own list. Raises DuplicateId, BrokenTree: what could not be opened
        again is not written."""
        with self.store.change(by=by, do="add-units", at=self.clock()) as change:
            for unit in units:
                change.put(UNITS, unit.code, unit_to_doc(unit))
            merge_definitions(self._brought, own_definitions(self.store))
        self.refresh()
