"""Durable submissions per second: nqcore.store beside sqlite3 (WAL, synchronous=FULL) and TinyDB.

Every contender holds the same submissions of twenty figures and commits the same new ones. Contenders
and sizes take turns (commit by commit with one writer, in short rounds with several), so that whatever
else the machine does hits all alike. TinyDB's own JSON file is not crash-safe, and costs time in
proportion to what it holds; it gets fewer turns, and one writer only, since two would destroy it.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import tinydb

from nqcore.store import Store, writer
from tests.support.waiting import join_all

KEY = b"k" * 32
_AT = datetime(2018, 10, 5, 8, tzinfo=UTC)
_Put = Callable[[str, dict[str, Any]], object]
ROUNDS = 9
_HOUR = 3600.0
"""No round takes that long."""
"""Of every contender, with several writers."""


def document(number: int) -> dict[str, Any]:
    """One report of a commune with twenty figures, as the store keeps revisions."""
    return {
        "submission": f"2018-Q3_res20.q_xa-{number}",
        "unit": f"xa-{number}",
        "form": "res20.q",
        "period": "2018-Q3",
        "number": 1,
        "state": "draft",
        "step": "save",
        "answers": {"figures": {f"B{row}": str(row * number % 99_991) for row in range(20)}},
        "by": "lan",
        "at": "2018-10-05T08:00:00+07:00",
    }


def run(args: list[str]) -> dict[str, Any]:
    """Commits per second at each of `--sizes` stored (default 1000 10000 100000), with 1 and with 8
    writers, and what opening the largest costs."""
    parser = argparse.ArgumentParser(prog="store")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--dir", default=None, help="a folder on the disk to measure")
    options = parser.parse_args(args)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=options.dir) as folder, ExitStack() as open_until:
        sizes = [_Size(Path(folder), size, open_until) for size in options.sizes]
        figures |= _in_turn(sizes, options.turns)
        figures |= _several(sizes, options.turns, options.writers)
        same = all(each.alike() for each in sizes)
        figures |= _opening(sizes[-1])
    return {
        "bench": "store",
        "unit": "commits per s; seconds and MB of opening",
        "size": options.sizes[-1],
        "results": figures | _ratios(figures, options.sizes, options.writers),
        "identical": same,
    }


def _ratios(figures: dict[str, float], sizes: list[int], writers: int) -> dict[str, float]:
    """Ours against SQLite, and the slowest of our sizes against the fastest."""
    found = {}
    for many in (1, writers):
        ours = [figures[f"nqcore, {many} writers, {size:,} stored"] for size in sizes]
        theirs = [figures[f"sqlite3, {many} writers, {size:,} stored"] for size in sizes]
        for size, own, other in zip(sizes, ours, theirs, strict=True):
            found[f"nqcore / sqlite3, {many} writers, {size:,} stored"] = round(own / other, 2)
        found[f"nqcore, {many} writers: slowest size / fastest"] = round(min(ours) / max(ours), 2)
    return found


class _Size:
    """All contenders with the same number of submissions stored."""

    def __init__(self, folder: Path, size: int, open_until: ExitStack) -> None:
        self.size = self.next = size
        self.folder, self.database = folder / f"ws{size}", folder / f"sqlite{size}.db"
        filled = {f"r{number}": document(number) for number in range(size)}
        _fill(self.folder, filled.items())
        _sqlite(self.database, filled)
        self.store = open_until.enter_context(Store.open(self.folder, KEY))
        self._base = open_until.enter_context(closing(_connected(self.database)))
        self.contenders: dict[str, _Put] = {
            "nqcore": lambda id, doc: _nqcore(self.store, id, doc),
            "sqlite3": lambda id, doc: _insert(self._base, id, doc),
        }
        if size <= 10_000:  # beyond, one insert takes half a minute
            plain = open_until.enter_context(tinydb.TinyDB(folder / f"plain{size}.json"))
            plain.insert_multiple({"id": id, **doc} for id, doc in filled.items())
            self.contenders["tinydb"] = lambda id, doc: plain.insert({"id": id, **doc})

    def alike(self) -> bool:
        """Do ours and SQLite hold the same now?"""
        ours = {str(doc.doc_id): dict(doc) for doc in self.store.table("reports")}
        rows = self._base.execute("select id, doc from docs")
        return ours == {id: json.loads(text) for id, text in rows}


def _in_turn(sizes: list[_Size], turns: int) -> dict[str, float]:
    """One writer: every contender at every size commits once, then again."""
    times: dict[str, list[float]] = {}
    for turn in range(turns):
        for each in sizes:
            doc = document(each.next)
            for name, put in each.contenders.items():
                if name == "tinydb" and turn >= 5:
                    continue
                begin = time.perf_counter()
                put(f"r{each.next}", doc)
                seconds = time.perf_counter() - begin
                times.setdefault(f"{name}, 1 writers, {each.size:,} stored", []).append(seconds)
            each.next += 1
    return {name: round(1 / median(each), 1) for name, each in times.items()}


def _several(sizes: list[_Size], turns: int, writers: int) -> dict[str, float]:
    """Threads of one process, as the web server's; the median of `ROUNDS` rounds each."""
    rates: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for each in sizes:
            for name in ("nqcore", "sqlite3"):
                rate = turns / _threads(name, each, turns, writers)
                rates.setdefault(f"{name}, {writers} writers, {each.size:,} stored", []).append(
                    rate
                )
            each.next += turns
    return {name: round(median(found), 1) for name, found in rates.items()}


