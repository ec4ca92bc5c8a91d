"""The command `--demo`: all units, all spans, all days of a demo office, piece by piece.

A piece is the reviews of all units for one day and one span. What was read of it is one line of the notes, so
that a run that was stopped goes on where it ended.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.review.demo import DISTRICT, DemoJudge, Office, units_of
from tests.review.side_by_side import side_by_side

SHOWN = 40
"""How many faults are printed."""


@dataclass(frozen=True)
class Piece:
    """The reviews of all units for one span, on one day; `restated`: within the units of that day."""

    folder: Path
    day: date
    span: str
    office: Office = DISTRICT
    restated: bool = False

    @property
    def name(self) -> str:
        return f"{self.day} {self.span}{' restated' * self.restated}"


@dataclass(frozen=True)
class Reading:
    """What was read of one piece, and what is wrong."""

    piece: str
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@cache
def _judge(folder: Path, office: Office) -> DemoJudge:
    """The judge of this process: it opens the workspace once, and keeps it to the end."""
    return DemoJudge(folder, office)


def read_piece(piece: Piece) -> Reading:
    """Judge the reviews of one piece."""
    judge = _judge(piece.folder, piece.office)
    judge.counts, judge.faults = Counter(), []
    cases = [(piece.day, piece.span, unit) for unit in units_of(piece.folder)]
    judge.judge(cases, restated=piece.restated)
    return Reading(piece.name, dict(judge.counts), judge.faults)


def noted(notes: Path | None) -> dict[str, Reading]:
    """What earlier runs noted, by the name of the piece."""
    if notes is None or not notes.exists():
        return {}
    lines = notes.read_text(encoding="utf-8").splitlines()
    readings = (Reading(**json.loads(line)) for line in lines)
    return {one.piece: one for one in readings}


def judge_demo(
    seed: int, seconds: float, processes: int, notes: Path | None = None, office: Office = DISTRICT
) -> int:
    """Read what the notes do not have, and print all. The status is 1 if anything is wrong or left out."""
    from click.testing import CliRunner

    from nqcore.cli import main

    end, done = time.monotonic() + seconds, noted(notes)
    with TemporaryDirectory(prefix="nq-review-") as place:
        folder = Path(place) / office.model
        os.environ["NQ_KEYS"] = str(Path(place) / "keys")
        command = ["demo", str(folder), "--no-serve", "--model", office.model]
        made = CliRunner().invoke(main, command, catch_exceptions=False)
        assert made.exit_code == 0, made.output
        pieces = [
            Piece(folder, day, span, office, restated)
            for restated in (False, True)[: 1 + office.restated]
            for day in office.days
            for span in office.spans
        ]
        Random(seed).shuffle(pieces)  # whatever the time allows is then a fair sample

        def to_do() -> Iterator[Piece]:
            for piece in pieces:
                if piece.name not in done and time.monotonic() < end:
                    yield piece

        for one in side_by_side(read_piece, to_do(), processes):
            done[one.piece] = one
            if notes is not None:
                with notes.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    for line in lines_of(list(done.values()), len(pieces)):
        print(line)
    return 1 if len(done) < len(pieces) or any(one.faults for one in done.values()) else 0


def lines_of(readings: list[Reading], pieces: int) -> Iterator[str]:
    """What the command prints."""
    counts: Counter[str] = Counter()
    for one in readings:
        counts.update(one.counts)
    numbers = [
        f"{counts[key]} {key}"
        for key in ("reports", "refused", "files", "figures", "added up", "faults")
    ]
    yield f"{len(readings)} of {pieces} pieces: {', '.join(numbers)}"
    yield from [fault for one in readings for fault in one.faults][:SHOWN]
