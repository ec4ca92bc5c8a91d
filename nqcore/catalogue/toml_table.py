"""The one reader of TOML tables. A kind of table is declared once, as data; reading gives all mistakes.

    TARGET = table_kind(Target, indicator=Key(INDICATOR), period=Key(PERIOD), basis=BASIS)

declares a table with the keys of the dataclass `Target`. A key is read as the type of its field says
(`toml_values`), it may be left out if the field has a default, and every other key of the table is a
mistake. So a new field of the dataclass is a new key of the table. Only what differs is declared: another
name in the file, another kind of value, a default that depends on the file.

A mistake does not stop the reading: `TomlFile` collects all of them, and `TomlFile.finish` raises them in
one DefinitionError, each with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date, time
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.toml_text import ParsedToml, Place
from nqcore.errors import N_, DefinitionError, Mistake, Phrase, Words
from nqcore.text.suggestions import closest

T = TypeVar("T")

REQUIRED = object()
"""The default of a key that must be given."""
LEFT_OUT = object()
"""The default of a key whose value is not passed on when it is left out."""
AS_THE_FIELD = object()
"""The default of a key that has the default of the dataclass's field."""

IN_FILE = "toml"
"""In the metadata of a dataclass's field: the name of its key in a file, if it has another; "" if no file
gives it."""


IS_MISSING, UNKNOWN_KEY = N_("is missing"), N_("is not a key that is known here")
"""The words of the two mistakes that a workbook gives another remedy."""
_TOML = "write key = value, text in quotes, a table as [name] or [[name]]"
"""English only, as what the reader of TOML says is."""


class Wrong(Exception):
    """A value is not what the key asks for: what is wrong, and what to do."""

    def __init__(self, detail: Words, remedy: Words = "") -> None:
        super().__init__(detail)
        self.detail, self.remedy = detail, remedy


class TableProblem(NamedTuple):
    """A mistake that a check of a whole table finds; `inside` is the way from the table to the place of
    it, if that is another than `key`."""

    key: str
    detail: Words
    remedy: Words = ""
    inside: Place = ()


class TomlFile:
    """A TOML file that is being read, with the mistakes that were found until now."""

    def __init__(self, name: str, parsed: ParsedToml) -> None:
        self.name, self._parsed = name, parsed
        self.pack = PackDefaults()
        self.pack_is_whole = not any(place[:1] == ("pack",) for place in parsed.unread)
        """False if [pack] itself has a mistake: its defaults may be missing for that reason only."""
        self.kinds = _codes_of(parsed.table.get("unit_kind"))
        """The kinds of units that the file itself defines: its other tables may name them."""
        self._mistakes: list[tuple[Place, Mistake]] = [
            ((), Mistake(file=name, key="TOML", detail=wrong.detail, remedy=_TOML, line=wrong.line))
            for wrong in parsed.mistakes
        ]

    @property
    def top(self) -> TomlTable:
        """The table of the whole file."""
        return TomlTable(self, "", (), self._parsed.table)

    def wrong(self, table: str, place: Place, key: str, detail: Words, remedy: Words) -> None:
        """Note a mistake; its line is found at the end."""
        mistake = Mistake(file=self.name, table=table, key=key, detail=detail, remedy=remedy)
        self._mistakes.append((place, mistake))

    def is_unread(self, place: Place) -> bool:
        """Whether a mistake of syntax hides what is at `place`."""
        return place in self._parsed.unread

    @property
    def has_unread(self) -> bool:
        """Whether a mistake of syntax hides anything."""
        return bool(self._parsed.mistakes)

    @property
    def count(self) -> int:
        """How many mistakes there are until now."""
        return len(self._mistakes)

    def mistakes(self) -> tuple[Mistake, ...]:
        """All mistakes, each with its line, in the order of the file."""
        return tuple(mistake for _place, mistake in self.placed_mistakes())

    def placed_mistakes(self) -> tuple[tuple[Place, Mistake], ...]:
        """The same, each with its place."""
        if not self._mistakes:
            return ()
        from nqcore.catalogue.toml_lines import find_lines  # only for a mistake

        lines = find_lines(self._parsed.text)
        found = [
            (place, mistake if mistake.line else replace(mistake, line=_line(lines, place)))
            for place, mistake in self._mistakes
        ]
        return tuple(sorted(found, key=lambda one: one[1].line or 0))

    def finish(self) -> None:
        """Raise DefinitionError with all mistakes, if there are any."""
        if mistakes := self.mistakes():
            raise DefinitionError.of(mistakes)


