"""Changes: what is written is there after opening again, together or not at all."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.errors import StoreError
from nqcore.store import Store
from tests.support.waiting import join_all

from .helpers import AT, KEY, LATER, documents, founded, put


def test_a_change_is_there_after_opening_again(tmp_path: Path) -> None:
    doc = {
        "B6": "1310.50",
        "note": "Tăng\nso với cùng kỳ",
        "n": 3,
        "ok": True,
        "none": None,
        "l": [],
    }
    with founded(tmp_path) as store:
        put(store, "VX|2018-Q3", doc)
    with Store.open(tmp_path, KEY) as store:
        assert documents(store) == {"VX|2018-Q3": doc}
        assert store.version == 2
        assert store.notes == store.repairs == ()
        assert store.verify().ok


def test_one_change_of_several_tables_is_one_record(tmp_path: Path) -> None:
    store = founded(tmp_path)
    with store.change(by="lan", do="send", why="quý III", at=LATER) as change:
        change.put("reports", "a", {"x": 1})
        change.put("values", "a|B6", {"v": "2"})
    assert change.receipt.seq == store.version == 2
    record = store.record(2)
    assert record.docs == {"reports": {"a": {"x": 1}}, "values": {"a|B6": {"v": "2"}}}
    assert (record.by, record.do, record.why) == ("lan", "send", "quý III")
    assert datetime.fromisoformat(record.at) == LATER
    assert change.receipt == store.head


def test_an_exception_leaves_everything_as_it_was(tmp_path: Path) -> None:
    store = founded(tmp_path)
    put(store, "a", {"x": 1})
    try:
        with store.change(by="lan", do="edit", at=AT) as change:
            change.put("reports", "a", {"x": 2})
            change.put("reports", "b", {"x": 3})
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert documents(store) == {"a": {"x": 1}}
    assert store.version == 2
    assert documents(Store.open(tmp_path, KEY)) == {"a": {"x": 1}}
    put(store, "b", {"x": 4})  # and the lock was given back


def test_a_change_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    store = founded(tmp_path)
    with store.change(by="lan", do="look", at=AT) as change:
        assert change.get("reports", "a") is None
        assert not change.drop("reports", "a")
        change.put("reports", "b", {})
        assert change.drop("reports", "b")
    assert store.version == 1
    with pytest.raises(StoreError, match="no receipt"):
        _ = change.receipt


def test_inside_a_change_its_own_steps_show_and_other_threads_do_not_see_them(
    tmp_path: Path,
) -> None:
    store = founded(tmp_path)
    put(store, "a", {"x": 1})
    with store.change(by="lan", do="edit", at=AT) as change:
        change.put("reports", "a", {"x": 2})
        change.put("reports", "b", {"x": 3})
        assert change.get("reports", "a") == {"x": 2}
        assert documents(store) == {"a": {"x": 2}, "b": {"x": 3}}
        assert len(store.table("reports")) == 2
        change.drop("reports", "a")
        assert change.get("reports", "a") is None
        assert "a" not in documents(store)
        import threading

        seen: list[Any] = []
        thread = threading.Thread(target=lambda: seen.append(documents(store)), daemon=True)
        thread.start()
        join_all([thread])
        assert seen == [{"a": {"x": 1}}]
    assert documents(store) == {"b": {"x": 3}}


def test_a_second_change_inside_a_change_is_refused(tmp_path: Path) -> None:
    store = founded(tmp_path)
    with store.change(by="lan", do="edit", at=AT) as change:
        with (
            pytest.raises(StoreError, match="open in this thread already"),
            store.change(by="lan", do="edit", at=AT),
        ):
            pass
        change.put("reports", "a", {})
    assert documents(store) == {"a": {}}
    with pytest.raises(StoreError, match="not open"):
        change.put("reports", "b", {})
    with pytest.raises(StoreError, match="once"), change:
        pass


def test_what_the_caller_does_to_a_document_afterwards_does_not_reach_the_store(
    tmp_path: Path,
) -> None:
    store = founded(tmp_path)
    doc = {"cells": {"B6": "1"}, "list": [1]}
    with store.change(by="lan", do="put", at=AT) as change:
        change.put("reports", "a", doc)
        doc["cells"]["B6"] = "2"  # type: ignore[index]
        got = change.get("reports", "a")
        assert got is not None
        got["list"].append(2)
    found = store.table("reports").get(doc_id="a")  # type: ignore[call-overload]
    found["cells"]["B6"] = "3"
    for hit in (store.table("reports").all()[0], store.table("reports").search(lambda d: True)[0]):
        assert hit == {"cells": {"B6": "1"}, "list": [1]}
        hit["list"].append(9)
    assert documents(store) == {"a": {"cells": {"B6": "1"}, "list": [1]}}


class Colour(str, Enum):  # noqa: UP042 - the older kind prints its own name
    RED = "red"


@pytest.mark.parametrize(
    ("doc", "said"),
    [
        ({"v": 1.5}, r"reports/a\.'v': float 1\.5 cannot be stored; write figures as text"),
        ({"v": float("nan")}, "nan cannot be stored"),
        ({"a": [{"b": {1}}]}, r"reports/a\.'a'\[0\]\.'b': set"),
        ({1: "x"}, "key 1 must be text"),
        ({"v": 2**63}, "too large"),
        ({"v": "half \ud800"}, "character 6 is half a surrogate pair"),
        ({"\ud800": 1}, "surrogate"),
        ([1], "must be a mapping, not list"),
        ({"v": b"x"}, "bytes"),
        ({"v": datetime(2018, 1, 1)}, "datetime"),
    ],
)
def test_what_cannot_be_stored_exactly_is_refused_with_its_place(
    tmp_path: Path, doc: object, said: str
) -> None:
    store = founded(tmp_path)
    with pytest.raises(StoreError, match=said), store.change(by="l", do="p", at=AT) as change:
        change.put("reports", "a", doc)
    assert store.version == 1


def test_nesting_has_an_end(tmp_path: Path) -> None:
    deep: Any = {}
    for _ in range(70):
        deep = {"d": deep}
    store = founded(tmp_path)
    with pytest.raises(StoreError, match="nested"):
        put(store, "a", deep)


def test_relatives_of_plain_types_are_stored_as_plain_ones(tmp_path: Path) -> None:
    store = founded(tmp_path)
    put(store, "a", OrderedDict(t=(1, 2), c=Colour.RED))
    assert documents(store) == documents(Store.open(tmp_path, KEY))
    assert documents(store) == {"a": {"t": [1, 2], "c": "red"}}


def test_a_change_must_say_who_what_and_when(tmp_path: Path) -> None:
    store = founded(tmp_path)
    with pytest.raises(StoreError, match="who"):
        store.change(by="", do="put", at=AT)
    with pytest.raises(StoreError, match="what"):
        store.change(by="lan", do="", at=AT)
    with pytest.raises(StoreError, match="offset"):
        store.change(by="lan", do="put", at=datetime(2018, 1, 1))
    with pytest.raises(StoreError, match="own"):
        store.change(by="lan", do="epoch", at=AT)
    with pytest.raises(StoreError, match="own"):
        put(store, "1", {"key": None}, table="epochs")
    for table, id in (("", "a"), ("reports", ""), ("reports", 1)):
        with pytest.raises(StoreError, match="must be text"):
            put(store, id, {}, table=table)  # type: ignore[arg-type]


def test_a_closed_store_takes_no_change(tmp_path: Path) -> None:
    store = founded(tmp_path)
    put(store, "a", {})
    store.close()
    with pytest.raises(StoreError, match="closed"):
        put(store, "b", {})
    assert documents(store) == {"a": {}}


def test_history_tells_every_record_that_touched_a_document(tmp_path: Path) -> None:
    store = founded(tmp_path)
    put(store, "a", {"x": 1}, by="lan", do="draft")
    put(store, "b", {"x": 9})
    put(store, "a", {"x": 2}, by="hoa", do="send", why="đủ số liệu", at=LATER)
    with store.change(by="minh", do="remove", at=LATER) as change:
        change.drop("reports", "a")
    for each in (store, Store.open(tmp_path, KEY)):
        touches = each.history("reports", "a")
        assert [(t.seq, t.by, t.do, t.why, t.doc) for t in touches] == [
            (2, "lan", "draft", "", {"x": 1}),
            (4, "hoa", "send", "đủ số liệu", {"x": 2}),
            (5, "minh", "remove", "", None),
        ]
        assert touches[1].at == LATER
        assert touches[2].hash == store.head.hash
        assert each.history("reports", "c") == each.history("nothing", "a") == ()


def test_changes_since_a_version_are_told_once_each(tmp_path: Path) -> None:
    store = founded(tmp_path)
    version = store.version
    put(store, "a", {})
    with store.change(by="l", do="p", at=AT) as change:
        change.put("reports", "b", {})
        change.put("values", "c", {})
        change.drop("reports", "a")
    assert list(store.changes_since(version)) == [
        (2, "reports", "a"),
        (3, "reports", "b"),
        (3, "reports", "a"),
        (3, "values", "c"),
    ]
    assert list(store.changes_since(2)) == list(store.changes_since(version))[1:]
    assert list(store.changes_since(3)) == []
    with pytest.raises(StoreError, match="no record 4"):
        store.record(4)


_texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_steps = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["t", "bảng 2"]),
            st.sampled_from(["a", "b", "c|2018-Q3", "\n", "ệ\u2028"]),
            st.none() | st.dictionaries(_texts, _values, max_size=4),
        ),
        max_size=4,
    ),
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(steps=_steps)
def test_any_run_of_puts_and_drops_equals_a_dict_also_after_opening_again(
    steps: list[list[tuple[str, str, Any]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("run")
    expected: dict[str, dict[str, Any]] = {"t": {}, "bảng 2": {}}
    with founded(folder) as store, Store.open(folder, KEY) as other:
        for step in steps:
            with store.change(by="l", do="p", at=AT) as change:
                for table, id, doc in step:
                    if doc is None:
                        assert change.drop(table, id) == (expected[table].pop(id, None) is not None)
                    else:
                        change.put(table, id, doc)
                        expected[table][id] = doc
        other.refresh()
        with Store.open(folder, KEY) as again:
            for each in (store, other, again):
                for table in expected:
                    assert documents(each, table) == expected[table]
                    assert set(documents(each, table)) == set(expected[table])
            assert again.verify().ok
            assert again.head == store.head == other.head
