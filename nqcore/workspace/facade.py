"""An opened workspace: a folder on disk with its settings, its store, and what its plugins bring.

    ws.submissions   one report and its steps        ws.totals    figures with coverage
    ws.entry         a report as it is filled in     ws.reviews   findings and the review document
    ws.monitoring    boards, worklists, deadlines    ws.archive   audit trail, integrity, backups
    ws.organisation  units that change               ws.accounts  who may sign in, and do what

What programs use most is on the workspace itself and calls these services.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from nqcore.analysis.provenance.explain_figures import Explanation
from nqcore.analysis.report import Document
from nqcore.analysis.rollup.frame import Frame
from nqcore.catalogue import Catalogue
from nqcore.catalogue.loading import Fault
from nqcore.clock import Clock
from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.administration import AccountAdministration
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.obligations import Obligations
from nqcore.collection.settings import Settings
from nqcore.collection.validation import Typed
from nqcore.model.directives import Directives
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import Finding
from nqcore.model.submissions import Revision
from nqcore.model.units import EVERY_UNIT, Scope, Unit, UnitTree
from nqcore.progress import Progress, quiet
from nqcore.store import Store, Verification
from nqcore.workspace.arguments import checked
from nqcore.workspace.live import Live
from nqcore.workspace.services.archive import ArchiveService
from nqcore.workspace.services.entry import EntryService
from nqcore.workspace.services.monitoring import MonitoringService
from nqcore.workspace.services.organisation import OrganisationService
from nqcore.workspace.services.reviews import ReviewService
from nqcore.workspace.services.submissions import Submission, SubmissionService
from nqcore.workspace.services.totals import TotalsService


@checked
class Workspace:
    """An opened workspace. Made by `nqcore.open`; close it, or use it as a context manager.

    Reading needs no account; every write names one (an Account or its login) and is refused with
    NotAllowed where its roles do not reach.
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
        self._live = live = Live(folder, settings, store, clock, modules)
        self.submissions = SubmissionService(live)
        self.entry = EntryService(live)
        self.monitoring = MonitoringService(live)
        self.organisation = OrganisationService(live)
        self.totals = TotalsService(live)
        self.reviews = ReviewService(live)
        self.archive = ArchiveService(live)

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
        """Close the files."""
        self.store.close()

    def refresh(self) -> None:
        """Take over what other processes wrote: reports, and units that were changed. Cheap where
        nothing was written; the totals follow by themselves."""
        self._live.refresh()

    # -- what it knows ---------------------------------------------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """What the plugins and the office define, as of the last `refresh`."""
        return self._live.context.catalogue

    @property
    def obligations(self) -> Obligations:
        """Which unit owes which report, and by when."""
        return self._live.context.obligations

    @property
    def directives(self) -> Directives:
        """The register: ``ws.directives["20-NQ/TW"]``."""
        return self.catalogue.directives

    @property
    def units(self) -> UnitTree:
        """Every unit there is, was or will be, each as it is today; `at` gives other days."""
        return self.obligations.tree_with_rights(self.today)

    @property
    def root(self) -> Unit:
        """The unit at the top of reports."""
        return self.units[self.settings.root]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Plugins that could not be loaded or raised while they were asked."""
        return self.catalogue.faults

    @property
    def today(self) -> date:
        """The day on which the workspace works (a demo keeps a day of its own)."""
        return self._live.today

    # -- people ----------------------------------------------------------------------------------

    @property
    def accounts(self) -> AccountDirectory:
        """The accounts by login."""
        return self._live.accounts

    @property
    def administration(self) -> AccountAdministration:
        """Accounts, as far as an administrator or an approver may change them."""
        return AccountAdministration(self.accounts, self.units, self.clock)

    def account(self, by: Account | str) -> Account:
        """The account as it is stored now. Raises UnknownName."""
        return self._live.account(by)

    # -- the life of a report --------------------------------------------------------------------

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
        """Keep a draft of what was typed, by field key: `SubmissionService.save_draft`."""
        return self.submissions.save_draft(
            unit,
            form,
            period,
            answers,
            by=by,
            base=base,
            explanations=explanations,
            copied=copied,
            checked=checked,
            reason=reason,
        )

    def send(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """Send the draft. Raises RefusedSubmission with every problem, LeaderFirst."""
        return self.submissions.send(submission, by=by, base=base)

    def withdraw(self, submission: Submission, *, by: Account | str) -> Revision:
        """*Thu hồi*: take back a report that is sent and not approved yet."""
        return self.submissions.withdraw(submission, by=by)

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
        """*Trả lại để chỉnh sửa*, with a reason or remarks by field key. Raises ReasonMissing."""
        return self.submissions.return_(
            submission, by=by, remarks=remarks, reason=reason, resend_by=resend_by, base=base
        )

    def accept(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Duyệt*: from now on its figures count."""
        return self.submissions.accept(submission, by=by, base=base)

    def reopen(self, submission: Submission, *, reason: str, by: Account | str) -> Revision:
        """*Mở lại*: until it is accepted again its figures do not count."""
        return self.submissions.reopen(submission, reason=reason, by=by)

    # -- what follows from the reports -----------------------------------------------------------

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
        """One total with its coverage: `TotalsService.figure`."""
        return self.totals.figure(
            indicator, period, unit, own=own, scope=scope, boundaries=boundaries
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
        """The totals of every indicator of `form`: `TotalsService.of_form`."""
        return self.totals.of_form(
            form=form, period=period, unit=unit, own=own, boundaries=boundaries, progress=progress
        )

    def frame(
        self,
        indicators: Iterable[str],
        periods: Iterable[str],
        units: Iterable[str] | None = None,
        *,
        boundaries: date | str = REPORTED,
    ) -> Frame:
        """Rows of figures with names and coverage, for pandas, polars and pyarrow:
        `TotalsService.frame`."""
        return self.totals.frame(indicators, periods, units, boundaries=boundaries)

    def explain(self, figure: Figure | str) -> Explanation:
        """Where a figure comes from: down to cells, revisions, people, definitions, plugins."""
        return self.totals.explain(figure)

    def findings(
        self,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        boundaries: date | str = REPORTED,
    ) -> tuple[Finding, ...]:
        """Results and shortcomings, each with its evidence."""
        return self.reviews.findings(
            directive=directive, period=period, unit=unit, boundaries=boundaries
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
        return self.reviews.report(
            directive=directive,
            period=period,
            unit=unit,
            format=format,
            today=today,
            boundaries=boundaries,
            progress=progress,
        )

    def verify(self) -> Verification:
        """Read every byte of history again, and every attached file, and say what is wrong."""
        return self.archive.verify()
