"""Signing in and out: name and password or a one-time link, then the second step where there is one."""

from __future__ import annotations

import logging
from contextlib import suppress

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField

from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.collection.accounts.passwords import PasswordsBusy
from nqcore.errors import N_, StoreError
from nqcore.store import StoreFull
from webforms.second_factor import code_page, start_page, wrong_code
from webforms.security.event_log import event
from webforms.security.held_words import SEALED, HeldPost, held, hold
from webforms.security.page_rules import (
    HALF,
    PUBLIC,
    SIGNED_IN,
    Answer,
    KeptWords,
    PageRule,
    page,
)
from webforms.security.session_register import HOURS
from webforms.security.sessions import (
    Missing,
    begin_session,
    came_by_link,
    end_session,
    forget_session,
    known_device,
    new_session,
    own_path,
    register,
    remember_device,
)
from webforms.security.throttle import Bucket, buckets
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.unsaved import kept_words, labelled, show_again

pages = Blueprint("auth", __name__)

LINK_FULL = N_(
    "The server's disk is full, so signing in does not work now. The link was not used up: call the "
    "administrator, then open it again."
)


class SignInForm(Form):
    """Name and password, then the code of the second factor; `kept` is the sealed form that was typed before
    the session ended."""

    login = StringField()
    password = PasswordField()
    code = StringField()
    next = StringField()
    kept = StringField()


@pages.get("/dang-nhap")
@page(PUBLIC)
def sign_in() -> Response | str:
    """Name and password."""
    if g.account is not None:
        return redirect(own_path(request.args.get("next")), 303)
    return _page(SignInForm(data={"next": request.args.get("next", "")}))


def _page(form: SignInForm, *, wrong: str = "", notice: str = "", shows: bool = True) -> str:
    """The page; `shows`: the words of the form that waits are shown, so that they can be copied."""
    waiting = held(form.kept.data)
    return render_template(
        "sign_in.html",
        form=form,
        wrong=wrong,
        notice=notice,
        words=_words(waiting) if waiting is not None and shows else (),
        demo_accounts=current_app.config["DEMO_ACCOUNTS"],
    )


def _words(waiting: HeldPost) -> list[tuple[str, str]]:
    """The words of a form that waits, each with its label."""
    try:
        keeps = kept_words(waiting.request())
    except HTTPException:  # a page that is no more
        return []
    return labelled(keeps, waiting.request()) if keeps is not None else []


def ask_to_sign_in(rule: PageRule) -> Response:
    """The answer to a request that needs an account and has none."""
    if request.method != "POST":
        wanted = request.full_path.rstrip("?")
        step = "auth.sign_in" if g.half is None else "auth.second_step"
        return redirect(url_for(step, next=wanted if wanted != "/" else None), 303)
    kept = request.form.get("kept", "")
    if rule.keeps is not None and not rule.keeps.secret:
        kept = hold().seal()
    if rule.keeps is None or not kept:
        return redirect(url_for("auth.sign_in"), 303)
    if g.half is not None:
        return make_response(_half(kept=kept), 401)
    notice = _("Your session has ended. Sign in again; what was just typed is still there.")
    return make_response(_page(SignInForm(data={"kept": kept}), notice=notice), 401)


def _half(wanted: str = "", kept: str = "", notice: str = "") -> str:
    """The page of the step that is still to come, with what waits."""
    if g.half.missing is Missing.FACTOR:
        return start_page(g.half.account, wanted, kept, notice)
    return code_page(wanted, kept, notice)


def ask_for_owner(waiting: HeldPost) -> Answer:
    """The answer to a form that another account has opened in this browser: its words are for that
    account only, and wait for it."""
    return _page(SignInForm(data={"kept": waiting.seal()}), wrong=_others(), shows=False), 400


def _others() -> str:
    return _(
        "What was typed on this page belongs to another account. Sign in with that account to go on "
        "with it; nothing was saved."
    )


def _again(notice: str, *, changed: bool) -> Answer:
    """The sign-in page once more, with what waits; the password is typed again."""
    form = SignInForm(request.form)
    waiting = held(form.kept.data)
    if g.account is not None and waiting is not None:  # signed in meanwhile, on another page
        return _go_on(waiting)
    return _page(form, wrong=notice)


@pages.post("/dang-nhap")
@page(PUBLIC, form_bytes=SEALED, keeps=KeptWords({}, _again, secret=True))
def enter() -> Answer:
    """Check name and password."""
    form = SignInForm(request.form)
    login = (form.login.data or "").strip()[:200]
    if workspace().accounts.busy:  # before the try is counted: nothing was tried
        return _busy(form)
    tries = buckets(login, request.remote_addr or "", known_device(login))
    if seconds := register().wait(tries):
        words = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
        return _page(form, wrong=words.format(seconds=seconds)), 429
    try:
        account = workspace().accounts.sign_in(login, form.password.data or "")
    except PasswordsBusy:
        return _busy(form)
    if account is None:
        words = _(
            "The user name or password is not right. Check Caps Lock and the Vietnamese typing "
            "program, then try again. Forgotten password, or locked account: call the administrator at "
            "{office}."
        )
        return _page(form, wrong=words.format(office=workspace().root.name)), 403
    register().forget(tries)
    _renew_hash(account, form.password.data or "")
    waiting = held(form.kept.data)
    if waiting is not None and not waiting.belongs_to(account.login):
        return _page(form, wrong=_others(), shows=False), 403
    begin_session(account, waiting=bool(account.second_factor))
    return _after_first_step(account, form)


def _renew_hash(account: Account, password: str) -> None:
    """Store an old hash at today's cost. Where it cannot be stored, the next sign-in does it."""
    with suppress(StoreError, PasswordsBusy):
        workspace().accounts.renew_hash(account, password, at=workspace().clock())


