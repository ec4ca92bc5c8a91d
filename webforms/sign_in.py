"""Signing in and out: name and password or a one-time link, then the second step where there is one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

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
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.errors import InputError
from webforms.entry import fill
from webforms.second_factor import code_page, start_page, wrong_code
from webforms.security.page_rules import (
    HALF,
    PUBLIC,
    SIGNED_IN,
    Answer,
    PageRule,
    page,
    report_or_404,
)
from webforms.security.sessions import (
    Missing,
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
    """Name and password, then the code of the second factor; `kept` is a form that was typed before the
    session ended."""

    login = StringField()
    password = PasswordField()
    code = StringField()
    next = StringField()
    kept = StringField()


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
        step = "auth.sign_in" if g.half is None else "auth.second_step"
        return redirect(url_for(step, next=wanted if wanted != "/" else None), 303)
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
    tries = buckets(login, request.remote_addr or "", known_device(login))
    if seconds := register().wait(tries):
        words = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
        return _page(form, wrong=words.format(seconds=seconds)), 429
    account = workspace().accounts.sign_in(login, form.password.data or "")
    if account is None:
        words = _(
            "The user name or password is not right. Check Caps Lock and the Vietnamese typing "
            "program, then try again. Forgotten password: call the administrator at {office}."
        )
        return _page(form, wrong=words.format(office=workspace().root.name)), 403
    register().forget(tries)
    return _first_step_done(account, form)


def _first_step_done(account: Account, form: SignInForm, *, by_link: bool = False) -> Answer:
    """Ask for the second step where there is one; else sign in and go where the user wanted."""
    begin_session(account, by_link=by_link, waiting=bool(account.second_factor))
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


@pages.get("/xac-thuc")
@page(HALF)
def second_step() -> Answer:
    """The code of the second factor; or the second factor itself, where it is still missing."""
    wanted = request.args.get("next", "")
    if g.half is None:
        return redirect(own_path(wanted), 303)
    if g.half.missing is Missing.FACTOR:
        return start_page(g.half.account, wanted)
    return code_page(wanted)


@pages.post("/xac-thuc")
@page(HALF, form_bytes=fill.LONG)
def check_code() -> Answer:
    """Check the code, or a recovery code in its place."""
    form = SignInForm(request.form)
    wanted, kept = form.next.data or "", form.kept.data or ""
    if g.half is None or g.half.missing is not Missing.CODE:
        return redirect(own_path(wanted), 303)
    account: Account = g.half.account
    if refused := wrong_code(account, form.code.data or ""):
        return code_page(wanted, kept, refused.words), refused.status
    by_link = came_by_link()
    begin_session(account, by_link=by_link)
    return _signed_in(account, form, by_link=by_link)


@pages.post("/tiep-tuc")
@page(SIGNED_IN, form_bytes=fill.LONG)
def go_on() -> Answer:
    """On to the page that the user wanted, after a second factor was set up."""
    return _after_sign_in(me(), SignInForm(request.form))


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
    form = SignInForm()
    try:
        account = workspace().accounts.open_link(token, at=workspace().clock())
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
    return _first_step_done(account, form, by_link=True)


@pages.post("/dang-xuat")
@page(PUBLIC)
def sign_out() -> Response:
    """End the session; the browser forgets what it kept of the pages."""
    end_session()
    answer = redirect(url_for("auth.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
