"""The journal: every change there ever was, in order (FORMAT.md)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from nqcore.errors import StoreError
from nqcore.store.copy_point import CopyPoint, copy_point, head_bytes
from nqcore.store.errors import DamagedJournal, OtherKey, StoreBusy
from nqcore.store.files import LOCK, segments
from nqcore.store.head import Head, head_line, read_head
from nqcore.store.json_values import Doc, json_value
from nqcore.store.lock import JournalLock
from nqcore.store.reader import Reader, Unreadable, without_gc, year_of
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
from nqcore.store.seal import EPOCH, EPOCHS, fingerprint, sealed
from nqcore.store.snapshot import resume, write_snapshot
from nqcore.store.state import StoreState
from nqcore.store.verification import CUT_SHORT, NO_RECORDS, STRAY, Verification, verify_journal
from nqcore.store.writer import Writer

log = logging.getLogger("nqcore.store")

SNAPSHOT_AFTER = 20_000
"""Records that one opening may read before it leaves a snapshot for the next (about 0.7 s)."""


class Journal:
    """An open journal folder; `state` holds what its records amount to.

    Opening reads and checks every record and needs no lock and no right to write. Any number of
    processes and threads may have it open.

    Attributes: `state`; `repairs`, sentences on torn ends that were moved aside; `notes`, sentences
    on what else was odd at opening (no head file, unfinished bytes that may not be mended).
    """

    def __init__(
        self,
        path: Path | str,
        key: bytes | None = None,
        lock_timeout: float = 10.0,
        *,
        new_epoch: bool = False,
    ) -> None:
        """Open the journal in folder `path`; `lock_timeout` in seconds.

        `new_epoch`: when the journal is sealed under another key, begin an epoch with this one
        before the first change, instead of refusing the change. Raises DamagedJournal, StoreError.
        """
        self.folder = Path(path)
        self.key = key
        self.state = StoreState()
        self.repairs: list[str] = []
        self.notes: list[str] = []
        self._new_epoch = new_epoch
        self._reader = Reader(self.folder, key)
        self._writer = Writer(self.folder)
        self._lock = JournalLock(self.folder / LOCK, lock_timeout)
        # Guards reader and writer. Nobody waits for the lock while holding it.
        self._mutex = threading.RLock()
        if not segments(self.folder):
            raise StoreError(detail=f"{self.folder} has no journal. Make one with nq init.")
        self._open()

    @property
    def seq(self) -> int:
        """Number of the last record known here."""
        return self._reader.seq

    @property
    def hash(self) -> str:
        """Hash of the last record known here, 64 hex digits."""
        return self._reader.hash

    @property
    def mine(self) -> bool:
        """Does the calling thread hold the lock?"""
        return self._lock.mine

    def begin(self) -> None:
        """Keep every other writer out until `end`, and take over the newest state.

        A torn end left by a killed writer is moved aside here. Raises StoreBusy after the timeout,
        DamagedJournal, StoreStopped or OtherKey if nothing may be written anyway, and StoreError in
        a thread that holds the lock already. After an error the lock is not held.
        """
        fresh = self._lock.acquire()
        try:
            if fresh:
                self._settle()
            self.check_writable()
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Let others write again."""
        if self._lock.mine:
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

    def check_writable(self) -> None:
        """StoreStopped or OtherKey if this process may not write, as far as it knows."""
        self._writer.check(self._reader.path)
        if not self._reader.seals.fits and not self._new_epoch:
            raise self._other_key()

    def append(self, entry: JournalEntry) -> Receipt:
        """Write one record; when this returns it is on disk and applied to `state`.

        Takes the lock unless the calling thread has it from `begin`. While the caller waits for the
        disk the next thread may begin and see the record already; one sync then serves both. Raises
        StoreBusy, StoreFull (try again), StoreStopped (open again), OtherKey.
        """
        if not self.mine:
            with self.locked():
                return self.append(entry)
        with self._mutex:
            if not self._reader.seals.fits:  # `begin` let us in because of new_epoch
                self._append(self._epoch(entry.at, entry.by, ""))
            receipt = self._append(entry)
        self._lock.pass_on()
        self._writer.commit(receipt.seq)
        return receipt

    def open_epoch(self, *, at: datetime, by: str, why: str = "") -> Receipt:
        """Go on under the key this journal was opened with (or without any), from a record that
        says so. Earlier records keep their seals."""
        with self._lock:
            self._settle()
            with self._mutex:
                receipt = self._append(self._epoch(at, by, why))
            self._writer.commit(receipt.seq)
            return receipt

    def follow(self) -> int:
        """Read what other processes have written since; how many records that were.

        Without news it costs two calls of stat. Half a record at the end is left for later.
        """
        with self._mutex:
            before = self.seq
            try:
                self._reader.read_on(self.state.apply)
                return self.seq - before
            except Unreadable as bad:
                found = bad
        # A writer that takes back its unfinished bytes may have mixed two versions under our eyes.
        # Look again when nobody writes; what is still bad then is damaged.
        if not self.mine:
            try:
                with self._lock, self._mutex:
                    self._reader.read_on(self.state.apply)
                    return self.seq - before
            except Unreadable as bad:
                found = bad
            except StoreError:
                pass  # busy, or a folder we may not write to: judge by what we saw
        raise self._damaged(found)

    def record(self, seq: int) -> Record:
        """Read one record again from its file. StoreError for a number there is not."""
        if not 1 <= seq <= self.seq:
            raise StoreError(detail=f"There is no record {seq}; the last is {self.seq}.")
        try:
            with self._mutex:
                return self._reader.record(seq)
        except Unreadable as bad:
            raise self._damaged(bad) from None

    def verify(self, receipts: Iterable[Receipt] = ()) -> Verification:
        """Read and check every byte on disk again, past any damage; raises nothing for damage.

        `receipts` kept elsewhere must fit, and so must what this process believes to be the end.
        """
        ours = Receipt(seq=self.seq, hash=self.hash)
        return verify_journal(self.folder, self.key, (*receipts, ours))

    def copy_point(self) -> CopyPoint:
        """Up to where the files are consistent now. What follows in them is for the next copy."""
        head = head_bytes(self.folder)
        self.follow()
        with self._mutex:
            return copy_point(self._reader, head)

    def close(self) -> None:
        """Close the files. Reading what is in memory still works."""
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
        if self.seq == 0:  # founding puts the first record in place whole, so no crash does this
            raise self._damaged(Unreadable(self._reader.path, 0, 1, NO_RECORDS))
        strays = [path for first, path in segments(self.folder) if first > self.seq + 1]
        if strays:
            raise self._damaged(Unreadable(strays[0], 0, self.seq + 1, STRAY))
        self._compare(head)
        behind = isinstance(head, Head) and head.seq < self.seq
        if tail or behind:
            self._mend_if_alone(behind)
        if self._reader.unchecked:
            count = self._reader.unchecked
            self.notes.append(f"{count} seals could not be checked. {self._other_key()}")
        if self.seq - begun >= SNAPSHOT_AFTER and self._reader.seals.fits:
            self.take_snapshot()

    def take_snapshot(self) -> None:
        """Write down what all records amount to, for the next opening; a failure is logged only."""
        try:
            with self._mutex, without_gc():
                write_snapshot(self._reader, self.state)
        except OSError as error:
            log.warning("No snapshot could be written in %s: %s", self.folder, error)

    def _compare(self, head: Head | str) -> None:
        if isinstance(head, str):
            self.notes.append(head)
            log.warning("%s", head)
        elif head.seq > self.seq:
            reader = self._reader
            raise self._damaged(Unreadable(reader.path, reader.offset, self.seq + 1, CUT_SHORT))
        elif head.seq and self.record(head.seq).hash != head.hash:
            path, offset = self._reader.place_of(head.seq)
            raise self._damaged(Unreadable(path, offset, head.seq, CUT_SHORT))

    def _mend_if_alone(self, behind: bool) -> None:
        try:
            self._lock.acquire(timeout=0.0)
        except StoreBusy:
            return  # somebody is writing at this moment: not torn, just not yet there
        except StoreError as error:
            self.notes.append(f"The end of the journal could not be tidied. {error}")
            return
        try:
            self._settle()
            if behind and self._reader.seals.fits:
                # The last writer may have died between writing and fsync: make it true first.
                self._writer.confirm(self._reader.path)
                self._writer.head(head_line(self.seq, self.hash, self.key))
        except DamagedJournal:
            raise
        except StoreError as error:
            self.notes.append(f"The end of the journal could not be tidied. {error}")
        finally:
            self.end()

    def _settle(self) -> None:
        """Under the lock: read all there is; what is unfinished now will never be finished."""
        with self._mutex:
            reader = self._reader
            try:
                if tail := reader.read_on(self.state.apply):
                    said = repair(reader, self._writer, tail, self.state.apply)
                    self.repairs.append(said)
                    log.warning("%s", said)
            except Unreadable as bad:
                raise self._damaged(bad) from None

    def _append(self, entry: JournalEntry) -> Receipt:
        """Write one record and apply it; `commit` makes it stay."""
        reader = self._reader
        self._writer.check(reader.path)
        at = entry.at.isoformat()
        if reader.year < year_of(at) and reader.offset:
            self._writer.confirm(reader.path)
            self._writer.begin_segment(reader.next_segment)
            reader.go_on()
        payload = encode_payload(entry, at)
        prefix = prefix_of(self.seq + 1, len(payload), self.hash)
        digest = hash_of(prefix, payload)
        record = Record(
            seq=self.seq + 1,
            prev=self.hash,
            hash=digest.hex(),
            mac=sealed(self.key, digest),
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
            reader.seals.admit(record)
        reader.take(record, len(line), self.state.apply)
        return Receipt(seq=record.seq, hash=record.hash)

    def _epoch(self, at: datetime, by: str, why: str) -> JournalEntry:
        number = str(self._reader.seals.epoch + 1)
        docs: dict[str, dict[str, Doc | None]] = {EPOCHS: {number: {"key": fingerprint(self.key)}}}
        return JournalEntry(
            at=at, by=json_value(by, "by"), do=EPOCH, why=json_value(why, "why"), docs=docs
        )

    def _other_key(self) -> OtherKey:
        theirs = self._reader.seals.theirs
        return OtherKey(
            folder=str(self.folder),
            theirs=f"the key {theirs}" if theirs else "no key",
            ours=f"the key {fingerprint(self.key)}" if self.key else "no key",
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
