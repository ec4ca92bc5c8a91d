"""The strip behind a finding about gaps: each unit's reports, period by period."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from nqcore.analysis.findings.evidence_strip import EvidenceStrip, StripState, evidence_strip
from nqcore.workspace.facade import Workspace
from tests.analysis.findings.small_rules import PACK, rule
from tests.support.small import Now, plugin, reopen

SIGNS = {
    StripState.HAD: "x",
    StripState.ZERO: "0",
    StripState.MISSING: "-",
    StripState.NOT_ASKED: " ",
}
GAPS = rule("gaps", {"some": "{gap_units} không có: {names}"}, indicators=["A1"], gap=2, coverage=1)


def strips(folder: Path, period: str, toml: str = GAPS) -> list[EvidenceStrip | None]:
    now = Now()
    now.on("2018-04-20")
    with reopen(folder, now, plugin("nq_rules", PACK + toml)) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period=period, unit="top")
        return [evidence_strip(review, one) for one in ws.reviews.verdict_of(review).findings]


def signs(strip: EvidenceStrip) -> dict[str, str]:
    return {row.unit: "".join(SIGNS[state] for state in row.states) for row in strip.units}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2017", {"xa-a": "x000", "dn-3": "000-", "xa-b": "00x0"}),
        ("2017-Q2..2017-Q4", {"xa-a": "000", "dn-3": "00-"}),
        ("2017-Q1..2017-Q2", {"xa-b": "00", "dn-3": "00"}),
    ],
)
def test_each_unit_that_is_named_has_a_sign_for_each_period(
    filled: Path, period: str, expected: dict[str, str]
) -> None:
    (strip,) = strips(filled, period)
    assert strip is not None
    assert strip.indicator == "s.A1"
    assert len(strip.periods) == len(next(iter(expected.values())))
    assert signs(strip) == expected


def test_periods_stand_under_their_years(filled: Path) -> None:
    (strip,) = strips(filled, "2017-Q3..2018-Q1", GAPS.replace("gap = 2", "gap = 1"))
    assert strip is not None
    assert strip.years == ((2017, (0, 1)), (2018, (2,)))


def test_a_finding_about_something_else_has_no_strip(filled: Path) -> None:
    held = rule("total", {"some": "đã có {A1} hội nghị"}, indicators=["A1"], coverage=1)
    assert strips(filled, "2017", held) == [None]


def test_each_strip_of_the_demo_shows_the_gap_that_its_sentence_claims(demo: Workspace) -> None:
    review = demo.reviews.review(directive="20-NQ/TW", period="2008..2018")
    seen = 0
    for finding in demo.reviews.verdict_of(review).findings:
        strip = evidence_strip(review, finding)
        if strip is None:
            continue
        seen += 1
        claim = next(one for one in finding.claims if one.subject == strip.indicator)
        assert tuple(row.unit for row in strip.units) == claim.units
        for row in strip.units:
            asked = [state for state in row.states if state is not StripState.NOT_ASKED]
            runs = [len(list(run)) for state, run in groupby(asked) if state is StripState.ZERO]
            assert max(runs) >= claim.least, row.unit
    assert seen >= 3
