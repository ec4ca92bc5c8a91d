"""Sessions of accounts, and browsers in which an account has signed in before."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from flask import Flask, current_app, g, request, session, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Account
from nqcore.errors import StoreError
from webforms.security.browsers import browser_name
from webforms.security.held_words import TOKEN, begin_token
from webforms.security.session_register import Register, Session
from webforms.security.signing import signer
from webforms.shared.context import workspace

EXTENSION = "nqcore.sessions"
"""Under this name the application holds the register of sessions, which all workers share."""


def register() -> Register:
    """The register of sessions and of tries to sign in."""
    found: Register = current_app.extensions[EXTENSION]
    return found


class Missing(StrEnum):
    """What a session still needs before it opens pages."""

    CODE = "code"
    """The code of the account's second factor."""
    FACTOR = "factor"
    """A second factor: the office asks for one, and the account has none yet."""


@dataclass(frozen=True, slots=True)
class HalfSignedIn:
    """The password or the one-time link was right, and a second step is still to come."""

    account: Account
    missing: Missing


def find_session() -> tuple[Account | None, HalfSignedIn | None]:
    """The account of this request's session, or the one that has not taken its second step; neither
    without a session that still holds."""
    g.session = found = register().find(session.get("id"))
    if found is None:
        return None, None
    account = workspace().accounts.get(found.login)
    if account is None or account.locked or account.session_epoch != found.epoch:
        return None, None
    if found.waiting:
        return None, HalfSignedIn(account, Missing.CODE)
    if workspace().second_factors.required_for(account) and not account.second_factor:
        return None, HalfSignedIn(account, Missing.FACTOR)
    return account, None


def begin_session(account: Account, *, by_link: bool = False, waiting: bool = False) -> None:
    """Sign `account` in: a new session, so that one planted before is worth nothing. `by_link`: with
    a one-time link, after which a new password is set without the old one. `waiting`: for the code of the
    second factor."""
    with new_session(account, by_link=by_link, waiting=waiting):
        end_session()


@contextmanager
def new_session(
    account: Account, *, by_link: bool = False, waiting: bool = False, ends_all: bool = False
) -> Iterator[None]:
    """Sign `account` in as `begin_session` does, if the block does not fail; else the session of this browser
    stays as it is. `ends_all`: the block ends all sessions of the account.

    The session is written before the block and its cookie is made after it. So what the block uses up or
    changes (a one-time link, a second factor) is never without its session: their disks are not the same.
    """
    old, language = session.get("id"), session.get("lang")
    name = register().begin(
        account.login,
        account.session_epoch + ends_all,
        by_link=by_link,
        waiting=waiting,
        address=request.remote_addr or "",
        browser=browser_name(request.user_agent.string),
    )
    found = register().find(name)
    try:
        yield
    except BaseException:
        _end(name)
        raise
    _end(old)
    session.clear()
    session.permanent = True
    session["id"], g.session = name, found
    begin_token(account.login)
    if language:
        session["lang"] = language


def _end(name: object) -> None:
    """End a session whose name no browser keeps, if the disk takes it."""
    with suppress(StoreError):
        register().end(name)


def this_session() -> Session | None:
    """The session of this request."""
    found: Session | None = g.get("session")
    return found


def own_sessions(account: Account) -> tuple[Session, ...]:
    """The sessions of the account that have not ended, the one that was used last first."""
    return register().sessions_of(account.login, account.session_epoch)


def end_other_sessions(account: Account, handle: str | None = None) -> int:
    """End the account's sessions but this one: all, or that of the `handle`. Returns how many."""
    return register().end_others(account.login, session.get("id"), handle)


def came_by_link() -> bool:
    """Whether this session was opened with a one-time link and no password was set in it yet."""
    found = this_session()
    return found is not None and found.by_link


def end_session() -> None:
    """Sign out; a copy of the cookie is worth nothing either."""
    register().end(session.get("id"))
    session.clear()


def forget_session() -> None:
    """Sign out in this browser alone, where the register cannot end the session."""
    language = session.get("lang")
    session.clear()
    g.pop(TOKEN, None)  # flask-wtf keeps the one of the session
    g.account = g.half = g.session = None
    if language:
        session["lang"] = language


DEVICE_DAYS = 365
DEVICE_SALT = "nqcore.device"


def _devices() -> URLSafeSerializer:
    return signer(current_app.config["SECRET_KEY"], DEVICE_SALT)


def device_cookie(app: Flask) -> str:
    """The name of the cookie of browsers in which an account has signed in before."""
    return f"{app.config['SESSION_COOKIE_NAME']}_may"


def _password_mark(login: str) -> str:
    """Changes with the account's password, and so ends what browsers were remembered under the old one."""
    account = workspace().accounts.get(login)
    hashed = account.password if account is not None else ""
    return sha256(hashed.encode()).hexdigest()[:16]


def known_device(login: str) -> str | None:
    """The name of this browser, if that account has signed in from it with its present password."""
    try:
        name, owner, mark = _devices().loads(request.cookies.get(device_cookie(current_app), ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(name) if owner == login.casefold() and mark == _password_mark(login) else None


def remember_device(answer: Response, login: str) -> None:
    """Set the cookie that marks the browser as known for this account (see throttle.py)."""
    name = known_device(login) or secrets.token_urlsafe(12)
    answer.set_cookie(
        device_cookie(current_app),
        _devices().dumps([name, login.casefold(), _password_mark(login)]),
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
