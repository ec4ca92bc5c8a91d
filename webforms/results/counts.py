"""`/ton-tai/so`: a counted number of a sentence ("5 trong 28"): which units, and what each reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from nqcore.analysis.provenance.explain_counts import ReadValue, read_count_id
from nqcore.analysis.report.sentences import text_of
from nqcore.collection.accounts.access import Action
from nqcore.errors import UnknownName
from nqcore.model.cells import Cell
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Sentence, UnitCount
from nqcore.text.numbers import write_figure
from webforms.results.figures import address as figure_address
from webforms.results.review_query import AS_OF, as_of
from webforms.security.page_rules import named_unit, page
from webforms.shared.context import workspace
from webforms.shared.language import _

pages = Blueprint("counts", __name__)


def _unit_of_count() -> str:
    """The unit that the count's id names."""
    return read_count_id(request.args.get("ma", ""))[2]


@pages.get("/ton-tai/so")
@page(Action.REPORT, named_unit("unit of the count", _unit_of_count), heavy=True)
def explain() -> str:
    """Every unit that the number speaks of, those that are counted first."""
    ws, day = workspace(), as_of()
    try:
        explanation = ws.reviews.explain_count(request.args.get("ma", ""), as_of=day)
    except UnknownName:
        abort(404)
    return render_template(
        "count.html",
        explanation=explanation,
        text=text_of(explanation.counted),
        pieces=pieces(explanation.finding.sentence),
        units=sorted(explanation.units, key=lambda one: not one.counted),
        address=address,
        indicators=ws.catalogue.indicators,
        written=_written,
        as_of=day,
    )


def address(piece: Figure | UnitCount, day: date | None = None) -> str:
    """Where a figure or a count is explained, as of `day` (default: the day of this page)."""
    if isinstance(piece, UnitCount):
        query: dict[str, Any] = {"ma": piece.id, AS_OF: day or as_of()}
        return url_for("counts.explain", **query)
    return figure_address(piece, day)


def pieces(sentence: Sentence) -> list[tuple[str, str]]:
    """The sentence as (text, address): figures and counts lead to where they come from."""
    found = []
    for piece in sentence:
        href = ""
        if isinstance(piece, FigureRef):
            href = address(piece.figure)
        elif isinstance(piece, UnitCount) and piece.id:
            href = address(piece)
        found.append((text_of(piece), href))
    return found


def _written(read: ReadValue) -> str:
    if isinstance(read.value, Cell):
        return "–" if read.value.value is None else write_figure(read.value.value)
    return "; ".join(read.lines(_)) or "–"
