"""The line of an indicator over its periods: where points, strokes and the words of the target are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.periods import read_period
from webforms.results.charts import (
    FOOT,
    LEFT,
    RIGHT,
    TOP,
    Course,
    LineChart,
    PeriodFigures,
    columns,
    common_scale,
    line,
)

GAP = Coverage(due=2, reported=1, missing=(ReportRef(unit="xa-a", period="2018-Q1"),))
WHOLE = Coverage(due=2, reported=2)


def figures(*values: int | None, incomplete: frozenset[int] = frozenset()) -> PeriodFigures:
    """A figure a year from 2010 on; those at the places `incomplete` lack a report."""
    return [
        (
            read_period(str(2010 + nth)),
            Figure(
                indicator="t.A1",
                unit="top",
                period=str(2010 + nth),
                value=None if value is None else Decimal(value),
                decimals=0,
                measure="người",
                coverage=GAP if nth in incomplete else WHOLE,
            ),
        )
        for nth, value in enumerate(values)
    ]


def drawn(of: PeriodFigures, target: int | None = None, width: float = 60) -> LineChart:
    chart = line(of, None if target is None else Decimal(target), width)
    assert chart is not None
    return chart


@pytest.mark.parametrize("values", [(), (5,), (5, None)])
def test_one_figure_is_no_line(values: tuple[int | None, ...]) -> None:
    assert line(figures(*values), None, 60) is None


def test_the_line_fills_the_drawing_and_a_larger_figure_is_higher() -> None:
    chart = drawn(figures(0, 50, 100))
    assert [point.x for point in chart.points] == [LEFT, (LEFT + RIGHT) / 2, RIGHT]
    assert [point.y for point in chart.points] == [FOOT, (FOOT + TOP) / 2, TOP]
    assert not chart.cut
    assert chart.target is None


def test_a_period_without_a_figure_has_no_point() -> None:
    assert [p.period.code for p in drawn(figures(1, None, 3)).points] == ["2010", "2012"]


def test_figures_far_from_zero_are_told_apart_and_the_axis_says_that_it_is_cut() -> None:
    chart = drawn(figures(1000, 1010))
    assert chart.cut
    assert chart.points[0].y - chart.points[1].y > (FOOT - TOP) / 2


def test_a_period_with_missing_reports_is_not_joined_and_sets_no_scale() -> None:
    chart = drawn(figures(10, 20, 900, 20, 10, incomplete=frozenset({2})))
    assert [len(stroke.split()) for stroke in chart.strokes] == [2, 2]
    assert chart.points[1].y == TOP
    assert chart.points[2].y == TOP - 10


def test_only_numbers_that_have_room_are_written_and_the_newest_always_is() -> None:
    labelled = [point.labelled for point in drawn(figures(*range(1_000_000, 1_000_020))).points]
    assert labelled[-1]
    assert 1 < labelled.count(True) < 20


@pytest.mark.parametrize("target", [0, 5, 10, 15])
def test_the_words_of_the_target_cover_no_point(target: int) -> None:
    width = 60.0
    chart = drawn(figures(10, 10, 10, 10, 0, 0, 0), target, width)
    left, foot = chart.words
    assert chart.target is not None
    assert foot in (chart.target - 6, chart.target + 14)
    assert not any(left <= p.x <= left + width and foot - 11 <= p.y <= foot for p in chart.points)


@pytest.mark.parametrize(
    ("value", "labelled"),
    [(9, [True] * 6), (9_999, [True] * 6), (999_999, [False, True] * 3)],
)
def test_numbers_over_columns_do_not_touch_and_the_newest_is_written(
    value: int, labelled: list[bool]
) -> None:
    assert [column.labelled for column in columns(figures(*[value] * 6))] == labelled


def test_a_period_without_a_figure_leaves_its_place_empty_and_breaks_the_line() -> None:
    chart = drawn(figures(1, 2, None, 3, 4))
    step = (RIGHT - LEFT) / 4
    assert [point.x for point in chart.points] == [LEFT + nth * step for nth in (0, 1, 3, 4)]
    assert [len(stroke.split()) for stroke in chart.strokes] == [2, 2]


def test_empty_periods_before_the_first_and_after_the_last_figure_take_no_room() -> None:
    chart = drawn(figures(None, None, 1, 2, None))
    assert [point.x for point in chart.points] == [LEFT, RIGHT]


def test_the_path_to_a_target_runs_between_its_days_and_sets_the_scale_too() -> None:
    course = [(date(2011, 12, 31), Fraction(10)), (date(2013, 12, 31), Fraction(30))]
    chart = line(figures(10, 10, 12, 14), Decimal(30), 60, course=course)
    assert chart is not None
    assert chart.target is not None
    places = [tuple(map(float, place.split(","))) for place in chart.course.split()]
    assert [x for x, _y in places] == [chart.points[nth].x for nth in (1, 2, 3)]
    assert places[0][1] == chart.points[1].y
    assert places[-1][1] == chart.target == TOP
    assert places[1][1] == pytest.approx((places[0][1] + places[2][1]) / 2, abs=0.1)


@pytest.mark.parametrize(
    "course", [(), ((date(2011, 12, 31), Fraction(1)),), ((date(2020, 1, 1), Fraction(1)),) * 2]
)
def test_a_path_outside_the_drawing_is_not_drawn(course: Course) -> None:
    chart = line(figures(1, 2, 3), None, 60, course=course)
    assert chart is not None
    assert chart.course == ""


def test_figures_of_several_units_stand_on_one_scale_each_period_at_one_place() -> None:
    large, small = figures(100, 200, 300), [*figures(0, 50, 100)]
    small[0] = (small[0][0], None)
    scale = common_scale([large, small])
    drawings = [line(one, None, 0, scale=scale) for one in (large, small)]
    assert all(drawings)
    first, second = (one.points for one in drawings if one is not None)
    assert [p.x for p in second] == [p.x for p in first[1:]]
    assert second[-1].y == first[0].y  # both are 100


def test_no_figures_at_all_have_a_scale() -> None:
    assert common_scale([]).height > 0


@pytest.mark.parametrize(
    "values",
    [
        (0,) * 40,
        tuple(range(40)),
        (999_999_999_999_999, 1, 2),
        (-5, 0, 5),
        (1, None, 3, None, 5),
        (7, 7, 7),
    ],
    ids=["all zero", "forty", "fifteen digits", "below zero", "one missing", "level"],
)
def test_every_point_lies_on_the_drawing(values: tuple[int | None, ...]) -> None:
    chart = drawn(figures(*values))
    assert all(LEFT <= p.x <= RIGHT and 0 < p.y < 165 for p in chart.points)
    labels = [(p.x, len(str(p.figure.value)) * 6.6 / 2) for p in chart.points if p.labelled]
    assert all(a + wide <= b - other for (a, wide), (b, other) in pairwise(labels))
