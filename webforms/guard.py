"""What is checked before any view: the shape of the request, and who makes it."""

from __future__ import annotations

import secrets
import time

from flask import abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from nqcore.accounts import Account
from webforms.context import state, workspace

SESSION_SECONDS = 12 * 3600
FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
OVERHEAD = 1_000_000
"""Bytes beyond a file itself: a file that is a little too large is told so on its own page."""


def check_request() -> None:
    """Refuse what no page of ours sends: other content types, posts from other sites."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    # Figures are never posted as multipart: its parsers were seen to change values.
    view = current_app.view_functions.get(request.endpoint or "")
    most: int | None = getattr(view, "takes_files", None)
    if most is not None:
        request.max_content_length = most + OVERHEAD
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
    g.account = _signed_in()
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or g.account is not None or getattr(view, "public", False):
        return None
    if request.method == "POST" and request.endpoint == "entry.save":
        # What was typed is not lost: the sign-in page carries it (see auth.keep).
        from webforms.auth import keep

        return keep()
    if request.method == "POST":
        return redirect(url_for("auth.sign_in"), 303)
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("auth.sign_in", next=wanted if wanted != "/" else None), 303)


def _signed_in() -> Account | None:
    login, since = session.get("login"), session.get("since")
    if not isinstance(login, str) or not isinstance(since, int | float):
        return None
    if not 0 <= time.time() - since < SESSION_SECONDS or session.get("id") in state().ended:
        return None
    account = workspace().people.get(login)
    if account is None or account.locked or account.epoch != session.get("epoch"):
        return None
    return account


def begin_session(account: Account, *, by_link: bool = False) -> None:
    """Sign `account` in: a new session, so that one planted before is worth nothing. `by_link`: with
    a one-time link, which stands in for the old password when a new one is set."""
    language = session.get("lang")
    session.clear()
    session.permanent = True
    session.update(
        login=account.login,
        epoch=account.epoch,
        id=secrets.token_urlsafe(12),
        since=time.time(),
        by_link=by_link,
    )
    if language:
        session["lang"] = language


def came_by_link() -> bool:
    """Whether this session was opened with a one-time link and no password was set in it yet."""
    return bool(session.get("by_link"))


def end_session() -> None:
    """Sign out; a copy of the cookie is worth nothing either."""
    ended, now = state().ended, time.time()
    if id := session.get("id"):
        ended[id] = now + SESSION_SECONDS
    for old in [key for key, until in list(ended.items()) if until < now]:
        ended.pop(old, None)
    session.clear()


def own_path(path: str | None) -> str:
    """`path` if it is one of ours, else the first page: never another site's address."""
    if (
        path
        and path.startswith("/")
        and not path.startswith(("//", "/\\"))
        and all(32 < ord(letter) < 127 and letter != "\\" for letter in path)
    ):
        return path
    return url_for("work.index")
