"""The tables answer as stock TinyDB does on the same documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinydb
from tinydb import Query, where
from tinydb.operations import add, delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document as _Document
from tinydb.table import Table

from nqcore.errors import StoreError
from nqcore.store import Store

from .helpers import AT, KEY, documents, founded


def Document(fields: dict[str, Any], id: str | int) -> _Document:
    """TinyDB's document with a text id, which its hints do not know."""
    return _Document(fields, id)  # type: ignore[arg-type]


class TextIds(Table):
    document_id_class = str  # type: ignore[assignment]


def doc(n: int) -> dict[str, Any]:
    states = ("draft", "sent", "accepted")
    cells = {f"B{k}": {"v": str(n * k), "tags": ["x"] * (n % 3)} for k in range(3)}
    return {"unit": f"xa-{n % 7}", "n": n, "state": states[n % 3], "cells": cells}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Store, Table, Table]]:
    store = founded(tmp_path)
    with store.change(by="l", do="fill", at=AT) as change:
        for n in range(40):
            change.put("t", f"id{n}", doc(n))
    db = tinydb.TinyDB(storage=MemoryStorage)
    stock = TextIds(db.storage, "t")
    stock.insert_multiple(Document(doc(n), f"id{n}") for n in range(40))
    yield store, store.table("t"), stock
    store.close()


def told(found: Any) -> Any:
    """A result with its ids."""
    if isinstance(found, list):
        return [told(each) for each in found]
    return (found.doc_id, dict(found)) if isinstance(found, _Document) else found


