"""What is checked before any view: the shape of the request, and who makes it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from flask import abort, current_app, g, redirect, request, session, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from nqcore.accounts import Account
from webforms.context import state, workspace

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
    found = state().register.find(session.get("id"))
    if found is None:
        return None
    account = workspace().people.get(found.login)
    if account is None or account.locked or account.epoch != found.epoch:
        return None
    g.by_link = found.by_link
    return account


def begin_session(account: Account, *, by_link: bool = False) -> None:
    """Sign `account` in: a new session, so that one planted before is worth nothing. `by_link`: with
    a one-time link, which stands in for the old password when a new one is set."""
    language = session.get("lang")
    end_session()
    session.permanent = True
    session["id"] = state().register.begin(account.login, account.epoch, by_link=by_link)
    if language:
        session["lang"] = language


def came_by_link() -> bool:
    """Whether this session was opened with a one-time link and no password was set in it yet."""
    return bool(g.get("by_link"))


def end_session() -> None:
    """Sign out; a copy of the cookie is worth nothing either."""
    state().register.end(session.get("id"))
    session.clear()


# -- browsers that are known ----------------------------------------------------------------------

DEVICE_DAYS = 365


def _devices() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="nqcore.device")


def _device_cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_may"


def known_device(login: str) -> str | None:
    """The name of this browser, if that account has signed in from it before."""
    try:
        name, owner = _devices().loads(request.cookies.get(_device_cookie(), ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(name) if owner == login.casefold() else None


def remember_device(answer: Response, login: str) -> None:
    """Let `answer` tell the browser who signed in from it: it gets tries of its own (throttle.py)."""
    name = known_device(login) or secrets.token_urlsafe(12)
    answer.set_cookie(
        _device_cookie(),
        _devices().dumps([name, login.casefold()]),
        max_age=DEVICE_DAYS * 86_400,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


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
