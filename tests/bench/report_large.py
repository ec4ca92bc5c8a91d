"""The ten-year review of a large office from a cold start: each contender is a process of its own.

    nqcore, cold             opens the workspace, builds the review and writes the Word file
    roll-up, cold            opens the workspace and adds up all figures of the ten years
    python-docx, cold        writes the same text alone

The bound is twice python-docx plus the roll-up; the ratio is to python-docx plus the roll-up, so it may be
above 1 and still within the bound.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tests.bench import web_office
from tests.bench.report import FORMAT, Content, contents_of, texts_of, written

ASKED = {"directive": "1-NQ/TU", "period": "2008..2018", "unit": "tinh"}
MOST_QUARTERS = len(web_office.quarters_since(2008))
FEWEST_INDICATORS = 4
"""The rules of the office name so many."""
LONGEST = 600
"""Seconds after which a process is given up."""


def measure(folder: Path, units: int, periods: int, figures: int, runs: int) -> dict[str, Any]:
    """Medians of seconds of whole processes, and whether the peer wrote the same text."""
    office = folder / "ws"
    web_office.make(office, units, periods, figures, web_office.RULES)
    args = [str(office), str(units), str(figures)]
    paper, told = folder / "review.docx", folder / "contents"
    _child("review", *args, str(paper))  # it leaves compiled files, as an installation has them
    contents = contents_of(paper.read_bytes())
    told.write_bytes(pickle.dumps(contents))
    contenders = {
        "nqcore, cold": ("review", *args, str(paper)),
        "roll-up, cold": ("rollup", *args),
        "python-docx, cold": ("peer", str(told), str(folder / "peer.docx")),
    }
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(runs):
        for name, command in contenders.items():
            begun = perf_counter()
            _child(*command)
            seconds[name].append(perf_counter() - begun)
    again = contents_of((folder / "peer.docx").read_bytes())
    return {
        "seconds": {name: median(several) for name, several in seconds.items()},
        "identical": list(texts_of(again)) == list(texts_of(contents)),
    }


def _child(*args: str) -> None:
    command = [sys.executable, "-m", "tests.bench.report_large", *args]
    subprocess.run(command, check=True, timeout=LONGEST, env=os.environ)


def _review(folder: str, units: str, figures: str, paper: str) -> None:
    with web_office.reopen(
        Path(folder), int(units), int(figures), web_office.RULES, layouts=True
    ) as ws:
        ws.report(**ASKED, format=FORMAT).save(paper)


def _rollup(folder: str, units: str, figures: str) -> None:
    with web_office.reopen(
        Path(folder), int(units), int(figures), web_office.RULES, layouts=True
    ) as ws:
        ws.frame([f"b.A{n}" for n in range(1, int(figures) + 1)], [ASKED["period"]], ["tinh"])


def _peer(told: str, paper: str) -> None:
    contents: Content = pickle.loads(Path(told).read_bytes())  # written by `measure`
    Path(paper).write_bytes(written(contents))


if __name__ == "__main__":
    {"review": _review, "rollup": _rollup, "peer": _peer}[sys.argv[1]](*sys.argv[2:])
