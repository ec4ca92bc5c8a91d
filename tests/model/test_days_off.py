"""Deadlines: by a day of the month or by working days, beside weekends and Viet Nam's holidays."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nq_state_calendar import ND09
from nqcore.model import days_off
from nqcore.model.days_off import VIET_NAM, DaysOff, NoWorkingDay
from nqcore.model.periods import (
    CIVIL,
    Deadline,
    DueRule,
    HolidayRule,
    Period,
    PeriodKind,
    WorkingDaysRule,
    read_period,
)

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
KINDS = [kind for kind in PeriodKind if kind is not PeriodKind.SPAN]
DAY_RULES = st.builds(
    DueRule,
    day=st.integers(1, 31),
    months_after=st.integers(0, 3),
    on_holiday=st.sampled_from(HolidayRule),
    on_weekend=st.sampled_from(HolidayRule),
)
RULES = DAY_RULES | st.builds(WorkingDaysRule, working_days=st.integers(1, 30))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    day = draw(DAYS)
    calendar = draw(st.sampled_from([CIVIL, ND09]))
    return draw(
        st.sampled_from(
            list(calendar.periods(draw(st.sampled_from(KINDS)), day, day)) or [CIVIL_2018]
        )
    )


CIVIL_2018 = read_period("2018")


@given(periods(), RULES)
def test_a_deadline_never_falls_on_a_holiday_unless_the_rule_says_so(
    period: Period, rule: Deadline
) -> None:
    due = rule.due(period)
    if isinstance(rule, WorkingDaysRule):
        assert VIET_NAM.working(due)
    elif rule.on_holiday is not HolidayRule.KEEP:
        assert not VIET_NAM.holiday(due)
        if rule.on_weekend is not HolidayRule.KEEP:
            assert VIET_NAM.working(due)


@given(periods(), st.integers(1, 31), st.integers(0, 3))
def test_a_rule_that_says_nothing_of_days_off_never_falls_on_a_holiday(
    period: Period, day: int, after: int
) -> None:
    assert not VIET_NAM.holiday(DueRule(day=day, months_after=after).due(period))


@given(periods(), DAY_RULES)
def test_a_deadline_moves_only_from_a_day_off_and_only_as_far_as_it_must(
    period: Period, rule: DueRule
) -> None:
    keep = DueRule(
        day=rule.day,
        months_after=rule.months_after,
        on_holiday=HolidayRule.KEEP,
        on_weekend=HolidayRule.KEEP,
    )
    plain, due = keep.due(period), rule.due(period)
    if VIET_NAM.working(plain):
        assert due == plain
    if due != plain:
        assert VIET_NAM.working(due)
        step = 1 if due > plain else -1
        between = plain
        while between != due:
            assert not VIET_NAM.working(between)
            between += timedelta(days=step)


@given(periods(), st.integers(1, 30))
def test_so_many_working_days_lie_between_the_cut_off_and_the_deadline(
    period: Period, count: int
) -> None:
    due = WorkingDaysRule(working_days=count).due(period)
    days = (period.end + timedelta(days=n) for n in range(1, (due - period.end).days + 1))
    assert sum(VIET_NAM.working(day) for day in days) == count


@pytest.mark.parametrize(
    ("rule", "code", "due"),
    [
        # 31 January 2017 was the fourth day of Tết; work began again on 2 February.
        (DueRule(day=31), "2016", "2017-02-02"),
        (DueRule(day=31, on_holiday=HolidayRule.PREVIOUS), "2016", "2017-01-25"),
        (DueRule(day=31, on_holiday=HolidayRule.KEEP), "2016", "2017-01-31"),
        # 10 March 2018 was a Saturday: the State's statistics leave it, a Party office waits.
        (DueRule(day=10), "2018-02", "2018-03-10"),
        (DueRule(day=10, on_weekend=HolidayRule.NEXT), "2018-02", "2018-03-12"),
        (DueRule(day=10, on_weekend=HolidayRule.PREVIOUS), "2018-02", "2018-03-09"),
        # 30 April and 1 May.
        (DueRule(day=30), "2018-03", "2018-05-02"),
        # Two working days after the State's cut-off of 14 February 2018, which was in Tết.
        (WorkingDaysRule(working_days=2), "2018-02.x", "2018-02-22"),
        (WorkingDaysRule(working_days=1), "2018-Q3", "2018-10-01"),
        # Saturday 5 January 2019 was worked for Monday 31 December 2018.
        (WorkingDaysRule(working_days=1), "2018-12-30..2018-12-30", "2019-01-02"),
        (WorkingDaysRule(working_days=1), "2019-01-04..2019-01-04", "2019-01-05"),
    ],
)
def test_deadlines_around_days_off(rule: Deadline, code: str, due: str) -> None:
    period = ND09.period(code.removesuffix(".x")) if code.endswith(".x") else read_period(code)
    assert period is not None
    assert rule.due(period).isoformat() == due


def test_an_office_may_have_days_of_its_own() -> None:
    own = DaysOff({date(2018, 10, 1): False, date(2018, 10, 6): True})
    assert WorkingDaysRule(working_days=1).due(read_period("2018-Q3"), own) == date(2018, 10, 2)
    assert own.working(date(2018, 10, 6))
    assert own.holiday(date(2018, 10, 1))
    assert not own.holiday(date(2018, 10, 6))


def test_a_year_without_a_working_day_is_told_not_searched_for_ever() -> None:
    never = DaysOff({date(2018, 1, 1) + timedelta(days=n): False for n in range(365)})
    with pytest.raises(NoWorkingDay, match="2018-01-10"):
        DueRule(day=10, months_after=0).due(read_period("2018-01"), never)


@pytest.mark.parametrize("year", [1900, 2101, 2999])
def test_years_that_the_library_does_not_know_have_weekends_only(year: int) -> None:
    due = WorkingDaysRule(working_days=3).due(read_period(f"{year}"))
    assert due.weekday() < 5


def test_the_holidays_are_loaded_with_the_first_deadline_that_needs_them() -> None:
    code = """
import sys, nqcore
from nqcore.model.periods import DueRule, HolidayRule, read_period
assert "holidays" not in sys.modules
DueRule(day=1, on_holiday=HolidayRule.KEEP).due(read_period("2018"))
assert "holidays" not in sys.modules
DueRule(day=1).due(read_period("2018"))
assert "holidays" in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_the_days_are_those_of_the_library_imported_the_ordinary_way() -> None:
    from holidays.countries.vietnam import Vietnam

    for year in range(1990, 2041):
        found = days_off._library()(years=year, expand=False)
        whole = Vietnam(years=year, expand=False)
        assert dict(found) == dict(whole)
        assert found.weekend_workdays == whole.weekend_workdays
