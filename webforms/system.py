"""*Quản trị › Hệ thống* and the address that monitoring asks."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, render_template

from nqcore.accounts import Action
from nqcore.errors import NqError
from webforms.context import public, require, workspace

pages = Blueprint("system", __name__)


@pages.get("/quan-tri/he-thong")
def status() -> str:
    """Plugins, faults, links that lead nowhere, the journal."""
    require(Action.MANAGE)
    ws = workspace()
    try:
        release = version("nqcore")
    except PackageNotFoundError:
        release = "?"
    return render_template(
        "system.html",
        release=release,
        settings=ws.settings,
        plugins=ws.catalogue.plugins,
        faults=ws.faults,
        unresolved=ws.catalogue.unresolved,
        store=ws.store,
    )


@pages.get("/healthz")
@public
def health() -> tuple[str, int, dict[str, str]]:
    """200 when the store can be read and written. Nothing is written to find out."""
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    store = workspace().store
    try:
        store.refresh()
        with store.journal.locked():
            store.journal.check_writable()
    except (NqError, OSError):
        return "store not available\n", 503, plain
    if not os.access(workspace().folder, os.W_OK):
        return "folder not writable\n", 503, plain
    return "ok\n", 200, plain
