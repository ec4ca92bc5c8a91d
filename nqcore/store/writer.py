"""Appends records to the newest segment and makes them durable, or raises an error.

One write per record, and one fdatasync for all records written since the last one. If the system
accepts only a part of a write, the rest is written after it. If the disk is full, the part is
removed, after the file was read again and found to hold exactly that part. After any other failure
this object writes nothing more.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store.errors import DISK_FULL, StoreFull, StoreStopped
from nqcore.store.files import BINARY, HEAD, sync_data, sync_folder, write_all, write_new
from nqcore.store.head import head_line, write_head

log = logging.getLogger("nqcore.store")


class JournalWriter:
    """The only place that writes to a journal folder. The caller holds the lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stopped: Phrase | None = None  # why nothing more is written
        self._head = str(folder / HEAD)  # a string: joining paths costs more time than writing
        self._path: Path | None = None
        self._fd = -1
        self._syncing = threading.Lock()  # protects the three below and the change of segments
        self._durable = 0  # number of the last record known to be on disk
        self._newest = (0, "")  # number and hash of the last one written
        self._key: bytes | None = None

    def append(
        self, path: Path, offset: int, line: bytes, newest: tuple[int, str], key: bytes | None
    ) -> None:
        """Write `line` at `offset`, which must be the end of the file. It is durable after `commit`.

        `newest`: the record's number and hash; `key`: the key for the MAC of the head that will name
        it. Raises StoreFull (no room; nothing was added), StoreStopped (failed now or before) and
        StoreError (another program writes without the lock).
        """
        fd = self._open(path)
        if os.fstat(fd).st_size != offset:
            raise StoreError(
                detail=Phrase(
                    N_(
                        "{path} grew while this program held the lock: another program writes without "
                        "the lock. Nothing was written. End that program and try again."
                    ),
                    {"path": path},
                )
            )
        try:
            write_all(fd, line)
        except OSError as error:
            if error.errno in DISK_FULL and self._remove_partial_record(fd, path, offset, line):
                raise StoreFull(folder=str(self.folder), why=system_words(error)) from error
            raise self._stop(path, error) from error
        except BaseException as error:
            raise self._stop(path, error) from error
        self._newest, self._key = newest, key

    def commit(self, seq: int) -> None:
        """Return when record `seq` is on disk and the head names it or a later one.

        The first thread syncs for all records written until then. Raises StoreStopped.
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
        """Create the empty file for the records of a new year; its name is durable when this returns.

        All earlier records must be durable. Raises StoreFull, StoreStopped, StoreError.
        """
        with self._syncing:
            self.check(path)
            try:
                write_new(path, b"")
            except FileExistsError:
                pass  # left by a crash, and empty: otherwise the reader would have continued in it
            except OSError as error:
                if error.errno in DISK_FULL:
                    raise StoreFull(folder=str(self.folder), why=system_words(error)) from error
                raise StoreError(
                    detail=Phrase(
                        N_(
                            "Cannot write here: {path} ({why}). Reading works. Make the folder writable "
                            "for this account."
                        ),
                        {"path": path, "why": system_words(error)},
                    )
                ) from error
            try:
                sync_folder(self.folder)
            except OSError as error:
                raise self._stop(path, error) from error

    def sync_segment(self, path: Path) -> None:
        """Sync records of another process, which may have died before its fsync."""
        self._sync(self._open(path), path)

    def finish_line(self, path: Path) -> None:
        """Add the newline that the last record lacks."""
        fd = self._open(path)
        try:
            write_all(fd, b"\n")
        except OSError as error:
            raise self._stop(path, error) from error
        self._sync(fd, path)

    def move_aside(self, path: Path, offset: int, tail: bytes, seq: int) -> Path:
        """Copy unfinished bytes into a new file and sync it, then remove them from `path`. Returns
        the path of the new file."""
        self.check(path)
        number = 1
        while (aside := self.folder / f"torn-{seq:010d}-{number}.bin").exists():
            number += 1
        try:
            write_new(aside, tail)
            sync_folder(self.folder)
        except OSError as error:
            raise StoreError(
                detail=Phrase(
                    N_(
                        "{path} ends in {count} unfinished bytes, which could not be copied to {aside} "
                        "({why}); nothing was cut off and nothing can be written. Reading works. "
                        "Make room and try again."
                    ),
                    {"path": path, "count": len(tail), "aside": aside, "why": system_words(error)},
                )
            ) from error
        fd = self._open(path)
        try:
            os.ftruncate(fd, offset)
        except OSError as error:
            raise self._stop(path, error) from error
        self._sync(fd, path)
        return aside

    def head(self, line: bytes) -> None:
        """Overwrite the head file. A failure is only logged, because a head may be out of date."""
        try:
            write_head(self._head, line)
        except OSError as error:
            log.warning("The head file in %s could not be written: %s", self.folder, error)

    def close(self) -> None:
        """Close the segment after any running sync."""
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
                    detail=Phrase(
                        N_(
                            "Cannot write here: {path} ({why}). Reading works. Make the file writable "
                            "for this account."
                        ),
                        {"path": path, "why": system_words(error)},
                    )
                ) from error
            self._path = path
        return self._fd

    def check(self, path: Path) -> None:
        """Raise StoreStopped when an earlier failure has stopped this writer."""
        if self.stopped is not None:
            raise StoreStopped(file=str(path), why=self.stopped)

    def _sync(self, fd: int, path: Path) -> None:
        try:
            sync_data(fd)
        except BaseException as error:  # also an interrupt: then it is not known what is on disk
            raise self._stop(path, error) from error

    def _stop(self, path: Path, error: BaseException) -> StoreStopped:
        self.stopped = (
            system_words(error) if isinstance(error, OSError) else Phrase(type(error).__name__)
        )
        log.error("No more changes are taken for %s: %s", path, self.stopped)
        return StoreStopped(file=str(path), why=self.stopped)

    @staticmethod
    def _remove_partial_record(fd: int, path: Path, offset: int, line: bytes) -> bool:
        """Remove the part of `line` that was written, if the file holds exactly that part there."""
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
