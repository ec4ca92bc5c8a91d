"""Starting: `import nqcore` beside its own two libraries, and the command beside an empty click command.

Each contender is a fresh Python process; the figures are medians of wall seconds in turn (A B C A B C
…). `nq status` runs on a demo workspace, which is made once. `--runs N` sets how many rounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

LIMIT = 480
NQ = "from nqcore.cli import main; main()"
EMPTY = "import click; click.command()(lambda: None)()"


def run(args: Sequence[str]) -> dict[str, Any]:
    """Measure; with the demo made beforehand."""
    options = ArgumentParser(prog="python -m tests.bench start")
    options.add_argument("--runs", type=int, default=9)
    runs = options.parse_args(args).runs
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        environment = {**os.environ, "NQ_KEYS": str(Path(folder) / "keys")}
        _run([NQ, "demo", str(demo), "--no-serve"], environment)
        contenders = {
            "empty python": ["pass"],
            "tinydb + pluggy": ["import tinydb, pluggy"],
            "import nqcore": ["import nqcore"],
            "import nqcore, open": ["import nqcore; nqcore.open"],
            "empty click command": [EMPTY],
            "nq --help": [NQ, "--help"],
            "nq status (demo)": [NQ, "status", "--form", "res20.q", "--period", "2018-Q2", "-w", str(demo)],
        }  # fmt: skip
        seconds: dict[str, list[float]] = {name: [] for name in contenders}
        for nth in range(runs + 1):
            for name, command in contenders.items():
                took = _run(command, environment)
                if nth:  # the first round warms the files up
                    seconds[name].append(took)
    results = {name: median(several) for name, several in seconds.items()}
    return {
        "bench": "start",
        "unit": "s",
        "size": runs,
        "results": results,
        "identical": True,
        "ratios": {
            "import nqcore / tinydb + pluggy": results["import nqcore"]
            / results["tinydb + pluggy"],
            "nq --help / empty click": results["nq --help"] / results["empty click command"],
        },
    }


def _run(command: Sequence[str], environment: dict[str, str]) -> float:
    start = perf_counter()
    # With a pipe the end of the process is seen at once; without, a wait with a limit looks every 50 ms.
    subprocess.run(
        [sys.executable, "-c", *command],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        timeout=LIMIT,
    )
    return perf_counter() - start
