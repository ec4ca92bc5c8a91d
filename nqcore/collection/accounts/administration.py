"""Who looks after accounts, and how far: an administrator over a part of the tree, and a reviewer who
lets people of the units below in with a one-time link. The pages come through here; the command line,
which has the folder in its hands anyway, uses `AccountDirectory` itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nqcore.clock import Clock
from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.accounts.sign_in_links import SignInLink
from nqcore.errors import N_, InputError, NotAllowed
from nqcore.model.units import UnitTree
from nqcore.text.folding import fold, nfc, slug

_LOGIN = re.compile(r"[^\s/?#]{2,60}")
_PHONE = re.compile(r"\+?[\d .()-]{8,20}")
MOST = 500
"""Lines of one list of people."""
LONGEST_NAME = 120


class BadPeopleList(InputError):
    """A line of the list of people cannot be taken; no account was made. `line` counts from 1."""

    code = "bad-people-list"
    template = N_(
        "Line {line}: write name, unit and telephone, with a tab or a semicolon between them; "
        "at most {most} lines."
    )

    def __init__(self, line: int, **params: object) -> None:
        super().__init__(line=line, most=MOST, **params)


class NoUnitOfYours(BadPeopleList):
    """The unit is not known, not one's own, or there are two of that name."""

    template = N_("Line {line}: no unit “{unit}” here. Write its code or its full name.")


class BadLogin(BadPeopleList):
    """The user name cannot be one, or stands there twice."""

    template = N_(
        "Line {line}: the user name “{login}” cannot be used. Write another one of 2 to 60 letters "
        "or digits without spaces."
    )


class NameTooLong(BadPeopleList):
    """The name of a person is longer than one is."""

    template = N_("Line {line}: the name has {length} characters, at most {longest}. Shorten it.")


class NoRole(InputError):
    """An account without a role can do nothing."""

    code = "no-role"
    template = N_("Choose at least one role.")


class OwnAccount(InputError):
    """Nobody locks or changes the account they work with."""

    code = "own-account"
    template = N_("This is the account in use here. Ask another administrator, or use “Account”.")


class AccountAdministration:
    """Accounts, as somebody may look after them."""

    def __init__(self, people: AccountDirectory, units: UnitTree, clock: Clock) -> None:
        self.people, self._units, self._clock = people, units, clock

    def seen_by(self, by: Account) -> tuple[Account, ...]:
        """The accounts that `by` may do something with, in the order of the units."""
        order = {code: nth for nth, code in enumerate(self._units)}
        found = [one for one in self.people.all() if by.may_let_in(one, self._units)]
        return tuple(sorted(found, key=lambda one: (order.get(one.unit, len(order)), one.login)))

    def helpers(self, unit: str) -> tuple[Account, ...]:
        """Whom people of `unit` call: the administrators of the nearest unit, from their own upwards,
        that has any."""
        everyone = [one for one in self.people.all() if Role.ADMIN in one.roles and not one.locked]
        for code in (unit, *(above.code for above in self._units.ancestors(unit))):
            if found := tuple(one for one in everyone if one.unit == code):
                return found
        return ()

    def add(
        self, text: str, roles: Iterable[Role], forms: Iterable[str], *, by: Account
    ) -> tuple[Account, ...]:
        """Accounts for the people in `text`: one a line, name, unit and (if known) telephone or user
        name, between tabs or semicolons as a table is pasted. Raises BadPeopleList, NoRole,
        NotAllowed, AccountExists."""
        found = self._read(text, _some(roles), frozenset(forms), by)
        self.people.add_all(found, units=self._units, by=by.login, at=self._clock())
        return found

    def _read(
        self, text: str, roles: frozenset[Role], forms: frozenset[str], by: Account
    ) -> tuple[Account, ...]:
        by_name: dict[str, list[str]] = {}
        for unit in self._units.values():
            by_name.setdefault(fold(unit.name), []).append(unit.code)
        found: dict[str, Account] = {}
        lines = [line for line in enumerate(nfc(text).splitlines(), 1) if line[1].strip()]
        if not lines or len(lines) > MOST:
            raise BadPeopleList(1)
        for nth, line in lines:
            cells = [cell.strip() for cell in re.split(r"\t|;", line)]
            if len(cells) not in (2, 3) or not cells[0]:
                raise BadPeopleList(nth)
            if len(cells[0]) > LONGEST_NAME:
                raise NameTooLong(nth, length=len(cells[0]), longest=LONGEST_NAME)
            codes = [cells[1]] if cells[1] in self._units else by_name.get(fold(cells[1]), [])
            # A unit that is not there and one that is another's look the same.
            codes = [code for code in codes if by.may(Action.MANAGE, code, self._units)]
            if len(codes) != 1:
                raise NoUnitOfYours(nth, unit=cells[1])
            login = _login(cells[2] if len(cells) == 3 else "", cells[0])
            if not _LOGIN.fullmatch(login) or login in found:
                raise BadLogin(nth, login=login)
            found[login] = Account(
                login=login, name=cells[0], unit=codes[0], roles=roles, forms=forms
            )
        return tuple(found.values())

    def assign(
        self, login: str, roles: Iterable[Role], forms: Iterable[str], *, by: Account
    ) -> Account:
        """Other roles and forms for an account. Raises NoRole, OwnAccount, NotAllowed."""
        self._managed(login, by)
        return self.people.assign(login, _some(roles), forms, by=by.login, at=self._clock())

    def lock(self, login: str, *, by: Account) -> Account:
        """Nobody can sign in with it any more. Raises OwnAccount, NotAllowed."""
        self._managed(login, by)
        return self.people.lock(login, by=by.login, at=self._clock())

    def unlock(self, login: str, *, by: Account) -> Account:
        """It can be used again. Raises OwnAccount, NotAllowed."""
        self._managed(login, by)
        return self.people.unlock(login, by=by.login, at=self._clock())

    def link(self, login: str, *, by: Account) -> SignInLink:
        """A one-time sign-in link for somebody. Raises NotAllowed."""
        other = self.people[login]
        if not by.may_let_in(other, self._units):
            raise NotAllowed(account=by.login, action=Action.MANAGE.value, unit=other.unit)
        return self.people.link(login, by=by.login, at=self._clock())

    def _managed(self, login: str, by: Account) -> None:
        other = self.people[login]
        by.require(Action.MANAGE, other.unit, self._units)
        if other.login == by.login:
            raise OwnAccount


def _some(roles: Iterable[Role]) -> frozenset[Role]:
    chosen = frozenset(roles)
    if not chosen:
        raise NoRole
    return chosen


def _login(given: str, name: str) -> str:
    """The user name: a telephone number without its spaces, what was given, else the name's own."""
    if not given:
        return slug(name)
    return re.sub(r"[ .()-]", "", given) if _PHONE.fullmatch(given) else given
