"""The engine says what the plain roll-up says, on random worlds."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nqcore.analysis.rollup import ExactTotal, Totals
from nqcore.errors import NotAddable
from nqcore.model.figures import ReportRef
from nqcore.model.units import Scope
from tests.analysis.rollup.oracle import Plain, PlainTotals
from tests.analysis.rollup.worlds import (
    SPANS,
    World,
    cells_of,
    scope_of,
    values_of,
    world_of,
    worlds,
)

pytestmark = pytest.mark.slow


def pairs(parts: tuple[ReportRef, ...]) -> frozenset[tuple[str, str]]:
    found = frozenset((part.unit, part.period) for part in parts)
    assert len(found) == len(parts)
    return found


def plain(worked: ExactTotal) -> Plain:
    """What the engine says in the words of the oracle."""
    cells = [(one.unit, one.period, one.value) for one in worked.contributions]
    assert len(set(cells)) == len(cells)
    return Plain(
        operand=worked.operand,
        due=pairs(worked.due),
        missing=pairs(worked.missing),
        carried=pairs(worked.carried),
        not_applicable=worked.not_applicable,
        cells=frozenset(cells),
    )


def engine(
    totals: Totals, code: str, unit: str, period: str, own: bool, scope: Scope
) -> Plain | str:
    span = totals.lookup.span(period, totals.catalogue.indicators[code])
    try:
        definition = totals.lookup.definition(code, unit, span)
        return plain(totals.exact(definition, unit, span, own=own, scope=scope))
    except NotAddable as refused:
        return str(refused)


def oracle(
    totals: PlainTotals, code: str, unit: str, period: str, own: bool, scope: Scope
) -> Plain | str:
    try:
        return totals.total(code, unit, period, own=own, scope=scope)
    except NotAddable as refused:
        return str(refused)


def without_reason(found: Plain | str) -> object:
    """Of reasons only that there is one: the oracle words them otherwise."""
    if isinstance(found, str):
        return found
    operand = found.operand
    return (
        operand.state,
        operand.fraction,
        found.due,
        found.missing,
        found.carried,
        found.not_applicable,
        found.cells,
    )


def question(world: World, random: Random) -> tuple[str, str, str, bool, Scope]:
    return (
        random.choice(list(world.catalogue.indicators)),
        random.choice(list(world.catalogue.units)),
        random.choice(SPANS),
        random.random() < 0.3,
        scope_of(random, world.catalogue.units),
    )


@settings(max_examples=200, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_every_total_is_what_the_plain_roll_up_says(world: World, seed: int) -> None:
    obligations, random = world.obligations(), Random(seed)
    totals = Totals(obligations, values_of(world.catalogue, world.submissions), world.today)
    cells = PlainTotals(obligations, cells_of(world.catalogue, world.submissions), world.today)
    for _ in range(25):
        asked = question(world, random)
        ours, theirs = engine(totals, *asked), oracle(cells, *asked)
        assert without_reason(ours) == without_reason(theirs), asked


@settings(max_examples=50, deadline=None)
@given(worlds, st.integers(0, 2**32))
@example(world_of(21612), 0)  # a new period after an indicator has left int64
def test_following_new_submissions_equals_a_full_recompute(world: World, seed: int) -> None:
    random = Random(seed)
    half = len(world.submissions) // 2
    values = values_of(world.catalogue, world.submissions[:half])
    totals = Totals(world.obligations(), values, world.today)
    for upto in range(half, len(world.submissions) + 1):
        if upto > half:
            values.put(world.submissions[upto - 1])
        known = values_of(world.catalogue, world.submissions[:upto])
        fresh = Totals(world.obligations(), known, world.today)
        for _ in range(5):
            asked = question(world, random)
            assert engine(totals, *asked) == engine(fresh, *asked)
