"""Several processes and threads write to one store; some are killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from nqcore.errors import StoreError
from nqcore.store import DamagedJournal, Store, StoreBusy
from tests.support.waiting import LONG, join_all, lines_of

from .helpers import AT, KEY, documents, founded, put, segment, start

WRITER = """
import os, sys
from datetime import UTC, datetime
from nqcore.store import Store
at = datetime(2018, 10, 5, tzinfo=UTC)

def write(folder, name, count):
    store = Store.open(folder, bytes(range(32)), lock_timeout=60)
    for n in range(count):
        with store.change(by=name, do="put", at=at) as change:
            doc = change.get("shared", "sum") or {"n": 0}
            change.put("shared", "sum", {"n": doc["n"] + 1})
            change.put("reports", f"{name}-{n}", {"n": n, "text": "Tăng so với cùng kỳ " * 40})
        print("ACK", n, flush=True)
"""

ONE_WRITER = WRITER + "write(sys.argv[1], sys.argv[2], int(sys.argv[3]))"

# Python takes longer to start than a writer lives here, so one process forks them all.
WRITERS = (
    WRITER
    + """
for name in sys.stdin:
    child = os.fork()
    if child == 0:
        print("PID", os.getpid(), flush=True)
        write(sys.argv[1], name.strip(), 1_000_000)
    os.waitpid(child, 0)
    print("DEAD", flush=True)
"""
)


@pytest.mark.slow
def test_two_processes_of_200_changes_each_give_400(tmp_path: Path) -> None:
    store = founded(tmp_path)
    writers = [start(ONE_WRITER, tmp_path, name, 200) for name in ("a", "b")]
    most = 0
    while any(writer.poll() is None for writer in writers):
        store.refresh()  # a reader in the middle of it all never sees damage or half a change
        n = len(documents(store)) if store.version % 7 == 0 else most
        assert n >= most
        most = n
    for writer in writers:
        out, err = writer.communicate(timeout=LONG)
        assert (writer.returncode, err) == (0, "")
        assert out.count("ACK") == 200
    store.refresh()
    assert store.version == 401
    assert len(documents(store)) == 400
    assert documents(store, "shared") == {"sum": {"n": 400}}
    found = store.verify()
    assert found.ok
    assert found.records == 401
    assert documents(Store.open(tmp_path, KEY)) == documents(store)


def test_many_threads_share_one_store(tmp_path: Path) -> None:
    store = founded(tmp_path)
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for n in range(40):
                with store.change(by=name, do="put", at=AT) as change:
                    doc = change.get("shared", "sum") or {"n": 0}
                    change.put("shared", "sum", {"n": doc["n"] + 1})
                    change.put("reports", f"{name}{n}", {"n": n})
                store.table("reports").search(lambda doc: doc["n"] % 2 == 0)
                store.refresh()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(f"t{k}-",), daemon=True) for k in range(6)]
    for thread in threads:
        thread.start()
    join_all(threads)
    assert failed == []
    assert documents(store, "shared") == {"sum": {"n": 240}}
    assert len(documents(Store.open(tmp_path, KEY))) == 240


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fifty_times_a_killed_writer_loses_nothing_acknowledged(tmp_path: Path) -> None:
    founded(tmp_path).close()
    expected = 0
    writers = start(WRITERS, tmp_path)
    assert writers.stdin is not None
    with lines_of(writers) as lines:
        for turn in range(50):
            print(f"w{turn}", file=writers.stdin, flush=True)
            said = [lines.next() for _ in range(1 + turn % 5)]
            time.sleep(turn % 7 * 0.0004)
            os.kill(int(said[0].split()[1]), signal.SIGKILL)
            # What the killed one had half printed stands in front of the word, and is no line.
            while not (line := lines.next()).endswith("DEAD"):
                said.append(line)
            acked = sum(line.startswith("ACK") for line in said)
            with Store.open(tmp_path, KEY) as store:
                mine = [id for id in documents(store) if id.startswith(f"w{turn}-")]
                assert acked <= len(mine) <= acked + 1  # the one under way may be there too, whole
                expected += len(mine)
                assert len(documents(store)) == expected
                assert documents(store, "shared").get("sum", {"n": 0}) == {"n": expected}
                assert store.verify().ok
        writers.stdin.close()
        assert writers.wait(LONG) == 0
    assert expected > 50


HOLDER = """
import sys, time
from datetime import UTC, datetime
from nqcore.store import Store
store = Store.open(sys.argv[1], bytes(range(32)))
with store.change(by="x", do="hold", at=datetime(2018, 10, 5, tzinfo=UTC)):
    print("HELD", flush=True)
    time.sleep(60)