q = Query()
CONDITIONS = [
    q.state == "sent",
    q.n > 30,
    (q.unit == "xa-3") & ~(q.state == "draft"),
    q.cells.B2.v == "4",
    q.cells.B1.tags.any(["x"]),
    q.cells.B1.tags.all(["x", "x"]),
    q.unit.matches("xa-[12]"),
    q.unit.search("5"),
    q.missing.exists(),
    q.unit.one_of(["xa-1", "xa-9"]),
    q.n.test(lambda n: n % 5 == 0),
    q.fragment({"state": "sent", "unit": "xa-1"}),
    where("state") != "sent",
    Query().noop(),
    q.n.map(lambda n: n // 10) == 2,
]


@pytest.mark.parametrize("number", range(len(CONDITIONS)))
def test_queries_find_what_stock_tinydb_finds(
    pair: tuple[Store, Table, Table], number: int
) -> None:
    _, ours, stock = pair
    cond = CONDITIONS[number]
    assert told(ours.search(cond)) == told(stock.search(cond))
    assert told(ours.get(cond)) == told(stock.get(cond))
    assert ours.contains(cond) == stock.contains(cond)
    assert ours.count(cond) == stock.count(cond)
    assert told(ours.search(cond)) == told(stock.search(cond))  # also the second time


def test_getting_by_id_and_reading_all_is_stock(pair: tuple[Store, Table, Table]) -> None:
    _, ours, stock = pair
    for table in (ours, stock):
        assert told(table.get(doc_id="id3")) == ("id3", doc(3))  # type: ignore[call-overload]
        assert table.get(doc_id="none") is None  # type: ignore[call-overload]
        assert table.contains(doc_id="id3")  # type: ignore[arg-type]
        assert not table.contains(doc_id="id99")  # type: ignore[arg-type]
        assert len(table) == 40
        with pytest.raises(RuntimeError):
            table.get()
    some = told(ours.get(doc_ids=["id5", "id2", "no"]))
    assert some == told(stock.get(doc_ids=["id5", "id2", "no"]))
    assert told(ours.all()) == told(stock.all())
    assert told(list(ours)) == told(list(stock))


WRITES: list[Any] = [
    lambda t: t.insert(Document({"n": 1}, "new")),
    lambda t: t.insert_multiple([Document({"n": 1}, "x"), Document({"n": 2}, "y")]),
    lambda t: t.update({"state": "accepted"}, q.unit == "xa-3"),
    lambda t: t.update(increment("n"), q.n < 5),
    lambda t: t.update(add("n", 7)),
    lambda t: t.update(delete("cells"), doc_ids=["id4", "id99"]),
    lambda t: t.update({"state": "sent"}, q.state == "nothing"),
    lambda t: t.update_multiple([({"n": 0}, q.n == 1), ({"state": "z"}, q.n == 0)]),
    lambda t: t.update(lambda d: d["cells"]["B1"].update(v="9"), q.n == 8),
    lambda t: t.upsert({"state": "void"}, q.n == 12),
    lambda t: t.upsert(Document({"n": -1}, "id6")),
    lambda t: t.upsert(Document({"n": -1}, "fresh")),
    lambda t: t.remove(q.state == "draft"),
    lambda t: t.remove(doc_ids=["id1", "id2", "id77"]),
    lambda t: t.truncate(),
]


@pytest.mark.parametrize("number", range(len(WRITES)))
def test_tinydbs_own_writing_inside_a_change_does_what_stock_does_and_is_kept(
    pair: tuple[Store, Table, Table], tmp_path: Path, number: int
) -> None:
    store, ours, stock = pair
    with store.change(by="l", do="write", at=AT):
        assert WRITES[number](ours) == WRITES[number](stock)
        assert told(ours.all()) == told(stock.all())
    assert {d.doc_id: d for d in ours} == {d.doc_id: d for d in stock}
    assert documents(Store.open(tmp_path, KEY), "t") == documents(store, "t")


def test_several_writings_in_one_change_are_one_record(
    pair: tuple[Store, Table, Table],
) -> None:
    store, ours, stock = pair
    before = store.version
    with store.change(by="l", do="write", at=AT):
        for write in WRITES[:-1]:
            try:
                expected = write(stock)
            except ValueError:
                continue
            assert write(ours) == expected
    assert store.version == before + 1
    assert {d.doc_id: d for d in ours} == {d.doc_id: d for d in stock}


def test_an_update_that_changes_nothing_writes_nothing(pair: tuple[Store, Table, Table]) -> None:
    store, ours, _ = pair
    before = store.version
    with store.change(by="l", do="write", at=AT):
        assert ours.update({"state": "sent"}, q.state == "sent")
    assert store.version == before


def test_writing_outside_a_change_says_what_is_missing(pair: tuple[Store, Table, Table]) -> None:
    _, ours, _ = pair
    for write in (*WRITES, lambda t: t.insert({"n": 1})):
        with pytest.raises(StoreError, match=r"store\.change|id of your choice"):
            write(ours)
    assert len(ours) == 40


def test_a_document_without_an_id_and_one_whose_id_is_taken_are_refused(
    pair: tuple[Store, Table, Table],
) -> None:
    store, ours, _ = pair
    with store.change(by="l", do="write", at=AT):
        with pytest.raises(StoreError, match="id of your choice"):
            ours.insert({"n": 1})
        with pytest.raises(ValueError, match="already exists"):
            ours.insert(Document({"n": 1}, "id1"))
        with pytest.raises(StoreError, match="must be text"):
            ours.insert(Document({"n": 1}, 5))
    assert len(ours) == 40


def test_the_storage_lists_the_tables_and_does_not_let_them_be_replaced(
    pair: tuple[Store, Table, Table],
) -> None:
    store, ours, _ = pair
    assert store.tables() == ("epochs", "t")
    assert store.table("t") is ours
    assert store.table("unknown").all() == []
    assert "t" in repr(ours)
    with pytest.raises(StoreError, match="as a whole"):
        ours.storage.write({})


def test_a_search_by_another_process_is_never_answered_from_a_cache(
    pair: tuple[Store, Table, Table], tmp_path: Path
) -> None:
    store, ours, _ = pair
    other = Store.open(tmp_path, KEY)
    assert ours.count(q.n == 3) == 1
    with other.change(by="m", do="edit", at=AT) as change:
        change.put("t", "id3", {"n": 100})
    assert store.refresh() == 1
    assert ours.count(q.n == 3) == 0
    assert ours.count(q.n == 100) == 1


def test_tinydbs_own_clearing_of_its_cache_finds_every_document_again(tmp_path: Path) -> None:
    with founded(tmp_path) as store:
        with store.change(by="x", do="note", at=AT) as change:
            change.put("notes", "a", {"n": 1})
        table = store.table("notes")
        assert [dict(doc) for doc in table.search(Query().n == 1)] == [{"n": 1}]
        table.clear_cache()
        assert [dict(doc) for doc in table.search(Query().n == 1)] == [{"n": 1}]
