"""Wholes and their parts, own reports and those from below: nothing is counted twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.breakdown import breakdown
from nqcore.catalogue import Definitions
from nqcore.collection.obligations import Obligations
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.periods import PeriodKind
from nqcore.model.submissions import Revision
from nqcore.model.units import Sector, Unit, UnitKind
from tests.analysis.rollup.worlds import catalogue_of, form, indicator, revision, values_of

UNITS = (
    Unit(code="top", name="Huyện", kind=UnitKind.COMMUNE),
    Unit(code="xa", name="Xã", kind=UnitKind.COMMUNE, parent="top"),
    Unit(code="dn-1", name="Một", kind=UnitKind.ENTERPRISE, parent="xa", sector=Sector.STATE),
    Unit(code="dn-2", name="Hai", kind=UnitKind.ENTERPRISE, parent="xa", sector=Sector.NON_STATE),
)
PARTS = ("state", "private")
INDICATORS = (
    indicator("all", parts=PARTS, over_time=OverTime.LAST),
    *(indicator(code, over_time=OverTime.LAST) for code in PARTS),
)


def totals(*revisions: Revision, indicators: tuple[object, ...] = INDICATORS) -> Totals:
    known = catalogue_of(
        Definitions(
            units=UNITS,
            indicators=indicators,  # type: ignore[arg-type]
            forms=(form("q", PeriodKind.QUARTER, ("all", *PARTS)),),
        )
    )
    return Totals(Obligations(known), values_of(known, revisions), date(2018, 12, 31))


def report(unit: str, period: str = "2018-Q1", **row: int) -> Revision:
    return revision(unit, "q", period, {code: Decimal(value) for code, value in row.items()})


def adds_up(known: Totals, unit: str = "top", period: str = "2018-Q1") -> bool | None:
    found = breakdown(known, known.figure("all", unit, period))
    assert found is not None
    assert [part.indicator for part in found.parts] == list(PARTS)
    return found.adds_up


def test_parts_that_add_up_do() -> None:
    known = totals(
        report("xa", all=5, state=2, private=3), report("dn-1", all=1, state=1, private=0)
    )
    assert adds_up(known) is True
    assert adds_up(known, "dn-1") is True


def test_parts_that_do_not_are_told() -> None:
    known = totals(
        report("xa", all=6, state=2, private=3), report("dn-1", all=1, state=1, private=0)
    )
    assert adds_up(known) is False
    assert adds_up(known, "dn-1") is True


def test_a_whole_with_other_reports_in_it_than_its_parts_is_not_compared() -> None:
    known = totals(report("xa", all=5, state=2, private=3), report("dn-1", all=1, state=1))
    assert adds_up(known) is None
    assert adds_up(known, "xa") is None
    carried = totals(
        report("xa", all=5, state=2, private=3), report("xa", "2018-Q2", all=6, state=2)
    )
    assert adds_up(carried, "xa", "2018-Q1..2018-Q2") is None


def test_a_part_that_nobody_brought_or_that_is_not_added_up_says_nothing() -> None:
    gone = (indicator("all", parts=("state", "gone")), *INDICATORS[1:])
    known = totals(report("xa", all=5, state=5, private=0), indicators=gone)
    found = breakdown(known, known.figure("all", "top", "2018-Q1"))
    assert found is not None
    assert found.adds_up is None
    kept = (*INDICATORS[:2], indicator("private", over_units=OverUnits.NONE))
    known = totals(report("xa", all=5, state=5, private=0), indicators=kept)
    found = breakdown(known, known.figure("all", "top", "2018-Q1"))
    assert found is not None
    assert found.adds_up is None


def test_a_figure_without_parts_has_no_breakdown() -> None:
    known = totals(report("xa", all=5))
    assert breakdown(known, known.figure("state", "top", "2018-Q1")) is None


def test_a_unit_s_own_report_is_kept_apart_from_what_is_reported_below_it() -> None:
    known = totals(report("top", all=100), report("xa", all=10), report("dn-1", all=1))
    period = "2018-Q1"
    own = {unit.code: known.figure("all", unit.code, period, own=True).value for unit in UNITS}
    assert own == {"top": 100, "xa": 10, "dn-1": 1, "dn-2": None}
    assert known.figure("all", "top", period).value == 111
    assert known.figure("all", "xa", period).value == 11
    assert known.figure("all", "dn-1", period).value == 1


def test_the_own_figure_is_due_from_the_unit_alone() -> None:
    known = totals(report("xa", all=10))
    alone = known.figure("all", "xa", "2018-Q1", own=True).coverage
    assert (alone.due, alone.reported) == (1, 1)
    missing = known.figure("all", "top", "2018-Q1", own=True)
    assert (missing.value, missing.coverage.missing_units) == (None, ("top",))


@pytest.mark.parametrize("unit", [unit.code for unit in UNITS])
def test_every_cell_is_in_a_total_once(unit: str) -> None:
    known = totals(*(report(each.code, all=1) for each in UNITS))
    definition = known.catalogue.indicators["all"]
    worked = known.exact(definition, unit, known.lookup.span("2018-Q1", definition))
    cells = [cell.unit for cell in worked.contributions]
    assert len(cells) == len(set(cells)) == worked.operand.fraction
