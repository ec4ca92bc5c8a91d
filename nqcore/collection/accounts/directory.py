"""The accounts of a workspace in its store: add, lock, sign in, one-time links.

Nothing is checked here about who acts: the command line uses it directly. Pages use `administration`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from nqcore.collection.accounts.access import ACCOUNT, Account, Role
from nqcore.collection.accounts.passwords import hash_password, password_fits
from nqcore.collection.accounts.sign_in_links import LINK_HOURS, SignInLink, link_digest, new_link
from nqcore.collection.tables import ACCOUNTS, LINKS
from nqcore.errors import N_, InputError, UnknownName, Words
from nqcore.model.units import UnitTree
from nqcore.store import Change, Query, Store
from nqcore.text.folding import nfc


class LinkRefused(InputError):
    """The one-time link is unknown, used or expired, or its account is locked."""

    code = "link-refused"
    template = N_("This sign-in link has been used or is over. Ask for a new one.")


class AccountExists(InputError):
    """Another account has this login."""

    code = "account-exists"
    template = N_("There is already an account “{login}”. Choose another name.")


class AccountDirectory:
    """The accounts of `store` by login.

    `workplace_of` gives, for the code of a unit, the code of the unit where its staff work now: the unit
    itself, or its successor after it has ended. So users go on working from the day of the change,
    without a change of their account."""

    def __init__(
        self, store: Store, workplace_of: Callable[[str], str] = lambda unit: unit
    ) -> None:
        self._store, self._workplace_of = store, workplace_of

    def all(self) -> tuple[Account, ...]:
        """Every account, sorted by login.

        >>> [account.login for account in ws.accounts.all()][:3]
        ['ba', 'binh', 'duyet']
        """
        docs = self._store.table(ACCOUNTS).all()
        return tuple(sorted((self._from_doc(doc) for doc in docs), key=lambda a: a.login))

    def get(self, login: str) -> Account | None:
        """The account of that login, or None.

        >>> ws.accounts.get("khong-co") is None
        True
        """
        doc = self._store.get(ACCOUNTS, login)
        return None if doc is None else self._from_doc(doc)

    def _from_doc(self, doc: Mapping[str, Any]) -> Account:
        """The account, at the unit where its user works now."""
        account = ACCOUNT.from_doc(doc)
        unit = self._workplace_of(account.unit)
        return account if unit == account.unit else replace(account, unit=unit)

    def __getitem__(self, login: str) -> Account:
        found = self.get(login)
        if found is None:
            raise UnknownName(
                kind="account", name=login, hint=Words(N_("`nq user list` lists them."))
            )
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
        """Add an account. `hashed` is the hash of its password; "" means that only a one-time link
        opens it. `forms` are ids of forms; empty: all. `by` is the login that the journal records.
        Raises UnknownName for the unit, AccountExists.

        >>> from nqcore.collection.accounts.access import Role
        >>> account = ws.accounts.add(
        ...     "mai", "Mai", "xa-b", [Role.ENTER], units=ws.units, by="quantri", at=ws.clock()
        ... )
        >>> account.unit
        'xa-b'
        """
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
        """Add accounts in one record of the journal: all of them or none. Raises UnknownName for a unit,
        AccountExists.

        >>> from nqcore.collection.accounts.access import Account, Role
        >>> mai = Account(login="mai", name="Mai", unit="xa-b", roles=frozenset({Role.ENTER}))
        >>> ws.accounts.add_all([mai], units=ws.units, by="quantri", at=ws.clock())
        >>> ws.accounts["mai"] == mai
        True
        """
        with self._store.change(by=by, do="add-account", at=at) as change:
            for account in accounts:
                units[account.unit]  # raises UnknownName
                if change.get(ACCOUNTS, account.login) is not None:
                    raise AccountExists(login=account.login)
                change.put(ACCOUNTS, account.login, ACCOUNT.to_doc(account))

    def _replace(
        self, login: str, do: str, by: str, at: datetime, edit: Callable[[Account], Account]
    ) -> Account:
        with self._store.change(by=by, do=do, at=at) as change:
            return self._put(change, login, edit)

    def _put(self, change: Change, login: str, edit: Callable[[Account], Account]) -> Account:
        doc = change.get(ACCOUNTS, login)
        if doc is None:
            raise UnknownName(
                kind="account", name=login, hint=Words(N_("`nq user list` lists them."))
            )
        old = ACCOUNT.from_doc(doc)
        # This ends every session that was opened before.
        account = edit(replace(old, session_epoch=old.session_epoch + 1))
        change.put(ACCOUNTS, login, ACCOUNT.to_doc(account))
        return account

    def lock(self, login: str, *, by: str, at: datetime) -> Account:
        """Lock the account: no sign-in works any more and its sessions end. An account is never deleted.
        Raises UnknownName.

        >>> ws.accounts.lock("lan", by="quantri", at=ws.clock()).locked
        True
        """
        return self._replace(login, "lock-account", by, at, lambda old: replace(old, locked=True))

    def unlock(self, login: str, *, by: str, at: datetime) -> Account:
        """Unlock the account; its old password works again. Raises UnknownName.

        >>> locked = ws.accounts.lock("lan", by="quantri", at=ws.clock())
        >>> ws.accounts.unlock("lan", by="quantri", at=ws.clock()).locked
        False
        """
        return self._replace(
            login, "unlock-account", by, at, lambda old: replace(old, locked=False)
        )

    def assign(
        self, login: str, roles: Iterable[Role], forms: Iterable[str], *, by: str, at: datetime
    ) -> Account:
        """Replace the roles and the forms (ids; empty: all) of the account. Its sessions end, and its
        unused one-time links are removed, because they were made for the old roles. Raises
        UnknownName.

        >>> from nqcore.collection.accounts.access import Role
        >>> account = ws.accounts.assign("lan", [Role.LEAD], [], by="quantri", at=ws.clock())
        >>> [role.value for role in account.roles]
        ['lead']
        """
        with self._store.change(by=by, do="assign-account", at=at) as change:
            account = self._put(
                change,
                login,
                lambda old: replace(old, roles=frozenset(roles), forms=frozenset(forms)),
            )
            for doc in self._store.table(LINKS).search(Query().login == login):
                change.drop(LINKS, str(doc.doc_id))
        return account

    def set_password(self, login: str, password: str, *, by: str, at: datetime) -> Account:
        """Set a new password; the sessions of the account end. Raises WeakPassword, UnknownName.

        >>> account = ws.accounts.set_password("lan", "mật khẩu dài", by="lan", at=ws.clock())
        >>> ws.accounts.sign_in("lan", "mật khẩu dài") == account
        True
        """
        hashed = hash_password(password)
        return self._replace(
            login, "set-password", by, at, lambda old: replace(old, password=hashed)
        )

    def link(self, login: str, *, by: str, at: datetime) -> SignInLink:
        """Make a one-time sign-in link that is valid for LINK_HOURS. Raises UnknownName.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> link.login, str(link.expires)
        ('lan', '2018-04-08 12:00:00+07:00')
        """
        self[login]  # raises UnknownName
        token, digest = new_link()
        expires = at + timedelta(hours=LINK_HOURS)
        with self._store.change(by=by, do="make-link", at=at) as change:
            change.put(LINKS, digest, {"login": login, "expires": expires.isoformat()})
        return SignInLink(token=token, login=login, expires=expires)

    def open_link(self, token: str, *, at: datetime) -> Account:
        """Use the link: return its account and remove the link. Raises LinkRefused, also for a locked
        account.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> ws.accounts.open_link(link.token, at=ws.clock()).login
        'lan'
        """
        digest = link_digest(token)
        known = self._store.get(LINKS, digest)
        if known is None:
            raise LinkRefused
        with self._store.change(by=known["login"], do="use-link", at=at) as change:
            doc = change.get(LINKS, digest)  # read again: another process may have used it
            if doc is None or at > datetime.fromisoformat(doc["expires"]):
                raise LinkRefused
            account = self[doc["login"]]
            if account.locked:
                raise LinkRefused
            change.drop(LINKS, digest)
        return account

    def sign_in(self, login: str, password: str) -> Account | None:
        """The account if `password` is right and it is not locked, else None. An unknown login takes as
        long as a wrong password.

        >>> ws.accounts.sign_in("lan", "sai") is None
        True
        """
        account = self.get(login)
        return account if password_fits(account, password) else None
