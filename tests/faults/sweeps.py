"""Kill and I/O error at every system call of submit, accept, backup, and of recovery itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

from nqcore.store import journal
from tests.faults.kit import Dose, Figures, room
from tests.faults.steps import Accept, BackUp, Recover, Step, Submit
from tests.faults.traced import Restorer, calls, errors, kills, missing, traced

STEPS: dict[str, Callable[[Path], Step]] = {
    "submit": Submit,
    "accept": Accept,
    "backup": BackUp,
}


_LOCK_SECONDS = 4
"""SQLite asks ten seconds long for a lock of its log that the disk refuses for ever, at each request.
The child is killed before."""


def kill_calls(dose: Dose) -> Figures:
    """SIGKILL at the k-th system call, for every call and every k."""
    return _sweep(dose, kills, STEPS, 5)


def fail_calls(dose: Dose) -> Figures:
    """EIO and ENOSPC at the k-th system call, once and for ever, for every call and every k."""
    return _sweep(dose, errors, STEPS, 5)


def recovery(dose: Dose) -> Figures:
    """Kill and I/O error at every system call while a crash is being recovered from."""

    def both(count: object) -> Iterable[tuple[str, tuple[str, ...]]]:
        return (*kills(count), *errors(count))  # type: ignore[arg-type]

    steps = {name: _crashed(crash) for name, crash in CRASHES.items()}
    return _sweep(dose, both, steps, 2)


def _crashed(crash: Callable[[Path], None]) -> Callable[[Path], Step]:
    return lambda folder: Recover(folder, crash)


def _segment(folder: Path) -> Path:
    return max(folder.glob("*.nqj"))


def _torn(folder: Path) -> None:
    """The last record is there half, and again."""
    path = _segment(folder)
    last = path.read_bytes().splitlines(keepends=True)[-1]
    following = last.replace(b"NQ1 ", b"NQ1 1", 1)
    seq = int(last.split()[1]) + 1
    prev = last.split()[4]
    with path.open("ab") as file:
        file.write(b"NQ1 %d 500 %b " % (seq, prev) + following[:40].hex().encode()[:20])


def _no_newline(folder: Path) -> None:
    """A whole record lacks its line feed, and the head does not know it."""
    path, head = _segment(folder), folder / "head"
    path.write_bytes(path.read_bytes()[:-1])
    head.unlink()


def _head_behind(folder: Path) -> None:
    """The record was written, the head was not."""
    (folder / "head").unlink()


def _empty_segment(folder: Path) -> None:
    """A new year's file was made, nothing is in it."""
    last = _segment(folder).read_bytes().splitlines()[-1]
    (folder / f"{int(last.split()[1]) + 1:010d}.nqj").touch()


def _half_snapshot(folder: Path) -> None:
    """Killed while it wrote a snapshot."""
    (folder / "snapshot").write_bytes(b'NQS1 {"v":1')
    (folder / "snapshot-77777.new").write_bytes(b'NQS1 {"v":1')


CRASHES = {
    "torn": _torn,
    "no-newline": _no_newline,
    "head-behind": _head_behind,
    "empty-segment": _empty_segment,
    "half-snapshot": _half_snapshot,
}


def _sweep(
    dose: Dose,
    faults: Callable[..., Iterable[tuple[str, tuple[str, ...]]]],
    steps: dict[str, Callable[[Path], Step]],
    few: int,
) -> Figures:
    figures = Figures()
    if missing():
        raise RuntimeError(missing())
    rng = random.Random(dose.seed)
    before, journal.SNAPSHOT_AFTER = journal.SNAPSHOT_AFTER, 5  # snapshots are hit, too
    try:
        for name, make in steps.items():
            with room(fast=True) as folder:
                _sweep_one(dose, name, make(folder / "ws"), folder, faults, figures, rng, few)
    finally:
        journal.SNAPSHOT_AFTER = before
    figures.more["points"] = {name: figures.more.pop(name, 0) for name in steps}
    return figures


def _sweep_one(
    dose: Dose,
    name: str,
    step: Step,
    folder: Path,
    faults: Callable[..., Iterable[tuple[str, tuple[str, ...]]]],
    figures: Figures,
    rng: random.Random,
    few: int,
) -> None:
    restore = Restorer(folder)
    points = list(faults(calls(step.do, folder / "calls")))
    if not dose.full:
        points = rng.sample(points, min(few, len(points)))
    for words, options in points:
        restore()
        run = traced(step.do, options, _LOCK_SECONDS if words.startswith("fcntl ") else 60)
        figures.rounds += 1
        figures.count(name)
        figures.acked += len(run.acked)
        try:
            wrong = step.lost(run.acked)
        except Exception as error:  # whatever it is: the data could not be read
            figures.unreadable += 1
            figures.sample(f"{name}, {words}: {error!r}")
            continue
        figures.lost += len(wrong)
        for each in wrong:
            figures.sample(f"{name}, {words}: {each}")
    restore()
