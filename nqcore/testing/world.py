"""Which plugins a plugin needs beside it: those that bring what its definitions and code name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from nqcore.catalogue import Catalogue, Definitions
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.item_kinds import items_of
from nqcore.catalogue.merging import merge_definitions
from nqcore.catalogue.owners import Owned
from nqcore.catalogue.references import item_id
from nqcore.errors import NqError

T = TypeVar("T")


class World:
    """The plugin `name` with those of `contributions` that it needs, and what the `office` has. `names` are
    those of the plugins, `catalogue` is what they define together."""

    def __init__(self, name: str, contributions: Contributions, office: Definitions | None) -> None:
        self.names = {name}
        self._all, self._office = contributions, office
        self._owners = dict(_owners(contributions))
        try:
            self.catalogue = self._merged()
        except (
            NqError
        ):  # its units stand under those of another plugin, say: alone it makes no tree
            self.names |= {one.name for one in contributions.plugins}
            self.catalogue = self._merged()
        while more := {owner for owner in self._needed() if owner not in self.names}:
            self.names |= more
            self.catalogue = self._merged()

    def _merged(self) -> Catalogue:
        def kept(several: tuple[Owned[T], ...]) -> tuple[Owned[T], ...]:
            return tuple(one for one in several if one[0] in self.names)

        found = self._all
        mine = replace(
            found,
            definitions=kept(found.definitions),
            rules=kept(found.rules),
            checks=kept(found.checks),
            formats=kept(found.formats),
            calendars=kept(found.calendars),
        )
        return merge_definitions(mine, self._office)

    def _needed(self) -> Iterator[str]:
        """The owners of what is named and not there yet."""
        for one in self.catalogue.unresolved:
            if owner := self._owners.get((one.kind, one.missing)):
                yield owner
        for rule in self.catalogue.rules.values():
            if owner := self._owners.get(("directive", rule.directive)):
                yield owner
        for check in self.catalogue.checks.values():
            if owner := self._owners.get(("form", check.form)):
                yield owner


def _owners(contributions: Contributions) -> Iterator[tuple[tuple[str, str], str]]:
    """Who brings what: by kind and id, directives also by their number."""
    for owner, definitions in contributions.definitions:
        for item in items_of(definitions):
            yield (item.kind, item_id(item.value)), owner
        for directive in definitions.directives:
            yield ("directive", directive.number), owner
        for unit in definitions.units:
            yield ("unit", unit.code), owner
    for owner, calendar in contributions.calendars:
        yield ("calendar", calendar.id), owner
