"""The last administrator of the whole office cannot go, not even when two lock each other at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

from nqcore.collection.accounts.access import Account, Role
from nqcore.collection.accounts.directory import LastAdministrator
from nqcore.errors import NotAllowed, NqError
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, add_accounts, found, reopen


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with found(tmp_path / "ws") as made:
        add_accounts(made, {"mot-qt": ("top", Role.ADMIN), "hai-qt": ("top", Role.ADMIN)})
        yield made


def running(ws: Workspace) -> list[str]:
    return [
        one.login
        for one in ws.accounts.all()
        if Role.ADMIN in one.roles and not one.locked and one.unit == "top" and not one.forms
    ]


def test_the_last_one_is_neither_locked_nor_limited(ws: Workspace) -> None:
    ws.accounts.lock("mot-qt", by="test", at=NOON)
    head = ws.store.head
    with pytest.raises(LastAdministrator, match="hai-qt"):
        ws.accounts.lock("hai-qt", by="test", at=NOON)
    for roles, forms in (([Role.ENTER], []), ([Role.ADMIN], ["s.q"])):
        with pytest.raises(LastAdministrator):
            ws.accounts.assign("hai-qt", roles, forms, by="test", at=NOON)
    assert ws.store.head == head
    ws.accounts.assign("hai-qt", [Role.ADMIN, Role.APPROVE], [], by="test", at=NOON)
    ws.accounts.unlock("mot-qt", by="test", at=NOON)
    ws.accounts.lock("hai-qt", by="test", at=NOON)


def test_an_administrator_of_a_part_does_not_stand_in(ws: Workspace) -> None:
    add_accounts(ws, {"qt-a": ("xa-a", Role.ADMIN)})
    ws.accounts.add(
        "qt-f", "F", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON, forms=["s.q"]
    )
    ws.accounts.lock("qt-a", by="test", at=NOON)  # an administrator of a part may go
    ws.accounts.unlock("qt-a", by="test", at=NOON)
    ws.accounts.lock("mot-qt", by="test", at=NOON)
    with pytest.raises(LastAdministrator):
        ws.accounts.lock("hai-qt", by="test", at=NOON)


def test_a_password_and_a_link_of_the_last_one_go_on_working(ws: Workspace) -> None:
    ws.accounts.lock("mot-qt", by="test", at=NOON)
    ws.accounts.set_password("hai-qt", "trời mưa hai hôm", by="hai-qt", at=NOON)
    ws.accounts.end_sessions("hai-qt", by="test", at=NOON)
    link = ws.accounts.link("hai-qt", by="test", at=NOON)
    assert ws.accounts.open_link(link.token, at=NOON).login == "hai-qt"


@pytest.mark.parametrize("turn", range(8))
def test_two_that_lock_each_other_at_the_same_moment(ws: Workspace, turn: int) -> None:
    """Each with a page that was opened while both were administrators, in processes of their own."""
    first, second = ws.account("mot-qt"), ws.account("hai-qt")
    refused: list[NqError] = []
    start = Barrier(2)
    with reopen(ws.folder) as one, reopen(ws.folder) as other:

        def lock(here: Workspace, login: str, by: Account) -> None:
            start.wait(30)
            try:
                here.administration.lock(login, by=by)
            except (NotAllowed, LastAdministrator) as wrong:
                refused.append(wrong)

        both = [
            Thread(target=lock, args=(one, "hai-qt", first)),
            Thread(target=lock, args=(other, "mot-qt", second)),
        ]
        for thread in both[:: 1 if turn % 2 else -1]:
            thread.start()
        for thread in both:
            thread.join(60)
    ws.refresh()
    assert len(running(ws)) == 1
    assert len(refused) == 1


def test_what_was_checked_before_the_change_is_checked_again_inside_it(ws: Workspace) -> None:
    """The second of two, one after the other: its check was made when both were there."""
    first, second = ws.account("mot-qt"), ws.account("hai-qt")
    ws.administration.lock("hai-qt", by=first)
    with pytest.raises(NotAllowed):
        ws.administration.lock("mot-qt", by=second)
    assert running(ws) == ["mot-qt"]
