"""What can be found: units with all names that they had, indicators, directives, tasks and people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from nqcore.catalogue import Catalogue
from nqcore.collection.accounts.access import Account
from nqcore.text.folding import fold


class Found(StrEnum):
    """Kinds of things, in the order in which they are listed."""

    UNIT = "unit"
    REPORT = "report"
    INDICATOR = "indicator"
    DIRECTIVE = "directive"
    TASK = "task"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing: `id` is its code, `name` what people call it, `detail` what is said beside it. `folded` are
    the words that find it, `spelled` the same with their accents. `unit`: its unit; "": it is for all."""

    kind: Found
    id: str
    name: str
    detail: str = ""
    unit: str = ""
    folded: str
    spelled: str


def entry(kind: Found, id: str, name: str, *words: str, detail: str = "", unit: str = "") -> Entry:
    """The thing that its name, its code and `words` find."""
    text = " ".join((name, id, *words))
    return Entry(
        kind=kind,
        id=id,
        name=name,
        detail=detail,
        unit=unit,
        folded=spaced(words_of(text)),
        spelled=text.casefold(),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Its words without accents; "20-NQ/TW" has three.

    >>> words_of("Nghị quyết số 20-NQ/TW")
    ('nghi', 'quyet', 'so', '20', 'nq', 'tw')
    """
    return tuple(re.findall(r"[^\W_]+", fold(text)))


def spaced(words: Iterable[str]) -> str:
    """The words with a space before each, so that the beginning of a word can be looked for."""
    return "".join(f" {word}" for word in words)


def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    """Everything of the definitions, in the order of the tree and of the catalogue."""
    return (
        *_units(catalogue),
        *_indicators(catalogue),
        *_directives(catalogue),
        *_tasks(catalogue),
    )


def people(accounts: Iterable[Account]) -> tuple[Entry, ...]:
    """The accounts, found by name and login."""
    return tuple(_person(one.login, one.name, one.unit) for one in accounts)


@lru_cache(maxsize=20_000)
def _person(login: str, name: str, unit: str) -> Entry:
    """Kept: to fold the names of thousands of accounts takes longer than to search in them."""
    return entry(Found.PERSON, login, name, unit=unit)


def _units(catalogue: Catalogue) -> Iterator[Entry]:
    units = catalogue.units
    for unit in units.values():
        former = dict.fromkeys(
            state.name for state in units.states(unit.code) if state.name != unit.name
        )
        numbers = (number for _scheme, number in unit.ids)
        yield entry(
            Found.UNIT,
            unit.code,
            unit.name,
            *former,
            *numbers,
            detail=", ".join(former),
            unit=unit.code,
        )


def _indicators(catalogue: Catalogue) -> Iterator[Entry]:
    for code, one in catalogue.indicators.items():
        yield entry(Found.INDICATOR, code, f"{one.label}. {one.name}", detail=one.measure)


def _directives(catalogue: Catalogue) -> Iterator[Entry]:
    for one in catalogue.directives:
        yield entry(Found.DIRECTIVE, one.id, one.name, one.number, one.title, detail=one.title)


def _tasks(catalogue: Catalogue) -> Iterator[Entry]:
    for id, task in catalogue.tasks.items():
        yield entry(Found.TASK, id, task.title)
