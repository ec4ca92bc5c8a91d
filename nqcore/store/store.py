"""The store of one workspace: tables to query, changes to make, and the history of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from tinydb.table import Table

from nqcore.errors import StoreError
from nqcore.store.change import Change
from nqcore.store.copy_point import CopyPoint
from nqcore.store.create import create_journal
from nqcore.store.journal import Journal
from nqcore.store.json_values import Doc
from nqcore.store.record import Receipt, Record
from nqcore.store.tables import JournalStorage, JournalTable
from nqcore.store.verification import Verification

FOLDER = "journal"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One record that touched a document, and the document after it (None: dropped)."""

    seq: int
    hash: str
    at: datetime
    by: str
    do: str
    why: str
    doc: Doc | None


class Store:
    """Open one with `Store.open` (or `Store.create`); any number of threads may share it.

    Reading shows what this process knows; `refresh` and entering a change bring it up to date with
    other processes.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._change: Change | None = None  # at most one, guarded by the journal's lock
        self._closed = False
        self._storage = JournalStorage(journal.state, self._current)
        self._tables: dict[str, Table] = {}

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
        """Found the journal of the workspace `folder` and open it.

        `key`: 32 bytes that seal every record, or None; `at`: now, aware. StoreError if there is a
        journal already.
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

        `lock_timeout`: seconds to wait for other writers; `new_epoch`: begin an epoch under `key`
        with the first change if the journal has another. DamagedJournal, StoreError.
        """
        journal = Journal(Path(folder) / FOLDER, key, lock_timeout, new_epoch=new_epoch)
        return cls(journal)

    @property
    def version(self) -> int:
        """Number of the last record this process knows: grows with every change, never falls."""
        return self.journal.seq

    @property
    def head(self) -> Receipt:
        """Number and hash of that record, to be kept outside the workspace."""
        return Receipt(seq=self.journal.seq, hash=self.journal.hash)

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was put right at the journal's end since opening, one sentence each."""
        return tuple(self.journal.repairs)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was odd at opening, but no damage, one sentence each."""
        return tuple(self.journal.notes)

    @property
    def changing(self) -> bool:
        """Whether this thread has a change open: it then reads what is not committed yet."""
        return self._current() is not None

    def table(self, name: str) -> Table:
        """A TinyDB table; one that nothing was written to yet is empty."""
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
        """Names of the tables, in the order they came up."""
        return tuple(self._storage.read())

    def change(self, *, by: str, do: str, why: str = "", at: datetime) -> Change:
        """A block whose changes become one record (see `Change`).

        `by` who, `do` an action word, `why` a reason, `at` now, aware. Entering raises StoreBusy
        after `lock_timeout`, OtherKey, StoreStopped; leaving it StoreFull, StoreStopped.
        """
        if self._closed:
            raise StoreError(detail="This store is closed; open it again.")
        return _Current(self, by=by, do=do, why=why, at=at)

    def open_epoch(self, *, at: datetime, by: str, why: str = "") -> Receipt:
        """From now on seal records under the key this store was opened with."""
        return self.journal.open_epoch(at=at, by=by, why=why)

    def check_writable(self) -> None:
        """Raise what a change would raise on entering now (StoreBusy, OtherKey, StoreStopped …).

        Writes nothing unless a killed writer's torn end has to be moved aside.
        """
        with self.journal.locked():
            pass

    def refresh(self) -> int:
        """Take over what other processes wrote; the number of records (two stats if none)."""
        return self.journal.follow()

    def changes_since(self, seq: int) -> Iterator[tuple[int, str, str]]:
        """(seq, table, id) of every document touched after record `seq`, oldest first.

        Read from the files record by record, up to the version at the time of the call.
        """
        return (
            (number, table, id)
            for number in range(max(seq, 0) + 1, self.version + 1)
            for table, docs in self.journal.record(number).docs.items()
            for id in docs
        )

    def history(self, table: str, id: str) -> tuple[HistoryEntry, ...]:
        """Every record that touched a document, oldest first, with the document after each."""
        return tuple(
            _touch(self.journal.record(seq), table, id)
            for seq in self.journal.state.touched(table, id)
        )

    def record(self, seq: int) -> Record:
        """One record as it stands in the file."""
        return self.journal.record(seq)

    def verify(self, receipts: Iterable[Receipt] = ()) -> Verification:
        """Check every byte on disk, and that each receipt (hash or its beginning) is in it."""
        return self.journal.verify(receipts)

    def copy_point(self) -> CopyPoint:
        """Up to where a copy of the files is consistent now, whatever others write meanwhile."""
        return self.journal.copy_point()

    def close(self) -> None:
        """Give back the files. Tables can still be read, but take no more changes."""
        self._closed = True
        self.journal.close()

    def _current(self) -> Change | None:
        return self._change if self._change is not None and self.journal.mine else None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Current(Change):
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


def _touch(record: Record, table: str, id: str) -> HistoryEntry:
    return HistoryEntry(
        seq=record.seq,
        hash=record.hash,
        at=datetime.fromisoformat(record.at),
        by=record.by,
        do=record.do,
        why=record.why,
        doc=record.docs[table][id],
    )
