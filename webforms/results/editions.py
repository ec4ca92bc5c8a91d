"""*Bản chốt*: frozen reviews: freeze one, look at it, take its files, see what has changed since."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from nqcore.analysis.editions.edition import Edition, EditionHead
from nqcore.collection.accounts.access import Action
from nqcore.errors import Conflict, NqError, UnknownName
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import UnitCount
from nqcore.model.forms import Form
from webforms.results import counts
from webforms.results.edition_changes import (
    cause_words,
    columns,
    figure_rows,
    sentence_rows,
    unit_changes,
)
from webforms.results.file_formats import file_names, offered_formats
from webforms.results.review_query import BOUNDARIES, chosen, name_of
from webforms.security.page_rules import QUERIED_UNIT, named_unit, page, this_unit
from webforms.shared.context import may, me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.posted import whole_number

pages = Blueprint("editions", __name__)

NOW = "nay"
"""In place of an edition in an address: the review as it is now."""


@pages.get("/ban-chot")
@page(Action.REPORT, QUERIED_UNIT)
def listing() -> str:
    """The editions of a review, and those of the unit's other reviews."""
    asked, ws = chosen(this_unit()), workspace()
    own = ws.editions.of(asked.review())
    every = filter(_readable, ws.editions.list(unit=asked.unit.code))
    others = [head for head in every if head not in own]
    return render_template(
        "editions.html",
        asked=asked,
        editions=own,
        others=others,
        newest=own[0].number if own else 0,
        freezes=may(Action.DECIDE, asked.unit.code),
        directives=ws.reviews.directives(),
        periods=asked.periods,
        NOW=NOW,
    )


@pages.post("/ban-chot")
@page(Action.DECIDE, QUERIED_UNIT, heavy=True)
def freeze() -> AnyResponse:
    """Freeze the review as it is now. `so`: the number of its newest edition that the user saw."""
    seen = whole_number(request.form.get("so"), 8)
    if seen is None or not {"van-ban", "ky"} <= {*request.form}:
        abort(400)
    asked = chosen(this_unit())
    back = redirect(url_for("editions.listing", **asked.query), 303)
    try:
        edition = workspace().editions.freeze(
            by=me(),
            base=seen,
            **asked.keywords,
        )
    except Conflict as wrong:
        flash(message(wrong), "canh-bao")
        return back
    flash(_("Frozen: nothing in this edition changes any more."))
    return redirect(url_for("editions.show", name=edition.id), 303)


def _edition(name: str) -> Edition:
    """The edition that the address names; 404 where there is none. An account for certain forms sees those
    in which nothing but these forms speaks, as with every review."""
    try:
        found = workspace().editions[name]
    except UnknownName:
        abort(404)
    me().require_forms(_forms_of(found))
    return found


def _forms_of(edition: EditionHead) -> tuple[Form, ...]:
    """The forms that speak in an edition; only asked where the account has limits."""
    if not me().forms:
        return ()
    return workspace().reviews.forms(edition.directive)


def _readable(edition: EditionHead) -> bool:
    return all(me().handles(form.id) for form in _forms_of(edition))


def _unit_in_address() -> str:
    """The unit of the edition that the address names; "?", which is no unit's, where there is none."""
    name: str = (request.view_args or {})["name"]
    try:
        return workspace().editions[name.partition(".")[0]].unit
    except UnknownName:
        return "?"


OF_EDITION = named_unit("unit of the edition", _unit_in_address)


@pages.get("/ban-chot/<name>")
@page(Action.REPORT, OF_EDITION, heavy=True)
def show(name: str) -> Response | str:
    """The edition as it was stored; with a format's ending behind its id, the file. With `tinh-lai` it is
    computed again, and the page says whether it is the same."""
    id, dot, ending = name.partition(".")
    edition = _edition(id)
    if dot:
        return _file(edition, f".{ending}")
    ws = workspace()
    editions = [h for h in ws.editions.list(edition.directive, edition.unit) if _same(h, edition)]
    return render_template(
        "edition.html",
        edition=edition,
        editions=editions,
        page=ws.editions.as_html(id, lambda piece: _source(edition, piece)),
        formats=offered_formats(),
        file_names=file_names(),
        unfit=ws.reviews.layout_remarks(edition.report),
        again=ws.editions.recompute(id) if "tinh-lai" in request.args else None,
        review=name_of(edition.address),
        listing=_listing(edition),
        NOW=NOW,
    )


def _same(one: EditionHead, other: EditionHead) -> bool:
    """Whether both are of the same review."""
    return one.address == other.address and one.id != other.id


def _source(edition: EditionHead, piece: Figure | UnitCount) -> str:
    """Where a figure is explained, as of the day of the edition."""
    return counts.address(piece, edition.as_of)


def _listing(edition: EditionHead) -> str:
    """The page with the editions of its review, where the next one is frozen."""
    day = edition.boundaries if edition.boundaries != REPORTED else None
    asked: dict[str, Any] = {"van-ban": edition.directive, "ky": edition.span}
    asked |= {"don-vi": edition.unit, BOUNDARIES: day}
    return url_for("editions.listing", **asked)


def _file(edition: Edition, suffix: str) -> Response:
    ws = workspace()
    wanted = request.args.get("mau")
    format = next(
        (
            one
            for one in ws.reviews.formats()
            if (wanted or one.name) == one.name and one.suffix == suffix
        ),
        None,
    )
    if format is None:
        abort(404)
    document = ws.editions.write(edition.id, format.name)
    title = f"bao-cao-{edition.span.replace('..', '-')}-{edition.unit}-ban-chot-{edition.number}{suffix}"
    return Response(
        document.data,
        content_type=document.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(title)}"},
    )


@pages.get("/ban-chot/<name>/so-voi/<other>")
@page(Action.REPORT, OF_EDITION, heavy=True)
def changes(name: str, other: str) -> str:
    """What changed from one edition to another, or to now: figures with causes that add up, sentences."""
    edition = _edition(name)
    after = None if other == NOW else _edition(other)
    if after is not None and after.address != edition.address:
        abort(404)
    about = {"edition": edition, "after": after, "listing": _listing(edition)}
    try:
        diff = workspace().editions.diff(edition.id, after.id if after else None)
    except NqError as wrong:
        return render_template("edition_changes.html", **about, wrong=wrong)
    shown = columns(diff)
    return render_template(
        "edition_changes.html",
        **about,
        freezes=after is None and may(Action.DECIDE, edition.unit),
        diff=diff,
        columns=[cause_words(causes) for causes in shown],
        figures=figure_rows(diff, shown),
        sentences=sentence_rows(diff),
        unit_changes=unit_changes(diff),
        wrong=None,
    )
