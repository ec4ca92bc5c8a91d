"""*Quản trị › Người dùng*, accounts and one-time links for many units at once, printed as slips."""

from __future__ import annotations

from typing import NamedTuple

from flask import render_template, request, url_for
from markupsafe import Markup

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.sign_in_links import SignInLink
from nqcore.errors import InputError, UnknownName
from webforms.admin.people import pages as pages
from webforms.security.page_rules import Answer, page
from webforms.shared.context import me, workspace
from webforms.shared.filters import message
from webforms.shared.staff_address import staff_address, staff_origin

SLIPS_BYTES = 200_000
"""Bytes of a form that names some thousands of units."""


class Slip(NamedTuple):
    """A slip of paper for one account: its link as an address, and as a square code where others than this
    machine can open it."""

    account: Account
    link: SignInLink
    address: str
    code: Markup


@pages.get("/don-vi/phieu")
@page(Action.MANAGE)
def choose_slips() -> str:
    """Which units get an account, and which accounts a link."""
    return _choose("")


def _choose(wrong: str) -> str:
    ws = workspace()
    seen = ws.administration.visible_to(me())
    return render_template(
        "slips_choose.html",
        units=ws.administration.without_account(by=me(), on=ws.today),
        accounts=[one for one in seen if not one.locked and one.login != me().login],
        ticks_units=request.args.get("chon", "don-vi") == "don-vi",
        ticks_accounts=request.args.get("chon") == "tai-khoan",
        wrong=wrong,
        reached=staff_origin(),
    )


@pages.post("/don-vi/phieu")
@page(Action.MANAGE, form_bytes=SLIPS_BYTES)
def make_slips() -> Answer:
    """Make the accounts and a link for each, and show the slips: only now, the links are stored nowhere."""
    people = workspace().administration
    units, logins = request.form.getlist("don_vi"), request.form.getlist("tai_khoan")
    try:
        added = people.add_for_units(units, by=me()) if units else ()
        links = people.links([*logins, *(one.login for one in added)], by=me())
    except (InputError, UnknownName) as wrong:
        return _choose(message(wrong)), 422
    return render_template(
        "slips.html",
        slips=[_slip(link) for link in links],
        added=len(added),
        reached=staff_origin(),
    )


def _slip(link: SignInLink) -> Slip:
    import segno  # only this page and that of the second factor draw

    address = staff_address(url_for("auth.link", token=link.token))
    if not staff_origin():
        return Slip(workspace().accounts[link.login], link, address, Markup())
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2)
    # Made of numbers by the library; the address is not in it as text.
    return Slip(workspace().accounts[link.login], link, address, Markup(drawn))
