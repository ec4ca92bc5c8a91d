"""Every indicator of a form × times, for one unit: the page *Số liệu*.

What is asked of no unit under the one in question has no row. Each figure has its coverage; one that must not
be added up over the time has no value, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.unit_selection import UnitSelection
from nqcore.analysis.series.times import SeriesTime
from nqcore.model.figures import Figure
from nqcore.model.forms import Form, Section
from nqcore.model.indicators import Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """An indicator in its part of the form, with a figure for each time, in order."""

    form: Form
    section: Section
    indicator: Indicator
    figures: tuple[Figure, ...]

    @property
    def asked(self) -> bool:
        """Whether some unit was asked for it at one of the times."""
        return any(
            figure.reason is None or figure.reason.code != "not-applicable"
            for figure in self.figures
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The rows of a form, in its order, and the times of their figures."""

    form: Form
    times: tuple[SeriesTime, ...]
    rows: tuple[SeriesRow, ...]

    def with_rows(self, rows: tuple[SeriesRow, ...]) -> FigureTable:
        """The table with only these of its rows."""
        return replace(self, rows=rows)


def figure_table(
    totals: Totals, form: Form, of: UnitSelection, over: Sequence[SeriesTime]
) -> FigureTable:
    """The table of `form`. Raises UnknownName for a unit that does not exist."""
    rows = tuple(_rows(totals, form, of, over))
    return FigureTable(form=form, times=tuple(over), rows=rows)


def _rows(
    totals: Totals, form: Form, of: UnitSelection, over: Sequence[SeriesTime]
) -> Iterator[SeriesRow]:
    for section, codes in totals.lookup.sections_of(form):
        for code in codes:
            row = SeriesRow(
                form=form,
                section=section,
                indicator=totals.catalogue.indicator(code),
                figures=tuple(_figure(totals, code, time, of) for time in over),
            )
            if row.asked:
                yield row


def _figure(totals: Totals, code: str, time: SeriesTime, of: UnitSelection) -> Figure:
    return totals.figure_in_table(code, of.unit, time.code, of.own, of.boundaries, of.scope)
