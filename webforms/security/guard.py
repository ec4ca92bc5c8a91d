"""What is checked before any view: the shape of the request, and who makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from webforms.security.sessions import signed_in_account
from webforms.shared.context import workspace

FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
OVERHEAD = 1_000_000
"""Bytes beyond a file itself: a file that is a little too large is told so on its own page."""
SMALL = 64_000
"""Bytes of a form with a few fields, as most are."""


def largest_body(view: Callable[..., Any] | None) -> int:
    """How many bytes a request to that view may have."""
    files: int | None = getattr(view, "takes_files", None)
    return files + OVERHEAD if files is not None else int(getattr(view, "takes_up_to", SMALL))


def check_request() -> None:
    """Refuse what no page of ours sends: long bodies, other content types, posts from other sites."""
    view = current_app.view_functions.get(request.endpoint or "")
    # Werkzeug's limits of a form's memory and parts do not hold for urlencoded forms: this one does.
    request.max_content_length = largest_body(view)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    # Figures are never posted as multipart: its parsers were seen to change values.
    most: int | None = getattr(view, "takes_files", None)
    if (request.content_length or 0) > request.max_content_length:
        abort(413)
    if request.mimetype != (FORM if most is None else FILES):
        abort(415)
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
    elif (origin := request.headers.get("Origin")) and origin != request.host_url.rstrip("/"):
        abort(403)


def check_account() -> Response | None:
    """Find who is signed in; whoever is not goes to the sign-in page, except for public views."""
    g.account = None
    if request.endpoint == "static":
        return None
    workspace().refresh()
    g.account = signed_in_account()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or g.account is not None or getattr(view, "public", False):
        return None
    if request.method == "POST" and request.endpoint == "entry.save":
        # What was typed is not lost: the sign-in page carries it (see auth.keep).
        from webforms.sign_in import keep

        return keep()
    if request.method == "POST":
        return redirect(url_for("auth.sign_in"), 303)
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("auth.sign_in", next=wanted if wanted != "/" else None), 303)
