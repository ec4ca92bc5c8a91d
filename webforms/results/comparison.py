"""Up to six units beside each other on the page of a figure: one small drawing each, all on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask import request

from nqcore.analysis.series.times import SeriesTime
from nqcore.collection.accounts.access import Action
from nqcore.errors import NqError, UnknownName
from nqcore.model.figures import Figure
from nqcore.model.periods import Period
from nqcore.model.units import Unit
from webforms.results.charts import ChartScale, LineChart, Series, Spoken, common_scale, line
from webforms.results.figure_query import FigureQuery
from webforms.results.figure_series import years
from webforms.shared.context import may, workspace

COMPARED = "so-sanh"
"""In the address, once for each unit: its code."""
MOST_COMPARED = 6


class ComparedUnit(NamedTuple):
    """A unit with its figures at the times of the comparison (None: it has none there), the days of each of
    which its figures speak, and its drawing (None for fewer than two figures)."""

    unit: Unit
    figures: tuple[Figure | None, ...]
    spoken: tuple[SeriesTime, ...]
    chart: LineChart | None


class UnitComparison(NamedTuple):
    """`times` oldest first; the `units` in the order asked for; how many more were asked for."""

    times: tuple[SeriesTime, ...]
    units: tuple[ComparedUnit, ...]
    more: int


def comparison(asked: FigureQuery, newest: Sequence[Period]) -> UnitComparison | None:
    """The units that the address names, over all years or, of a yearly form, the newest periods. None
    where it names no unit that the account may read."""
    named = list(_named())
    if not named:
        return None
    times = tuple(years(asked) or newest)
    rows = [(unit, _figures(asked, unit, times)) for unit in named[:MOST_COMPARED]]
    pairs = [list(zip(times, figures, strict=True)) for _unit, figures in rows]
    scale = common_scale(pairs)
    units = tuple(
        _compared(unit, figures, asked._replace(unit=unit).spoken_times(), shown, scale)
        for (unit, figures), shown in zip(rows, pairs, strict=True)
    )
    known = asked.spoken_times()
    heads = tuple(known.get(one.code) or SeriesTime(period=one) for one in times)
    return UnitComparison(heads, units, len(named) - len(units))


def _compared(
    unit: Unit,
    figures: tuple[Figure | None, ...],
    spoken: Spoken,
    shown: Series,
    scale: ChartScale,
) -> ComparedUnit:
    own = tuple(spoken.get(one.code) or SeriesTime(period=one) for one, _figure in shown)
    return ComparedUnit(unit, figures, own, line(shown, None, 0, scale=scale, spoken=spoken))


def _named() -> Iterator[Unit]:
    for code in dict.fromkeys(request.args.getlist(COMPARED)):
        try:
            unit = workspace().units[code]
        except UnknownName:
            continue
        if may(Action.READ, code):
            yield unit


def _figures(asked: FigureQuery, unit: Unit, times: Sequence[Period]) -> tuple[Figure | None, ...]:
    """A time in which the unit owed nothing has no figure, and keeps its place."""
    found: list[Figure | None] = []
    for time in times:
        try:
            found.append(asked._replace(unit=unit).figure(time.code))
        except NqError:
            found.append(None)
    return tuple(found)
