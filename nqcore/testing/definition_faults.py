"""What is wrong with the definitions of a plugin beside those of others: all at once, with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nqcore.catalogue import Definitions
from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.definitions import DefinitionFile, merge_files
from nqcore.catalogue.item_kinds import ITEM_FIELDS, items_of
from nqcore.catalogue.item_mistakes import check_items
from nqcore.catalogue.merging import merge_definitions
from nqcore.errors import DefinitionError, NqError
from nqcore.testing.places import DefinitionPlaces


class CheckedDefinitions:
    """The definitions of the plugin `name` merged with those of the others in `contributions` and of the
    `office`; `files` are those that the plugin read. `faults` are sentences; `catalogue` has what can stand,
    None where nothing can."""

    def __init__(
        self,
        name: str,
        contributions: Contributions,
        office: Definitions | None,
        files: Sequence[DefinitionFile],
    ) -> None:
        own = [found for owner, found in contributions.definitions if owner == name]
        self._places = DefinitionPlaces(files)
        self.catalogue: Catalogue | None = None
        self.faults: list[str] = []
        others = replace(
            contributions,
            definitions=tuple(one for one in contributions.definitions if one[0] != name),
        )
        # What an office does not make itself, its units and their changes, stands or falls as a whole.
        plain = [replace(one, **dict.fromkeys(ITEM_FIELDS.values(), ())) for one in own]
        items = [item for one in own for item in items_of(one)]
        try:
            checked = check_items(others, merge_files([office or Definitions(), *plain]), items)
        except DefinitionError as wrong:
            self.faults = [str(mistake) for mistake in wrong.mistakes]
        except NqError as wrong:
            self.faults = [self._of_error(wrong)]
        else:
            self.catalogue = checked.catalogue
            self.faults = [*map(self._places.sentence, checked.mistakes), *self._places.faults]
            if not self.faults:
                self.faults = [*self._clashes(contributions, office)]

    def _clashes(self, contributions: Contributions, office: Definitions | None) -> Iterator[str]:
        """What is wrong only because the definitions are a plugin's and not the office's own: of these some
        hold in place of a plugin's."""
        try:
            merge_definitions(contributions, office)
        except NqError as wrong:
            yield self._of_error(wrong)

    def _of_error(self, wrong: NqError) -> str:
        """The error with the place of the first definition that it names."""
        for kind, id in _named(wrong):
            place = self._places.of(kind, id)
            if place is not None:
                return f"{place.file}, line {place.line(kind, str(wrong))}: {wrong}"
        return str(wrong)

    def placed(self, kind: str, id: str, said: str) -> str:
        """A sentence about a definition, with its place in front; as it is where no file has it."""
        place = self._places.of(kind, id)
        return said if place is None else f"{place.file}, line {place.line('', said)}: {said}"


def _named(wrong: NqError) -> Iterator[tuple[str, str]]:
    """The definitions that an error may be about: kind and id."""
    for value in wrong.params.values():
        for kind in ("unit", "change", "placement", "handover", *ITEM_FIELDS):
            yield kind, str(value)
