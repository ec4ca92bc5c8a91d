"""*Bản chốt*: frozen reviews: freeze one, look at it, take its files, see what has changed since."""

from __future__ import annotations

from threading import Lock
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from nqcore.analysis.editions.edition import Edition, EditionHead
from nqcore.collection.accounts.access import Action
from nqcore.errors import Conflict, NqError, UnknownName
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import UnitCount
from webforms.results import counts
from webforms.results.edition_changes import (
    cause_words,
    columns,
    figure_rows,
    sentence_rows,
)
from webforms.results.review_query import BOUNDARIES, choices, chosen, periods
from webforms.security.page_rules import QUERIED_UNIT, named_unit, page, this_unit
from webforms.shared.context import may, me, workspace
from webforms.shared.filters import message
from webforms.shared.language import _
from webforms.shared.posted import whole_number

pages = Blueprint("editions", __name__)

NOW = "nay"
"""In place of an edition in an address: the review as it is now."""
_FREEZING = Lock()
"""One review is frozen at a time: it takes a second or more of a thread that saves."""


@pages.get("/ban-chot")
@page(Action.REPORT, QUERIED_UNIT)
def listing() -> str:
    """The editions of a review, and those of the unit's other reviews."""
    asked, ws = chosen(this_unit()), workspace()
    own = ws.editions.of(asked.review())
    others = [head for head in ws.editions.list(unit=asked.unit.code) if head not in own]
    return render_template(
        "editions.html",
        asked=asked,
        editions=own,
        others=others,
        newest=own[0].number if own else 0,
        freezes=may(Action.DECIDE, asked.unit.code),
        directives=choices(),
        periods=periods(asked.directive),
        NOW=NOW,
    )


@pages.post("/ban-chot")
@page(Action.DECIDE, QUERIED_UNIT)
def freeze() -> AnyResponse:
    """Freeze the review as it is now. `so`: the number of its newest edition that the user saw."""
    seen = whole_number(request.form.get("so"), 8)
    if seen is None or not {"van-ban", "ky"} <= {*request.form}:
        abort(400)
    asked = chosen(this_unit())
    back = redirect(url_for("editions.listing", **asked.query), 303)
    if not _FREEZING.acquire(blocking=False):
        flash(_("Another review is being frozen just now. Press again in a moment."), "canh-bao")
        return back
    try:
        edition = workspace().editions.freeze(
            directive=asked.directive.id,
            period=asked.period,
            unit=asked.unit.code,
            boundaries=asked.boundaries or REPORTED,
            as_of=asked.as_of,
            by=me(),
            base=seen,
            outline=asked.outline,
        )
    except Conflict as wrong:
        flash(message(wrong), "canh-bao")
        return back
    finally:
        _FREEZING.release()
    flash(_("Frozen: nothing in this edition changes any more."))
    return redirect(url_for("editions.show", name=edition.id), 303)


def _edition(name: str) -> Edition:
    """The edition that the address names; 404 where there is none. An account for certain forms only sees
    figures on other pages, as with every review."""
    if me().forms:
        abort(403)
    try:
        return workspace().editions[name]
    except UnknownName:
        abort(404)


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
        formats=ws.reviews.formats(),
        again=ws.editions.recompute(id) if "tinh-lai" in request.args else None,
        review=_review_name(edition),
        listing=_listing(edition),
        NOW=NOW,
    )


def _same(one: EditionHead, other: EditionHead) -> bool:
    """Whether both are of the same review."""
    return one.address == other.address and one.id != other.id


def _source(edition: EditionHead, piece: Figure | UnitCount) -> str:
    """Where a figure is explained, as of the day of the edition."""
    return counts.address(piece, edition.as_of)


def _review_name(edition: EditionHead) -> str:
    """The name of the review in an address."""
    day = f"@{edition.boundaries}" if edition.boundaries != REPORTED else ""
    return f"{edition.span}_{edition.directive}_{edition.unit}{day}"


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
        wrong=None,
    )
