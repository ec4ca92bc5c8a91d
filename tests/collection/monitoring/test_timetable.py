"""The timetable of a year, and the office's own days off, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.monitoring.timetable import DayPassed, DayWithoutName, NotOwnDay
from nqcore.errors import NotAllowed, UnknownName
from tests.support.small import NOON, Now, found

TODAY = NOON.date()


@pytest.fixture
def ws(tmp_path):
    with found(tmp_path / "ws", Now(NOON)) as ws:
        for login, unit in (("qt", "top"), ("qt-a", "xa-a")):
            ws.accounts.add(login, login, unit, [Role.ADMIN], units=ws.units, by="test", at=NOON)
        yield ws


def test_a_year_has_the_periods_that_end_in_it_and_the_units_that_owe_them(ws):
    (one,) = ws.monitoring.timetable(2018).forms
    assert [row.period.code for row in one.rows] == ["2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"]
    units = [{u.code for g in row.deadlines for u in g.units} for row in one.rows]
    # dn-2 closes on 15 June: it owes the first quarter only.
    assert units[0] == {"xa-a", "xa-b", "dn-1", "dn-2", "dn-3"}
    assert units[1] == {"xa-a", "xa-b", "dn-1", "dn-3"}


def test_a_part_of_the_tree_has_only_its_own_units_and_a_year_before_all_forms_has_none(ws):
    (one,) = ws.monitoring.timetable(2018, "xa-b").forms
    assert {u.code for r in one.rows for g in r.deadlines for u in g.units} == {"xa-b", "dn-3"}
    assert ws.monitoring.timetable(2010).forms == ()


@pytest.mark.parametrize("year", [1900, 2018])
def test_the_timetable_of_an_unknown_unit_is_refused(ws, year: int):
    with pytest.raises(UnknownName, match="zz"):
        ws.monitoring.timetable(year, "zz")


def test_an_extended_report_is_listed_in_its_year_and_for_the_units_above_it(ws):
    ws.submissions.extend_deadline("xa-a", "s.q", "2018-Q1", date(2018, 4, 20), "Bão", by="qt")
    assert [o.unit for o in ws.monitoring.timetable(2018).extended] == ["xa-a"]
    assert [o.unit for o in ws.monitoring.timetable(2018, "xa-a").extended] == ["xa-a"]
    assert ws.monitoring.timetable(2018, "xa-b").extended == ()
    assert ws.monitoring.timetable(2019).extended == ()
    # Extensions are not among the deadlines of the period.
    (row, *_) = ws.monitoring.timetable(2018).forms[0].rows
    assert len(row.deadlines) == 1


@pytest.mark.parametrize("working", [True, False])
def test_a_day_can_be_entered_and_taken_back_from_tomorrow_on(ws, working: bool):
    for day in (TODAY - timedelta(days=1), TODAY):
        with pytest.raises(DayPassed):
            ws.monitoring.set_day_off(day, "Nghỉ bù", working=working, by="qt")
        with pytest.raises(DayPassed):
            ws.monitoring.drop_day_off(day, by="qt")
    tomorrow = TODAY + timedelta(days=1)
    ws.monitoring.set_day_off(tomorrow, " Nghỉ bù ", working=working, by="qt")
    (own,) = [one for one in ws.monitoring.timetable(2018).special_days if one.own]
    assert (own.day, own.name, own.working) == (tomorrow, "Nghỉ bù", working)
    ws.monitoring.drop_day_off(tomorrow, by="qt")
    assert not [one for one in ws.monitoring.timetable(2018).special_days if one.own]


def test_a_day_needs_a_name_and_an_administrator_at_the_top(ws):
    tomorrow, seen = TODAY + timedelta(days=1), ws.store.version
    with pytest.raises(DayWithoutName):
        ws.monitoring.set_day_off(tomorrow, " ", working=False, by="qt")
    for login in ("qt-a", "duyet", "lan"):
        with pytest.raises(NotAllowed):
            ws.monitoring.set_day_off(tomorrow, "Nghỉ", working=False, by=login)
        with pytest.raises(NotAllowed):
            ws.monitoring.drop_day_off(tomorrow, by=login)
    with pytest.raises(NotOwnDay):
        ws.monitoring.drop_day_off(tomorrow, by="qt")
    assert ws.store.version == seen
