"""Content as TOML: the text of one file, or a folder with a file for each kind of definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from nqcore.catalogue import Definitions, parse_definitions
from nqcore.catalogue.definitions import MAX_FILE
from nqcore.catalogue.item_kinds import ITEM_FIELDS, Item, items_of, items_text
from nqcore.catalogue.item_mistakes import ItemMistake
from nqcore.catalogue.toml_lines import find_lines
from nqcore.catalogue.toml_text import Place
from nqcore.errors import N_, DefinitionError, InputError, Mistake, Phrase, Words
from nqcore.files.incoming import TOML, load
from nqcore.text.folding import nfc
from nqcore.workspace.content_files.read_content import PlaceOf, ReadContent

_UNITS = ("units", "changes", "placements", "handovers")


class NoContentFiles(InputError):
    """The folder has no definition file."""

    code = "no-content-files"
    template = N_("{folder} has no .toml file. Choose the folder that `nq content export` wrote.")


def content_texts(items: Iterable[Item]) -> dict[str, str]:
    """The files of a folder by their names, each as small as a definition file may be."""
    found: dict[str, str] = {}
    by_kind: dict[str, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    for kind in ITEM_FIELDS:
        for nth, part in enumerate(_parts(by_kind.get(kind, [])), 1):
            found[f"{kind}.toml" if nth == 1 else f"{kind}-{nth}.toml"] = items_text(part)
    return found


def _parts(items: list[Item]) -> Iterator[list[Item]]:
    """The items in parts that a file can hold."""
    part: list[Item] = []
    size = 0
    for item in items:
        length = len(items_text([item]).encode()) + 1
        if part and size + length > MAX_FILE:
            yield part
            part, size = [], 0
        part.append(item)
        size += length
    if part:
        yield part


def read_folder(folder: Path) -> ReadContent:
    """All definition files of a folder. Raises NoContentFiles, FileRefused, and DefinitionError with every
    line of every file that cannot be read."""
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise NoContentFiles(folder=str(folder))
    return _merged([(path.name, load(path, [TOML])) for path in paths])


def read_file(name: str, data: bytes) -> ReadContent:
    """The bytes of one definition file. Raises FileRefused, DefinitionError."""
    return _merged([(name, data)])


def _merged(files: Iterable[tuple[str, bytes]]) -> ReadContent:
    mistakes: list[Mistake] = []
    items: list[Item] = []
    places: dict[tuple[str, str], PlaceOf] = {}
    strange: list[ItemMistake] = []
    for name, data in files:
        text = nfc(data.decode("utf-8-sig"))
        try:
            found = parse_definitions(name, text)
        except DefinitionError as wrong:
            mistakes += wrong.mistakes
            continue
        strange += _of_units(name, found)
        lines = find_lines(text)
        counts: dict[str, int] = {}
        for item in items_of(found):
            nth = counts[item.kind] = counts.get(item.kind, -1) + 1
            place = partial(_line, name, lines, (item.kind, nth))
            items.append(item)
            places.setdefault((item.kind, item.id), place)
            places.setdefault((item.kind, item.id.partition("@")[0]), place)
    if mistakes:
        raise DefinitionError.of(mistakes)
    return ReadContent(items=tuple(items), mistakes=tuple(strange), places=places)


def _line(name: str, lines: dict[Place, int], table: Place, key: str) -> Words:
    """The line of a key, or of the table in which it is missing."""
    way: Place = (*table, *(key.split(".") if key else ()))
    while way and way not in lines:
        way = way[:-1]
    return Phrase(N_("{file}, line {line}"), {"file": name, "line": lines.get(way, 1)})


def _of_units(name: str, found: Definitions) -> Iterator[ItemMistake]:
    """Units have their own pages, because what changes in them is not content."""
    if any(getattr(found, field) for field in _UNITS):
        detail = Phrase(N_("has units or changes of units, which are no content"))
        remedy = Phrase(
            N_("enter them under Administration › Units, and take them out of the file")
        )
        yield ItemMistake(kind="", id="", key="", detail=detail, remedy=remedy, where=name)
