"""*Trợ giúp*, for everybody."""

from __future__ import annotations

from flask import Blueprint, render_template

from webforms.context import public

pages = Blueprint("help", __name__)


@pages.get("/tro-giup")
@public
def index() -> str:
    """One page."""
    return render_template("help.html")
