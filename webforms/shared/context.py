"""What every view needs: the workspace, who is signed in, and the report that an address names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort, current_app, g

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.monitoring.worklist import forms_of
from nqcore.errors import InputError, UnknownName
from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import SubmissionState as ReportState
from nqcore.model.units import Unit
from nqcore.workspace.facade import Workspace
from webforms.security.session_register import Register

EXTENSION = "nqcore"

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(slots=True)
class AppState:
    """What the application holds: the open workspace, shared by all threads, and the register of who
    is signed in, shared by all workers."""

    workspace: Workspace
    register: Register


def state() -> AppState:
    """The application's state."""
    found: AppState = current_app.extensions[EXTENSION]
    return found


def workspace() -> Workspace:
    """The open workspace."""
    return state().workspace


def me() -> Account:
    """Who is signed in. Only in views that are not public."""
    account: Account = g.account
    return account


def public(view: View) -> View:
    """Mark a view that needs no account. All others do."""
    view.public = True  # type: ignore[attr-defined]
    return view


def takes_up_to(most: int) -> Callable[[View], View]:
    """Mark a view whose form may be `most` bytes long; all others take SMALL."""

    def mark(view: View) -> View:
        view.takes_up_to = most  # type: ignore[attr-defined]
        return view

    return mark


def takes_files(most: int) -> Callable[[View], View]:
    """Mark a view whose form sends a file of at most `most` bytes: multipart is read there and
    nowhere else."""

    def mark(view: View) -> View:
        view.takes_files = most  # type: ignore[attr-defined]
        return view

    return mark


def may(action: Action, unit: str | None = None, form: str | None = None) -> bool:
    """Whether who is signed in may do that (for their own unit, whatever the form)."""
    account: Account | None = g.get("account")
    return account is not None and account.may(
        action, unit or account.unit, workspace().units, form
    )


def require(action: Action, unit: str | None = None, form: str | None = None) -> None:
    """403 unless allowed."""
    if not may(action, unit, form):
        abort(403)


def forms() -> tuple[Form, ...]:
    """The forms that who is signed in has to do with."""
    return forms_of(workspace().submissions.repository, me())


def unit_or_404(code: str | None) -> Unit:
    """The unit of that code (default: one's own). One that does not exist and one that is not
    one's own look the same."""
    code = code or me().unit
    if code not in workspace().units or not may(Action.READ, code):
        abort(404)
    return workspace().units[code]


def report_or_404(submission: str, action: Action = Action.READ) -> Obligation:
    """The report of that id: 404 unless one may see it, 403 unless one may do `action`."""
    try:
        obligation = workspace().submissions.repository.find(submission)
    except (UnknownName, InputError):
        abort(404)
    # The id in the address must be the report's own: 2018-q3 is not 2018-Q3.
    if obligation.submission != submission or not may(
        Action.READ, obligation.unit, obligation.form
    ):
        abort(404)
    require(action, obligation.unit, obligation.form)
    return obligation


def work() -> tuple[Obligation, ...]:
    """What the unit of who is signed in owes: looked up once a request."""
    if "work" not in g:
        g.work = workspace().monitoring.worklist(me())
    found: tuple[Obligation, ...] = g.work
    return found


def person(login: str) -> str:
    """How somebody is called; the login when the account is not known."""
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
        "Action": Action,
    }
    if found["account"] is not None:
        account = me()
        found["home"] = workspace().units[account.unit]
        signs = workspace().submissions.repository.leaders.signs(account, account.unit)
        todo = [
            o
            for o in work()
            if o.state is None or o.state.editable or (signs and o.state is ReportState.PRESENTED)
        ]
        waiting = workspace().monitoring.count_waiting(account) if may(Action.APPROVE) else 0
        found["counts"] = {"work": len(todo), "queue": waiting}
    return found


def sent(obligation: Obligation) -> bool:
    """Whether the report waits for its review."""
    return obligation.state is ReportState.SENT
