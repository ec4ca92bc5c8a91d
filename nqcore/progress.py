"""Telling how far long work is: the library walks a list, its caller may watch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Gives the items back one by one; on the way it may draw a bar under `label`."""

    def __call__(self, items: Sequence[T], label: str) -> Iterable[T]: ...


def quiet(items: Sequence[T], label: str) -> Iterable[T]:
    """Nobody watches."""
    return items
