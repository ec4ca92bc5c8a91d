"""Passwords: how long they may be, and what their check costs."""

from __future__ import annotations

import pytest

from nqcore.collection.accounts import passwords
from nqcore.collection.accounts.access import Account, Role
from nqcore.collection.accounts.passwords import (
    MAX_PASSWORD,
    MIN_PASSWORD,
    WeakPassword,
    hash_password,
    password_fits,
)


class Counting:
    """Stands in for argon2, and keeps what reaches it."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def verify(self, hashed: str, password: str) -> bool:
        self.given.append(password)
        return True

    def hash(self, password: str) -> str:
        self.given.append(password)
        return "hash"


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(passwords, "_hasher", lambda: counting)
    monkeypatch.setattr(passwords, "_dummy_hash", lambda: "dummy hash")
    return counting


LAN = Account(login="lan", name="Lan", unit="xa-a", roles=frozenset({Role.ENTER}), password="hash")


@pytest.mark.parametrize("account", [LAN, None])
def test_a_password_of_a_megabyte_never_reaches_the_hash(
    account: Account | None, hasher: Counting
) -> None:
    assert not password_fits(account, "x" * 1_000_000)
    assert not password_fits(account, "x" * (MAX_PASSWORD + 1))
    with pytest.raises(WeakPassword):
        hash_password("x" * 1_000_000)
    assert hasher.given == []


def test_the_longest_and_the_shortest_password_that_are_allowed_work(hasher: Counting) -> None:
    for length in (MIN_PASSWORD, MAX_PASSWORD):
        assert hash_password("x" * length) == "hash"
        assert password_fits(LAN, "x" * length)
    for length in (MIN_PASSWORD - 1, MAX_PASSWORD + 1):
        with pytest.raises(WeakPassword):
            hash_password("x" * length)
    assert [len(given) for given in hasher.given] == [MIN_PASSWORD] * 2 + [MAX_PASSWORD] * 2


@pytest.mark.usefixtures("real_passwords")
def test_a_hash_costs_what_rfc_9106_recommends() -> None:
    assert hash_password("x" * MIN_PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.usefixtures("real_passwords")
def test_an_unknown_account_costs_as_much_as_a_known_one() -> None:
    assert passwords._dummy_hash().startswith("$argon2id$v=19$m=65536,t=3,p=4$")
