"""The lines on the page of a figure: year by year over the whole time, and its newest periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nqcore.errors import NqError
from nqcore.model.change_sentences import change_sentence
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.targets import Target
from nqcore.text.numbers import write_figure
from webforms.results.charts import LETTER, LineChart, line
from webforms.results.figure_query import FigureQuery
from webforms.shared.context import workspace
from webforms.shared.filters import period_of, period_short
from webforms.shared.language import _


class DrawnSeries(NamedTuple):
    """A line with the words over it and beside its dashed line; `broken`: what happened to the units in its
    time, in a sentence each."""

    title: str
    chart: LineChart
    target_words: str
    broken: tuple[str, ...]


def drawn_series(
    asked: FigureQuery, newest: Sequence[Period], targets: Sequence[Target]
) -> Iterator[DrawnSeries]:
    """By year where the form has shorter periods and more than one year; then by the `newest` periods."""
    form = workspace().totals.form_of(asked.indicator.code)
    years: list[Period] = []
    if form is not None and form.every is not PeriodKind.YEAR:
        times = workspace().totals.times(
            form, asked.unit.code, boundaries=asked.boundaries or REPORTED
        )
        years = [time.period for time in times]
    for title, periods in ((_("By year"), years), (_("By period"), newest)):
        found = _drawn(title, asked, periods, targets)
        if found is not None:
            yield found


def _drawn(
    title: str, asked: FigureQuery, periods: Sequence[Period], targets: Sequence[Target]
) -> DrawnSeries | None:
    figures = list(_figures(asked, periods))
    target = next((one for one in targets if _stands_beside(asked, one, periods)), None)
    words = _target_words(target) if target else ""
    broken = _broken(asked, [period for period, _figure in figures])
    days = [day for day, _sentences in broken]
    chart = line(figures, target.value if target else None, LETTER * len(words), days)
    if chart is None:
        return None
    return DrawnSeries(
        title, chart, words, tuple(told for _day, several in broken for told in several)
    )


def _figures(asked: FigureQuery, periods: Sequence[Period]) -> Iterator[tuple[Period, Figure]]:
    for period in periods:
        try:
            yield period, asked.figure(period.code)
        except NqError:
            continue


def _stands_beside(asked: FigureQuery, target: Target, periods: Sequence[Period]) -> bool:
    """A target of what adds up over time stands only beside periods as long as its own."""
    if asked.indicator.over_time.value != "sum":
        return True
    return bool(periods) and period_of(target.period).kind is periods[-1].kind


def _target_words(target: Target) -> str:
    """The words beside the dashed line."""
    words = _("Target {period}: {value}")
    return words.format(
        period=period_short(period_of(target.period)), value=write_figure(target.value)
    )


def _broken(asked: FigureQuery, periods: Sequence[Period]) -> list[tuple[date, list[str]]]:
    """*Đứt gãy chuỗi* within the periods: its days, with what happened in a sentence each."""
    if len(periods) < 2:
        return []
    ws = workspace()
    found = ws.totals.series_breaks(
        asked.unit.code, periods[0].end, periods[-1].end, asked.boundaries
    )
    return [
        (one.day, [change_sentence(event, ws.units, _) for event in one.events]) for one in found
    ]
