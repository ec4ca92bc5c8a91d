"""What was worked out already, until a value changes.

The sections of a review, its annex, and the reviews of the spans and units beside it ask for the same totals
again and again.
"""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Answers by their questions, all of one `AcceptedValues.version`. Threads may share it. `most`: the sum
    of the sizes of what is kept; where it would be more, all older answers are forgotten."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._version = -1
        self._forget()

    def _forget(self) -> None:
        self._size = 0
        self._known: dict[Key, Value] = {}

    def get(self, key: Key, version: int) -> Value | None:
        """The answer, if it is kept and was worked out of the values of that version."""
        with self._lock:
            return self._known.get(key) if version == self._version else None

    def keep(self, key: Key, value: Value, version: int, size: int) -> None:
        """Keep an answer that was worked out of values not older than `version`: the version is read before
        the work begins. An answer of values that have changed meanwhile is never given."""
        with self._lock:
            if version < self._version:
                return
            if version > self._version or self._size + size > self._most:
                self._forget()
            self._version = version
            self._size += size
            self._known[key] = value