def _codes_of(tables: object) -> frozenset[str]:
    """The codes that tables have, whatever else is wrong with them."""
    given = tables if isinstance(tables, list) else []
    codes = [one.get("code") for one in given if isinstance(one, dict)]
    return frozenset(code for code in codes if isinstance(code, str))


def _line(lines: Mapping[Place, int], place: Place) -> int:
    """The line of `place`, or of the table in which it is missing."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


class TomlTable(NamedTuple):
    """One table of a file. `path` names it for people ("indicator[A1].asks"), `place` is the way to it;
    `nth` counts tables of one kind from 1."""

    file: TomlFile
    path: str
    place: Place
    values: Mapping[str, object]
    nth: int = 1

    @property
    def pack(self) -> PackDefaults:
        """The defaults of the file."""
        return self.file.pack

    def wrong(self, key: str, detail: Words, remedy: Words = "", inside: Place = ()) -> None:
        """Note a mistake at `key` of this table ("" for the table itself)."""
        way = inside or tuple(key.split(".") if key else ())
        self.file.wrong(self.path, (*self.place, *way), key, detail, remedy)

    def is_unread(self, key: str) -> bool:
        """Whether a mistake of syntax hides the value of `key`."""
        return self.file.is_unread((*self.place, key))

    def table(self, key: str, value: object) -> TomlTable:
        """The table at `key`. Raises Wrong if `value` is none."""
        if not isinstance(value, dict):
            raise Wrong(
                Phrase(N_("is {value}"), {"value": shown(value)}),
                Phrase(N_("give a table [{key}]"), {"key": key}),
            )
        return TomlTable(self.file, self._path(key), (*self.place, key), value, self.nth)

    def tables(self, key: str, value: object) -> Iterator[TomlTable]:
        """The tables of ``[[key]]``, in order. Raises Wrong if `value` is none."""
        if not isinstance(value, list):
            raise Wrong(
                Phrase(N_("is {value}"), {"value": shown(value)}),
                Phrase(N_("give tables [[{key}]]"), {"key": key}),
            )
        for nth, item in enumerate(value):
            if not isinstance(item, dict):
                raise Wrong(Phrase(N_("must be tables [[{key}]]"), {"key": key}))
            # An id finds the table more easily than its number.
            name = next((item[k] for k in ("id", "code", "number", "key") if k in item), nth + 1)
            yield TomlTable(
                self.file, f"{self._path(key)}[{name}]", (*self.place, key, nth), item, nth + 1
            )

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def shown(value: object) -> str:
    """A value for a message, as TOML writes it where that is short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value) if isinstance(value, date | time) else repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


class ValueKind(NamedTuple, Generic[T]):
    """How one value is read. `give` says what to write; `read` gets the table, the key and the value,
    raises Wrong, or notes mistakes inside the value and gives what is right of it."""

    give: Words
    read: Callable[[TomlTable, str, Any], T]


class Late(NamedTuple):
    """A default that depends on the table or on its other keys. `find` raises Wrong if there is none."""

    find: Callable[[Reading], object]


class Key(NamedTuple):
    """What is declared about one key, where the type of the field does not say it.

    `name` is the key in the file, if the field has another name; `give` what to write when it is
    missing, if this is more than its kind says.
    """

    kind: ValueKind[Any] | None = None
    default: object = AS_THE_FIELD
    name: str = ""
    give: Words = ""


@dataclass(slots=True)
class Reading:
    """A table whose keys have been read: `found` by the name of the field, `missing` the required keys
    that are not there, `left` the keys that are not declared. `right`: there is no mistake."""

    table: TomlTable
    found: dict[str, Any] = field(default_factory=dict)
    missing: dict[str, Words] = field(default_factory=dict)
    left: dict[str, object] = field(default_factory=dict)
    right: bool = False

    def has(self, key: str) -> bool:
        """Whether the table has the key, rightly or wrongly written."""
        return key in self.table.values or self.table.is_unread(key)

    def unknown(self, key: str, known: Iterable[str], detail: Words = "") -> None:
        """Note that `key` is not known; if it is a misspelt one, that one is not missing."""
        names = list(known)
        meant = closest(key, names)
        if meant is not None:
            self.missing.pop(meant, None)
            remedy = Phrase(N_("check its spelling; did you mean “{name}”?"), {"name": meant})
        else:
            words = N_("check its spelling; known here: {names}")
            remedy = Phrase(words, {"names": ", ".join(names)})
        self.table.wrong(key, detail or Phrase(UNKNOWN_KEY), remedy)


class TableCheck(NamedTuple):
    """A check across keys. It is made if every field in `needs` could be read."""

    needs: tuple[str, ...]
    problems: Callable[[Reading], Iterable[TableProblem]]


