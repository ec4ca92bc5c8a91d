"""*Soạn báo cáo*: the A4 page itself, block by block. Here it is shown; `builder_steps` changes it."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from nqcore.collection.accounts.access import Action
from webforms.results.builder_form import asked_form
from webforms.results.builder_page import BuilderState, builder_page, offered
from webforms.results.review_query import named, unit_in_name
from webforms.security.page_rules import named_unit, page, this_unit
from webforms.shared.context import me, person, workspace
from webforms.shared.language import _
from webforms.shared.posted import this_request, whole_number

pages = Blueprint("builder", __name__)

REVIEW_UNIT = named_unit(
    "unit of the review", lambda: unit_in_name(this_request().arguments["name"])
)
"""The unit that the review's name in the address names."""


@pages.get("/soan-bao-cao/<name>")
@page(Action.DECIDE, REVIEW_UNIT, heavy=True)
def show(name: str) -> str:
    """The page; with ``sua`` or ``them`` the form of that block is open."""
    asked = named(name, this_unit())
    review = asked.review()
    shown = workspace().drafting.shown(review)
    form = asked_form(this_request().query, shown, review)
    return builder_page(BuilderState(asked=asked, review=review, shown=shown, form=form))


@pages.get("/soan-bao-cao/<name>/so-lieu")
@page(Action.DECIDE, REVIEW_UNIT)
def figures(name: str) -> Response:
    """Figures to put into the words, for the script of the page."""
    asked, given = named(name, this_unit()), request.args
    found = offered(
        asked.review(), given.get("tim", ""), given.get("ky_so", ""), given.get("dv_so", "")
    )
    return jsonify([[*one] for one in found])


@pages.get("/soan-bao-cao/<name>/moi")
@page(Action.DECIDE, REVIEW_UNIT)
def changes(name: str) -> Response:
    """Who else has changed the text since the record that the page was made of (``tu``)."""
    asked = named(name, this_unit())
    after = whole_number(request.args.get("tu")) or 0
    steps = workspace().drafting.history(asked.review(), after=after)
    others = list(dict.fromkeys(step.by for step in steps if step.by != me().login))
    words = ""
    if others:
        template = _("{who} has just changed this text.")
        words = template.format(who=", ".join(map(person, others)))
    return jsonify({"loi": words})
