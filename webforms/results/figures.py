"""`/chi-tieu/<code>`: a figure, how it came about, and everything behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for

from nqcore.analysis.findings.held_targets import HeldTarget
from nqcore.analysis.findings.review_periods import first_asked, in_order
from nqcore.analysis.provenance.explain_figures import ScopeError, read_scope
from nqcore.analysis.rollup.like_for_like import LikeForLike
from nqcore.collection.accounts.access import Action
from nqcore.errors import NotAddable, NqError, UnknownName
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period
from nqcore.model.units import EVERY_UNIT, Unit
from webforms.results.comparison import COMPARED, MOST_COMPARED, comparison
from webforms.results.figure_query import FigureQuery
from webforms.results.figure_series import drawn_series
from webforms.results.review_query import AS_OF, BOUNDARIES, Offered, as_of, boundaries, periods
from webforms.security.page_rules import QUERIED_UNIT, page, this_unit
from webforms.shared.context import may, workspace
from webforms.shared.filters import message

pages = Blueprint("figures", __name__)

TREND = 12
"""Periods in the chart."""
RANKED = 40
"""Units in the ranking."""


class Bar(NamedTuple):
    """A unit with its figure; `share` of the greatest one, 0 to 100."""

    unit: Unit
    figure: Figure
    share: float
    like_for_like: LikeForLike | None


def address(figure: Figure, day: date | None = None) -> str:
    """Where the figure is explained, as of `day` (default: the day of this page)."""
    query: dict[str, Any] = {"ky": figure.period, "don-vi": figure.unit, AS_OF: day or as_of()}
    if _narrow(figure):
        query["pham-vi"] = "own" if figure.own else figure.scope.text
    if figure.boundaries != REPORTED:
        query[BOUNDARIES] = figure.boundaries
    return url_for("figures.explain", code=figure.indicator, **query)


def _narrow(figure: Figure) -> bool:
    return figure.own or figure.scope != EVERY_UNIT


@pages.get("/chi-tieu/<code>")
@page(Action.READ, QUERIED_UNIT)
def explain(code: str) -> str | tuple[str, int]:
    """The figure of one indicator, period and unit: value, coverage, origin, definition."""
    ws = workspace()
    unit = this_unit()
    scope_text = request.args.get("pham-vi", "all")
    try:
        indicator = ws.catalogue.indicator(code)
        newest = _periods(indicator, unit)
        period = request.args.get("ky") or (newest[-1].code if newest else "")
        scope = read_scope(scope_text, workspace().catalogue.unit_kinds)
        own, day = scope_text == "own", as_of()
        asked = FigureQuery(indicator, unit, period, scope, own, boundaries(), day)
        figure = asked.figure(period)
        explanation = ws.explain(figure, as_of=day)
        like_for_like = asked.like_for_like(unit)
    except NotAddable as wrong:
        return render_template("error.html", status=422, title=code, words=message(wrong)), 422
    except (UnknownName, ScopeError):
        abort(404)
    return render_template(
        "figure.html",
        explanation=explanation,
        like_for_like=like_for_like,
        offered=_offered(asked, newest),
        facts=ws.content.indicator(indicator.code),
        **_parts(asked, figure, newest),
    )


def _parts(asked: FigureQuery, figure: Figure, periods: tuple[Period, ...]) -> dict[str, Any]:
    """What the page shows of the figure: its chart, the units below, its targets."""
    indicator = asked.indicator
    span = workspace().totals.span(figure.period, indicator.code)
    held = _targets(asked, span)
    bars, unsent = ([], []) if asked.own else _bars(asked, span)
    return {
        "figure": figure,
        "indicator": indicator,
        "unit": asked.unit,
        "span": span,
        "spoken": asked.spoken(figure.period),
        "boundaries": asked.boundaries,
        "as_of": asked.as_of,
        "series": list(drawn_series(asked, periods, held)),
        "bars": bars[:RANKED],
        "comparison": comparison(asked, periods),
        "COMPARED": COMPARED,
        "MOST_COMPARED": MOST_COMPARED,
        "more": len(bars) - RANKED,
        "unsent": unsent,
        "targets": [(one, _share(one)) for one in held],
        "address": address,
    }


def _share(held: HeldTarget) -> Decimal | None:
    """How much of the target is reached; of counts only: a per cent of a per cent misleads."""
    figure = held.verdict.figure if held.verdict else None
    if figure is None or figure.value is None or figure.measure == "%":
        return None
    return held.target.share(figure.value)


def _periods(indicator: Indicator, unit: Unit) -> tuple[Period, ...]:
    """The newest periods of the form that asks for the indicator, oldest first; 404 for a form that
    one has nothing to do with."""
    ws = workspace()
    form = ws.totals.form_of(indicator.code)
    if form is None:
        return ()
    if not may(Action.READ, unit.code, form.id):
        abort(404)
    begun = ws.obligations.current_periods(form, ws.today, TREND)
    if boundaries() is None:  # within those of a day the unit speaks for what it is made of
        return tuple(p for p in begun if ws.obligations.is_owed(form, p, unit.code)) or begun
    return begun


def _offered(asked: FigureQuery, own: tuple[Period, ...]) -> Offered:
    """The periods of the form, and those of a review: where the indicator does not add up over time only
    those as long as the form's."""
    ws = workspace()
    form = ws.totals.form_of(asked.indicator.code)
    if form is None:
        return in_order(own)
    directives = ws.catalogue.directives.matching(form.directive)
    several = periods(asked.unit, *directives, near=asked.period, day=asked.boundaries)
    longest = first_asked(several)
    try:
        if longest is not None:
            asked.figure(longest.code)
    except NotAddable:
        several = tuple(one for one in several if one.kind is form.every)
    return in_order((*own, *several))


def _targets(asked: FigureQuery, span: Period) -> tuple[HeldTarget, ...]:
    """What the directives want of the indicator of the whole unit, on the last day of the period."""
    ws = workspace()
    if asked.own or asked.scope != EVERY_UNIT:
        return ()
    return ws.reviews.targets_of_indicator(
        asked.indicator.code,
        asked.unit.code,
        on=min(span.end, ws.today),
        boundaries=asked.boundaries or REPORTED,
    )


def _bars(asked: FigureQuery, span: Period) -> tuple[list[Bar], list[Unit]]:
    """The units directly under the unit, greatest figure first; and those without a figure yet."""
    ws = workspace()
    found: list[tuple[Unit, Figure, Decimal]] = []
    unsent = []
    if asked.boundaries is None:
        several = ws.obligations.below(asked.unit.code, span, ws.today)
    else:
        several = ws.obligations.tree(asked.boundaries).children(asked.unit.code)
    for below in several:
        try:
            figure = asked._replace(unit=below).figure(asked.period)
        except NqError:
            continue
        if figure.value is not None:
            found.append((below, figure, figure.value))
        elif figure.coverage.due:
            unsent.append(below)
    top = max((abs(value) for _unit, _figure, value in found), default=Decimal(0)) or Decimal(1)
    found.sort(key=lambda one: -one[2])
    bars = [
        Bar(
            below,
            figure,
            round(float(abs(value) / top) * 100, 1),
            asked.like_for_like(below),
        )
        for below, figure, value in found
    ]
    return bars, unsent
