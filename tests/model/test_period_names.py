"""How a time is named in an official document: the years of work since a directive, and every other span."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.model.period_names import official_period_name, work_period_name
from nqcore.model.periods import Period, PeriodKind, read_period

RESOLUTION = "2008-01-28"

NAMES = [
    # Reviews after 5, 10 years count from anniversary to anniversary.
    ("2008..2018", RESOLUTION, "10 năm (2008 - 2018)"),
    ("2008..2013", RESOLUTION, "5 năm (2008 - 2013)"),
    ("@2008-01-28..2018-09-30", RESOLUTION, "10 năm (2008 - 2018)"),
    ("2007..2018", RESOLUTION, "10 năm (2008 - 2018)"),
    ("2008..2018", "2008-12-20", "10 năm (2008 - 2018)"),
    ("2008..2018", "2008-02-29", "10 năm (2008 - 2018)"),
    # Other numbers are whole years, rounded where less than two months are over or lacking.
    ("2008..2017", RESOLUTION, "10 năm (2008 - 2017)"),
    ("2008..2010", RESOLUTION, "3 năm (2008 - 2010)"),
    ("2016..2018", "2016-01-28", "3 năm (2016 - 2018)"),
    ("2017..2018", "2017-01-05", "2 năm (2017 - 2018)"),
    ("2008..2012", "2008-11-20", "4 năm (2008 - 2012)"),
    ("2008..2012", "2008-06-15", "giai đoạn 2008 - 2012"),
    ("2008-01-28..2011-01-27", RESOLUTION, "3 năm (2008 - 2011)"),
    # Spans that begin in another year than the directive, or whose directive has no known day.
    ("2017..2018", RESOLUTION, "2 năm (2017 - 2018)"),
    ("2016..2018", RESOLUTION, "3 năm (2016 - 2018)"),
    ("2016..2018", None, "giai đoạn 2016 - 2018"),
    ("2008..2018", None, "giai đoạn 2008 - 2018"),
    ("2016-07-01..2018-06-30", RESOLUTION, "2 năm, từ ngày 01/7/2016 đến ngày 30/6/2018"),
    ("2016-07-01..2018-03-31", RESOLUTION, "từ ngày 01/7/2016 đến ngày 31/3/2018"),
    ("2018-Q1..2018-Q3", RESOLUTION, "từ ngày 01/01/2018 đến ngày 30/9/2018"),
    # One year.
    ("2018..2018", RESOLUTION, "năm 2018"),
    ("2008..2008", RESOLUTION, "năm 2008"),
    ("2008..2018", "2018-05-01", "năm 2018"),
    # Periods.
    ("2018-Q3", RESOLUTION, "quý III năm 2018"),
    ("2018-H1", RESOLUTION, "6 tháng đầu năm 2018"),
    ("2018-H2", RESOLUTION, "6 tháng cuối năm 2018"),
    ("2018-9M", RESOLUTION, "9 tháng đầu năm 2018"),
    ("2018-02", RESOLUTION, "tháng 02 năm 2018"),
    ("2018-11", None, "tháng 11 năm 2018"),
    ("2018", RESOLUTION, "năm 2018"),
]


@pytest.mark.parametrize(("code", "issued", "name"), NAMES)
def test_the_time_that_a_report_is_about(code: str, issued: str | None, name: str) -> None:
    assert (
        work_period_name(read_period(code), date.fromisoformat(issued) if issued else None) == name
    )


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS, DAYS | st.none())
def test_a_number_of_years_is_never_more_than_the_calendar_years_it_names(
    one: date, other: date, issued: date | None
) -> None:
    start, end = sorted((one, other))
    span = Period(code="x", kind=PeriodKind.SPAN, start=start, end=end)
    if issued is not None and issued > end:
        return
    name = work_period_name(span, issued)
    begin = max(start, issued or start)
    if name[:1].isdigit():
        assert 1 <= int(name.split()[0]) <= end.year - begin.year + 1
    else:
        assert name.startswith(("giai đoạn ", "từ ngày ", "năm "))


def test_whole_years_are_a_stage_and_other_days_are_named() -> None:
    assert official_period_name(read_period("2008..2018")) == "giai đoạn 2008 - 2018"
    assert official_period_name(read_period("2008..2008")) == "năm 2008"
