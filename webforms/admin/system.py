"""*Quản trị › Hệ thống* and the address that monitoring asks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, render_template

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_, NqError
from webforms.security.page_rules import OFFICE, PUBLIC, page
from webforms.shared.context import me, workspace

pages = Blueprint("system", __name__)

BLOCK = 1 << 16
HOOKS: Mapping[str, str] = MappingProxyType(
    {
        "definitions": N_("definitions"),
        "rules": N_("rules"),
        "checks": N_("checks"),
        "report_formats": N_("report formats"),
        "calendars": N_("calendars"),
        "demo": N_("a demo"),
    }
)
"""What a plugin may bring, in words."""
SHOWN = 3
"""The newest backups that are listed."""


@pages.get("/quan-tri/he-thong")
@page(Action.MANAGE, OFFICE)
def status() -> str:
    """Plugins, faults, references to things that do not exist, the journal."""
    ws = workspace()
    try:
        release = version("nqcore")
    except PackageNotFoundError:
        release = "?"
    return render_template(
        "system.html",
        release=release,
        settings=ws.settings,
        key_file=ws.archive.key_file,
        HOOKS=HOOKS,
        plugins=ws.catalogue.plugins,
        faults=ws.faults,
        unresolved=ws.catalogue.unresolved,
        store=ws.store,
        backups=ws.archive.last_backups(SHOWN),
        place=ws.archive.last_place(),
    )


@pages.post("/quan-tri/he-thong/sao-luu")
@page(Action.MANAGE, OFFICE)
def backup() -> Response:
    """Everything of the workspace as one archive, read back before it is downloaded. It holds
    the figures of all units, so only an administrator of the whole office gets it."""
    with ExitStack() as making:
        file = making.enter_context(workspace().archive.passing_backup(by=me()))
        size = file.stat().st_size
        held = making.pop_all()
    headers = {
        "Content-Disposition": f"attachment; filename={file.name}",
        "Content-Length": str(size),
    }
    answer = Response(_blocks(file), mimetype="application/zip", headers=headers)
    answer.call_on_close(held.close)  # also where sending ends early
    return answer


def _blocks(file: Path) -> Iterator[bytes]:
    """The bytes of the file."""
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            yield block


@pages.get("/healthz")
@page(PUBLIC)
def health() -> tuple[str, int, dict[str, str]]:
    """200 when the store can be read and written, and its disk takes a file; 503 otherwise. The disk is
    tried at most every few seconds, however often this is asked."""
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    store = workspace().store
    try:
        store.refresh()
        with store.journal.locked():
            store.journal.check_writable()
        store.check_disk()
    except (NqError, OSError):
        return "store not available\n", 503, plain
    if not os.access(workspace().folder, os.W_OK):
        return "folder not writable\n", 503, plain
    return "ok\n", 200, plain
