"""Owners: which plugin defines which id, or the workspace itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from nqcore.errors import DuplicateId, TwoLetterheads

T = TypeVar("T")

WORKSPACE = "workspace"
"""The owner of what staff of the office define themselves."""

BUILT_IN = "nqcore"
"""The owner of what exists without any plugin."""

Owned = tuple[str, T]
"""An item after the name of its owner."""

OwnedItems = Mapping[str, list[Owned[Any]]]
"""All definitions by the name of their field in Definitions ("units", "forms" …)."""


class OwnerRegister:
    """The owner of each (kind, id). An id has one owner; a second one is an error that names both."""

    def __init__(self, owners: Mapping[tuple[str, str], str] | None = None) -> None:
        self.owners: dict[tuple[str, str], str] = dict(owners or {})

    def add(self, kind: str, id: str, owner: str) -> None:
        """Register the owner of an id. Raises DuplicateId."""
        if (kind, id) in self.owners:
            error = TwoLetterheads if kind == "letterhead" else DuplicateId
            raise error(kind=kind, id=id, first=self.owners[kind, id], second=owner)
        self.owners[kind, id] = owner

    def table(self, kind: str, items: Iterable[Owned[T]], key: str) -> dict[str, T]:
        """The items by their id (the attribute `key`), each registered. Raises DuplicateId."""
        found: dict[str, T] = {}
        for owner, item in items:
            id = str(getattr(item, key))
            self.add(kind, id, owner)
            found[id] = item
        return found
