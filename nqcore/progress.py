"""Progress of long work: the library goes through a list, and its caller may show a progress bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Returns the items one by one; meanwhile it may show a progress bar with the text `label`."""

    def __call__(self, items: Sequence[T], label: str) -> Iterable[T]: ...


def quiet(items: Sequence[T], label: str) -> Iterable[T]:
    """The items, without a progress bar."""
    return items
