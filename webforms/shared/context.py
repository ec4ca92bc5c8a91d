"""What every page needs: the workspace, the account that is signed in, and what its frame shows."""

from __future__ import annotations

from typing import Any

from flask import current_app, g

from nqcore.collection.accounts.access import Account, Action
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState as ReportState
from nqcore.workspace.facade import Workspace

EXTENSION = "nqcore"
"""Under this name the application holds the open workspace, which all threads share."""


def workspace() -> Workspace:
    """The open workspace."""
    found: Workspace = current_app.extensions[EXTENSION]
    return found


def me() -> Account:
    """The account that is signed in. Only in views that are not public."""
    account: Account = g.account
    return account


def may(action: Action, unit: str | None = None, form: str | None = None) -> bool:
    """Whether the account that is signed in may do that, for `unit` (default: its own) and `form`
    (default: any)."""
    account: Account | None = g.get("account")
    return account is not None and account.may(
        action, unit or account.unit, workspace().units, form
    )


def may_for_all_forms(action: Action, unit: str | None = None) -> bool:
    """Whether the account that is signed in may do that for `unit` (default: its own), and has no limits
    on forms."""
    account: Account | None = g.get("account")
    return account is not None and account.may_for_all_forms(
        action, unit or account.unit, workspace().units
    )


def looks_only() -> bool:
    """Whether the account that is signed in sees the review, and neither enters nor accepts reports: its
    first page is the overview."""
    return may(Action.REPORT) and not may(Action.ENTER) and not may(Action.APPROVE)


def forms() -> tuple[Form, ...]:
    """The forms that the signed-in account works with."""
    return workspace().monitoring.forms_of(me())


def work() -> tuple[Obligation, ...]:
    """What the unit of the signed-in account owes: looked up once a request."""
    if "work" not in g:
        g.work = workspace().monitoring.worklist(me())
    found: tuple[Obligation, ...] = g.work
    return found


def person(login: str) -> str:
    """The name of a person; the login when the account is not known."""
    account = workspace().accounts.get(login)
    return account.name if account is not None else login


def shell() -> dict[str, Any]:
    """What the frame of every page shows."""
    settings = workspace().settings
    found: dict[str, Any] = {
        "account": g.get("account"),
        "today": workspace().today,
        "demo": settings.demo,
        "root": workspace().units[settings.root],
        "menu": (),
        "changed_units": bool(workspace().catalogue.changes),
        "may": may,
        "looks_only": looks_only,
        "Action": Action,
    }
    if found["account"] is not None and g.get("fault"):
        found |= {"home": workspace().units[me().unit], "counts": {"work": 0, "queue": 0}}
    elif found["account"] is not None:
        account = me()
        found["home"] = workspace().units[account.unit]
        signs = workspace().submissions.signs(account, account.unit)
        todo = [
            o
            for o in work()
            if o.state is None or o.state.editable or (signs and o.state is ReportState.PRESENTED)
        ]
        waiting = workspace().monitoring.count_waiting(account) if may(Action.APPROVE) else 0
        found["counts"] = {"work": len(todo), "queue": waiting}
    return found
