"""*Trợ giúp*: public pages."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template

from webforms.guides import GUIDES, PICTURE
from webforms.security.page_rules import PUBLIC, page
from webforms.shared.context import workspace

pages = Blueprint("help", __name__)


@pages.get("/tro-giup")
@page(PUBLIC)
def index() -> str:
    """Questions and answers, and the guide of each role; a signed-in user also sees whom to call."""
    account = g.account
    helpers = () if account is None else workspace().administration.administrators_for(account.unit)
    return render_template("help.html", helpers=helpers, guides=GUIDES)


@pages.get("/tro-giup/<slug>")
@page(PUBLIC)
def guide(slug: str) -> str:
    """What one role does, step by step with pictures, on one sheet."""
    found = next((one for one in GUIDES if one.slug == slug), None)
    if found is None:
        abort(404)
    return render_template("guide.html", guide=found, picture=PICTURE)
