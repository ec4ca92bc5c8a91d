"""The accounts of a workspace in its store: add, lock, sign in, one-time links.

Who acts is not checked here: the command line uses it directly. Pages use `administration`, which gives each
change a check that is asked inside the change, on the state that it will change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from nqcore.collection.accounts.access import ACCOUNT, Account, Role, record_version
from nqcore.collection.accounts.password_rules import check_password
from nqcore.collection.accounts.passwords import (
    cost_of,
    hash_password,
    needs_new_hash,
    password_fits,
    passwords_busy,
)
from nqcore.collection.accounts.sign_in_links import (
    LINK,
    LINK_HOURS,
    KnownLink,
    SignInLink,
    drop_links,
    find_link,
    links_of,
    new_link,
)
from nqcore.collection.tables import ACCOUNTS, LINKS
from nqcore.errors import N_, InputError, Phrase, UnknownName
from nqcore.model.units import UnitTree
from nqcore.store import Store
from nqcore.text.folding import nfc
from nqcore.text.names import check_name


class LinkRefused(InputError):
    """The one-time link is unknown, used or expired, or its account is locked."""

    code = "link-refused"
    template = N_("This sign-in link has been used or is over. Ask for a new one.")


class AccountLocked(InputError):
    """A link is asked for a locked account, which no link opens."""

    code = "account-locked"
    template = N_(
        "The account “{login}” is locked, so no link opens it. Unlock it first, then make the link."
    )


class AccountExists(InputError):
    """Another account has this login."""

    code = "account-exists"
    template = N_("There is already an account “{login}”. Choose another name.")


class LastAdministrator(InputError):
    """After this change no account could administer the whole office any more."""

    code = "last-administrator"
    template = N_(
        "“{login}” is the only account that administers the whole office. Make another "
        "administrator first, then try again."
    )


def _runs_anything(account: Account) -> bool:
    return Role.ADMIN in account.roles and not account.locked and not account.forms


@dataclass(frozen=True, slots=True)
class OfficeOfAccounts:
    """What the directory asks the office about accounts; the defaults know no units.

    - `workplace`: for the code of a unit the code of the unit where its staff work now: the unit itself, or
      its successor after it has ended. So users go on working from the day of the change, without a change
      of their account.
    - `runs`: whether the account administers the whole office. The last such account stays.
    - `names`: words that others know of the account, which are no good password.
    """

    workplace: Callable[[str], str] = lambda unit: unit
    runs: Callable[[Account], bool] = _runs_anything
    names: Callable[[Account], Iterable[str]] = lambda account: (account.login, account.name)


Allowed = Callable[[Account], None]
"""Raises an error unless the account may be as it is: asked inside a change for the account before and after
it."""


def _anything(account: Account) -> None:
    """What the command line may do: everything."""


class AccountDirectory:
    """The accounts of `store` by login."""

    def __init__(self, store: Store, office: OfficeOfAccounts | None = None) -> None:
        self._store, self._office = store, office or OfficeOfAccounts()

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
        return self._at_work(ACCOUNT.from_doc(doc))

    def _at_work(self, account: Account) -> Account:
        """The account, at the unit where its user works now."""
        unit = self._office.workplace(account.unit)
        return account if unit == account.unit else replace(account, unit=unit)

    def __getitem__(self, login: str) -> Account:
        found = self.get(login)
        if found is None:
            raise UnknownName(
                kind="account", name=login, hint=Phrase(N_("`nq user list` lists them."))
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
        self,
        accounts: Iterable[Account],
        *,
        units: UnitTree,
        by: str,
        at: datetime,
        allowed: Allowed = _anything,
    ) -> None:
        """Add accounts in one record of the journal: all of them or none. Raises UnknownName for a unit,
        AccountExists, and HiddenInName or MisreadText for a name.

        >>> from nqcore.collection.accounts.access import Account, Role
        >>> mai = Account(login="mai", name="Mai", unit="xa-b", roles=frozenset({Role.ENTER}))
        >>> ws.accounts.add_all([mai], units=ws.units, by="quantri", at=ws.clock())
        >>> ws.accounts["mai"] == mai
        True
        """
        with self._store.change(by=by, do="add-account", at=at) as change:
            for account in accounts:
                check_name(account.name)
                units[account.unit]  # raises UnknownName
                allowed(self._at_work(account))
                if change.get(ACCOUNTS, account.login) is not None:
                    raise AccountExists(login=account.login)
                doc, version = ACCOUNT.to_doc(account), record_version(account)
                change.put(ACCOUNTS, account.login, doc, version=version)

    def change_account(
        self,
        login: str,
        do: str,
        edit: Callable[[Account], Account],
        *,
        by: str,
        at: datetime,
        allowed: Allowed = _anything,
    ) -> Account:
        """Change one account: `do` is the action word of the journal, `edit` gives the account after it.

        Every session that was opened before ends, and every link that was not used. `allowed` is asked
        for the account before and after, inside the change. Raises UnknownName, LastAdministrator, and
        what `allowed` raises.

        >>> from dataclasses import replace
        >>> account = ws.accounts.change_account(
        ...     "lan", "lock-account", lambda old: replace(old, locked=True), by="nq", at=ws.clock()
        ... )
        >>> account.locked
        True
        """
        with self._store.change(by=by, do=do, at=at) as change:
            doc = change.get(ACCOUNTS, login)
            if doc is None:
                raise UnknownName(
                    kind="account", name=login, hint=Phrase(N_("`nq user list` lists them."))
                )
            old = ACCOUNT.from_doc(doc)
            account = edit(replace(old, session_epoch=old.session_epoch + 1))
            for each in (old, account):
                allowed(self._at_work(each))
            self._keep_an_administrator(old, account)
            change.put(ACCOUNTS, login, ACCOUNT.to_doc(account), version=record_version(account))
            drop_links(self._store, change, login)
        return account

    def _keep_an_administrator(self, old: Account, new: Account) -> None:
        runs = self._office.runs
        # Asked inside the change: two that lock each other at the same moment come one after the other.
        if (
            runs(self._at_work(old))
            and not runs(self._at_work(new))
            and not any(runs(one) for one in self.all() if one.login != old.login)
        ):
            raise LastAdministrator(login=old.login)

    def lock(self, login: str, *, by: str, at: datetime, allowed: Allowed = _anything) -> Account:
        """Lock the account: no sign-in works any more; its sessions and links end. An account is never
        deleted. Raises UnknownName, LastAdministrator.

        >>> ws.accounts.lock("lan", by="quantri", at=ws.clock()).locked
        True
        """

        def locked(old: Account) -> Account:
            return replace(old, locked=True)

        return self.change_account(login, "lock-account", locked, by=by, at=at, allowed=allowed)

    def unlock(self, login: str, *, by: str, at: datetime, allowed: Allowed = _anything) -> Account:
        """Unlock the account; its old password works again. Raises UnknownName.

        >>> locked = ws.accounts.lock("lan", by="quantri", at=ws.clock())
        >>> ws.accounts.unlock("lan", by="quantri", at=ws.clock()).locked
        False
        """

        def unlocked(old: Account) -> Account:
            return replace(old, locked=False)

        return self.change_account(login, "unlock-account", unlocked, by=by, at=at, allowed=allowed)

    def end_sessions(
        self, login: str, *, by: str, at: datetime, allowed: Allowed = _anything
    ) -> Account:
        """End all sessions of the account, and its link; its password stays. Raises UnknownName.

        >>> before = ws.accounts["lan"].session_epoch
        >>> ws.accounts.end_sessions("lan", by="quantri", at=ws.clock()).session_epoch - before
        1
        """
        return self.change_account(
            login, "end-sessions", lambda old: old, by=by, at=at, allowed=allowed
        )

    def assign(
        self,
        login: str,
        roles: Iterable[Role],
        forms: Iterable[str],
        *,
        by: str,
        at: datetime,
        allowed: Allowed = _anything,
    ) -> Account:
        """Replace the roles and the forms (ids; empty: all) of the account. Its sessions end, and its
        unused one-time link is removed, because it was made for the old roles. Raises UnknownName,
        LastAdministrator.

        >>> from nqcore.collection.accounts.access import Role
        >>> account = ws.accounts.assign("lan", [Role.LEAD], [], by="quantri", at=ws.clock())
        >>> [role.value for role in account.roles]
        ['lead']
        """
        chosen, ids = frozenset(roles), frozenset(forms)

        def assigned(old: Account) -> Account:
            return replace(old, roles=chosen, forms=ids)

        return self.change_account(login, "assign-account", assigned, by=by, at=at, allowed=allowed)

    def set_password(self, login: str, password: str, *, by: str, at: datetime) -> Account:
        """Set a new password; the sessions and the link of the account end. Raises WeakPassword for one
        that is too short or guessed first, UnknownName.

        >>> account = ws.accounts.set_password("lan", "mật khẩu dài", by="lan", at=ws.clock())
        >>> ws.accounts.sign_in("lan", "mật khẩu dài") == account
        True
        """
        check_password(password, self._office.names(self[login]))
        hashed = hash_password(password)

        def changed(old: Account) -> Account:
            return replace(old, password=hashed)

        return self.change_account(login, "set-password", changed, by=by, at=at)

    def link(
        self, login: str, *, by: str, at: datetime, allowed: Allowed = _anything
    ) -> SignInLink:
        """Make a one-time sign-in link that is valid for LINK_HOURS. A link that was made before and not
        used ends. Raises UnknownName, AccountLocked.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> link.login, str(link.expires)
        ('lan', '2018-04-08 12:00:00+07:00')
        """
        return self.link_all([login], by=by, at=at, allowed=allowed)[0]

    def link_all(
        self, logins: Iterable[str], *, by: str, at: datetime, allowed: Allowed = _anything
    ) -> tuple[SignInLink, ...]:
        """The same for several accounts, in one record of the journal: all of them or none.

        >>> links = ws.accounts.link_all(["lan", "binh"], by="quantri", at=ws.clock())
        >>> [link.login for link in links]
        ['lan', 'binh']
        """
        expires = at + timedelta(hours=LINK_HOURS)
        made: list[SignInLink] = []
        with self._store.change(by=by, do="make-link", at=at) as change:
            for login in dict.fromkeys(logins):
                account = self[login]  # raises UnknownName
                allowed(account)
                if account.locked:
                    raise AccountLocked(login=login)
                drop_links(self._store, change, login)
                token, digest = new_link()
                known = KnownLink(login=login, expires=expires, made_by=by, made=at)
                change.put(LINKS, digest, LINK.to_doc(known))
                made.append(SignInLink(token=token, login=login, expires=expires))
        return tuple(made)

    def open_links(self, login: str, *, at: datetime) -> tuple[KnownLink, ...]:
        """The links of the account that still open it at that moment: at most one, unless a version up to
        0.2.0 made them.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> [link.made_by for link in ws.accounts.open_links("lan", at=ws.clock())]
        ['quantri']
        """
        return tuple(link for link in links_of(self._store, login) if at <= link.expires)

    def withdraw_link(
        self, login: str, *, by: str, at: datetime, allowed: Allowed = _anything
    ) -> bool:
        """End the link of the account before it is used; whether there was one. Raises UnknownName.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> ws.accounts.withdraw_link("lan", by="quantri", at=ws.clock())
        True
        """
        with self._store.change(by=by, do="withdraw-link", at=at) as change:
            allowed(self[login])  # raises UnknownName
            return drop_links(self._store, change, login)

    def _known_link(self, token: str, at: datetime) -> tuple[str, str]:
        """The digest of the link and its login. Raises LinkRefused."""
        known = find_link(self._store, token)
        if known is None or at > known[1].expires:
            raise LinkRefused
        return known[0], known[1].login

    def link_account(self, token: str, *, at: datetime) -> Account:
        """The account that the link would open now; the link stays. Raises LinkRefused, also for a locked
        account.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> ws.accounts.link_account(link.token, at=ws.clock()).login
        'lan'
        """
        account = self.get(self._known_link(token, at)[1])
        if account is None or account.locked:
            raise LinkRefused
        return account

    def open_link(self, token: str, *, at: datetime) -> Account:
        """Use the link: return its account and remove the link. Raises LinkRefused, also for a locked
        account.

        >>> link = ws.accounts.link("lan", by="quantri", at=ws.clock())
        >>> ws.accounts.open_link(link.token, at=ws.clock()).login
        'lan'
        """
        digest, login = self._known_link(token, at)
        with self._store.change(by=login, do="use-link", at=at) as change:
            # Read again: another process may have used it, or ended it.
            if change.get(LINKS, digest) is None:
                raise LinkRefused
            account = self[login]
            if account.locked:
                raise LinkRefused
            change.drop(LINKS, digest)
        return account

    @property
    def busy(self) -> bool:
        """Whether too many passwords are being checked to take one more.

        >>> ws.accounts.busy
        False
        """
        return passwords_busy()

    def sign_in(self, login: str, password: str) -> Account | None:
        """The account if `password` is right and it is not locked, else None. An unknown login takes as
        long as a wrong password. Raises PasswordsBusy.

        >>> ws.accounts.sign_in("lan", "sai") is None
        True
        """
        account = self.get(login)
        return account if password_fits(account, password, self._costs()) else None

    def _costs(self) -> set[str]:
        """What the hashes of those who may sign in cost: more than one only after an upgrade."""
        docs = self._store.table(ACCOUNTS)
        return {cost_of(doc["password"]) for doc in docs if doc["password"] and not doc["locked"]}

    def renew_hash(self, account: Account, password: str, *, at: datetime) -> bool:
        """Store the hash of the account's password, which was just right, at today's cost, where it has
        another one; whether that was so. Sessions and links stay. Raises StoreError, PasswordsBusy.

        >>> lan = ws.accounts["lan"]
        >>> ws.accounts.renew_hash(lan, "mật khẩu dài", at=ws.clock())
        False
        """
        if not needs_new_hash(account):
            return False
        hashed = hash_password(password)
        with self._store.change(by=account.login, do="renew-hash", at=at) as change:
            doc = change.get(ACCOUNTS, account.login)
            if doc is None or doc["password"] != account.password:  # changed meanwhile
                return False
            renewed = replace(ACCOUNT.from_doc(doc), password=hashed)
            doc, version = ACCOUNT.to_doc(renewed), record_version(renewed)
            change.put(ACCOUNTS, account.login, doc, version=version)
        return True
