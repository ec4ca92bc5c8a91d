"""Definitions: all that a plugin can define in TOML files, read into frozen values.

A file may contain any of these tables. `id`, `code` and `key` are lower-case unless they are a form's
row labels. Dates are TOML dates, decimals are in quotes. Several [[indicator]] tables with one code are
its versions, each in force from its own `since` on.

    [pack]         id, since, basis: defaults for the other tables of the file
    [[directive]]  number, type, issuer, body, title, [id, date, term, source]
    [[link]]       source, kind, target, [basis]
    [[unit_kind]]  code, name, like, [sector, plural, also]
    [[unit]]       code, name, kind, [parent, sector, opened, closed, order, basis, ids]
    [[change]]     id, date, kind, transfers or unit, [name, parent, unit_kind, sector, basis]
    [[placement]]  unit, hierarchy, [parent, since, until, basis, order]
    [[handover]]   unit, way, form | task | target | reports, [successor, since, basis]
    [[indicator]]  label, name, measure, [code, decimals, units, time, weight, direction, formula,
                   minimum, maximum, at_most, parts, asks, note]
    [[form]]       id, title, directive, every, due, [owed_by, calendar, until, leader], [[form.section]]
                   key, title, [figures, [[…narrative]], [[…choices]], [[…document]], tasks, since, until,
                   asks, basis]; each of these fields also [since, until, asks, basis]
    [[section]]    form, key, title, [asks, since, until, order, basis]: added to a form
    [[question]]   form, section, type, key, [since, until, asks, order, basis, the keys of its type]: added
                   to a section of a form
    [[target]]     id, directive, indicator, value, period, [aim, scope, each, path]
    [[task]]       id, directive, title, responsible or responsible_name, [cooperating, deadline,
                   answers, implements, order]
    [[rule]]       id, kind, directive, title, type, [indicators, scope, sentences, tasks, since, …]
    [[overlay]]    id, form | task | target | indicator, within, [until], [overlay.set]
    [[letterhead]] superior, body, place, symbol, authority, post, [signer, recipients, unit]
    [[outline]]    id, title, [annexes, default_for, basis], [[outline.part]] key, [heading, level,
                   takes, offers, hint]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from nqcore.catalogue.directive_tables import (
    DIRECTIVE,
    LETTERHEAD,
    LETTERHEADS,
    LINK,
    TARGET,
    TASK,
)
from nqcore.catalogue.form_tables import ADDED_SECTION, FORM, QUESTION
from nqcore.catalogue.indicator_tables import INDICATOR_TABLE
from nqcore.catalogue.outline_tables import OUTLINE
from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.rule_tables import OVERLAY, RULE
from nqcore.catalogue.toml_table import Key, TableKind, TomlFile, TomlTable, ValueKind
from nqcore.catalogue.toml_text import ParsedToml, Place, TomlSyntaxMistake
from nqcore.catalogue.toml_values import table_kind, tables_of
from nqcore.catalogue.unit_tables import CHANGE, HANDOVER, PLACEMENT, UNIT, UNIT_KIND
from nqcore.errors import N_, DefinitionError, Mistake, Phrase
from nqcore.files.incoming import is_too_deep
from nqcore.model.changes import ChangeEvent, Placement
from nqcore.model.directives import Directive, Link
from nqcore.model.forms import AddedSection, Form, Question
from nqcore.model.handovers import Handover
from nqcore.model.indicators import Indicator
from nqcore.model.outlines import Outline
from nqcore.model.overlays import Overlay
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task
from nqcore.model.unit_kinds import UnitKindDefinition
from nqcore.model.units import Unit
from nqcore.text.folding import nfc

MAX_FILE = 256 * 1024
"""Bytes of one definition file; a TOML parser is slow on a huge file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What the definition files of one plugin define. Every part is in the order of the files."""

    directives: tuple[Directive, ...] = ()
    links: tuple[Link, ...] = ()
    units: tuple[Unit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    forms: tuple[Form, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    rules: tuple[RuleDefinition, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    letterheads: tuple[Letterhead, ...] = ()
    changes: tuple[ChangeEvent, ...] = ()
    placements: tuple[Placement, ...] = ()
    handovers: tuple[Handover, ...] = ()
    outlines: tuple[Outline, ...] = ()
    sections: tuple[AddedSection, ...] = ()
    questions: tuple[Question, ...] = ()
    unit_kinds: tuple[UnitKindDefinition, ...] = ()


TABLES: Mapping[str, TableKind[Any]] = MappingProxyType(
    {
        "directive": DIRECTIVE,
        "link": LINK,
        "unit": UNIT,
        "change": CHANGE,
        "placement": PLACEMENT,
        "handover": HANDOVER,
        "indicator": INDICATOR_TABLE,
        "form": FORM,
        "section": ADDED_SECTION,
        "question": QUESTION,
        "target": TARGET,
        "task": TASK,
        "rule": RULE,
        "overlay": OVERLAY,
        "letterhead": LETTERHEAD,
        "outline": OUTLINE,
        "unit_kind": UNIT_KIND,
    }
)
"""The kinds of tables that a file may have, by their names."""

PACK = table_kind(PackDefaults)
"""The table [pack]."""


def _pack(table: TomlTable, key: str, value: object) -> None:
    """Read the defaults first: the other tables need them, also those of a table with a mistake."""
    reading = PACK.reading(table.table(key, value))
    table.file.pack_is_whole = reading.right
    table.file.pack = PackDefaults(**reading.found)


def _definitions(pack: None = None, **parts: Any) -> Definitions:
    return Definitions(**parts)


FILE = TableKind(
    _definitions,
    {
        "pack": Key(ValueKind(Phrase(N_("a table [pack]")), _pack), None),
        "directives": Key(tables_of(DIRECTIVE), (), "directive"),
        "links": Key(tables_of(LINK), (), "link"),
        "unit_kinds": Key(tables_of(UNIT_KIND), (), "unit_kind"),
        "units": Key(tables_of(UNIT), (), "unit"),
        "changes": Key(tables_of(CHANGE), (), "change"),
        "placements": Key(tables_of(PLACEMENT), (), "placement"),
        "handovers": Key(tables_of(HANDOVER), (), "handover"),
        "indicators": Key(tables_of(INDICATOR_TABLE), (), "indicator"),
        "forms": Key(tables_of(FORM), (), "form"),
        "sections": Key(tables_of(ADDED_SECTION), (), "section"),
        "questions": Key(tables_of(QUESTION), (), "question"),
        "targets": Key(tables_of(TARGET), (), "target"),
        "tasks": Key(tables_of(TASK), (), "task"),
        "rules": Key(tables_of(RULE), (), "rule"),
        "overlays": Key(tables_of(OVERLAY), (), "overlay"),
        "letterheads": Key(LETTERHEADS, (), "letterhead"),
        "outlines": Key(tables_of(OUTLINE), (), "outline"),
    },
)
"""The whole file: which tables it may have."""


def read_definitions(source: str | Path) -> Definitions:
    """The definitions in TOML files. `source` is

    * the name of a package: all ``*.toml`` files beside its code, in the order of their names;
    * the path of a folder (the same) or of one file, as a `Path` or as text with a ``/`` or ``.toml``;
    * the text of a file: anything with a line end.

    Raises DefinitionError with all mistakes of all files.

    >>> read_definitions("[pack]\\nid = 'hu'\\n").units
    ()
    """
    if isinstance(source, str) and "\n" in source:
        return parse_definitions("text", source)
    if isinstance(source, Path) or _is_path(source):
        return _read_all(_files_at(Path(source)))
    return _read_all((f"{source}/{file.name}", file) for file in _toml_files(files(source)))


def _is_path(source: str) -> bool:
    return "/" in source or "\\" in source or source.endswith(".toml")


def _files_at(path: Path) -> Iterable[tuple[str, Traversable]]:
    if path.is_dir():
        return ((str(path / file.name), file) for file in _toml_files(path))
    if not path.is_file():
        raise DefinitionError(file=str(path), key="", detail="there is no such file or folder")
    return ((str(path), path),)


def _toml_files(folder: Traversable) -> list[Traversable]:
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return sorted(found, key=lambda entry: entry.name)


def _read_all(named: Iterable[tuple[str, Traversable]]) -> Definitions:
    """What all files define. Raises one DefinitionError for the mistakes of all."""
    parts: list[Definitions] = []
    mistakes: list[Mistake] = []
    for name, file in named:
        try:
            parts.append(parse_definitions(name, text_of_file(name, file)))
        except DefinitionError as wrong:
            mistakes += wrong.mistakes
    if mistakes:
        raise DefinitionError.of(mistakes)
    return merge_files(parts)


def text_of_file(name: str, file: Traversable) -> str:
    """What a TOML file says. Raises DefinitionError where it is too large or not UTF-8."""
    data = file.read_bytes()
    if len(data) > MAX_FILE:
        raise DefinitionError(file=name, key="", detail="is over 256 KiB; split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        remedy = "save the file again in UTF-8"
        mistake = Mistake(file=name, line=line, detail=str(wrong), remedy=remedy)
        raise DefinitionError.of([mistake]) from wrong


def merge_files(parts: Iterable[Definitions]) -> Definitions:
    """One Definitions with all items of `parts`, in order."""
    everything = tuple(parts)
    return Definitions(
        **{
            field.name: tuple(item for part in everything for item in getattr(part, field.name))
            for field in fields(Definitions)
        }
    )


def parse_definitions(file: str, text: str) -> Definitions:
    """What the TOML `text` defines; errors name it as `file`. Raises DefinitionError with all mistakes.

    >>> parse_definitions("a.toml", "[pack]\\nid = 'hu'\\n[unit]\\n")
    Traceback (most recent call last):
    ...
    nqcore.errors.DefinitionError: a.toml, line 3: unit: is {}; give tables [[unit]]
    """
    if (seen := _seen.get()) is not None:
        seen.append(DefinitionFile(file, text))
    read = toml_file(file, text)
    found = FILE.read(read.top)
    read.finish()
    assert found is not None
    return found


class DefinitionFile(NamedTuple):
    """A file of definitions: its name, and what it says."""

    name: str
    text: str


_seen: ContextVar[list[DefinitionFile] | None] = ContextVar("seen definition files", default=None)


@contextmanager
def files_seen() -> Iterator[list[DefinitionFile]]:
    """The files that are parsed within the block: the kit for plugins says at which line of them a mistake
    stands that is only found when all definitions are merged.

    >>> with files_seen() as seen:
    ...     _ = parse_definitions("a.toml", "[pack]\nid = 'hu'\n")
    >>> [file.name for file in seen]
    ['a.toml']
    """
    seen: list[DefinitionFile] = []
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


class ReadableDefinitions(NamedTuple):
    """What can be read of a text, and every mistake with the place at which it stands. A table with a mistake
    is left out. `tables` and `pack` are those of the text. `whole`: what is left out is known; not so where
    the text is no TOML, or [pack] is wrong."""

    definitions: Definitions
    mistakes: tuple[tuple[Place, Mistake], ...]
    tables: Mapping[str, Any]
    pack: PackDefaults
    whole: bool


def parse_readable(file: str, text: str) -> ReadableDefinitions:
    """What the TOML `text` defines as far as it can be read; mistakes name it as `file`.

    >>> read = parse_readable("a.toml", "[pack]\\nid = 'hu'\\n[unit]\\n")
    >>> [str(mistake) for place, mistake in read.mistakes]
    ['a.toml, line 3: unit: is {}; give tables [[unit]]']
    """
    read = toml_file(file, text)
    reading = FILE.reading(read.top)
    return ReadableDefinitions(
        definitions=_definitions(**reading.found),
        mistakes=read.placed_mistakes(),
        tables=read.top.values,
        pack=read.pack,
        whole=read.pack_is_whole and not read.has_unread,
    )


def toml_file(name: str, text: str) -> TomlFile:
    """The TOML `text`, to be read by the kinds of its tables; mistakes name it as `name`."""
    return TomlFile(name, _parsed(nfc(text.removeprefix("\ufeff"))))


def _parsed(text: str) -> ParsedToml:
    if is_too_deep(text):
        mistake = TomlSyntaxMistake(1, "has too many brackets in brackets, or parts of a key")
        return ParsedToml("", {}, (mistake,))
    try:
        return ParsedToml(text, tomllib.loads(text))
    except ValueError as wrong:  # also for a day that does not exist
        from nqcore.catalogue.toml_lines import parse_without_broken  # only for a mistake

        return parse_without_broken(text, wrong)
