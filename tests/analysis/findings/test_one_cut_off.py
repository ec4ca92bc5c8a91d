"""One cut-off for all that a review says: what one unit reports early speaks of no later time."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.analysis.findings import Verdict
from nqcore.analysis.findings.changes import change_over_the_span, recent_change
from nqcore.analysis.findings.rule_types.targets import NOT_TO_THE_END
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.units import EVERY_UNIT
from tests.analysis.findings.small_rules import PACK, rule, target
from tests.support.small import Now, accepted, found, plugin, reopen

STATE = '{ sectors = ["state"] }'
UNITS = ("xa-a", "xa-b", "dn-1", "dn-2", "dn-3")
TARGET = (
    '[[target]]\nid = "m"\ndirective = "1-NQ/HU"\nindicator = "B1"\nvalue = "500"\n'
    'period = "2018"\nscope = { kinds = ["enterprise"] }\n'
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every unit has reported the first quarter, and the enterprise of the State alone the second one, in the
    week before its deadline."""
    folder, now = tmp_path_factory.mktemp("cut-off") / "ws", Now()
    now.on("2018-07-05")
    with found(folder, now) as ws:
        for unit in UNITS:
            accepted(ws, unit, "2018-Q1", A1="2" if unit != "dn-3" else "0", K1=["chu"])
        accepted(ws, "dn-3", "2018-Q2", A1="7", K1=["tien"], B1="40", B2="20")
    return folder


def verdict(office: Path, toml: str, day: str) -> Verdict:
    now = Now()
    now.on(day)
    with reopen(office, now, plugin("nq_rules", PACK + toml)) as ws:
        return ws.reviews.verdict(directive="1-NQ/HU", period="2018-H1", unit="top")


KINDS = {
    "a total": rule("total", {"some": "{by} {A1}"}, kind="result", indicators=["A1"]),
    "a total of some units": rule(
        "total", {"some": "{by} {B1}"}, kind="result", indicators=["B1"], scope=STATE
    ),
    "an answer": rule("answers", {"some": "{names}"}, field="K1", codes=["tien"], scope=STATE),
    "a target": rule("target", {"behind": "{by} {value}"}, indicators=["B1"], scope=STATE) + TARGET,
}


@pytest.mark.parametrize("day", ["2018-07-06", "2018-07-20"])
@pytest.mark.parametrize("toml", KINDS.values(), ids=KINDS)
def test_no_claim_goes_beyond_the_cut_off_of_the_review(office: Path, toml: str, day: str) -> None:
    for finding in verdict(office, toml, day).findings:
        assert [str(claim.end) for claim in finding.claims] == ["2018-03-31"]
        assert "quý II" not in sentence_text(finding.sentence)


def test_none_is_not_said_of_a_unit_with_some_after_the_cut_off(office: Path) -> None:
    toml = rule("still-zero", {"zero": "none"}, indicators=["A1"], scope=STATE)
    assert verdict(office, toml, "2018-07-06").findings == ()


def test_a_rule_that_needs_fewer_reports_speaks_as_far_as_they_go(office: Path) -> None:
    toml = rule("total", {"some": "{by} {A1}"}, kind="result", indicators=["A1"], coverage=20)
    (finding,) = verdict(office, toml, "2018-07-06").findings
    assert sentence_text(finding.sentence) == "đến hết quý II năm 2018 15"


OF_2018 = target("100", indicator="A1").replace("2017", "2018")


@pytest.mark.parametrize(
    ("span", "time"),
    [
        ("2017..2018", "trong quý I năm 2018 "),
        ("2018..2018-Q3", "đến nay "),
        ("2018", "đến nay "),
    ],
)
def test_what_was_counted_over_a_part_of_the_span_has_its_time(
    office: Path, span: str, time: str
) -> None:
    now = Now()
    now.on("2018-07-06")
    with reopen(office, now, plugin("nq_rules", PACK + OF_2018)) as ws:
        found_there = ws.reviews.verdict(directive="1-NQ/HU", period=span, unit="top").findings
    (one,) = (each for each in found_there if each.rule == "nq.target:m")
    assert time in sentence_text(one.sentence)


def test_the_end_of_a_year_has_one_value(tmp_path: Path) -> None:
    """One of two enterprises has not reported the end of 2019: its value before stands in the year."""
    now = Now()
    now.on("2020-02-20")
    with found(tmp_path / "ws", now) as ws:
        for quarter in (f"{year}-Q{nth}" for year in (2018, 2019) for nth in (1, 2, 3, 4)):
            for unit in ("xa-a", "xa-b", "dn-1", "dn-3"):
                if (unit, quarter) != ("dn-1", "2019-Q4"):
                    accepted(ws, unit, quarter)
        review = ws.reviews.review(directive="1-NQ/HU", period="2018..2019")
        changes = [
            compared(review, "s.B1", EVERY_UNIT, 50)
            for compared in (change_over_the_span, recent_change)
        ]
    assert [one.values[-1].value for one in changes if one is not None] == [200, 200]


def test_a_target_whose_time_a_unit_did_not_see_end_is_silent_for_that_reason(office: Path) -> None:
    """All the reports that it owed are there, so "not enough reports: 1 of 1" would be no reason."""
    now = Now()
    now.on("2019-02-20")
    toml = PACK + OF_2018 + 'scope = { kinds = ["enterprise"] }\n'
    with reopen(office, now, plugin("nq_rules", toml)) as ws:
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2018", unit="dn-2")
    assert [one.why.template for one in verdict.silent if one.rule == "nq.target:m"] == [
        NOT_TO_THE_END
    ]
