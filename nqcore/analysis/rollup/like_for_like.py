"""Like-for-like: a period compared with the one before it, over the units with figures in both.

A period in which reports are missing is never compared with a complete one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nqcore.analysis.rollup import Totals
from nqcore.errors import NotAddable
from nqcore.model.figures import Figure, percent_of_change
from nqcore.model.periods import Period
from nqcore.model.units import EVERY_UNIT, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class LikeForLike:
    """Both figures over the same `units`. `change` is in the indicator's unit of measure; `percent` is
    the change in per cent of the earlier figure, with one decimal, and None where the indicator is
    itself a per cent or the earlier figure is 0."""

    before: Figure
    now: Figure
    units: tuple[str, ...]
    change: Decimal
    percent: Decimal | None


def like_for_like(
    totals: Totals,
    indicator: str,
    unit: str,
    period: str,
    *,
    own: bool = False,
    scope: Scope = EVERY_UNIT,
    boundaries: date | None = None,
) -> LikeForLike | None:
    """`period` compared with the one before it.

    None where `period` is not one period of the indicator's form, there is no earlier one, or no unit
    has figures in both. Within `boundaries` the two periods may have different units, so there both
    must be complete. Raises UnknownName.
    """
    newest = totals.catalogue.indicator(indicator)
    form = totals.lookup.form_of(newest.code)
    span = totals.lookup.span(period, newest)
    if form is None or span.kind is not form.every:
        return None
    earlier = totals.obligations.earlier_periods(form, span, 1)
    if not earlier:
        return None
    if boundaries is not None:
        return _compare_complete(
            totals, newest.code, unit, earlier[0], span, own, scope, boundaries
        )
    try:
        had = frozenset(_members(totals, newest.code, unit, earlier[0], own, scope))
        have = _members(totals, newest.code, unit, span, own, scope)
        members = tuple(code for code in have if code in had)
        if not members:
            return None
        both = replace(scope, units=frozenset(members))
        before, now = (
            totals.figure(newest.code, unit, one.code, own=own, scope=both)
            for one in (earlier[0], span)
        )
    except NotAddable:
        return None
    return _compare(before, now, members)


def _compare_complete(
    totals: Totals,
    indicator: str,
    unit: str,
    earlier: Period,
    span: Period,
    own: bool,
    scope: Scope,
    boundaries: date,
) -> LikeForLike | None:
    try:
        before, now = (
            totals.figure(indicator, unit, one.code, own=own, scope=scope, boundaries=boundaries)
            for one in (earlier, span)
        )
    except NotAddable:
        return None
    if not (before.coverage.complete and now.coverage.complete):
        return None
    definition = totals.lookup.definition(indicator, unit, span)
    exact = totals.exact(definition, unit, span, own=own, scope=scope, boundaries=boundaries)
    return _compare(before, now, tuple(dict.fromkeys(p.unit for p in exact.due)))


def _compare(before: Figure, now: Figure, units: tuple[str, ...]) -> LikeForLike | None:
    if before.value is None or now.value is None:
        return None
    change = now.value - before.value
    return LikeForLike(
        before=before,
        now=now,
        units=units,
        change=change,
        percent=percent_of_change(before, now),
    )


def _members(
    totals: Totals, indicator: str, unit: str, period: Period, own: bool, scope: Scope
) -> tuple[str, ...]:
    """The units whose report of `period` itself is in the figure, in the order of the tree."""
    form = totals.lookup.form_of(indicator)
    assert form is not None
    figure = totals.figure(indicator, unit, period.code, own=own, scope=scope)
    owing = totals.obligations.owing_codes(form, period)
    absent = {*figure.coverage.missing_units, *(part.unit for part in figure.coverage.carried)}
    code = totals.catalogue.indicator(indicator).code
    tree = totals.obligations.tree(period.end)
    return tuple(
        one.code
        for one in totals.members(unit, period)
        if one.code in owing
        and one.code not in absent
        and scope.covers(one, tree)
        and totals.catalogue.asks(code, one, period.end)
        and (not own or one.code == unit)
    )
