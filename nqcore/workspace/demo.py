"""Making a demo workspace. Its reports are entered, sent and approved by the same functions as real
ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType

from nqcore.catalogue import Plugins, build_catalogue
from nqcore.catalogue.contracts import Demo, DemoSubmission
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.accounts.passwords import hash_password
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.model.submissions import Step, SubmissionState
from nqcore.progress import Progress, quiet
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

_LAYOUTS = ("nq_party_report", "nq_state_report", "nq_spreadsheet", "nq_pdf")
MODELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "district": ("nq_res20", "nq_model_province", "nq_model_district", *_LAYOUTS),
        "commune": ("nq_res02", "nq_model_commune", *_LAYOUTS),
    }
)
"""The plugins of each demo office."""
PLUGINS = MODELS["district"]
PASSWORD = "demo-2018"
"""The password of every demo account. `nq serve` offers a demo on this machine only."""


def make_demo(
    folder: str | Path,
    plugins: Sequence[str] = PLUGINS,
    first: Callable[[Workspace], object] = lambda _workspace: None,
) -> Workspace:
    """Make and open a demo workspace in the new folder. It has no accounts and no figures yet:
    `fill_demo` adds them. `first` is done before the demo is there; if it fails, nothing of the demo is left.
    Raises WorkspaceError."""
    demo = demo_of(plugins)
    root = demo.root or build_catalogue(Plugins(plugins)).units.roots[0].code
    return create_workspace(
        folder,
        name=demo.name,
        plugins=plugins,
        root=root,
        today=demo.today,
        by="nq demo",
        first=first,
    )


def demo_of(plugins: Sequence[str]) -> Demo:
    """The demo data of the one plugin among `plugins` that has some. Raises WorkspaceError where none or
    several have."""
    found = [demo for _, demo in Plugins(plugins).collect("demo") if isinstance(demo, Demo)]
    if len(found) != 1:
        raise WorkspaceError(
            detail=Phrase(
                N_("{count} of the plugins bring a demo; name exactly one"), {"count": len(found)}
            )
        )
    return found[0]


def is_demo_of(workspace: Workspace, model: str) -> bool:
    """Whether the workspace is the demo of that office."""
    return set(workspace.settings.plugins) == set(MODELS[model])


def fill_demo(workspace: Workspace, progress: Progress = quiet) -> None:
    """Add the accounts and the reports of the years, in the states that the demo data name. In the end the
    accounts of units that have ended are locked."""
    demo = demo_of(workspace.settings.plugins)
    people = _People(workspace, _accounts(workspace, demo))
    opened = _opened(demo)
    for one in progress(demo.submissions, "Reports of the demo"):
        _enter(workspace, people, one, opened)
    for account in people.accounts:
        closed = workspace.units[account.unit].closed
        if closed is not None and closed <= demo.today:
            workspace.accounts.lock(account.login, by="nq demo", at=opened)


def _opened(demo: Demo) -> datetime:
    return datetime.combine(demo.today, time(8), VIET_NAM)


def _accounts(workspace: Workspace, demo: Demo) -> tuple[Account, ...]:
    hashed = hash_password(PASSWORD)  # hashing is slow by design: it is done once for all accounts
    return tuple(
        workspace.accounts.add(
            login,
            name,
            unit,
            [Role(role) for role in roles],
            units=workspace.units,
            by="nq demo",
            at=_opened(demo),
            hashed=hashed,
        )
        for login, name, unit, roles in demo.accounts
    )


@dataclass(frozen=True, slots=True)
class _People:
    """The accounts of a demo, each at the unit for which it was made, and who of them acts at a moment."""

    workspace: Workspace
    accounts: tuple[Account, ...]

    def clerk(self, unit: str, at: datetime) -> Actor:
        """Who enters the unit's report: its own clerk, that of the unit which finishes it, or else who
        approves it."""
        place = self.workspace.obligations.workplace(unit, at.date())
        own = (a for a in self.accounts if a.unit == place and Role.ENTER in a.roles)
        account = next(own, None)
        return self.approver(unit, at) if account is None else self._actor(account, at)

    def approver(self, unit: str, at: datetime) -> Actor:
        """The first account that may approve the unit's reports at that moment."""
        actors = (self._actor(account, at) for account in self.accounts)
        return next(actor for actor in actors if actor.may(Action.APPROVE, unit))

    def _actor(self, account: Account, at: datetime) -> Actor:
        return Actor(account, at, self.workspace.obligations.tree_with_rights(at.date()))


def _enter(workspace: Workspace, people: _People, one: DemoSubmission, opened: datetime) -> None:
    """Take one report to its state."""
    workflow = workspace.submissions.workflow
    obligation = workspace.submissions.obligation(one.unit, one.form, one.period)
    sent = one.sent or opened
    clerk = people.clerk(one.unit, sent)
    if one.reopened:
        before = people.approver(one.unit, sent - timedelta(hours=1))
        workflow.approve(before, obligation, Step.REOPEN, reason=one.reopened)
    workflow.save(clerk, obligation, one.answers)
    if one.state is SubmissionState.DRAFT:
        return
    workflow.send(clerk, obligation)
    approver = people.approver(one.unit, one.reviewed or sent)
    if one.state is SubmissionState.ACCEPTED:
        workflow.approve(approver, obligation, Step.ACCEPT)
    elif one.state is SubmissionState.RETURNED:
        workflow.approve(approver, obligation, Step.RETURN, remarks=one.remarks or {})
