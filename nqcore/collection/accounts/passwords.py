"""Passwords: hashed with argon2id (argon2-cffi; its defaults are the second recommendation of RFC 9106)."""

from __future__ import annotations

import secrets
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from nqcore.errors import N_, InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher
from nqcore.collection.accounts.access import Account

MIN_PASSWORD, MAX_PASSWORD = 8, 1024


class WeakPassword(InputError):
    """The password is too short or too long."""

    code = "weak-password"
    template = N_("Choose a password of {least} to {most} characters.")

    def __init__(self) -> None:
        super().__init__(least=MIN_PASSWORD, most=MAX_PASSWORD)


_HASHING = BoundedSemaphore(2)
"""One hash takes 64 MB and a whole processor: many people at the door must not stop those inside."""


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash that is checked for unknown names, so that they take as long as known ones."""
    return _hasher().hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    """The hash to store. Raises WeakPassword."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise WeakPassword
    with _HASHING:
        return _hasher().hash(password)


def password_fits(account: Account | None, password: str) -> bool:
    """Whether `password` is the account's; takes as long for an unknown account."""
    from argon2.exceptions import InvalidHashError, VerificationError

    hashed = account.password if account is not None and account.password else _nobody()
    if len(password) > MAX_PASSWORD:
        return False
    try:
        with _HASHING:
            _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and bool(account.password) and not account.locked
