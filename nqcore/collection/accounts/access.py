"""Accounts: who may sign in, with which role, over which part of the tree. This is the one place that
decides who may do what; nothing is allowed that is not listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nqcore.errors import NotAllowed
from nqcore.model.units import UnitTree

if TYPE_CHECKING:
    pass


class Role(StrEnum):
    """What a person does here."""

    ENTER = "enter"
    """Người nhập."""
    LEAD = "lead"
    """Lãnh đạo đơn vị."""
    APPROVE = "review"
    """Người duyệt."""
    WATCH = "watch"
    """Lãnh đạo theo dõi."""
    ADMIN = "admin"
    """Quản trị."""
    INSPECT = "inspect"
    """Kiểm tra, giám sát: reads everything under it, changes nothing."""


class Action(StrEnum):
    """What somebody wants to do for a unit."""

    READ = "read"
    """See its submissions and totals."""
    ENTER = "enter"
    """Save, send, withdraw its report."""
    APPROVE = "review"
    """Return, accept, reopen, exclude its report."""
    REPORT = "report"
    """See findings and its review."""
    DECIDE = "decide"
    """Choose the findings that go into its review, and their words; say how far its tasks are."""
    MANAGE = "manage"
    """Accounts, units, periods."""
    AUDIT = "trace"
    """Read who did what and when."""


_MAY: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.ENTER: frozenset({Action.READ, Action.ENTER}),
        Role.LEAD: frozenset({Action.READ, Action.ENTER}),
        Role.APPROVE: frozenset(
            {Action.READ, Action.ENTER, Action.APPROVE, Action.REPORT, Action.DECIDE}
        ),
        Role.WATCH: frozenset({Action.READ, Action.REPORT, Action.DECIDE}),
        Role.ADMIN: frozenset({Action.READ, Action.MANAGE, Action.AUDIT}),
        Role.INSPECT: frozenset({Action.READ, Action.REPORT, Action.AUDIT}),
    }
)
UNIT_ROLES = frozenset({Role.ENTER, Role.LEAD})
"""What people of a unit below do; a reviewer above may let them in with a one-time link."""
ADMIN_ROLES = (Role.ADMIN, Role.APPROVE)
"""What the first account of a workspace may do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in: `roles` over `unit` and all under it, for `forms` (ids; empty: all).
    `password` is a hash or "" (then only a one-time link opens it). `epoch` goes up whenever old
    sessions must die."""

    login: str
    name: str
    unit: str
    roles: frozenset[Role]
    password: str = ""
    locked: bool = False
    epoch: int = 0
    forms: frozenset[str] = frozenset()

    def may(self, action: Action, unit: str, tree: UnitTree, form: str | None = None) -> bool:
        """Whether the account may do `action` for `unit`, and with that form where one is named:
        only what a role of it lists, only in its own unit and those under it."""
        return (
            not self.locked
            and tree.contains(self.unit, unit)
            and (form is None or self.handles(form))
            and any(action in _MAY[role] for role in self.roles)
        )

    def handles(self, form: str) -> bool:
        """Whether the account has to do with that form."""
        return not self.forms or form in self.forms

    def require(self, action: Action, unit: str, tree: UnitTree, form: str | None = None) -> None:
        """Raise NotAllowed unless `may`."""
        if not self.may(action, unit, tree, form):
            raise NotAllowed(account=self.login, action=action.value, unit=unit)

    def may_let_in(self, other: Account, tree: UnitTree) -> bool:
        """Whether the account may hand `other` a one-time sign-in link: an administrator above it,
        or a reviewer for people who only enter figures of a unit below."""
        if self.may(Action.MANAGE, other.unit, tree):
            return True
        below = other.unit != self.unit and other.roles <= UNIT_ROLES
        return below and self.may(Action.APPROVE, other.unit, tree)


def account_to_doc(account: Account) -> dict[str, Any]:
    """The account as the store keeps it."""
    return {
        "login": account.login,
        "name": account.name,
        "unit": account.unit,
        "roles": sorted(role.value for role in account.roles),
        "password": account.password,
        "locked": account.locked,
        "epoch": account.epoch,
        "forms": sorted(account.forms),
    }


def account_from_doc(doc: Mapping[str, Any]) -> Account:
    """The inverse of `account_to_doc`."""
    return Account(
        login=doc["login"],
        name=doc["name"],
        unit=doc["unit"],
        roles=frozenset(Role(role) for role in doc["roles"]),
        password=doc["password"],
        locked=doc["locked"],
        epoch=doc["epoch"],
        # Accounts written before forms could be named have none.
        forms=frozenset(doc.get("forms", ())),
    )
