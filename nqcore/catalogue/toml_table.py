"""Reading one table of a TOML file; the error for every mistake names the file and the key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from nqcore.errors import DefinitionError
from nqcore.model.units import EVERY_UNIT, Scope, Sector, UnitKind

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_REQUIRED = object()
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class TomlTable:
    """A TOML table that is being read: each key is taken once, with its type; at the end `done` refuses
    the keys that are left. Every method raises DefinitionError for a value of another type."""

    def __init__(self, file: str, path: str, table: Mapping[str, object]) -> None:
        self.file, self.path = file, path
        self._left = dict(table)

    def wrong(self, key: str, detail: str) -> DefinitionError:
        """The error for `key` of this table."""
        return DefinitionError(
            file=self.file, key=f"{self.path}.{key}" if self.path else key, detail=detail
        )

    def has(self, key: str) -> bool:
        """Whether the table has `key` and it has not been taken."""
        return key in self._left

    def _take(self, key: str, want: type | tuple[type, ...], word: str, default: object) -> object:
        if key not in self._left:
            if default is _REQUIRED:
                raise self.wrong(key, f"is missing; give {word}")
            return default
        value = self._left.pop(key)
        # bool is an int and datetime a date to isinstance; neither is meant here.
        if not isinstance(value, want) or (isinstance(value, bool) and want is not bool):
            raise self.wrong(key, f"is {value!r}; give {word}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a `default` the key is required and must not be empty."""
        value = self._take(key, str, "text in quotes", _REQUIRED if default is None else default)
        assert isinstance(value, str)
        if default is None and not value.strip():
            raise self.wrong(key, "is empty")
        return value

    def opt_text(self, key: str) -> str | None:
        """A text that is not empty, or None."""
        return self.text(key) if key in self._left else None

    def code(self, key: str, default: str | None = None) -> str:
        """A code: it is part of addresses and of ids, so it has no character that separates their parts."""
        value = self.text(key, default)
        if not _CODE.fullmatch(value):
            raise self.wrong(
                key, f"is “{value}”; use letters A to z without accents, digits, “.” and “-”"
            )
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number; without a `default` the key is required."""
        value = self._take(key, int, "a whole number", _REQUIRED if default is None else default)
        assert isinstance(value, int)
        return value

    def flag(self, key: str) -> bool:
        """true or false; the key is required."""
        value = self._take(key, bool, "true or false", _REQUIRED)
        return value is True

    def number(self, key: str) -> Decimal:
        """An exact number: a whole number, or a decimal in quotes ("74.5"), never a float."""
        value = self._take(
            key, (int, str), 'a whole number, or a decimal in quotes like "74.5"', _REQUIRED
        )
        try:
            exact = Decimal(str(value))
        except ArithmeticError:
            exact = Decimal("NaN")
        if not exact.is_finite():
            raise self.wrong(key, f"is {value!r}; give a number")
        return exact

    def opt_number(self, key: str, default: Decimal | None = None) -> Decimal | None:
        """An exact number, as `number` reads it; "none" is None."""
        if self._left.get(key) == "none":
            del self._left[key]
            return None
        return self.number(key) if key in self._left else default

    def opt_day(self, key: str) -> date | None:
        """A day, or None."""
        if key not in self._left:
            return None
        value = self._left.pop(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, f"is {value!r}; give a day like 2008-01-28 without quotes")
        return value

    def day(self, key: str) -> date:
        """A day; the key is required."""
        found = self.opt_day(key)
        if found is None:
            raise self.wrong(key, "is missing; give a day like 2008-01-28")
        return found

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A member of `kind`, written as its value; without a `default` the key is required."""
        value = self.text(key, default.value if default is not None else None)
        try:
            return kind(value)
        except ValueError:
            names = ", ".join(member.value for member in kind)
            raise self.wrong(key, f"is “{value}”; give one of {names}") from None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; () without the key."""
        value = self._take(key, list, 'a list like ["a", "b"]', [])
        assert isinstance(value, list)
        if not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "must hold text in quotes only")
        return tuple(value)

    def tables(self, key: str) -> Iterable[TomlTable]:
        """The tables of ``[[key]]``, in order."""
        value = self._take(key, list, f"tables [[{key}]]", [])
        assert isinstance(value, list)
        for nth, item in enumerate(value, 1):
            if not isinstance(item, dict):
                raise self.wrong(key, f"must be tables [[{key}]]")
            # The error names a table by its id if it has one; the position is hard to find in a file.
            name = next(
                (str(item[k]) for k in ("id", "code", "number", "key") if k in item), str(nth)
            )
            yield TomlTable(
                self.file, f"{self.path}.{key}[{name}]" if self.path else f"{key}[{name}]", item
            )

    def table(self, key: str) -> TomlTable | None:
        """The table ``[key]``, or None."""
        if key not in self._left:
            return None
        value = self._take(key, dict, f"a table [{key}]", {})
        assert isinstance(value, dict)
        return TomlTable(self.file, f"{self.path}.{key}" if self.path else key, value)

    @property
    def left(self) -> tuple[str, ...]:
        """The keys that have not been taken."""
        return tuple(self._left)

    def rest(self) -> dict[str, object]:
        """Take all keys that are left, with their values."""
        left, self._left = self._left, {}
        return left

    def scope(self, key: str) -> Scope:
        """A scope: ``{ kinds = […], sectors = […], units = […], within = "…" }``."""
        inner = self.table(key)
        if inner is None:
            return EVERY_UNIT
        found = Scope(
            kinds=frozenset(inner.members("kinds", UnitKind)),
            sectors=frozenset(inner.members("sectors", Sector)),
            units=frozenset(inner.texts("units")),
            within=inner.opt_text("within"),
        )
        inner.done()
        return found

    def members(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """A list of members of `kind`; () without the key."""
        found = []
        for word in self.texts(key):
            try:
                found.append(kind(word))
            except ValueError:
                names = ", ".join(member.value for member in kind)
                raise self.wrong(key, f"has “{word}”; use {names}") from None
        return tuple(found)

    def read(self, key: str, how: Callable[[str], T]) -> T:
        """The text at `key`, converted by `how`; its error becomes one of this file and key."""
        text = self.text(key)
        try:
            return how(text)
        except Exception as wrong:
            raise self.wrong(key, str(wrong)) from wrong

    def done(self) -> None:
        """Raise DefinitionError for a key that is left: a misspelt key must not be ignored."""
        for key in self._left:
            raise self.wrong(key, "is not a key that is known here; check its spelling")
