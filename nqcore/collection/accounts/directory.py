"""The accounts of a workspace, in its store: adding, locking, signing in, one-time links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from nqcore.collection.accounts.access import Account, Role, account_from_doc, account_to_doc
from nqcore.collection.accounts.passwords import hash_password, password_fits
from nqcore.collection.accounts.sign_in_links import LINK_HOURS, SignInLink, link_digest, new_link
from nqcore.collection.tables import ACCOUNTS, LINKS
from nqcore.errors import N_, InputError, UnknownName
from nqcore.model.units import UnitTree
from nqcore.store import Change, Query, Store
from nqcore.text.folding import nfc


class LinkRefused(InputError):
    """The one-time link is unknown, used or over."""

    code = "link-refused"
    template = N_("This sign-in link has been used or is over. Ask for a new one.")


class AccountExists(InputError):
    """The login is taken."""

    code = "account-exists"
    template = N_("There is already an account “{login}”. Choose another name.")


class AccountDirectory:
    """Accounts by login. Where its unit has ended, an account stands at the unit that `seat` names:
    whoever works there goes on working, from the day of the change and without a record of his own."""

    def __init__(self, store: Store, seat: Callable[[str], str] = lambda unit: unit) -> None:
        self._store, self._seat = store, seat

    def all(self) -> tuple[Account, ...]:
        """Every account, by login."""
        docs = self._store.table(ACCOUNTS).all()
        return tuple(sorted((self._seated(doc) for doc in docs), key=lambda a: a.login))

    def get(self, login: str) -> Account | None:
        """The account of that login, or None."""
        doc = self._store.get(ACCOUNTS, login)
        return None if doc is None else self._seated(doc)

    def _seated(self, doc: Mapping[str, Any]) -> Account:
        account = account_from_doc(doc)
        unit = self._seat(account.unit)
        return account if unit == account.unit else replace(account, unit=unit)

    def __getitem__(self, login: str) -> Account:
        found = self.get(login)
        if found is None:
            raise UnknownName(kind="account", name=login, hint="`nq user list` lists them.")
        return found

    def add(
        self,
        login: str,
        name: str,
        unit: str,
        roles: Iterable[Role],
        *,
        units: UnitTree,
        by: str,
        at: datetime,
        hashed: str = "",
        forms: Iterable[str] = (),
    ) -> Account:
        """A new account; without a password's hash only a one-time link opens it. Raises
        AccountExists."""
        account = Account(
            login=login,
            name=nfc(name),
            unit=unit,
            roles=frozenset(roles),
            password=hashed,
            forms=frozenset(forms),
        )
        self.add_all([account], units=units, by=by, at=at)
        return account

    def add_all(
        self, accounts: Iterable[Account], *, units: UnitTree, by: str, at: datetime
    ) -> None:
        """New accounts as one record: all of them or none. Raises UnknownName, AccountExists."""
        with self._store.change(by=by, do="add-account", at=at) as change:
            for account in accounts:
                units[account.unit]
                if change.get(ACCOUNTS, account.login) is not None:
                    raise AccountExists(login=account.login)
                change.put(ACCOUNTS, account.login, account_to_doc(account))

    def _replace(self, login: str, do: str, by: str, at: datetime, **changes: object) -> Account:
        with self._store.change(by=by, do=do, at=at) as change:
            return self._put(change, login, **changes)

    def _put(self, change: Change, login: str, **changes: object) -> Account:
        doc = change.get(ACCOUNTS, login)
        if doc is None:
            raise UnknownName(kind="account", name=login, hint="`nq user list` lists them.")
        old = account_from_doc(doc)
        # A new epoch ends every session that was opened before.
        account = replace(old, epoch=old.epoch + 1, **changes)  # type: ignore[arg-type]
        change.put(ACCOUNTS, login, account_to_doc(account))
        return account

    def lock(self, login: str, *, by: str, at: datetime) -> Account:
        """Nobody can sign in with it any more; it is never deleted."""
        return self._replace(login, "lock-account", by, at, locked=True)

    def unlock(self, login: str, *, by: str, at: datetime) -> Account:
        """Let a locked account in again, with the password it had."""
        return self._replace(login, "unlock-account", by, at, locked=False)

    def assign(
        self, login: str, roles: Iterable[Role], forms: Iterable[str], *, by: str, at: datetime
    ) -> Account:
        """Other roles, for other forms (none: for all); every open session of the account ends, and
        links made for the old roles open nothing any more."""
        with self._store.change(by=by, do="assign-account", at=at) as change:
            account = self._put(change, login, roles=frozenset(roles), forms=frozenset(forms))
            for doc in self._store.table(LINKS).search(Query().login == login):
                change.drop(LINKS, str(doc.doc_id))
        return account

    def set_password(self, login: str, password: str, *, by: str, at: datetime) -> Account:
        """A new password; every open session of the account ends. Raises WeakPassword."""
        return self._replace(login, "set-password", by, at, password=hash_password(password))

    def link(self, login: str, *, by: str, at: datetime) -> SignInLink:
        """A one-time sign-in link that works for 72 hours; only its digest is stored."""
        self[login]
        token, digest = new_link()
        expires = at + timedelta(hours=LINK_HOURS)
        with self._store.change(by=by, do="make-link", at=at) as change:
            change.put(LINKS, digest, {"login": login, "expires": expires.isoformat()})
        return SignInLink(token=token, login=login, expires=expires)

    def open_link(self, token: str, *, at: datetime) -> Account:
        """The account that `token` opens; the link is then used up. Raises LinkRefused."""
        digest = link_digest(token)
        known = self._store.get(LINKS, digest)
        if known is None:
            raise LinkRefused
        with self._store.change(by=known["login"], do="use-link", at=at) as change:
            doc = change.get(LINKS, digest)
            if doc is None or at > datetime.fromisoformat(doc["expires"]):
                raise LinkRefused
            account = self[doc["login"]]
            if account.locked:
                raise LinkRefused
            change.drop(LINKS, digest)
        return account

    def sign_in(self, login: str, password: str) -> Account | None:
        """The account, if `password` is right and it is not locked."""
        account = self.get(login)
        return account if password_fits(account, password) else None
