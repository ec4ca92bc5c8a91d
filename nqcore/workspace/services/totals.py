"""`ws.totals`: figures with their coverage, changes against the period before, and explanations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nqcore.analysis.provenance.explain_figures import Explanation, explain
from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.frame import Frame, frame
from nqcore.analysis.rollup.like_for_like import LikeForLike, like_for_like
from nqcore.analysis.rollup.series_breaks import SeriesBreak
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.analysis.series.figure_table import FigureTable, figure_table
from nqcore.analysis.series.times import SeriesTime, TimeStep, spoken_time, times
from nqcore.model.figures import REPORTED, Figure, read_boundaries
from nqcore.model.forms import Form
from nqcore.model.periods import Period, resolve_directive
from nqcore.model.units import EVERY_UNIT, Scope
from nqcore.progress import Progress, quiet
from nqcore.workspace.arguments import checked
from nqcore.workspace.open_state import OpenState


@checked
class TotalsService:
    """Totals of indicators over a unit and all units under it."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    @property
    def current(self) -> Totals:
        """The roll-up as of today, for callers who hold periods and units as values."""
        return self._state.totals

    def on(self, as_of: date | None) -> Totals:
        """The roll-up over the reports that had been accepted by the end of that day; None: by today.
        Raises AsOfInFuture.

        >>> ws.totals.on(date(2018, 4, 4)).figure("s.B1", "top", "2018-Q1").coverage.reported
        0
        """
        return self._state.known(as_of).totals

    def figure(
        self,
        indicator: str,
        period: str,
        unit: str | None = None,
        *,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | str = REPORTED,
        as_of: date | None = None,
    ) -> Figure:
        """One total with its coverage; `period` may be "@20-NQ/TW..2018-09-30", from a directive's
        date to a cut-off. `boundaries`: a day (or its ISO date) within whose units the figure is
        given, or "reported". `as_of`: only what had been accepted by the end of that day counts
        (default: today). Raises UnknownName, NotAddable, BoundariesError, AsOfInFuture.

        >>> str(ws.totals.figure("B1", "2018-Q1"))
        '1.310 người (1/3)'
        >>> str(ws.totals.figure("B1", "2018-Q1", "xa-b"))
        '– (0/1): chưa có báo cáo'
        """
        return self.on(as_of).figure(
            indicator,
            unit or self._state.root,
            resolve_directive(period, self._state.context.catalogue.directives),
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
        as_of: date | None = None,
    ) -> LikeForLike | None:
        """The period beside the one before it, over the units that have figures in both; None where
        they cannot be compared. `as_of` as for `figure`. Raises UnknownName, AsOfInFuture.

        >>> found = ws.totals.like_for_like("A1", "2018-Q1")
        >>> found.units, found.before.value, found.now.value
        (('xa-a',), Decimal('1'), Decimal('2'))
        """
        return like_for_like(
            self.on(as_of),
            indicator,
            unit or self._state.root,
            period,
            own=own,
            scope=scope,
            boundaries=read_boundaries(boundaries),
        )

    def rollup(
        self,
        *,
        form: str,
        period: str,
        unit: str | None = None,
        own: bool = False,
        boundaries: date | str = REPORTED,
        as_of: date | None = None,
        progress: Progress = quiet,
    ) -> tuple[Figure, ...]:
        """The totals of every indicator of `form`, computed ones included, in the form's order;
        `boundaries` and `as_of` as for `figure`.

        >>> for figure in ws.totals.rollup(form="s.q", period="2018-Q1"):
        ...     print(figure.indicator, figure)
        s.A1 3 hội nghị (2/5)
        s.B1 1.310 người (1/3)
        s.B2 1.200 người (1/3)
        s.B2.1 91,6% (1/3)
        s.B3 12,5 triệu đồng (1/3)
        """
        return self.on(as_of).of_form(
            self._state.form(form),
            unit or self._state.root,
            resolve_directive(period, self._state.context.catalogue.directives),
            own=own,
            boundaries=read_boundaries(boundaries),
            progress=progress,
        )

    def table(
        self,
        form: str | Form,
        unit: str | None = None,
        *,
        step: TimeStep | str = TimeStep.YEAR,
        upto: str | None = None,
        most: int | None = None,
        own: bool = False,
        scope: Scope = EVERY_UNIT,
        boundaries: date | str = REPORTED,
        as_of: date | None = None,
    ) -> FigureTable:
        """Every indicator of `form`, computed ones included, beside each other over time: the newest `most`
        times (None: all) up to the one whose code is `upto`, as long as `step` says: "year", or "period" for
        the form's own periods. Raises UnknownName, BoundariesError, AsOfInFuture.

        >>> table = ws.totals.table("s.q", step="period", most=2)
        >>> [time.code for time in table.times]
        ['2017-Q4', '2018-Q1']
        >>> for row in table.rows:
        ...     print(row.section.key, row.indicator.label, *row.figures, sep=" | ")
        A | A1 | 1 hội nghị (1/4) | 3 hội nghị (2/5)
        A | B1 | – (0/2): chưa có báo cáo | 1.310 người (1/3)
        A | B2 | – (0/2): chưa có báo cáo | 1.200 người (1/3)
        A | B2.1 | – (0/2): chưa có báo cáo | 91,6% (1/3)
        A | B3 | – (0/2): chưa có báo cáo | 12,5 triệu đồng (1/3)
        """
        form, unit, day = (
            self._state.form(form),
            unit or self._state.root,
            read_boundaries(boundaries),
        )
        totals = self.on(as_of)
        found = times(totals, form, unit, TimeStep(step), day)
        if upto is not None:
            last = self.current.obligations.read(upto, form)
            found = tuple(time for time in found if time.period.end <= last.end)
        shown = found[-most:] if most is not None else found
        units = UnitSelection(unit=unit, own=own, scope=scope, boundaries=day)
        return figure_table(totals, form, units, shown)

    def times(
        self,
        form: str | Form,
        unit: str | None = None,
        *,
        step: TimeStep | str = TimeStep.YEAR,
        boundaries: date | str = REPORTED,
        as_of: date | None = None,
    ) -> tuple[SeriesTime, ...]:
        """All times that `table` can have, oldest first. Raises UnknownName, BoundariesError, AsOfInFuture.

        >>> [time.code for time in ws.totals.times("s.q")]
        ['2017', '2018']
        """
        day = read_boundaries(boundaries)
        return times(
            self.on(as_of), self._state.form(form), unit or self._state.root, TimeStep(step), day
        )

    def spoken_time(
        self,
        form: str | Form,
        period: str,
        unit: str | None = None,
        *,
        boundaries: date | str = REPORTED,
        as_of: date | None = None,
    ) -> SeriesTime:
        """The period or span with that code, with the first and the last day of which the figures of the
        unit speak, where these are not its own. Raises UnknownName, BoundariesError, AsOfInFuture.

        >>> ws.totals.spoken_time("s.q", "2018").until
        datetime.date(2018, 3, 31)
        >>> ws.totals.spoken_time("s.q", "2018", "dn-1").since
        datetime.date(2018, 2, 1)
        """
        totals, asked = self.on(as_of), self._state.form(form)
        return spoken_time(
            totals,
            asked,
            unit or self._state.root,
            totals.obligations.read(period, asked),
            read_boundaries(boundaries),
        )

    def frame(
        self,
        indicators: Iterable[str],
        periods: Iterable[str],
        units: Iterable[str] | None = None,
        *,
        boundaries: date | str = REPORTED,
        as_of: date | None = None,
    ) -> Frame:
        """A row for each unit (None: the unit at the top), period and indicator, which pandas, polars and
        pyarrow take as it is. A row has unit, unit_name, period, indicator, name, measure, value, state,
        due and reported. An indicator that must not be added up has no value there. `as_of` as for
        `figure`. Raises UnknownName, BoundariesError, AsOfInFuture.

        >>> rows = ws.totals.frame(["B1"], ["2018-Q1"], ["top", "xa-b"])
        >>> rows[0]["name"], rows[0]["measure"], rows[0]["value"], rows[0]["state"]
        ('Công nhân', 'người', Decimal('1310'), 'number')
        >>> rows[1]["unit_name"], rows[1]["value"], rows[1]["state"]
        ('Xã B', None, 'not_reported')
        """
        directives = self._state.context.catalogue.directives
        return frame(
            self.on(as_of),
            tuple(indicators),
            tuple(resolve_directive(period, directives) for period in periods),
            (self._state.root,) if units is None else units,
            read_boundaries(boundaries),
        )

    def explain(self, figure: Figure | str, *, as_of: date | None = None) -> Explanation:
        """Where a figure comes from: down to cells, revisions, people, definitions, plugins. A figure
        that was made `as_of` a day is explained with the same day. Raises UnknownName, AsOfInFuture.

        >>> explained = ws.totals.explain("s.B1|2018-Q1|top|all|reported")
        >>> [(cell.unit, cell.value, cell.accepted_by) for cell in explained.cells()]
        [('dn-1', Decimal('1310'), 'duyet')]
        """
        known = self._state.known(as_of)
        return explain(known.totals, known.repository, figure)

    def form_of(self, indicator: str) -> Form | None:
        """The form that asks for the indicator (for a computed one: for its first typed part).

        >>> ws.totals.form_of("s.B2.1").id
        's.q'
        """
        return self.current.lookup.form_of(indicator)

    def span(self, period: str, indicator: str) -> Period:
        """The period of that code, in the calendar of the indicator's form. Raises UnknownName.

        >>> str(ws.totals.span("2018-Q1", "s.B1").end)
        '2018-03-31'
        """
        return self.current.lookup.span(period, self._state.context.catalogue.indicator(indicator))

    def series_breaks(
        self, unit: str, start: date, end: date, boundaries: date | None = None
    ) -> tuple[SeriesBreak, ...]:
        """*Đứt gãy chuỗi*: the days from `start` to `end` on which the unit's boundaries changed.

        >>> ws.totals.series_breaks("top", date(2017, 6, 1), date(2018, 1, 31))
        ()
        """
        return self.current.breaks(unit, start, end, boundaries)
