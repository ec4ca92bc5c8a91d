"""python -m tests.files.full [--cells N] [--seed S] [--processes P]

Cells of every value, number format and kind, by every way in, against the independent reader. Prints what was
met, and every cell that was read otherwise.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.files.runs import Tally, run, table

PORTION = 25_000
"""Cells of one office."""


def portion(given: tuple[int, int]) -> Tally:
    """One portion, in a process of its own."""
    cells, seed = given
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NQ_KEYS"] = f"{folder}/keys"
        return run(Path(folder), cells, seed)


def main() -> int:
    """The whole run."""
    options = argparse.ArgumentParser(prog="python -m tests.files.full")
    options.add_argument("--cells", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=14)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = options.parse_args()
    start = time.perf_counter()
    portions = [
        (min(PORTION, given.cells - done), given.seed * 1_000_000 + nth)
        for nth, done in enumerate(range(0, given.cells, PORTION))
    ]
    tally = Tally()
    with ProcessPoolExecutor(given.processes) as pool:
        for nth, found in enumerate(pool.map(portion, portions), 1):
            tally.merge(found)
            print(
                f"{nth}/{len(portions)} {sum(tally.counts.values()):,} cells, "
                f"{len(tally.misread)} misread",
                file=sys.stderr,
            )
    print("\n".join(table(tally)))
    print(f"{sum(tally.counts.values()):,} cells in {time.perf_counter() - start:.0f} s")
    print(f"misread: {len(tally.misread)}")
    for one in tally.misread[:50]:
        print(f"  {one}")
    return int(bool(tally.misread))


if __name__ == "__main__":
    sys.exit(main())
