"""Totals are worked out once, and again after each change."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.analysis.rollup import Totals
from nqcore.analysis.rollup.aggregation import ReportedTotal, WeightOf
from nqcore.analysis.rollup.exact_total import ExactTotal
from nqcore.analysis.rollup.kept import Kept
from nqcore.model.submissions import SubmissionState
from nqcore.model.units import Scope, UnitKind
from tests.support.small import DISTRICT, Cells, catalogue, revision, totals

KNOWN = catalogue(DISTRICT)
CELLS: Cells = {
    ("xa-a", "2018-Q1"): {"A1": 3},
    ("xa-b", "2018-Q1"): {"A1": 4},
    ("xa-a", "2018-Q2"): {"A1": 5},
}


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units for which totals were added up, in order."""
    found: list[str] = []
    add = ReportedTotal.total

    def noted(self: ReportedTotal, *given: object) -> object:
        found.append(self._query.units.unit)
        return add(self, *given)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(ReportedTotal, "total", noted)
    return found


def known() -> Totals:
    return totals(KNOWN, CELLS, "2018-07-15")


def test_a_total_is_added_up_once_whatever_the_span_is_called(added: list[str]) -> None:
    of = known()
    spans = ("2018-H1", "2018-H1", "2018-Q1..2018-Q2", "2018-01-01..2018-06-30")
    assert {of.figure("A1", "top", span).value for span in spans} == {12}
    assert added == ["top"]


def test_each_question_has_its_own_total(added: list[str]) -> None:
    of = known()
    firms = Scope(kinds=frozenset({UnitKind.ENTERPRISE}))
    asked = [
        of.figure("A1", "top", "2018-Q1").value,
        of.figure("A1", "xa-a", "2018-Q1").value,
        of.figure("A1", "xa-a", "2018-Q2").value,
        of.figure("A1", "top", "2018-Q1", own=True).value,
        of.figure("A1", "top", "2018-Q1", scope=firms).value,
        of.figure("A1", "top", "2018-Q1", boundaries=date(2018, 1, 1)).value,
    ]
    assert asked == [7, 3, 5, None, None, 7]
    assert len(added) == 5  # figures within the units of a day are added up by other code


def test_the_totals_of_another_day_use_the_same_ones(added: list[str]) -> None:
    of = known()
    assert of.figure("A1", "top", "2018").value == 12
    assert of.on(date(2018, 4, 1)).figure("A1", "top", "2018").value == 7
    assert of.on(date(2018, 7, 20)).figure("A1", "top", "2018").value == 12
    assert added == ["top", "top"]


def test_a_change_of_any_report_is_in_the_next_total() -> None:
    of = known()
    assert of.figure("A1", "top", "2018-H1").value == 12
    of.values.put(revision("xa-b", "2018-Q2", {"A1": 30}))
    assert of.figure("A1", "top", "2018-H1").value == 42
    of.values.put(revision("xa-b", "2018-Q2", {"A1": 30}, state=SubmissionState.RETURNED))
    assert of.figure("A1", "top", "2018-H1").value == 12
    assert of.figure("A1", "top", "2018-H1").coverage.missing


def test_figures_of_another_version_are_never_given() -> None:
    kept: Kept[str, int] = Kept(most=10)
    kept.keep("a", 1, version=4, size=1)
    assert (kept.get("a", 4), kept.get("a", 5), kept.get("a", 3)) == (1, None, None)
    kept.keep("b", 2, version=5, size=1)
    assert (kept.get("a", 5), kept.get("b", 5)) == (None, 2)
    kept.keep("a", 1, version=4, size=1)  # its work began before the change, and ended after it
    assert (kept.get("a", 4), kept.get("a", 5), kept.get("b", 5)) == (None, None, 2)


def test_when_there_are_too_many_all_but_the_newest_are_forgotten() -> None:
    kept: Kept[str, int] = Kept(most=10)
    kept.keep("a", 1, version=1, size=4)
    kept.keep("b", 2, version=1, size=6)
    assert (kept.get("a", 1), kept.get("b", 1)) == (1, 2)
    kept.keep("c", 3, version=1, size=1)
    assert (kept.get("a", 1), kept.get("b", 1), kept.get("c", 1)) == (None, None, 3)


def test_a_report_that_is_put_in_while_a_total_is_made_is_in_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of, add = known(), ReportedTotal.total

    def meanwhile(self: ReportedTotal, weight_of: WeightOf | None) -> ExactTotal:
        found = add(self, weight_of)
        if of.values.get("s.A1", "2018-Q2", "xa-b") is None:
            of.values.put(revision("xa-b", "2018-Q2", {"A1": 30}))
        return found

    monkeypatch.setattr(ReportedTotal, "total", meanwhile)
    assert of.figure("A1", "top", "2018-H1").value == 12
    assert of.figure("A1", "top", "2018-H1").value == 42
