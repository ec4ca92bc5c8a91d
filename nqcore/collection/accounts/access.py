"""Roles, actions and accounts: which account may do what, for which units and forms.

Only this module decides on rights. An action that the table `_MAY` does not list for a role is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from nqcore.errors import N_, NotAllowed, NqError, Phrase
from nqcore.model.codec import Codec
from nqcore.model.forms import Form
from nqcore.model.units import UnitTree
from nqcore.store import FIRST_VERSION


class FormsBeyondLimits(NotAllowed):
    """What was asked for has figures of forms with which the account has nothing to do. Params: account,
    forms (their titles)."""

    code = "forms-beyond-limits"
    template = N_(
        "This has figures of forms that the account “{account}” does not work with: {forms}. Look at the "
        "figures of its own forms, or ask an administrator to open these forms too."
    )

    def __init__(self, *, account: str, forms: str) -> None:
        NqError.__init__(self, account=account, forms=forms)


class Role(StrEnum):
    """What the user of an account does in the workspace. The values are stored; they never change."""

    ENTER = "enter"
    """Người nhập."""
    LEAD = "lead"
    """Lãnh đạo đơn vị."""
    APPROVE = "review"
    """Người duyệt."""
    WATCH = "watch"
    """Lãnh đạo theo dõi: looks at its unit and the units under it, and changes nothing. What an account of
    this role decided before the role `WRITE` existed stays as it was decided."""
    WRITE = "write"
    """Người soạn báo cáo: chooses findings and writes the review, but accepts no report."""
    ADMIN = "admin"
    """Quản trị."""
    INSPECT = "inspect"
    """Kiểm tra, giám sát: reads everything of its unit and the units under it, changes nothing."""


class Action(StrEnum):
    """What a user does for a unit. Each page and each service requires one of these."""

    READ = "read"
    """See the unit's submissions and totals."""
    ENTER = "enter"
    """Save, send and withdraw its submissions."""
    APPROVE = "review"
    """Return, accept, reopen and exclude its submissions (*duyệt*)."""
    REPORT = "report"
    """See its findings and its review document."""
    DECIDE = "decide"
    """Choose and reword the findings of its review document; note the progress of its tasks."""
    MANAGE = "manage"
    """Change accounts, units and periods."""
    AUDIT = "trace"
    """Read the audit trail: who did what and when."""


WORDS: Mapping[Action, str] = MappingProxyType(
    {
        Action.READ: N_("see the reports"),
        Action.ENTER: N_("enter figures"),
        Action.APPROVE: N_("review reports"),
        Action.REPORT: N_("see the review"),
        Action.DECIDE: N_("decide on the review"),
        Action.MANAGE: N_("administer"),
        Action.AUDIT: N_("read the log"),
    }
)
"""What an action is, as part of "… may not …"."""


