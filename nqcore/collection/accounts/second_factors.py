"""Second factors: codes of an authenticator app (TOTP, RFC 6238) and recovery codes.

An office says in `workspace.toml` for which roles a second factor is needed (`second_factor`); every other
account may have one. The secrets lie in the factor file, never in the workspace.

A code is valid for its 30 seconds and for one such step before and after, because clocks of telephones
differ. No code works twice. A recovery code works once, in place of a code. It has 120 random bits, so its
SHA-256 is enough (OWASP ASVS 5.0, 6.5.2). Where the secret is lost, no code opens the account: an
administrator takes the factor off, the last administrator does it on the command line (`nq user totp-reset`).
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from nqcore.collection.accounts.access import Account, Role
from nqcore.collection.accounts.directory import AccountDirectory, Allowed
from nqcore.collection.accounts.factor_file import FactorFile, StoredFactor
from nqcore.errors import N_, InputError
from nqcore.store import StoreBusy, StoreFull, StoreStopped

STEP = 30
"""Seconds for which the app shows one code (RFC 6238, and what every app takes for granted)."""
DRIFT = 1
"""Steps by which the telephone's clock may be early or late."""
DIGITS = 6
RECOVERY_CODES = 8
_RECOVERY_BYTES = 15  # 120 bits, 24 letters
BEGIN_SECONDS = 1800.0
"""How long a new secret waits for its first code."""


class WrongCode(InputError):
    """The code is not the one that the app shows now, or it was used before."""

    code = "wrong-code"
    template = N_(
        "This code is not right, or it was used already. Wait for the next code in the app and type "
        "its 6 digits. Check that the telephone sets its clock by itself."
    )


class NothingBegun(InputError):
    """No secret waits for its first code: it was too long ago, or another page began again."""

    code = "nothing-begun"
    template = N_("This page was open too long. Press “Begin” again and scan the new picture.")


@dataclass(frozen=True, slots=True)
class BegunFactor:
    """A new secret that waits for its first code: as text to type, and as the address that apps read from
    a QR code."""

    seed: str
    uri: str


