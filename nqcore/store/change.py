"""One change: several documents of several tables that are written together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import TracebackType

from nqcore.errors import StoreError
from nqcore.store.journal import Journal
from nqcore.store.json_values import Doc, copied, json_document, json_value
from nqcore.store.record import JournalEntry, Receipt
from nqcore.store.seal import EPOCH, EPOCHS


class Change:
    """A `with` block that holds the lock from its beginning and writes one record at its end.

    Inside, reading through the change or through the store's tables shows the newest state of all
    processes and what this change did so far. An exception leaves everything as it was. A block
    that changed nothing writes nothing.
    """

    def __init__(self, journal: Journal, *, by: str, do: str, why: str, at: datetime) -> None:
        if not by or not do:
            raise StoreError(
                detail="A change needs to say who makes it (by) and what it does (do)."
            )
        if do == EPOCH:
            raise StoreError(
                detail=f"The action word “{EPOCH}” is the journal's own; choose another."
            )
        if at.utcoffset() is None:
            raise StoreError(detail=f"The time {at} needs an offset (an aware datetime).")
        self.by, self.do, self.why = (
            json_value(by, "by"),
            json_value(do, "do"),
            json_value(why, "why"),
        )
        self.at = at
        self.pending: dict[str, dict[str, Doc | None]] = {}
        self._journal = journal
        self._open = False
        self._receipt: Receipt | None = None

    @property
    def receipt(self) -> Receipt:
        """Number and hash of the record; StoreError unless one was written."""
        if self._receipt is None:
            raise StoreError(detail="This change has written nothing, so it has no receipt.")
        return self._receipt

    @property
    def open(self) -> bool:
        """Is this the inside of the block?"""
        return self._open

    def get(self, table: str, id: str) -> Doc | None:
        """A copy of the document as this change sees it, or None."""
        pending = self.pending.get(table, {})
        doc = pending[id] if id in pending else self._journal.state.tables.get(table, {}).get(id)
        copy: Doc | None = copied(doc)
        return copy

    def put(self, table: str, id: str, doc: object) -> None:
        """Set the document (a mapping of plain JSON values) under `id`, new or not.

        The document is copied now. StoreError names the place of what cannot be stored exactly.
        """
        self._check(table, id)
        self.pending.setdefault(table, {})[id] = json_document(doc, f"{table}/{id}")

    def drop(self, table: str, id: str) -> bool:
        """Remove the document; False if there was none. Its history stays."""
        self._check(table, id)
        if self.get(table, id) is None:
            return False
        pending = self.pending.setdefault(table, {})
        if id in self._journal.state.tables.get(table, {}):
            pending[id] = None
        else:
            del pending[id]
        return True

    def touched(self) -> Iterator[tuple[str, str]]:
        """Table and id of every document set or dropped so far."""
        return ((table, id) for table, docs in self.pending.items() for id in docs)

    def _check(self, table: str, id: str) -> None:
        if not self._open:
            raise StoreError(detail="This change is not open: use it inside its with block.")
        if table == EPOCHS:
            raise StoreError(detail=f"The table “{EPOCHS}” is the journal's own.")
        for name in (table, id):
            if not isinstance(name, str) or not name:
                raise StoreError(
                    detail=f"{table!r}/{id!r}: a table name and a document id must be text."
                )
            json_value(name, f"{table!r}/{id!r}")

    def __enter__(self) -> Change:
        if self._receipt is not None or self._open:
            raise StoreError(detail="A change can be made once; begin another one.")
        self._journal.begin()
        self._open = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open = False
        try:
            docs = {table: docs for table, docs in self.pending.items() if docs}
            if kind is None and docs:
                entry = JournalEntry(at=self.at, by=self.by, do=self.do, why=self.why, docs=docs)
                self._receipt = self._journal.append(entry)
        finally:
            self._journal.end()
