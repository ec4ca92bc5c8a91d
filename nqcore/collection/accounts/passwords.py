"""Passwords are hashed with argon2id. The defaults of argon2-cffi are used: they are the second
recommendation of RFC 9106 (64 MiB of memory, 3 passes, 4 lanes)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from nqcore.collection.accounts.access import Account
from nqcore.errors import N_, InputError, NqError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_PASSWORD, MAX_PASSWORD = 8, 1024
"""Characters of a password. A longer text never reaches the hash, which would be slow."""


class WeakPassword(InputError):
    """The password is too short or too long."""

    code = "weak-password"
    template = N_("Choose a password of {least} to {most} characters.")

    def __init__(self) -> None:
        super().__init__(least=MIN_PASSWORD, most=MAX_PASSWORD)


class PasswordsBusy(NqError):
    """Too many passwords are being checked at this moment."""

    code = "passwords-busy"
    template = N_("Many people are signing in just now. Wait a few seconds, then try again.")


AT_ONCE, MAY_WAIT = 2, 2
"""How many hashes run at one time, and how many more may wait for that. One hash takes 64 MiB and a whole
processor, and each that waits holds a thread of the server: many sign-ins at one moment must not slow down
the users who already work."""


class _HashingLine:
    """Lets a few hashes run and a few wait; refuses all others at once."""

    def __init__(self) -> None:
        self._slots, self._lock, self._inside = BoundedSemaphore(AT_ONCE), Lock(), 0

    def full(self) -> bool:
        with self._lock:
            return self._inside >= AT_ONCE + MAY_WAIT

    @contextmanager
    def place(self) -> Iterator[None]:
        """Raises PasswordsBusy."""
        with self._lock:
            if self._inside >= AT_ONCE + MAY_WAIT:
                raise PasswordsBusy
            self._inside += 1
        try:
            with self._slots:
                yield
        finally:
            with self._lock:
                self._inside -= 1


_LINE = _HashingLine()


def passwords_busy() -> bool:
    """Whether a password that comes now would be refused with PasswordsBusy."""
    return _LINE.full()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _dummy_hash() -> str:
    """The hash that is checked for an unknown login, so that the answer takes as long as for a known
    one: the time must not show which logins exist."""
    return _hasher().hash(secrets.token_hex(16))


def check_length(password: str) -> None:
    """Raise WeakPassword for a password that is too short or too long to be kept."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise WeakPassword


def hash_password(password: str) -> str:
    """The argon2id hash of `password`, to be stored. Raises WeakPassword for its length, and
    PasswordsBusy; whether it is easy to guess is asked where a user chooses it (`password_rules`)."""
    check_length(password)
    with _LINE.place():
        return _hasher().hash(password)


def password_fits(account: Account | None, password: str) -> bool:
    """Whether `password` opens the account. False for None (an unknown login), for a locked account and
    for one without a password; each of these takes as long as a wrong password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    hashed = account.password if account is not None and account.password else _dummy_hash()
    if len(password) > MAX_PASSWORD:
        return False
    try:
        with _LINE.place():
            _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and bool(account.password) and not account.locked
