"""*Tệp minh chứng*: the evidence files of a report, on a page of their own."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from nqcore.collection.submissions.attachments import MAX_BYTES, MAX_FILES, MEDIA_TYPES
from nqcore.errors import InputError, StateError, UnknownName
from nqcore.model.obligations import Obligation
from webforms.security.page_rules import REPORT, page, this_report
from webforms.shared.context import may, me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.sent_files import sent_name

pages = Blueprint("evidence", __name__)


@pages.get("/bao-cao/<submission>/minh-chung")
@page(Action.READ, REPORT)
def listing(submission: str) -> str:
    """The files, and the form that adds one while the report is open."""
    return _page(this_report())


def _page(obligation: Obligation, wrong: str = "") -> str:
    editable = workspace().entry.sheet(obligation).editable
    return render_template(
        "evidence.html",
        obligation=obligation,
        files=workspace().submissions.attachments.of(obligation.submission),
        open=editable and may(Action.ENTER, obligation.unit),
        kinds=", ".join(kind.suffixes[0].lstrip(".") for kind in MEDIA_TYPES),
        endings=",".join(ending for kind in MEDIA_TYPES for ending in kind.suffixes),
        most=MAX_BYTES // 1024**2,
        most_files=MAX_FILES,
        wrong=wrong,
    )


@pages.post("/bao-cao/<submission>/minh-chung")
@page(Action.ENTER, REPORT, file_bytes=MAX_BYTES)
def attach(submission: str) -> Response | tuple[str, int]:
    """Attach one file."""
    obligation = this_report()
    sent = request.files.get("tep")
    ws = workspace()
    try:
        file = ws.submissions.attach(
            obligation,
            sent_name(sent) if sent else "",
            sent.read(MAX_BYTES + 1) if sent else b"",
            by=me(),
        )
    except InputError as wrong:
        return _page(obligation, message(wrong)), 422
    except StateError:
        flash(_("Not attached: this report is no longer open for entry."), "canh-bao")
    else:
        flash(_("“{name}” was attached.").format(name=file.name))
    return redirect(url_for("evidence.listing", submission=submission), 303)


@pages.post("/bao-cao/<submission>/minh-chung/<digest>/bo")
@page(Action.ENTER, REPORT)
def remove(submission: str, digest: str) -> Response:
    """Take a file off the report."""
    obligation = this_report()
    ws = workspace()
    try:
        file = ws.submissions.remove_attachment(obligation, digest, by=me())
    except StateError:
        flash(_("Not removed: this report is no longer open for entry."), "canh-bao")
    except UnknownName:
        abort(404)
    else:
        flash(_("“{name}” was removed from the report.").format(name=file.name))
    return redirect(url_for("evidence.listing", submission=submission), 303)


@pages.get("/bao-cao/<submission>/minh-chung/<digest>")
@page(Action.READ, REPORT)
def file(submission: str, digest: str) -> Response:
    """The file itself, to be saved: never shown inside the site."""
    obligation = this_report()
    shelf = workspace().submissions.attachments
    try:
        found = shelf.get(obligation.submission, digest)
    except UnknownName:
        abort(404)
    return attachment(shelf.read(found), found.name, found.type)


def attachment(data: bytes, name: str, type: str) -> Response:
    """`data` as a file to save under `name`: browsers neither guess its type nor open it here."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return Response(
        data,
        mimetype=type,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )
