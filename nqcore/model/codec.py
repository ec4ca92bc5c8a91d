"""The one codec between frozen values and JSON: documents of the store, and what commands print.

    UNIT = Codec(Unit, optional={"ids"})
    UNIT.to_doc(unit)  ⇄  UNIT.from_doc(doc)

A codec reads the fields of a dataclass with their types, so a field that is added later is in the document
too. Days and moments are ISO 8601, decimals and fractions text, members of an enumeration their value,
sets sorted lists. Of several dataclasses the document names its class under "is".
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from nqcore.formulas import Formula, Reference, parse
from nqcore.formulas.expressions import Expression, walk
from nqcore.model.asking import LEFT_OUT
from nqcore.model.fields import FIELD_TYPES, Field
from nqcore.text.numbers import canonical

T = TypeVar("T")
Doc = dict[str, Any]
"""A JSON object."""
CLASS = "is"
"""Under this key stands the class of a value that may be of several classes."""


class Kind(NamedTuple):
    """How values of one type are written and read; `json` is the type of the JSON value."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    json: type


def _same(value: Any) -> Any:
    return value


def _write_formula(formula: Formula) -> list[Any]:
    """A formula as its author wrote it, and the codes of the labels in it."""
    written, read = walk(parse(formula.text).expression), walk(formula.expression)
    pairs = zip(_codes(written), _codes(read), strict=True)
    return [formula.text, {label: code for label, code in pairs if label != code}]


def _codes(parts: Iterable[Expression]) -> list[str]:
    return [part.code for part in parts if isinstance(part, Reference)]


def _read_formula(pair: list[Any]) -> Formula:
    text, codes = pair
    return parse(text).renamed(lambda label: codes.get(label, label))


_PLAIN: Mapping[Any, Kind] = {
    str: Kind(_same, _same, str),
    int: Kind(_same, _same, int),
    bool: Kind(_same, _same, bool),
    date: Kind(date.isoformat, date.fromisoformat, str),
    datetime: Kind(datetime.isoformat, datetime.fromisoformat, str),
    Decimal: Kind(canonical, Decimal, str),
    Fraction: Kind(str, Fraction, str),
    Formula: Kind(_write_formula, _read_formula, list),
}


_WRITTEN = object()
"""In place of a default that a document leaves out."""


class _FieldCodec(NamedTuple):
    """One field of a dataclass, and its key in the document."""

    name: str
    key: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    optional: bool
    has_default: bool
    unwritten: object


class Codec(Generic[T]):
    """Values of the dataclass `cls` as JSON objects, and back.

    - `names`: the keys of those fields that have another name in the document.
    - `optional`: the fields that are left out when they are empty (None, "", 0, False, ()).
    - `without`: the fields that are not in the document; `from_doc` is given them.
    - `kinds`: how the values of a field are written and read, where its type does not say it.

    A field with the metadata `LEFT_OUT` is left out while it has its default. A key that is missing gives
    the default of its field.
    """

    def __init__(
        self,
        cls: type[T],
        *,
        names: Mapping[str, str] | None = None,
        optional: Collection[str] = (),
        without: Collection[str] = (),
        kinds: Mapping[str, Kind] | None = None,
    ) -> None:
        self._cls, self._names, self._kinds = cls, names or {}, kinds or {}
        self._optional, self._without = frozenset(optional), frozenset(without)

    @cached_property
    def _parts(self) -> tuple[_FieldCodec, ...]:
        hints = get_type_hints(self._cls)
        every = fields(self._cls)  # type: ignore[arg-type]  # always a dataclass
        known = {one.name for one in every}
        assert known >= {*self._names, *self._kinds, *self._optional, *self._without}
        return tuple(
            self._part(one, self._kinds.get(one.name) or kind_of(hints[one.name]))
            for one in every
            if one.name not in self._without
        )

    def _part(self, one: dataclasses.Field[Any], kind: Kind) -> _FieldCodec:
        optional = one.name in self._optional
        if optional and one.default_factory is MISSING and one.default:
            raise TypeError(f"{one.name} cannot be left out: empty is not its default")
        return _FieldCodec(
            name=one.name,
            key=self._names.get(one.name, one.name),
            write=kind.write,
            read=kind.read,
            optional=optional,
            has_default=one.default is not MISSING or one.default_factory is not MISSING,
            unwritten=one.default if one.metadata.get(LEFT_OUT) else _WRITTEN,
        )

    @cached_property
    def _values(self) -> Callable[[T], tuple[Any, ...]]:
        names = [part.name for part in self._parts]
        getter = attrgetter(*names)
        return getter if len(names) > 1 else lambda value: (getter(value),)

    def to_doc(self, value: T) -> Doc:
        """The document of a value, its keys in the order of the fields."""
        doc: Doc = {}
        # Thousands are written and read at a time, so plain values take no call.
        for (_, key, write, _, optional, _, unwritten), found in zip(
            self._parts, self._values(value), strict=True
        ):
            if (found or not optional) and (unwritten is _WRITTEN or found != unwritten):
                doc[key] = found if write is _same else write(found)
        return doc

    def from_doc(self, doc: Mapping[str, Any], **given: Any) -> T:
        """The inverse of `to_doc`; `given` are the fields that are not in the document. Raises KeyError
        for a missing key whose field has no default."""
        for name, key, _, read, _, has_default, _ in self._parts:
            if key in doc:
                given[name] = doc[key] if read is _same else read(doc[key])
            elif not has_default:
                raise KeyError(key)
        return self._cls(**given)


