"""Who may write: one thread of one process at a time, by the operating system's lock on a file.

The library filelock takes and releases that lock, on Linux as on Windows. Its larger class FileLock
looks the path up anew each time, which costs half as much as the commit itself; here the file stays
open.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType

from filelock import lock_descriptor, unlock_descriptor

from nqcore.errors import StoreError
from nqcore.store.errors import StoreBusy
from nqcore.store.files import BINARY

_POLL = 0.002  # seconds; a commit takes about 0.3 ms, so a longer pause would mostly be waiting


class JournalLock:
    """The lock of one journal folder. Not re-entrant: a second hold in one thread is an error."""

    def __init__(self, path: Path, timeout: float) -> None:
        self.path = path
        self.timeout = timeout
        self._threads = threading.Lock()  # the file lock only tells processes apart
        self._owner: int | None = None
        self._fd = -1
        self._opened_by = 0
        self._identity = (0, 0)

    @property
    def mine(self) -> bool:
        """Does the calling thread hold it?"""
        return self._owner == threading.get_ident()

    @property
    def held(self) -> bool:
        """Does any thread of this process hold it?"""
        return self._owner is not None

    def acquire(self, timeout: float | None = None) -> None:
        """Wait for the lock: StoreBusy after `timeout` seconds, StoreError if it cannot be made."""
        if self.mine:
            raise StoreError(detail="A change is open in this thread already; finish it first.")
        limit = self.timeout if timeout is None else timeout
        end = time.monotonic() + limit
        if not self._threads.acquire(timeout=limit):
            raise StoreBusy(seconds=limit, lock=str(self.path))
        try:
            while not self._try():
                if time.monotonic() >= end:
                    raise StoreBusy(seconds=limit, lock=str(self.path))
                time.sleep(_POLL)
        except OSError as error:
            self._threads.release()
            raise StoreError(
                detail=f"Cannot write here: the lock {self.path} cannot be taken "
                f"({error.strerror}). Reading works. Make the folder writable for this account."
            ) from error
        except BaseException:
            self._threads.release()
            raise
        self._owner = threading.get_ident()

    def release(self) -> None:
        """Give it back."""
        self._owner = None
        try:
            unlock_descriptor(self._fd)
        finally:
            self._threads.release()

    def close(self) -> None:
        """Close the file; the lock must not be held."""
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1

    def _try(self) -> bool:
        if self._opened_by != os.getpid():
            # A forked child shares its parent's open file and would share the lock with it too.
            self.close()
        if self._fd < 0:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
            self._opened_by = os.getpid()
            opened = os.fstat(self._fd)
            self._identity = (opened.st_dev, opened.st_ino)
        if not lock_descriptor(self._fd, blocking=False):
            return False
        if self._is_named():
            return True
        self.close()  # somebody deleted the file: others would lock another one
        return False

    def _is_named(self) -> bool:
        try:
            named = os.stat(self.path)
        except FileNotFoundError:
            return False
        return self._identity == (named.st_dev, named.st_ino)

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
