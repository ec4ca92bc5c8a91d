"""An opened workspace: a folder on disk with its settings, its store, and what its plugins bring.

    ws.submissions   one report and its steps        ws.totals    figures with coverage
    ws.entry         a report as it is filled in     ws.reviews   findings and the review document
    ws.monitoring    boards, worklists, deadlines    ws.archive   audit trail, integrity, backups
    ws.organisation  units that change               ws.accounts  who may sign in, and do what

What programs use most is on the workspace itself and calls these services.

The examples in the docstrings run in one small district (`tests/support/example.py`) on 5 April 2018: the
unit `top`, under it the communes `xa-a` and `xa-b` and the enterprises `dn-1`, `dn-2` and `dn-3`, which
report in the form `s.q`. `quantri` is the administrator and `duyet` approves; `lan`, `binh`, `mot`, `hai`
and `ba` enter for the five units. Of 2018-Q1 the reports of `dn-1` and `xa-a` are accepted, that of `dn-2`
is sent, and that of `dn-3` is a draft.
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

    >>> ws.root.name
    'Huyện'
    >>> str(ws.figure("B1", "2018-Q1"))
    '1.310 người (1/3)'
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
        """Close the files.

        >>> ws.close()  # or: with nqcore.open("huyen") as ws: …
        """
        self.store.close()

    def refresh(self) -> None:
        """Take over what other processes wrote: reports, and units that were changed. Cheap where
        nothing was written; the totals follow by themselves.

        >>> ws.refresh()
        """
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
        """The account as it is stored now. Raises UnknownName.

        >>> ws.account("lan").unit
        'xa-a'
        """
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
        """Keep a draft of what was typed, by field key: `SubmissionService.save_draft`.

        >>> draft = ws.save_draft("xa-b", "s.q", "2018-Q1", {"A1": "3"}, by="binh")
        >>> draft.state.value, draft.number
        ('draft', 1)
        """
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
        """Send the draft. Raises RefusedSubmission with every problem, LeaderFirst.

        >>> ws.send("2018-Q1_s.q_dn-3", by="ba").state.value
        'sent'
        """
        return self.submissions.send(submission, by=by, base=base)

    def withdraw(self, submission: Submission, *, by: Account | str) -> Revision:
        """*Thu hồi*: take back a report that is sent and not approved yet.

        >>> ws.withdraw("2018-Q1_s.q_dn-2", by="hai").state.value
        'withdrawn'
        """
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
        """*Trả lại để chỉnh sửa*, with a reason or remarks by field key. Raises ReasonMissing.

        >>> ws.return_("2018-Q1_s.q_dn-2", remarks={"B1": "Xem lại"}, by="duyet").state.value
        'returned'
        """
        return self.submissions.return_(
            submission, by=by, remarks=remarks, reason=reason, resend_by=resend_by, base=base
        )

    def accept(
        self, submission: Submission, *, by: Account | str, base: int | None = None
    ) -> Revision:
        """*Duyệt*: from now on its figures count.

        >>> ws.accept("2018-Q1_s.q_dn-2", by="duyet").state.value
        'accepted'
        >>> str(ws.figure("B1", "2018-Q1"))
        '1.410 người (2/3)'
        """
        return self.submissions.accept(submission, by=by, base=base)

    def reopen(self, submission: Submission, *, reason: str, by: Account | str) -> Revision:
        """*Mở lại*: until it is accepted again its figures do not count.

        >>> ws.reopen("2018-Q1_s.q_dn-1", reason="Sai số", by="duyet").state.value
        'reopened'
        """
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
        """One total with its coverage: `TotalsService.figure`.

        >>> total = ws.figure("B1", "2018-Q1")
        >>> str(total)
        '1.310 người (1/3)'
        >>> total.value, total.coverage.missing_units
        (Decimal('1310'), ('dn-2', 'dn-3'))
        """
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
        """The totals of every indicator of `form`: `TotalsService.of_form`.

        >>> for figure in ws.rollup(form="s.q", period="2018-Q1", unit="xa-a"):
        ...     print(figure.indicator, figure)
        s.A1 3 hội nghị (2/3)
        s.B1 1.310 người (1/2)
        s.B2 1.200 người (1/2)
        s.B2.1 91,6% (1/2)
        s.B3 12,5 triệu đồng (1/2)
        """
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
        `TotalsService.frame`.

        >>> rows = ws.frame(["B1"], ["2018-Q1"], ["top", "xa-a"])
        >>> [(row["unit_name"], row["value"], row["reported"], row["due"]) for row in rows]
        [('Huyện', Decimal('1310'), 1, 3), ('Xã A', Decimal('1310'), 1, 2)]
        """
        return self.totals.frame(indicators, periods, units, boundaries=boundaries)

    def explain(self, figure: Figure | str) -> Explanation:
        """Where a figure comes from: down to cells, revisions, people, definitions, plugins.

        >>> explained = ws.explain(ws.figure("B1", "2018-Q1"))
        >>> [(cell.unit, cell.value, cell.sent_by) for cell in explained.cells()]
        [('dn-1', Decimal('1310'), 'mot')]
        """
        return self.totals.explain(figure)

    def findings(
        self,
        *,
        directive: str,
        period: str,
        unit: str | None = None,
        boundaries: date | str = REPORTED,
    ) -> tuple[Finding, ...]:
        """Results and shortcomings, each with its evidence.

        >>> (finding,) = ws.findings(directive="1-NQ/HU", period="2018")
        >>> finding.kind.value, finding.title, finding.evidence.units
        ('shortcoming', 'Ban hành kế hoạch', ('xa-a', 'xa-b'))
        """
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
        """The review, in any format that a plugin offers; ``.save(path)`` writes it.

        >>> document = ws.report(directive="1-NQ/HU", period="2018", format="html")
        >>> document.save("bao-cao.html").name
        'bao-cao.html'
        """
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
        """Read every byte of history again, and every attached file, and say what is wrong.

        >>> ws.verify().ok
        True
        """
        return self.archive.verify()
