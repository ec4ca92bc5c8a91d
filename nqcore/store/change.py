"""One change: several documents of several tables that are written together or not at all."""

from __future__ import annotations

from datetime import datetime
from types import TracebackType

from nqcore.errors import StoreError
from nqcore.store.journal import Journal
from nqcore.store.json_values import Doc, copied, json_document, json_value
from nqcore.store.mac import EPOCH, EPOCHS
from nqcore.store.record import FIRST_VERSION, JournalEntry, Receipt


class Change:
    """A `with` block that takes the lock when it begins and writes one record when it ends.

    Inside the block, reads through the change or through the store's tables show the newest state of
    all processes plus what this change did so far. After an exception nothing is written. A block
    that changed nothing writes no record.
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
        self.version = FIRST_VERSION
        self._journal = journal
        self._open = False
        self._receipt: Receipt | None = None

    @property
    def receipt(self) -> Receipt:
        """Number and hash of the record. Raises StoreError when no record was written."""
        if self._receipt is None:
            raise StoreError(detail="This change has written nothing, so it has no receipt.")
        return self._receipt

    def get(self, table: str, id: str) -> Doc | None:
        """A copy of the document as this change sees it, or None."""
        pending = self.pending.get(table, {})
        doc = pending[id] if id in pending else self._journal.state.tables.get(table, {}).get(id)
        copy: Doc | None = copied(doc)
        return copy

    def put(self, table: str, id: str, doc: object, *, version: int = FIRST_VERSION) -> None:
        """Insert or replace the document (a mapping of plain JSON values) under `id`. `version`: the
        version that its record needs at least.

        The document is copied now. Raises StoreError for a value that cannot be stored exactly; the
        message names its place in the document.
        """
        self._check(table, id)
        self.pending.setdefault(table, {})[id] = json_document(doc, f"{table}/{id}")
        self.version = max(self.version, version)

    def drop(self, table: str, id: str) -> bool:
        """Remove the document; False when it does not exist. Its history is kept."""
        self._check(table, id)
        if self.get(table, id) is None:
            return False
        pending = self.pending.setdefault(table, {})
        if id in self._journal.state.tables.get(table, {}):
            pending[id] = None
        else:
            del pending[id]
        return True

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
                entry = JournalEntry(
                    at=self.at,
                    by=self.by,
                    do=self.do,
                    why=self.why,
                    version=self.version,
                    docs=docs,
                )
                self._receipt = self._journal.append(entry)
        finally:
            self._journal.end()
