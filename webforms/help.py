"""*Trợ giúp*: a public page."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from webforms.security.page_rules import PUBLIC, page
from webforms.shared.context import workspace

pages = Blueprint("help", __name__)


@pages.get("/tro-giup")
@page(PUBLIC)
def index() -> str:
    """One page; a signed-in user also sees whom to call."""
    account = g.account
    helpers = () if account is None else workspace().administration.administrators_for(account.unit)
    return render_template("help.html", helpers=helpers)
