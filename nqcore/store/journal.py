"""The journal: all changes of a workspace since its creation, in order (FORMAT.md)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from nqcore.errors import N_, Phrase, StoreError
from nqcore.store.copy_point import CopyPoint, copy_point, head_bytes
from nqcore.store.errors import DamagedJournal, OtherKey, StoreBusy, key_words
from nqcore.store.files import LOCK, segments
from nqcore.store.head import Head, head_line, read_head
from nqcore.store.json_values import Doc, json_value
from nqcore.store.lock import JournalLock
from nqcore.store.mac import EPOCH, EPOCHS, fingerprint, mac_of
from nqcore.store.reader import JournalReader, Unreadable, without_gc, year_of
from nqcore.store.record import (
    JournalEntry,
    Receipt,
    Record,
    encode_payload,
    hash_of,
    line_of,
    prefix_of,
)
from nqcore.store.repair import repair
from nqcore.store.snapshot import resume, write_snapshot
from nqcore.store.state import StoreState
from nqcore.store.verification import CUT_SHORT, NO_RECORDS, STRAY, Verification, verify_journal
from nqcore.store.writer import JournalWriter

log = logging.getLogger("nqcore.store")

_NOT_TIDIED = N_("The end of the journal could not be tidied. {why}")
SNAPSHOT_AFTER = 2_000
"""When opening reads more records than this (about 0.1 s), it writes a snapshot for the next opening."""


class Journal:
    """An open journal folder; `state` holds the newest documents.

    Opening reads and checks every record. It needs neither the lock nor write permission. Several
    processes and threads may have the same journal open.

    Attributes: `state`; `repairs`, one sentence for each unfinished end that was repaired; `notes`,
    one sentence for each other unusual thing found at opening (no head file, unfinished bytes that
    could not be repaired).
    """

    def __init__(
        self,
        path: Path | str,
        key: bytes | None = None,
        lock_timeout: float = 10.0,
        *,
        new_epoch: bool = False,
    ) -> None:
        """Open the journal in folder `path`; `lock_timeout` is in seconds.

        `new_epoch`: when the journal uses another key, begin a new epoch with the given key before
        the first change, instead of refusing the change. Raises DamagedJournal, StoreError.
        """
        self.folder = Path(path)
        self.key = key
        self.state = StoreState()
        self.repairs: list[Phrase] = []
        self.notes: list[Phrase] = []
        self._new_epoch = new_epoch
        self._reader = JournalReader(self.folder, key)
        self._writer = JournalWriter(self.folder)
        self._lock = JournalLock(self.folder / LOCK, lock_timeout)
        # Protects reader and writer. A thread that holds it never waits for the file lock.
        self._mutex = threading.RLock()
        if not segments(self.folder):
            raise StoreError(
                detail=Phrase(
                    N_("{folder} has no journal. Make one with nq init."), {"folder": self.folder}
                )
            )
        self._open()

    @property
    def seq(self) -> int:
        """Number of the last record that this process has read or written."""
        return self._reader.seq

    @property
    def hash(self) -> str:
        """Hash of that record, 64 hex digits."""
        return self._reader.hash

    @property
    def held_by_this_thread(self) -> bool:
        """Whether the calling thread holds the lock."""
        return self._lock.held_by_this_thread

    def begin(self) -> None:
        """Take the lock until `end`, and read the newest state.

        An unfinished end left by a killed writer is repaired here. Raises StoreBusy after the
        timeout; DamagedJournal, StoreStopped or OtherKey when writing is not possible; StoreError in
        a thread that holds the lock already. After an error the lock is not held.
        """
        fresh = self._lock.acquire()
        try:
            if fresh:
                self._read_to_end()
            self.check_writable()
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Release the lock."""
        if self._lock.held_by_this_thread:
            self._lock.pass_on()
        self._lock.leave()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """`begin` and `end` as a block."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock without writing, for a block."""
        with self._lock:
            yield

    def check_writable(self) -> None:
        """Raise StoreStopped or OtherKey when this process may not write, without looking at the
        disk."""
        self._writer.check(self._reader.path)
        if not self._reader.macs.may_write and not self._new_epoch:
            raise self._other_key()

    def append(self, entry: JournalEntry) -> Receipt:
        """Write one record. When this returns, it is on disk and applied to `state`.

        Takes the lock unless the calling thread has it from `begin`. While the caller waits for the
        disk, the next thread may already begin and see the record; one sync then serves both. Raises
        StoreBusy, StoreFull (try again), StoreStopped (open again), OtherKey.
        """
        if not self.held_by_this_thread:
            with self.locked():
                return self.append(entry)
        with self._mutex:
            if not self._reader.macs.may_write:  # `begin` allowed it because of new_epoch
                self._append(self._epoch(entry.at, entry.by, ""))
            receipt = self._append(entry)
        self._lock.pass_on()
        self._writer.commit(receipt.seq)
        return receipt

    def open_epoch(self, *, at: datetime, by: str, why: str = "") -> Receipt:
        """Begin an epoch with the key that this journal was opened with (or without a key), by a
        record that says so. Earlier records keep their MAC."""
        with self._lock:
            self._read_to_end()
            with self._mutex:
                receipt = self._append(self._epoch(at, by, why))
            self._writer.commit(receipt.seq)
            return receipt

    def follow(self) -> int:
        """Read the records that other processes have written; return their number.

        Without new records it costs two calls of stat. An unfinished record at the end is left for
        the next call.
        """
        with self._mutex:
            before = self.seq
            try:
                self._reader.read_on(self.state.apply)
                return self.seq - before
            except Unreadable as bad:
                found = bad
        # Another writer may have removed an unfinished record while we were reading, so that we saw
        # a mixture of two versions. Read again under the lock; what is wrong then is damage.
        if not self.held_by_this_thread:
            try:
                with self._lock, self._mutex:
                    self._reader.read_on(self.state.apply)
                    return self.seq - before
            except Unreadable as bad:
                found = bad
            except StoreError:
                pass  # busy, or the folder is read-only: report what was found without the lock
        raise self._damaged(found)

    def record(self, seq: int) -> Record:
        """Read one record again from its file. Raises StoreError when there is no such number."""
        if not 1 <= seq <= self.seq:
            raise StoreError(
                detail=Phrase(
                    N_("There is no record {seq}; the last is {last}."),
                    {"seq": seq, "last": self.seq},
                )
            )
        try:
            with self._mutex:
                return self._reader.record(seq)
        except Unreadable as bad:
            raise self._damaged(bad) from None

    def verify(self, receipts: Iterable[Receipt] = ()) -> Verification:
        """Read and check every byte on disk again, also after damage. Damage is in the result; it
        raises nothing.

        Each of `receipts` (kept outside the workspace) must be in the journal, and so must the last
        record that this process knows.
        """
        ours = Receipt(seq=self.seq, hash=self.hash)
        return verify_journal(self.folder, self.key, (*receipts, ours))

    def copy_point(self) -> CopyPoint:
        """Up to where the files are consistent now. Later bytes belong to the next copy."""
        head = head_bytes(self.folder)
        self.follow()
        with self._mutex:
            return copy_point(self._reader, head)

    def close(self) -> None:
        """Close the files. The documents in memory can still be read."""
        with self._mutex:
            self._writer.close()
        if not self._lock.held:
            self._lock.close()

    def _open(self) -> None:
        head = read_head(self.folder)  # before the journal, which may grow meanwhile
        with without_gc():
            resume(self._reader, self.state)
            begun = self.seq
            try:
                tail = self._reader.read_on(self.state.apply)
            except Unreadable as bad:
                raise self._damaged(bad) from None
        if self.seq == 0:  # the first record appears complete by a rename: no crash does this
            raise self._damaged(Unreadable(self._reader.path, 0, 1, NO_RECORDS))
        strays = [path for first, path in segments(self.folder) if first > self.seq + 1]
        if strays:
            raise self._damaged(Unreadable(strays[0], 0, self.seq + 1, STRAY))
        self._compare(head)
        behind = isinstance(head, Head) and head.seq < self.seq
        if tail or behind:
            self._repair_if_unlocked(behind)
        if self._reader.unchecked:
            count = self._reader.unchecked
            words = N_("{count} seals could not be checked. {why}")
            self.notes.append(Phrase(words, {"count": count, "why": self._other_key()}))
        if self.seq - begun >= SNAPSHOT_AFTER and self._reader.macs.may_write:
            self.take_snapshot()

    def take_snapshot(self) -> None:
        """Write a snapshot of the state for the next opening. A failure is only logged."""
        try:
            with self._mutex, without_gc():
                write_snapshot(self._reader, self.state)
        except OSError as error:
            log.warning("No snapshot could be written in %s: %s", self.folder, error)

    def _compare(self, head: Head | Phrase) -> None:
        if not isinstance(head, Head):
            self.notes.append(head)
            log.warning("%s", head)
        elif head.seq > self.seq:
            reader = self._reader
            raise self._damaged(Unreadable(reader.path, reader.offset, self.seq + 1, CUT_SHORT))
        elif head.seq and self.record(head.seq).hash != head.hash:
            path, offset = self._reader.location_of(head.seq)
            raise self._damaged(Unreadable(path, offset, head.seq, CUT_SHORT))

    def _repair_if_unlocked(self, behind: bool) -> None:
        try:
            self._lock.acquire(timeout=0.0)
        except StoreBusy:
            return  # another process is writing now: its record is not complete yet
        except StoreError as error:
            self.notes.append(Phrase(_NOT_TIDIED, {"why": error}))
            return
        try:
            self._read_to_end()
            if behind and self._reader.macs.may_write:
                # The last writer may have died between write and fsync: sync before the new head.
                self._writer.sync_segment(self._reader.path)
                self._writer.head(head_line(self.seq, self.hash, self.key))
        except DamagedJournal:
            raise
        except StoreError as error:
            self.notes.append(Phrase(_NOT_TIDIED, {"why": error}))
        finally:
            self.end()

    def _read_to_end(self) -> None:
        """Under the lock: read all records. Bytes that are unfinished now were left by a crash."""
        with self._mutex:
            reader = self._reader
            try:
                if tail := reader.read_on(self.state.apply):
                    sentence = repair(reader, self._writer, tail, self.state.apply)
                    self.repairs.append(sentence)
                    log.warning("%s", sentence)
            except Unreadable as bad:
                raise self._damaged(bad) from None

    def _append(self, entry: JournalEntry) -> Receipt:
        """Write one record and apply it to the state. It is durable only after `commit`."""
        reader = self._reader
        self._writer.check(reader.path)
        at = entry.at.isoformat()
        if reader.year < year_of(at) and reader.offset:
            self._writer.sync_segment(reader.path)
            self._writer.begin_segment(reader.next_segment)
            reader.enter_next_segment()
        payload = encode_payload(entry, at)
        prefix = prefix_of(self.seq + 1, len(payload), self.hash)
        digest = hash_of(prefix, payload)
        record = Record(
            seq=self.seq + 1,
            prev=self.hash,
            hash=digest.hex(),
            mac=mac_of(self.key, digest),
            version=entry.version,
            at=at,
            by=entry.by,
            do=entry.do,
            why=entry.why,
            docs=entry.docs,
        )
        line = line_of(prefix, digest, record.mac, payload)
        newest = (record.seq, record.hash)
        self._writer.append(reader.path, reader.offset, line, newest, self.key)
        if record.do == EPOCH:
            reader.macs.check(record)
        reader.take(record, len(line), self.state.apply)
        return Receipt(seq=record.seq, hash=record.hash)

    def _epoch(self, at: datetime, by: str, why: str) -> JournalEntry:
        number = str(self._reader.macs.epoch + 1)
        docs: dict[str, dict[str, Doc | None]] = {EPOCHS: {number: {"key": fingerprint(self.key)}}}
        return JournalEntry(
            at=at, by=json_value(by, "by"), do=EPOCH, why=json_value(why, "why"), docs=docs
        )

    def _other_key(self) -> OtherKey:
        theirs = self._reader.macs.epoch_key
        return OtherKey(
            folder=self.folder,
            theirs=key_words(theirs),
            ours=key_words(fingerprint(self.key)),
        )

    def _damaged(self, bad: Unreadable) -> DamagedJournal:
        readable = verify_journal(self.folder, self.key).records
        before = min(bad.seq - 1, readable)
        return DamagedJournal(
            file=str(bad.path),
            offset=bad.offset,
            seq=bad.seq,
            reason=bad.reason,
            before=before,
            after=readable - before,
        )
