"""One-time links: one at a time, listed, withdrawn, ended by every change of their account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.collection.accounts.sign_in_links import LINK_HOURS, link_digest
from nqcore.collection.tables import LINKS
from nqcore.errors import UnknownName
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, Now


def test_a_new_link_ends_the_one_before(ws: Workspace, now: Now) -> None:
    first = ws.accounts.link("lan", by="test", at=now())
    other = ws.accounts.link("binh", by="test", at=now())
    second = ws.accounts.link("lan", by="test", at=now())
    with pytest.raises(LinkRefused):
        ws.accounts.open_link(first.token, at=now())
    assert ws.accounts.open_link(other.token, at=now()).login == "binh"
    assert ws.accounts.open_link(second.token, at=now()).login == "lan"


CHANGES: dict[str, Callable[[Workspace], object]] = {
    "a new password": lambda ws: ws.accounts.set_password(
        "lan", "trời mưa hai hôm", by="lan", at=NOON
    ),
    "a lock, also when it is taken back": lambda ws: (
        ws.accounts.lock("lan", by="test", at=NOON),
        ws.accounts.unlock("lan", by="test", at=NOON),
    ),
    "other roles": lambda ws: ws.accounts.assign("lan", [Role.LEAD], [], by="test", at=NOON),
    "signing out everywhere": lambda ws: ws.accounts.end_sessions("lan", by="test", at=NOON),
    "a second factor that is taken off": lambda ws: ws.second_factors.reset(
        "lan", by="test", at=NOON
    ),
    "withdrawing it": lambda ws: ws.accounts.withdraw_link("lan", by="test", at=NOON),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_link_is_ended_by(ws: Workspace, now: Now, change: str) -> None:
    link = ws.accounts.link("lan", by="test", at=now())
    CHANGES[change](ws)
    assert ws.accounts.open_links("lan", at=now()) == ()
    with pytest.raises(LinkRefused):
        ws.accounts.open_link(link.token, at=now())


def test_the_open_links_of_an_account_are_listed(ws: Workspace, now: Now) -> None:
    ws.accounts.link("binh", by="test", at=now())
    ws.accounts.link("lan", by="duyet", at=now())
    (link,) = ws.accounts.open_links("lan", at=now())
    assert (link.login, link.made_by, link.made) == ("lan", "duyet", now())
    last = now() + timedelta(hours=LINK_HOURS)
    assert link.expires == last
    assert ws.accounts.open_links("lan", at=last) == (link,)
    assert ws.accounts.open_links("lan", at=last + timedelta(microseconds=1)) == ()


def test_withdrawing_says_whether_there_was_one(ws: Workspace, now: Now) -> None:
    assert not ws.accounts.withdraw_link("lan", by="test", at=now())
    ws.accounts.link("lan", by="test", at=now())
    assert ws.accounts.withdraw_link("lan", by="test", at=now())
    assert not ws.accounts.withdraw_link("lan", by="test", at=now())
    with pytest.raises(UnknownName):
        ws.accounts.withdraw_link("ai-do", by="test", at=now())


def test_several_links_of_an_earlier_version_all_end_with_the_next_one(
    ws: Workspace, now: Now
) -> None:
    """Versions up to 0.2.0 kept any number at once, without saying who made them."""
    with ws.store.change(by="test", do="make-link", at=now()) as change:
        for token in ("mot", "hai"):
            doc = {"login": "lan", "expires": (now() + timedelta(hours=9)).isoformat()}
            change.put(LINKS, link_digest(token), doc)
    assert [link.made_by for link in ws.accounts.open_links("lan", at=now())] == ["", ""]
    assert ws.accounts.open_link("mot", at=now()).login == "lan"
    ws.accounts.link("lan", by="test", at=now())
    with pytest.raises(LinkRefused):
        ws.accounts.open_link("hai", at=now())


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 100_000, "mot\x00"])
def test_odd_tokens_are_refused_like_wrong_ones(ws: Workspace, now: Now, token: str) -> None:
    with pytest.raises(LinkRefused):
        ws.accounts.open_link(token, at=now())