class TableKind(Generic[T]):
    """A kind of table: its keys, its checks, and what is made of a table without mistakes.

    `make` gets what was read, by the names of `keys`. With `own_rest` the checks look at the keys that
    are not declared (`Reading.left`); otherwise each of them is a mistake.
    """

    def __init__(
        self,
        make: Callable[..., T],
        keys: Mapping[str, Key],
        *,
        checks: Sequence[TableCheck] = (),
        own_rest: bool = False,
    ) -> None:
        self._make, self._declared = make, keys
        self._checks, self._own_rest = checks, own_rest

    @cached_property
    def keys(self) -> Mapping[str, Key]:
        """The keys by the names of the fields, each with its kind, default and name in the file."""
        return MappingProxyType(
            {
                name: Key(key.kind, key.default, key.name or name, key.give)
                for name, key in self._declared.items()
            }
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The keys as they are written in the file."""
        return tuple(key.name for key in self.keys.values())

    def read(self, table: TomlTable) -> T | None:
        """What the table describes; None if it has a mistake, which the file then knows."""
        reading = self.reading(table)
        return self._make(**reading.found) if reading.right else None

    def reading(self, table: TomlTable) -> Reading:
        """The values of the table, as far as they are right."""
        before = table.file.count
        reading = Reading(table)
        late: list[tuple[str, Key, Late]] = []
        for field_name, key in self.keys.items():
            self._read_key(reading, field_name, key, late)
        reading.left = {k: v for k, v in table.values.items() if k not in self.names}
        if not self._own_rest:
            for name in reading.left:
                reading.unknown(name, self.names)
        for field_name, key, default in late:
            _read_late(reading, field_name, key, default)
        for check in self._checks:
            if all(need in reading.found for need in check.needs):
                for problem in check.problems(reading):
                    table.wrong(*problem)
        for name, give in reading.missing.items():
            table.wrong(name, Phrase(IS_MISSING), give)
        # A default that [pack] lacks because of a mistake in it is not found, and no mistake here.
        whole = all(n in reading.found or k.default is LEFT_OUT for n, k in self.keys.items())
        reading.right = whole and table.file.count == before and not table.file.has_unread
        return reading

    def _read_key(
        self, reading: Reading, field_name: str, key: Key, late: list[tuple[str, Key, Late]]
    ) -> None:
        table = reading.table
        assert key.kind is not None, field_name
        if key.name in table.values:
            try:
                reading.found[field_name] = key.kind.read(table, key.name, table.values[key.name])
            except Wrong as wrong:
                table.wrong(key.name, wrong.detail, wrong.remedy)
        elif table.is_unread(key.name) or key.default is LEFT_OUT:
            return
        elif key.default is REQUIRED:
            reading.missing[key.name] = key.give or Phrase(
                N_("give {give}"), {"give": key.kind.give}
            )
        elif isinstance(key.default, Late):
            late.append((field_name, key, key.default))
        else:
            reading.found[field_name] = key.default


def _read_late(reading: Reading, field_name: str, key: Key, default: Late) -> None:
    try:
        reading.found[field_name] = default.find(reading)
    except Wrong as wrong:
        if reading.table.file.pack_is_whole:
            reading.missing[key.name] = wrong.remedy
    except KeyError:
        return  # it depends on a key that has a mistake itself


class DataclassKind(TableKind[T]):
    """A kind of table whose keys are the fields of a dataclass."""

    def __init__(
        self, make: type[T], keys: Mapping[str, Key], of_type: OfType, checks: Sequence[TableCheck]
    ) -> None:
        super().__init__(make, keys, checks=checks)
        self._type, self._of_type = make, of_type

    @cached_property
    def keys(self) -> Mapping[str, Key]:
        """The declared keys, and for every other field the key that its type says."""
        hints = get_type_hints(self._type)
        found: dict[str, Key] = {}
        for one in fields(self._type):  # type: ignore[arg-type]  # always a dataclass
            declared = self._declared.get(one.name, Key())
            in_file = declared.name or one.metadata.get(IN_FILE, one.name)
            if not in_file:
                continue
            default = declared.default
            if default is AS_THE_FIELD:
                default = REQUIRED if one.default is MISSING else one.default
            kind = declared.kind or self._of_type(hints[one.name], default is REQUIRED)
            found[one.name] = Key(kind, default, in_file, declared.give)
        return MappingProxyType(found)


OfType = Callable[[Any, bool], ValueKind[Any]]
"""The kind of value for the type of a field, and whether the key is required."""
