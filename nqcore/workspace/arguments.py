"""Arguments of the wrong kind, refused where a program hands them in.

`checked` wraps the public methods of a class. Before a method runs, each argument is compared with the
annotation of its parameter; a wrong one raises WrongArgument, which says what to give. Without this a
number in place of a code would fail deep inside with an AttributeError, or be stored.

Methods that ask for the same things share them as the keys of a TypedDict (`**asked: Unpack[…]`). Each key
is a parameter like any other: it is checked, and `help` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache, wraps
from inspect import CO_VARKEYWORDS, Parameter, Signature, signature
from pathlib import Path
from types import FunctionType, NoneType, UnionType
from typing import Any, ParamSpec, TypeVar, Union, Unpack, get_args, get_origin, get_type_hints

from nqcore.collection.accounts.access import Account
from nqcore.errors import N_, Phrase, UnknownName, WrongArgument
from nqcore.model.fields import Typed
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import Revision
from nqcore.model.units import Unit

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type)
E = TypeVar("E", bound=StrEnum)

Fits = Callable[[object], bool]


WANTED: Mapping[str, str] = {
    "by": "an account or its login",
    "account": "an account or its login",
    "answers": 'what is typed by field key, such as {"B1": "1.310"}',
    "given": 'what is typed by field key, such as {"B1": "1.310"}',
    "boundaries": "“reported” or a day",
    "directive": "the number or the id of a directive, such as “20-NQ/TW”",
    "form": "the id of a form",
    "indicator": "the code of an indicator, such as “C3.3”",
    "indicators": "the codes of indicators, such as [“C3.3”, “C3.4”]",
    "period": "the code of a period, such as “2018-Q3”, “2018” or “2008..2018”",
    "periods": "the codes of periods, such as [“2018-Q3”, “2018-Q4”]",
    "submission": "a revision, an obligation or the id of a submission",
    "unit": "the code of a unit",
}
"""What to give for the parameters that most methods have; others are described by their kind."""

KINDS: Mapping[object, str] = {
    str: "a text",
    int: "a whole number",
    bool: "True or False",
    bytes: "bytes",
    date: "a day (datetime.date)",
    datetime: "a moment (datetime.datetime)",
    Path: "a path (pathlib.Path)",
    NoneType: "None",
    Account: "an account (ws.account gives it by its login)",
    Obligation: "an obligation (ws.submissions.obligation gives it)",
    Revision: "a revision",
    Unit: "a unit (ws.units gives it by its code)",
    Mapping: "a mapping",
    Collection: "a list",
    Sequence: "a list",
    Iterable: "a list",
}
"""The words for a kind of value."""

NO_SUBSTITUTE: Mapping[type, type] = {int: bool, date: datetime}
"""Subclasses that Python accepts for a type and that mean something else."""


def checked(owner: C) -> C:
    """The class, with the arguments of its public methods checked. A class decorator. A method that is
    forwarded to a service is checked there."""
    for name, method in list(vars(owner).items()):
        own = isinstance(method, FunctionType) and not hasattr(method, "__wrapped__")
        if own and not name.startswith("_"):
            setattr(owner, name, checked_function(method))
    return owner


def checked_function(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with its arguments checked. Whether they are complete, Python itself says."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        names, rest, fits = _parameters(function)
        for place, value in enumerate(args):
            name = names[place] if place < len(names) else rest
            if name in fits and not fits[name](value):
                raise _wrong(function, name, value)
        for name, value in kwargs.items():
            if name in fits and not fits[name](value):
                raise _wrong(function, name, value)
        return function(*args, **kwargs)

    if function.__code__.co_flags & CO_VARKEYWORDS:
        setattr(call, "__signature__", _signature(function))  # noqa: B010 - mypy knows no such attribute
    return call


def one_of(words: type[E], given: E | str) -> E:
    """The member of `words` that is given as itself or as its value. Raises UnknownName."""
    known = [each.value for each in words]
    if given not in known:
        names = ", ".join(filter(None, known))
        hint = Phrase(N_("Known: {names}."), {"names": names})
        raise UnknownName(kind="choice", name=given, hint=hint)
    return words(given)


@cache
def _signature(function: Callable[..., object]) -> Signature:
    """The signature, with each key of an unpacked TypedDict as a parameter of its own."""
    found = signature(function)
    return found.replace(parameters=[*_expanded(function, found)])


def _expanded(function: Callable[..., object], found: Signature) -> Iterator[Parameter]:
    for parameter in found.parameters.values():
        keys = _keys(get_type_hints(function), parameter)
        if keys is None:
            yield parameter
            continue
        for name, hint in get_type_hints(keys).items():
            default = Parameter.empty if name in keys.__required_keys__ else ...
            yield Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def _keys(hints: Mapping[str, Any], parameter: Parameter) -> Any:
    """The TypedDict whose keys are unpacked into the parameter; None where none is."""
    hint = hints.get(parameter.name)
    unpacked = parameter.kind is Parameter.VAR_KEYWORD and get_origin(hint) is Unpack
    return get_args(hint)[0] if unpacked else None


def _hints(function: Callable[..., object]) -> dict[str, Any]:
    """The annotations of all parameters, resolved."""
    hints = get_type_hints(function)
    given = {p.name: p.annotation for p in _signature(function).parameters.values()}
    return {
        name: hints.get(name, annotation)
        for name, annotation in given.items()
        if annotation is not Parameter.empty
    }


@cache
def _parameters(function: Callable[..., object]) -> tuple[list[str], str, dict[str, Fits]]:
    """The names of the positional parameters, the name of ``*args`` ("" if there is none), and for each
    annotated parameter the test of its values. Annotations are resolved at the first call."""
    parameters = _signature(function).parameters.values()
    hints = _hints(function)
    return (
        [p.name for p in parameters if p.kind is Parameter.POSITIONAL_OR_KEYWORD],
        next((p.name for p in parameters if p.kind is Parameter.VAR_POSITIONAL), ""),
        {p.name: _fits(hints[p.name]) for p in parameters if p.name in hints},
    )


def _fits(hint: Any) -> Fits:
    """The test of values for one annotation. A mapping or a list is tested with its items; the items of
    other iterables are not, because reading them may use them up. What is typed into a form is not
    tested either: its reader names the field."""
    if hint == Typed:
        return lambda value: True
    origin = get_origin(hint) or hint
    if origin in (Union, UnionType):
        options = [_fits(option) for option in get_args(hint)]
        return lambda value: any(option(value) for option in options)
    if origin is Callable or getattr(origin, "_is_protocol", False):
        return callable
    if hint is Any or not isinstance(origin, type):
        return lambda value: True
    items = [_fits(inner) for inner in get_args(hint) if inner is not Ellipsis]
    if origin is tuple and Ellipsis not in get_args(hint):
        return lambda value: (
            isinstance(value, tuple)
            and len(value) == len(items)
            and all(fits(item) for fits, item in zip(items, value, strict=True))
        )
    if issubclass(origin, Mapping):
        return lambda value: (
            isinstance(value, origin)
            and all(
                fits(item)
                for pair in value.items()
                for fits, item in zip(items, pair, strict=False)
            )
        )
    if issubclass(origin, Iterable) and items:
        return lambda value: _is_list(value, origin, items[0])
    odd = NO_SUBSTITUTE.get(origin)
    return lambda value: isinstance(value, origin) and not (odd and isinstance(value, odd))


def _is_list(value: object, kind: type, fits: Fits) -> bool:
    """Whether `value` is of the kind (Collection, Iterable …) with items that fit; a text is no list."""
    if isinstance(value, str | bytes) or not isinstance(value, kind):
        return False
    return all(map(fits, value)) if isinstance(value, Collection) else True


def _wrong(function: Callable[..., object], name: str, value: object) -> WrongArgument:
    hint = _hints(function)[name]
    given = repr(value) if len(repr(value)) <= 60 else f"a value of the type {type(value).__name__}"
    wanted = WANTED.get(name) or " or ".join(dict.fromkeys(_words(hint)))
    argument = f"{function.__name__}({name})"
    return WrongArgument(argument=argument, given=given, wanted=wanted)


def _words(hint: Any) -> list[str]:
    """What the annotation means, in words."""
    origin = get_origin(hint) or hint
    if origin in (Union, UnionType):
        return [words for option in get_args(hint) for words in _words(option)]
    if origin is Callable or getattr(origin, "_is_protocol", False):
        return ["a function"]
    return [KINDS.get(origin) or f"a value of the type {getattr(origin, '__name__', origin)}"]
