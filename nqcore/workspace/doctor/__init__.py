"""``nq doctor``: is the installation of an office as it should be, before people depend on it?

| file | content |
|---|---|
| `diagnosis` | one thing that is wrong, with what to do; the facts about the machine |
| `installation` | checks of keys, folder, file system, free space, backups, environment, host names |
| `office` | checks of the opened workspace: plugins, accounts, clock |
| `http_probe` | what a browser gets at the office's address, through the proxy |
"""

from __future__ import annotations

from pathlib import Path

from nqcore.collection.settings import read_settings
from nqcore.errors import N_, NqError
from nqcore.workspace.doctor.diagnosis import Diagnosis, Machine, diagnosis
from nqcore.workspace.doctor.installation import (
    backup_checks,
    folder_checks,
    key_checks,
    serving_checks,
)
from nqcore.workspace.doctor.office import account_checks, clock_checks, plugin_checks
from nqcore.workspace.opening import open_workspace

__all__ = ["Diagnosis", "Machine", "examine"]


def examine(folder: Path, machine: Machine, *, local: bool = False) -> tuple[Diagnosis, ...]:
    """All that is wrong with the workspace in `folder` and its machine; () where nothing is.

    `local`: only users of this machine open the pages, so there is no proxy and no host name to check.
    Raises WorkspaceError where there is no workspace.
    """
    settings = read_settings(folder)
    found = [
        *key_checks(folder, settings),
        *folder_checks(folder, machine),
        *backup_checks(folder, settings, machine),
        *serving_checks(settings, machine, local),
    ]
    try:
        workspace = open_workspace(folder)
    except NqError as wrong:
        template = N_("The office cannot be opened: {detail} Run: nq verify")
        return (*found, diagnosis("opening", template, detail=wrong))
    with workspace:
        return (
            *found,
            *plugin_checks(workspace),
            *account_checks(workspace),
            *clock_checks(workspace, machine),
        )
