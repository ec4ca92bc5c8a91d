"""How far a task is: the newest of what was reported and what was noted; who may say it."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.monitoring.task_progress import NoteTooLong
from nqcore.errors import Conflict, NotAllowed, UnknownName
from nqcore.model.targets import TaskStatus
from tests.collection.reorganisation.office import DAY, later, office
from tests.support.small import NOON, Now, accepted, add_accounts, found, plugin
from tests.support.unit_worlds import event

DATED = plugin(
    "nq_dated",
    """
[pack]
id = "d"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[task]]
id = "d.t"
directive = "1-NQ/HU"
title = "Đối thoại"
responsible = "xa-a"
deadline = 2018-04-30
""",
)


@pytest.fixture
def now():
    return Now(NOON)


@pytest.fixture
def ws(tmp_path, now):
    with found(tmp_path / "ws", now, DATED) as ws:
        add_accounts(
            ws,
            {
                "ld": ("top", Role.WATCH),
                "so": ("top", Role.WRITE),
                "kt": ("top", Role.INSPECT),
                "qt": ("top", Role.ADMIN),
            },
        )
        yield ws


def test_nobody_said_anything_is_not_started(ws):
    standing = ws.monitoring.task_overview("t1")
    assert (standing.status, standing.progress, standing.days) == (TaskStatus.NOT_STARTED, (), None)


def test_the_newest_word_holds_whether_reported_or_noted(ws, now):
    accepted(ws, "xa-a", **{"NV-t1.status": "doing", "NV-t1.note": "Đang làm"})
    assert ws.monitoring.task_overview("t1").status is TaskStatus.DOING
    now.moment += timedelta(days=1)
    ws.monitoring.note_task("t1", TaskStatus.DONE, "Xong", by="duyet")
    standing = ws.monitoring.task_overview("t1")
    assert standing.status is TaskStatus.DONE
    assert [(one.note, bool(one.submission)) for one in standing.progress] == [
        ("Xong", False),
        ("Đang làm", True),
    ]
    assert {one.by for one in standing.progress} == {"duyet", "lan"}


def test_a_task_is_overdue_until_it_is_done(ws, now):
    now.on("2018-05-10")
    assert ws.monitoring.task_overview("d.t").overdue == 10
    ws.monitoring.note_task("d.t", TaskStatus.DONE, by="lan")
    assert ws.monitoring.task_overview("d.t").overdue == 0


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *(("lan", True), ("duyet", True), ("so", True)),
        *(("ld", False), ("binh", False), ("kt", False), ("qt", False)),
    ],
)
def test_who_may_say_how_far_it_is(ws, who: str, may: bool):
    if may:
        assert ws.monitoring.note_task("t1", TaskStatus.DOING, by=who).note_count == 1
    else:
        with pytest.raises(NotAllowed):
            ws.monitoring.note_task("t1", TaskStatus.DOING, by=who)


def test_two_people_do_not_overwrite_each_other(ws):
    ws.monitoring.note_task("t1", TaskStatus.DOING, by="lan", base=0)
    with pytest.raises(Conflict):
        ws.monitoring.note_task("t1", TaskStatus.DONE, by="duyet", base=0)
    with pytest.raises(NoteTooLong):
        ws.monitoring.note_task("t1", TaskStatus.DONE, "x" * 501, by="duyet", base=1)
    with pytest.raises(UnknownName):
        ws.monitoring.note_task("none", TaskStatus.DONE, by="duyet")


def test_a_note_may_be_as_long_as_allowed_and_is_normalised(ws):
    found = ws.monitoring.note_task("t1", TaskStatus.DOING, f" {'x' * 500}\n", by="lan")
    assert found.progress[0].note == "x" * 500
    decomposed = unicodedata.normalize("NFD", "Đã họp")
    found = ws.monitoring.note_task("t1", TaskStatus.DOING, decomposed, by="lan")
    assert found.progress[0].note == "Đã họp"
    assert found.note_count == 2


def test_of_two_notes_of_the_same_moment_the_later_one_counts(ws):
    ws.monitoring.note_task("t1", TaskStatus.DOING, "Đang làm", by="lan")
    found = ws.monitoring.note_task("t1", TaskStatus.DONE, "Xong", by="duyet")
    assert found.status is TaskStatus.DONE
    assert [one.note for one in found.progress] == ["Xong", "Đang làm"]


@pytest.mark.parametrize(("day", "overdue"), [("2018-04-30", 0), ("2018-05-01", 1)])
def test_a_task_is_overdue_from_the_day_after_its_deadline_on(ws, now, day: str, overdue: int):
    now.on(day)
    assert ws.monitoring.task_overview("d.t").overdue == overdue


def test_a_move_entered_ahead_of_its_day_gives_no_right_to_note_before_it(tmp_path):
    move = event("v", DAY, "move", unit="xa-b", parent="xa-c")
    with office(tmp_path / "ws") as ws:
        ws.accounts.add("w", "W", "xa-c", [Role.WRITE], units=ws.units, by="test", at=ws.clock())
        ws.organisation.change_units(move, by="qt")
        with pytest.raises(NotAllowed):
            ws.monitoring.note_task("t.1", TaskStatus.DOING, by="w")
        with later(ws, DAY) as then:
            assert then.monitoring.note_task("t.1", TaskStatus.DOING, by="w").note_count == 1
