"""*Quản trị › Người dùng*: accounts by unit, their roles, one-time sign-in links, locking."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response
from wtforms import Form, SelectMultipleField, TextAreaField

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.errors import N_, InputError
from nqcore.text.folding import fold
from webforms.security.page_rules import Answer, KeptWords, PageScope, page, require
from webforms.shared.context import forms, may, me, workspace
from webforms.shared.filters import message, unit_name
from webforms.shared.labels import ROLES
from webforms.shared.language import _
from webforms.shared.paging import paged, sought
from webforms.shared.posted import this_request
from webforms.shared.staff_address import staff_address

pages = Blueprint("people", __name__, url_prefix="/quan-tri/nguoi-dung")


class RightsForm(Form):
    """The roles of an account and the forms it has to do with; the words are the page's."""

    roles = SelectMultipleField(validate_choice=False, choices=[])
    forms = SelectMultipleField(validate_choice=False, choices=[])


class PeopleForm(RightsForm):
    """A list of people, one a line."""

    people = TextAreaField()


@pages.get("")
@page((Action.MANAGE, Action.APPROVE))
def listing() -> str:
    """The accounts that the signed-in account administers, and a box to add more."""
    return _listing(PeopleForm(), "")


def _listing(form: PeopleForm, wrong: str) -> str:
    wanted = sought()
    seen = workspace().administration.visible_to(me())
    return render_template(
        "people.html",
        accounts=paged([one for one in seen if _holds(one, wanted)]),
        count=len(seen),
        locked=sum(one.locked for one in seen),
        sought=wanted,
        form=form,
        wrong=wrong,
        manages=may(Action.MANAGE),
        forms=forms(),
    )


def _holds(account: Account, wanted: str) -> bool:
    """Whether the login, the name or the unit has every word that is searched for, accents or not."""
    text = fold(f"{account.login} {account.name} {unit_name(account.unit)}")
    return all(word in text for word in fold(wanted).split())


def _again(notice: str, *, changed: bool) -> str:
    """The page with the list of people that was typed."""
    return _listing(PeopleForm(this_request().form), notice)


@pages.post("")
@page(Action.MANAGE, keeps=KeptWords({"people": N_("People, one a line")}, _again))
def add() -> Answer:
    """One account a line."""
    form = PeopleForm(request.form)
    roles, chosen = _rights(form)
    added = workspace().administration.add(form.people.data or "", roles, chosen, by=me())
    flash(_("Accounts added: {count}. Make a one-time link for each.").format(count=len(added)))
    return redirect(url_for("people.listing"), 303)


def _rights(form: PeopleForm | RightsForm) -> tuple[list[Role], list[str]]:
    """The roles and forms that were ticked; values that the page does not offer are refused."""
    roles, chosen = form.roles.data or [], form.forms.data or []
    if not {*roles} <= {role.value for role in Role} or not (
        {*chosen} <= {*workspace().catalogue.forms}
    ):
        abort(400)
    return [Role(role) for role in roles], chosen


def _account(actions: tuple[Action, ...]) -> None:
    """404 unless the signed-in account administers the one that the address names; 403 unless it may
    do one of the actions for that one's unit."""
    found = workspace().accounts.get(this_request().arguments["login"])
    if found is None or not me().may_make_link_for(found, workspace().units):
        abort(404)
    require(*actions, unit=found.unit)
    g.other = found


ACCOUNT = PageScope("account in address", _account)


def _other() -> Account:
    """The account that the address names, already checked."""
    found: Account = g.other
    return found


@pages.get("/<login>")
@page((Action.MANAGE, Action.APPROVE), ACCOUNT)
def show(login: str) -> str:
    """One account; right after a link was made also the link, once."""
    return _show(_other(), "")


def _show(other: Account, wrong: str) -> str:
    made = session.get("link")
    link = made if isinstance(made, dict) and made.get("login") == other.login else None
    if link is not None:
        session.pop("link")
    return render_template(
        "person.html",
        other=other,
        form=RightsForm(data={"roles": [*other.roles], "forms": [*other.forms]}),
        link=link,
        links=workspace().administration.open_links(other.login, by=me()),
        wrong=wrong,
        manages=me().may_manage(other, workspace().units),
        forms=forms(),
    )


@pages.post("/<login>/lien-ket")
@page((Action.MANAGE, Action.APPROVE), ACCOUNT)
def link(login: str) -> Response:
    """A one-time link, shown on the page that follows."""
    other = _other()
    made = workspace().administration.link(other.login, by=me())
    address = staff_address(url_for("auth.link", token=made.token))
    session["link"] = {"login": login, "address": address, "until": made.expires.isoformat()}
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/thu-hoi-lien-ket")
@page((Action.MANAGE, Action.APPROVE), ACCOUNT)
def withdraw_link(login: str) -> Response:
    """End the link before it is used."""
    if workspace().administration.withdraw_link(_other().login, by=me()):
        flash(_("The link was withdrawn. It opens nothing any more."))
    else:
        flash(_("There was no open link any more."))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/vai-tro")
@page(Action.MANAGE, ACCOUNT)
def assign(login: str) -> Answer:
    """Other roles and forms."""
    other = _other()
    try:
        roles, chosen = _rights(RightsForm(request.form))
        workspace().administration.assign(login, roles, chosen, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    words = ", ".join(_(ROLES[role]) for role in sorted(roles))
    flash(_("{name} now: {roles}.").format(name=other.name, roles=words))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/khoa")
@page(Action.MANAGE, ACCOUNT)
def lock(login: str) -> Answer:
    """Lock it; nothing is ever deleted."""
    other = _other()
    try:
        workspace().administration.lock(login, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    flash(_("The account {login} is locked. What it did stays.").format(login=login))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/mo-khoa")
@page(Action.MANAGE, ACCOUNT)
def unlock(login: str) -> Answer:
    """Let it in again."""
    other = _other()
    try:
        workspace().administration.unlock(login, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    flash(_("The account {login} can sign in again.").format(login=login))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/dang-xuat")
@page(Action.MANAGE, ACCOUNT)
def end_sessions(login: str) -> Answer:
    """End all its sessions."""
    other = _other()
    try:
        workspace().administration.end_sessions(login, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    flash(_("The account {login} is signed out everywhere.").format(login=login))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/bo-hai-buoc")
@page(Action.MANAGE, ACCOUNT)
def reset_factor(login: str) -> Answer:
    """Take its second factor off."""
    other = _other()
    try:
        workspace().administration.reset_second_factor(login, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    flash(_("The second step of {login} is off.").format(login=login))
    return redirect(url_for("people.show", login=login), 303)
