"""The table of a definition file about indicators."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.catalogue.toml_table import Key, Late, Reading, TableCheck, TableProblem
from nqcore.catalogue.toml_values import (
    BASIS,
    CODE,
    INDICATOR,
    INDICATORS,
    SINCE,
    table_kind,
    whole,
)
from nqcore.errors import N_, Phrase
from nqcore.model.indicators import Indicator, OverUnits


def _full_code(reading: Reading) -> str:
    return reading.table.pack.code(reading.found["label"])


def _weight(reading: Reading) -> Iterator[TableProblem]:
    """A weighted mean needs its weights."""
    weighted = reading.found["over_units"] is OverUnits.WEIGHTED_MEAN
    if weighted and reading.found["weight"] is None:
        yield TableProblem(
            "weight",
            Phrase(N_("is missing")),
            Phrase(N_("name the indicator that weighs the mean")),
        )


INDICATOR_TABLE = table_kind(
    Indicator,
    code=Key(CODE, Late(_full_code)),
    label=Key(CODE),
    decimals=Key(whole(0, 6)),
    over_units=Key(name="units"),
    over_time=Key(name="time"),
    weight=Key(INDICATOR),
    at_most=Key(INDICATOR),
    parts=Key(INDICATORS),
    population=Key(INDICATOR),
    since=SINCE,
    basis=BASIS,
    checks=[TableCheck(("over_units", "weight"), _weight)],
)
"""The table [[indicator]]: an indicator, or one version of it."""
