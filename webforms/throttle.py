"""After five wrong passwords for a name, a pause. In memory: it is a brake, not a record."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FREE = 5
WAIT = 30.0
NAMES = 10_000


class Throttle:
    """Counts failures per name; any number of threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, tuple[int, float]] = {}

    def seconds(self, name: str) -> int:
        """How many seconds to wait before the next try; 0: go on."""
        with self._lock:
            count, last = self._failures.get(name.casefold(), (0, 0.0))
        left = last + WAIT - self._clock()
        return int(left) + 1 if count >= FREE and left > 0 else 0

    def failed(self, name: str) -> None:
        """A wrong password."""
        name = name.casefold()
        with self._lock:
            now = self._clock()
            count, last = self._failures.pop(name, (0, 0.0))
            # Who waited has one more try before the next pause, not five.
            self._failures[name] = (count + 1 if now - last < WAIT * 20 else 1, now)
            while len(self._failures) > NAMES:
                del self._failures[next(iter(self._failures))]

    def passed(self, name: str) -> None:
        """The right password: forget the failures."""
        with self._lock:
            self._failures.pop(name.casefold(), None)
