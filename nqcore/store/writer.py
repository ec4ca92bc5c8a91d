"""Puts bytes at the end of the newest segment so that they stay there, or says that they may not.

One write for a record, and one fdatasync for all that were written since the last one. A write that
the system cut short is completed; when the disk is full the part that arrived is taken back, after
the file was read again and found to hold exactly that part. After any other failure nothing more is
written through this object.
"""

from __future__ import annotations

import errno
import logging
import os
import threading
from pathlib import Path

from nqcore.errors import StoreError
from nqcore.store.errors import StoreFull, StoreStopped
from nqcore.store.files import BINARY, HEAD, sync_data, sync_folder, write_all, write_new
from nqcore.store.head import head_line, write_head

log = logging.getLogger("nqcore.store")

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


class Writer:
    """The only place that writes to a journal folder. The caller holds the lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stopped: str | None = None  # why no more is written
        self._head = str(folder / HEAD)  # a string: putting paths together costs more than writing
        self._path: Path | None = None
        self._fd = -1
        self._syncing = threading.Lock()  # guards the three below, and the file's being replaced
        self._durable = 0  # number of the last record known to be on disk
        self._newest = (0, "")  # number and hash of the last one written
        self._key: bytes | None = None

    def append(
        self, path: Path, offset: int, line: bytes, newest: tuple[int, str], key: bytes | None
    ) -> None:
        """Write `line` at `offset`, which must be the end of the file. It stays only after `commit`.

        `newest`: the record's number and hash; `key`: what seals the head that will name it.
        StoreFull: no room, nothing was added. StoreStopped: failed, now or before.
        """
        fd = self._open(path)
        if os.fstat(fd).st_size != offset:
            raise StoreError(
                detail=f"{path} grew while this program held the lock: another program writes "
                "without the lock. Nothing was written. End that program and try again."
            )
        try:
            write_all(fd, line)
        except OSError as error:
            if error.errno in _NO_ROOM and self._take_back(fd, path, offset, line):
                raise StoreFull(folder=str(self.folder), why=str(error.strerror)) from error
            raise self._stop(path, error) from error
        except BaseException as error:
            raise self._stop(path, error) from error
        self._newest, self._key = newest, key

    def commit(self, seq: int) -> None:
        """Return once record `seq` is on disk and the head names it or a later one.

        Whoever comes first syncs for all whose records were written by then. StoreStopped.
        """
        with self._syncing:
            if self._durable >= seq:
                return
            assert self._path is not None
            self.check(self._path)
            number, hash = self._newest
            self._sync(self._fd, self._path)
            self._durable = number
            self.head(head_line(number, hash, self._key))

    def begin_segment(self, path: Path) -> None:
        """Make the file for the records of a new year, durably but empty. All before must be durable.

        StoreFull, StoreStopped, StoreError.
        """
        with self._syncing:
            self.check(path)
            try:
                write_new(path, b"")
            except FileExistsError:
                pass  # a crash left it: empty, or the reader would have gone on to it
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise StoreFull(folder=str(self.folder), why=str(error.strerror)) from error
                raise StoreError(
                    detail=f"Cannot write here: {path} ({error.strerror}). Reading works. "
                    "Make the folder writable for this account."
                ) from error
            try:
                sync_folder(self.folder)
            except OSError as error:
                raise self._stop(path, error) from error

    def confirm(self, path: Path) -> None:
        """Make durable what another process wrote but perhaps did not live to fsync."""
        self._sync(self._open(path), path)

    def finish_line(self, path: Path) -> None:
        """Add the newline that a whole last record lacks."""
        fd = self._open(path)
        try:
            write_all(fd, b"\n")
        except OSError as error:
            raise self._stop(path, error) from error
        self._sync(fd, path)

    def move_aside(self, path: Path, offset: int, tail: bytes, seq: int) -> Path:
        """Copy torn bytes into a file of their own, durably, then cut them off; that file."""
        self.check(path)
        number = 1
        while (aside := self.folder / f"torn-{seq:010d}-{number}.bin").exists():
            number += 1
        try:
            write_new(aside, tail)
            sync_folder(self.folder)
        except OSError as error:
            raise StoreError(
                detail=f"{path} ends in {len(tail)} unfinished bytes, which could not be copied "
                f"to {aside} ({error.strerror}); nothing was cut off and nothing can be written. "
                "Reading works. Make room and try again."
            ) from error
        fd = self._open(path)
        try:
            os.ftruncate(fd, offset)
        except OSError as error:
            raise self._stop(path, error) from error
        self._sync(fd, path)
        return aside

    def head(self, line: bytes) -> None:
        """Overwrite the head file; a failure is logged only, since a head may lag behind."""
        try:
            write_head(self._head, line)
        except OSError as error:
            log.warning("The head file in %s could not be written: %s", self.folder, error)

    def close(self) -> None:
        """Close the segment, once no sync of it is under way."""
        with self._syncing:
            if self._fd >= 0:
                os.close(self._fd)
            self._path, self._fd = None, -1

    def _open(self, path: Path) -> int:
        self.check(path)
        if path != self._path:
            self.close()
            try:
                self._fd = os.open(path, os.O_RDWR | os.O_APPEND | BINARY)
            except OSError as error:
                raise StoreError(
                    detail=f"Cannot write here: {path} ({error.strerror}). Reading works. "
                    "Make the file writable for this account."
                ) from error
            self._path = path
        return self._fd

    def check(self, path: Path) -> None:
        if self.stopped is not None:
            raise StoreStopped(file=str(path), why=self.stopped)

    def _sync(self, fd: int, path: Path) -> None:
        try:
            sync_data(fd)
        except BaseException as error:  # also an interrupt: then nobody knows what is on disk
            raise self._stop(path, error) from error

    def _stop(self, path: Path, error: BaseException) -> StoreStopped:
        why = error.strerror if isinstance(error, OSError) else None
        self.stopped = why or type(error).__name__
        log.error("No more changes are taken for %s: %s", path, self.stopped)
        return StoreStopped(file=str(path), why=self.stopped)

    @staticmethod
    def _take_back(fd: int, path: Path, offset: int, line: bytes) -> bool:
        """Cut off the part of our own unfinished line, if that is truly all there is."""
        try:
            with open(path, "rb") as file:
                file.seek(offset)
                part = file.read()
            if len(part) >= len(line) or not line.startswith(part):
                return False
            os.ftruncate(fd, offset)
            return os.fstat(fd).st_size == offset
        except OSError:
            return False
