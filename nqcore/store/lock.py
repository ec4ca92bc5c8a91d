"""Who may write: one process at a time, by the operating system's lock on a file; within a process
one thread at a time.

The library filelock takes and releases that lock on Linux and Windows. Its class FileLock opens the
file each time, which costs half as much as the commit itself; here the file stays open.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import lock_descriptor, unlock_descriptor

from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store.errors import StoreBusy
from nqcore.store.files import BINARY, TURN

_POLL = 0.002  # seconds between two attempts of the processes that wait in the queue
_FIRST_POLL = 0.0002  # the same for the first process of the queue; a commit takes about 0.3 ms
_MAX_QUEUE_WAIT = 1.0  # seconds; after that a process passes a frozen first process of the queue
_MAX_SHARED_HOLD = 0.02  # seconds; after that the threads of one process let other processes write


class JournalLock:
    """The lock of one journal folder. Not re-entrant: a second `acquire` in one thread is an error.

    A thread holds it from `acquire` to `pass_on`. Then the next thread of this process may write
    while the first still waits for the disk. Another process may write only after the last thread
    has called `leave`; so it finds all records durable and the head up to date.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self.path = path
        self.timeout = timeout
        self._threads = threading.Lock()  # the file lock only separates processes
        self._owner: int | None = None
        self._inside = 0  # threads between acquire and leave
        self._left = threading.Condition()
        self._since = 0.0
        self._file = _LockedFile(path)
        self._turn = _LockedFile(path.with_name(TURN))

    @property
    def held_by_this_thread(self) -> bool:
        """Whether the calling thread may write."""
        return self._owner == threading.get_ident()

    @property
    def held(self) -> bool:
        """Whether any thread of this process is writing or waiting for the disk."""
        return self._inside > 0

    def acquire(self, timeout: float | None = None) -> bool:
        """Wait for the lock. True when other processes may have written since this process last
        held it.

        Raises StoreBusy after `timeout` seconds, StoreError when the lock file cannot be opened or
        when this thread holds the lock already.
        """
        if self.held_by_this_thread:
            raise StoreError(detail="A change is open in this thread already; finish it first.")
        limit = self.timeout if timeout is None else timeout
        end = time.monotonic() + limit
        if not self._threads.acquire(timeout=limit):
            raise StoreBusy(seconds=limit, lock=str(self.path))
        try:
            fresh = not self._join(end)
            if fresh:
                self._take(limit, end)
        except OSError as error:
            self._threads.release()
            raise StoreError(
                detail=Phrase(
                    N_(
                        "Cannot write here: the lock {path} cannot be taken ({why}). Reading works. "
                        "Make the folder writable for this account."
                    ),
                    {"path": self.path, "why": system_words(error)},
                )
            ) from error
        except BaseException:
            self._threads.release()
            raise
        self._owner = threading.get_ident()
        return fresh

    def pass_on(self) -> None:
        """Let the next thread of this process write. The caller must still call `leave`."""
        self._owner = None
        self._threads.release()

    def leave(self) -> None:
        """Say that the caller's records are durable; the last thread releases the file lock."""
        with self._left:
            self._inside -= 1
            if not self._inside:
                try:
                    self._file.unlock()
                finally:
                    self._left.notify_all()

    def close(self) -> None:
        """Close the files; the lock must not be held."""
        self._file.close()
        self._turn.close()

    def _join(self, end: float) -> bool:
        """Share the file lock that other threads of this process hold, unless their time is over."""
        with self._left:
            if self._inside and time.monotonic() - self._since < _MAX_SHARED_HOLD:
                self._inside += 1
                return True
            # The caller holds the threads' lock, so no further thread can join meanwhile.
            while self._inside:
                if not self._left.wait(max(end - time.monotonic(), 0)) and self._inside:
                    raise StoreBusy(seconds=self.timeout, lock=str(self.path))
        return False

    def _take(self, limit: float, end: float) -> None:
        queued = False
        try:
            queued = self._queue(end)
            while not self._file.lock():
                if time.monotonic() >= end:
                    raise StoreBusy(seconds=limit, lock=str(self.path))
                time.sleep(_FIRST_POLL if queued else _POLL)
        finally:
            if queued:
                self._turn.unlock()
        with self._left:
            self._inside, self._since = 1, time.monotonic()

    def _queue(self, end: float) -> bool:
        """Wait to become the next process to write; False when the first one seems frozen.

        Without this queue, a process that writes all the time would almost never let another in.
        """
        until = min(end, time.monotonic() + _MAX_QUEUE_WAIT)
        while not self._turn.lock():
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL)
        return True

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pass_on()
        self.leave()


class _LockedFile:
    """A file that a process locks and unlocks; it stays open in between."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd = -1
        self._opened_by = 0
        self._identity = (0, 0)

    def lock(self) -> bool:
        """Try once to lock the file, without waiting."""
        if self._opened_by != os.getpid():
            # A forked child shares its parent's open file, and so would share its lock.
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
        self.close()  # the file was deleted: other processes would lock a new one
        return False

    def unlock(self) -> None:
        unlock_descriptor(self._fd)

    def close(self) -> None:
        if self._fd >= 0:
            with suppress(OSError):
                os.close(self._fd)
        self._fd = -1

    def _is_named(self) -> bool:
        try:
            named = os.stat(self.path)
        except FileNotFoundError:
            return False
        return self._identity == (named.st_dev, named.st_ino)
