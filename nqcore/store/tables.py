"""TinyDB tables over the journal: ordinary tables, `Query` and results; writes go into a change.

TinyDB's own `_update_table` gives the whole store to the storage for every insert. Here it gives only
the changed documents to the open change, and reads look into the state's dicts directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, NoReturn

from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from nqcore.errors import StoreError
from nqcore.store.change import Change
from nqcore.store.json_values import Doc, copied
from nqcore.store.state import StoreState


class TableView(Mapping[str, Doc]):
    """One table as it is now, including the open change of this thread. Not copied."""

    def __init__(self, state: StoreState, name: str, pending: Mapping[str, Doc | None]) -> None:
        self._state, self._name, self._pending = state, name, pending

    @property
    def _docs(self) -> dict[str, Doc]:
        return self._state.tables.get(self._name, {})

    def __getitem__(self, id: str) -> Doc:
        doc = self._pending[id] if id in self._pending else self._docs.get(id)
        if doc is None:
            raise KeyError(id)
        return doc

    def __iter__(self) -> Iterator[str]:
        return iter([id for id, _ in self._items()])

    def __len__(self) -> int:
        return len(self._items()) if self._pending else len(self._docs)

    def items(self) -> Any:
        """All (id, document): a list, so that other threads may write during the iteration."""
        return self._items()

    def _items(self) -> list[tuple[str, Doc]]:
        with self._state.lock:
            found = list(self._docs.items())
        if self._pending:
            merged: dict[str, Doc | None] = {**dict(found), **self._pending}
            return [(id, doc) for id, doc in merged.items() if doc is not None]
        return found


class JournalStorage(Storage):
    """The storage of TinyDB's tables. `current` gives the calling thread's open change, or None."""

    def __init__(self, state: StoreState, current: Callable[[], Change | None]) -> None:
        self._state, self._current = state, current

    def __repr__(self) -> str:
        return "the journal"

    def read(self) -> Any:
        """All tables: name -> id -> document, as views."""
        pending = self._pending()
        return {name: self.view(name) for name in {**dict(self._state.tables), **pending}}

    def view(self, name: str) -> TableView:
        """One table."""
        return TableView(self._state, name, self._pending().get(name, {}))

    def write(self, data: Mapping[str, object]) -> NoReturn:
        """Always raises StoreError: the whole store is never rewritten."""
        raise StoreError(detail="Tables are not replaced as a whole; remove their documents.")

    def change(self, name: str) -> Change:
        """The open change that a write to this table belongs to. Raises StoreError without one."""
        change = self._current()
        if change is None:
            raise StoreError(
                detail=f"Writing to the table “{name}” needs `with store.change(by=…, do=…, at=…)` "
                "around it, so that the journal can say who did what, when."
            )
        return change

    def _pending(self) -> Mapping[str, Mapping[str, Doc | None]]:
        change = self._current()
        return {} if change is None else change.pending


class _NoCache:
    """Replaces TinyDB's query cache, which would be out of date after another process writes."""

    def __init__(self, capacity: int | None = None) -> None:
        pass

    def get(self, key: object, default: None = None) -> None:
        return None

    def __setitem__(self, key: object, value: object) -> None:
        pass

    def clear(self) -> None:
        pass


class JournalTable(Table):
    """TinyDB's table with text ids that the caller chooses.

    `get`, `search`, `all` and iteration return copies: changing one changes nothing in the store.
    Writing works only inside `with store.change(…)` and becomes part of its record.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it, its type hints do not
    query_cache_class = _NoCache  # type: ignore[assignment]
    _storage: JournalStorage

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match, as copies, in the order they were first put."""
        return [_copy_of(doc) for doc in super().search(cond)]

    def get(self, *args: Any, **kwargs: Any) -> Any:  # TinyDB: nine overloads for int ids
        """One document by query, `doc_id=` (at once) or `doc_ids=`, as a copy; None if none."""
        found = super().get(*args, **kwargs)
        if isinstance(found, list):
            return [_copy_of(doc) for doc in found]
        return None if found is None else _copy_of(found)

    def __iter__(self) -> Iterator[Document]:
        return map(_copy_of, super().__iter__())

    def update(
        self,
        fields: Mapping[Any, Any] | Callable[[MutableMapping[Any, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """As TinyDB's; `fields` are merged into the matching documents."""
        return super().update(fields, doc_ids=self._matching_ids(cond, doc_ids))

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None
    ) -> list[Any]:
        """As TinyDB's; returns the ids of the removed documents."""
        return super().remove(doc_ids=self._matching_ids(cond, doc_ids))

    def _matching_ids(self, cond: QueryLike | None, ids: Iterable[Any] | None) -> list[Any] | None:
        # TinyDB's updater would read, and so copy, every document to test the condition. Testing
        # here first copies only the matching documents.
        if ids is not None or cond is None:
            return None if ids is None else list(ids)
        return [id for id, doc in self._read_table().items() if cond(doc)]

    def _read_table(self) -> Any:
        return self._storage.view(self.name)

    def _get_next_id(self) -> NoReturn:
        raise StoreError(
            detail=f"A document for the table “{self.name}” needs an id of your choice: "
            "insert(Document(fields, doc_id=id))."
        )

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        change = self._storage.change(self.name)
        touched = _UpdatedTable(self._read_table())
        updater(touched)
        for id in touched.dropped():
            change.drop(self.name, id)
        for id, doc in touched.changed():
            change.put(self.name, id, doc)


class _UpdatedTable(MutableMapping[str, Doc]):
    """A table as TinyDB's updaters see it: keeps copies of the documents they read or change."""

    def __init__(self, base: TableView) -> None:
        self._base = base
        self._copies: dict[str, Doc] = {}
        self._removed: set[str] = set()

    def __getitem__(self, id: str) -> Doc:
        if id in self._removed:
            raise KeyError(id)
        if id not in self._copies:
            self._copies[id] = copied(self._base[id])
        return self._copies[id]

    def __setitem__(self, id: str, doc: Doc) -> None:
        self._copies[id] = doc
        self._removed.discard(id)

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self._copies.pop(id, None)
        self._removed.add(id)

    def __contains__(self, id: object) -> bool:
        return id in self._copies or (id in self._base and id not in self._removed)

    def __iter__(self) -> Iterator[str]:
        yield from [id for id in self._base if id not in self._removed]
        yield from [id for id in self._copies if id not in self._base]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._copies.clear()
        self._removed.update(self._base)

    def dropped(self) -> list[str]:
        return [id for id in self._removed if id in self._base]

    def changed(self) -> Iterator[tuple[str, Doc]]:
        return ((id, doc) for id, doc in self._copies.items() if self._base.get(id) != doc)


def _copy_of(doc: Document) -> Document:
    return Document(copied(dict(doc)), doc.doc_id)
