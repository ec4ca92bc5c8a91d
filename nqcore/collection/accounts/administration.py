"""What an account may do with other accounts.

An administrator manages the accounts of his part of the tree. An approver makes one-time sign-in links
for users of the units below. Limits are inherited: nothing is given or opened that is beyond the limits
of the account that does it (`Account.includes`). Rights are asked inside the change, of the account as it
is stored then: an administrator who was locked a moment ago changes nothing more.

Pages use this module. The command line uses `AccountDirectory` directly: its user has access to the folder of
the workspace, so he may do everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nqcore.clock import Clock
from nqcore.collection.accounts.access import WORDS, Account, Action, Role
from nqcore.collection.accounts.directory import AccountDirectory, Allowed
from nqcore.collection.accounts.people_list import read_people
from nqcore.collection.accounts.second_factors import SecondFactors
from nqcore.collection.accounts.sign_in_links import KnownLink, SignInLink
from nqcore.errors import N_, InputError, NotAllowed, Phrase
from nqcore.model.units import Unit, UnitTree


class NoRole(InputError):
    """No role was chosen; an account without a role can do nothing."""

    code = "no-role"
    template = N_("Choose at least one role.")


class NoUnitChosen(InputError):
    """Accounts are to be made, and no unit was chosen."""

    code = "no-unit-chosen"
    template = N_("Choose at least one unit that gets an account.")


class NoAccountChosen(InputError):
    """Links are to be made, and no account was chosen."""

    code = "no-account-chosen"
    template = N_("Choose at least one account that gets a link.")


class BeyondLimits(InputError):
    """An administrator with limits tries to give more than he has himself. `forms`: the ids that he has."""

    code = "beyond-limits"
    template = N_(
        "The account in use here works with some forms only and can give only these. Choose at least "
        "one of them."
    )


class OwnAccount(InputError):
    """An administrator tries to lock or change the account that he is using."""

    code = "own-account"
    template = N_("This is the account in use here. Ask another administrator, or use “Account”.")


class AccountAdministration:
    """Changes of accounts, each checked against the rights of the account `by` that makes it."""

    def __init__(
        self, directory: AccountDirectory, factors: SecondFactors, units: UnitTree, clock: Clock
    ) -> None:
        self._directory, self._factors = directory, factors
        self._units, self._clock = units, clock

    def visible_to(self, by: Account) -> tuple[Account, ...]:
        """The accounts for which `by` may make a link or more, in the order of the units.

        >>> [one.login for one in ws.administration.visible_to(ws.account("quantri"))][:2]
        ['duyet', 'quantri']
        """
        order = {code: nth for nth, code in enumerate(self._units)}
        found = [one for one in self._directory.all() if by.may_make_link_for(one, self._units)]
        return tuple(sorted(found, key=lambda one: (order.get(one.unit, len(order)), one.login)))

    def administrators_for(self, unit: str) -> tuple[Account, ...]:
        """The administrators that users of `unit` ask for help: those of the unit itself, else those of
        the nearest unit above that has any. Locked accounts are left out.

        >>> [one.login for one in ws.administration.administrators_for("xa-a")]
        ['quantri']
        """
        administrators = [
            one for one in self._directory.all() if Role.ADMIN in one.roles and not one.locked
        ]
        for code in (unit, *(above.code for above in self._units.ancestors(unit))):
            if found := tuple(one for one in administrators if one.unit == code):
                return found
        return ()

    def add(
        self, text: str, roles: Iterable[Role], forms: Iterable[str], *, by: Account
    ) -> tuple[Account, ...]:
        """Add an account for each line of `text`, all of them or none. A line has a name, a unit (its
        code or its full name) and optionally a telephone number or a user name, separated by tabs or
        semicolons, so that cells of a spreadsheet can be pasted. Raises BadPeopleList (BadPeopleLines: more
        than one line is wrong), NoRole, BeyondLimits, AccountExists.

        >>> from nqcore.collection.accounts.access import Role
        >>> added = ws.administration.add("Mai; xa-b", [Role.ENTER], [], by=ws.account("quantri"))
        >>> [account.login for account in added]
        ['mai']
        """
        ids = frozenset(forms)
        _check_forms(by, ids)
        chosen = _chosen(roles)
        found = read_people(text, chosen, ids, by=by, units=self._units, taken=self._taken)
        self._directory.add_all(
            found, units=self._units, by=by.login, at=self._clock(), allowed=self._managed(by)
        )
        return found

    def without_account(self, *, by: Account, on: date) -> tuple[Unit, ...]:
        """The units that exist on that day, that `by` manages, and in which no account may enter a report,
        in the order of the units.

        >>> by = ws.account("quantri")
        >>> locked = [ws.administration.lock(one, by=by).login for one in ("lan", "ba")]
        >>> [unit.code for unit in ws.administration.without_account(by=by, on=ws.today)]
        ['xa-a']
        """
        entering = {
            one.unit
            for one in self._directory.all()
            if not one.locked and one.may(Action.ENTER, one.unit, self._units)
        }
        return tuple(
            unit
            for code, unit in self._units.items()
            if unit.exists(on) and code not in entering and by.may(Action.MANAGE, code, self._units)
        )

    def add_for_units(self, units: Iterable[str], *, by: Account) -> tuple[Account, ...]:
        """Add an account for each of the units (codes) that may enter its reports, all of them or none: its
        name is that of the unit, its user name the unit's code, or the code with a number where an account
        has it. It works with the forms of `by`. Raises UnknownName, NotAllowed, NoUnitChosen.

        >>> added = ws.administration.add_for_units(["dn-1", "dn-2"], by=ws.account("quantri"))
        >>> [(one.login, one.name) for one in added]
        [('dn-1', 'Công ty Một'), ('dn-2', 'Công ty Hai')]
        """
        chosen = [self._units[code] for code in dict.fromkeys(units)]
        if not chosen:
            raise NoUnitChosen
        found = tuple(
            Account(
                login=self._free_login(unit.code),
                name=unit.name,
                unit=unit.code,
                roles=frozenset({Role.ENTER}),
                forms=by.forms,
            )
            for unit in chosen
        )
        self._directory.add_all(
            found, units=self._units, by=by.login, at=self._clock(), allowed=self._managed(by)
        )
        return found

    def _free_login(self, code: str) -> str:
        login, nth = code, 1
        while self._taken(login):
            nth += 1
            login = f"{code}-{nth}"
        return login

    def assign(
        self, login: str, roles: Iterable[Role], forms: Iterable[str], *, by: Account
    ) -> Account:
        """Replace the roles and the forms (ids; empty: all) of an account. Raises NoRole, OwnAccount,
        BeyondLimits, LastAdministrator, NotAllowed, UnknownName.

        >>> from nqcore.collection.accounts.access import Role
        >>> account = ws.administration.assign("lan", [Role.LEAD], [], by=ws.account("quantri"))
        >>> [role.value for role in account.roles]
        ['lead']
        """
        self._another(login, by)
        chosen, ids = _chosen(roles), frozenset(forms)
        _check_forms(by, ids)
        return self._directory.assign(
            login, chosen, ids, by=by.login, at=self._clock(), allowed=self._managed(by)
        )

    def lock(self, login: str, *, by: Account) -> Account:
        """Lock the account: no sign-in works any more. Raises OwnAccount, LastAdministrator, NotAllowed,
        UnknownName.

        >>> ws.administration.lock("lan", by=ws.account("quantri")).locked
        True
        """
        self._another(login, by)
        return self._directory.lock(login, by=by.login, at=self._clock(), allowed=self._managed(by))

    def unlock(self, login: str, *, by: Account) -> Account:
        """Unlock the account. Raises OwnAccount, NotAllowed, UnknownName.

        >>> locked = ws.administration.lock("lan", by=ws.account("quantri"))
        >>> ws.administration.unlock("lan", by=ws.account("quantri")).locked
        False
        """
        self._another(login, by)
        return self._directory.unlock(
            login, by=by.login, at=self._clock(), allowed=self._managed(by)
        )

    def end_sessions(self, login: str, *, by: Account) -> Account:
        """End all sessions of the account and its link; its password stays. Raises OwnAccount, NotAllowed,
        UnknownName.

        >>> ws.administration.end_sessions("lan", by=ws.account("quantri")).login
        'lan'
        """
        self._another(login, by)
        return self._directory.end_sessions(
            login, by=by.login, at=self._clock(), allowed=self._managed(by)
        )

    def reset_second_factor(self, login: str, *, by: Account) -> Account:
        """Take the second factor off the account, for a user who has lost it. Raises OwnAccount,
        NotAllowed, UnknownName.

        >>> ws.administration.reset_second_factor("lan", by=ws.account("quantri")).second_factor
        ''
        """
        self._another(login, by)
        return self._factors.reset(login, by=by.login, at=self._clock(), allowed=self._managed(by))

    def link(self, login: str, *, by: Account) -> SignInLink:
        """Make a one-time sign-in link for the account; its earlier one ends. Raises NotAllowed,
        UnknownName.

        >>> ws.administration.link("lan", by=ws.account("quantri")).login
        'lan'
        """
        return self._directory.link(login, by=by.login, at=self._clock(), allowed=self._reached(by))

    def links(self, logins: Iterable[str], *, by: Account) -> tuple[SignInLink, ...]:
        """A one-time sign-in link for each of the accounts, all of them or none; their earlier ones end.
        Raises NotAllowed, UnknownName, AccountLocked, NoAccountChosen.

        >>> [one.login for one in ws.administration.links(["lan", "ba"], by=ws.account("quantri"))]
        ['lan', 'ba']
        """
        chosen = tuple(dict.fromkeys(logins))
        if not chosen:
            raise NoAccountChosen
        return self._directory.link_all(
            chosen, by=by.login, at=self._clock(), allowed=self._reached(by)
        )

    def open_links(self, login: str, *, by: Account) -> tuple[KnownLink, ...]:
        """The links that still open the account. Raises NotAllowed, UnknownName.

        >>> ws.administration.open_links("lan", by=ws.account("quantri"))
        ()
        """
        self._reached(by)(self._directory[login])
        return self._directory.open_links(login, at=self._clock())

    def withdraw_link(self, login: str, *, by: Account) -> bool:
        """End the link of the account before it is used; whether there was one. Raises NotAllowed,
        UnknownName.

        >>> ws.administration.withdraw_link("lan", by=ws.account("quantri"))
        False
        """
        return self._directory.withdraw_link(
            login, by=by.login, at=self._clock(), allowed=self._reached(by)
        )

    def _taken(self, login: str) -> bool:
        return self._directory.get(login) is not None

    def _another(self, login: str, by: Account) -> Account:
        """The account of that login, which `by` manages and which is not `by` itself. Raises NotAllowed,
        OwnAccount, UnknownName."""
        other = self._directory[login]
        self._managed(by)(other)
        if login == by.login:
            raise OwnAccount
        return other

    def _managed(self, by: Account) -> Allowed:
        """Raises NotAllowed unless `by`, as it is stored then, may manage the account."""

        def check(other: Account) -> None:
            if not self._now(by).may_manage(other, self._units):
                raise NotAllowed(
                    account=by.login, action=Phrase(WORDS[Action.MANAGE]), unit=other.unit
                )

        return check

    def _reached(self, by: Account) -> Allowed:
        """Raises NotAllowed unless `by`, as it is stored then, may make a link for the account."""

        def check(other: Account) -> None:
            if not self._now(by).may_make_link_for(other, self._units):
                raise NotAllowed(
                    account=by.login, action=Phrase(WORDS[Action.MANAGE]), unit=other.unit
                )

        return check

    def _now(self, by: Account) -> Account:
        found = self._directory.get(by.login)
        if found is None:
            raise NotAllowed(account=by.login, action=Phrase(WORDS[Action.MANAGE]), unit=by.unit)
        return found


def _check_forms(by: Account, forms: frozenset[str]) -> None:
    """Raise BeyondLimits for forms that `by` does not have; none at all means every form."""
    if by.forms and not (forms and forms <= by.forms):
        raise BeyondLimits(forms=", ".join(sorted(by.forms)))


def _chosen(roles: Iterable[Role]) -> frozenset[Role]:
    chosen = frozenset(roles)
    if not chosen:
        raise NoRole
    return chosen
