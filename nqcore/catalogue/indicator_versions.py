"""Versions of an indicator: several [[indicator]] tables with one code and different `since`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from nqcore.errors import N_, DefinitionError, DuplicateId, Phrase
from nqcore.model.indicators import Indicator

Versions = Mapping[str, tuple[Indicator, ...]]
"""The versions of each indicator by its code, oldest first."""

_MAY_CHANGE = ("formula", "minimum", "maximum", "at_most", "name", "note", "since", "basis")


def versions_of(found: Iterable[tuple[str, Indicator]]) -> tuple[Versions, dict[str, str]]:
    """The versions, and the owner of each code. Raises DuplicateId if two owners, or two tables of one
    day, define a code; DefinitionError if two versions do not count the same thing."""
    owners: dict[str, str] = {}
    tables: dict[str, list[Indicator]] = {}
    for owner, indicator in found:
        code = indicator.code
        others = tables.setdefault(code, [])
        if owners.setdefault(code, owner) != owner or indicator.since in [o.since for o in others]:
            raise DuplicateId(kind="indicator", id=code, first=owners[code], second=owner)
        others.append(indicator)
    for code, several in tables.items():
        several.sort(key=lambda version: version.since or date.min)
        for older, newer in pairwise(several):
            _check(owners[code], older, newer)
    return {code: tuple(several) for code, several in tables.items()}, owners


def _check(owner: str, older: Indicator, newer: Indicator) -> None:
    changed = [
        name
        for name in Indicator.__slots__
        if name not in _MAY_CHANGE and getattr(older, name) != getattr(newer, name)
    ]
    if older.computed != newer.computed:
        changed.append("formula (typed and computed)")
    if changed:
        raise DefinitionError(
            file=owner,
            key=f"indicator[{newer.code}].{changed[0].partition(' ')[0]}",
            detail=Phrase(
                N_(
                    "the versions since {older} and since {newer} differ in {keys}; what is counted "
                    "otherwise is another indicator with its own code"
                ),
                {"older": older.since, "newer": newer.since, "keys": ", ".join(changed)},
            ),
        )


def version_at(versions: Sequence[Indicator], on: date) -> Indicator:
    """The newest version in force on that day; before the first version: the first."""
    found = versions[0]
    for version in versions[1:]:
        if version.since is None or version.since <= on:
            found = version
    return found
