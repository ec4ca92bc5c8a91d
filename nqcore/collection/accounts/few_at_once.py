"""A few at one time, a few more wait for them, and all others are refused at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock


class FewAtOnce:
    """Lets `at_once` threads in and `may_wait` more wait for that.

    >>> line = FewAtOnce(at_once=1, may_wait=0)
    >>> with line.place(seconds=1.0) as first, line.place(seconds=1.0) as second:
    ...     first, second, line.full
    (True, False, True)
    >>> line.full
    False
    """

    def __init__(self, at_once: int, may_wait: int) -> None:
        self._most = at_once + may_wait
        self._slots, self._lock, self._inside = BoundedSemaphore(at_once), Lock(), 0

    @property
    def full(self) -> bool:
        """Whether the next one would be refused."""
        with self._lock:
            return self._inside >= self._most

    @contextmanager
    def place(self, *, seconds: float | None = None, leaving: int = 0) -> Iterator[bool]:
        """A block in which its thread is one of the few. False: refused, because the line is full, or
        because no turn came within `seconds` (None: however long). `leaving`: how many places of the line
        stay free for others."""
        with self._lock:
            if self._inside >= self._most - leaving:
                taken = False
            else:
                self._inside += 1
                taken = True
        if not taken:
            yield False
            return
        try:
            if not self._slots.acquire(timeout=seconds):
                yield False
                return
            try:
                yield True
            finally:
                self._slots.release()
        finally:
            with self._lock:
                self._inside -= 1
