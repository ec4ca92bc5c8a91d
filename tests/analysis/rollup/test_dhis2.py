"""DHIS2's cases of aggregation through the whole roll-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nqcore.analysis.rollup import Totals
from nqcore.catalogue import Definitions
from nqcore.collection.obligations import Obligations
from nqcore.formulas import parse
from nqcore.model.forms import Form
from nqcore.model.indicators import OverTime, OverUnits
from nqcore.model.periods import PeriodKind
from nqcore.model.units import Scope, Unit, UnitKind
from tests.analysis.rollup.dhis2_cases import (
    ANALYTICS,
    MODIFIERS,
    NOT_HERE,
    OTHERWISE,
    RATES,
    REGISTERED,
    SAME,
    Case,
)
from tests.analysis.rollup.worlds import catalogue_of, form, indicator, revision, values_of

UNITS = tuple(
    Unit(code=code, name=code, kind=UnitKind.COMMUNE, parent=parent)
    for code, parent in {"A": None, "B": "A", "C": "A", "D": "B", "E": "B"}.items()
)
ELEMENTS = ("A", "B", "C", "D", "E", "F", "a1", "a2")


def monthly(case: Case) -> Form:
    found = form("m", PeriodKind.MONTH, ELEMENTS)
    until = date.fromisoformat(case.until) if case.until else None
    return replace(found, since=date.fromisoformat(case.since), until=until)


def totals(case: Case) -> Totals:
    how = {code: text.split() for code, text in (case.how or {}).items()}
    typed = [
        indicator(
            code,
            decimals=case.decimals,
            over_units=OverUnits(how.get(code, ["sum"])[0]),
            over_time=OverTime(how.get(code, ["sum"])[-1]),
        )
        for code in ELEMENTS
    ]
    computed = [
        indicator(code, decimals=case.decimals, formula=parse(text))
        for code, text in (case.formulas or {}).items()
    ]
    known = catalogue_of(
        Definitions(units=UNITS, indicators=(*typed, *computed), forms=(monthly(case),))
    )
    reports: dict[tuple[str, str], dict[str, Decimal]] = {}
    for cell in (ANALYTICS + MODIFIERS).replace("\n", "|").split("|"):
        if cell.strip():
            code, period, unit, value = cell.split()
            reports.setdefault((unit, period), {})[code] = Decimal(value)
    revisions = tuple(revision(unit, "m", p, row) for (unit, p), row in reports.items())
    return Totals(Obligations(known), values_of(known, revisions), date(2022, 12, 31))


def answers(case: Case) -> dict[str, Decimal | None]:
    known = totals(case)
    scope = Scope(units=frozenset(case.only))
    return {p: known.figure(case.of, case.unit, p, scope=scope).value for p in case.want}


def wanted(answer: dict[str, str | None]) -> dict[str, Decimal | None]:
    return {period: None if value is None else Decimal(value) for period, value in answer.items()}


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.name)
def test_a_case_of_dhis2_means_the_same_here(case: Case) -> None:
    assert answers(case) == wanted(case.want)


@pytest.mark.parametrize("case", OTHERWISE, ids=lambda case: case.name)
def test_a_case_of_dhis2_means_otherwise_here_for_the_reason_in_the_table(case: Case) -> None:
    assert answers(case) == wanted(case.want)
    if case.theirs:
        assert wanted(case.theirs) != wanted(case.want)
        assert case.why


@pytest.mark.parametrize(("name", "unit", "reported", "due"), RATES, ids=lambda value: str(value))
def test_a_reporting_rate_of_dhis2_is_our_coverage(
    name: str, unit: str, reported: int, due: int
) -> None:
    known = catalogue_of(
        Definitions(
            units=UNITS,
            indicators=(indicator("A"),),
            forms=(form("m", PeriodKind.MONTH, ("A",), Scope(units=frozenset("CD"))),),
        )
    )
    revisions = tuple(revision(unit[0], "m", p, {"A": Decimal(1)}) for p in REGISTERED[unit])
    year = Totals(Obligations(known), values_of(known, revisions), date(2017, 12, 31))
    coverage = year.figure("A", unit[0], "2017-Q1").coverage
    assert (coverage.reported, coverage.due) == (reported, due)


def test_what_has_no_counterpart_is_listed_with_its_reason() -> None:
    assert all(NOT_HERE.values())
    named = {case.name.partition(",")[0].partition(":")[0] for case in (*SAME, *OTHERWISE)}
    assert not named & {name for name in NOT_HERE if "," not in name}