def kind_of(hint: Any) -> Kind:
    """How values of that type are written and read. Raises TypeError for a type that no document has."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin in (UnionType, Union):
        return _union(tuple(one for one in inner if one is not NoneType), NoneType in inner)
    if origin is tuple or origin is frozenset:
        return _several(origin, inner)
    if origin is not None and issubclass(origin, Mapping):
        if inner[0] is not str:
            raise TypeError(f"no document has {hint}: keys are texts")
        return _mapping(inner[1])
    if hint is Field or origin is Field:
        return _union(FIELD_TYPES, optional=False)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Kind(attrgetter("value"), hint, str)
    if isinstance(hint, type) and issubclass(hint, str):
        return Kind(str, hint, str)
    if is_dataclass(hint):
        codec: Codec[Any] = Codec(hint)  # type: ignore[arg-type]  # a class, not a value of it
        return Kind(codec.to_doc, codec.from_doc, dict)
    raise TypeError(f"no document has {hint}")


def _several(origin: type, inner: tuple[Any, ...]) -> Kind:
    if not inner:
        raise TypeError(f"no document has {origin} of nothing")
    if origin is tuple and inner[-1] is not Ellipsis:
        each = [kind_of(one) for one in inner]
        return Kind(
            lambda values: [kind.write(v) for kind, v in zip(each, values, strict=True)],
            lambda values: tuple(kind.read(v) for kind, v in zip(each, values, strict=True)),
            list,
        )
    write, read, _ = kind_of(inner[0])
    if origin is frozenset:
        return Kind(
            lambda values: sorted(map(write, values)), lambda v: frozenset(map(read, v)), list
        )
    return Kind(lambda values: [write(v) for v in values], lambda v: tuple(map(read, v)), list)


def _mapping(value: Any) -> Kind:
    write, read, _ = kind_of(value)
    if read is _same:
        return Kind(dict, dict, dict)
    return Kind(
        lambda values: {key: write(v) for key, v in values.items()},
        lambda values: {key: read(v) for key, v in values.items()},
        dict,
    )


def _union(members: tuple[Any, ...], optional: bool) -> Kind:
    """A value of one of several types; its JSON shows of which: objects name their class."""
    classes = tuple(one for one in members if is_dataclass(one))
    others = {
        kind.json: (one, kind) for one in members if one not in classes for kind in [kind_of(one)]
    }
    if len(others) + len(classes) != len(members) or (classes and dict in others):
        raise TypeError(f"the JSON of {members} does not tell them apart")
    if len(members) == 1:
        kind = kind_of(members[0])
    else:
        kind = _mixed(
            others,
            _tagged(classes) if len(classes) > 1 else kind_of(classes[0]) if classes else None,
        )
    if not optional:
        return kind
    return Kind(
        lambda value: None if value is None else kind.write(value),
        lambda value: None if value is None else kind.read(value),
        kind.json,
    )


def _mixed(others: Mapping[type, tuple[Any, Kind]], objects: Kind | None) -> Kind:
    by_class = {get_origin(one) or one: kind for one, kind in others.values()}

    def write(value: Any) -> Any:
        kind = by_class.get(type(value), objects)
        assert kind is not None, value
        return kind.write(value)

    def read(value: Any) -> Any:
        if isinstance(value, dict) and objects is not None:
            return objects.read(value)
        return others[type(value)][1].read(value)

    return Kind(write, read, object)


def _tagged(classes: tuple[Any, ...]) -> Kind:
    codecs = {one.__name__: Codec(one) for one in classes}

    def write(value: Any) -> Doc:
        name = type(value).__name__
        return {CLASS: name} | codecs[name].to_doc(value)

    def read(doc: Doc) -> Any:
        return codecs[doc[CLASS]].from_doc(doc)

    return Kind(write, read, dict)


def json_of(value: Any) -> Any:
    """Any frozen value as JSON, by its own class: for what commands print and no program reads back."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [json_of(one) for one in value]
    if is_dataclass(value):
        return picked(value, *(one.name for one in fields(value)))
    raise TypeError(f"{value!r} has no JSON")


def picked(value: Any, *names: str) -> Doc:
    """Some attributes of a value as JSON, by their names."""
    return {name: json_of(getattr(value, name)) for name in names}
