"""All totals of a country, against DuckDB and polars: the same rows, the same figures, one run.

Every contender has the integer-coded rows in its own memory beforehand, and gives for every inner unit,
indicator and quarter the sum, how many reports are in it and how many were due, some ratios, and each
year's last reported values summed up. nqcore begins with the bare columns: filling its cube is in its
time (`from_cube` is the part after that).

`--district` measures one district of ten years instead: all its totals from the cube, and again after
one new report.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from tests.bench import rollup_nqcore as nqcore
from tests.bench.rollup_data import Country, Output, country, district
from tests.bench.rollup_duckdb import FORMS, DuckDB
from tests.bench.rollup_plain import plain
from tests.bench.rollup_polars import Polars

_PLAIN_UP_TO = 100_000
"""Rows up to which plain Python takes part."""


def run(args: list[str]) -> dict[str, Any]:
    """Medians in seconds."""
    parser = argparse.ArgumentParser(prog="rollup")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--repeats", type=int, default=0, help="default: fewer, the more rows")
    parser.add_argument("--district", action="store_true")
    options = parser.parse_args(args)
    if options.district:
        return _district(options.repeats or 51)
    data = country(options.rows)
    repeats = options.repeats or (7 if data.rows <= 5_000_000 else 3)
    base, frame = DuckDB(data), Polars(data)
    contenders: dict[str, Callable[[], Any]] = {
        "nqcore": lambda: nqcore.totals(nqcore.filled(data), data),
        **{f"duckdb {form}": lambda form=form: base.query(form) for form in FORMS},
        "polars": frame.query,
    }
    arranged: dict[str, Callable[[Any], Output]] = {
        **{f"duckdb {form}": base.output for form in FORMS},
        "polars": frame.output,
    }
    if data.rows <= _PLAIN_UP_TO:
        contenders["python"] = lambda: plain(data)
    ours = contenders["nqcore"]()
    identical = all(
        ours.same(arranged.get(name, _as_it_is)(contender()))
        for name, contender in contenders.items()
    )
    del ours
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(repeats):
        for name, contender in contenders.items():
            times[name].append(_timed(contender))
    results = {name: round(median(each), 5) for name, each in times.items()}
    best = min((f"duckdb {form}" for form in FORMS), key=results.__getitem__)
    results = {
        "nqcore": results["nqcore"],
        "duckdb": results[best],
        "polars": results["polars"],
        **{name: results[name] for name in results if name == "python"},
    }
    cube = nqcore.filled(data)
    return {
        "bench": "rollup",
        "unit": "s",
        "size": data.rows,
        "results": results,
        "identical": identical,
        "from_cube": round(_timed(lambda: nqcore.totals(cube, data)), 5),
        "ratio_to_duckdb": round(results["nqcore"] / results["duckdb"], 3),
        "ratio_to_polars": round(results["nqcore"] / results["polars"], 3),
        "duckdb_form": best.removeprefix("duckdb "),
        "memory_per_column_byte": _memory(data),
    }


def _as_it_is(found: Any) -> Output:
    assert isinstance(found, Output)
    return found


def _timed(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _memory(data: Country) -> float:
    """The most memory of a process that reads the columns and gives all totals, whole, as so many
    times the columns."""
    with tempfile.TemporaryDirectory() as folder:
        for name, array in data.arrays().items():
            np.save(Path(folder, name), array)
        command = [sys.executable, "-m", "tests.bench.rollup_memory", folder]
        root = Path(__file__).parents[2]
        done = subprocess.run(
            command, cwd=root, check=True, capture_output=True, text=True, timeout=600
        )
    return round(int(done.stdout) / data.bytes, 2)


def _district(repeats: int) -> dict[str, Any]:
    data = district()
    first, again = [], []
    identical = True
    for turn in range(repeats):
        cube = nqcore.filled(data)
        begin = time.perf_counter()
        known = nqcore.totals(cube, data)
        first.append(time.perf_counter() - begin)
        report = nqcore.one_report(data, turn)
        begin = time.perf_counter()
        nqcore.follow(cube, data, known, report)
        again.append(time.perf_counter() - begin)
        identical = identical and known.same(nqcore.totals(nqcore.filled(data.with_(report)), data))
    return {
        "bench": "rollup",
        "unit": "s",
        "size": data.rows,
        "results": {
            "all totals": round(median(first), 6),
            "after one report": round(median(again), 6),
        },
        "identical": identical,
    }
