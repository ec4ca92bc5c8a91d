"""What an administrator with limits may change through the services: each change × each limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.errors import NotAllowed
from nqcore.model.changes import ChangeEvent, ChangeKind
from nqcore.model.handovers import BrokenHandover, Disposal, Duty, Handover
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, found

DAY = date(2018, 5, 2)
LIMITS: dict[str, tuple[str, list[str]]] = {
    "whole": ("top", []),
    "forms": ("top", ["s.q"]),
    "part": ("xa-a", []),
    "both": ("xa-a", ["s.q"]),
}
"""The small office has one form; an account that is limited to it is limited all the same."""
RENAMED = ChangeEvent(
    id="v1", date=DAY, kind=ChangeKind.RENAME, unit="dn-2", name="Công ty Hai", basis="Nghị quyết 5"
)
ENDED = Handover(
    unit="xa-a", duty=Duty.TASK, of="t1", disposal=Disposal.END, successor=None, since=DAY,
    basis="Nghị quyết 5",
)  # fmt: skip


def hand_over(ws: Workspace, by: str) -> None:
    """The rights are asked first; then it is seen that the unit has not ended."""
    with suppress(BrokenHandover):
        ws.organisation.hand_over(ENDED, by=by)


Change = Callable[[Workspace, str], object]
CHANGES: dict[str, tuple[Change, set[str]]] = {
    "a day off": (
        lambda ws, by: ws.monitoring.set_day_off(DAY, "Lễ hội", working=False, by=by),
        {"whole"},
    ),
    "no day off": (lambda ws, by: ws.monitoring.drop_day_off(DAY, by=by), {"whole"}),
    "what a change of units would do": (
        lambda ws, by: ws.organisation.preview_change(RENAMED, by=by),
        {"whole", "part"},
    ),
    "a change of units": (
        lambda ws, by: ws.organisation.change_units(RENAMED, by=by),
        {"whole", "part"},
    ),
    "no change of units": (
        lambda ws, by: ws.organisation.undo_change("v0", by=by),
        {"whole", "part"},
    ),
    "a decision on a duty": (lambda ws, by: hand_over(ws, by), {"whole", "part"}),
    "the leader's step": (
        lambda ws, by: ws.submissions.require_leader("xa-a", True, by=by),
        {"whole", "part"},
    ),
    "a closed period": (
        lambda ws, by: ws.submissions.lock_period("s.q", "2018-Q1", True, by=by),
        {"whole", "forms"},
    ),
    "more time": (
        lambda ws, by: ws.submissions.extend_deadline(
            "xa-a", "s.q", "2018-Q1", DAY, "Mưa lũ", by=by
        ),
        {*LIMITS},
    ),
    "more time for another unit": (
        lambda ws, by: ws.submissions.extend_deadline(
            "xa-b", "s.q", "2018-Q1", DAY, "Mưa lũ", by=by
        ),
        {"whole", "forms"},
    ),
    "a backup": (lambda ws, by: ws.archive.back_up(ws.folder.parent / "b.zip", by=by), {"whole"}),
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with found(tmp_path / "ws") as ws:
        for login, (unit, forms) in LIMITS.items():
            ws.accounts.add(
                login, login, unit, [Role.ADMIN], units=ws.units, by="test", at=NOON, forms=forms
            )
        ws.monitoring.set_day_off(DAY, "Lễ hội", working=False, by="whole")
        earlier = ChangeEvent(
            id="v0", date=DAY, kind=ChangeKind.RENAME, unit="xa-a", name="Xã A1", basis="NQ 4"
        )
        ws.organisation.change_units(earlier, by="whole")
        yield ws


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("limit", LIMITS)
def test_a_change_is_made_within_ones_limits_only(ws: Workspace, what: str, limit: str) -> None:
    change, allowed = CHANGES[what]
    if limit in allowed:
        change(ws, limit)
        return
    head = ws.store.head
    with pytest.raises(NotAllowed):
        change(ws, limit)
    assert ws.store.head == head


def test_the_log_of_a_limited_account_has_its_forms_only(ws: Workspace) -> None:
    ws.save_draft("xa-a", "s.q", "2018-Q1", {"A1": "1"}, by="lan")
    ws.accounts.add(
        "other", "other", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON, forms=["s.y"]
    )
    deeds = {
        login: {(one.do, *one.reports) for one in ws.archive.audit_trail(by=login).entries}
        for login in ("whole", "forms", "other")
    }
    saved = ("save", "2018-Q1_s.q_xa-a")
    assert saved in deeds["whole"] & deeds["forms"]
    assert saved not in deeds["other"]
    assert ("set-day-off",) in deeds["whole"]
    assert ("set-day-off",) not in deeds["forms"] | deeds["other"]