"""


def test_a_writer_who_waits_too_long_is_told_what_to_do_and_reading_goes_on(
    tmp_path: Path,
) -> None:
    founded(tmp_path).close()
    holder = start(HOLDER, tmp_path)
    with lines_of(holder) as lines:
        assert lines.next() == "HELD"
        store = Store.open(tmp_path, KEY, lock_timeout=0.2)
        begin = time.monotonic()
        with pytest.raises(StoreBusy, match=r"more than 0\.2 s.*nothing was saved.*Try again"):
            put(store, "a", {})
        assert time.monotonic() - begin < 2
        assert store.refresh() == 0
        assert documents(store) == {}
    assert put(store, "a", {}) == 2  # the system gave the dead holder's lock back


def test_a_thread_that_waits_too_long_is_told_the_same(tmp_path: Path) -> None:
    store = founded(tmp_path)
    store.close()
    store = Store.open(tmp_path, KEY, lock_timeout=0.1)
    errors: list[BaseException] = []

    def other() -> None:
        try:
            put(store, "b", {})
        except StoreBusy as error:
            errors.append(error)

    with store.change(by="l", do="hold", at=AT) as change:
        thread = threading.Thread(target=other, daemon=True)
        thread.start()
        join_all([thread])
        change.put("reports", "a", {})
    assert len(errors) == 1
    assert documents(store) == {"a": {}}


def test_half_a_record_of_a_writer_at_work_is_not_yet_there_and_no_damage(tmp_path: Path) -> None:
    with founded(tmp_path) as store:
        put(store, "a", {"x": 1})
        start_of_last = segment(tmp_path).stat().st_size
        put(store, "b", {"x": 2})
    path = segment(tmp_path)
    whole = path.read_bytes()
    head = tmp_path / "journal" / "head"
    path.write_bytes(whole[:start_of_last])
    head_then = head.read_bytes()
    head.unlink()  # as if the last change had not been acknowledged
    reader = Store.open(tmp_path, KEY)
    with Store.open(tmp_path, KEY).journal._lock:  # somebody is writing
        for cut in range(start_of_last, len(whole)):
            path.write_bytes(whole[:cut])
            assert reader.refresh() == 0
            if cut % 40 == 0:
                fresh = Store.open(tmp_path, KEY)
                assert documents(fresh) == {"a": {"x": 1}}
                assert fresh.repairs == ()
        path.write_bytes(whole)
        head.write_bytes(head_then)
        assert reader.refresh() == 1
    assert documents(reader) == {"a": {"x": 1}, "b": {"x": 2}}
    assert reader.verify().ok


def test_a_deleted_lock_file_does_not_let_two_write_at_once(tmp_path: Path) -> None:
    store, other = founded(tmp_path), Store.open(tmp_path, KEY)
    put(store, "a", {})
    (tmp_path / "journal" / "lock").unlink()
    put(other, "b", {})
    other.close()
    other = Store.open(tmp_path, KEY, lock_timeout=0.1)
    with store.change(by="l", do="p", at=AT) as change:
        change.put("reports", "c", {})
        with pytest.raises(StoreBusy):
            other.journal._lock.acquire(0.05)
    assert other.refresh() == 1
    assert set(documents(other)) == {"a", "b", "c"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_does_not_share_its_parents_lock(tmp_path: Path) -> None:
    program = """
import os, sys
from datetime import UTC, datetime
from nqcore.store import Store, StoreBusy
at = datetime(2018, 10, 5, tzinfo=UTC)
store = Store.open(sys.argv[1], bytes(range(32)), lock_timeout=0.1)
def put(id):
    with store.change(by="x", do="put", at=at) as change:
        change.put("reports", id, {})
put("before")
parent = Store.open(sys.argv[1], bytes(range(32)))
r, w = os.pipe()
child = os.fork()
if child == 0:
    os.read(r, 1)
    try:
        put("child")
        os._exit(1)
    except StoreBusy:
        os._exit(0)
with store.change(by="x", do="put", at=at):
    os.write(w, b"x")
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    founded(tmp_path).close()
    out, err = start(program, tmp_path).communicate(timeout=LONG)
    assert (out, err) == ("0\n", "")


def test_a_file_put_in_place_of_the_journals_is_noticed(tmp_path: Path) -> None:
    store = founded(tmp_path / "one")
    put(store, "a", {})
    other = founded(tmp_path / "two")
    put(other, "b", {})
    put(other, "c", {})
    os.replace(segment(tmp_path / "two"), segment(tmp_path / "one"))
    with pytest.raises(DamagedJournal, match="another file"):
        store.refresh()
    with pytest.raises(StoreError):
        put(store, "c", {})
    assert not store.verify().ok
