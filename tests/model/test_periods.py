"""Periods: the civil calendar tiles time; codes and spans are read or refused; deadlines."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.errors import UnknownName
from nqcore.model.periods import (
    CIVIL,
    DueRule,
    Period,
    PeriodKind,
    previous_period,
    read_period,
    with_due,
)

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
TILES = [PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR]
CALENDAR_KINDS = [*TILES, PeriodKind.NINE_MONTHS]


@pytest.mark.parametrize("kind", TILES)
def test_periods_tile_the_years_without_gap_or_overlap(kind: PeriodKind) -> None:
    periods = list(CIVIL.periods(kind, date(1990, 1, 1), date(2040, 12, 31)))
    assert periods[0].start == date(1990, 1, 1)
    assert periods[-1].end == date(2040, 12, 31)
    for one, following in itertools.pairwise(periods):
        assert following.start == one.end + timedelta(days=1)
    assert len({p.code for p in periods}) == len(periods)


def test_nine_months_begin_each_year_and_end_with_september() -> None:
    periods = list(CIVIL.periods(PeriodKind.NINE_MONTHS, date(1990, 1, 1), date(2040, 12, 31)))
    assert [(p.start, p.end) for p in periods] == [
        (date(year, 1, 1), date(year, 9, 30)) for year in range(1990, 2041)
    ]


@given(st.sampled_from(CALENDAR_KINDS), DAYS, DAYS)
def test_the_periods_of_a_stretch_are_exactly_those_that_touch_it(
    kind: PeriodKind, a: date, b: date
) -> None:
    start, end = min(a, b), max(a, b)
    stretch = Period(code="x", kind=PeriodKind.SPAN, start=start, end=end)
    everything = CIVIL.periods(kind, date(1989, 1, 1), date(2041, 12, 31))
    assert list(CIVIL.periods(kind, start, end)) == [p for p in everything if p.overlaps(stretch)]


@given(st.sampled_from(CALENDAR_KINDS), DAYS)
def test_the_code_of_a_period_reads_back_as_that_period(kind: PeriodKind, day: date) -> None:
    for period in CIVIL.periods(kind, day, day):
        assert read_period(period.code) == period
        assert period.start <= day <= period.end


@given(st.sampled_from(CALENDAR_KINDS), DAYS)
def test_the_previous_period_is_of_the_same_kind_and_the_last_to_end_before(
    kind: PeriodKind, day: date
) -> None:
    period = next(CIVIL.periods(kind, day.replace(month=1), day))
    before = previous_period(period)
    assert before.kind is kind
    assert before.end < period.start
    between = [
        p for p in CIVIL.periods(kind, before.start, period.end) if p not in (before, period)
    ]
    assert between == []


def test_a_span_has_no_previous_period() -> None:
    with pytest.raises(UnknownName):
        previous_period(read_period("2008..2018"))


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-Q3", "2018-07-01", "2018-09-30"),
        ("2018-H2", "2018-07-01", "2018-12-31"),
        ("2018-9M", "2018-01-01", "2018-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2008..2018", "2008-01-01", "2018-12-31"),
        ("2008-01-28..2018-09-30", "2008-01-28", "2018-09-30"),
        ("2008-01-28..2018-Q3", "2008-01-28", "2018-09-30"),
        ("2018-Q3..2018-Q3", "2018-07-01", "2018-09-30"),
    ],
)
def test_codes_and_spans_are_read(code: str, start: str, end: str) -> None:
    period = read_period(code)
    assert (period.code, period.start.isoformat(), period.end.isoformat()) == (code, start, end)
    assert period.due is None


@pytest.mark.parametrize(
    "code",
    [
        "",
        "18",
        "0000",
        "2018-Q0",
        "2018-Q5",
        "2018-H3",
        "2018-13",
        "2018-00",
        "2018-9",
        "2018-09-01",
        "2018-6M",
        " 2018",
        "2018\n",
        "٢٠١٨",
        "２０１８",
        "2018..",
        "..2018",
        "2018..2008",
        "2008..2012..2018",
        "2018-02-30..2018-03-01",
        "2018-Q3..gestern",
        "0001",
        "1899",
        "9999",
        "9999-Q4",
        "0001-01-01..2018-01-01",
        "2018..9999-12-31",
    ],
)
def test_what_is_no_period_is_refused_with_examples(code: str) -> None:
    with pytest.raises(UnknownName, match="2018-Q3, Q3/2018, 2018, 2018-09"):
        read_period(code)


@pytest.mark.parametrize(
    ("rule", "code", "due"),
    [
        (DueRule(day=10), "2018-Q3", "2018-10-10"),
        (DueRule(day=10), "2018-Q4", "2019-01-10"),
        (DueRule(day=15, months_after=0), "2018-09", "2018-09-15"),
        (DueRule(day=31), "2018-01", "2018-02-28"),
        (DueRule(day=31), "2016-01", "2016-02-29"),
        (DueRule(day=30, months_after=2), "2018", "2019-02-28"),
        (DueRule(day=1, months_after=14), "2018", "2020-02-01"),
    ],
)
def test_the_deadline_is_a_day_of_a_later_month_or_that_months_last(
    rule: DueRule, code: str, due: str
) -> None:
    period = with_due(read_period(code), rule)
    assert period.due is not None
    assert period.due.isoformat() == due


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Period(code="x", kind=PeriodKind.SPAN, start=date(2018, 1, 2), end=date(2018, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_containing_and_touching_are_what_the_days_say(a: date, b: date, c: date, d: date) -> None:
    one = Period(code="1", kind=PeriodKind.SPAN, start=min(a, b), end=max(a, b))
    two = Period(code="2", kind=PeriodKind.SPAN, start=min(c, d), end=max(c, d))
    assert one.contains(two) is (one.start <= two.start <= two.end <= one.end)
    assert one.overlaps(two) is (max(one.start, two.start) <= min(one.end, two.end))
