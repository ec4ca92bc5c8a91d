"""One search over everything that an account may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nqcore.catalogue import Catalogue
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.monitoring.worklist import forms_of
from nqcore.collection.search.entries import Entry, Found, people
from nqcore.collection.search.finding import Query, find, find_reports, named_periods
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.errors import Translate

REPORTS = 200
"""So many reports are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundThings:
    """What was found of one kind, the best first."""

    kind: Found
    things: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """An account looks for something. `things` are those of the definitions (`entries`), `accounts` all of
    them; `translate` gives the names of periods."""

    repository: SubmissionRepository
    things: Sequence[Entry]
    accounts: Iterable[Account]
    account: Account
    translate: Translate

    def search(self, text: str) -> tuple[FoundThings, ...]:
        """What has every word of `text`, by kind; kinds of which nothing was found are left out."""
        query = Query(text)
        found: dict[Found, list[Entry]] = {kind: [] for kind in Found}
        visible = tuple(self._visible())
        for one in find(query, visible):
            found[one.kind].append(one)
        units = [one for one in visible if one.kind is Found.UNIT]
        found[Found.REPORT] += self._reports(query, units)
        return tuple(
            FoundThings(kind=kind, things=tuple(things)) for kind, things in found.items() if things
        )

    @property
    def _catalogue(self) -> Catalogue:
        return self.repository.catalogue

    def _visible(self) -> Iterator[Entry]:
        units, account = self._catalogue.units, self.account
        asked = self._asked()
        for one in self.things:
            if one.unit and not units.contains(account.unit, one.unit):
                continue
            if one.kind is Found.INDICATOR and one.id not in asked:
                continue
            yield one
        for one in people(self.accounts):
            if one.unit in units and account.may(Action.MANAGE, one.unit, units):
                yield one

    def _asked(self) -> set[str]:
        """The indicators that the forms of the account ask for, and those computed of them."""
        forms = forms_of(self.repository, self.account)
        found = {figure.indicator for form in forms for figure in form.figures}
        # In the order of the catalogue a computed one may stand before its parts.
        while more := {
            code
            for code, one in self._catalogue.indicators.items()
            if one.formula
            and code not in found
            and found & {ref.code for ref in one.formula.references}
        }:
            found |= more
        return found

    def _reports(self, query: Query, units: Sequence[Entry]) -> tuple[Entry, ...]:
        repository = self.repository
        periods = named_periods(
            forms_of(repository, self.account),
            repository.obligations,
            repository.clock().date(),
            self.translate,
        )
        return find_reports(query, periods, units, repository.obligations, REPORTS)