class SecondFactors:
    """The second factors of the accounts in `directory`. `required`: the roles that need one.

    Moments in `seconds` are those of the real clock: a demo stays on its day, a telephone does not.
    """

    def __init__(
        self, directory: AccountDirectory, file: FactorFile, required: Iterable[Role], issuer: str
    ) -> None:
        self._directory, self._file = directory, file
        self._required, self._issuer = frozenset(required), issuer

    def required_for(self, account: Account) -> bool:
        """Whether a role of the account needs a second factor.

        >>> ws.second_factors.required_for(ws.account("quantri"))
        False
        """
        return not self._required.isdisjoint(account.roles)

    def begin(self, login: str, *, seconds: float) -> BegunFactor:
        """A new secret for the account's app. It counts only after `confirm`; an earlier factor holds
        until then. Raises UnknownName.

        >>> begun = ws.second_factors.begin("lan", seconds=0.0)
        >>> begun.uri.startswith("otpauth://totp/")
        True
        """
        import pyotp

        self._directory[login]  # raises UnknownName
        seed = pyotp.random_base32()
        self._file.begin(login, seed, seconds)
        return self._begun(login, seed)

    def begun(self, login: str, *, seconds: float) -> BegunFactor | None:
        """The secret that waits for its first code; None without one, or half an hour later.

        >>> ws.second_factors.begun("lan", seconds=0.0) is None
        True
        """
        found = self._file.begun(login)
        if found is None or not 0 <= seconds - found[1] < BEGIN_SECONDS:
            return None
        return self._begun(login, found[0])

    def _begun(self, login: str, seed: str) -> BegunFactor:
        import pyotp

        uri = pyotp.TOTP(seed).provisioning_uri(name=login, issuer_name=self._issuer)
        return BegunFactor(seed, uri)

    def confirm(
        self, login: str, code: str, *, seconds: float, by: str, at: datetime
    ) -> tuple[str, ...]:
        """Give the account the secret that was begun, if `code` is of it. Returns its recovery codes, which
        are shown once and never again. All sessions of the account end. Raises NothingBegun, WrongCode, and
        StoreError where it cannot be stored: then the account is as it was, and the next code may follow.

        >>> import pyotp
        >>> begun = ws.second_factors.begin("lan", seconds=0.0)
        >>> code = pyotp.TOTP(begun.seed).at(0)
        >>> codes = ws.second_factors.confirm("lan", code, seconds=0.0, by="lan", at=ws.clock())
        >>> len(codes), ws.accounts["lan"].second_factor != ""
        (8, True)
        """
        begun = self.begun(login, seconds=seconds)
        if begun is None:
            raise NothingBegun
        step = _matching_step(begun.seed, code, seconds)
        if step is None:
            raise WrongCode
        codes = tuple(_recovery_code() for _each in range(RECOVERY_CODES))
        name, old = secrets.token_hex(8), self._directory[login].second_factor
        # The secret first: a crash in between leaves a secret without an account, not the reverse.
        self._file.keep(name, StoredFactor(begun.seed, step), map(_digest, codes))
        try:
            self._directory.change_account(
                login,
                "set-second-factor",
                lambda account: replace(account, second_factor=name),
                by=by,
                at=at,
            )
        except StoreStopped:  # whether the account has it is not certain, so its secret stays
            raise
        except BaseException:
            self._drop(name)
            raise
        self._drop(old, begun=login)
        return codes

    def _drop(self, name: str, begun: str = "") -> None:
        """Delete a secret that no account names, if the disk takes it: it opens nothing any more, and what
        was changed before must not look as if it had failed."""
        with suppress(StoreFull, StoreBusy):
            self._file.forget(name, begun)

    def accepts(self, account: Account, code: str, *, seconds: float) -> bool:
        """Whether `code` is the app's code of now, or a recovery code that was not used; it is used up.

        >>> ws.second_factors.accepts(ws.account("lan"), "000000", seconds=0.0)
        False
        """
        name = account.second_factor
        if not name:
            return False
        if not re.fullmatch(rf"\d{{{DIGITS}}}", code.replace(" ", ""), re.ASCII):
            return self._file.use_recovery(name, _digest(code))
        known = self._file.get(name)
        if known is None:
            return False
        step = _matching_step(known.seed, code, seconds)
        return step is not None and self._file.use_step(name, step)

    def lost(self, account: Account) -> bool:
        """Whether the account has a second factor whose secret is not on this machine: it cannot sign in.

        >>> ws.second_factors.lost(ws.account("lan"))
        False
        """
        return bool(account.second_factor) and self._file.get(account.second_factor) is None

    def recovery_left(self, account: Account) -> int:
        """How many recovery codes the account has left.

        >>> ws.second_factors.recovery_left(ws.account("lan"))
        0
        """
        return self._file.recovery_left(account.second_factor)

    def reset(
        self, login: str, *, by: str, at: datetime, allowed: Allowed | None = None
    ) -> Account:
        """Take the second factor off the account and delete its secret; its sessions end. `allowed` as for
        `AccountDirectory.change_account`. Raises UnknownName.

        >>> ws.second_factors.reset("lan", by="nq", at=ws.clock()).second_factor
        ''
        """
        old = self._directory[login].second_factor
        more = {} if allowed is None else {"allowed": allowed}
        account = self._directory.change_account(
            login,
            "reset-second-factor",
            lambda account: replace(account, second_factor=""),
            by=by,
            at=at,
            **more,
        )
        self._drop(old)
        return account


def _matching_step(seed: str, code: str, seconds: float) -> int | None:
    """The step of which `code` is; None for a code of no step that is valid now."""
    import pyotp

    generator, typed = pyotp.TOTP(seed), code.replace(" ", "").encode()
    now = int(seconds // STEP)
    for step in range(max(now - DRIFT, 0), now + DRIFT + 1):
        if hmac.compare_digest(generator.generate_otp(step).encode(), typed):
            return step
    return None


def _recovery_code() -> str:
    """24 letters and digits in groups of four, without those that look alike."""
    letters = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()
    return "-".join(re.findall("....", letters))


def _digest(code: str) -> str:
    """The SHA-256 of a recovery code, however it was typed: spaces, dashes and capitals do not count."""
    typed = re.sub(r"[\s\-\u2010-\u2014]", "", code).upper()
    return sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()
