"""Passwords: how long they may be, and what their check costs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from time import monotonic, sleep

import pytest

from nqcore.collection.accounts import passwords
from nqcore.collection.accounts.access import Account, Role
from nqcore.collection.accounts.passwords import (
    MAX_PASSWORD,
    MIN_PASSWORD,
    PasswordsBusy,
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


class Holding:
    """Stands in for argon2 and holds every check until the test lets go."""

    def __init__(self) -> None:
        self.inside, self.go = Semaphore(0), Event()

    def verify(self, hashed: str, password: str) -> bool:
        self.inside.release()
        assert self.go.wait(20)
        return True


def test_a_few_checks_run_a_few_wait_and_the_next_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = Holding()
    monkeypatch.setattr(passwords, "_hasher", lambda: held)
    account = Account(login="a", name="A", unit="u", roles=frozenset({Role.ENTER}), password="x")
    room = passwords.AT_ONCE + passwords.MAY_WAIT
    with ThreadPoolExecutor(room) as pool:
        asked = [pool.submit(password_fits, account, "12345678") for _n in range(room)]
        for _n in range(passwords.AT_ONCE):
            assert held.inside.acquire(timeout=20)
        until(passwords.passwords_busy)
        assert not held.inside.acquire(blocking=False)
        with pytest.raises(PasswordsBusy):
            password_fits(account, "12345678")
        held.go.set()
        assert all(one.result(20) for one in asked)
    assert not passwords.passwords_busy()
    assert password_fits(account, "12345678")


def until(true: Callable[[], bool]) -> None:
    end = monotonic() + 20
    while not true():
        assert monotonic() < end
        sleep(0.01)
