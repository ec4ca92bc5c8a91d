"""The roll-up in DuckDB, level by level: each pass adds up what the pass below it gave."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np

from tests.bench.rollup_data import LEVELS, PER_YEAR, PERCENT, QUARTERS, Country, Output

FORMS = ("level by level", "closure of the inner units")
"""The forms that came out best in trials; the faster of them counts."""


class DuckDB:
    """The rows in a table of their own, with the tree beside it."""

    def __init__(self, data: Country) -> None:
        self._data = data
        self._base = duckdb.connect()
        rows = {n: getattr(data, n) for n in ("unit", "indicator", "period", "value")}
        self._load("rows", rows)
        first = np.concatenate(([0], np.cumsum(LEVELS)))
        for level, up in enumerate(data.parent):
            below = first[level + 1] if level + 1 < len(LEVELS) else 0
            places = np.arange(len(up), dtype=np.int32) + below
            columns = {"unit": places, "parent": (up + first[level]).astype(np.int32)}
            self._load(f"tree_{level}", columns)
        leaves = (data.stretch[:, 1] - data.stretch[:, 0]).astype(np.int32)
        self._load(
            "ancestors", {"unit": np.arange(data.ancestors, dtype=np.int32), "leaves": leaves}
        )
        self._load("closure", self._closure())

    def _load(self, name: str, columns: dict[str, Any]) -> None:
        self._base.register("given", columns)
        self._base.execute(f"create table {name} as select * from given")
        self._base.unregister("given")

    def _closure(self) -> dict[str, Any]:
        """(cluster, ancestor) for each cluster and each unit above it, itself included."""
        first = np.concatenate(([0], np.cumsum(LEVELS)))
        at = np.arange(LEVELS[-1])
        unit, above = [at], [at + first[len(LEVELS) - 1]]
        for level in range(len(LEVELS) - 2, -1, -1):
            at = self._data.parent[level][at]
            unit.append(unit[0])
            above.append(at + first[level])
        cluster = np.concatenate(unit) + first[len(LEVELS) - 1]
        return {
            "unit": cluster.astype(np.int32),
            "ancestor": np.concatenate(above).astype(np.int32),
        }

    def query(self, form: str) -> dict[str, Any]:
        """Totals, ratios and last-in-year, as columns."""
        lowest = len(LEVELS) - 1
        base = self._base.cursor()

        def passes(first: str, key: str, counted: str) -> str:
            """Common tables up the tree; the last one has them all."""
            groups = f"parent, indicator, {key}"
            text = (
                f"l{lowest} as materialized (select {groups}, sum(value)::bigint as s{counted} "
                f"from {first} join tree_{lowest} using (unit) group by {groups})"
            )
            more = ", sum(n)::int as n" if counted else ""
            if form == FORMS[1]:
                groups = f"ancestor as parent, indicator, {key}"
                return text + (
                    f", everything as (select {groups}, sum(s)::bigint as s{more} from l{lowest} "
                    f"join closure on closure.unit = l{lowest}.parent group by all)"
                )
            for level in range(lowest - 1, -1, -1):
                groups = f"t.parent, indicator, {key}"
                text += (
                    f", l{level} as materialized (select {groups}, sum(s)::bigint as s{more} "
                    f"from l{level + 1} l join tree_{level} t on t.unit = l.parent group by {groups})"
                )
            union = " union all ".join(f"from l{level}" for level in range(lowest + 1))
            return f"{text}, everything as ({union})"

        base.execute(
            f"create or replace temp table totals as with {passes('rows', 'period', ', count(*)::int as n')} "
            "select e.parent as unit, indicator, period, s, n, leaves "
            "from everything e join ancestors a on a.unit = e.parent"
        )
        totals = base.execute("from totals").fetchnumpy()
        ratio = base.execute(
            f"""select unit, indicator // 2 as pair, period,
                       sum(case when indicator % 2 = 1 then s end)::bigint as a,
                       sum(case when indicator % 2 = 0 then s end)::bigint as b,
                       (2 * {PERCENT} * a + b) // (2 * b) as ratio
                from totals group by all having a is not null and b > 0"""
        ).fetchnumpy()
        newest = (
            f"(select unit, indicator, (period // {PER_YEAR})::smallint as year, "
            f"max((period::bigint << 40) + value) & ((1::bigint << 40) - 1) as value "
            f"from rows group by all)"
        )
        last = base.execute(
            f"with newest as materialized {newest}, {passes('newest', 'year', '')} "
            "select parent as unit, indicator, year, s from everything"
        ).fetchnumpy()
        return {"totals": totals, "ratio": ratio, "last": last}

    def output(self, found: dict[str, Any]) -> Output:
        """The columns as arrays, for comparing."""
        return arranged(self._data, found)


def arranged(data: Country, found: dict[str, Any]) -> Output:
    """Columns of totals, ratios and last values as arrays; `due` is said of every total."""
    shape = (data.indicators, QUARTERS, data.ancestors)
    total, reported = np.zeros(shape, np.int64), np.zeros(shape, np.int32)
    leaves = data.stretch[:, 1] - data.stretch[:, 0]
    due = (data.asked[:, :, np.newaxis] * leaves).astype(np.int32)
    ratio = np.full((data.indicators // 2, *shape[1:]), -1, np.int64)
    last = np.zeros((data.indicators, QUARTERS // PER_YEAR, data.ancestors), np.int64)
    t, r, n = found["totals"], found["ratio"], found["last"]
    at = (t["indicator"], t["period"], t["unit"])
    total[at], reported[at], due[at] = t["s"], t["n"], t["leaves"]
    ratio[r["pair"], r["period"], r["unit"]] = r["ratio"]
    last[n["indicator"], n["year"], n["unit"]] = n["s"]
    return Output(total, reported, due, ratio, last)
