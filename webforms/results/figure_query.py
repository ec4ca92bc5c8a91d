"""What a page of a figure is asked for: one value, and the figures it leads to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from nqcore.analysis.rollup.like_for_like import LikeForLike
from nqcore.analysis.series.times import SeriesTime, TimeStep
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.indicators import Indicator
from nqcore.model.units import Scope, Unit
from webforms.results.charts import Spoken
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

    def spoken(self, period: str) -> SeriesTime:
        """The period, with the days of which the figures of the unit speak."""
        totals = workspace().totals
        form = totals.form_of(self.indicator.code)
        span = totals.span(period, self.indicator.code)
        if form is None:
            return SeriesTime(period=span)
        within = self.boundaries or REPORTED
        return totals.spoken_time(form, period, self.unit.code, boundaries=within, as_of=self.as_of)

    def spoken_times(self) -> Spoken:
        """The same of all years and periods of the form, by code."""
        totals = workspace().totals
        form = totals.form_of(self.indicator.code)
        if form is None:
            return {}
        within = self.boundaries or REPORTED
        return {
            time.code: time
            for step in TimeStep
            for time in totals.times(
                form, self.unit.code, step=step, boundaries=within, as_of=self.as_of
            )
        }
