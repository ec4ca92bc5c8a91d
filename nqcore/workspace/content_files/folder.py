"""Content as TOML: the text of one file, or a folder with a file for each kind of definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

from nqcore.catalogue import Definitions
from nqcore.catalogue.definitions import MAX_FILE, ReadableDefinitions, parse_readable
from nqcore.catalogue.item_kinds import ITEM_FIELDS, Item, items_of, items_text
from nqcore.catalogue.item_mistakes import ItemMistake, of_mistake, seeming_id
from nqcore.catalogue.toml_lines import find_lines
from nqcore.catalogue.toml_text import Place
from nqcore.errors import N_, InputError, Mistake, Phrase, Words
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
    """All definition files of a folder. Raises NoContentFiles, FileRefused."""
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise NoContentFiles(folder=str(folder))
    return _merged((path.name, _text(load(path, [TOML]))) for path in paths)


def read_file(name: str, data: bytes) -> ReadContent:
    """The bytes of one definition file."""
    return read_text(name, _text(data))


def read_text(name: str, text: str) -> ReadContent:
    """The text of one definition file; mistakes name it as `name`."""
    return _merged([(name, text)])


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _merged(files: Iterable[tuple[str, str]]) -> ReadContent:
    """What all files say. Where it is not known what a file would have said, its mistakes and those of the
    others are all that is said: a definition that seems to be missing may stand in it."""
    items: list[Item] = []
    places: dict[tuple[str, str], PlaceOf] = {}
    mistakes: list[ItemMistake] = []
    broken: set[str] = set()
    whole = True
    for name, given in files:
        text = nfc(given.removeprefix("\ufeff"))
        read = parse_readable(name, text)
        whole &= read.whole
        of_tables = [_of_table(name, read, place, wrong) for place, wrong in read.mistakes]
        broken |= {one.id for one in of_tables}
        mistakes += of_tables
        mistakes += _of_units(name, read.definitions)
        lines = find_lines(text) if read.whole else {}
        for item, table in _placed(read):
            place = partial(_line, name, lines, table)
            items.append(item)
            places.setdefault((item.kind, item.id), place)
            places.setdefault((item.kind, item.id.partition("@")[0]), place)
    return ReadContent(
        items=tuple(items) if whole else (),
        mistakes=tuple(mistakes),
        places=places,
        broken=frozenset(broken),
    )


def _placed(read: ReadableDefinitions) -> Iterator[tuple[Item, Place]]:
    """The items, each with the place of its table: those that are left out stand between them."""
    left_out = {place[:2] for place, _mistake in read.mistakes}
    numbers: dict[str, Iterator[int]] = {}
    for item in items_of(read.definitions):
        of_kind = numbers.setdefault(item.kind, count())
        yield item, next(at for nth in of_kind if (at := (item.kind, nth)) not in left_out)


def _of_table(name: str, read: ReadableDefinitions, place: Place, wrong: Mistake) -> ItemMistake:
    """A mistake of a table as one of its item, with its line; one of the file itself has no item."""
    where = Phrase(N_("{file}, line {line}"), {"file": name, "line": wrong.line or 1})
    kind, id, key = "", "", wrong.path
    if len(place) > 1 and place[0] in ITEM_FIELDS and isinstance(place[1], int):
        kind = str(place[0])
        id = seeming_id(kind, read.tables[kind][place[1]])
        id = read.pack.code(id) if kind == "indicator" else id
        key = of_mistake(kind, id, wrong).key
    return ItemMistake(
        kind=kind, id=id, key=key, detail=wrong.detail, remedy=wrong.remedy, where=where
    )


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
