"""From which day to which day a time speaks: a year that runs, one in which a unit began or ended."""

from __future__ import annotations

from datetime import date

from nqcore.analysis.series.times import SeriesTime
from nqcore.workspace.facade import Workspace
from tests.support.small import Now


def _days(time: SeriesTime) -> tuple[str, date | None, date | None]:
    return time.code, time.since, time.until


def test_a_year_speaks_of_the_days_on_which_the_unit_was_there(ws: Workspace, now: Now) -> None:
    now.on("2019-02-01")
    begun = ws.totals.times("s.q", "dn-1")
    assert _days(begun[0]) == ("2018", date(2018, 2, 1), None)
    ended = [_days(one) for one in ws.totals.times("s.q", "dn-2")]
    assert ended[-1] == ("2018", None, date(2018, 3, 31))
    assert [one.whole for one in ws.totals.times("s.q", "xa-a")][:2] == [True, True]


def test_within_the_units_of_a_day_a_unit_speaks_for_the_whole_year(
    ws: Workspace, now: Now
) -> None:
    now.on("2019-02-01")
    found = ws.totals.times("s.q", "dn-1", boundaries="2018-12-31")
    assert [one.since for one in found] == [None] * len(found)


def test_any_span_is_cut_by_the_same_decision(ws: Workspace, now: Now) -> None:
    now.on("2018-08-20")
    spoken = ws.totals.spoken_time
    assert _days(spoken("s.q", "2018")) == ("2018", None, date(2018, 6, 30))
    assert _days(spoken("s.q", "2018", "dn-1")) == ("2018", date(2018, 2, 1), date(2018, 6, 30))
    assert spoken("s.q", "2017..2018").until == date(2018, 6, 30)
    assert spoken("s.q", "2017").whole
