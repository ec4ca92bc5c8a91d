"""numpy is loaded when the first total is asked for, and threads may ask together."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from nqcore.analysis.rollup import AcceptedValues, Totals
from nqcore.analysis.rollup.engine import Engine
from nqcore.catalogue import Definitions
from nqcore.collection.obligations import Obligations
from nqcore.model.periods import PeriodKind
from nqcore.model.units import Unit, UnitKind
from tests.analysis.rollup.worlds import catalogue_of, form, indicator, revision


def test_importing_nqcore_and_the_command_does_not_load_numpy() -> None:
    program = (
        "import sys, nqcore, nqcore.cli, nqcore.analysis.rollup, nqcore.analysis.provenance.explain_figures\n"
        "assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_threads_may_put_and_ask_at_once() -> None:
    units = tuple(
        Unit(code=f"u{n}", name="U", kind=UnitKind.COMMUNE, parent="u0" if n else None)
        for n in range(20)
    )
    known = catalogue_of(
        Definitions(
            units=units,
            indicators=(indicator("a"), indicator("b")),
            forms=(form("q", PeriodKind.QUARTER, ("a", "b")),),
        )
    )
    values = AcceptedValues(known)
    totals = Totals(Obligations(known), values, date(2018, 12, 31))

    def put(unit: int) -> None:
        for nth in range(20):
            row = {"a": Decimal(nth), "b": Decimal(nth)}
            values.put(revision(f"u{unit}", "q", "2018-Q1", row))

    def ask(_: int) -> bool:
        figure = totals.figure("a", "u0", "2018-Q1")
        return figure.coverage.due == 20 and 0 <= (figure.value or 0) <= 20 * 19

    with ThreadPoolExecutor(4) as threads:
        puts = threads.map(put, range(20))
        asks = threads.map(ask, range(200))
        list(puts)
        assert all(asks)
    for code in ("a", "b"):
        assert totals.figure(code, "u0", "2018-Q1").value == 20 * 19


def of_one_unit() -> tuple[AcceptedValues, Totals]:
    known = catalogue_of(
        Definitions(
            units=(Unit(code="u0", name="U", kind=UnitKind.COMMUNE, parent=None),),
            indicators=(indicator("a"),),
            forms=(form("q", PeriodKind.QUARTER, ("a",)),),
        )
    )
    values = AcceptedValues(known)
    return values, Totals(Obligations(known), values, date(2018, 12, 31))


def test_all_totals_over_the_same_values_follow_them() -> None:
    values, totals = of_one_unit()
    others = (Totals(totals.obligations, values, totals.today), totals.on(date(2019, 1, 1)))
    for value in (1, 2, 3):
        values.put(revision("u0", "q", "2018-Q1", {"a": Decimal(value)}))
        found = [each.figure("a", "u0", "2018-Q1").value for each in (totals, *others)]
        assert found == [value] * 3


def test_the_totals_of_another_day_have_the_same_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(Engine, "__init__", noting(made, Engine.__init__))
    values, totals = of_one_unit()
    early = totals.on(date(2018, 2, 1))
    values.put(revision("u0", "q", "2018-Q1", {"a": Decimal(5)}))
    assert totals.figure("a", "u0", "2018").value == 5
    assert early.figure("a", "u0", "2018").coverage.due == 0
    assert early.today == date(2018, 2, 1)
    assert len(made) == 1


def noting(made: list[object], method: Callable[..., None]) -> Callable[..., None]:
    """`method` that also notes its object in `made`."""

    def noted(self: object, *given: object, **named: object) -> None:
        made.append(self)
        method(self, *given, **named)

    return noted
