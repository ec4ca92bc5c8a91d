"""Where every submission stands, kept in memory and following the store record by record: boards and
lists ask for thousands at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any

from nqcore.collection.tables import SUBMISSIONS
from nqcore.model.submissions import SubmissionState
from nqcore.store import Store


class SubmissionIndex:
    """The state of each submission by its id. Any number of threads may share it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._states: dict[str, SubmissionState] = {}
        self._numbers: dict[str, int] = {}
        self._in: dict[SubmissionState, dict[str, None]] = {state: {} for state in SubmissionState}
        self._seen = -1
        self._lock = Lock()

    def states(self) -> Mapping[str, SubmissionState]:
        """State by id, as of the last record that this process knows. Not to be changed."""
        self._follow()
        return self._states

    def number(self, id: str) -> int | None:
        """The number of the newest revision; None when nothing was entered."""
        self._follow()
        return self._numbers.get(id)

    def ids(self, state: SubmissionState) -> tuple[str, ...]:
        """The submissions that are in `state`."""
        with self._lock:
            self._catch_up()
            return tuple(self._in[state])

    def _follow(self) -> None:
        if self._seen != self._store.version:
            with self._lock:
                self._catch_up()

    def _catch_up(self) -> None:
        """Take over what was written since; everything at the first time."""
        version = self._store.version
        if self._seen == version:
            return
        for id, head in self._first() if self._seen < 0 else self._since():
            state = SubmissionState(head["state"])
            self._numbers[id] = head["revision"]
            was = self._states.get(id)
            if was is not state:
                if was is not None:
                    del self._in[was][id]
                self._states[id] = state
                self._in[state][id] = None
        self._seen = version

    def _first(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for head in self._store.table(SUBMISSIONS):
            yield str(head.doc_id), head

    def _since(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        touched = {
            id for _, table, id in self._store.changes_since(self._seen) if table == SUBMISSIONS
        }
        for id in touched:
            head = self._store.get(SUBMISSIONS, id)
            if head is not None:
                yield id, head
