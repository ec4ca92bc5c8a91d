"""Signing in and out, one-time links, and the page of the signed-in account."""

from __future__ import annotations

from flask import (
    Blueprint,
    abort,
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

from nqcore.collection.accounts.access import Action, Role
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.collection.accounts.passwords import PasswordsBusy
from nqcore.errors import InputError
from webforms.security.held_words import SEALED, HeldPost, held, hold
from webforms.security.page_rules import (
    PUBLIC,
    SIGNED_IN,
    Answer,
    KeptWords,
    PageRule,
    page,
)
from webforms.security.sessions import (
    begin_session,
    came_by_link,
    end_session,
    known_device,
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

SIGN_IN = "auth.enter"
"""The endpoint of the form with the password."""


class SignInForm(Form):
    """Name and password; `kept` is the sealed form that was typed before the session ended."""

    login = StringField()
    password = PasswordField()
    next = StringField()
    kept = StringField()


class PasswordForm(Form):
    """The old password and the new one."""

    old = PasswordField()
    new = PasswordField()


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
        return redirect(url_for("auth.sign_in", next=wanted if wanted != "/" else None), 303)
    if rule.keeps is None:
        return redirect(url_for("auth.sign_in"), 303)
    notice = _("Your session has ended. Sign in again; what was just typed is still there.")
    return make_response(_page(SignInForm(data={"kept": hold().seal()}), notice=notice), 401)


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
@page(PUBLIC, form_bytes=SEALED, keeps=KeptWords({}, _again))
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
            "program, then try again. Forgotten password: call the administrator at {office}."
        )
        return _page(form, wrong=words.format(office=workspace().root.name)), 403
    register().forget(tries)
    waiting = held(form.kept.data)
    if waiting is not None and not waiting.belongs_to(account.login):
        return _page(form, wrong=_others(), shows=False), 403
    begin_session(account)
    g.account = account
    answer = make_response(
        redirect(own_path(form.next.data), 303) if waiting is None else _go_on(waiting)
    )
    remember_device(answer, account.login)
    return answer


def _busy(form: SignInForm) -> Response:
    """The page again, with the name as typed; what was typed before the session ended stays, too."""
    answer = make_response(_page(form, wrong=message(PasswordsBusy())), 503)
    answer.headers["Retry-After"] = "3"
    return answer


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
    tries = (Bucket(f"link {request.remote_addr}", free=60, first=5.0, longest=60.0, hourly=300),)
    if seconds := register().wait(tries):
        words = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
        return _page(SignInForm(), wrong=words.format(seconds=seconds)), 429
    try:
        account = workspace().accounts.open_link(token, at=workspace().clock())
    except LinkRefused as wrong:
        return _page(SignInForm(), wrong=message(wrong)), 403
    register().forget(tries)
    begin_session(account, by_link=True)
    if not account.password:
        flash(_("Choose a password, or go on and ask for a new link next time."))
        return redirect(url_for("auth.account"), 303)
    return redirect(url_for("work.index"), 303)


@pages.post("/dang-xuat")
@page(PUBLIC)
def sign_out() -> Response:
    """End the session."""
    end_session()
    return redirect(url_for("auth.sign_in"), 303)


@pages.get("/tai-khoan")
@page(SIGNED_IN)
def account() -> str:
    """The page of the signed-in account."""
    return _account("")


def _account(wrong: str) -> str:
    ws, unit = workspace(), me().unit
    return render_template(
        "account.html",
        wrong=wrong,
        by_link=came_by_link(),
        leads=Role.LEAD in me().roles,
        leader_step=any(
            ws.submissions.goes_through_leader(unit, form) for form in ws.catalogue.forms.values()
        ),
    )


@pages.post("/tai-khoan/trinh-lanh-dao")
@page((Action.MANAGE, Action.ENTER))  # of those who enter, only the leader: nqcore checks that
def leader_step() -> Response:
    """The unit's leader switches on or off that its reports go through the leader."""
    workspace().submissions.require_leader(me().unit, request.form.get("bat") == "1", by=me())
    flash(_("Changed. It holds from the next report that is sent."))
    return redirect(url_for("auth.account"), 303)


@pages.post("/tai-khoan")
@page(SIGNED_IN)
def change_password() -> Answer:
    """A new password; all other sessions of the account end."""
    form, login, tried = PasswordForm(request.form), me().login, register()
    # A one-time link has already proved who the user is, and the user may not know an old password.
    known = came_by_link()
    if not known and not me().password:
        abort(403)
    # Only a signed-in session can use these tries up, so no other user can shut the owner out.
    tries = (Bucket(f"change {login}"),)
    if not known and (seconds := tried.wait(tries)):
        words = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
        return _account(words.format(seconds=seconds)), 429
    people = workspace().accounts
    if not known and people.sign_in(login, form.old.data or "") is None:
        wrong = _("The present password is not right. Type it again.")
        return _account(wrong), 403
    if not known:
        tried.forget(tries)
    try:
        changed = people.set_password(login, form.new.data or "", by=login, at=workspace().clock())
    except InputError as error:
        return _account(message(error)), 422
    begin_session(changed)
    flash(_("The password was changed. All other sessions of this account have ended."))
    return redirect(url_for("auth.account"), 303)
