"""Every indicator over time: the times of a unit, and figures that are those of the roll-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.series.times import TimeStep
from nqcore.collection.submissions.as_of import AsOfInFuture
from nqcore.errors import UnknownName
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import PERIOD, accepted


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Workspace]:
    with open_workspace(demo_folder) as ws:
        yield ws


def codes(ws: Workspace, unit: str, step: str = "year", form: str = "s.q") -> list[str]:
    return [time.code for time in ws.totals.times(form, unit, step=step)]


def test_a_unit_has_the_times_in_which_it_or_one_under_it_owed_the_form(ws: Workspace) -> None:
    assert codes(ws, "top") == ["2017", "2018"]
    assert codes(ws, "dn-1") == ["2018"]  # it opened on 1 February 2018
    assert codes(ws, "dn-1", "period") == [PERIOD]


def test_within_the_boundaries_of_a_day_a_unit_speaks_for_what_it_is_made_of(ws: Workspace) -> None:
    found = ws.totals.times("s.q", "dn-1", boundaries="2018-04-05")
    assert [time.code for time in found] == ["2017", "2018"]


def test_a_year_that_is_not_over_says_until_when_its_figures_are(ws: Workspace) -> None:
    before, now = ws.totals.times("s.q", "top")
    assert before.until is None
    assert now.until == date(2018, 3, 31)


def test_every_period_lies_in_exactly_one_of_the_years(demo: Workspace) -> None:
    for form in demo.catalogue.forms:
        for unit in ("huyen", "xa-an-phu", "dn-may-binh-minh"):
            years = [t.period for t in demo.totals.times(form, unit)]
            for time in demo.totals.times(form, unit, step=TimeStep.PERIOD):
                assert sum(year.contains(time.period) for year in years) == 1, (form, unit)


def test_the_newest_times_are_shown_and_those_up_to_an_earlier_one(demo: Workspace) -> None:
    newest = demo.totals.table("res20.q", "huyen", step="period", most=3)
    assert [time.code for time in newest.times] == ["2018-Q1", "2018-Q2", "2018-Q3"]
    earlier = demo.totals.table("res20.q", "huyen", step="period", upto="2010", most=2)
    assert [time.code for time in earlier.times] == ["2010-Q3", "2010-Q4"]


def test_a_form_that_the_unit_never_owed_has_no_rows(demo: Workspace) -> None:
    table = demo.totals.table("hu.nv", "xa-an-phu")
    assert (table.times, table.rows) == ((), ())


def test_what_no_unit_is_asked_for_has_no_row_and_all_else_has(demo: Workspace) -> None:
    whole = {row.indicator.label for row in demo.totals.table("res20.q", "huyen").rows}
    commune = {
        row.indicator.label for row in demo.totals.table("res20.q", "ban-tuyen-giao", own=True).rows
    }
    assert {"A1", "B1", "C1.2"} <= whole
    assert "A1" in commune
    assert "B1" not in commune


def test_the_rows_stand_in_the_parts_of_the_form_in_its_order(ws: Workspace) -> None:
    accepted(ws, "dn-1", B1="1.310", B2="1.200", B3="12,5")
    rows = ws.totals.table("s.q").rows
    assert [(row.section.key, row.indicator.label) for row in rows] == [
        ("A", "A1"), ("A", "B1"), ("A", "B2"), ("A", "B2.1"), ("A", "B3"),
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["year", "period"])
@pytest.mark.parametrize("unit", ["huyen", "xa-an-phu"])
def test_each_figure_is_that_of_the_roll_up(demo: Workspace, unit: str, step: str) -> None:
    table = demo.totals.table("res20.q", unit, step=step, most=5)
    assert table.rows
    for row in table.rows:
        for time, figure in zip(table.times, row.figures, strict=True):
            assert figure == demo.figure(row.indicator.code, time.code, unit)


def test_the_years_of_flows_add_up_their_quarters(demo: Workspace) -> None:
    years = demo.totals.table("res20.q", "huyen")
    quarters = demo.totals.table("res20.q", "huyen", step="period")
    of_quarter = {row.indicator.code: row.figures for row in quarters.rows}
    (place,) = (n for n, time in enumerate(years.times) if time.code == "2016")
    (row,) = (row for row in years.rows if row.indicator.label == "A1")
    parts = [
        figure.value
        for time, figure in zip(quarters.times, of_quarter[row.indicator.code], strict=True)
        if time.code.startswith("2016")
    ]
    assert len(parts) == 4
    assert row.figures[place].value == sum(part or 0 for part in parts)


def test_only_what_had_been_accepted_by_the_day_counts(ws: Workspace) -> None:
    accepted(ws, "xa-a", A1="2")
    (row, *_) = ws.totals.table("s.q", as_of=date(2018, 4, 4)).rows
    assert row.figures[-1].coverage.reported == 0
    with pytest.raises(AsOfInFuture):
        ws.totals.table("s.q", as_of=date(2019, 1, 1))


@pytest.mark.parametrize(
    ("form", "unit", "upto"), [("no", "top", None), ("s.q", "top", "2018-Q9"), ("s.q", "no", None)]
)
def test_what_there_is_not_is_refused(
    ws: Workspace, form: str, unit: str, upto: str | None
) -> None:
    with pytest.raises(UnknownName):
        ws.totals.table(form, unit, upto=upto)
