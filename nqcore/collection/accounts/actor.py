"""Who acts, at which moment, in which tree of units. Every change of a workspace takes an `Actor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nqcore.collection.accounts.access import WORDS, Account, Action
from nqcore.errors import NotAllowed, Phrase
from nqcore.model.units import UnitTree


@dataclass(frozen=True, slots=True)
class Actor:
    """The `account` acts at the moment `at`. Its rights follow `tree`, which holds every unit as it is
    on that day."""

    account: Account
    at: datetime
    tree: UnitTree

    @property
    def login(self) -> str:
        """The login that the journal records for the change."""
        return self.account.login

    @property
    def today(self) -> date:
        """The day of `at`."""
        return self.at.date()

    def may(self, action: Action, unit: str, form: str | None = None) -> bool:
        """Whether the account may do `action` for `unit` (a code), with `form` (an id) if given."""
        return self.account.may(action, unit, self.tree, form)

    def require_for_all_forms(self, action: Action, unit: str) -> None:
        """Raise NotAllowed unless the account may do `action` for `unit` and has no limits on forms."""
        if not self.account.may_for_all_forms(action, unit, self.tree):
            raise NotAllowed(account=self.login, action=Phrase(WORDS[action]), unit=unit)

    def require(self, action: Action, unit: str, form: str | None = None) -> None:
        """Raise NotAllowed where `may` is false; same arguments."""
        self.account.require(action, unit, self.tree, form)
