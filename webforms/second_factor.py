"""The second factor of the signed-in account: setting it up, taking it off, asking for its code."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext, suppress
from typing import NamedTuple

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup

from nqcore.collection.accounts.access import Account
from nqcore.errors import N_, InputError, StoreError
from nqcore.store import StoreFull
from webforms.security.held_words import SEALED
from webforms.security.page_rules import HALF, Answer, KeptWords, page
from webforms.security.sessions import came_by_link, new_session, register
from webforms.security.throttle import Bucket
from webforms.shared.context import workspace
from webforms.shared.filters import message
from webforms.shared.language import _

pages = Blueprint("factor", __name__, url_prefix="/tai-khoan/hai-buoc")


FULL = N_(
    "The server's disk is full, so the second step is not on; nothing was changed. Keep this page open, call "
    "the administrator, then type the next code of the app."
)


class Refused(NamedTuple):
    """A proof of who the user is was not right: the words for him, and the status of the answer."""

    words: str
    status: int


class _CodeRefused(Exception):
    """The code is not right, so nothing that it opens may stay open."""


def _waits(bucket: Bucket) -> Refused | None:
    if seconds := register().wait((bucket,)):
        words = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
        return Refused(words.format(seconds=seconds), 429)
    return None


def wrong_password(account: Account, password: str) -> Refused | None:
    """Why the present password does not prove who the user is; None where it does, and where the session
    was opened with a one-time link: that has proved it, and the user may not know an old password."""
    if came_by_link() or not account.password:
        return None
    # Only a signed-in session can use these tries up, so no other user can shut the owner out.
    bucket = Bucket(f"change {account.login}")
    if waits := _waits(bucket):
        return waits
    if workspace().accounts.sign_in(account.login, password) is None:
        return Refused(_("The present password is not right. Type it again."), 403)
    register().forget((bucket,))
    return None


def wrong_code(
    account: Account, code: str, opens: AbstractContextManager[None] | None = None
) -> Refused | None:
    """Why the code does not prove who the user is; None where it does. It is used up within `opens`, what the
    code opens: where that cannot be done, the code is not used up either."""
    bucket = _code_bucket(account)
    if waits := _waits(bucket):
        return waits
    try:
        with opens or nullcontext():
            if not workspace().second_factors.accepts(account, code, seconds=register().clock()):
                raise _CodeRefused
    except _CodeRefused:
        return Refused(_wrong_code_words(), 403)
    with suppress(StoreError):  # the code is used up, so it must open what it was typed for
        register().forget((bucket,))
    return None


def _wrong_code_words() -> str:
    words = _(
        "This code is not right, or it was used already. Wait for the next code in the app and type its "
        "6 digits. Telephone lost: type a recovery code, or call the administrator at {office}."
    )
    return words.format(office=workspace().root.name)


def _code_bucket(account: Account) -> Bucket:
    """Tries of codes: fewer than of passwords, because a code has only 6 digits. Only who knows the
    password gets here, so no other user can shut the owner out."""
    return Bucket(f"code {account.login}", first=60.0, longest=1800.0, hourly=10)


def code_page(wanted: str, kept: str = "", wrong: str = "") -> str:
    """The page that asks for the code. `wanted` and `kept` as in the form of the sign-in page."""
    return render_template("code.html", wanted=wanted, kept=kept, wrong=wrong)


def start_page(account: Account, wanted: str = "", kept: str = "", wrong: str = "") -> str:
    """What a second factor is, and the button that begins."""
    factors = workspace().second_factors
    return render_template(
        "factor.html",
        other=account,
        required=factors.required_for(account),
        left=factors.recovery_left(account) if account.second_factor else 0,
        asks_password=g.account is not None and bool(account.password) and not came_by_link(),
        wanted=wanted,
        kept=kept,
        wrong=wrong,
    )


def _scan_page(seed: str, uri: str, wrong: str = "") -> str:
    import segno  # only this page draws

    drawn = segno.make(uri, error="m").svg_inline(scale=4, border=4)
    return render_template(
        "factor_scan.html",
        picture=Markup(drawn),  # made of numbers by the library; the address is not in it as text
        seed=" ".join(seed[n : n + 4] for n in range(0, len(seed), 4)),
        wanted=request.form.get("next", ""),
        kept=request.form.get("kept", ""),
        wrong=wrong,
    )


def _account() -> Account:
    account: Account = g.account if g.half is None else g.half.account
    return account


@pages.get("")
@page(HALF)
def show() -> Answer:
    """Whether the account has a second factor; begin, or take it off."""
    if g.half is not None and g.half.account.second_factor:
        return redirect(url_for("auth.second_step"), 303)
    return start_page(_account())


def _again(notice: str, *, changed: bool) -> Answer:
    return start_page(
        _account(), request.form.get("next", ""), request.form.get("kept", ""), notice
    )


@pages.post("")
@page(HALF, form_bytes=SEALED, keeps=KeptWords({}, _again, secret=True))
def change() -> Answer:
    """Begin, confirm with the first code, or take the second factor off."""
    doing = request.form.get("viec", "")
    if g.half is not None and g.half.account.second_factor:
        abort(403)  # its code comes first
    if doing == "xac-nhan":
        return _confirm()
    if doing not in ("bat-dau", "bo"):
        abort(400)
    account = _account()
    if refused := _unproven(account):
        wanted, kept = request.form.get("next", ""), request.form.get("kept", "")
        return start_page(account, wanted, kept, refused.words), refused.status
    return _begin(account) if doing == "bat-dau" else _take_off(account)


def _unproven(account: Account) -> Refused | None:
    """Why the user must not change how the account signs in. Who has just signed in without a second
    factor that the office asks for need not type the password again."""
    if g.half is None and (refused := wrong_password(account, request.form.get("old", ""))):
        return refused
    if account.second_factor:
        return wrong_code(account, request.form.get("code", ""))
    return None


def _begin(account: Account) -> str:
    begun = workspace().second_factors.begin(account.login, seconds=register().clock())
    return _scan_page(begun.seed, begun.uri)


def _confirm() -> Answer:
    ws, account, now = workspace(), _account(), register().clock()
    wanted, kept = request.form.get("next", ""), request.form.get("kept", "")
    begun = ws.second_factors.begun(account.login, seconds=now)
    bucket, by_link = _code_bucket(account), came_by_link()
    if begun is not None and (waits := _waits(bucket)):
        return _scan_page(begun.seed, begun.uri, waits.words), waits.status
    try:
        with new_session(account, by_link=by_link, ends_all=True):
            codes = ws.second_factors.confirm(
                account.login,
                request.form.get("code", ""),
                seconds=now,
                by=account.login,
                at=ws.clock(),
            )
    except (InputError, StoreFull) as wrong:
        words, status = (message(wrong), 422) if isinstance(wrong, InputError) else (_(FULL), 503)
        if begun is None:
            return start_page(account, wanted, kept, words), status
        return _scan_page(begun.seed, begun.uri, words), status
    with suppress(StoreError):  # the codes are stored, so they are shown in any case
        register().forget((bucket,))
    g.account, g.half = ws.accounts[account.login], None
    return render_template("factor_codes.html", codes=codes, wanted=wanted, kept=kept)


def _take_off(account: Account) -> Answer:
    ws = workspace()
    if ws.second_factors.required_for(account):
        abort(403)
    with new_session(account, by_link=came_by_link(), ends_all=True):
        ws.second_factors.reset(account.login, by=account.login, at=ws.clock())
    flash(_("The second step was switched off. All other sessions of this account have ended."))
    return redirect(url_for("auth.account"), 303)
