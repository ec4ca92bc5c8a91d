"""Durable commits per second: nqcore.store against sqlite3 (WAL, synchronous=FULL) and TinyDB.

Every contender holds the same documents and commits the same new ones in turn, so that whatever
else the machine does hits all alike. TinyDB's own JSON file is not crash-safe, and costs time in
proportion to what it holds; it gets fewer turns.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import tinydb

from nqcore.store import Store

_AT = datetime(2018, 10, 5, 8, tzinfo=UTC)
_Put = Callable[[str, dict[str, Any]], object]


def document(number: int) -> dict[str, Any]:
    """One report of a commune, about 1 KB as JSON."""
    return {
        "unit": f"xa-{number % 3321}",
        "period": f"{2008 + number % 11}-Q{number % 4 + 1}",
        "state": "sent",
        "by": "lan",
        "revision": 1,
        "cells": {f"B{row}": str(row * number % 99_991) for row in range(40)},
        "text": f"Tăng so với cùng kỳ, {number}. " * 12,
    }


def run(args: list[str]) -> dict[str, Any]:
    """Medians of `--turns` commits with each of `--sizes` documents stored (default 1000 10000)."""
    parser = argparse.ArgumentParser(prog="store")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--dir", default=None, help="a folder on the disk to measure")
    options = parser.parse_args(args)
    by_size = {}
    same = True
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.dir) as folder:
            by_size[str(size)], alike = _one_size(Path(folder), size, options.turns)
            same = same and alike
    return {
        "bench": "store",
        "unit": "per_s",
        "size": options.sizes[-1],
        "results": by_size[str(options.sizes[-1])],
        "by_size": by_size,
        "identical": same,
    }


def _one_size(folder: Path, size: int, turns: int) -> tuple[dict[str, float], bool]:
    filled = {f"r{number}": document(number) for number in range(size)}
    with Store.create(folder / "ws", b"k" * 32, _AT, "bench") as store:
        _nqcore_many(store, filled)
        database = _sqlite(folder / "sqlite.db", filled)
        plain = tinydb.TinyDB(folder / "plain.json")
        plain.insert_multiple({"id": id, **doc} for id, doc in filled.items())
        contenders: dict[str, tuple[_Put, int]] = {
            "nqcore": (lambda id, doc: _nqcore(store, id, doc), turns),
            "sqlite3": (lambda id, doc: _insert(database, id, doc), turns),
            "tinydb": (lambda id, doc: plain.insert({"id": id, **doc}), min(turns, 5)),
        }
        times: dict[str, list[float]] = {name: [] for name in contenders}
        for turn in range(turns):
            for name, (put, limit) in contenders.items():
                if turn < limit:
                    doc = document(size + turn)
                    begin = time.perf_counter()
                    put(f"r{size + turn}", doc)
                    times[name].append(time.perf_counter() - begin)
        ours = {str(doc.doc_id): dict(doc) for doc in store.table("reports")}
        rows = database.execute("select id, doc from docs")
        theirs = {id: json.loads(text) for id, text in rows}
        database.close()
        plain.close()
    return {name: round(1 / median(each), 1) for name, each in times.items()}, ours == theirs


def _nqcore(store: Store, id: str, doc: dict[str, Any]) -> None:
    with store.change(by="bench", do="put", at=_AT) as change:
        change.put("reports", id, doc)


def _nqcore_many(store: Store, docs: dict[str, dict[str, Any]]) -> None:
    with store.change(by="bench", do="fill", at=_AT) as change:
        for id, doc in docs.items():
            change.put("reports", id, doc)


def _sqlite(path: Path, docs: dict[str, dict[str, Any]]) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table docs(id text primary key, doc text)")
    database.execute("begin")
    rows = ((id, json.dumps(doc, ensure_ascii=False)) for id, doc in docs.items())
    database.executemany("insert into docs values(?, ?)", rows)
    database.execute("commit")
    return database


def _insert(database: sqlite3.Connection, id: str, doc: dict[str, Any]) -> None:
    database.execute("insert into docs values(?, ?)", (id, json.dumps(doc, ensure_ascii=False)))
