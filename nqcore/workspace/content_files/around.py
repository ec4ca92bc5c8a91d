"""What stands around the content of an office: plugins, and so many of its units that a test can be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nqcore.catalogue import WORKSPACE, Catalogue
from nqcore.catalogue.item_kinds import ITEM_FIELDS, Item, items_text, units_text
from nqcore.catalogue.loading import available
from nqcore.catalogue.owners import Owned
from nqcore.catalogue.references import references_of
from nqcore.model.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`plugins` are the names of the installed plugins of the office; `text` is a definition file with what
    no other office has: the definitions of its packs, and some of its units."""

    plugins: tuple[str, ...]
    text: str


def surroundings(catalogue: Catalogue, items: Iterable[Owned[Item]]) -> Surroundings:
    """What a test of the office's own content needs around it; `items` are those of all owners."""
    several = tuple(items)
    installed = {point.name for point in available()}
    packed = [item for owner, item in several if owner not in installed and owner != WORKSPACE]
    mine = [item for owner, item in several if owner == WORKSPACE]
    units = _units(catalogue, [*mine, *packed], installed)
    return Surroundings(
        plugins=tuple(one.name for one in catalogue.plugins if one.name in installed),
        text=items_text(packed) + units_text(units),
    )


def _units(catalogue: Catalogue, items: Iterable[Item], installed: set[str]) -> list[Unit]:
    """The units that no installed plugin brings: those that the items name and one of each kind, each with
    the units above it, in the order of the tree."""
    tree, wanted = catalogue.units, set(_named(items))
    kinds = set()
    for unit in tree.values():
        kind = (unit.kind, unit.sector)
        if kind not in kinds or unit.code in wanted:
            kinds.add(kind)
            wanted |= {unit.code, *(above.code for above in tree.ancestors(unit.code))}
    return [
        unit
        for code, unit in tree.items()
        if code in wanted and catalogue.owner("unit", code) not in installed
    ]


def _named(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        for _key, kind, id in references_of(ITEM_FIELDS[item.kind], item.value):
            if kind == "unit" and id:
                yield id
