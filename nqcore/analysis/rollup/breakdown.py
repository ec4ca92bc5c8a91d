"""A whole and its parts: do the totals of the parts add up to the total of the whole?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nqcore.analysis.rollup.totals import Totals
from nqcore.errors import NotAddable
from nqcore.model.figures import Figure, read_boundaries


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The parts of a figure, in the order of the definition. `adds_up`: whether their sum is the
    figure; None where that is unknown, because a part has no value or is made of other reports than
    the figure."""

    parts: tuple[Figure, ...]
    adds_up: bool | None


def breakdown(totals: Totals, figure: Figure) -> Breakdown | None:
    """The parts of `figure`; None where its indicator has no parts."""
    newest = totals.catalogue.indicator(figure.indicator)
    codes = [code for code in newest.parts if code in totals.catalogue.indicators]
    if not codes:
        return None
    parts = []
    summed: Fraction | None = Fraction(0)
    for code in codes:
        try:
            part = totals.figure(
                code,
                figure.unit,
                figure.period,
                own=figure.own,
                scope=figure.scope,
                boundaries=read_boundaries(figure.boundaries),
            )
        except NotAddable:
            summed = None
            continue
        parts.append(part)
        exact = _exact(totals, part)
        same = part.coverage == figure.coverage
        summed = None if summed is None or exact is None or not same else summed + exact
    whole = _exact(totals, figure)
    known = summed is not None and whole is not None and len(codes) == len(newest.parts)
    return Breakdown(parts=tuple(parts), adds_up=summed == whole if known else None)


def _exact(totals: Totals, figure: Figure) -> Fraction | None:
    span = totals.lookup.span(figure.period, totals.catalogue.indicators[figure.indicator])
    definition = totals.lookup.definition(figure.indicator, figure.unit, span)
    exact = totals.exact(
        definition,
        figure.unit,
        span,
        own=figure.own,
        scope=figure.scope,
        boundaries=read_boundaries(figure.boundaries),
    )
    return exact.operand.fraction
