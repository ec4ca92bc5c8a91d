"""Every data file cut off at every byte, and with a bit flipped at every byte; SQLite beside it."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nqcore.collection.archive.integrity import verify_folder
from nqcore.collection.settings import read_settings
from nqcore.store import DamagedJournal, Store, load_key, readable
from nqcore.store.head import head_line
from tests.faults.kit import Dose, Figures, room
from tests.faults.office import open_store, stored
from tests.faults.steps import Submit

Change = Callable[[bytes, int], bytes]


def truncate(dose: Dose) -> Figures:
    """Cut off at every byte."""
    return _damage(dose, lambda data, at: data[:at], cuts=True)


def bit_flip(dose: Dose) -> Figures:
    """One bit flipped at every byte."""
    rng = random.Random(dose.seed)

    def flip(data: bytes, at: int) -> bytes:
        return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]

    return _damage(dose, flip, cuts=False)


@dataclass(frozen=True, kw_only=True)
class _Whole:
    """What is there before anything is damaged."""

    folder: Path
    answers: Any
    records: Mapping[int, str]  # number -> hash
    lines: Mapping[str, list[tuple[int, int, int]]]  # file -> (number, first byte, behind the last)


def _damage(dose: Dose, change: Change, *, cuts: bool) -> Figures:
    figures = Figures()
    with room(fast=True) as folder:
        whole = _made(folder / "ws")
        files = [p for p in sorted((whole.folder / "journal").iterdir()) if p.stat().st_size]
        for path in files:
            _every_byte(dose, whole, path, change, figures, cuts=cuts)
        # Once more, opened from the records alone.
        (whole.folder / "journal" / "snapshot").unlink()
        for path in files:
            if path.exists():
                _every_byte(dose, whole, path, change, figures, cuts=cuts)
        if not dose.full:
            figures.more["every_nth_byte"] = STEP
        figures.more["sqlite"] = _sqlite(dose, folder, change)
    return figures


STEP = 61
"""Of the short dose: every so many bytes only."""


def _made(folder: Path) -> _Whole:
    """An office with some reports, two files of records, a snapshot."""
    step = Submit(folder, 4)
    step.do(lambda number: None)
    with open_store(folder) as store:
        with store.change(by="kit", do="put", at=datetime(2100, 1, 1, tzinfo=UTC)) as change:
            change.put("kit", "later", {"x": "1"})
        store.journal.take_snapshot()
        answers = _answers(store)
        records = {n: store.record(n).hash for n in range(1, store.version + 1)}
    lines: dict[str, list[tuple[int, int, int]]] = {}
    number = 0
    for path in sorted((folder / "journal").glob("*.nqj")):
        begin = 0
        for line in path.read_bytes().splitlines(keepends=True):
            number += 1
            lines.setdefault(path.name, []).append((number, begin, begin + len(line)))
            begin += len(line)
    return _Whole(folder=folder, answers=answers, records=records, lines=lines)


def _answers(store: Store) -> Any:
    return (
        store.head,
        {name: {str(d.doc_id): dict(d) for d in store.table(name)} for name in store.tables()},
    )


def _every_byte(
    dose: Dose, whole: _Whole, path: Path, change: Change, figures: Figures, *, cuts: bool
) -> None:
    data = path.read_bytes()
    told = {"bytes": len(data), "same": 0, "reported": 0, "silent": 0}
    for at in range(0, len(data), 1 if dose.full else STEP):
        path.write_bytes(change(data, at))
        outcome = _outcome(whole, path)
        told[outcome] += 1
        figures.rounds += 1
        if outcome == "silent":
            figures.silent += 1
            figures.sample(f"{path.name}, byte {at}")
        lost = _lost(whole, path.name, at, cuts=cuts)
        if lost:
            figures.lost += len(lost)
            figures.sample(f"{path.name}, byte {at}: undamaged records {lost} cannot be read")
        for made in whole.folder.joinpath("journal").glob("torn-*"):
            made.unlink()
        path.write_bytes(data)
        _put_back(whole, path)
    with_snapshot = (whole.folder / "journal" / "snapshot").exists()
    name = path.name + ("" if with_snapshot else ", without snapshot")
    figures.more.setdefault("files", {})[name] = told


def _put_back(whole: _Whole, path: Path) -> None:
    """Opening may have mended the end or the head; `path` is restored already."""
    head = whole.folder / "journal" / "head"
    seq, hash = whole.answers[0].seq, whole.answers[0].hash
    if path != head:
        key = load_key(read_settings(whole.folder).id)
        head.write_bytes(head_line(seq, hash, key))


def _outcome(whole: _Whole, path: Path) -> str:
    """Opened anew: said that something is wrong; the same answers; or neither.

    Where a snapshot passes over damage in old records, `nq verify` must find it.
    """
    found = verify_folder(whole.folder, read_settings(whole.folder))
    try:
        with open_store(whole.folder) as store:
            same = _answers(store) == whole.answers
            noted = bool(store.notes or store.repairs)
    except DamagedJournal:
        return "reported"
    if noted:
        return "reported"
    if not same or (path.suffix == ".nqj" and found.ok):
        return "silent"
    return "same"


def _lost(whole: _Whole, name: str, at: int, *, cuts: bool) -> list[int]:
    """Records that were not touched and yet cannot be read."""
    key = load_key(read_settings(whole.folder).id)
    found = {record.seq: record.hash for record in readable(whole.folder / "journal", key)}
    hit = {
        number
        for number, begin, end in whole.lines.get(name, [])
        if begin <= at < end or (cuts and begin >= at)
    }
    return [n for n, hash in whole.records.items() if n not in hit and found.get(n) != hash]


def _sqlite(dose: Dose, folder: Path, change: Change) -> dict[str, int]:
    """The same reports in SQLite (WAL, synchronous=FULL, integrity_check when opened)."""
    path = folder / "peer.sqlite"
    base = sqlite3.connect(path)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    base.execute("create table t(k text primary key, v text)")
    rows = [(id, json.dumps(figures)) for id, figures in stored(folder / "ws").items()]
    base.executemany("insert into t values(?, ?)", rows)
    base.commit()
    base.execute("pragma wal_checkpoint(truncate)")
    base.close()
    data, expected = path.read_bytes(), dict(rows)
    told = {"bytes": len(data), "same": 0, "reported": 0, "silent": 0}
    for at in range(0, len(data), 1 if dose.full else STEP):
        path.write_bytes(change(data, at))
        told[_sqlite_outcome(path, expected)] += 1
        for left in _beside(path):
            left.unlink()
    return told


def _beside(path: Path) -> Iterator[Path]:
    return (p for p in path.parent.glob(path.name + "-*"))


def _sqlite_outcome(path: Path, expected: dict[str, str]) -> str:
    base = sqlite3.connect(path)
    try:
        if base.execute("pragma integrity_check").fetchall() != [("ok",)]:
            return "reported"
        found = dict(base.execute("select k, v from t"))
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return "reported"
    finally:
        base.close()
    return "same" if found == expected else "silent"
