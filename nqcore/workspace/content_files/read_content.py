"""What was read from a file with content: the items, every mistake, and where each key of an item stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from nqcore.catalogue.item_kinds import Item
from nqcore.catalogue.item_mistakes import NOT_KNOWN, ItemMistake, each_once
from nqcore.errors import Phrase, Words

PlaceOf = Callable[[str], Words]
"""The place in the file of a key of one item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContent:
    """The items that can be read, and what is wrong with the others. `places`: by kind and id; `broken`: the
    ids of what could not be read, so that others that name it are not blamed; `in_cells`: the places are
    cells of a workbook."""

    items: tuple[Item, ...]
    mistakes: tuple[ItemMistake, ...]
    places: Mapping[tuple[str, str], PlaceOf]
    broken: frozenset[str] = frozenset()
    in_cells: bool = False

    def placed(self, mistakes: Iterable[ItemMistake]) -> tuple[ItemMistake, ...]:
        """All mistakes of the plan of these items, each with its place in the file."""
        return each_once(self._placed(one) for one in mistakes if not self._rests_on_broken(one))

    def _placed(self, mistake: ItemMistake) -> ItemMistake:
        place = self.places.get((mistake.kind, mistake.id))
        if place is None or mistake.where:
            return mistake
        return replace(mistake, where=place(mistake.key), in_cell=self.in_cells)

    def _rests_on_broken(self, mistake: ItemMistake) -> bool:
        detail = mistake.detail
        if not isinstance(detail, Phrase) or detail.template != NOT_KNOWN:
            return False
        return str(detail.params["id"]) in self.broken
