"""Reading a list of people, one a line, of whom accounts are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.errors import N_, InputError, Translate, say_lines
from nqcore.model.units import UnitTree
from nqcore.text.characters import find_unstorable
from nqcore.text.folding import fold, nfc, slug
from nqcore.text.names import check_name

_LOGIN = re.compile(r"[^\s/?#]{2,60}")
_PHONE = re.compile(r"\+?[\d .()-]{8,20}")
MAX_PEOPLE = 500
"""Lines of one list of people, at most."""
MAX_NAME = 120
"""Characters of a name, at most."""


class BadPeopleList(InputError):
    """A line of the list of people is wrong; no account was made. `line` counts from 1."""

    code = "bad-people-list"
    template = N_(
        "Line {line}: write name, unit and telephone, with a tab or a semicolon between them; "
        "at most {most} lines."
    )

    def __init__(self, line: int, **params: object) -> None:
        self.line = line
        super().__init__(line=line, most=MAX_PEOPLE, **params)


class UnitNotManaged(BadPeopleList):
    """The unit is unknown, or the administrator does not manage it, or two units have this name."""

    template = N_("Line {line}: no unit “{unit}” here. Write its code or its full name.")


class BadLogin(BadPeopleList):
    """The user name is not a valid one."""

    template = N_(
        "Line {line}: the user name “{login}” cannot be used. Write another one of 2 to 60 letters "
        "or digits without spaces."
    )


class NameRefused(BadPeopleList):
    """The name has a hidden character, lost letters, or is in an old encoding: `why`."""

    template = N_("Line {line}: {why}")


class NameTooLong(BadPeopleList):
    """The name has more than MAX_NAME characters."""

    template = N_("Line {line}: the name has {length} characters, at most {longest}. Shorten it.")


class LoginTwice(BadPeopleList):
    """Two lines of the list have one user name; `first` is the earlier one."""

    template = N_(
        "Line {line}: line {first} has the user name “{login}” too. Write another user name in one of them, "
        "as the third part of the line."
    )


class LoginTaken(BadPeopleList):
    """An account has the user name already."""

    template = N_(
        "Line {line}: there is already an account “{login}”. Write another user name as the third part of "
        "the line."
    )


class BadPeopleLines(BadPeopleList):
    """Several lines are wrong: `faults` are all of them, in the order of the list."""

    template = N_("No account was made: {count} lines to correct.")

    def __init__(self, faults: Sequence[BadPeopleList]) -> None:
        self.faults = tuple(faults)
        super().__init__(faults[0].line, count=len(faults))

    def message(self, translate: Translate = str) -> str:
        return say_lines(super().message(translate), self.faults, translate)

    def __str__(self) -> str:
        return self.message()


def read_people(
    text: str,
    roles: frozenset[Role],
    forms: frozenset[str],
    *,
    by: Account,
    units: UnitTree,
    taken: Callable[[str], bool],
) -> tuple[Account, ...]:
    """An account with `roles` and `forms` for each line of `text` that is not blank: name, unit (its code or
    its full name), and optionally a telephone number or a user name, with tabs or semicolons between them.

    `by` is who adds them: a unit that he does not manage counts as unknown. `taken` says whether an account
    has a login already. Raises BadPeopleList; BadPeopleLines with all of them where several lines are wrong.
    """
    lines = [line for line in enumerate(nfc(text).splitlines(), 1) if line[1].strip()]
    if not lines or len(lines) > MAX_PEOPLE:
        raise BadPeopleList(1)
    by_name: dict[str, list[str]] = {}
    for unit in units.values():
        by_name.setdefault(fold(unit.name), []).append(unit.code)
    found: list[Account] = []
    first: dict[str, int] = {}
    faults: list[BadPeopleList] = []
    for line, words in lines:
        try:
            name, unit_code, login = _read_line(line, words, by, units, by_name)
            if login in first:
                raise LoginTwice(line, login=login, first=first[login])
            first[login] = line
            if taken(login):
                raise LoginTaken(line, login=login)
        except BadPeopleList as wrong:
            faults.append(wrong)
        else:
            found.append(Account(login=login, name=name, unit=unit_code, roles=roles, forms=forms))
    if faults:
        raise faults[0] if len(faults) == 1 else BadPeopleLines(faults)
    return tuple(found)


def _read_line(
    line: int, words: str, by: Account, units: UnitTree, by_name: Mapping[str, list[str]]
) -> tuple[str, str, str]:
    """Name, code of the unit and login of a line. Raises BadPeopleList."""
    cells = [cell.strip() for cell in re.split(r"\t|;", words)]
    if len(cells) not in (2, 3) or not cells[0]:
        raise BadPeopleList(line)
    name = cells[0]
    if len(name) > MAX_NAME:
        raise NameTooLong(line, length=len(name), longest=MAX_NAME)
    try:
        check_name(name)
    except InputError as wrong:
        raise NameRefused(line, why=wrong) from wrong
    codes = [cells[1]] if cells[1] in units else by_name.get(fold(cells[1]), [])
    # The same error for an unknown unit and for a unit of another administrator.
    codes = [code for code in codes if by.may(Action.MANAGE, code, units)]
    if len(codes) != 1:
        raise UnitNotManaged(line, unit=cells[1])
    login = _login(cells[2] if len(cells) == 3 else "", name)
    if not _LOGIN.fullmatch(login) or find_unstorable(login):
        raise BadLogin(line, login=login)
    return name, codes[0], login


def _login(given: str, name: str) -> str:
    """The user name for a line: `given`, a telephone number without spaces and signs; without `given`
    made from the name ("Lê Văn Ổi": "le-van-oi")."""
    if not given:
        return slug(name)
    return re.sub(r"[ .()-]", "", given) if _PHONE.fullmatch(given) else given
