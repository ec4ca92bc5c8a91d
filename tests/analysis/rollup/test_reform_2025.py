"""The roll-up across 1 July 2025, on the real reorganisation: eight quarters on each side, a flow, a stock
and the ratio of both, with the shares of the 471 divided communes declared by the test and without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random

import pytest

import nq_units_2025
from nqcore.analysis.rollup import Totals
from nqcore.catalogue import Definitions
from nqcore.collection.obligations import Obligations
from nqcore.formulas import parse, round_half_up
from nqcore.model.indicators import OverTime
from nqcore.model.periods import PeriodKind
from nqcore.model.units import Scope, UnitKind
from tests.analysis.rollup.worlds import catalogue_of, form, indicator, revision, values_of

pytestmark = pytest.mark.slow

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
BEFORE = [f"{year}-Q{nth}" for year in (2023, 2024, 2025) for nth in (1, 2, 3, 4)][2:10]
AFTER = [f"{year}-Q{nth}" for year in (2025, 2026, 2027) for nth in (1, 2, 3, 4)][2:10]
TODAY = date(2028, 1, 1)
COUNTRY = "viet-nam"


@dataclass(frozen=True)
class Country:
    totals: Totals
    cells: dict[tuple[str, str], dict[str, int]]
    """By (period, unit): what it reported."""

    def sum(self, code: str, periods: list[str], units: set[str] | None = None) -> int:
        return sum(
            row[code]
            for (period, unit), row in self.cells.items()
            if period in periods and (units is None or unit in units)
        )


def sources() -> dict[str, list[str]]:
    """Old commune → the new ones that its land went to."""
    found: dict[str, list[str]] = {}
    for event in nq_units_2025.definitions().changes:
        for t in event.transfers:
            if t.source.startswith("xa-"):
                found.setdefault(t.source, []).append(t.target)
    return found


@cache
def country(shares: bool) -> Country:
    random = Random(2025)
    plain = nq_units_2025.definitions()
    declared: dict[tuple[str, str], Fraction] = {}
    if shares:
        for source, targets in sources().items():
            if len(targets) > 1:
                weights = [random.randint(1, 99) for _ in targets]
                for target, weight in zip(targets, weights, strict=True):
                    declared[source, target] = Fraction(weight, sum(weights))
    changes = tuple(
        replace(
            e,
            transfers=tuple(
                replace(t, share=declared.get((t.source, t.target))) for t in e.transfers
            ),
        )
        for e in plain.changes
    )
    communes = Scope(kinds=frozenset({UnitKind.COMMUNE}))
    definitions = Definitions(
        units=plain.units,
        changes=changes,
        indicators=(
            indicator("q.flow"),
            indicator("q.stock", over_time=OverTime.LAST),
            indicator("q.ratio", decimals=1, formula=parse("q.flow / q.stock * 100")),
        ),
        forms=(form("q", PeriodKind.QUARTER, ("q.flow", "q.stock"), communes),),
    )
    obligations = Obligations(catalogue_of(definitions))
    cells = {}
    for periods, day in ((BEFORE, OLD), (AFTER, NEW)):
        tree = obligations.tree(day)
        leaves = [code for code, unit in tree.items() if unit.kind is UnitKind.COMMUNE]
        for period in periods:
            for unit in leaves:
                row = {"q.flow": random.randint(0, 99_999), "q.stock": random.randint(1, 99_999)}
                cells[period, unit] = row
    revisions = tuple(
        revision(unit, "q", period, {code: Decimal(v) for code, v in row.items()})
        for (period, unit), row in cells.items()
    )
    return Country(Totals(obligations, values_of(obligations.catalogue, revisions), TODAY), cells)


@pytest.mark.parametrize("shares", [True, False], ids=["declared shares", "no shares"])
def test_the_national_total_is_the_same_to_the_last_unit_under_both_boundaries(
    shares: bool,
) -> None:
    known = country(shares)
    for period in (*BEFORE, *AFTER):
        flow, stock = known.sum("q.flow", [period]), known.sum("q.stock", [period])
        for day in (None, OLD, NEW):
            found = {
                code: known.totals.figure(code, COUNTRY, period, boundaries=day)
                for code in ("q.flow", "q.stock", "q.ratio")
            }
            assert found["q.flow"].value == flow
            assert found["q.stock"].value == stock
            assert found["q.ratio"].value == round_half_up(Fraction(flow * 100, stock), 1)
            assert all(f.coverage.complete and f.coverage.exact for f in found.values())


@pytest.mark.parametrize("shares", [True, False], ids=["declared shares", "no shares"])
def test_a_span_across_the_break_adds_up_flows_and_takes_the_last_stock(shares: bool) -> None:
    known = country(shares)
    span = "2024..2027"
    periods = [p for p in (*BEFORE, *AFTER) if p >= "2024"]
    for day in (None, OLD, NEW):
        flow = known.totals.figure("q.flow", COUNTRY, span, boundaries=day)
        assert flow.value == known.sum("q.flow", periods)
    year = "2025"
    for day in (None, OLD, NEW):
        stock = known.totals.figure("q.stock", COUNTRY, year, boundaries=day)
        assert stock.value == known.sum("q.stock", ["2025-Q4"])


def test_provinces_are_the_sum_of_their_new_communes_rounded_together() -> None:
    known = country(True)
    tree = known.totals.obligations.tree(NEW)
    for province in tree.children(COUNTRY)[:6]:
        whole = known.totals.figure("q.flow", province.code, BEFORE[-1], boundaries=NEW)
        below = [
            known.totals.figure("q.flow", one.code, BEFORE[-1], boundaries=NEW).value or 0
            for one in tree.children(province.code)
        ]
        assert whole.value == sum(below)


def test_each_of_the_441_communes_with_a_divided_source_is_marked_and_no_other() -> None:
    known = country(True)
    mixed = {t for targets in sources().values() if len(targets) > 1 for t in targets}
    assert len(mixed) == 441
    tree = known.totals.obligations.tree(NEW)
    for code, unit in tree.items():
        if unit.kind is UnitKind.COMMUNE and (code in mixed or int(unit.order) % 7 == 0):
            figure = known.totals.figure("q.flow", code, BEFORE[0], boundaries=NEW)
            assert bool(figure.coverage.estimated) is (code in mixed), code
    without = country(False)
    for code in sorted(mixed)[::20]:
        figure = without.totals.figure("q.flow", code, BEFORE[0], boundaries=NEW)
        assert figure.coverage.apart
        assert not figure.coverage.estimated


def test_the_2743_pure_merges_are_exact_and_add_up_by_hand() -> None:
    known = country(False)
    divided = {s for s, targets in sources().items() if len(targets) > 1}
    into: dict[str, set[str]] = {}
    for source, targets in sources().items():
        for target in targets:
            into.setdefault(target, set()).add(source)
    pure = {t: s for t, s in into.items() if len(s) > 1 and not s & divided}
    assert len(pure) == 2_743
    for target in sorted(pure)[::5]:
        figure = known.totals.figure("q.flow", target, BEFORE[3], boundaries=NEW)
        assert figure.value == known.sum("q.flow", [BEFORE[3]], pure[target])
        assert figure.coverage.exact
