"""`/chi-tieu/<code>`: a figure, how it came about, and everything behind it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for

from nqcore.errors import NotAddable, NqError, UnknownName
from nqcore.explaining import read_scope
from nqcore.model.figures import Figure
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period
from nqcore.model.targets import Target
from nqcore.model.units import EVERY_UNIT, Scope, Unit
from nqcore.sheets import current_periods
from webforms.context import unit_or_404, workspace
from webforms.wording import told
from webforms.words import OVER_TIME, OVER_UNITS

pages = Blueprint("figures", __name__)

TREND = 8
"""Periods in the chart."""
RANKED = 40
"""Units in the ranking."""


class Bar(NamedTuple):
    """A unit with its figure; `share` of the greatest one, 0 to 100."""

    unit: Unit
    figure: Figure
    share: float


class Point(NamedTuple):
    """A point of the chart: where it stands, and the figure."""

    x: float
    y: float
    period: Period
    figure: Figure


def address(figure: Figure) -> str:
    """Where the figure is explained."""
    query: dict[str, Any] = {"ky": figure.period, "don-vi": figure.unit}
    if _narrow(figure):
        query["pham-vi"] = "own" if figure.own else figure.scope.text
    return url_for("figures.explain", code=figure.indicator, **query)


def _narrow(figure: Figure) -> bool:
    return figure.own or figure.scope != EVERY_UNIT


@pages.get("/chi-tieu/<code>")
def explain(code: str) -> str | tuple[str, int]:
    """The figure of one indicator, period and unit: value, coverage, origin, definition."""
    ws = workspace()
    unit = unit_or_404(request.args.get("don-vi"))
    scope_text = request.args.get("pham-vi", "all")
    try:
        indicator = ws.catalogue.indicator(code)
        scope = read_scope(scope_text)
        own = scope_text == "own"
        periods = _periods(indicator)
        period = request.args.get("ky") or (periods[-1].code if periods else "")
        figure = ws.figure(indicator.code, period, unit.code, own=own, scope=scope)
        explanation = ws.explain(figure)
    except NotAddable as wrong:
        return render_template("error.html", status=422, title=code, words=told(wrong)), 422
    except (UnknownName, ValueError):
        abort(404)
    span = ws.totals.span(figure.period, indicator)
    points = _points(indicator, unit, periods, scope, own)
    return render_template(
        "figure.html",
        figure=figure,
        explanation=explanation,
        indicator=indicator,
        unit=unit,
        span=span,
        periods=tuple(reversed(periods)),
        points=points,
        bars=() if own else _bars(indicator, unit, figure.period, scope),
        targets=[
            (t, None if figure.value is None else t.met(figure.value))
            for t in _targets(indicator, unit, span)
        ],
        address=address,
        over_units=OVER_UNITS[indicator.over_units],
        over_time=OVER_TIME[indicator.over_time],
        form=ws.catalogue.forms.get(explanation.form),
    )


def _periods(indicator: Indicator) -> tuple[Period, ...]:
    """The newest periods of the form that asks for the indicator, oldest first."""
    ws = workspace()
    form = ws.totals.form_of(indicator.code)
    return current_periods(ws.desk, form, ws.today, TREND) if form else ()


def _targets(indicator: Indicator, unit: Unit, span: Period) -> list[Target]:
    """What the directives want of the indicator here, by the end of a period that touches `span`."""
    ws = workspace()
    found = []
    for target in ws.catalogue.targets.values():
        if target.indicator in (indicator.code, indicator.label) and target.scope.covers(
            unit, ws.units
        ):
            found.append(ws.catalogue.overlaid("target", target.id, target, unit.code, span.end)[0])
    return found


def _points(
    indicator: Indicator, unit: Unit, periods: tuple[Period, ...], scope: Scope, own: bool
) -> tuple[Point, ...]:
    """The figures of the newest periods, placed on a drawing of 340 × 170."""
    ws = workspace()
    told_of = []
    for period in periods:
        try:
            figure = ws.figure(indicator.code, period.code, unit.code, own=own, scope=scope)
        except NqError:
            continue
        if figure.value is not None:
            told_of.append((period, figure, figure.value))
    if len(told_of) < 2:
        return ()
    top = max(value for _p, _f, value in told_of)
    low = min(Decimal(0), min(value for _p, _f, value in told_of))
    height = (top - low) or Decimal(1)
    step = 290 / (len(told_of) - 1)
    return tuple(
        Point(round(25 + nth * step, 1), round(140 - float((value - low) / height) * 110, 1), p, f)
        for nth, (p, f, value) in enumerate(told_of)
    )


def _bars(indicator: Indicator, unit: Unit, period: str, scope: Scope) -> tuple[Bar, ...]:
    """The units directly under `unit`, greatest figure first; those without one last."""
    ws = workspace()
    found = []
    for below in ws.units.children(unit.code):
        try:
            figure = ws.figure(indicator.code, period, below.code, scope=scope)
        except NqError:
            continue
        if figure.coverage.due:
            found.append((below, figure))
    values = [abs(f.value) for _u, f in found if f.value is not None]
    top: Decimal = max(values, default=Decimal(0))
    found.sort(key=lambda pair: (pair[1].value is None, -(pair[1].value or 0)))
    return tuple(
        Bar(u, f, round(float(abs(f.value or Decimal(0)) / top) * 100, 1) if top else 0.0)
        for u, f in found[:RANKED]
    )
