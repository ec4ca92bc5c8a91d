"""A TOML text as tables, with what is no TOML in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

Place = tuple[str | int, ...]
"""The way to a value from the top of the file: ("form", 0, "section", 1, "title")."""


class TomlSyntaxMistake(NamedTuple):
    """A statement that is no TOML: its line, and what `tomllib` says about it."""

    line: int
    detail: str


class ParsedToml(NamedTuple):
    """The tables of a text as far as it could be read. `text` is the text without the statements that
    were left out because of a mistake, with the same lines; `unread` are the places of their keys and
    tables: they are wrong, but not missing."""

    text: str
    table: Mapping[str, Any]
    mistakes: tuple[TomlSyntaxMistake, ...] = ()
    unread: frozenset[Place] = frozenset()
