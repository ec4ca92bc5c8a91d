"""An opened workspace: a folder on disk with its settings, its store, and what its plugins bring.

    ws.submissions   one report and its steps        ws.totals    figures with coverage
    ws.entry         a report as it is filled in     ws.reviews   findings and the review document
    ws.monitoring    boards, worklists, deadlines    ws.archive   audit trail, integrity, backups
    ws.organisation  units that change               ws.accounts  who may sign in, and do what
    ws.editions      reviews as they were frozen     ws.papers    documents that come back
    ws.content       definitions of the office itself
    ws.drafting      the office's own text of a review
    ws.tables        tables of other offices that are read in
    ws.outlines      the outlines that the office entered

What programs use most can be called on the workspace itself: `ws.figure` is `ws.totals.figure`.

The examples in the docstrings run in one small district (`tests/support/example.py`) on 5 April 2018: the
unit `top`, under it the communes `xa-a` and `xa-b` and the enterprises `dn-1`, `dn-2` and `dn-3`, which
report in the form `s.q`. `quantri` is the administrator and `duyet` approves; `lan`, `binh`, `mot`, `hai`
and `ba` enter for the five units. Of 2018-Q1 the reports of `dn-1` and `xa-a` are accepted, that of `dn-2`
is sent, and that of `dn-3` is a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nqcore.catalogue import Catalogue
from nqcore.catalogue.loading import Fault
from nqcore.clock import Clock
from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.administration import AccountAdministration
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.accounts.factor_file import FactorFile
from nqcore.collection.accounts.second_factors import SecondFactors
from nqcore.collection.obligations import Obligations
from nqcore.collection.settings import Settings
from nqcore.errors import UnknownName
from nqcore.model.directives import Directives
from nqcore.model.units import Unit, UnitTree
from nqcore.store import Store
from nqcore.workspace.arguments import checked
from nqcore.workspace.forwarding import forward
from nqcore.workspace.open_state import OpenState
from nqcore.workspace.services.archive import ArchiveService
from nqcore.workspace.services.reviews import ReviewService
from nqcore.workspace.services.submissions import SubmissionService
from nqcore.workspace.services.totals import TotalsService

if TYPE_CHECKING:
    from nqcore.model.reports import Report
    from nqcore.workspace.services.content import ContentService
    from nqcore.workspace.services.drafting import DraftingService
    from nqcore.workspace.services.editions import EditionService
    from nqcore.workspace.services.entry import EntryService
    from nqcore.workspace.services.monitoring import MonitoringService
    from nqcore.workspace.services.organisation import OrganisationService
    from nqcore.workspace.services.outlines import OutlineService
    from nqcore.workspace.services.papers import PaperService
    from nqcore.workspace.services.tables import TableService


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
        self._state = state = OpenState(folder, settings, store, clock, modules)
        self.submissions = SubmissionService(state)
        self.totals = TotalsService(state)
        self.reviews = ReviewService(state)
        self.archive = ArchiveService(state)

    # These are imported when they are used: commands that only read start sooner.

    @cached_property
    def editions(self) -> EditionService:
        """Reviews as they were frozen."""
        from nqcore.workspace.services.editions import EditionService

        return EditionService(self._state)

    @cached_property
    def content(self) -> ContentService:
        """What the office makes itself: indicators, questions, targets …"""
        from nqcore.workspace.services.content import ContentService

        return ContentService(self._state)

    @cached_property
    def drafting(self) -> DraftingService:
        """The office's own text of a review."""
        from nqcore.workspace.services.drafting import DraftingService

        return DraftingService(self._state)

    @cached_property
    def entry(self) -> EntryService:
        """A report as it is filled in."""
        from nqcore.workspace.services.entry import EntryService

        return EntryService(self._state)

    @cached_property
    def monitoring(self) -> MonitoringService:
        """Boards, worklists and deadlines."""
        from nqcore.workspace.services.monitoring import MonitoringService

        return MonitoringService(self._state)

    @cached_property
    def organisation(self) -> OrganisationService:
        """Units that change."""
        from nqcore.workspace.services.organisation import OrganisationService

        return OrganisationService(self._state)

    @cached_property
    def outlines(self) -> OutlineService:
        """The outlines that the office entered."""
        from nqcore.workspace.services.outlines import OutlineService

        return OutlineService(self._state)

    @cached_property
    def papers(self) -> PaperService:
        """Documents that come back."""
        from nqcore.workspace.services.papers import PaperService

        return PaperService(self._state, self._frozen_report)

    @cached_property
    def tables(self) -> TableService:
        """Tables of other offices, read through a mapping."""
        from nqcore.workspace.services.tables import TableService

        return TableService(self._state)

    def _frozen_report(self, id: str) -> Report | None:
        try:
            return self.editions[id].report
        except UnknownName:
            return None

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
        self._state.refresh()

    # -- what it knows ---------------------------------------------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """What the plugins and the office define, as of the last `refresh`."""
        return self._state.context.catalogue

    @property
    def obligations(self) -> Obligations:
        """Which unit owes which report, and by when."""
        return self._state.context.obligations

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
        return self._state.today

    # -- people ----------------------------------------------------------------------------------

    @property
    def accounts(self) -> AccountDirectory:
        """The accounts by login."""
        return self._state.accounts

    @property
    def administration(self) -> AccountAdministration:
        """Accounts, as far as an administrator or an approver may change them."""
        return AccountAdministration(self.accounts, self.second_factors, self.units, self.clock)

    @property
    def second_factors(self) -> SecondFactors:
        """Codes of authenticator apps, and for which accounts they are needed."""
        settings = self.settings
        file = FactorFile(settings.id, self.folder)
        return SecondFactors(self.accounts, file, settings.second_factor, settings.name)

    def account(self, by: Account | str) -> Account:
        """The account as it is stored now. Raises UnknownName.

        >>> ws.account("lan").unit
        'xa-a'
        """
        return self._state.account(by)

    # -- what programs use most: methods of the services -----------------------------------------

    save_draft = forward("submissions", SubmissionService.save_draft)
    send = forward("submissions", SubmissionService.send)
    withdraw = forward("submissions", SubmissionService.withdraw)
    return_ = forward("submissions", SubmissionService.return_)
    accept = forward("submissions", SubmissionService.accept)
    reopen = forward("submissions", SubmissionService.reopen)

    figure = forward("totals", TotalsService.figure)
    rollup = forward("totals", TotalsService.rollup)
    frame = forward("totals", TotalsService.frame)
    explain = forward("totals", TotalsService.explain)

    findings = forward("reviews", ReviewService.findings)
    report = forward("reviews", ReviewService.report)

    verify = forward("archive", ArchiveService.verify)
