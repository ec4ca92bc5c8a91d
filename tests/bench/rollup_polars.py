"""The roll-up in polars, in the form that came out best in trials: a lazy plan for each level over
the collected one below it (one plan for all of them works the lower levels out again and again), and
one packed key where there are many groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from tests.bench.rollup_data import LEVELS, PER_YEAR, PERCENT, Country, Output
from tests.bench.rollup_duckdb import arranged


class Polars:
    """The rows in a frame of their own."""

    def __init__(self, data: Country) -> None:
        self._data = data
        names = ("unit", "indicator", "period", "value")
        self._rows = pl.DataFrame({name: getattr(data, name) for name in names})
        self._first = np.concatenate(([0], np.cumsum(LEVELS)))
        leaves = (data.stretch[:, 1] - data.stretch[:, 0]).astype(np.int32)
        self._leaves = pl.DataFrame(
            {"unit": np.arange(data.ancestors, dtype=np.int32), "leaves": leaves}
        ).lazy()

    def _tree(self, level: int) -> pl.LazyFrame:
        """unit → parent, from the level below `level` to `level`."""
        up = self._data.parent[level]
        below = self._first[level + 1] if level + 1 < len(LEVELS) else 0
        return pl.DataFrame(
            {
                "unit": np.arange(len(up), dtype=np.int32) + np.int32(below),
                "parent": (up + self._first[level]).astype(np.int32),
            }
        ).lazy()

    def _up(self, rows: pl.LazyFrame, key: str, sums: Sequence[pl.Expr]) -> pl.DataFrame:
        """The totals of all levels. `sums` add up the rows, the sums of those the levels above."""
        levels = []
        for level in range(len(LEVELS) - 1, -1, -1):
            joined = rows.join(self._tree(level), on="unit")
            grouped = joined.group_by("parent", "indicator", key).agg(sums)
            levels.append(grouped.rename({"parent": "unit"}).collect())
            rows = levels[-1].lazy()
            sums = [pl.col(name).sum() for name in ("s", "n") if name in levels[-1].columns]
        return pl.concat(levels)

    def query(self) -> dict[str, Any]:
        """Totals, ratios and last-in-year, as frames."""
        rows = self._rows.lazy()
        sums = (pl.col("value").sum().alias("s"), pl.len().cast(pl.Int32).alias("n"))
        totals = self._up(rows, "period", sums).lazy().join(self._leaves, on="unit").collect()
        odd = pl.col("indicator") % 2 == 1
        a, b = pl.col("a"), pl.col("b")
        ratio = (
            totals.lazy()
            .filter(odd)
            .select("unit", "period", (pl.col("indicator") // 2).alias("pair"), a=pl.col("s"))
            .join(
                totals.lazy()
                .filter(~odd)
                .select("unit", "period", (pl.col("indicator") // 2).alias("pair"), b=pl.col("s")),
                on=("unit", "period", "pair"),
            )
            .filter(b > 0)
            .with_columns(ratio=(2 * PERCENT * a + b) // (2 * b))
            .collect()
        )
        year = pl.col("period") // PER_YEAR
        key = (pl.col("unit").cast(pl.Int64) * 2**16 + pl.col("indicator")) * 2**16 + year
        packed = pl.col("period").cast(pl.Int64) * 2**40 + pl.col("value")
        newest = (
            rows.select(key=key, packed=packed)
            .group_by("key")
            .agg(pl.col("packed").max())
            .select(
                unit=(pl.col("key") // 2**32).cast(pl.Int32),
                indicator=(pl.col("key") // 2**16 % 2**16).cast(pl.Int16),
                year=(pl.col("key") % 2**16).cast(pl.Int16),
                s=pl.col("packed") % 2**40,
            )
        )
        last = self._up(newest, "year", [pl.col("s").sum()])
        return {"totals": totals, "ratio": ratio, "last": last}

    def output(self, found: dict[str, Any]) -> Output:
        """The frames as arrays, for comparing."""
        columns = {
            name: {column: frame[column].to_numpy() for column in frame.columns}
            for name, frame in found.items()
        }
        return arranged(self._data, columns)
