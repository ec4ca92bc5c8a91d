"""Making a demo workspace. Its reports are entered, sent and approved by the same functions as real
ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from nqcore.catalogue import Plugins
from nqcore.catalogue.contracts import Demo
from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.model.submissions import Step, SubmissionState
from nqcore.progress import Progress, quiet
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

PLUGINS = (
    "nq_res20",
    "nq_model_province",
    "nq_model_district",
    "nq_party_report",
    "nq_state_report",
    "nq_spreadsheet",
    "nq_pdf",
)
PASSWORD = "demo-2018"
"""The password of every demo account. `nq serve` offers a demo on this machine only."""


def make_demo(folder: str | Path, plugins: Sequence[str] = PLUGINS) -> Workspace:
    """Make and open a demo workspace in the new folder. It has no accounts and no figures yet:
    `fill_demo` adds them. Raises WorkspaceError."""
    demo = demo_of(plugins)
    return create_workspace(
        folder, name=demo.name, plugins=plugins, root="huyen", today=demo.today, by="nq demo"
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


def fill_demo(workspace: Workspace, progress: Progress = quiet) -> None:
    """Add the accounts and the reports of ten years, in the states that the demo data name."""
    demo = demo_of(workspace.settings.plugins)
    opened = datetime.combine(demo.today, time(8), VIET_NAM)
    hashed = hash_password(PASSWORD)  # hashing is slow by design: it is done once for all accounts
    approver_login = ""
    for login, name, unit, roles in demo.accounts:
        workspace.accounts.add(
            login,
            name,
            unit,
            [Role(role) for role in roles],
            units=workspace.units,
            by="nq demo",
            at=opened,
            hashed=hashed,
        )
        if not approver_login and Role.APPROVE.value in roles:
            approver_login = login
    workflow, actor = workspace.submissions.workflow, workspace.submissions.actor
    clerks = {account.unit: account.login for account in workspace.accounts.all()}
    for one in progress(demo.submissions, "Ten years of reports"):
        obligation = workspace.submissions.obligation(one.unit, one.form, one.period)
        sent = one.sent or opened
        clerk = actor(clerks.get(one.unit, approver_login), sent)
        workflow.save(clerk, obligation, one.answers)
        if one.state is SubmissionState.DRAFT:
            continue
        workflow.send(clerk, obligation)
        approver = actor(approver_login, one.reviewed or sent)
        if one.state is SubmissionState.ACCEPTED:
            workflow.approve(approver, obligation, Step.ACCEPT)
        elif one.state is SubmissionState.RETURNED:
            workflow.approve(approver, obligation, Step.RETURN, remarks=one.remarks or {})
