"""The tables of a definition file about indicators."""

from __future__ import annotations

from decimal import Decimal

from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.toml_table import TomlTable
from nqcore.formulas import parse
from nqcore.model.indicators import Direction, Indicator, OverTime, OverUnits


def read_indicator(keys: TomlTable, pack: PackDefaults) -> Indicator:
    """The indicator, or one version of it, of a table [[indicator]]."""
    label = keys.code("label")
    formula = keys.read("formula", parse) if keys.has("formula") else None
    at_most = keys.opt_text("at_most")
    weight = keys.opt_text("weight")
    found = Indicator(
        code=keys.code("code", pack.code(label)),
        label=label,
        name=keys.text("name"),
        measure=keys.text("measure"),
        decimals=keys.whole("decimals", 0),
        over_units=keys.choice("units", OverUnits, OverUnits.SUM),
        over_time=keys.choice("time", OverTime, OverTime.SUM),
        weight=pack.code(weight) if weight else None,
        direction=keys.choice("direction", Direction, Direction.NEUTRAL),
        formula=formula and formula.renamed(pack.code),
        minimum=keys.opt_number("minimum", Decimal(0)),
        maximum=keys.opt_number("maximum"),
        at_most=pack.code(at_most) if at_most else None,
        parts=tuple(pack.code(part) for part in keys.texts("parts")),
        asks=keys.scope("asks"),
        note=keys.text("note", ""),
        since=pack.since_of(keys),
        basis=pack.basis_of(keys),
    )
    if not 0 <= found.decimals <= 6:
        raise keys.wrong("decimals", "must be from 0 to 6")
    if found.over_units is OverUnits.WEIGHTED_MEAN and weight is None:
        raise keys.wrong("weight", "is missing; name the indicator that weighs the mean")
    keys.done()
    return found
