"""The country's figures across 1 July 2025: told for the new communes, beside the plain roll-up of the same.

Values of the 10,035 old communes over ten years, a tenth missing, on the real reorganisation (nobody
declared shares: a divided commune's figures stay with the province). Each run begins with the bare
columns and gives, for every indicator and quarter, the sums and how many reports are in them for all
units: `plain` those of the old tree, `nqcore` those of the new one. DuckDB joins the same routes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

import duckdb
import numpy as np

from nq_units_2025.reading import DAY, everything
from nqcore.analysis.rollup.axis import Axis
from nqcore.analysis.rollup.boundaries import Allocation
from nqcore.analysis.rollup.cube import Cube
from nqcore.model.changes import tree_with
from nqcore.model.projection import project
from nqcore.model.units import UnitKind, UnitTree
from tests.bench.rollup_data import LARGEST, QUARTERS, Ints
from tests.bench.rollup_nqcore import sums_of

_EVE = DAY - timedelta(days=1)


@dataclass(frozen=True)
class Reported:
    """The columns, and the trees of both sides."""

    unit: Ints
    indicator: Ints
    period: Ints
    value: Ints
    indicators: int
    tree: UnitTree
    axis: Axis
    spread: Allocation

    @property
    def rows(self) -> int:
        """How many values there are."""
        return len(self.value)


def reported(rows: int) -> Reported:
    """Exactly `rows` values in random order."""
    known = everything()
    tree = tree_with(known.units, known.changes)
    axis = Axis(tree)
    old = tree.at(_EVE)
    # Old communes, and the five island districts that had none.
    leaves = [code for code in old if not old.children(code)]
    places = np.array([axis.place[code] for code in leaves], np.int32)
    pairs = -(-rows * 10 // 9 // len(leaves))
    indicators = -(-pairs // QUARTERS)
    random = np.random.default_rng(rows)
    cells = random.permutation(pairs * len(leaves))[:rows]
    pair, leaf = np.divmod(cells, len(leaves))
    return Reported(
        unit=places[leaf],
        indicator=(pair // QUARTERS).astype(np.int16),
        period=(pair % QUARTERS).astype(np.int16),
        value=random.integers(0, LARGEST, rows),
        indicators=indicators,
        tree=tree,
        axis=axis,
        spread=Allocation(project(tree, known.changes, _EVE, DAY), axis),
    )


def filled(data: Reported, stretches: Sequence[tuple[int, int]]) -> Cube:
    """The cube of the columns."""
    cube = Cube(data.indicators, QUARTERS, len(data.axis), stretches)
    cube.fill(data.indicator, data.period, data.unit, data.value)
    return cube


def plain(data: Reported) -> list[tuple[Ints, Ints]]:
    """All totals of the old tree."""
    cube = filled(data, list(data.axis.inner_ranges().values()))
    return [(cube.sums(i), cube.counts(i)) for i in range(data.indicators)]


def projected(data: Reported) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """All totals of the new tree: those of communes, and those of what stands above them."""
    inner = np.array(list(data.axis.inner_ranges().values()))
    cube = filled(data, list(data.axis.inner_ranges().values()))
    route = _undivided(data.spread)
    found = []
    for i in range(data.indicators):
        # The values alone: the totals that the cube keeps are those of the old tree.
        values = _projected(cube.values(i), route, np.int64)
        counts = _projected(cube.reported(i), route, np.int32)
        found.append((values, counts, sums_of(inner, values), sums_of(inner, counts)))
    return found


def _undivided(spread: Allocation) -> Ints:
    """target, source of all that arrives undivided, in order of the targets: what arrives at one unit
    is one run."""
    return np.array(
        sorted((piece.target, piece.source) for piece in spread.all_parts() if piece.share == 1),
        np.intp,
    )


def _projected(values: Ints, route: Ints, kind: type[np.integer[Any]]) -> Ints:
    """Row × unit → row × unit of the other date. LARGEST × the units is far below 2^63."""
    runs = np.flatnonzero(np.diff(route[:, 0], prepend=-1))
    sums = np.zeros(values.shape, kind)
    arriving = np.take(values, route[:, 1], axis=1)
    sums[:, route[runs, 0]] = np.add.reduceat(arriving, runs, axis=1, dtype=kind)
    return sums


class DuckDB:
    """The rows and the routes in tables."""

    def __init__(self, data: Reported) -> None:
        self._base = duckdb.connect()
        self._base.execute("set threads = 2")
        columns = {n: getattr(data, n) for n in ("unit", "indicator", "period", "value")}
        self._base.register("given", columns)
        self._base.execute("create table reported as select * from given")
        new = data.tree.at(DAY)
        routes = [
            (piece.source, piece.target)
            for piece in data.spread.all_parts()
            if data.axis.codes[piece.target] in new
        ]
        up = [(data.axis.place[c], data.axis.place[u.parent]) for c, u in new.items() if u.parent]
        self._table("route", ("source", "target"), routes)
        self._table("up", ("unit", "parent"), up)

    def _table(self, name: str, columns: tuple[str, str], rows: list[tuple[int, int]]) -> None:
        pairs = np.array(rows, np.int32)
        self._base.register("pairs", {columns[0]: pairs[:, 0], columns[1]: pairs[:, 1]})
        self._base.execute(f"create table {name} as select * from pairs")

    def query(self) -> dict[str, Ints]:
        """The totals of communes, then of what stands above, level by level."""
        level = """
            select target as unit, indicator, period, sum(value)::bigint s, count(*)::int n
            from reported join route on unit = source group by all"""
        self._base.execute(f"create or replace temp table below as {level}")
        self._base.execute("create or replace temp table totals as from below")
        for _ in range(2):
            self._base.execute(
                "create or replace temp table above as select parent as unit, indicator, period, "
                "sum(s)::bigint s, sum(n)::int n from below join up using (unit) group by all"
            )
            self._base.execute("insert into totals from above")
            self._base.execute("create or replace temp table below as from above")
        return self._base.execute(
            "select unit, indicator, period, sum(s)::bigint s, sum(n)::int n from totals group by all"
        ).fetchnumpy()


def same(
    data: Reported, ours: list[tuple[Ints, Ints, Ints, Ints]], theirs: dict[str, Ints]
) -> bool:
    """Whether DuckDB's totals are ours, figure for figure."""
    shape = (data.indicators, QUARTERS, len(data.axis))
    sums, counts = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    at = (theirs["indicator"], theirs["period"], theirs["unit"])
    sums[at], counts[at] = theirs["s"], theirs["n"]
    inner = data.tree.at(DAY)
    places = [
        data.axis.place[c] for c in data.axis.inner_ranges() if c in inner and inner.children(c)
    ]
    kept = [n for n, c in enumerate(data.axis.inner_ranges()) if c in inner and inner.children(c)]
    communes = [data.axis.place[c] for c, u in inner.items() if u.kind is UnitKind.COMMUNE]
    return all(
        np.array_equal(values[:, communes], sums[i][:, communes])
        and np.array_equal(n[:, communes], counts[i][:, communes])
        and np.array_equal(above[:, kept], sums[i][:, places])
        and np.array_equal(n_above[:, kept], counts[i][:, places])
        for i, (values, n, above, n_above) in enumerate(ours)
    )


def run(args: list[str]) -> dict[str, Any]:
    """Medians in seconds."""
    parser = argparse.ArgumentParser(prog="projection")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args(args)
    data = reported(options.rows)
    base = DuckDB(data)
    contenders: dict[str, Callable[[], Any]] = {
        "nqcore": lambda: projected(data),
        "plain": lambda: plain(data),
        "duckdb": base.query,
    }
    identical = same(data, projected(data), base.query())
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(options.repeats):
        for name, contender in contenders.items():
            begin = time.perf_counter()
            contender()
            times[name].append(time.perf_counter() - begin)
    results = {name: round(median(each), 5) for name, each in times.items()}
    trees = []
    for day in (_EVE, DAY) * options.repeats:
        begin = time.perf_counter()
        data.tree.at(day)
        trees.append(time.perf_counter() - begin)
    return {
        "bench": "projection",
        "unit": "s",
        "size": data.rows,
        "results": results,
        "identical": identical,
        "ratio_to_plain": round(results["nqcore"] / results["plain"], 2),
        "tree_at_a_date": round(median(trees), 4),
    }
