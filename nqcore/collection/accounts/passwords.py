"""Passwords are hashed with argon2id: 19 MiB of memory, 2 passes, 1 lane.

That is the first setting of the OWASP Password Storage Cheat Sheet with more than one pass ("a minimum
configuration of 19 MiB of memory, an iteration count of 2, and 1 degree of parallelism"), and one that OWASP
ASVS 5.0 approves for argon2id (appendix on cryptography: t = 2, m >= 19 MiB, p = 1). The defaults of
argon2-cffi, RFC 9106's second recommendation (64 MiB, 3 passes, 4 lanes), were used before. They cost seven
times as much, on every processor at once: on the small machine of an office the eighty who sign in on the
morning of a deadline took it from those who were saving. Guessing is limited by the pauses after wrong tries;
the hash is for the day on which the file is stolen.

Hashes made at another cost stay valid. A sign-in that succeeds stores the password at today's cost
(`AccountDirectory.renew_hash`). Until all have, each check does one hash of every cost in use, so that
it takes equally long for a name with an old hash, with a new one, and for a name that is unknown.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from nqcore.collection.accounts.access import Account
from nqcore.collection.accounts.few_at_once import FewAtOnce
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


MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""What a hash costs."""

AT_ONCE, MAY_WAIT = 1, 3
"""How many hashes run at one time, and how many more may wait for that. One hash takes a whole processor, and
each that waits holds a thread of the server: many sign-ins at one moment must not slow down the users who
already work."""


_LINE = FewAtOnce(AT_ONCE, MAY_WAIT)


@contextmanager
def _turn() -> Iterator[None]:
    """A block in which one password is hashed. Raises PasswordsBusy."""
    with _LINE.place() as taken:
        if not taken:
            raise PasswordsBusy
        yield


def passwords_busy() -> bool:
    """Whether a password that comes now would be refused with PasswordsBusy."""
    return _LINE.full


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


_COST = re.compile(r"\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+")


def cost_of(hashed: str) -> str:
    """What that hash costs, as it stands in it ("$argon2id$v=19$m=19456,t=2,p=1"); "" for what is no hash."""
    found = _COST.match(hashed)
    return found[0] if found else ""


@cache
def _own_cost() -> str:
    return cost_of(_dummy_hash(""))


@cache
def _dummy_hash(cost: str) -> str:
    """A hash of that cost (default: today's) that no password fits. It is checked for an unknown login, so
    that the answer takes as long as for a known one: the time must not show which logins exist."""
    from argon2 import PasswordHasher, extract_parameters

    maker = _hasher()
    if cost:
        maker = PasswordHasher.from_parameters(extract_parameters(f"{cost}$AAAAAAAAAAA$AAAAAA"))
    return maker.hash(secrets.token_hex(16))


def check_length(password: str) -> None:
    """Raise WeakPassword for a password that is too short or too long to be kept."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise WeakPassword


def hash_password(password: str) -> str:
    """The argon2id hash of `password`, to be stored. Raises WeakPassword for its length, and
    PasswordsBusy; whether it is easy to guess is asked where a user chooses it (`password_rules`)."""
    check_length(password)
    with _turn():
        return _hasher().hash(password)


def needs_new_hash(account: Account) -> bool:
    """Whether the account's hash was made at another cost than today's."""
    return bool(account.password) and _hasher().check_needs_rehash(account.password)


def password_fits(account: Account | None, password: str, costs: Iterable[str] = ()) -> bool:
    """Whether `password` opens the account. False for None (an unknown login), for a locked account and
    for one without a password; each of these takes as long as a wrong password. `costs`: of the hashes of
    all accounts that may sign in; one of each is checked, whosever it is. Raises PasswordsBusy."""
    if len(password) > MAX_PASSWORD:
        return False
    own = account.password if account is not None and not account.locked else ""
    fits = False
    with _turn():
        for cost in sorted({*costs, cost_of(own)} - {""} or {_own_cost()}):
            if cost == cost_of(own):
                fits = _verified(own, password)
            else:
                _verified(_dummy_hash(cost), password)
    return fits


def _verified(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
