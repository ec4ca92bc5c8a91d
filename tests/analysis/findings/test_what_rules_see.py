"""What is in a review that rules read: its span, its units, its directives, its accepted reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nqcore.analysis.findings.span import SpanRefused
from nqcore.model.findings import (
    FigureRef,
    FindingKind,
    SilentState,
    UnitCount,
)
from tests.analysis.findings.small_rules import GAPS, PLANS, STILL_ZERO, TOTAL, judged, rule, said
from tests.support.small import reopen


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("2016", "2016 ends before 1-NQ/HU was issued (05/01/2017)"),
        ("2008..2016", "ends before"),
        ("2019", "2019 begins on 01/01/2019"),
        ("2018-Q3", "2018-Q3 begins on 01/7/2018"),
    ],
)
def test_a_review_of_a_span_before_the_directive_or_in_the_future_is_refused(
    filled: Path, period: str, says: str
) -> None:
    with pytest.raises(SpanRefused) as refused:
        judged(filled, rule("total", TOTAL, indicators=["A1", "B1"]), period=period)
    assert says.replace("05/01", "5/1") in str(refused.value).replace("05/01", "5/1")


@pytest.mark.parametrize("period", ["2017", "2016..2017", "2017-Q1", "2018-Q2", "2016..2019"])
def test_a_review_of_a_span_that_has_begun_since_the_directive_is_made(
    filled: Path, period: str
) -> None:
    judged(filled, rule("total", TOTAL, indicators=["A1", "B1"]), period=period)


def test_a_plan_that_was_entered_once_stands_and_a_unit_without_a_report_is_not_accused(
    filled: Path,
) -> None:
    sentence = {"some": "{issued} | {missing} {missing_names} | {unreported} {unreported_names}"}
    toml = rule("plans", sentence, field="VB1")
    result = rule("plans", sentence, kind="result", field="VB1")
    # In 2017-Q3 xa-a named its plan; in 2018-Q1 both communes reported and named none.
    assert (
        said(judged(filled, result, period="2018-Q1")) == "1 trong 2 | 1 trong 2 Xã B | 0 trong 2 "
    )
    assert (
        said(judged(filled, toml, period="2017-Q2"))
        == "0 trong 2 | 2 trong 2 Xã A, Xã B | 0 trong 2 "
    )
    # The second quarter is over, and xa-b has not reported on it: nothing is known of it.
    late = judged(filled, toml, period="2018-Q2", day="2018-08-20")
    assert (said(late), late.silent[0].state) == (None, SilentState.TOO_FEW_REPORTS)
    one = {**sentence, "one": "{names} {by}"}
    half = rule("plans", one, kind="result", field="VB1", coverage=50)
    found = said(judged(filled, half, period="2018-Q2", day="2018-08-20"))
    assert found == "Xã A đến hết quý I năm 2018"  # nobody has reported on the second


def test_a_finding_carries_its_evidence_its_owner_and_its_tasks(filled: Path) -> None:
    toml = rule("gaps", GAPS, indicators=["A1"], gap=3, tasks=["t1"], order=7, coverage=75)
    (finding,) = judged(filled, toml).findings
    assert (finding.rule, finding.owner, finding.kind) == ("r", "nq_rules", FindingKind.SHORTCOMING)
    assert (finding.tasks, finding.order) == (("t1",), 7)
    evidence = finding.evidence
    assert evidence.units == ("xa-a", "dn-3")
    assert evidence.periods == ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")
    assert [(f.unit, f.own, f.value) for f in evidence.figures] == [
        ("top", False, 10),
        ("xa-a", True, 2),
        ("dn-3", True, 0),
    ]
    counted = [piece for piece in finding.sentence if isinstance(piece, UnitCount)]
    assert counted == [UnitCount(("xa-a", "dn-3"), ("xa-a", "dn-2", "xa-b", "dn-3"), share=True)]
    assert [piece.figure.value for piece in finding.sentence if isinstance(piece, FigureRef)] == [
        10
    ]


def test_what_a_unit_did_before_it_came_under_the_reviews_unit_is_not_counted(filled: Path) -> None:
    """xa-a, which held 2 in quarter I and none since, comes under xa-b on 1 April; with it dn-2."""
    moved = (
        '[[change]]\nid = "m"\ndate = 2017-04-01\nkind = "move"\nunit = "xa-a"\nparent = "xa-b"\n'
        'basis = "b"\n'
    )
    toml = moved + rule(
        "gaps", {"some": "{gap_units}: {having}"}, indicators=["A1"], gap=3, coverage=50
    )
    assert said(judged(filled, toml, unit="xa-b")) == "2 trong 4: 2 trong 4"


def test_a_rule_looks_only_at_the_unit_of_the_review_and_what_stands_under_it(filled: Path) -> None:
    toml = rule("gaps", GAPS, indicators=["A1"], gap=3)
    assert said(judged(filled, toml, unit="xa-a")) == "1 trong 2 for 3: Xã A; 6, 2017-2017"
    assert said(judged(filled, toml, unit="xa-b")) == "1 trong 2 for 3: Công ty Ba; 4, 2017-2017"
    assert said(judged(filled, toml, unit="dn-2")) is None


def test_rules_of_a_directive_outside_the_family_are_not_asked(filled: Path) -> None:
    other = (
        '[[directive]]\nid = "other"\ntype = "t"\nnumber = "9-NQ/HU"\nissuer = "HU"\nbody = "b"\n'
        'title = "t"\n'
    )
    toml = other + rule("total", TOTAL, indicators=["A1", "B1"]).replace("1-NQ/HU", "9-NQ/HU")
    assert judged(filled, toml).findings == ()
    linked = '[[link]]\nsource = "9-NQ/HU"\nkind = "implements"\ntarget = "1-NQ/HU"\n'
    assert len(judged(filled, linked + toml).findings) == 1


def test_a_report_that_is_not_accepted_is_not_in_what_rules_see(
    filled: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(filled, tmp_path / "copy"))
    toml = rule("still-zero", STILL_ZERO, indicators=["A1"], scope='{ units = ["xa-a"] }')
    assert said(judged(copy, toml)) is None
    plan = rule("plans", PLANS, field="VB1")
    assert said(judged(copy, plan)) == "1 trong 2 | 1 trong 2 | Xã B"
    with reopen(copy) as ws:
        for quarter in ("2017-Q1", "2017-Q3"):
            ws.reopen(f"{quarter}_s.q_xa-a", reason="sai", by="duyet")
    verdict = judged(copy, toml)
    assert (said(verdict), verdict.silent[0].state) == (None, SilentState.TOO_FEW_REPORTS)
    assert said(judged(copy, plan)) == "0 trong 2 | 2 trong 2 | Xã A, Xã B"


def test_results_stand_before_shortcomings_and_each_by_its_order(filled: Path) -> None:
    several = "".join(
        rule("total", TOTAL, kind=kind, indicators=["A1", "B1"], order=order).replace(
            'id = "r"', f'id = "{id}"'
        )
        for id, kind, order in (
            ("a", "shortcoming", 1),
            ("b", "result", 9),
            ("c", "result", 2),
            ("d", "shortcoming", 0),
        )
    )
    assert [f.rule for f in judged(filled, several).findings] == ["c", "b", "d", "a"]
