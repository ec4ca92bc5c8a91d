"""The roll-up in polars, lazy: one plan, each level added up from the one below it."""

from __future__ import annotations

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

    def _up(self, rows: pl.LazyFrame, key: str, sums: list[pl.Expr]) -> pl.LazyFrame:
        """The totals of all levels, from columns that `sums` add up."""
        levels = []
        for level in range(len(LEVELS) - 1, -1, -1):
            joined = rows.join(self._tree(level), on="unit")
            rows = joined.group_by("parent", "indicator", key).agg(sums).rename({"parent": "unit"})
            levels.append(rows)
        return pl.concat(levels)

    def query(self) -> dict[str, Any]:
        """Totals, ratios and last-in-year, as frames."""
        rows = self._rows.lazy()
        one = rows.select("unit", "indicator", "period", s="value", n=pl.lit(1, pl.Int32))
        sums = [pl.col("s").sum(), pl.col("n").sum()]
        totals = self._up(one, "period", sums).join(self._leaves, on="unit")
        odd = pl.col("indicator") % 2 == 1
        a, b = pl.col("a"), pl.col("b")
        ratio = (
            totals.group_by("unit", (pl.col("indicator") // 2).alias("pair"), "period")
            .agg(
                a=pl.when(odd).then(pl.col("s")).max(),
                b=pl.when(~odd).then(pl.col("s")).max(),
            )
            .filter(a.is_not_null() & (b > 0))
            .with_columns(ratio=(2 * PERCENT * a + b) // (2 * b))
        )
        year = (pl.col("period") // PER_YEAR).alias("year")
        packed = (pl.col("period").cast(pl.Int64) * 2**40 + pl.col("value")).max() % 2**40
        newest = rows.group_by("unit", "indicator", year).agg(s=packed)
        last = self._up(newest, "year", [pl.col("s").sum()])
        frames = pl.collect_all([totals, ratio, last])
        return dict(zip(("totals", "ratio", "last"), frames, strict=True))

    def output(self, found: dict[str, Any]) -> Output:
        """The frames as arrays, for comparing."""
        columns = {
            name: {column: frame[column].to_numpy() for column in frame.columns}
            for name, frame in found.items()
        }
        return arranged(self._data, columns)
