"""Sessions of accounts, and browsers in which an account has signed in before."""

from __future__ import annotations

import secrets

from flask import current_app, g, request, session, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Account
from webforms.security.held_words import begin_token
from webforms.security.session_register import Register
from webforms.shared.context import workspace

EXTENSION = "nqcore.sessions"
"""Under this name the application holds the register of sessions, which all workers share."""


def register() -> Register:
    """The register of sessions and of tries to sign in."""
    found: Register = current_app.extensions[EXTENSION]
    return found


def signed_in_account() -> Account | None:
    """The account of this request's session; None without a session that still holds."""
    found = register().find(session.get("id"))
    if found is None:
        return None
    account = workspace().accounts.get(found.login)
    if account is None or account.locked or account.session_epoch != found.epoch:
        return None
    g.by_link = found.by_link
    return account


def begin_session(account: Account, *, by_link: bool = False) -> None:
    """Sign `account` in: a new session, so that one planted before is worth nothing. `by_link`: with
    a one-time link, after which a new password is set without the old one."""
    language = session.get("lang")
    end_session()
    session.permanent = True
    session["id"] = register().begin(account.login, account.session_epoch, by_link=by_link)
    begin_token(account.login)
    if language:
        session["lang"] = language


def came_by_link() -> bool:
    """Whether this session was opened with a one-time link and no password was set in it yet."""
    return bool(g.get("by_link"))


def end_session() -> None:
    """Sign out; a copy of the cookie is worth nothing either."""
    register().end(session.get("id"))
    session.clear()


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
    """Set the cookie that marks the browser as known for this account (see throttle.py)."""
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