_MAY: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.ENTER: frozenset({Action.READ, Action.ENTER}),
        Role.LEAD: frozenset({Action.READ, Action.ENTER}),
        Role.APPROVE: frozenset(
            {Action.READ, Action.ENTER, Action.APPROVE, Action.REPORT, Action.DECIDE}
        ),
        Role.WATCH: frozenset({Action.READ, Action.REPORT}),
        Role.WRITE: frozenset({Action.READ, Action.REPORT, Action.DECIDE}),
        Role.ADMIN: frozenset({Action.READ, Action.MANAGE, Action.AUDIT}),
        Role.INSPECT: frozenset({Action.READ, Action.REPORT, Action.AUDIT}),
    }
)
UNIT_ROLES = frozenset({Role.ENTER, Role.LEAD})
"""Roles that only enter a unit's own figures. An approver of a unit above may make a one-time sign-in
link for accounts that have no other role."""
_GIVES: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {Role.ADMIN: frozenset(Role), Role.APPROVE: UNIT_ROLES}
)
"""The roles that the holder of a role may have others use. To administer a part of the tree is to decide
who does what in it, so an administrator has every role to give, for his own units and forms."""
ADMIN_ROLES = (Role.ADMIN, Role.APPROVE)
"""The roles of the first account of a workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account that signs in: it has `roles` for `unit` and every unit under it.

    `forms` are the ids of the forms that it works with; empty: all forms. `password` is a hash; "" means
    that only a one-time link opens the account. `session_epoch` increases when all open sessions of the
    account must end (a new password, other roles, a lock). `second_factor` names the secret with which
    the account also signs in (`second_factors`); "": a password or a link is enough."""

    login: str
    name: str
    unit: str
    roles: frozenset[Role]
    password: str = ""
    locked: bool = False
    session_epoch: int = 0
    forms: frozenset[str] = frozenset()
    second_factor: str = ""

    def may(self, action: Action, unit: str, tree: UnitTree, form: str | None = None) -> bool:
        """Whether the account may do `action` for `unit` (a code), and with `form` (an id) if given.

        True only if one of its roles lists the action, and `unit` is the account's own unit or a unit
        under it in `tree`. A locked account may do nothing."""
        return (
            not self.locked
            and tree.contains(self.unit, unit)
            and (form is None or self.handles(form))
            and any(action in _MAY[role] for role in self.roles)
        )

    def may_for_all_forms(self, action: Action, unit: str, tree: UnitTree) -> bool:
        """Whether the account may do `action` for `unit` and has no limits on forms. Asked for all that
        holds for every form at once: units, days off, settings, backups, who sends for a unit."""
        return not self.forms and self.may(action, unit, tree)

    def handles(self, form: str) -> bool:
        """Whether the account works with the form of that id."""
        return not self.forms or form in self.forms

    def require(self, action: Action, unit: str, tree: UnitTree, form: str | None = None) -> None:
        """Raise NotAllowed where `may` is false; same arguments."""
        if not self.may(action, unit, tree, form):
            raise NotAllowed(account=self.login, action=Phrase(WORDS[action]), unit=unit)

    def require_forms(self, forms: Iterable[Form]) -> None:
        """Raise FormsBeyondLimits, which names them, where the account does not work with some of `forms`."""
        beyond = [form.title for form in forms if not self.handles(form.id)]
        if beyond:
            raise FormsBeyondLimits(account=self.login, forms="; ".join(beyond))

    def includes(self, other: Account, tree: UnitTree) -> bool:
        """Whether everything that `other` may do is within the limits of this account: its unit and the
        units under it, its forms, and the roles that it has to give. An account without limits on forms
        is never within one that has some.

        Every door through which an account reaches another one asks this: a new account, other roles or
        forms, a one-time link, a lock, a second factor that is removed."""
        return (
            tree.contains(self.unit, other.unit)
            and (not self.forms or (bool(other.forms) and other.forms <= self.forms))
            and all(any(role in _GIVES.get(own, ()) for own in self.roles) for role in other.roles)
        )

    def may_manage(self, other: Account, tree: UnitTree) -> bool:
        """Whether the account may add, change or lock `other`: an administrator of its unit, and `other`
        may do nothing beyond his own limits."""
        return self.may(Action.MANAGE, other.unit, tree) and self.includes(other, tree)

    def may_make_link_for(self, other: Account, tree: UnitTree) -> bool:
        """Whether the account may make a one-time sign-in link for `other`: an account that may manage it
        may; an approver may for accounts that only enter figures of a unit below, in forms of his."""
        if self.may_manage(other, tree):
            return True
        below = other.unit != self.unit and other.roles <= UNIT_ROLES
        return below and self.may(Action.APPROVE, other.unit, tree) and self.includes(other, tree)


ACCOUNT = Codec(Account, names={"session_epoch": "epoch"}, optional={"second_factor"})
"""An account as a document of the table `accounts` (store/FORMAT.md)."""
_LATER_VERSION = 2


def record_version(account: Account) -> int:
    """The version of a record with this account: an older program would not ask for a second factor, and
    does not know the role `WRITE`."""
    later = account.second_factor or Role.WRITE in account.roles
    return _LATER_VERSION if later else FIRST_VERSION
