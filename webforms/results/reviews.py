"""*Tổng hợp*: choose a review, look at it as an A4 page, download it in any format on offer."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from nqcore.analysis.report.choosing import kind_selections
from nqcore.collection.accounts.access import Action
from nqcore.model.figures import REPORTED
from webforms.results.choosing import selection_words
from webforms.results.counts import address
from webforms.results.review_query import (
    ReviewQuery,
    choices,
    chosen,
    named,
    periods,
    unit_in_name,
)
from webforms.security.page_rules import named_unit, page, this_unit, unit_or_404
from webforms.shared.context import me, workspace

pages = Blueprint("reports", __name__)


@pages.get("/bao-cao-tong-hop")
@page(Action.REPORT)
def listing() -> AnyResponse | str:
    """Choose the directive and the period."""
    ws = workspace()
    if "ky" in request.args:
        asked = chosen(unit_or_404(request.args.get("don-vi"), Action.REPORT))
        return redirect(url_for("reports.show", name=asked.id, **asked.days), 303)
    directives = choices()
    return render_template(
        "reports.html",
        listed=[
            ReviewQuery(directive, period, ws.units[me().unit])
            for directive in directives
            for period in periods(directive)
        ],
        directives=directives,
        periods=periods(directives[0]) if directives else (),
        units=[u for u in ws.units.subtree(me().unit) if ws.units.children(u.code)]
        or [ws.units[me().unit]],
        formats=ws.reviews.formats(),
        outlines=ws.reviews.outlines(),
    )


def _unit_in_address() -> str:
    """The unit that the review's name in the address names; the ending of a format may follow it."""
    name: str = (request.view_args or {})["name"]
    return unit_in_name(_without_ending(name)[0])


@pages.get("/bao-cao-tong-hop/<name>")
@page(Action.REPORT, named_unit("unit of the review", _unit_in_address), heavy=True)
def show(name: str) -> Response | str:
    """The preview; with a format's ending behind the name, the file."""
    ws = workspace()
    id, format = _without_ending(name)
    if format:
        return _file(id, format)
    asked = named(id, this_unit())
    review = asked.review()
    report, counts = ws.reviews.build(review, asked.outline), ws.reviews.report_counts(review)
    late = set(counts.units("past_due"))
    return render_template(
        "report.html",
        asked=asked,
        report=report,
        page=ws.reviews.as_html(report, address),
        counts=counts,
        late=[ws.units[code].name for code in ws.units if code in late],
        formats=ws.reviews.formats(),
        selections=kind_selections(ws.reviews.proposals_of(review)),
        selection_words=selection_words,
    )


def _without_ending(name: str) -> tuple[str, str]:
    """The review's id, and the format whose ending follows it ("" for the page itself)."""
    for one in workspace().reviews.formats():
        if name.endswith(one.suffix) and request.args.get("mau", one.name) == one.name:
            return name.removesuffix(one.suffix), one.name
    return name, ""


def _file(id: str, format: str) -> Response:
    asked = named(id, this_unit())
    document = workspace().report(
        directive=asked.directive.id,
        period=asked.period,
        unit=asked.unit.code,
        format=format,
        boundaries=asked.boundaries or REPORTED,
        as_of=asked.as_of,
        outline=asked.outline,
    )
    title = f"bao-cao-{asked.period.replace('..', '-')}-{asked.unit.code}{document.suffix}"
    return Response(
        document.data,
        content_type=document.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(title)}"},
    )
