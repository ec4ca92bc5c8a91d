"""Which indicators add up: over units (a whole has the sum of its parts), and over time (a flow)."""

from __future__ import annotations

from nqcore.catalogue.catalogue import Catalogue
from nqcore.formulas import Formula
from nqcore.formulas.expressions import Call, Comparison, Expression, Product, Reference, walk
from nqcore.model.indicators import Indicator, OverTime, OverUnits


def adds_over_units(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether the figure of a whole is the sum of those of its units: 1.310 persons; not for a rate or an
    average. One that is computed adds up if it only adds and subtracts what adds up."""
    return _adds(catalogue, indicator, {indicator.code})


def adds_over_time(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Whether the figure of a year is the sum of those of its parts (a flow: conferences held); not for
    what stands at the end (members), a rate or an average."""
    formula = indicator.formula
    if formula is None:
        return indicator.over_time is OverTime.SUM and not _is_rate(indicator)
    return adds_over_units(catalogue, indicator) and all(
        ref.shift == "now"
        and ref.code in catalogue.indicators
        and adds_over_time(catalogue, catalogue.indicators[ref.code])
        for ref in formula.references
    )


def _adds(catalogue: Catalogue, indicator: Indicator, seen: set[str]) -> bool:
    if _is_rate(indicator):
        return False
    if indicator.formula is None:
        return indicator.over_units in (OverUnits.SUM, OverUnits.COUNT)
    if not _is_linear(indicator.formula):
        return False
    parts = {ref.code for ref in indicator.formula.references} - seen
    return all(
        _adds(catalogue, catalogue.indicators[code], seen | parts)
        for code in parts
        if code in catalogue.indicators
    )


def _is_rate(indicator: Indicator) -> bool:
    return indicator.measure.startswith("%")


def _is_linear(formula: Formula) -> bool:
    """Whether the formula only adds and subtracts figures, perhaps times a number."""
    return not any(
        isinstance(part, Comparison)
        or (isinstance(part, Call) and part.function in ("min", "max", "abs"))
        or (isinstance(part, Product) and not _scales(part))
        for part in walk(formula.expression)
    )


def _scales(product: Product) -> bool:
    """Whether at most one factor is a figure, and no figure is divided by."""
    figures = [sign for sign, factor in product.factors if _has_figure(factor)]
    return figures in ([], ["*"])


def _has_figure(expression: Expression) -> bool:
    return any(isinstance(part, Reference) for part in walk(expression))
