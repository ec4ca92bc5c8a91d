"""Where a definition stands: the file, and the line of a key of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from nqcore.catalogue.definitions import DefinitionFile, Definitions, parse_readable
from nqcore.catalogue.item_kinds import items_of
from nqcore.catalogue.item_mistakes import ItemMistake
from nqcore.catalogue.references import item_id
from nqcore.catalogue.toml_lines import find_lines
from nqcore.catalogue.toml_text import Place
from nqcore.model.targets import Target

_OTHERS = ("unit", "change", "placement", "handover")


def _tables_in(definitions: Definitions) -> Iterator[tuple[str, Any]]:
    """Every definition with the name of its table, those of one kind in the order of the file."""
    for item in items_of(definitions):
        yield item.kind, item.value
    for kind in _OTHERS:
        for value in getattr(definitions, f"{kind}s"):
            yield kind, value


class ItemPlace(NamedTuple):
    """One table of a file: the lines from `first` up to `end`, and the line of each key in it."""

    file: str
    text: str
    first: int
    end: int
    lines: Mapping[Place, int]

    def line(self, key: str, words: str) -> int:
        """The line of that key ("owed_by.kinds"); of the word in quotes that `words` name, where the table
        has it in quotes, too."""
        inside = self.text.split("\n")[self.first - 1 : self.end - 1]
        for named in re.findall("“([^”]+)”", words):
            short = named.rpartition(".")[2]
            for nth, line in enumerate(inside):
                if f'"{named}"' in line or f'"{short}"' in line:
                    return self.first + nth
        path: Place = tuple(key.split(".")) if key else ()
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.first)


class DefinitionPlaces:
    """The places of all definitions of some files, by kind and id. Of several tables with one id it is the
    last one: the first is right, as far as can be said. `faults`: what a file says in other words than it is
    read, so that a reader of the file looks for it in vain."""

    def __init__(self, files: Iterable[DefinitionFile]) -> None:
        self._places: dict[tuple[str, str], ItemPlace] = {}
        self.faults: list[str] = []
        for file in files:
            self._read(file)

    def _read(self, file: DefinitionFile) -> None:
        read = parse_readable(file.name, file.text)
        lines = find_lines(file.text.removeprefix("\ufeff"))
        starts = sorted({line for place, line in lines.items() if len(place) == 2})
        counts: dict[str, int] = {}
        for kind, value in _tables_in(read.definitions):
            nth = counts.get(kind, 0)
            counts[kind] = nth + 1
            top = (kind, nth)
            first = lines.get(top) or lines.get((kind,), 1)
            end = next((line for line in starts if line > first), file.text.count("\n") + 2)
            inside = {place[2:]: line for place, line in lines.items() if place[:2] == top}
            place = ItemPlace(file.name, file.text, first, end, inside)
            self._places[kind, item_id(value)] = place
            if kind == "target":
                self._as_written(place, value, read.tables[kind][nth])

    def _as_written(self, place: ItemPlace, target: Target, table: Mapping[str, Any]) -> None:
        """A period stands in a file as in addresses and answers: "năm 2025" is looked for in vain."""
        if table.get("period") != target.period:
            self.faults.append(
                f"{place.file}, line {place.line('period', '')}: target {target.id}: period: is "
                f"“{table.get('period')}”; write {target.period}."
            )

    def of(self, kind: str, id: str) -> ItemPlace | None:
        """The place of that definition; None where no file has it: it was made in code."""
        return self._places.get((kind, id.partition("@")[0]))

    def sentence(self, wrong: ItemMistake) -> str:
        """The mistake in one sentence that begins with file and line."""
        place = self.of(wrong.kind, wrong.id)
        said = str(wrong)
        if place is None:
            return f"{said}."
        return f"{place.file}, line {place.line(wrong.key, said)}: {said}."
