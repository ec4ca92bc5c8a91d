"""The types of rules on small data: when each holds, and when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.analysis.findings import TYPES, Verdict
from nqcore.model.findings import (
    SilentState,
)
from tests.analysis.findings.small_rules import (
    COMPLAINT,
    HOLDS,
    NEVER,
    PACK,
    STATE,
    STILL_ZERO,
    TARGET,
    TOTAL,
    YEAR,
    judged,
    rule,
    said,
    target,
)
from tests.support.small import Now, accepted, found, plugin, reopen

Report = tuple[str, str, dict[str, object]]


GROWN = {"some": "{first} ({first_period}) to {last} ({last_period}), {change}; {first_2} {last_2}"}


@pytest.mark.parametrize(("toml", "sentence"), HOLDS.values(), ids=HOLDS)
def test_a_rule_says_its_sentence_when_it_holds_and_nothing_when_it_does_not(
    filled: Path, toml: str, sentence: str | None
) -> None:
    assert said(judged(filled, toml)) == sentence


@pytest.mark.parametrize(
    "toml",
    [
        rule("still-zero", STILL_ZERO, indicators=["A1"]) + target("11"),
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("11").replace(YEAR, "2019"),
        rule("total", TOTAL, indicators=["A1", "B1"]),
        rule("grown", GROWN, indicators=["A1", "A1"]),
    ],
    ids=["still-zero", "target", "total", "grown"],
)
def test_a_rule_gives_no_finding_about_a_span_without_any_period_that_counts(
    filled: Path, toml: str
) -> None:
    assert said(judged(filled, toml, period="2018-Q2")) is None


def test_none_so_far_is_said_only_where_every_unit_has_reported_up_to_the_cut_off(
    filled: Path,
) -> None:
    toml = rule("still-zero", STILL_ZERO, indicators=["A1"], scope=STATE)
    assert said(judged(filled, toml, period="2017-Q1..2017-Q3")) == "0 of 1 since 2017 to 2017"
    # The report of the fourth quarter is missing, and it is late.
    verdict = judged(filled, toml)
    assert said(verdict) is None
    assert [(one.rule, one.state) for one in verdict.silent] == [("r", SilentState.TOO_FEW_REPORTS)]
    # On a day on which it is not yet due, what is known is said up to the third quarter.
    over = {"zero": "{by}: {value}; {over}"}
    early = rule("still-zero", over, indicators=["A1"], scope=STATE)
    assert (
        said(judged(filled, early, day="2018-01-05"))
        == "đến hết quý III năm 2017: 0; trong 9 tháng đầu năm 2017"
    )


def test_grown_compares_the_first_and_the_last_year_in_the_indicator_s_own_direction(
    tmp_path: Path,
) -> None:
    with found(tmp_path / "ws") as ws:
        for period, held in (("2017-Q1", 1), ("2017-Q2", 2), ("2017-Q3", 3), ("2017-Q4", 4)):
            accepted(ws, "xa-b", period, A1=str(held))
            accepted(ws, "dn-3", period, A1="0", B1=str(100 * held), B2="50")
        accepted(ws, "xa-b", "2018-Q1", A1="30")
        accepted(ws, "dn-3", "2018-Q1", A1="0", B1="500", B2="60", B3="1,5")
    computed = (
        '[[indicator]]\nlabel = "{label}"\nname = "n"\nmeasure = "m"\ntime = "last"\n'
        'formula = "s.B1"\ndirection = "{direction}"\n'
    )
    up = PACK.replace('id = "s"', 'id = "g"') + (
        computed.format(label="U", direction="up") + computed.format(label="D", direction="down")
    )
    growing = up + rule("grown", GROWN, kind="result", indicators=["U", "s.B2"], coverage=30)
    now = Now()
    now.on("2018-04-20")

    def verdict(toml: str) -> Verdict:
        with reopen(tmp_path / "ws", now, plugin("nq_rules", toml)) as ws:
            return ws.reviews.verdict(directive="1-NQ/HU", period="2017..2018")

    assert said(verdict(growing)) == "400 (2017) to 500 (2018), +100; 50 60"
    assert said(verdict(growing.replace('["U"', '["D"'))) is None
    # What has worsened, or has not moved, does not stand among results.
    assert said(verdict(growing.replace('["U", "s.B2"]', '["U", "g.D"]'))) is None
    assert said(verdict(growing.replace("s.B2", "s.B2.1"))) is None
    assert said(verdict(growing.replace("s.B2", "s.B3"))) is None
    # A flow of a year that has not ended is not compared with a whole one.
    flow = rule("grown", GROWN, kind="result", indicators=["s.A1", "s.B2"])
    assert said(verdict(up + flow)) is None


def test_a_total_of_0_has_its_own_sentence_and_never_says_who_did(filled: Path) -> None:
    cases = {"some": "{value} by {having}", "zero": "{gap_units} for {gap}"}
    # In quarter II xa-b and dn-3 reported 0; dn-2 and xa-a are not in this scope.
    scope = '{ units = ["xa-b", "dn-3"] }'
    toml = rule("gaps", cases, indicators=["A1"], gap=2, scope=scope)
    assert said(judged(filled, toml, period="2017-H1")) == "2 trong 2 for 2"
    assert said(judged(filled, toml, period="2017-Q1..2017-Q3")) == "4 by 1 trong 2"
    some = rule("gaps", {"some": "{value}"}, indicators=["A1"], gap=2, scope=scope)
    assert said(judged(filled, some, period="2017-H1")) == "0"


def test_a_complaint_is_told_with_the_newest_words_of_the_units_that_have_it(filled: Path) -> None:
    toml = rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, quotes="N1")
    (finding,) = judged(filled, toml).findings
    assert finding.evidence.units == ("dn-2", "xa-b")
    assert [(q.unit, q.period, q.text) for q in finding.evidence.quotes] == [
        ("dn-2", "2017-Q4", "Chủ vắng 2017-Q4")
    ]


def test_every_rule_type_is_tried_here() -> None:
    tried = {name.partition(":")[0] for name in HOLDS | NEVER} | {"grown"}
    assert tried == set(TYPES)