def _busy(form: SignInForm) -> Response:
    """The page again, with the name as typed; what was typed before the session ended stays, too."""
    answer = make_response(_page(form, wrong=message(PasswordsBusy())), 503)
    answer.headers["Retry-After"] = "3"
    return answer


def _after_first_step(account: Account, form: SignInForm, *, by_link: bool = False) -> Answer:
    """Ask for the second step where there is one; else go where the user wanted."""
    if account.second_factor:
        return code_page(form.next.data or "", form.kept.data or "")
    if workspace().second_factors.required_for(account):
        return start_page(account, form.next.data or "", form.kept.data or "")
    return _signed_in(account, form, by_link=by_link)


def _signed_in(account: Account, form: SignInForm, *, by_link: bool) -> Answer:
    answer = make_response(_after_sign_in(account, form))
    if not by_link:
        remember_device(answer, account.login)
    return answer


def _code_again(notice: str, *, changed: bool) -> Answer:
    """The step that is to come once more, with what waits."""
    if g.half is None:
        return _again(notice, changed=changed)
    return _half(request.form.get("next", ""), request.form.get("kept", ""), notice)


@pages.get("/xac-thuc")
@page(HALF)
def second_step() -> Answer:
    """The code of the second factor; or the second factor itself, where it is still missing."""
    wanted = request.args.get("next", "")
    return redirect(own_path(wanted), 303) if g.half is None else _half(wanted)


@pages.post("/xac-thuc")
@page(HALF, form_bytes=SEALED, keeps=KeptWords({}, _code_again, secret=True))
def check_code() -> Answer:
    """Check the code, or a recovery code in its place."""
    form = SignInForm(request.form)
    wanted, kept = form.next.data or "", form.kept.data or ""
    if g.half is None or g.half.missing is not Missing.CODE:
        return redirect(own_path(wanted), 303)
    account: Account = g.half.account
    by_link = came_by_link()
    opens = new_session(account, by_link=by_link)
    if refused := wrong_code(account, form.code.data or "", opens):
        return code_page(wanted, kept, refused.words), refused.status
    return _signed_in(account, form, by_link=by_link)


@pages.post("/tiep-tuc")
@page(SIGNED_IN, form_bytes=SEALED, keeps=KeptWords({}, _again, secret=True))
def go_on() -> Answer:
    """On to the page that the user wanted, after a second factor was set up."""
    return _after_sign_in(me(), SignInForm(request.form))


def _after_sign_in(account: Account, form: SignInForm) -> Answer:
    """To the page that the user wanted, or to that whose form waits for the account."""
    g.account, g.half = account, None
    waiting = held(form.kept.data)
    return redirect(own_path(form.next.data), 303) if waiting is None else _go_on(waiting)


def _go_on(waiting: HeldPost) -> Answer:
    """The page whose form waited for the account, with everything that was typed in it. Nothing is saved
    before the user presses its button again."""
    if not waiting.belongs_to(me().login):
        return ask_for_owner(waiting)
    first = redirect(url_for("work.index"), 303)
    try:
        g.page_request = waiting.request()
    except HTTPException:  # a page that is no more
        return first
    keeps = kept_words()
    if keeps is None:
        return first
    notice = _("Not saved yet: what was typed before is still there; press the button again.")
    return show_again(keeps, notice, lambda: first, status=200)


@pages.get("/dang-nhap/<token>")
@page(PUBLIC)
def link(token: str) -> str:
    """A one-time link shows a button first: chat programs open links to preview them, and that
    must not use it up."""
    return render_template("link.html", token=token)


@pages.post("/dang-nhap/<token>")
@page(PUBLIC)
def use_link(token: str) -> Answer:
    """Use the link up and sign in."""
    form, accounts, at = SignInForm(), workspace().accounts, workspace().clock()
    try:
        account = accounts.link_account(token, at=at)
        with new_session(account, by_link=True, waiting=bool(account.second_factor)):
            accounts.open_link(token, at=at)
    except StoreFull as full:
        event("store", logging.ERROR, detail=str(full))
        return _page(form, wrong=_(LINK_FULL)), 503
    except LinkRefused as wrong:
        # Only wrong tokens are counted: a right one is let in, whatever others send from that address.
        address = f"link {request.remote_addr}"
        tries = (Bucket(address, free=60, first=5.0, longest=60.0, hourly=300),)
        if seconds := register().wait(tries):
            words = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
            return _page(form, wrong=words.format(seconds=seconds)), 429
        return _page(form, wrong=message(wrong)), 403
    if not account.password:
        flash(_("Choose a password, or go on and ask for a new link next time."))
        form.next.data = url_for("auth.account")
    return _after_first_step(account, form, by_link=True)


@pages.post("/dang-xuat")
@page(PUBLIC)
def sign_out() -> Response:
    """End the session; the browser forgets what it kept of the pages."""
    try:
        end_session()
        answer = redirect(url_for("auth.sign_in"), 303)
    except StoreError as wrong:
        answer = _signed_out_here(wrong)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _signed_out_here(wrong: StoreError) -> Response:
    """The sign-in page, which says that the session has ended in this browser only, and why."""
    event("store", logging.ERROR, detail=str(wrong))
    forget_session()
    words = (
        _("The server's disk is full, so you are signed out in this browser only.")
        if isinstance(wrong, StoreFull)
        else _("The server cannot end sessions now, so you are signed out in this browser only.")
    )
    rest = _(
        "A copy of its cookie stays valid for at most {hours} hours more: call the administrator if "
        "someone else may have one, and sign in and out again when the server works."
    ).format(hours=HOURS)
    return make_response(_page(SignInForm(), wrong=f"{words} {rest}"), 503)
