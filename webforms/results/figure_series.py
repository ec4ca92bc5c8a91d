"""The lines on the page of a figure: year by year over the whole time, and its newest periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from nqcore.analysis.findings.held_targets import HeldTarget
from nqcore.errors import NqError
from nqcore.model.change_sentences import change_sentence
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.targets import Target, TargetState
from nqcore.text.numbers import write_figure
from webforms.results.charts import LETTER, Course, LineChart, Spoken, line
from webforms.results.figure_query import FigureQuery
from webforms.shared.context import workspace
from webforms.shared.filters import period_of, period_short
from webforms.shared.language import _


class DrawnSeries(NamedTuple):
    """A line with the words over it and beside its dashed line; `broken`: what happened to the units in its
    time, in a sentence each; `folded`: it is shown when it is asked for."""

    title: str
    chart: LineChart
    target_words: str
    broken: tuple[str, ...]
    folded: bool


def drawn_series(
    asked: FigureQuery, newest: Sequence[Period], held: Sequence[HeldTarget]
) -> Iterator[DrawnSeries]:
    """By year where the form has shorter periods and more than one year; by the `newest` periods; and, of a
    period below a year, the same one of each year."""
    spoken = asked.spoken_times()
    for title, periods, folded in (
        (_("By year"), years(asked), False),
        (_("By period"), newest, False),
        (_("The same period of each year"), _same_of_each_year(asked), True),
    ):
        found = _drawn(title, asked, periods, held, folded, spoken)
        if found is not None:
            yield found


def years(asked: FigureQuery) -> list[Period]:
    """The years of the whole time, oldest first; none for a form that has no shorter periods."""
    form = workspace().totals.form_of(asked.indicator.code)
    if form is None or form.every is PeriodKind.YEAR:
        return []
    day = asked.boundaries or REPORTED
    return [t.period for t in workspace().totals.times(form, asked.unit.code, boundaries=day)]


def _same_of_each_year(asked: FigureQuery) -> list[Period]:
    ws = workspace()
    form = ws.totals.form_of(asked.indicator.code)
    if form is None or form.every is PeriodKind.YEAR:
        return []
    span = ws.totals.span(asked.period, asked.indicator.code)
    begun = ws.obligations.current_periods(form, ws.today, None)
    months = (span.start.month, span.end.month)
    return [p for p in begun if p.kind is span.kind and (p.start.month, p.end.month) == months]


def _drawn(
    title: str,
    asked: FigureQuery,
    periods: Sequence[Period],
    held: Sequence[HeldTarget],
    folded: bool,
    spoken: Spoken,
) -> DrawnSeries | None:
    figures = list(_figures(asked, periods))
    beside = next((one for one in held if _stands_beside(asked, one.target, periods)), None)
    words = _target_words(beside.target) if beside else ""
    broken = _broken(asked, [period for period, _figure in figures])
    days = [day for day, _sentences in broken]
    wanted = beside.target.value if beside else None
    chart = line(figures, wanted, LETTER * len(words), days, _course(asked, beside), spoken=spoken)
    if chart is None:
        return None
    told = tuple(sentence for _day, several in broken for sentence in several)
    return DrawnSeries(title, chart, words, told, folded)


def _course(asked: FigureQuery, beside: HeldTarget | None) -> Course:
    """The path to a target that is not reached. That of what adds up grows from 0 within its time, which no
    point does."""
    verdict = beside.verdict if beside is not None else None
    if verdict is None or asked.indicator.over_time.value == "sum":
        return ()
    return () if verdict.state is TargetState.REACHED else verdict.course


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
