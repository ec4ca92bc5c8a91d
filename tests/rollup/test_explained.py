"""From a total down to its cells and up again: what explain shows is what was added up."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqcore.errors import NotAddable
from nqcore.explaining import Explanation
from nqcore.formulas import NOT_APPLICABLE, NOT_REPORTED, Operand, Reference, evaluate, number
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.rollup import Totals, Worked
from nqcore.workspace import Workspace, open_workspace
from tests.rollup.oracle import OVER_TIME, OVER_UNITS
from tests.rollup.test_oracle import question
from tests.rollup.worlds import World, values_of, worlds


def added_again(worked: Worked, over_time: OverTime, over_units: OverUnits) -> Fraction:
    """The total from nothing but its cells."""
    by_unit: dict[str, list[tuple[str, Fraction]]] = {}
    for cell in worked.contributions:
        by_unit.setdefault(cell.unit, []).append((cell.period, Fraction(cell.value)))
    each = [
        OVER_TIME[over_time]([value for _, value in sorted(cells)]) for cells in by_unit.values()
    ]
    return OVER_UNITS[over_units](each)


@settings(max_examples=100, deadline=None)
@given(worlds, st.integers(0, 2**32))
def test_the_cells_of_a_typed_total_add_up_to_it_again(world: World, seed: int) -> None:
    random = Random(seed)
    totals = Totals(world.obligations(), values_of(world.catalogue, world.submissions), world.today)
    for _ in range(10):
        code, unit, period, own, scope = question(world, random)
        definition = world.catalogue.indicators[code]
        if definition.computed or definition.over_units is OverUnits.WEIGHTED_MEAN:
            continue
        try:
            worked = totals.work(
                definition, unit, totals.span(period, definition), own=own, scope=scope
            )
        except NotAddable:
            continue
        if worked.operand.fraction is None:
            assert worked.contributions == ()
        else:
            again = added_again(worked, definition.over_time, definition.over_units)
            assert again == worked.operand.fraction


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Workspace]:
    with open_workspace(demo_folder) as workspace:
        yield workspace


def again(explanation: Explanation) -> Operand:
    """The value from the leaves of the explanation alone."""
    indicator = explanation.indicator
    if indicator.formula is not None:
        parts = {ref: again(part) for ref, part in explanation.parts}
        return evaluate(indicator.formula, lambda ref: parts.get(ref, NOT_REPORTED))
    by_unit: dict[str, list[tuple[str, Fraction]]] = {}
    for one in explanation.origins:
        by_unit.setdefault(one.unit, []).append((one.period, Fraction(one.value)))
    if not by_unit:
        return NOT_REPORTED if explanation.figure.coverage.due else NOT_APPLICABLE
    each = [
        OVER_TIME[indicator.over_time]([value for _, value in sorted(cells)])
        for cells in by_unit.values()
    ]
    return number(OVER_UNITS[indicator.over_units](each))


PERIODS = ["2018-Q3", "2018-Q2", "2017", "2008..2018", "2012-Q1"]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_walking_down_the_explanation_of_any_figure_and_up_again_gives_the_figure(
    demo: Workspace, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(list(demo.catalogue.indicators)))
    unit = data.draw(st.sampled_from(list(demo.units)))
    figure = demo.figure(
        code, data.draw(st.sampled_from(PERIODS)), unit, own=data.draw(st.booleans())
    )
    explanation = demo.explain(figure)
    assert explanation.figure == demo.explain(figure.id).figure == figure
    assert explanation.indicator.since == figure.version
    found = again(explanation)
    assert (found.fraction is None) == (figure.value is None)
    if found.fraction is not None and figure.value is not None:
        assert abs(Fraction(figure.value) - found.fraction) * 2 * 10**figure.decimals <= 1


def test_the_version_and_the_parts_are_in_the_data(demo: Workspace) -> None:
    explanation = demo.explain(demo.figure("res20.A1", "2018-Q3"))
    data = explanation.as_data()
    assert data["figure"]["version"] == data["indicator"]["since"]
    assert data["breakdown"] is None


def test_a_weight_is_part_of_the_explanation_of_a_weighted_mean() -> None:
    assert Reference("w") in {Reference("w", "now")}
