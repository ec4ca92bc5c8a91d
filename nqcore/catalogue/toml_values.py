"""How each kind of value in a TOML file is read, and which kind belongs to which type of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

from nqcore.catalogue.toml_table import (
    DataclassKind,
    Key,
    Late,
    Reading,
    TableCheck,
    TableKind,
    TomlTable,
    ValueKind,
    Wrong,
    shown,
)
from nqcore.errors import N_, NqError, Phrase, Words, in_a_row
from nqcore.formulas import Formula, parse
from nqcore.model.units import BUILT_IN_KINDS, Scope, UnitKind, is_kind_code
from nqcore.text.characters import code_point, find_hidden
from nqcore.text.old_encodings import find_misread
from nqcore.text.suggestions import closest, did_you_mean

E = TypeVar("E", bound=StrEnum)
S = TypeVar("S")
T = TypeVar("T")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


def _of(value: object, want: type | tuple[type, ...], give: Words) -> Any:
    # bool is an int and datetime a date to isinstance; neither is meant here.
    strange = isinstance(value, datetime) or (isinstance(value, bool) and want is not bool)
    if strange or not isinstance(value, want):
        raise Wrong(
            Phrase(N_("is {value}"), {"value": shown(value)}),
            Phrase(N_("give {give}"), {"give": give}),
        )
    return value


def _plain(want: type, give: Words) -> ValueKind[Any]:
    return ValueKind(give, lambda _table, _key, value: _of(value, want, give))


def _any_text(_table: TomlTable, _key: str, value: object) -> str:
    text: str = _of(value, str, ANY_TEXT.give)
    _check_letters(text)
    return text


def _check_letters(text: str) -> None:
    """A text in an old encoding is a mistake that offers the same text in Unicode."""
    found = find_misread(text)
    if found is None:
        return
    if found.offered is None:
        raise Wrong(
            Phrase(
                N_("is {text}: letters are lost in “{words}”"),
                {"text": shown(text), "words": ", ".join(found.words)},
            ),
            Phrase(N_("write them again")),
        )
    raise Wrong(
        Phrase(N_("is {text}, not in Unicode"), {"text": shown(text)}),
        Phrase(N_("is “{offered}” meant? Write it so"), {"offered": found.offered}),
    )


ANY_TEXT: ValueKind[str] = ValueKind(Phrase(N_("text in quotes")), _any_text)
"""A text, which may be empty."""
FLAG: ValueKind[bool] = _plain(bool, Phrase(N_("true or false")))
DAY: ValueKind[date] = _plain(date, Phrase(N_("a day like 2008-01-28 without quotes")))


def _text(table: TomlTable, key: str, value: object) -> str:
    text = ANY_TEXT.read(table, key, value)
    if not text.strip():
        raise Wrong(Phrase(N_("is empty")), Phrase(N_("give a text")))
    return text


TEXT = ValueKind(Phrase(N_("text in quotes")), _text)
"""A text that is not empty."""


def _name(table: TomlTable, key: str, value: object) -> str:
    text = _text(table, key, value)
    if (hidden := find_hidden(text)) is not None:
        raise Wrong(
            Phrase(N_("has a hidden character ({letter})"), {"letter": code_point(hidden)}),
            Phrase(N_("delete it")),
        )
    return text


NAME = ValueKind(Phrase(N_("text in quotes")), _name)
"""The name of a unit, in which nothing is hidden."""


def _code(table: TomlTable, key: str, value: object) -> str:
    text = _text(table, key, value)
    if not _CODE.fullmatch(text):
        raise Wrong(
            Phrase(N_("is “{text}”"), {"text": text}),
            Phrase(N_("use letters A to z without accents, digits, “.” and “-”")),
        )
    return text


CODE = ValueKind(Phrase(N_("text in quotes")), _code)
"""A code: it is part of addresses and of ids, so it has no character that separates their parts."""


_NEAR = 0.85
"""So like a kind that is known, another one is a misspelling of it. A looser limit would take the name of a
kind of some other package for one."""


def _kind(table: TomlTable, _key: str, text: str) -> UnitKind:
    if not is_kind_code(text):
        raise Wrong(Phrase(N_("is “{text}”"), {"text": text}), KIND.give)
    if text not in table.file.kinds:
        meant = closest(text, BUILT_IN_KINDS, _NEAR)
        if meant is not None and meant != text:
            raise Wrong(
                Phrase(N_("is “{text}”"), {"text": text}),
                Phrase(N_("did you mean “{name}”?"), {"name": meant}),
            )
    return UnitKind(text)


KIND: ValueKind[UnitKind] = ValueKind(
    Phrase(
        N_("give one of {names}, or the code of a [[unit_kind]]"),
        {"names": ", ".join(BUILT_IN_KINDS)},
    ),
    lambda table, key, value: _kind(table, key, _text(table, key, value)),
)
"""A kind of units, by its code. Another package may define it, so it need not be known here."""


def _kinds(table: TomlTable, key: str, value: object) -> frozenset[UnitKind]:
    found = set()
    for nth, word in enumerate(_texts(table, key, value)):
        try:
            found.add(_kind(table, key, word))
        except Wrong as wrong:
            has = Phrase(N_("has “{word}”"), {"word": word})
            table.wrong(key, has, wrong.remedy, (key, nth))
    return frozenset(found)


KINDS: ValueKind[frozenset[UnitKind]] = ValueKind(Phrase(N_('a list like ["commune"]')), _kinds)


def whole(least: int | None = None, most: int | None = None) -> ValueKind[int]:
    """A whole number from `least` to `most`."""

    def read(_table: TomlTable, _key: str, value: object) -> int:
        number: int = _of(value, int, Phrase(N_("a whole number")))
        if (least is not None and number < least) or (most is not None and number > most):
            raise Wrong(
                Phrase(N_("must be from {least} to {most}"), {"least": least, "most": most}),
                Phrase(N_("it is {number}"), {"number": number}),
            )
        return number

    return ValueKind(Phrase(N_("a whole number")), read)


WHOLE = whole()


def _number(_table: TomlTable, _key: str, value: object) -> Decimal:
    text = _of(value, (int, str), NUMBER.give)
    try:
        exact = Decimal(str(text))
    except ArithmeticError:
        exact = Decimal("NaN")
    if not exact.is_finite():
        raise Wrong(Phrase(N_("is {value}"), {"value": shown(value)}), Phrase(N_("give a number")))
    return exact


NUMBER = ValueKind(Phrase(N_('a whole number, or a decimal in quotes like "74.5"')), _number)
"""An exact number, never a float."""
BOUND: ValueKind[Decimal | None] = ValueKind(
    Phrase(N_('{give}, or "none"'), {"give": NUMBER.give}),
    lambda table, key, value: None if value == "none" else _number(table, key, value),
)
"""An exact number, or "none"."""


def _texts(_table: TomlTable, _key: str, value: object) -> tuple[str, ...]:
    items = _of(value, list, TEXTS.give)
    if not all(isinstance(item, str) for item in items):
        raise Wrong(Phrase(N_("must hold text in quotes only")))
    for item in items:
        _check_letters(item)
    return tuple(items)


TEXTS = ValueKind(Phrase(N_('a list like ["a", "b"]')), _texts)


def one_of(names: Sequence[str]) -> ValueKind[str]:
    """One of these texts."""

    def read(table: TomlTable, key: str, value: object) -> str:
        text = _text(table, key, value)
        if text not in names:
            raise Wrong(
                Phrase(N_("is “{text}”"), {"text": text}),
                _one_of(
                    Phrase(N_("give one of {names}"), {"names": ", ".join(names)}), text, names
                ),
            )
        return text

    return ValueKind(Phrase(N_("one of {names}"), {"names": ", ".join(names)}), read)


def choice(members: type[E]) -> ValueKind[E]:
    """A member of an enumeration, written as its value."""
    names = [member.value for member in members]

    def read(table: TomlTable, key: str, value: object) -> E:
        text = _text(table, key, value)
        if text not in names:
            raise Wrong(
                Phrase(N_("is “{text}”"), {"text": text}),
                _one_of(
                    Phrase(N_("give one of {names}"), {"names": ", ".join(names)}), text, names
                ),
            )
        return members(text)

    return ValueKind(Phrase(N_("one of {names}"), {"names": ", ".join(names)}), read)


def several(members: type[E]) -> ValueKind[frozenset[E]]:
    """A list of members of an enumeration."""
    names = [member.value for member in members]

    def read(table: TomlTable, key: str, value: object) -> frozenset[E]:
        words = _texts(table, key, value)
        for nth, word in enumerate(words):
            if word not in names:
                remedy = _one_of(
                    Phrase(N_("use {names}"), {"names": ", ".join(names)}), word, names
                )
                table.wrong(key, Phrase(N_("has “{word}”"), {"word": word}), remedy, (key, nth))
        return frozenset(members(word) for word in words if word in names)

    return ValueKind(Phrase(N_("a list of {names}"), {"names": ", ".join(names)}), read)


def _one_of(words: Words, text: str, names: Sequence[str]) -> Phrase:
    return in_a_row(words, did_you_mean(text, names))


def converted(give: Words, how: Callable[[str], T]) -> ValueKind[T]:
    """A text that `how` converts. An NqError that it raises is the mistake in words."""

    def read(table: TomlTable, key: str, value: object) -> T:
        text = _text(table, key, value)
        try:
            return how(text)
        except NqError as wrong:
            raise Wrong(Phrase("{why}", {"why": wrong})) from wrong
        except (ArithmeticError, ValueError) as wrong:
            raise Wrong(
                Phrase(N_("is {value}"), {"value": shown(value)}),
                Phrase(N_("give {give}"), {"give": give}),
            ) from wrong

    return ValueKind(give, read)


def in_pack(kind: ValueKind[S], convert: Callable[[TomlTable, S], T]) -> ValueKind[T]:
    """A value of another kind, converted with the help of its table (and so of the file's defaults)."""
    return ValueKind(
        kind.give, lambda table, key, value: convert(table, kind.read(table, key, value))
    )


INDICATOR = in_pack(TEXT, lambda table, label: table.pack.code(label))
"""The code of an indicator, or its label in the pack."""
INDICATORS = in_pack(TEXTS, lambda table, labels: tuple(map(table.pack.code, labels)))
FORMULA: ValueKind[Formula] = in_pack(
    converted(Phrase(N_("a formula in quotes")), parse), lambda table, f: f.renamed(table.pack.code)
)


def one_table(kind: TableKind[T]) -> ValueKind[T | None]:
    """A table ``[key]``; None if it has a mistake."""
    return ValueKind(
        Phrase(N_("a table")), lambda table, key, value: kind.read(table.table(key, value))
    )


def tables_of(kind: TableKind[T]) -> ValueKind[tuple[T, ...]]:
    """Tables ``[[key]]``; those with a mistake are left out."""

    def read(table: TomlTable, key: str, value: object) -> tuple[T, ...]:
        found = [kind.read(each) for each in table.tables(key, value)]
        return tuple(each for each in found if each is not None)

    return ValueKind(Phrase(N_("tables")), read)


# -- which kind belongs to which type --------------------------------------------------------------

_BY_TYPE: Mapping[Any, ValueKind[Any]] = {
    date: DAY,
    int: WHOLE,
    bool: FLAG,
    Decimal: NUMBER,
    Decimal | None: BOUND,
    Formula: FORMULA,
    UnitKind: KIND,
    frozenset[UnitKind]: KINDS,
    tuple[str, ...]: TEXTS,
    frozenset[str]: ValueKind(TEXTS.give, lambda *given: frozenset(_texts(*given))),
}


def of_type(hint: Any, required: bool) -> ValueKind[Any]:
    """The kind of value of a field with that type. A text must not be empty if it is required, or if
    the field has None for "no text"."""
    if hint is str:
        return TEXT if required else ANY_TEXT
    if hint in _BY_TYPE:
        return _BY_TYPE[hint]
    if hint is Scope:
        return SCOPE
    if get_origin(hint) is UnionType:
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return of_type(inner, True)
    if get_origin(hint) is tuple and is_dataclass(get_args(hint)[0]):
        return tables_of(table_kind(get_args(hint)[0]))
    if get_origin(hint) is frozenset:
        return several(get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return choice(hint)
    raise TypeError(f"no kind of TOML value for {hint}; declare its Key")


def table_kind(make: type[T], *, checks: Sequence[TableCheck] = (), **keys: Key) -> TableKind[T]:
    """The kind of table whose keys are the fields of the dataclass `make`; `keys` is what differs."""
    return DataclassKind(make, keys, of_type, checks)


_SCOPE = one_table(table_kind(Scope))
SCOPE = ValueKind(Phrase(N_('a scope like {{ kinds = ["commune"] }}')), _SCOPE.read)
"""Which units: ``{ kinds = […], sectors = […], units = […], within = "…" }``."""


# -- keys that many tables have --------------------------------------------------------------------


def _since(reading: Reading) -> date:
    if reading.table.pack.since is None:
        raise Wrong(
            Phrase(N_("is missing")), Phrase(N_("give the first day here or once in [pack]"))
        )
    return reading.table.pack.since


def _basis(reading: Reading) -> str:
    if not reading.table.pack.basis:
        raise Wrong(
            Phrase(N_("is missing")), Phrase(N_("give the legal basis here or once in [pack]"))
        )
    return reading.table.pack.basis


SINCE = Key(DAY, Late(_since))
"""The first day of the item, or else of the file."""
BASIS = Key(TEXT, Late(_basis))
"""The legal basis of the item, or else of the file."""
SINCE_IF_ANY = Key(DAY, Late(lambda reading: reading.table.pack.since))
BASIS_IF_ANY = Key(ANY_TEXT, Late(lambda reading: reading.table.pack.basis))
ORDER = Key(WHOLE, Late(lambda reading: reading.table.nth))
"""The place among others, or else the place in the file."""
