"""Open duties: what was given by name to a unit that has ended, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nqcore.clock import clock_at
from nqcore.collection.reorganisation.open_duties import open_duties
from nqcore.model.handovers import Duty
from nqcore.workspace.opening import create_workspace
from tests.collection.reorganisation.office import TOML
from tests.support.small import plugin

CLOSED = date(2018, 10, 1)
CLOSE = f"""
[[change]]
id = "c"
date = {CLOSED}
kind = "close"
unit = "xa-b"
[[change]]
id = "m"
date = {CLOSED - timedelta(days=1)}
kind = "move"
unit = "htx"
parent = "xa-c"
"""


def open_on(tmp_path, day: date, toml: str) -> list[tuple[Duty, str]]:
    with create_workspace(
        tmp_path / "ws",
        name="Huyện",
        plugins=(),
        root="huyen",
        clock=clock_at(day),
        modules=[("t", plugin("t", toml))],
    ) as ws:
        assert not ws.faults
        found = open_duties(ws.submissions.repository, day)
        assert ws.organisation.open_duties() == found
        assert {one.ended for one in found} <= {CLOSED}
        assert {one.successor for one in found} <= {None}
        return [(one.duty, one.of) for one in found]


NAMED = [(Duty.FORM, "t.nv"), (Duty.TARGET, "t.m"), (Duty.TASK, "t.1")]


def test_a_duty_is_open_from_the_day_on_which_its_unit_no_longer_exists(tmp_path) -> None:
    assert open_on(tmp_path / "a", CLOSED - timedelta(days=1), TOML + CLOSE) == []
    found = open_on(tmp_path / "b", CLOSED, TOML + CLOSE)
    assert [one for one in found if one[0] is not Duty.REPORTS] == NAMED


@pytest.mark.parametrize(
    ("deadline", "open_then"), [(CLOSED - timedelta(days=1), False), (CLOSED, True)]
)
def test_a_task_whose_deadline_was_before_the_end_of_its_unit_is_not_open(
    tmp_path, deadline: date, open_then: bool
) -> None:
    dated = TOML.replace('responsible = "xa-b"', f'responsible = "xa-b"\ndeadline = {deadline}')
    found = open_on(tmp_path, CLOSED, dated + CLOSE)
    assert ((Duty.TASK, "t.1") in found) is open_then


@pytest.mark.parametrize(
    ("until", "open_then"), [(CLOSED, False), (CLOSED + timedelta(days=1), True)]
)
def test_a_form_that_ended_before_its_unit_is_not_open(
    tmp_path, until: date, open_then: bool
) -> None:
    """`until` of a form is the first day on which it is not in force."""
    ended = TOML.replace('id = "t.nv"', f'id = "t.nv"\nuntil = {until}')
    found = open_on(tmp_path, CLOSED, ended + CLOSE)
    assert ((Duty.FORM, "t.nv") in found) is open_then
