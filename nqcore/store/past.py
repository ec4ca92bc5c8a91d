"""The store as it was after one of its records, for reading only.

What was changed since then is looked up in the journal; nothing that is read here moves when the office
goes on. So a figure can be computed again as it was computed then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nqcore.errors import N_, Phrase, StoreError
from nqcore.store.change import Change
from nqcore.store.json_values import Doc
from nqcore.store.record import Receipt
from nqcore.store.state import StoreState
from nqcore.store.store import HistoryEntry, Store
from nqcore.store.tables import JournalStorage

Tables = Mapping[str, Mapping[str, Doc]]
"""Documents by table and id. They are never changed in place."""


class PastStore(Store):
    """A store that has exactly `tables`, and the history of `store` up to record `seq`. Nothing can be
    written to it, and closing it closes nothing."""

    def __init__(self, store: Store, seq: int, tables: Tables) -> None:
        state = StoreState()
        state.tables = {name: dict(docs) for name, docs in tables.items()}
        self.journal = store.journal
        self.contents: Tables = state.tables
        self._seq = seq
        self._closed = True
        self._change = None
        self._storage = JournalStorage(state, self._current)
        self._tables = {}
        self._watchers = []

    @property
    def version(self) -> int:
        """Number of the last record that it knows."""
        return self._seq

    @property
    def head(self) -> Receipt:
        """Number and hash of that record."""
        return Receipt(seq=self._seq, hash=self.journal.record(self._seq).hash)

    def refresh(self) -> int:
        """What was written later never comes into it."""
        return 0

    def history(self, table: str, id: str) -> tuple[HistoryEntry, ...]:
        """Every record up to its own that changed a document, oldest first."""
        return tuple(one for one in super().history(table, id) if one.seq <= self._seq)

    def close(self) -> None:
        """Nothing: the files belong to the store that goes on."""

    def _current(self) -> Change | None:
        return None


def store_at(store: Store, seq: int) -> PastStore:
    """`store` as it was after record `seq`: the same documents in the same order. Raises StoreError where
    there is no such record.

    Example: ``store_at(store, store.version)`` is a copy that stands still.
    """
    if not 1 <= seq <= store.version:
        words = N_("There is no record {until}. Give a number from 1 to {count}.")
        raise StoreError(detail=Phrase(words, {"until": seq, "count": store.version}))
    state = store.journal.state
    with state.lock:  # no record may be applied between the two lines
        tables = {name: dict(docs) for name, docs in state.tables.items()}
        changed = state.changed_after(seq)
    for table, ids in changed.items():
        tables[table] = _table_at(store, table, tables.get(table, {}), ids, seq)
    return PastStore(store, seq, {name: docs for name, docs in tables.items() if docs})


def _table_at(
    store: Store, table: str, now: dict[str, Doc], changed: list[str], seq: int
) -> dict[str, Doc]:
    """One table after record `seq`; `changed` are the ids that a later record has changed."""
    then = {id: _doc_at(store, table, id, seq) for id in changed}
    found = {id: doc for id, old in now.items() if (doc := then.get(id, old)) is not None}
    gone = [id for id, doc in then.items() if doc is not None and id not in found]
    if not gone and not _moved(store, table, then, seq):
        return found
    found |= {id: doc for id in gone if (doc := then[id]) is not None}
    places = {id: _place(store, table, id, seq) for id in found}
    return dict(sorted(found.items(), key=lambda one: places[one[0]]))


def _doc_at(store: Store, table: str, id: str, seq: int) -> Doc | None:
    last = [number for number in store.journal.state.touched(table, id) if number <= seq]
    return store.journal.record(last[-1]).docs[table][id] if last else None


def _moved(store: Store, table: str, then: Mapping[str, Doc | None], seq: int) -> bool:
    """Whether a document was removed and put again since, so that it now stands behind the others."""
    return any(
        store.journal.record(number).docs[table][id] is None
        for id, doc in then.items()
        if doc is not None
        for number in store.journal.state.touched(table, id)
        if number > seq
    )


def _place(store: Store, table: str, id: str, seq: int) -> tuple[int, int]:
    """Where the document stands in its table: the record that first put it, or put it again after it was
    removed, and its place in that record."""
    place = (0, 0)
    for docs, number in _records(store, table, id, seq):
        if docs[id] is None:
            place = (0, 0)
        elif place == (0, 0):
            place = (number, [*docs].index(id))
    return place


def _records(
    store: Store, table: str, id: str, seq: int
) -> Iterator[tuple[Mapping[str, Doc | None], int]]:
    for number in store.journal.state.touched(table, id):
        if number <= seq:
            yield store.journal.record(number).docs[table], number
