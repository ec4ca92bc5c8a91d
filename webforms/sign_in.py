"""Signing in and out, one-time links, and the page of the signed-in account."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

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
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.collection.accounts.passwords import PasswordsBusy
from nqcore.errors import InputError
from webforms.entry import fill
from webforms.security.page_rules import PUBLIC, SIGNED_IN, Answer, PageRule, page, report_or_404
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

pages = Blueprint("auth", __name__)


class SignInForm(Form):
    """Name and password; `kept` is a form that was typed before the session ended."""

    login = StringField()
    password = PasswordField()
    next = StringField()
    kept = StringField()


class PasswordForm(Form):
    """The old password and the new one."""

    old = PasswordField()
    new = PasswordField()


KEPT = 300_000
"""Characters of typed figures that the sign-in page carries along."""
_FILL = re.compile(r"/bao-cao/([^/?#]+)/nhap")


@pages.get("/dang-nhap")
@page(PUBLIC)
def sign_in() -> Response | str:
    """Name and password."""
    if g.account is not None:
        return redirect(own_path(request.args.get("next")), 303)
    return _page(SignInForm(data={"next": request.args.get("next", "")}))


def _page(form: SignInForm, *, wrong: str = "", notice: str = "") -> str:
    return render_template(
        "sign_in.html",
        form=form,
        wrong=wrong,
        notice=notice,
        demo_accounts=current_app.config["DEMO_ACCOUNTS"],
    )


def ask_to_sign_in(rule: PageRule) -> Response:
    """The answer to a request that needs an account and has none."""
    if request.method != "POST":
        wanted = request.full_path.rstrip("?")
        return redirect(url_for("auth.sign_in", next=wanted if wanted != "/" else None), 303)
    if rule.show_again is not None:
        return _carry_text()
    return redirect(url_for("auth.sign_in"), 303)


def _carry_text() -> Response:
    """The sign-in page that carries along what was typed while the session ended."""
    typed = urlencode([(name, value) for name, value in request.form.items(multi=True)])
    form = SignInForm(data={"next": request.path, "kept": typed if len(typed) <= KEPT else ""})
    notice = _("Your session has ended. Sign in again; the figures just typed are still there.")
    return make_response(_page(form, notice=notice), 401)


@pages.post("/dang-nhap")
@page(PUBLIC, form_bytes=fill.LONG)
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
    begin_session(account)
    answer = make_response(_after_sign_in(account, form))
    remember_device(answer, account.login)
    return answer


def _busy(form: SignInForm) -> Response:
    """The page again, with the name as typed; what was typed before the session ended stays, too."""
    answer = make_response(_page(form, wrong=message(PasswordsBusy())), 503)
    answer.headers["Retry-After"] = "3"
    return answer


def _after_sign_in(account: Account, form: SignInForm) -> Answer:
    """To the page that the user wanted; what was typed before the session ended is saved first."""
    g.account = account
    path = own_path(form.next.data)
    typing = _FILL.fullmatch(path)
    if typing and form.kept.data:
        posted = MultiDict(parse_qsl(form.kept.data, keep_blank_values=True))
        try:
            return fill.save_posted(report_or_404(typing[1], Action.ENTER), posted)
        except (HTTPException, InputError):
            flash(
                _("The figures typed before could not be saved. Open the report again."), "canh-bao"
            )
            return redirect(url_for("work.index"), 303)
    return redirect(path, 303)


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
