"""Making a demo workspace: everything goes through the same door as real reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from nqcore.catalogue import Plugins
from nqcore.catalogue.contracts import Demo
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.errors import WorkspaceError
from nqcore.model.submissions import Step, SubmissionState
from nqcore.progress import Progress, quiet
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

PLUGINS = ("nq_res20", "nq_model_province", "nq_model_district", "nq_party_report")
PASSWORD = "demo-2018"
"""Of every demo account. `nq serve` keeps a demo on this machine."""


def make_demo(folder: str | Path, plugins: Sequence[str] = PLUGINS) -> Workspace:
    """A demo workspace in the new folder, without figures yet: `fill_demo` brings those."""
    demo = demo_of(plugins)
    return create_workspace(
        folder, name=demo.name, plugins=plugins, root="huyen", today=demo.today, by="nq demo"
    )


def demo_of(plugins: Sequence[str]) -> Demo:
    """The demo that one of `plugins` brings. Raises WorkspaceError."""
    found = [demo for _, demo in Plugins(plugins).collect("demo") if isinstance(demo, Demo)]
    if len(found) != 1:
        raise WorkspaceError(detail=f"{len(found)} of the plugins bring a demo; name exactly one")
    return found[0]


def fill_demo(workspace: Workspace, progress: Progress = quiet) -> None:
    """Accounts and ten years of reports, sent and reviewed as people would."""
    demo = demo_of(workspace.settings.plugins)
    founded = datetime.combine(demo.today, time(8), VIET_NAM)
    hashed = hash_password(PASSWORD)  # slow on purpose: once is enough for one password
    reviewer = ""
    for login, name, unit, roles in demo.accounts:
        workspace.accounts.add(
            login,
            name,
            unit,
            [Role(role) for role in roles],
            units=workspace.units,
            by="nq demo",
            at=founded,
            hashed=hashed,
        )
        if not reviewer and Role.APPROVE.value in roles:
            reviewer = login
    workflow, actor = workspace.submissions.workflow, workspace.submissions.actor
    clerks = {account.unit: account.login for account in workspace.accounts.all()}
    for one in progress(demo.submissions, "Ten years of reports"):
        obligation = workspace.submissions.obligation(one.unit, one.form, one.period)
        sent = one.sent or founded
        clerk = actor(clerks.get(one.unit, reviewer), sent)
        workflow.save(clerk, obligation, one.answers)
        if one.state is SubmissionState.DRAFT:
            continue
        workflow.send(clerk, obligation)
        approver = actor(reviewer, one.reviewed or sent)
        if one.state is SubmissionState.ACCEPTED:
            workflow.approve(approver, obligation, Step.ACCEPT)
        elif one.state is SubmissionState.RETURNED:
            workflow.approve(approver, obligation, Step.RETURN, remarks=one.remarks or {})
