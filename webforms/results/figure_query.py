"""What a page of a figure is asked for: one value, and the figures it leads to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nqcore.analysis.rollup.like_for_like import LikeForLike
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.indicators import Indicator
from nqcore.model.units import Scope, Unit
from webforms.shared.context import workspace


class FigureQuery(NamedTuple):
    """What a page is asked for."""

    indicator: Indicator
    unit: Unit
    period: str
    scope: Scope
    own: bool
    boundaries: date | None
    as_of: date | None

    def figure(self, period: str) -> Figure:
        """The figure in that period."""
        return workspace().figure(
            self.indicator.code,
            period,
            self.unit.code,
            own=self.own,
            scope=self.scope,
            boundaries=self.boundaries or REPORTED,
            as_of=self.as_of,
        )

    def like_for_like(self, unit: Unit) -> LikeForLike | None:
        """That of `unit` beside the period before."""
        return workspace().totals.like_for_like(
            self.indicator.code,
            self.period,
            unit.code,
            own=self.own,
            scope=self.scope,
            boundaries=self.boundaries or REPORTED,
            as_of=self.as_of,
        )
