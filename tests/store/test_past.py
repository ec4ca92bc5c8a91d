"""The store as it was after any of its records: the same documents, in the same order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.errors import StoreError
from nqcore.store import Store
from nqcore.store.past import store_at

NOW = datetime(2018, 10, 5, tzinfo=UTC)
Steps = list[dict[tuple[str, str], int | None]]

deeds = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("wxyz")),
    st.one_of(st.none(), st.integers(0, 9)),
    min_size=1,
    max_size=3,
)


def everything(store: Store) -> dict[str, list[tuple[str, dict[str, object]]]]:
    """Every document of every table, in order."""
    found = {
        name: [(str(doc.doc_id), dict(doc)) for doc in store.table(name)] for name in store.tables()
    }
    return {name: docs for name, docs in found.items() if docs}


def write(store: Store, step: dict[tuple[str, str], int | None]) -> None:
    with store.change(by="t", do="put", at=NOW) as change:
        for (table, id), number in step.items():
            if number is None:
                change.drop(table, id)
            else:
                change.put(table, id, {"n": number})


@settings(max_examples=60, deadline=None)
@given(st.lists(deeds, min_size=1, max_size=8))
def test_it_has_what_the_store_had_then_in_the_same_order(
    tmp_path_factory: pytest.TempPathFactory, steps: Steps
) -> None:
    with Store.create(tmp_path_factory.mktemp("past"), None, at=NOW, by="t") as store:
        then = {store.version: (everything(store), store.head)}
        for step in steps:
            write(store, step)
            then[store.version] = everything(store), store.head
        for seq, (documents, head) in then.items():
            past = store_at(store, seq)
            assert everything(past) == documents
            assert (past.version, past.head) == (seq, head)


def test_it_stands_still_while_the_store_goes_on(tmp_path: Path) -> None:
    with Store.create(tmp_path, None, at=NOW, by="t") as store:
        write(store, {("a", "x"): 1})
        past = store_at(store, store.version)
        write(store, {("a", "x"): 2, ("a", "y"): 3})
        assert everything(past) == {"epochs": everything(store)["epochs"], "a": [("x", {"n": 1})]}
        assert past.refresh() == 0
        assert [entry.doc for entry in past.history("a", "x")] == [{"n": 1}]
        assert past.history("a", "y") == ()
        assert [*past.changes_since(past.version)] == []


def test_nothing_is_written_to_it_and_closing_it_closes_nothing(tmp_path: Path) -> None:
    with Store.create(tmp_path, None, at=NOW, by="t") as store:
        past = store_at(store, 1)
        with pytest.raises(StoreError):
            past.change(by="t", do="put", at=NOW)
        past.close()
        write(store, {("a", "x"): 1})
        assert store.verify().ok


@pytest.mark.parametrize("seq", [0, -1, 2])
def test_a_record_that_there_is_not_is_refused(tmp_path: Path, seq: int) -> None:
    with Store.create(tmp_path, None, at=NOW, by="t") as store, pytest.raises(StoreError):
        store_at(store, seq)


def test_a_store_that_was_opened_from_its_snapshot_gives_the_same(tmp_path: Path) -> None:
    with Store.create(tmp_path, None, at=NOW, by="t") as store:
        write(store, {("a", "x"): 1, ("a", "y"): 1})
        write(store, {("a", "x"): None})
        middle = everything(store)
        write(store, {("a", "x"): 2})
        store.journal.take_snapshot()
    with Store.open(tmp_path) as again:
        assert everything(store_at(again, 3)) == middle
