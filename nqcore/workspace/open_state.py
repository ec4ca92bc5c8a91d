"""The living part of an open workspace: what is in force now, and the totals that follow changes.

Other processes may write to the same folder. `OpenState.refresh` takes over what they wrote; everything that
rests on definitions is replaced as a whole, and the totals follow by the submission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from nqcore.analysis.findings import Review
from nqcore.analysis.rollup import Totals
from nqcore.catalogue import (
    Definitions,
    Plugins,
    ask_plugins,
    merge_definitions,
    put_clashing_aside,
    with_handovers,
)
from nqcore.catalogue.contributions import Contributions
from nqcore.clock import Clock
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.accounts.directory import AccountDirectory, OfficeOfAccounts
from nqcore.collection.archive.last_seen import SeenWriter
from nqcore.collection.content.own_items import with_files
from nqcore.collection.content.packs import read_packs
from nqcore.collection.context import Context, context_of, own_days_off
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.settings import Settings
from nqcore.collection.submissions.as_of import AsOfInFuture, RepositoryAsOf
from nqcore.collection.submissions.brought_in import history_periods
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.moved_deadlines import MovedDeadlines, moved_deadlines
from nqcore.collection.submissions.office_start import office_start
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.submissions.workflow import SubmissionWorkflow
from nqcore.collection.tables import DEFINING
from nqcore.errors import NqError
from nqcore.model.days_off import DaysOff
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.store import Store
from nqcore.workspace.asked_review import AskedReview
from nqcore.workspace.followed_totals import FollowedTotals

KEPT = 4
"""Contexts kept: the one in force, and those of changes of units that are previewed now."""
KEPT_DAYS = 3
"""Earlier days as of which totals are kept, beside those of now."""


class OfficePeriods(NamedTuple):
    """What the office itself has written about periods of forms."""

    moved: MovedDeadlines
    history: frozenset[tuple[str, str]]
    since: date | None


class KnownReports(NamedTuple):
    """The reports that are known as of the end of a day, and the totals over those that are accepted.
    `version`: that of the store before they were read; they have at least what it has."""

    totals: Totals
    repository: SubmissionRepository
    as_of: date
    version: int


class OpenState:
    """What all services of a workspace share. Threads may share it."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        store: Store,
        clock: Clock,
        modules: Sequence[tuple[str, object]] = (),
    ) -> None:
        self.folder, self.settings, self.store, self.clock = folder, settings, store, clock
        packs = read_packs(folder, settings.packs)
        self._contributions = ask_plugins(Plugins(settings.plugins, modules, packs))
        self._contexts: list[tuple[Definitions, DaysOff, OfficePeriods, Context]] = []
        self._index = SubmissionIndex(store)
        self._version = store.version
        SeenWriter(settings.id, folder, store)  # the store keeps it
        self.context = self._look()
        self.accounts = AccountDirectory(
            store, OfficeOfAccounts(self._workplace, self._runs_office, self._names)
        )
        self._totals: dict[date | None, FollowedTotals] = {}
        self._following = Lock()

    # -- what is in force ------------------------------------------------------------------------

    @property
    def index(self) -> SubmissionIndex:
        """The index of submissions, which every context shares."""
        return self._index

    @property
    def contributions(self) -> Contributions:
        """What the plugins bring, without those that were put aside."""
        return self._contributions

    def _look(self) -> Context:
        """The context in force. A plugin with whose definitions there is none is put aside by name: the
        office goes on without it."""
        own = own_definitions(self.store)
        try:
            return self.context_with(own)
        except NqError:
            self._contributions = put_clashing_aside(
                self._contributions, self._with_settings(own), self.root
            )
            self._contexts = []
            return self.context_with(own)

    def _with_settings(self, own: Definitions) -> Definitions:
        """The office's own definitions with the letterheads and outlines of its settings."""
        settings = self.settings
        return with_files(own, settings.letterheads, settings.outlines, settings.root)

    def context_with(self, own: Definitions) -> Context:
        """The context in which `own` are the office's own definitions. The catalogue is merged once
        for the same definitions: a change that was previewed is not merged again when it is entered, with
        whatever decisions on duties.

        Raises DuplicateId, BrokenTree, BrokenChange, BrokenHandover, DuplicateDirective."""
        days_off = own_days_off(self.store, self.folder)
        periods = OfficePeriods(
            moved_deadlines(self.store), history_periods(self.store), self.since
        )
        catalogue = None
        for known, days, those, context in self._contexts:
            if (known, days, those) == (own, days_off, periods):
                return context
            if replace(known, handovers=()) == replace(own, handovers=()):
                catalogue = with_handovers(context.catalogue, own.handovers)
        if catalogue is None:
            catalogue = merge_definitions(
                self._contributions,
                self._with_settings(own),
                self.root,
                self.settings.report_outline,
            )
        context = context_of(
            catalogue, days_off, periods.since, self.store, self.clock, self._index
        )
        self._contexts = [(own, days_off, periods, context), *self._contexts[: KEPT - 1]]
        return context

    def refresh(self) -> None:
        """Take over what other processes wrote. Cheap where nothing was written."""
        self.store.refresh()
        if self._version == self.store.version:
            return
        with self._following:
            seen = self.store.version
            touched = {table for _, table, _ in self.store.changes_since(self._version)}
            if touched & DEFINING:
                self.context = self._look()
            self._version = seen

    @property
    def today(self) -> date:
        """The day on which the workspace works (a demo keeps a day of its own)."""
        return self.clock().date()

    @property
    def since(self) -> date | None:
        """The day from which the office collects."""
        return office_start(self.store, self.settings.since)

    @property
    def root(self) -> str:
        """The code of the unit at the top of reports."""
        return self.settings.root

    @property
    def workflow(self) -> SubmissionWorkflow:
        """The steps of submissions, under the context in force."""
        return SubmissionWorkflow(self.context.repository)

    # -- names to values -------------------------------------------------------------------------

    def _workplace(self, unit: str) -> str:
        return self.context.obligations.workplace(unit, self.today)

    def _runs_office(self, account: Account) -> bool:
        tree = self.context.obligations.tree_with_rights(self.today)
        return account.may_for_all_forms(Action.MANAGE, self.root, tree)

    def _names(self, account: Account) -> tuple[str, ...]:
        units = self.context.catalogue.units
        names = (account.login, account.name, account.unit, self.settings.name)
        return (*names, *(units[code].name for code in (account.unit, self.root) if code in units))

    def account(self, by: Account | str) -> Account:
        """The account as it is stored now. Raises UnknownName."""
        return self.accounts[by if isinstance(by, str) else by.login]

    def actor(self, by: Account | str, at: datetime | None = None) -> Actor:
        """The account, acting now (or `at` that moment). Raises UnknownName."""
        at = at or self.clock()
        return Actor(self.account(by), at, self.context.obligations.tree_with_rights(at.date()))

    def form(self, form: str | Form) -> Form:
        """The form of that id. Raises UnknownName."""
        return form if isinstance(form, Form) else self.context.catalogue.form(form)

    def period(self, form: str | Form, code: str | Period) -> Period:
        """The period of that code for the form, with its deadline. Raises UnknownName."""
        if isinstance(code, Period):
            return code
        return self.context.obligations.period(self.form(form), code)

    # -- totals ----------------------------------------------------------------------------------

    @property
    def totals(self) -> Totals:
        """The roll-up as of today, with what other processes wrote."""
        return self.known().totals

    def known(self, as_of: date | None = None, today: date | None = None) -> KnownReports:
        """What had been accepted by the end of the day `as_of`, and the totals over it by the clock
        `today`. None: today; what is dated later than today (where the clock was put back) is not known
        either. Raises AsOfInFuture."""
        self.refresh()
        version = self.store.version
        today = today or self.today
        as_of = as_of or today
        if as_of > today:
            raise AsOfInFuture(as_of, today)
        live = self._followed(None)
        totals = live.on(today)
        if live.newest <= as_of:  # nothing was done after that day
            return KnownReports(totals, live.repository, as_of, version)
        followed = self._followed(as_of)
        return KnownReports(followed.on(today), followed.repository, as_of, version)

    def _followed(self, day: date | None) -> FollowedTotals:
        """The totals as of the end of `day`, None: as of now; under the context in force. The last few
        days are kept."""
        with self._following:
            context = self.context
            days = self._totals
            found = days.pop(day, None)
            if found is None or found.context is not context:
                now = context.repository
                found = FollowedTotals(context, RepositoryAsOf(now, day) if day else now)
            days[day] = found  # the last one asked for is the last one dropped
            for old in [one for one in days if one is not None][:-KEPT_DAYS]:
                del days[old]
            return found

    # -- reviews ---------------------------------------------------------------------------------

    def review(self, asked: AskedReview, today: date | None = None) -> Review:
        """The review that is asked for, by the clock `today` (None: that of the workspace). Raises
        UnknownName, SpanRefused, AsOfInFuture."""
        known = self.known(asked.as_of, today)
        return Review.at(
            asked.address(known.totals.catalogue.directives, self.root),
            known.totals,
            known.repository,
            as_of=known.as_of,
            outline=asked.outline,
            version=known.version,
        )
