"""The store of one workspace: tables, changes, and the history of every document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from tinydb.table import Table

from nqcore.errors import Phrase, StoreError
from nqcore.store.change import Change
from nqcore.store.copy_point import CopyPoint
from nqcore.store.create import create_journal
from nqcore.store.disk_probe import DiskProbe
from nqcore.store.journal import Journal
from nqcore.store.json_values import Doc
from nqcore.store.record import Receipt, Record
from nqcore.store.tables import JournalStorage, JournalTable
from nqcore.store.verification import Verification

FOLDER = "journal"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One record that changed a document, and the document after it (None: removed)."""

    seq: int
    hash: str
    at: datetime
    by: str
    do: str
    why: str
    doc: Doc | None


class Store:
    """Made by `Store.open` or `Store.create`. Several threads may share one store.

    Reads show the records that this process has read; `refresh` and entering a change read the
    records of other processes first.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._change: Change | None = None  # at most one, guarded by the journal's lock
        self._closed = False
        self._probe = DiskProbe(journal.folder)
        self._storage = JournalStorage(journal.state, self._current)
        self._tables: dict[str, Table] = {}
        self._watchers: list[Callable[[frozenset[str]], None]] = []

    @classmethod
    def create(
        cls,
        folder: Path | str,
        key: bytes | None,
        at: datetime,
        by: str,
        *,
        lock_timeout: float = 10.0,
    ) -> Store:
        """Create the journal of the workspace `folder` and open it.

        `key`: 32 bytes for the MAC of every record, or None; `at`: now, aware. Raises StoreError
        when there is a journal already.
        """
        create_journal(Path(folder) / FOLDER, key, at=at, by=by)
        return cls.open(folder, key, lock_timeout=lock_timeout)

    @classmethod
    def open(
        cls,
        folder: Path | str,
        key: bytes | None = None,
        *,
        lock_timeout: float = 10.0,
        new_epoch: bool = False,
    ) -> Store:
        """Open the journal of the workspace `folder`; every record is checked.

        `lock_timeout`: seconds to wait for other writers; `new_epoch`: when the journal uses another
        key, begin an epoch with `key` at the first change. Raises DamagedJournal, StoreError.
        """
        journal = Journal(Path(folder) / FOLDER, key, lock_timeout, new_epoch=new_epoch)
        return cls(journal)

    @property
    def version(self) -> int:
        """Number of the last record that this process knows. It only increases."""
        return self.journal.seq

    @property
    def head(self) -> Receipt:
        """Number and hash of that record, to be kept outside the workspace."""
        return Receipt(seq=self.journal.seq, hash=self.journal.hash)

    @property
    def repairs(self) -> tuple[Phrase, ...]:
        """Repairs of the journal's end since opening, one sentence each."""
        return tuple(self.journal.repairs)

    @property
    def notes(self) -> tuple[Phrase, ...]:
        """Unusual things found at opening that are not damage, one sentence each."""
        return tuple(self.journal.notes)

    @property
    def changing(self) -> bool:
        """Whether this thread has a change open; it then reads values that are not committed yet."""
        return self._current() is not None

    def table(self, name: str) -> Table:
        """A TinyDB table; empty when nothing has been written to it."""
        found = self._tables.get(name)
        if found is None:
            found = self._tables.setdefault(name, JournalTable(self._storage, name))
        return found

    def get(self, table: str, id: str) -> Doc | None:
        """One document of a table, or None."""
        # TinyDB's annotations know whole-number ids only; the table's document_id_class is str.
        found: Doc | None = self.table(table).get(doc_id=id)  # type: ignore[call-overload]
        return found

    def tables(self) -> tuple[str, ...]:
        """Names of the tables, in the order of their first document."""
        return tuple(self._storage.read())

    def change(self, *, by: str, do: str, why: str = "", at: datetime) -> Change:
        """A `with` block whose changes become one record (see `Change`).

        `by` who, `do` an action word, `why` a reason, `at` now, aware. Entering raises StoreBusy
        (after `lock_timeout`), OtherKey, StoreStopped; leaving raises StoreFull, StoreStopped.
        """
        if self._closed:
            raise StoreError(detail="This store is closed; open it again.")
        return _StoreChange(self, by=by, do=do, why=why, at=at)

    def watch(self, watcher: Callable[[frozenset[str]], None]) -> None:
        """After each change of this process, call `watcher` with the names of the tables that it changed.
        The change is durable by then; what `watcher` raises, the user of the change sees."""
        self._watchers.append(watcher)

    def open_epoch(self, *, at: datetime, by: str, why: str = "") -> Receipt:
        """Begin an epoch: later records use the key that this store was opened with."""
        return self.journal.open_epoch(at=at, by=by, why=why)

    def check_writable(self) -> None:
        """Raise the error that entering a change would raise now (StoreBusy, OtherKey, StoreStopped …).

        Writes nothing, except to repair an unfinished end that a killed writer left.
        """
        with self.journal.locked():
            pass

    def alone(self) -> AbstractContextManager[None]:
        """A `with` block in which no other process or thread writes, and this one does not either. It needs
        no key. Raises StoreBusy, StoreError."""
        return self.journal.alone()

    def check_disk(self) -> None:
        """Whether a file could be written beside the journal within the last seconds (`store.disk_probe`).
        Raises OSError, for example when the disk is full, lost or read-only."""
        self._probe.check()

    def refresh(self) -> int:
        """Read the records of other processes; return their number (two calls of stat if none)."""
        return self.journal.follow()

    def changes_since(self, seq: int) -> Iterator[tuple[int, str, str]]:
        """(seq, table, id) of every document changed after record `seq`, oldest first.

        Read from the files record by record, up to the version at the time of the call.
        """
        return (
            (number, table, id)
            for number in range(max(seq, 0) + 1, self.version + 1)
            for table, docs in self.journal.record(number).docs.items()
            for id in docs
        )

    def history(self, table: str, id: str) -> tuple[HistoryEntry, ...]:
        """Every record that changed a document, oldest first, with the document after each."""
        return tuple(
            _history_entry(self.journal.record(seq), table, id)
            for seq in self.journal.state.touched(table, id)
        )

    def record(self, seq: int) -> Record:
        """One record, read from the file again. Raises StoreError when there is no such number."""
        return self.journal.record(seq)

    def verify(self, receipts: Iterable[Receipt] = ()) -> Verification:
        """Check every byte on disk, and that each receipt (its hash may be shortened) is in it."""
        return self.journal.verify(receipts)

    def copy_point(self) -> CopyPoint:
        """What to copy now for a consistent copy, even while other processes write."""
        return self.journal.copy_point()

    def close(self) -> None:
        """Close the files. The tables can still be read, but not changed."""
        self._closed = True
        self.journal.close()

    def _current(self) -> Change | None:
        return (
            self._change if self._change is not None and self.journal.held_by_this_thread else None
        )

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _StoreChange(Change):
    """A change that the store's tables write into while it is open."""

    def __init__(self, store: Store, *, by: str, do: str, why: str, at: datetime) -> None:
        super().__init__(store.journal, by=by, do=do, why=why, at=at)
        self._store = store

    def __enter__(self) -> Change:
        super().__enter__()
        self._store._change = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._store._change = None
        super().__exit__(kind, error, trace)
        if self._receipt is not None:
            for watcher in self._store._watchers:
                watcher(frozenset(self.pending))


def _history_entry(record: Record, table: str, id: str) -> HistoryEntry:
    return HistoryEntry(
        seq=record.seq,
        hash=record.hash,
        at=datetime.fromisoformat(record.at),
        by=record.by,
        do=record.do,
        why=record.why,
        doc=record.docs[table][id],
    )
