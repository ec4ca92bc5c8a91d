"""Passwords: how long they may be, and what their check costs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event, Semaphore
from time import monotonic, sleep

import pytest
from argon2 import PasswordHasher

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
from nqcore.workspace.facade import Workspace


class Counting:
    """Stands in for argon2, and keeps what reaches it."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.hashes: list[str] = []

    def verify(self, hashed: str, password: str) -> bool:
        self.given.append(password)
        self.hashes.append(hashed)
        return True

    def hash(self, password: str) -> str:
        self.given.append(password)
        return "hash"


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting()
    monkeypatch.setattr(passwords, "_hasher", lambda: counting)
    monkeypatch.setattr(passwords, "_dummy_hash", lambda cost: "dummy hash")
    return counting


CHEAP, DEAR = "$argon2id$v=19$m=8,t=1,p=1", "$argon2id$v=19$m=16,t=2,p=1"
LAN = Account(
    login="lan", name="Lan", unit="xa-a", roles=frozenset({Role.ENTER}), password=f"{CHEAP}$a$b"
)


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
def test_a_hash_costs_what_owasp_recommends() -> None:
    assert hash_password("x" * MIN_PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.usefixtures("real_passwords")
def test_an_unknown_account_costs_as_much_as_a_known_one() -> None:
    assert passwords._dummy_hash("").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def cost_tried(hasher: Counting, account: Account | None, costs: set[str]) -> list[str]:
    """What the hashes cost that one try checks."""
    hasher.hashes.clear()
    password_fits(account, "12345678", costs)
    return [passwords.cost_of(one) for one in hasher.hashes]


@pytest.mark.parametrize("costs", [{CHEAP}, {DEAR}, {CHEAP, DEAR}])
def test_a_try_costs_the_same_whosever_name_it_is(
    costs: set[str], hasher: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_dummy_hash", lambda cost: f"{cost or CHEAP}$dummy$x")
    accounts = [
        *(replace(LAN, password=f"{cost}$a$b") for cost in costs),
        replace(LAN, password=f"{DEAR}$a$b", locked=True),
        replace(LAN, password=""),
        None,
    ]
    for account in accounts:
        assert cost_tried(hasher, account, costs) == sorted(costs)


def test_a_dummy_of_another_hash_does_not_open_the_account(hasher: Counting) -> None:
    """Only what the account's own hash says counts."""

    def verify(hashed: str, password: str) -> bool:
        return hashed != LAN.password

    hasher.verify = verify  # type: ignore[method-assign]  # a double
    assert not password_fits(LAN, "12345678", {CHEAP, DEAR})
    assert not password_fits(None, "12345678", {CHEAP, DEAR})


@pytest.mark.usefixtures("real_passwords")
def test_a_hash_of_the_earlier_cost_stays_valid_and_is_renewed_once(ws: Workspace) -> None:
    earlier = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4).hash("mật khẩu dài")
    before = ws.accounts.change_account(
        "lan", "set-password", lambda old: replace(old, password=earlier), by="lan", at=ws.clock()
    )
    account = ws.accounts.sign_in("lan", "mật khẩu dài")
    assert account == before
    assert ws.accounts.sign_in("lan", "mật khẩu khác") is None
    assert ws.accounts.renew_hash(account, "mật khẩu dài", at=ws.clock())
    after = ws.accounts["lan"]
    assert after.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert after == replace(account, password=after.password), "its sessions go on"
    assert ws.accounts.sign_in("lan", "mật khẩu dài") == after
    assert ws.accounts.sign_in("lan", "mật khẩu khác") is None
    assert not ws.accounts.renew_hash(after, "mật khẩu dài", at=ws.clock())
    assert not ws.accounts.renew_hash(account, "mật khẩu dài", at=ws.clock()), "of an older moment"
    assert ws.accounts["lan"] == after


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
    room = passwords.AT_ONCE + passwords.MAY_WAIT
    with ThreadPoolExecutor(room) as pool:
        asked = [pool.submit(password_fits, LAN, "12345678") for _n in range(room)]
        for _n in range(passwords.AT_ONCE):
            assert held.inside.acquire(timeout=20)
        until(passwords.passwords_busy)
        assert not held.inside.acquire(blocking=False)
        with pytest.raises(PasswordsBusy):
            password_fits(LAN, "12345678")
        held.go.set()
        assert all(one.result(20) for one in asked)
    assert not passwords.passwords_busy()
    assert password_fits(LAN, "12345678")


def until(true: Callable[[], bool]) -> None:
    end = monotonic() + 20
    while not true():
        assert monotonic() < end
        sleep(0.01)
