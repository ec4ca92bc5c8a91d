"""From which day an office collects: asked on its first day, so that nothing of before is late in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.clock import VIET_NAM
from nqcore.collection.accounts.access import NotAllowed, Role
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.office_start import StartRefused, current_start
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, catalogue, found, reopen

NOW = datetime(2018, 4, 20, 9, 0, tzinfo=VIET_NAM)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with found(tmp_path / "ws", Now()) as ws:
        ws.accounts.add("quantri", "Quản trị", "top", [Role.ADMIN], units=ws.units, by="t", at=NOW)
        yield ws


def test_no_unit_is_late_for_a_period_before_the_day_that_was_entered(ws: Workspace) -> None:
    assert ws.monitoring.debts()
    ws.monitoring.begin_on(date(2018, 4, 1), by="quantri")
    assert ws.monitoring.debts() == ()
    steps = ws.monitoring.first_steps()
    assert (steps.since, steps.late) == (date(2018, 4, 1), 0)
    (first,) = [one.first for one in steps.forms]
    assert first is not None
    assert first.code == "2018-Q2"


def test_the_day_is_known_to_another_process(ws: Workspace) -> None:
    ws.monitoring.begin_on(date(2018, 1, 1), by="quantri")
    with reopen(ws.folder, Now()) as other:
        assert other.monitoring.first_steps().since == date(2018, 1, 1)
        ws.monitoring.begin_on(date(2017, 1, 1), by="quantri")
        other.refresh()
        assert other.monitoring.first_steps().since == date(2017, 1, 1)


def test_a_day_after_a_report_that_was_entered_is_refused_with_the_last_day(ws: Workspace) -> None:
    ws.save_draft("xa-a", "s.q", "2017-Q4", {"A1": "3"}, by="lan")
    with pytest.raises(StartRefused) as refused:
        ws.monitoring.begin_on(date(2018, 1, 1), by="quantri")
    assert refused.value.params["last"] == "31/12/2017"
    ws.monitoring.begin_on(date(2017, 12, 31), by="quantri")


def test_only_an_administrator_of_the_whole_office_enters_it(ws: Workspace) -> None:
    with pytest.raises(NotAllowed):
        ws.monitoring.begin_on(date(2018, 1, 1), by="lan")


FORM = """
[pack]
id = "m-{every}"
since = 2015-01-01
basis = "Kế hoạch"
[[directive]]
type = "Kế hoạch"
number = "{nth}-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về thử"
date = 2015-01-01
[[indicator]]
label = "A1"
name = "Số hội nghị"
measure = "hội nghị"
[[form]]
id = "m.{every}"
title = "Báo cáo"
directive = "{nth}-KH/HU"
every = "{every}"
due = {{ day = 10, months_after = 1 }}
owed_by = {{ kinds = ["commune"] }}
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["A1"]
"""
DEFINED = st.sampled_from(["month", "quarter", "half", "year"])


@given(
    every=st.lists(DEFINED, min_size=1, max_size=3, unique=True),
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_with_the_day_that_is_proposed_the_forms_of_one_deadline_owe_nothing_late(
    every: list[str], day: date
) -> None:
    known = catalogue(*(FORM.format(every=one, nth=nth) for nth, one in enumerate(every, 1)))
    forms = known.forms.values()
    since = current_start(Obligations(known), forms, day)
    obligations = Obligations(known, since=since)
    for form in forms:
        for period in obligations.open_periods(form, day, 100):
            assert period.due is not None
            assert period.due >= day, (period.code, since)
    assert any(obligations.open_periods(form, day, 1) for form in forms), "one is running"
    assert since <= day + timedelta(days=1)


def test_without_a_form_it_is_the_present_quarter() -> None:
    assert current_start(Obligations(catalogue()), (), date(2026, 11, 5)) == date(2026, 10, 1)
