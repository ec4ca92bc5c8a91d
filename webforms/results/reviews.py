"""*Tổng hợp*: choose a review, look at it as an A4 page, download it in any format on offer."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for

from nqcore.analysis.report.choosing import kind_selections
from nqcore.collection.accounts.access import Action
from nqcore.model.periods import Period
from webforms.results.choosing import selection_words
from webforms.results.counts import address
from webforms.results.file_formats import file_names, format_name, offered_formats
from webforms.results.review_query import (
    AS_OF,
    BOUNDARIES,
    Offered,
    ReviewQuery,
    chosen,
    first_period,
    named,
    periods,
    unit_in_name,
)
from webforms.security.page_rules import Answer, named_unit, page, this_unit, unit_or_404
from webforms.shared.context import may_for_all_forms, me, workspace

pages = Blueprint("reports", __name__)


@pages.get("/bao-cao-tong-hop")
@page(Action.REPORT)
def listing() -> Answer:
    """Choose the directive and the period; of a period in which nothing was owed another is asked for."""
    if "ky" not in request.args:
        return _choose(None)
    asked = chosen(unit_or_404(request.args.get("don-vi"), Action.REPORT))
    if not asked.is_owed:
        return _choose(asked), 422
    return redirect(url_for("reports.show", name=asked.id, **asked.days), 303)


def _choose(asked: ReviewQuery | None) -> str:
    """The form; `asked`: what was chosen and cannot be shown."""
    ws, unit = workspace(), workspace().units[me().unit]
    directives = ws.reviews.directives()
    known = [u for u in ws.units.subtree(unit.code) if ws.units.children(u.code)] or [unit]
    return render_template(
        "reports.html",
        asked=asked,
        listed=[
            ReviewQuery(directive, period.code, unit)
            for directive in directives
            for period in _newest(periods(unit, directive))
        ],
        directives=directives,
        periods=asked.periods if asked else periods(unit, *directives),
        first=first_period(directives[0], unit) if directives else "",
        units=known if asked is None or asked.unit in known else [*known, asked.unit],
        formats=offered_formats(),
        format_name=format_name,
        outlines=ws.reviews.outlines(),
        changes_outlines=may_for_all_forms(Action.DECIDE, ws.settings.root),
    )


def _newest(offered: Offered) -> list[Period]:
    """Of each kind the newest period that is over; the longest first."""
    kinds = groupby(offered, key=lambda one: one.kind)
    every = [[*group] for _kind, group in kinds]
    over = [[one for one in group if one.end < workspace().today] for group in every]
    return [(past or group)[0] for past, group in zip(over, every, strict=True)][::-1]


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
    report, counts = ws.reviews.build(review), ws.reviews.report_counts(review)
    late = set(counts.units("past_due"))
    return render_template(
        "report.html",
        asked=asked,
        report=report,
        page=ws.reviews.as_html(report, address),
        counts=counts,
        late=[ws.units[code].name for code in ws.units if code in late],
        formats=offered_formats(),
        file_names=file_names(),
        unfit=ws.reviews.layout_remarks(report),
        selections=kind_selections(ws.reviews.proposals_of(review)),
        selection_words=selection_words,
        periods=asked.periods,
    )


def _without_ending(name: str) -> tuple[str, str]:
    """The review's id, and the format whose ending follows it ("" for the page itself)."""
    for one in workspace().reviews.formats():
        if name.endswith(one.suffix) and request.args.get("mau", one.name) == one.name:
            return name.removesuffix(one.suffix), one.name
    return name, ""


def _file(id: str, format: str) -> Response:
    asked = named(id, this_unit())
    document = workspace().report(format=format, **asked.keywords)
    title = f"{_file_name(asked)}{document.suffix}"
    return Response(
        document.data,
        content_type=document.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(title)}"},
    )


def _file_name(asked: ReviewQuery) -> str:
    """The name of the review's file, without its ending: other days are other files."""
    days = ((BOUNDARIES, asked.boundaries), (AS_OF, asked.as_of))
    named = [f"{word}-{day.isoformat()}" for word, day in days if day is not None]
    period = asked.period.replace("..", "-")
    return "-".join(("bao-cao", period, asked.unit.code, *named))
