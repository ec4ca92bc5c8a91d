"""Can a file be written on the disk of the journal? Asked by monitoring, also very often."""

from __future__ import annotations

import errno
import os
import threading
import time
from pathlib import Path

from nqcore.store.files import write_new

PROBE_BYTES = 65_536
"""More than nearly every record: a disk on which these fit takes the next change."""
EVERY_SECONDS = 5.0
"""A result holds so long, however often it is asked for."""
SLOW_SECONDS = 10.0
"""A disk that needs longer than this for one probe does not answer."""


class DiskProbe:
    """Writes a file in `folder`, syncs and removes it; at most once in EVERY_SECONDS, and one at a time.

    >>> DiskProbe(Path("huyen/journal")).check()  # doctest: +SKIP
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()  # protects the three below, never held while writing
        self._begun: float | None = None
        self._ended: float | None = None
        self._wrong: OSError | None = None

    def check(self) -> None:
        """Raises the OSError of the last probe, if it failed; TimeoutError, an OSError, if one hangs."""
        if self._my_turn():
            wrong = self._write()
            with self._lock:
                self._begun, self._ended, self._wrong = None, time.monotonic(), wrong
        if self._wrong is not None:
            raise self._wrong

    def _my_turn(self) -> bool:
        now = time.monotonic()
        with self._lock:
            if self._begun is not None:
                if now - self._begun > SLOW_SECONDS:
                    raise TimeoutError(errno.ETIMEDOUT, "the disk does not answer")
                return False  # another thread writes; until it has, the result before holds
            if self._ended is not None and now - self._ended < EVERY_SECONDS:
                return False
            self._begun = now
            return True

    def _write(self) -> OSError | None:
        path = self._folder / f".probe-{os.getpid()}.new"
        try:
            path.unlink(missing_ok=True)  # of a killed process of this number
            try:
                write_new(path, b"\0" * PROBE_BYTES)
            finally:
                path.unlink(missing_ok=True)
        except OSError as error:
            return error
        return None
