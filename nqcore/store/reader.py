"""Reads the segments in order, each time from where it stopped before. Changes nothing on disk."""

from __future__ import annotations

import gc
import os
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nqcore.errors import N_
from nqcore.store.files import segment_name
from nqcore.store.mac import MacChecker
from nqcore.store.record import FIRST_VERSION, ZERO, BadRecord, Record, classify_tail, decode

SHORTER = N_("the file is shorter than it was, so records were removed behind the running program")
REPLACED = N_("another file was put in its place while the program was running")
UNFINISHED = N_("it is not finished, yet a later file follows")
MISSING = N_("the file is gone")

_BLOCK = 1 << 20


class Unreadable(Exception):
    """Reading had to stop: `path`, `offset` in bytes, `seq` of the record expected there, `reason`."""

    def __init__(self, path: Path, offset: int, seq: int, reason: str) -> None:
        super().__init__(path, offset, seq, reason)
        self.path, self.offset, self.seq, self.reason = path, offset, seq, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPosition:
    """What a reader needs in order to continue after record `seq`, without the records before."""

    seq: int
    hash: str
    year: str
    version: int
    unchecked: int
    epoch: int
    since: int
    segments: tuple[tuple[int, int], ...]  # first number and bytes of each; the last up to `seq`
    starts: array[int]  # byte offset of every record within its segment


class JournalReader:
    """A position in the journal: `seq` and `hash` of the last record read, and where the next begins.

    Not thread-safe; the journal protects it with a lock.
    """

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self.folder = folder
        self._prefix = os.path.join(folder, "")
        self.macs = MacChecker(key)
        self.seq = 0
        self.hash = ZERO
        self.unchecked = 0  # records whose MAC could not be checked because the key is missing
        self.path = folder / segment_name(1)
        self.offset = 0
        self.year = ""  # the latest year in any record's `at`
        self.version = FIRST_VERSION  # the newest version of any record
        self._identity: tuple[int, int] | None = None
        self._segments: list[tuple[int, Path]] = [(1, self.path)]
        self._ends: list[int] = []  # bytes of all segments but the newest
        self.starts = array("q")  # byte offset of every record within its segment: 8 bytes each

    def read_on(self, consume: Callable[[Record], None]) -> bytes:
        """Call `consume` with every complete record after the last one, in order.

        Returns the bytes after the last complete record. While another process is writing, they are
        a record that is not complete yet; under the lock, they were left by a crash. Raises
        Unreadable. When nothing was added, this costs two calls of stat.
        """
        while True:
            tail = self._read_segment(consume)
            following = segment_name(self.seq + 1)
            if following == self.path.name or not os.path.exists(self._prefix + following):
                return tail
            if tail:
                raise self._stop(UNFINISHED)
            self.enter_next_segment()

    @property
    def next_segment(self) -> Path:
        """The path of the next segment, if the next record begins one."""
        return self.folder / segment_name(self.seq + 1)

    def enter_next_segment(self) -> None:
        """Continue with the next segment, which must exist."""
        self._ends.append(self.offset)
        self.path, self.offset, self._identity = self.next_segment, 0, None
        self._segments.append((self.seq + 1, self.path))

    def _read_segment(self, consume: Callable[[Record], None]) -> bytes:
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            raise self._stop(MISSING) from None
        identity = (found.st_dev, found.st_ino)
        if self._identity not in (None, identity):
            raise self._stop(REPLACED)
        self._identity = identity
        if found.st_size < self.offset:
            raise self._stop(SHORTER)
        if found.st_size == self.offset:
            return b""
        with open(self.path, "rb", buffering=_BLOCK) as file:
            file.seek(self.offset)
            for line in file:
                if line[-1] != 10:
                    return line
                try:
                    record = decode(line, seq=self.seq + 1, prev=self.hash)
                    if not self.macs.check(record):
                        self.unchecked += 1
                except BadRecord as bad:
                    if has_hole(line, seq=self.seq + 1, prev=self.hash):
                        return line + file.read()
                    raise self._stop(bad.reason) from None
                self.take(record, len(line), consume)
        return b""

    @property
    def extents(self) -> list[tuple[int, int]]:
        """(Number of the first record, bytes read) of every segment."""
        firsts = [first for first, _ in self._segments]
        return list(zip(firsts, [*self._ends, self.offset], strict=True))

    def resume(self, place: JournalPosition) -> None:
        """Continue after `place.seq` as if all records up to it had been read.

        Raises Unreadable when the files are not the ones that `place` was taken from; then the
        reader's position does not change.
        """
        found = JournalReader(self.folder, self.macs.key)
        found._segments = [
            (first, self.folder / segment_name(first)) for first, _ in place.segments
        ]
        found._ends = [size for _, size in place.segments[:-1]]
        found.path, found.offset = found._segments[-1][1], place.segments[-1][1]
        found.starts = place.starts
        for (_, path), (_, size) in zip(found._segments, place.segments, strict=True):
            there = path.stat().st_size if path.exists() else -1
            if there < size or (there > size and path != found.path):
                raise Unreadable(path, 0, place.seq, SHORTER if there < size else UNFINISHED)
        if found.record(place.seq).hash != place.hash:
            raise Unreadable(*found.location_of(place.seq), place.seq, REPLACED)
        self._segments, self._ends, self.starts = found._segments, found._ends, found.starts
        self.path, self.offset = found.path, found.offset
        self.seq, self.hash, self.year = place.seq, place.hash, place.year
        self.version = place.version
        self.unchecked = place.unchecked
        self.macs.resume(place.epoch, place.since)

    def take(self, record: Record, size: int, consume: Callable[[Record], None]) -> None:
        """Move past one record of `size` bytes that was read or just written."""
        consume(record)
        self.starts.append(self.offset)
        self.offset += size
        self.seq, self.hash = record.seq, record.hash
        self.year = max(self.year, year_of(record.at))
        self.version = max(self.version, record.version)

    def location_of(self, seq: int) -> tuple[Path, int]:
        """File and byte offset of a record already read."""
        _, path = self._segments[bisect_right(self._segments, seq, key=lambda each: each[0]) - 1]
        return path, self.starts[seq - 1]

    def record(self, seq: int) -> Record:
        """Read one record again, checked against its own hash. Raises Unreadable."""
        path, offset = self.location_of(seq)
        with open(path, "rb") as file:
            file.seek(offset)
            try:
                return decode(file.readline(), seq=seq, prev=None)
            except BadRecord as bad:
                raise Unreadable(path, offset, seq, bad.reason) from None

    def _stop(self, reason: str) -> Unreadable:
        return Unreadable(self.path, self.offset, self.seq + 1, reason)


def has_hole(line: bytes, *, seq: int, prev: str) -> bool:
    """Whether the line looks as if a power cut had kept its end but lost its beginning.

    Then zero bytes fill the gap, and all later bytes were written before the fsync that would
    have made both durable, so no such record was acknowledged. The caller must check with the head
    that it was not.
    """
    return b"\0" in line and classify_tail(line, seq=seq, prev=prev) == "torn"


def year_of(at: str) -> str:
    """The year of a moment in ISO 8601: four digits."""
    return at[:4]


@contextmanager
def without_gc() -> Iterator[None]:
    """Without garbage collection: reading makes millions of objects and no cycles, and searching for
    cycles would double the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
