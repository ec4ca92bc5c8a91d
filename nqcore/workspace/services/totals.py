"""`ws.totals`: figures with their coverage, changes against the period before, and explanations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nqcore.analysis.provenance.explain_figures import Explanation, explain
from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.frame import Frame, frame
from nqcore.analysis.rollup.like_for_like import LikeForLike, like_for_like
from nqcore.analysis.rollup.series_breaks import SeriesBreak
from nqcore.model.figures import REPORTED, Figure, read_boundaries
from nqcore.model.forms import Form
from nqcore.model.periods import Period, resolve_directive
from nqcore.model.units import EVERY_UNIT, Scope
from nqcore.progress import Progress, quiet
from nqcore.workspace.arguments import checked
from nqcore.workspace.live import Live


@checked
class TotalsService:
    """Totals of indicators over a unit and all units under it."""

    def __init__(self, live: Live) -> None:
        self._live = live

    @property
    def rollup(self) -> Totals:
        """The roll-up itself, for callers who hold periods and units as values."""
        return self._live.totals

    def figure(
        self,
        indicator: str,
        period: str,
        unit: str | None = None,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | str = REPORTED,
    ) -> Figure:
        """One total with its coverage; `period` may be "@20-NQ/TW..2018-09-30", from a directive's
        date to a cut-off. `boundaries`: a day (or its ISO date) within whose units the figure is
        given, or "reported". Raises UnknownName, NotAddable, BoundariesError."""
        return self.rollup.figure(
            indicator,
            unit or self._live.root,
            resolve_directive(period, self._live.context.catalogue.directives),
            own=own,
            scope=scope,
            boundaries=read_boundaries(boundaries),
        )

    def like_for_like(
        self,
        indicator: str,
        period: str,
        unit: str | None = None,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | str = REPORTED,
    ) -> LikeForLike | None:
        """The period beside the one before it, over the units that have figures in both; None where
        they cannot be compared. Raises UnknownName."""
        return like_for_like(
            self.rollup,
            indicator,
            unit or self._live.root,
            period,
            own=own,
            scope=scope,
            boundaries=read_boundaries(boundaries),
        )

    def of_form(
        self,
        *,
        form: str,
        period: str,
        unit: str | None = None,
        own: bool = False,
        boundaries: date | str = REPORTED,
        progress: Progress = quiet,
    ) -> tuple[Figure, ...]:
        """The totals of every indicator of `form`, computed ones included, in the form's order;
        `boundaries` as for `figure`."""
        return self.rollup.of_form(
            self._live.form(form),
            unit or self._live.root,
            resolve_directive(period, self._live.context.catalogue.directives),
            own=own,
            boundaries=read_boundaries(boundaries),
            progress=progress,
        )

    def frame(
        self,
        indicators: Iterable[str],
        periods: Iterable[str],
        units: Iterable[str] | None = None,
        *,
        boundaries: date | str = REPORTED,
    ) -> Frame:
        """A row for each unit (None: the unit at the top), period and indicator, which pandas, polars and
        pyarrow take as it is. A row has unit, unit_name, period, indicator, name, measure, value, state,
        due and reported. An indicator that must not be added up has no value there. Raises UnknownName,
        BoundariesError."""
        directives = self._live.context.catalogue.directives
        return frame(
            self.rollup,
            tuple(indicators),
            tuple(resolve_directive(period, directives) for period in periods),
            (self._live.root,) if units is None else units,
            read_boundaries(boundaries),
        )

    def explain(self, figure: Figure | str) -> Explanation:
        """Where a figure comes from: down to cells, revisions, people, definitions, plugins."""
        return explain(self.rollup, self._live.context.repository, figure)

    def form_of(self, indicator: str) -> Form | None:
        """The form that asks for the indicator (for a computed one: for its first typed part)."""
        return self.rollup.lookup.form_of(indicator)

    def span(self, period: str, indicator: str) -> Period:
        """The period of that code, in the calendar of the indicator's form. Raises UnknownName."""
        return self.rollup.lookup.span(period, self._live.context.catalogue.indicator(indicator))

    def series_breaks(
        self, unit: str, start: date, end: date, boundaries: date | None = None
    ) -> tuple[SeriesBreak, ...]:
        """*Đứt gãy chuỗi*: the days from `start` to `end` on which the unit's boundaries changed."""
        return self.rollup.breaks(unit, start, end, boundaries)
