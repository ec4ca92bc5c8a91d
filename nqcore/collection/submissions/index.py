"""The state and the newest revision number of every submission, kept in memory and brought up to date
from the store record by record: boards and lists need thousands of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date
from threading import Lock
from typing import Any

from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.model.submissions import SubmissionState, report_of_units
from nqcore.store import Store


class SubmissionIndex:
    """State and revision number of each submission, by its id, and of each form and period the units in each
    state. Threads may share one index.

    `until`: the index as it was at the end of that day, by the newest revision that was made until then; a
    submission without one is not in it. None: as it is now.
    """

    def __init__(self, store: Store, until: date | None = None) -> None:
        self._store, self._until = store, until
        self._states: dict[str, SubmissionState] = {}
        self._numbers: dict[str, int] = {}
        self._units: dict[str, dict[SubmissionState, set[str]]] = {}
        self._version = -1
        self._lock = Lock()

    def states(self) -> Mapping[str, SubmissionState]:
        """The states by id, up to the last record that this process has read. Do not change the mapping."""
        self._follow()
        return self._states

    def number(self, id: str) -> int | None:
        """The number of the newest revision; None where nothing was entered."""
        self._follow()
        return self._numbers.get(id)

    def ids(self, state: SubmissionState) -> tuple[str, ...]:
        """The ids of the submissions that are in `state`."""
        with self._lock:
            self._catch_up()
            return tuple(
                f"{report}_{unit}"
                for report, units in self._units.items()
                for unit in units.get(state, ())
            )

    def units(self, period: str, form: str, states: Set[SubmissionState]) -> frozenset[str]:
        """The codes of the units whose report of that period and form is in one of `states`."""
        with self._lock:
            self._catch_up()
            found = self._units.get(report_of_units(period, form), {})
            return frozenset[str]().union(*(found[state] for state in states & found.keys()))

    def _follow(self) -> None:
        if self._version != self._store.version:
            with self._lock:
                self._catch_up()

    def _catch_up(self) -> None:
        """Read what was written since the last time; at the first time, read everything."""
        version = self._store.version
        if self._version == version:
            return
        for id, newest in self._all_heads() if self._version < 0 else self._changed_heads():
            head = newest if self._until is None else self._head_by(self._until, id, newest)
            if head is None:
                continue
            state = SubmissionState(head["state"])
            self._numbers[id] = head["revision"]
            old = self._states.get(id)
            if old is not state:
                self._states[id] = state
                report, _, unit = id.rpartition("_")
                units = self._units.setdefault(report, {})
                if old is not None:
                    units[old].discard(unit)
                units.setdefault(state, set()).add(unit)
        self._version = version

    def _all_heads(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for head in self._store.table(SUBMISSIONS):
            yield str(head.doc_id), head

    def _changed_heads(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        touched = {
            id for _, table, id in self._store.changes_since(self._version) if table == SUBMISSIONS
        }
        for id in touched:
            head = self._store.get(SUBMISSIONS, id)
            if head is not None:
                yield id, head

    def _head_by(self, day: date, id: str, newest: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The head that the submission had at the end of `day`; None where nothing was entered until then."""
        for number in range(newest["revision"], 0, -1):
            revision = self._store.get(REVISIONS, f"{id}#{number}")
            assert revision is not None  # a store keeps every revision
            if date.fromisoformat(revision["at"][:10]) <= day:
                return {"revision": number, "state": revision["state"]}
        return None
