"""Who acts, at which moment, in which tree of units: what every change of a workspace is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nqcore.collection.accounts.access import Account, Action
from nqcore.model.units import UnitTree


@dataclass(frozen=True, slots=True)
class Actor:
    """An account that does something `at` a moment. Its rights follow `tree`: every unit, as it is
    on that day."""

    account: Account
    at: datetime
    tree: UnitTree

    @property
    def login(self) -> str:
        """The login under which the change is recorded."""
        return self.account.login

    @property
    def today(self) -> date:
        """The day of the moment."""
        return self.at.date()

    def may(self, action: Action, unit: str, form: str | None = None) -> bool:
        """Whether the account may do `action` for `unit`, with that form where one is named."""
        return self.account.may(action, unit, self.tree, form)

    def require(self, action: Action, unit: str, form: str | None = None) -> None:
        """Raise NotAllowed unless `may`."""
        self.account.require(action, unit, self.tree, form)
