"""The most memory that nqcore takes for all totals, in bytes: columns in, totals out, one process."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import numpy as np

from tests.bench.rollup_data import Country
from tests.bench.rollup_nqcore import filled, totals


def main(folder: Path) -> None:
    """Read the columns that lie in `folder`, give all totals, print the peak."""
    data = Country.of({path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))})
    found = totals(filled(data), data)
    assert len(found.sum) == data.indicators
    print(_peak())


def _peak() -> int:
    # Linux counts what a parent had into `ru_maxrss`; the process's own peak stands here.
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
