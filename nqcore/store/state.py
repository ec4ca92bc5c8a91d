"""The newest documents in memory, and the numbers of the records that changed each."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

from nqcore.store.json_values import Doc
from nqcore.store.record import Record


class StoreState:
    """Plain dicts: table -> id -> document. Only the journal changes them, one record at a time.

    `lock` is held while a record is applied; a reader that holds it sees all of a record or nothing
    of it. Documents are never changed in place, only replaced.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.tables: dict[str, dict[str, Doc]] = {}
        self._touched: dict[str, dict[str, int | list[int]]] = {}

    def apply(self, record: Record) -> None:
        """Apply the documents of one record."""
        with self.lock:
            for name, docs in record.docs.items():
                self._apply(record.seq, name, docs)

    def _apply(self, seq: int, name: str, docs: Mapping[str, Doc | None]) -> None:
        table = self.tables.setdefault(name, {})
        touched = self._touched.setdefault(name, {})
        for id, doc in docs.items():
            if doc is None:
                table.pop(id, None)
            else:
                table[id] = doc
            # Most documents are changed once: one number is kept, a list only from the second on.
            before = touched.get(id)
            if before is None:
                touched[id] = seq
            elif isinstance(before, list):
                before.append(seq)
            else:
                touched[id] = [before, seq]

    def parts(self) -> Iterator[tuple[str, dict[str, Doc], dict[str, int | list[int]]]]:
        """Every table: name, documents by id, record numbers by id. Not copied."""
        for name, docs in self.tables.items():
            yield name, docs, self._touched[name]

    def resume(
        self, tables: dict[str, dict[str, Doc]], touched: dict[str, dict[str, int | list[int]]]
    ) -> None:
        """Restore the tables that `parts` gave."""
        with self.lock:
            self.tables, self._touched = tables, touched

    def changed_after(self, seq: int) -> dict[str, list[str]]:
        """By table, the ids of the documents that a record after `seq` changed; also of dropped ones."""
        with self.lock:
            found = {
                name: [id for id, each in ids.items() if _last(each) > seq]
                for name, ids in self._touched.items()
            }
        return {name: ids for name, ids in found.items() if ids}

    def touched(self, name: str, id: str) -> list[int]:
        """Numbers of the records that changed a document, oldest first; also of a dropped one."""
        with self.lock:
            found = self._touched.get(name, {}).get(id, [])
            return list(found) if isinstance(found, list) else [found]


def _last(touched: int | list[int]) -> int:
    return touched[-1] if isinstance(touched, list) else touched
