"""*Quản trị › Người dùng*: accounts by unit, their roles, one-time sign-in links, locking."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.errors import InputError
from nqcore.text.folding import fold
from webforms.entry.fields import PeopleForm, RightsForm
from webforms.shared.context import may, me, workspace
from webforms.shared.filters import message, unit_name
from webforms.shared.labels import ROLES
from webforms.shared.language import _

pages = Blueprint("people", __name__, url_prefix="/quan-tri/nguoi-dung")

Answer = Response | str | tuple[str, int]


@pages.get("")
def listing() -> str:
    """The accounts that one looks after, and a box to add more."""
    return _listing(PeopleForm(), "")


def _listing(form: PeopleForm, wrong: str) -> str:
    if not (may(Action.MANAGE) or may(Action.APPROVE)):
        abort(403)
    sought = request.args.get("tim", "").strip()[:100]
    seen = workspace().administration.visible_to(me())
    return render_template(
        "people.html",
        accounts=[one for one in seen if _holds(one, sought)],
        count=len(seen),
        locked=sum(one.locked for one in seen),
        sought=sought,
        form=form,
        wrong=wrong,
        manages=may(Action.MANAGE),
        forms=workspace().catalogue.forms.values(),
    )


def _holds(account: Account, sought: str) -> bool:
    """Whether every word sought stands in the login, the name or the unit, accents or not."""
    text = fold(f"{account.login} {account.name} {unit_name(account.unit)}")
    return all(word in text for word in fold(sought).split())


@pages.post("")
def add() -> Answer:
    """One account a line."""
    if not may(Action.MANAGE):
        abort(403)
    form = PeopleForm(request.form)
    try:
        roles, forms = _rights(form)
        added = workspace().administration.add(form.people.data or "", roles, forms, by=me())
    except InputError as wrong:
        return _listing(form, message(wrong)), 422
    flash(_("Accounts added: {count}. Make a one-time link for each.").format(count=len(added)))
    return redirect(url_for("people.listing"), 303)


def _rights(form: PeopleForm | RightsForm) -> tuple[list[Role], list[str]]:
    """The roles and forms that were ticked; what is none of ours was made up."""
    roles, forms = form.roles.data or [], form.forms.data or []
    if not {*roles} <= {role.value for role in Role} or not (
        {*forms} <= {*workspace().catalogue.forms}
    ):
        abort(400)
    return [Role(role) for role in roles], forms


def _other(login: str) -> Account:
    """The account of that login, 404 unless one looks after it."""
    found = workspace().accounts.get(login)
    if found is None or not me().may_make_link_for(found, workspace().units):
        abort(404)
    return found


@pages.get("/<login>")
def show(login: str) -> str:
    """One account; right after a link was made also the link, once."""
    return _show(_other(login), "")


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
        wrong=wrong,
        manages=may(Action.MANAGE, other.unit),
        forms=workspace().catalogue.forms.values(),
    )


@pages.post("/<login>/lien-ket")
def link(login: str) -> Response:
    """A one-time link, shown on the page that follows."""
    other = _other(login)
    made = workspace().administration.link(other.login, by=me())
    address = url_for("auth.link", token=made.token, _external=True)
    session["link"] = {"login": login, "address": address, "until": made.expires.isoformat()}
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/vai-tro")
def assign(login: str) -> Answer:
    """Other roles and forms."""
    other = _managed(login)
    try:
        roles, forms = _rights(RightsForm(request.form))
        workspace().administration.assign(login, roles, forms, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    words = ", ".join(_(ROLES[role]) for role in sorted(roles))
    flash(_("{name} now: {roles}.").format(name=other.name, roles=words))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/khoa")
def lock(login: str) -> Answer:
    """Lock it; nothing is ever deleted."""
    other = _managed(login)
    try:
        workspace().administration.lock(login, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    flash(_("The account {login} is locked. What it did stays.").format(login=login))
    return redirect(url_for("people.show", login=login), 303)


@pages.post("/<login>/mo-khoa")
def unlock(login: str) -> Answer:
    """Let it in again."""
    other = _managed(login)
    try:
        workspace().administration.unlock(login, by=me())
    except InputError as wrong:
        return _show(other, message(wrong)), 422
    flash(_("The account {login} can sign in again.").format(login=login))
    return redirect(url_for("people.show", login=login), 303)


def _managed(login: str) -> Account:
    """The account, 403 for somebody who may only make links for it."""
    other = _other(login)
    if not may(Action.MANAGE, other.unit):
        abort(403)
    return other
