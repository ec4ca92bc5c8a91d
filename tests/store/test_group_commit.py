"""Several writers share one fsync, and nobody is told "saved" before an fsync that covers them."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from nqcore.store import Store, StoreStopped, writer
from tests.support.waiting import join_all, lines_of

from .helpers import KEY, documents, founded, put, segment, start


class SlowDisk:
    """fdatasync that takes its time and knows how many bytes it made durable."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, fail_at: int = 0) -> None:
        self.path, self.fail_at, self.calls, self.durable = path, fail_at, 0, 0
        monkeypatch.setattr(writer, "sync_data", self.sync)

    def sync(self, fd: int) -> None:
        covered = os.fstat(fd).st_size
        self.calls += 1
        time.sleep(0.02)
        if self.calls == self.fail_at:
            raise OSError(5, "Input/output error")
        self.durable = max(self.durable, covered)


def work(
    store: Store, threads: int, each: int, told: list[tuple[str, int, int]]
) -> list[Exception]:
    """`threads` writers of `each` changes; (id, bytes durable, seq) of every one that was told."""
    errors: list[Exception] = []

    def one(name: int) -> None:
        for n in range(each):
            try:
                seq = put(store, f"{name}-{n}", {"n": n})
            except StoreStopped as error:
                errors.append(error)
                return
            told.append((f"{name}-{n}", seq, n))

    running = [threading.Thread(target=one, args=(k,), daemon=True) for k in range(threads)]
    for thread in running:
        thread.start()
    join_all(running)
    return errors


def test_one_sync_serves_all_threads_that_wrote_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = founded(tmp_path)
    disk = SlowDisk(segment(tmp_path), monkeypatch)
    told: list[tuple[str, int, int]] = []
    assert work(store, 8, 10, told) == []
    assert len(told) == 80
    assert disk.calls < 40  # one each would be 80
    assert disk.durable == segment(tmp_path).stat().st_size
    assert store.verify().ok
    assert len(documents(Store.open(tmp_path, KEY))) == 80


def test_nobody_is_told_before_a_sync_that_covers_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = founded(tmp_path)
    disk = SlowDisk(segment(tmp_path), monkeypatch)
    early: list[str] = []

    def one(name: int) -> None:
        for n in range(6):
            seq = put(store, f"{name}-{n}", {})
            _, offset = store.journal._reader.location_of(seq)
            if disk.durable <= offset:
                early.append(f"{name}-{n}")

    running = [threading.Thread(target=one, args=(k,), daemon=True) for k in range(6)]
    for thread in running:
        thread.start()
    join_all(running)
    assert early == []


def test_a_failed_sync_refuses_everybody_it_was_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = founded(tmp_path)
    disk = SlowDisk(segment(tmp_path), monkeypatch, fail_at=3)
    told: list[tuple[str, int, int]] = []
    errors = work(store, 6, 5, told)
    assert len(errors) == 6
    assert disk.calls == 3  # never again
    monkeypatch.undo()
    with Store.open(tmp_path, KEY) as again:
        assert {id for id, _, _ in told} <= set(documents(again))
        put(again, "after", {})
        assert again.verify().ok


BUSY = """
import sys, threading
from datetime import UTC, datetime
from nqcore.store import Store
store = Store.open(sys.argv[1], bytes(range(32)), lock_timeout=60)
def work(name):
    n = 0
    while True:
        with store.change(by="busy", do="put", at=datetime(2018, 10, 5, tzinfo=UTC)) as change:
            change.put("busy", name, {"n": n})
        n += 1
for name in "abcd":
    threading.Thread(target=work, args=(name,), daemon=True).start()
print("BUSY", flush=True)
sys.stdin.readline()
"""


def test_a_process_that_writes_all_the_time_lets_others_write(tmp_path: Path) -> None:
    founded(tmp_path).close()
    busy = start(BUSY, tmp_path)
    with lines_of(busy) as lines:
        assert lines.next() == "BUSY"
        with Store.open(tmp_path, KEY) as store:
            longest = 0.0
            for n in range(30):
                begin = time.monotonic()
                put(store, f"r{n}", {})
                longest = max(longest, time.monotonic() - begin)
            assert longest < 2
            assert store.version > 100
    with Store.open(tmp_path, KEY) as store:
        assert len(documents(store)) == 30
