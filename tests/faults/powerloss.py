"""Power cuts: every state of the disk that one may leave is built and opened."""

from __future__ import annotations

import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nqcore.errors import StoreError
from nqcore.store import Store
from tests.faults.disk import KINDS, Disk
from tests.faults.kit import Dose, Figures, room
from tests.faults.office import open_store
from tests.faults.steps import Submit
from tests.faults.trace import Op, marker, operations, options
from tests.faults.traced import Ack, missing, traced
from tests.support.waiting import join_all

Documents = dict[str, Mapping[str, object]]
KEY = bytes(range(32))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A workspace, something done in it, and how to look: `promised[n]` are the documents that the
    n-th promise is about, by table/id."""

    folder: Path
    do: Callable[[Ack], None]
    promised: list[Documents]
    open: Callable[[Path], Store]


def power_cut(dose: Dose) -> Figures:
    """Submitting through the pages; several threads; a new year and a snapshot: cut anywhere."""
    if missing():
        raise RuntimeError(missing())
    figures = Figures()
    variants = dose.of(1, 16)
    for make in (_pages, _threads, _years):
        for model in ("posix", "ext4") if dose.full else ("posix",):
            with room(fast=True) as folder:
                _cut(make(folder / "ws"), model, variants, random.Random(dose.seed), figures)
    return figures


def _cut(scene: Scene, model: str, variants: int, rng: random.Random, figures: Figures) -> None:
    disk = Disk(_files(scene.folder), model)
    log = scene.folder.with_name("trace")
    null = marker()
    run = traced(
        lambda _: scene.do(lambda number: _said(os.write(null, b"ACK %d" % number))), options(log)
    )
    assert run.ended
    acked: list[int] = []
    seen: set[int] = set()
    for op in operations(log, scene.folder):
        if op.what == "ack":
            assert op.at is not None
            acked.append(op.at)
            figures.acked += 1
        disk.take(op)
        for image in _images(disk, op, variants, rng):
            key = hash((len(acked), tuple(sorted((n, hash(d)) for n, d in image.items()))))
            if key not in seen:
                seen.add(key)
                _look(scene, image, acked, figures, f"{model} after {op.what} {op.file}")
    assert len(acked) == len(scene.promised), acked
    real = _files(scene.folder)
    assert {n: i.now for n, i in disk.names.items()} == real, "the trace does not tell all"


def _said(count: int) -> None:
    assert count


def _images(disk: Disk, op: Op, variants: int, rng: random.Random) -> Iterator[dict[str, bytes]]:
    if op.what == "begin-sync":
        return
    for kind in KINDS:
        for _ in range(1 if kind in ("drop", "all") else variants):
            yield disk.image(kind, rng)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _look(
    scene: Scene, image: dict[str, bytes], acked: list[int], figures: Figures, where: str
) -> None:
    folder = scene.folder.with_name("image")
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in image.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    figures.rounds += 1
    try:
        with scene.open(folder) as store:
            for number in acked:
                for key, doc in scene.promised[number].items():
                    table, _, id = key.partition("/")
                    found = store.get(table, id)
                    if found is None:
                        figures.lost += 1
                        figures.sample(f"{where}: {key} is lost")
                    elif not _within(doc, found):
                        figures.changed += 1
                        figures.sample(f"{where}: {key} differs")

    except StoreError as error:
        figures.unreadable += 1
        figures.sample(f"{where}: {error}")


def _within(doc: object, found: object) -> bool:
    """Does `found` hold everything that `doc` says?"""
    if isinstance(doc, Mapping) and isinstance(found, Mapping):
        return all(key in found and _within(value, found[key]) for key, value in doc.items())
    return doc == found


def _pages(folder: Path) -> Scene:
    step = Submit(folder)
    promised: list[Documents] = []
    for report, figures in zip(step.reports, step.figures, strict=True):
        answers = {
            "figures": {k: v for k, v in figures.items() if k[0] != "N"},
            "texts": {k: v for k, v in figures.items() if k[0] == "N"},
        }
        promised.append({f"revisions/{report.id}#1": {"answers": answers}})
        promised.append({f"submissions/{report.id}": {"state": "sent"}})
    return Scene(folder=folder, do=step.do, promised=promised, open=open_store)


def _put(store: Store, number: int, year: int = 2018) -> None:
    at = datetime(year, 10, 5, tzinfo=UTC)
    with store.change(by="kit", do="put", at=at) as change:
        change.put("r", str(number), {"x": str(number) * (number % 50 + 1)})


def _library(folder: Path, do: Callable[[Store, Ack], None], count: int) -> Scene:
    Store.create(folder, KEY, datetime(2018, 1, 1, tzinfo=UTC), "kit").close()

    def run(ack: Ack) -> None:
        with Store.open(folder, KEY) as store:
            do(store, ack)

    return Scene(
        folder=folder,
        do=run,
        promised=[{f"r/{n}": {"x": str(n) * (n % 50 + 1)}} for n in range(count)],
        open=lambda image: Store.open(image, KEY),
    )


def _threads(folder: Path) -> Scene:
    """Six threads that share their syncs."""

    def do(store: Store, ack: Ack) -> None:
        def work(first: int) -> None:
            for number in range(first, first + 8):
                _put(store, number)
                ack(number)

        running = [threading.Thread(target=work, args=(8 * n,), daemon=True) for n in range(6)]
        for thread in running:
            thread.start()
        join_all(running)

    return _library(folder, do, 48)


def _years(folder: Path) -> Scene:
    """New years begin new files; a snapshot is taken now and then."""

    def do(store: Store, ack: Ack) -> None:
        for number in range(40):
            _put(store, number, 2018 + number // 10)
            ack(number)
            if number % 7 == 6:
                store.journal.take_snapshot()

    return _library(folder, do, 40)
