"""The page of the signed-in account: its password, its sessions, the leader's step of its unit."""

from __future__ import annotations

from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField

from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import Action, Role
from nqcore.errors import InputError
from nqcore.text.dates import write_date
from webforms.admin.start import is_new
from webforms.second_factor import wrong_password
from webforms.security.page_rules import ALL_FORMS, SIGNED_IN, Answer, page
from webforms.security.sessions import (
    came_by_link,
    end_other_sessions,
    new_session,
    own_sessions,
    this_session,
)
from webforms.shared.context import may_for_all_forms, me, workspace
from webforms.shared.filters import clock_time, message
from webforms.shared.language import _
from webforms.sign_in import pages as pages


class PasswordForm(Form):
    """The old password and the new one."""

    old = PasswordField()
    new = PasswordField()


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
        needs_factor=ws.second_factors.required_for(me()),
        sessions=[
            (one, one == this_session(), moment(one.since), moment(one.used))
            for one in own_sessions(me())
        ],
        leads=Role.LEAD in me().roles and not me().forms,
        leader_step=any(
            ws.submissions.goes_through_leader(unit, form) for form in ws.catalogue.forms.values()
        ),
    )


@pages.post("/tai-khoan/trinh-lanh-dao")
@page(
    (Action.MANAGE, Action.ENTER), ALL_FORMS
)  # of those who enter, only the leader: nqcore checks that
def leader_step() -> Response:
    """The unit's leader switches on or off that its reports go through the leader."""
    workspace().submissions.require_leader(me().unit, request.form.get("bat") == "1", by=me())
    flash(_("Changed. It holds from the next report that is sent."))
    return redirect(url_for("auth.account"), 303)


@pages.post("/tai-khoan")
@page(SIGNED_IN)
def change_password() -> Answer:
    """A new password; all other sessions of the account end."""
    form, login = PasswordForm(request.form), me().login
    if not came_by_link() and not me().password:
        abort(403)
    if refused := wrong_password(me(), form.old.data or ""):
        return _account(refused.words), refused.status
    people = workspace().accounts
    try:
        with new_session(me(), ends_all=True):
            people.set_password(login, form.new.data or "", by=login, at=workspace().clock())
    except InputError as error:
        return _account(message(error)), 422
    flash(_("The password was changed. All other sessions of this account have ended."))
    here = (
        "start.show"
        if may_for_all_forms(Action.MANAGE, workspace().settings.root) and is_new()
        else "auth.account"
    )
    return redirect(url_for(here), 303)


@pages.post("/tai-khoan/phien")
@page(SIGNED_IN)
def end_sessions() -> Answer:
    """End the account's sessions in other browsers: one of them, or all."""
    if refused := wrong_password(me(), request.form.get("old", "")):
        return _account(refused.words), refused.status
    chosen = request.form.get("phien", "")
    count = end_other_sessions(me(), None if chosen == "khac" else chosen)
    flash(_("Signed out in other browsers: {count}.").format(count=count))
    return redirect(url_for("auth.account"), 303)


def moment(seconds: float) -> str:
    """A moment of the register of sessions for a cell of a table: "17:49, 29/11/2026"."""
    at = datetime.fromtimestamp(seconds, VIET_NAM)
    return f"{clock_time(at)}, {write_date(at)}"
