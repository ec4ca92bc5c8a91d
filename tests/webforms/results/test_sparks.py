"""The small line beside a row, and the marks of a series that breaks: their edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.periods import read_period
from webforms.results.charts import Spark, line, spark


def figure(value: int | None, reported: int = 5, due: int = 5, year: int = 2010) -> Figure:
    missing = tuple(ReportRef(unit=f"xa-{nth}", period=str(year)) for nth in range(due - reported))
    return Figure(
        indicator="t.A1",
        unit="top",
        period=str(year),
        value=None if value is None else Decimal(value),
        decimals=0,
        measure="người",
        coverage=Coverage(due=due, reported=reported, missing=missing),
    )


def drawn(*figures: Figure) -> Spark:
    found = spark(figures)
    assert found is not None
    return found


@pytest.mark.parametrize("values", [(), (5,), (None, 5), (None, None)])
def test_fewer_than_two_figures_are_no_line(values: tuple[int | None, ...]) -> None:
    assert spark([figure(value) for value in values]) is None


@pytest.mark.parametrize("count", [2, 3, 10, 40])
def test_the_line_fills_its_drawing_whatever_the_number_of_figures(count: int) -> None:
    points = drawn(*map(figure, range(count))).points
    assert (points[0][:2], points[-1][:2]) == ((4, 18), (88, 4))


@pytest.mark.parametrize("value", [0, 7, -3, 999_999_999_999_999])
def test_figures_that_are_all_the_same_lie_in_the_middle(value: int) -> None:
    assert {y for _x, y, _whole in drawn(*[figure(value)] * 3).points} == {11}


def test_where_a_figure_is_missing_the_line_has_a_gap_and_keeps_its_place() -> None:
    found = drawn(figure(1), figure(2), figure(None), figure(3), figure(4))
    assert [x for x, _y, _whole in found.points] == [4, 25, 67, 88]
    assert [len(stroke.split()) for stroke in found.strokes] == [2, 2]


@pytest.mark.parametrize(("reported", "joined"), [(79, False), (80, True), (100, True)])
def test_a_figure_is_joined_from_four_fifths_of_its_reports_on(reported: int, joined: bool) -> None:
    found = drawn(figure(10), figure(20), figure(400, reported, 100))
    assert found.points[-1][2] is joined
    assert len(found.strokes[0].split()) == (3 if joined else 2)


def test_what_has_too_few_reports_sets_no_scale() -> None:
    found = drawn(figure(10), figure(20), figure(1, 1, 100))
    assert found.points[1][1] == 4
    assert found.points[2][1] == 18  # below the least of the others: at the foot, not outside


@pytest.mark.parametrize(
    ("day", "between"),
    [
        (
            date(2010, 12, 31),
            None,
        ),  # the last day of the first figure: it has the new units already
        (date(2011, 1, 1), 0),
        (date(2011, 12, 31), 0),  # the last day of the next one
        (date(2012, 1, 1), 1),
        (date(2013, 1, 1), None),  # after all figures
    ],
)
def test_a_break_stands_between_the_figures_before_and_after_its_day(
    day: date, between: int | None
) -> None:
    years = [(read_period(str(year)), figure(year, year=year)) for year in (2010, 2011, 2012)]
    chart = line(years, None, 0, [day])
    assert chart is not None
    middles = [
        round((a.x + b.x) / 2, 1) for a, b in zip(chart.points, chart.points[1:], strict=False)
    ]
    assert chart.breaks == (() if between is None else (middles[between],))
