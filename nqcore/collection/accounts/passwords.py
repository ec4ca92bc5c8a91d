"""Passwords are hashed with argon2id. The defaults of argon2-cffi are used: they are the second
recommendation of RFC 9106 (64 MiB of memory, 3 passes, 4 lanes)."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from nqcore.collection.accounts.access import Account
from nqcore.errors import N_, InputError

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


_HASHING_SLOTS = BoundedSemaphore(2)
"""At most two hashes run at one time. One hash takes 64 MiB and a whole processor, so many sign-ins at
one moment would slow down the users who already work."""


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
    """The argon2id hash of `password`, to be stored. Raises WeakPassword for its length; whether it is
    easy to guess is asked where a user chooses it (`password_rules`)."""
    check_length(password)
    with _HASHING_SLOTS:
        return _hasher().hash(password)


def password_fits(account: Account | None, password: str) -> bool:
    """Whether `password` opens the account. False for None (an unknown login), for a locked account and
    for one without a password; each of these takes as long as a wrong password."""
    from argon2.exceptions import InvalidHashError, VerificationError

    hashed = account.password if account is not None and account.password else _dummy_hash()
    if len(password) > MAX_PASSWORD:
        return False
    try:
        with _HASHING_SLOTS:
            _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and bool(account.password) and not account.locked
