"""The State's periods (Nghị định 09/2019, Điều 12) tile time; each calendar's longer ones are made of
its shorter ones; codes are safe in the ids of reports."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nq_state_calendar import ND09
from nqcore.errors import UnknownName
from nqcore.model.periods import CIVIL, Calendar, Period, PeriodKind, previous_period, read_period
from nqcore.testing import check_plugin

FIRST, LAST = date(1990, 1, 1), date(2040, 12, 31)
DAYS = st.dates(FIRST, LAST)
TILES = [PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR]
KINDS = [*TILES, PeriodKind.NINE_MONTHS]
BOTH = pytest.mark.parametrize("calendar", [CIVIL, ND09], ids=lambda c: c.id)


def stretch(period: Period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


@BOTH
@pytest.mark.parametrize("kind", TILES)
def test_every_day_of_half_a_century_is_in_exactly_one_period(
    calendar: Calendar, kind: PeriodKind
) -> None:
    periods = list(calendar.periods(kind, FIRST, LAST))
    assert periods[0].start <= FIRST
    assert periods[-1].end >= LAST
    for one, after in pairwise(periods):
        assert after.start == one.end + timedelta(days=1)
    assert len({period.code for period in periods}) == len(periods)


@BOTH
@pytest.mark.parametrize("year", range(1990, 2041))
def test_longer_periods_are_made_of_shorter_ones(calendar: Calendar, year: int) -> None:
    def read(name: str) -> Period:
        return read_period(f"{year}{name}", calendar)

    def made_of(*parts: Period) -> tuple[date, date]:
        for one, after in pairwise(parts):
            assert after.start == one.end + timedelta(days=1)
        return parts[0].start, parts[-1].end

    def ends(period: Period) -> tuple[date, date]:
        return period.start, period.end

    months = [read(f"-{month:02}") for month in range(1, 13)]
    quarters = [read(f"-Q{nth}") for nth in range(1, 5)]
    halves = [read("-H1"), read("-H2")]
    for nth, quarter in enumerate(quarters):
        assert ends(quarter) == made_of(*months[nth * 3 : nth * 3 + 3])
    assert ends(halves[0]) == made_of(*months[:6]) == made_of(*quarters[:2])
    assert ends(halves[1]) == made_of(*months[6:]) == made_of(*quarters[2:])
    assert ends(read("-9M")) == made_of(halves[0], quarters[2])
    assert ends(read("")) == made_of(*halves) == made_of(*months)


@BOTH
@given(kind=st.sampled_from(KINDS), a=DAYS, b=DAYS)
def test_the_periods_of_a_stretch_are_exactly_those_that_touch_it(
    calendar: Calendar, kind: PeriodKind, a: date, b: date
) -> None:
    span = Period(code="x", kind=PeriodKind.SPAN, start=min(a, b), end=max(a, b))
    everything = calendar.periods(kind, date(1988, 1, 1), date(2042, 12, 31))
    found = list(calendar.periods(kind, span.start, span.end))
    assert found == [period for period in everything if period.overlaps(span)]


@BOTH
@given(kind=st.sampled_from(KINDS), day=DAYS)
def test_a_code_reads_back_and_is_safe_in_a_reports_id(
    calendar: Calendar, kind: PeriodKind, day: date
) -> None:
    for period in calendar.periods(kind, day, day):
        assert read_period(period.code, calendar) == period
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", period.code)
        assert ".." not in period.code


@given(st.sampled_from(KINDS), DAYS)
def test_the_state_period_before_is_the_last_of_its_kind_to_end_before(
    kind: PeriodKind, day: date
) -> None:
    for period in ND09.periods(kind, day, day):
        before = previous_period(period, ND09)
        assert before.kind is kind
        assert before.end < period.start
        if kind is not PeriodKind.NINE_MONTHS:
            assert before.end == period.start - timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2024-M05.nd09", "2024-04-15", "2024-05-14"),
        ("2024-M01.nd09", "2023-12-15", "2024-01-14"),
        ("2024-M03.nd09", "2024-02-15", "2024-03-14"),
        ("2024-Q2.nd09", "2024-03-15", "2024-06-14"),
        ("2024-H1.nd09", "2023-12-15", "2024-06-14"),
        ("2024-H2.nd09", "2024-06-15", "2024-12-14"),
        ("2024-9M.nd09", "2023-12-15", "2024-09-14"),
        ("2024-Y.nd09", "2023-12-15", "2024-12-14"),
        ("2019..2024", "2018-12-15", "2024-12-14"),
    ],
)
def test_the_states_periods_are_those_of_the_decree(code: str, start: str, end: str) -> None:
    assert stretch(read_period(code, ND09)) == (start, end)


@pytest.mark.parametrize(
    ("civil", "own"),
    [
        ("2024", "2024-Y.nd09"),
        ("2024-05", "2024-M05.nd09"),
        ("2024-Q2", "2024-Q2.nd09"),
        ("2024-H1", "2024-H1.nd09"),
        ("2024-9M", "2024-9M.nd09"),
    ],
)
def test_a_civil_name_means_the_states_period_of_that_name(civil: str, own: str) -> None:
    assert read_period(civil, ND09).code == own


@pytest.mark.parametrize(
    "code",
    ["2024-Y", "2024-M05", "2024-M13.nd09", "2024-Q5.nd09", "2024.nd09", "2024-q2.nd09", "1899"],
)
def test_what_is_no_period_of_the_state_is_refused(code: str) -> None:
    with pytest.raises(UnknownName):
        read_period(code, ND09)


def test_the_decree_came_into_force_on_12_march_2019() -> None:
    assert ND09.since == date(2019, 3, 12)


def test_the_plugin_conforms() -> None:
    assert check_plugin("nq_state_calendar") == []
