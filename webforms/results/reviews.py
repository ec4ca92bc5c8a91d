"""*Tổng hợp*: choose a review, look at it as an A4 page, download it in any format on offer."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from nqcore.analysis.report import build_report, formats
from nqcore.analysis.report.html_format import fragment
from nqcore.collection.accounts.access import Action
from nqcore.model.figures import REPORTED
from webforms.results.count_pages import address
from webforms.results.review_query import ReviewQuery, choices, chosen, named, periods
from webforms.shared.context import me, require, workspace

pages = Blueprint("reports", __name__)


@pages.get("/bao-cao-tong-hop")
def listing() -> AnyResponse | str:
    """Choose the directive and the period."""
    require(Action.REPORT)
    ws = workspace()
    if "ky" in request.args:
        return redirect(url_for("reports.show", name=chosen().id), 303)
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
        formats=formats(ws.catalogue),
    )


@pages.get("/bao-cao-tong-hop/<name>")
def show(name: str) -> Response | str:
    """The preview; with a format's ending behind the name, the file."""
    ws = workspace()
    for one in formats(ws.catalogue):
        if name.endswith(one.suffix) and request.args.get("mau", one.name) == one.name:
            return _file(name.removesuffix(one.suffix), one.name)
    asked = named(name)
    head = ws.store.head
    report = build_report(asked.review(), ws.today, f"{head.seq}/{head.hash[:12]}")
    missing = {unit for figure in report.figures for unit in figure.coverage.missing_units}
    return render_template(
        "report.html",
        asked=asked,
        report=report,
        page=fragment(report, ws.catalogue.names, address),
        missing=[ws.units[code].name for code in ws.units if code in missing],
        formats=formats(ws.catalogue),
    )


def _file(id: str, format: str) -> Response:
    asked = named(id)
    document = workspace().report(
        directive=asked.directive.id,
        period=asked.period,
        unit=asked.unit.code,
        format=format,
        boundaries=asked.boundaries or REPORTED,
    )
    title = f"bao-cao-{asked.period.replace('..', '-')}-{asked.unit.code}{document.suffix}"
    return Response(
        document.data,
        mimetype=document.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(title)}"},
    )
