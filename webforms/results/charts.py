"""Small drawings as SVG: the place of each point and column. The figures come from nqcore."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from nqcore.analysis.findings.target_verdicts import path_value
from nqcore.analysis.report.sentences import figure_text
from nqcore.analysis.series.times import SeriesTime
from nqcore.model.figures import Figure
from nqcore.model.periods import Period

PeriodFigures = Sequence[tuple[Period, Figure]]
Series = Sequence[tuple[Period, Figure | None]]
"""The figures of periods that follow each other; None where nothing was owed."""
Spoken = Mapping[str, SeriesTime]
"""By the code of a period: of which days of it the figures speak."""


class Point(NamedTuple):
    """A point of a line: its place, its figure, whether there is room for its number, and where the number
    stands, so that no line goes through it: (x, y). `time`: of which days of the period the figure speaks."""

    x: float
    y: float
    period: Period
    figure: Figure
    labelled: bool
    words: tuple[float, float]
    time: SeriesTime

    @property
    def whole(self) -> bool:
        """Whether all reports are in the figure, and it is of the whole time."""
        return self.figure.coverage.complete and self.time.whole


class LineChart(NamedTuple):
    """A line on a drawing of 340 × 190 with its axis at 165. `strokes` join whole periods that follow
    each other; `target` is the height of the dashed line, `words` the place where its words begin (x, y);
    `cut`: the axis is not at 0; `breaks`: where the series breaks, between two points; `course`: the path to
    the target, as points."""

    points: tuple[Point, ...]
    strokes: tuple[str, ...]
    target: float | None
    words: tuple[float, float]
    cut: bool
    breaks: tuple[float, ...] = ()
    course: str = ""


LEFT, RIGHT, TOP, FOOT = 26, 314, 34, 150
LETTER = 6.6
"""Width of a digit of the numbers above points and columns, in units of the drawing."""
Course = Sequence[tuple[date, Fraction]]
"""The bends of the path to a target: days and values."""


class ChartScale(NamedTuple):
    """Which value stands at the foot of a drawing, how much its height is, and whether its axis is cut: it
    does not begin at 0."""

    foot: Decimal
    height: Decimal
    cut: bool

    def y(self, value: Decimal) -> float:
        """The height of that value on the drawing, a little beyond it at most."""
        place = FOOT - float((value - self.foot) / self.height) * (FOOT - TOP)
        return round(min(max(place, TOP - 10), FOOT + 8), 1)


def common_scale(several: Iterable[Series], wanted: Iterable[Decimal] = ()) -> ChartScale:
    """The scale on which all of these figures, and what is wanted of them, can be compared."""
    known = [
        figure
        for figures in several
        for _period, figure in figures
        if figure is not None and figure.value is not None
    ]
    # What is not whole yet must not set the scale: it may be a twentieth of it.
    whole = [figure for figure in known if figure.coverage.complete]
    values = [
        *(figure.value or Decimal(0) for figure in (whole if len(whole) > 1 else known)),
        *wanted,
    ]
    high, low = max(values, default=Decimal(0)), min(values, default=Decimal(0))
    # Figures far from 0 would all have one height: then the axis begins below the least of them.
    cut = low > 0 and high < 2 * low
    foot = low - (high - low) / 2 if cut and high > low else min(Decimal(0), low)
    return ChartScale(foot, (high - foot) or Decimal(1), cut)


def line(
    figures: Series,
    target: Decimal | None,
    width: float,
    broken: Sequence[date] = (),
    course: Course = (),
    scale: ChartScale | None = None,
    spoken: Spoken = MappingProxyType({}),
) -> LineChart | None:
    """The figures of the periods and what is wanted, whose words are `width` wide; `broken`: the days from
    which on they cover other units; `spoken`: of which days they speak. A period without a figure leaves its
    place empty. None for fewer than two figures."""
    known = [nth for nth, (_period, one) in enumerate(figures) if one and one.value is not None]
    if len(known) < 2:
        return None
    shown = figures[known[0] : known[-1] + 1] if scale is None else figures
    if scale is None:
        bends = [Decimal(v.numerator) / v.denominator for _day, v in course]
        scale = common_scale([shown], [*bends, *([] if target is None else [target])])
    points = _points(shown, scale, spoken)
    at = None if target is None else scale.y(target)
    return LineChart(
        points,
        _strokes(shown, points),
        at,
        _words(points, at, width),
        scale.cut,
        _breaks(points, broken),
        _course(shown, course, scale),
    )


def _points(shown: Series, scale: ChartScale, spoken: Spoken) -> tuple[Point, ...]:
    step = (RIGHT - LEFT) / (len(shown) - 1)
    widest = max(len(figure_text(one)) for _period, one in shown if one) * LETTER + 4
    every = max(1, -int(-widest // step))
    found = [
        Point(
            x := round(LEFT + nth * step, 1),
            y := scale.y(figure.value),
            period,
            figure,
            (len(shown) - 1 - nth) % every == 0,
            (x, round(y - OVER, 1)),
            spoken.get(period.code) or SeriesTime(period=period),
        )
        for nth, (period, figure) in enumerate(shown)
        if figure is not None and figure.value is not None
    ]
    ends = [None, *found, None]
    return tuple(
        point._replace(words=_words_of(before, point, after))
        for before, point, after in zip(ends, found, ends[2:], strict=False)
    )


OVER, UNDER, BESIDE = 9, 17, 9
"""How far a number stands over or under its point, and to the side where the line goes up or down."""


def _words_of(before: Point | None, point: Point, after: Point | None) -> tuple[float, float]:
    """The place of the number of `point`: over it; under it where the line comes down to it and goes up
    again; on the outer side where the line only goes up or down."""
    if not point.whole:
        return point.words
    left, right = (
        0.0 if one is None or not one.whole else point.y - one.y for one in (before, after)
    )
    if left >= 0 and right >= 0 and left + right > 0:
        return point.x, round(point.y + UNDER, 1)
    aside = max(BESIDE, len(figure_text(point.figure)) * LETTER / 2 - 6)
    side = aside if left > 0 > right else -aside if right > 0 > left else 0
    return round(point.x + side, 1), round(point.y - OVER, 1)


def _course(shown: Series, course: Course, scale: ChartScale) -> str:
    """The path from bend to bend, as far as the drawing goes; "" where it has no part there."""
    days = [period.end for period, _figure in shown]
    step = (RIGHT - LEFT) / (len(days) - 1)
    places = [
        f"{round(LEFT + nth * step, 1)},{scale.y(Decimal(value.numerator) / value.denominator)}"
        for nth, day in enumerate(days)
        if (value := path_value(course, day)) is not None
    ]
    return " ".join(places) if len(places) > 1 else ""


def _breaks(points: Sequence[Point], broken: Sequence[date]) -> tuple[float, ...]:
    """Halfway between the last point before each day and the first one that ends on it or later."""
    places = []
    for before, after in pairwise(points):
        if any(before.period.end < day <= after.period.end for day in broken):
            places.append(round((before.x + after.x) / 2, 1))
    return tuple(places)


def _words(points: tuple[Point, ...], at: float | None, width: float) -> tuple[float, float]:
    """Where the words of the target cover no point: over or under its line, left or right."""
    if at is None:
        return 0, 0
    places = [(x, y) for y in (at - 6, at + 14) for x in (15.0, 325 - width) if 10 < y < FOOT + 12]

    def hits(place: tuple[float, float]) -> int:
        left, foot = place
        return sum(
            left - 12 < p.x < left + width + 12
            and p.y - (22 if p.labelled else 6) < foot + 3
            and p.y + 6 > foot - 11
            for p in points
        )

    return min(places, key=hits)


def _strokes(shown: Series, points: Sequence[Point]) -> tuple[str, ...]:
    """Runs of whole periods: a period without a figure, or in which reports are missing, is not joined to
    others."""
    places = {point.period.code: point for point in points}
    runs: list[list[Point]] = [[]]
    for period, _figure in shown:
        point = places.get(period.code)
        if point is not None and point.whole:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return tuple(" ".join(f"{p.x},{p.y}" for p in run) for run in runs if len(run) > 1)


ENOUGH = 80
"""Per cent of the reports that a figure of a small line needs: the cut-off of a review."""


class Spark(NamedTuple):
    """A small line beside a row, on a drawing of 92 × 22. `points`: place, and whether enough reports are in
    it (`ENOUGH`); `strokes` join such ones that follow each other."""

    points: tuple[tuple[float, float, bool], ...]
    strokes: tuple[str, ...]


def spark(figures: Sequence[Figure], of_whole: Sequence[bool] = ()) -> Spark | None:
    """The line of figures that follow each other; None for fewer than two. `of_whole`: whether each is of its
    whole time, and not of a part of a year."""
    known = [figure for figure in figures if figure.value is not None]
    if len(known) < 2:
        return None
    parts = {nth for nth, each in enumerate(of_whole) if not each}
    whole = [
        figure
        for nth, figure in enumerate(figures)
        if figure.value is not None and _enough(figure) and nth not in parts
    ]
    # What is not whole yet must not set the scale: it may be a twentieth of it.
    values = [figure.value or Decimal(0) for figure in (whole if len(whole) > 1 else known)]
    low, high = min(values), max(values)
    step = 84 / (len(figures) - 1)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return round(18 - min(max(share, 0.0), 1.0) * 14, 1)

    runs: list[list[str]] = [[]]
    points = []
    for nth, figure in enumerate(figures):
        at = (round(4 + nth * step, 1), y(figure.value or Decimal(0)))
        joined = figure.value is not None and _enough(figure) and nth not in parts
        if figure.value is not None:
            points.append((*at, joined))
        if joined:
            runs[-1].append(f"{at[0]},{at[1]}")
        elif runs[-1]:
            runs.append([])
    return Spark(tuple(points), tuple(" ".join(run) for run in runs if len(run) > 1))


def _enough(figure: Figure) -> bool:
    """A value of an earlier period that stands for a newer one is no report of this time."""
    coverage = figure.coverage
    there = coverage.reported - len(coverage.carried)
    return there * 100 >= coverage.due * ENOUGH


class ColumnChart(NamedTuple):
    """A column of a drawing of 220 × 86, its foot at 64; None has no height and no figure. `labelled`:
    its number fits above it."""

    x: float
    y: float
    height: float
    width: float
    period: Period
    figure: Figure
    labelled: bool


def columns(figures: PeriodFigures) -> tuple[ColumnChart, ...]:
    """One column a period."""
    values = [figure.value for _period, figure in figures if figure.value is not None]
    if len(values) < 2:
        return ()
    top = max((abs(value) for value in values), default=Decimal(0)) or Decimal(1)
    step = 216 / len(figures)
    widest = max(len(figure_text(figure)) for _period, figure in figures) * LETTER
    every = max(1, -int(-widest // step))
    found = []
    for nth, (period, figure) in enumerate(figures):
        height = round(float(abs(figure.value or Decimal(0)) / top) * 46, 1)
        found.append(
            ColumnChart(
                round(2 + nth * step, 1),
                64 - height,
                height,
                round(step - 6, 1),
                period,
                figure,
                (len(figures) - 1 - nth) % every == 0,
            )
        )
    return tuple(found)