def _threads(name: str, each: _Size, turns: int, writers: int) -> float:
    gate = threading.Barrier(writers + 1)

    def work(share: int) -> None:
        base = _connected(each.database) if name == "sqlite3" else None
        gate.wait(_HOUR)
        for number in range(each.next + share, each.next + turns, writers):
            if base is None:
                _nqcore(each.store, f"r{number}", document(number))
            else:
                _insert(base, f"r{number}", document(number))
        gate.wait(_HOUR)
        if base is not None:
            base.close()

    threads = [
        threading.Thread(target=work, args=(share,), daemon=True) for share in range(writers)
    ]
    for thread in threads:
        thread.start()
    gate.wait(_HOUR)
    begin = time.perf_counter()
    gate.wait(_HOUR)
    seconds = time.perf_counter() - begin
    join_all(threads)
    return seconds


_OPEN = """
import re, sys, time
from nqcore.store import Store
begin = time.perf_counter()
store = Store.open(sys.argv[1], b"k" * 32)
seconds = time.perf_counter() - begin
# The most this program had; getrusage would count its parent's memory, too.
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(seconds, int(peak[1]) / 1024)
"""


def _opening(each: _Size) -> dict[str, float]:
    """Of a program that was just started: reading every record, then from a snapshot."""
    found = {}
    folder = each.folder
    snapshot = folder / "journal" / "snapshot"
    snapshot.unlink(missing_ok=True)
    for name in ("every record, leaving a snapshot", "from the snapshot"):
        command = (sys.executable, "-c", _OPEN, str(folder))
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
        said = done.stdout.split()
        found[f"opening {each.size:,}, {name}: s"] = round(float(said[0]), 2)
        found[f"opening {each.size:,}, {name}: MB"] = round(float(said[1]))
    return found


def _nqcore(store: Store, id: str, doc: dict[str, Any]) -> None:
    with store.change(by="bench", do="put", at=_AT) as change:
        change.put("reports", id, doc)


def _fill(folder: Path, docs: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """One record for each, as they would have come in; not synced one by one."""
    sync, writer.sync_data = writer.sync_data, lambda fd: None
    try:
        with Store.create(folder, KEY, _AT, "bench") as store:
            for id, doc in docs:
                _nqcore(store, id, doc)
    finally:
        writer.sync_data = sync


def _sqlite(path: Path, docs: dict[str, dict[str, Any]]) -> None:
    base = _connected(path)
    base.execute("create table docs(id text primary key, doc text)")
    base.execute("begin")
    rows = ((id, json.dumps(doc, ensure_ascii=False)) for id, doc in docs.items())
    base.executemany("insert into docs values(?, ?)", rows)
    base.execute("commit")
    base.close()


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    return base


def _insert(base: sqlite3.Connection, id: str, doc: dict[str, Any]) -> None:
    base.execute("insert into docs values(?, ?)", (id, json.dumps(doc, ensure_ascii=False)))
