"""Figures to put into the office's own words: found by the name of the indicator, a period and a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqcore.analysis.findings import Review
from nqcore.errors import NqError
from nqcore.model.figures import Figure
from nqcore.model.indicators import Indicator
from nqcore.text.folding import fold

OFFERED_FIGURES = 30
"""How many figures are offered at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOffer:
    """A figure that may be chosen, with its indicator."""

    figure: Figure
    indicator: Indicator


def offered_figures(
    review: Review, words: str = "", period: str = "", unit: str = ""
) -> tuple[FigureOffer, ...]:
    """The figures of the indicators whose label or name has all of the `words` (without accents too), for
    `period` ("": the span of the review) and `unit` ("": that of the review). The indicators of the
    review's own forms come first. Those that cannot be added up so are left out."""
    found: list[FigureOffer] = []
    for indicator in _indicators(review, fold(words).split()):
        try:
            figure = review.figure(indicator.code, unit or None, period or None)
        except NqError:  # a sum that its definition forbids, a period that its form does not have
            continue
        found.append(FigureOffer(figure=figure, indicator=indicator))
        if len(found) == OFFERED_FIGURES:
            break
    return tuple(found)


def _indicators(review: Review, words: list[str]) -> Iterator[Indicator]:
    known = review.catalogue.indicators
    for first in (True, False):
        for code, indicator in known.items():
            text = fold(f"{indicator.label} {indicator.name} {code}")
            asked = review.totals.lookup.form_of(code)
            mine = asked is not None and review.in_family(asked.directive)
            if mine is first and asked is not None and all(word in text for word in words):
                yield indicator
