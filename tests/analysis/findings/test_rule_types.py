"""The types of rules on small data: when each holds, when it does not, and what keeps it from being
asked."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nqcore.analysis.findings import TYPES, Verdict
from nqcore.analysis.findings.sentence_templates import Part, fill_template
from nqcore.analysis.findings.span import SpanRefused
from nqcore.analysis.report.sentences import sentence_text
from nqcore.catalogue import Definitions, parse_definitions
from nqcore.catalogue.contracts import ReviewData
from nqcore.errors import DefinitionError, PluginError
from nqcore.model.findings import (
    Evidence,
    FigureRef,
    Finding,
    FindingKind,
    Sentence,
    SilentState,
    Text,
    UnitCount,
)
from nqcore.model.rules import EVERY_CASE, RULE_TYPES, RuleDefinition
from nqcore.model.units import EVERY_UNIT
from tests.support.small import ROOT, Now, accepted, found, plugin, reopen

PACK = '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'
YEAR = "2017"

Report = tuple[str, str, dict[str, object]]


def rule(
    type: str, sentences: dict[str, str], *, kind: str = "shortcoming", **params: object
) -> str:
    """A rule in TOML."""

    def written(value: object) -> str:
        if isinstance(value, list):
            return "[" + ", ".join(f'"{item}"' for item in value) + "]"
        return str(value) if isinstance(value, int) or str(value).startswith("{") else f'"{value}"'

    lines = [f"{key} = {written(value)}" for key, value in params.items()]
    cases = [f'{case} = "{text}"' for case, text in sentences.items()]
    return "\n".join(
        [
            f'[[rule]]\nid = "r"\nkind = "{kind}"\ndirective = "1-NQ/HU"\ntitle = "t"\ntype = "{type}"',
            *lines,
            "[rule.sentences]",
            *cases,
            "",
        ]
    )


def target(value: str, *, aim: str = "at_least", id: str = "m", indicator: str = "A1") -> str:
    return (
        f'[[target]]\nid = "{id}"\ndirective = "1-NQ/HU"\nindicator = "{indicator}"\nvalue = "{value}"\n'
        f'period = "2017"\naim = "{aim}"\n'
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2017 of the small district: who has reported what stands in the comments of the cases below."""
    folder = tmp_path_factory.mktemp("rules") / "ws"
    now = Now()
    now.on("2018-01-04")
    with found(folder, now) as ws:
        #                 xa-a  xa-b  dn-2  dn-3
        rows: dict[str, tuple[int | None, ...]] = {
            "2017-Q1": (2, 0, 1, 0),
            "2017-Q2": (0, 0, 1, 0),
            "2017-Q3": (0, 4, 1, 0),
            "2017-Q4": (0, 0, 1, None),
        }
        for period, values in rows.items():
            for unit, held in zip(("xa-a", "xa-b", "dn-2", "dn-3"), values, strict=True):
                if held is None:
                    continue
                more: dict[str, object] = {}
                if unit == "dn-2":
                    more = {"K1": ["chu"], "N1": f"Chủ vắng {period}"}
                if unit == "xa-b" and period == "2017-Q1":
                    more = {"K1": ["chu", "tien"]}
                if unit == "xa-a" and period == "2017-Q3":
                    more = {"VB1.number": "5-KH/ĐU", "VB1.date": "1/7/2017"}
                accepted(ws, unit, period, A1=str(held), **more)
        now.on("2018-04-05")
        accepted(ws, "xa-a", "2018-Q1", A1="9")
        accepted(ws, "xa-b", "2018-Q1", A1="9")
    return folder


def judged(
    folder: Path, toml: str, period: str = YEAR, unit: str = "top", *, day: str = "2018-04-20"
) -> Verdict:
    now = Now()
    now.on(day)
    with reopen(folder, now, plugin("nq_rules", PACK + toml)) as ws:
        assert ws.faults == ()
        return ws.reviews.verdict(directive="1-NQ/HU", period=period, unit=unit)


def said(verdict: Verdict) -> str | None:
    """The one sentence, None when the rule does not hold."""
    assert verdict.not_evaluated == ()
    assert len(verdict.findings) <= 1
    return sentence_text(verdict.findings[0].sentence) if verdict.findings else None


STILL_ZERO = {
    "zero": "{value} of {units} since {since} to {until}",
    "below": "{value} by {having} not {target}",
}
COMMUNES = '{ kinds = ["commune"] }'
STATE = '{ sectors = ["state"] }'
GAPS = {"some": "{gap_units} for {gap}: {names}; {value}, {since}-{until}"}
COMPLAINT = {"some": "{units}"}
GROWN = {"some": "{first} ({first_period}) to {last} ({last_period}), {change}; {first_2} {last_2}"}
TOTAL = {"some": "{A1} and {B1} of {units}, {since}-{until}"}
TARGET = {"some": "{indicator}: {value} of {target}"}
ANSWERS = {"some": "{units} ({names}); {missing} ({missing_names})"}
DAYS = {"some": "{given}: {list}; {missing} ({missing_names})"}
PLANS = {"some": "{issued} | {missing} | {missing_names}"}

# A1 in 2017: xa-a 2 0 0 0, xa-b 0 0 4 0, dn-2 1 1 1 1, dn-3 0 0 0 –; in all 10, 15 of 16 reports.
HOLDS: dict[str, tuple[str, str | None]] = {
    "still-zero: zero in what is there, and one report that is due is missing": (
        rule("still-zero", STILL_ZERO, indicators=["A1"], scope=STATE, coverage=1),
        None,
    ),
    "still-zero: above zero and no target": (
        rule("still-zero", STILL_ZERO, indicators=["A1"]),
        None,
    ),
    "still-zero: below the target": (
        rule("still-zero", STILL_ZERO, indicators=["A1"]) + target("11"),
        "10 by 3 trong 4 not 11",
    ),
    "still-zero: the target is reached": (
        rule("still-zero", STILL_ZERO, indicators=["A1"]) + target("10"),
        None,
    ),
    "still-zero: no sentence for the case": (
        rule("still-zero", {"below": "x"}, indicators=["A1"], scope=STATE),
        None,
    ),
    "gaps: three quarters running": (
        rule("gaps", GAPS, indicators=["A1"], gap=3, coverage=75),
        "2 trong 4 for 3: Xã A, Công ty Ba; 10, 2017-2017",
    ),
    "gaps: only up to the last quarter with enough reports": (
        rule("gaps", GAPS, indicators=["A1"], gap=3),
        "1 trong 4 for 3: Công ty Ba; 9, 2017-2017",
    ),
    "gaps: a missing report is no gap": (rule("gaps", GAPS, indicators=["A1"], gap=4), None),
    "gaps: two of the communes": (
        rule("gaps", GAPS, indicators=["A1"], gap=2, scope=COMMUNES),
        "2 trong 2 for 2: Xã A, Xã B; 6, 2017-2017",
    ),
    "gaps: the longest and then the newest gap first, and how many of the units did": (
        rule(
            "gaps", {"some": "{names}; {value} by {having}"}, indicators=["A1"], gap=2, coverage=75
        ),
        "Xã A, Công ty Ba, Xã B; 10 by 3 trong 4",
    ),
    "same-complaint: two units at any time": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=2),
        "2 trong 4",
    ),
    "same-complaint: one unit lately": (
        rule(
            "same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, last=1, coverage=75
        ),
        "1 trong 3",
    ),
    "same-complaint: one unit in the last quarter of which enough have reported": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, last=1),
        "1 trong 4",
    ),
    "same-complaint: too few": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=3),
        None,
    ),
    "same-complaint: either of two codes": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["tien"], at_least=1),
        "1 trong 4",
    ),
    "same-complaint: in its scope": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, scope=COMMUNES),
        "1 trong 2",
    ),
    "answers: the last report of each unit counts": (
        rule("answers", ANSWERS, field="K1", codes=["chu", "tien"]),
        "1 trong 4 (Công ty Hai); 0 trong 4 ()",
    ),
    "answers: too few": (rule("answers", ANSWERS, field="K1", codes=["chu"], at_least=2), None),
    "answers: the status of a task, of the one unit that has it": (
        rule("answers", {**ANSWERS, "one": "{names}; {over}"}, field="NV-t1", codes=["doing"]),
        "Xã A; trong năm 2017",
    ),
    "answers: one of one is not a share": (
        rule("answers", ANSWERS, field="NV-t1", codes=["doing"]),
        None,
    ),
    "answers: another status": (rule("answers", ANSWERS, field="NV-t1", codes=["done"]), None),
    "total: above zero": (
        rule("total", TOTAL, kind="result", indicators=["A1", "B1"], coverage=50),
        "10 and 200 of 4, 2017-2017",
    ),
    "total: only up to the last quarter with enough reports": (
        rule("total", TOTAL, kind="result", indicators=["A1", "B1"]),
        "9 and 200 of 4, 2017-2017",
    ),
    "total: of too few reports": (
        rule("total", TOTAL, indicators=["A1", "B1"], scope=STATE, coverage=100),
        None,
    ),
    "total: zero": (rule("total", TOTAL, indicators=["A1", "B1"], scope=STATE), None),
    "target: reached, as a result": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"]) + target("10"),
        "Hội nghị: 10 of 10",
    ),
    "target: reached, as a shortcoming": (
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("10"),
        None,
    ),
    "target: missed, as a shortcoming": (
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("10.5"),
        "Hội nghị: 10 of 10,5",
    ),
    "target: missed, as a result": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"]) + target("11"),
        None,
    ),
    "target: none is set": (rule("target", TARGET, coverage=75, indicators=["A1"]), None),
    "target: at most, reached": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"])
        + target("10", aim="at_most"),
        "Hội nghị: 10 of 10",
    ),
    "target: at most, missed": (
        rule("target", TARGET, coverage=75, indicators=["A1"]) + target("9", aim="at_most"),
        "Hội nghị: 10 of 9",
    ),
    "target: the strictest of two": (
        rule("target", TARGET, coverage=75, indicators=["A1"])
        + target("5", id="m1")
        + target("12", id="m2"),
        "Hội nghị: 10 of 12",
    ),
    "target: the strictest of two that are at most": (
        rule("target", TARGET, coverage=75, indicators=["A1"])
        + target("20", aim="at_most", id="m1")
        + target("8", aim="at_most", id="m2"),
        "Hội nghị: 10 of 8",
    ),
    "target: the one that is named": (
        rule("target", TARGET, coverage=75, kind="result", indicators=["A1"], target="m1")
        + target("5", id="m1")
        + target("12", id="m2"),
        "Hội nghị: 10 of 5",
    ),
    "plans: some have one, as a result": (
        rule("plans", PLANS, kind="result", field="VB1"),
        "1 trong 2 | 1 trong 2 | Xã B",
    ),
    "plans: some have none, as a shortcoming": (
        rule("plans", PLANS, field="VB1"),
        "1 trong 2 | 1 trong 2 | Xã B",
    ),
    "plans: nobody of the scope is asked": (rule("plans", PLANS, field="VB1", scope=STATE), None),
}


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


def test_a_target_of_another_year_does_not_speak(filled: Path) -> None:
    toml = rule("target", TARGET, coverage=75, kind="result", indicators=["A1"])
    for year, wanted in (
        ("2017", "Hội nghị: 10 of 10"),
        ("2018", None),
        ("2017..2019", "Hội nghị: 10 of 10"),
    ):
        aim = target("10").replace('period = "2017"', f'period = "{year}"')
        assert said(judged(filled, toml + aim, period="2017")) == wanted, year
    assert said(judged(filled, toml + target("10"), period="2017..2018")) == "Hội nghị: 10 of 10"
    assert said(judged(filled, toml + target("10"), period="2017-Q3")) is None


def test_a_number_that_units_add_up_to_is_the_target_of_the_unit_at_the_top_of_its_scope(
    filled: Path,
) -> None:
    toml = rule("target", TARGET, coverage=50, kind="result", indicators=["A1"])
    own = target("1") + 'scope = { units = ["xa-a"] }\n'
    below = target("1") + 'scope = { within = "xa-a" }\n'
    for aim, told in (
        (target("1"), {"top"}),
        (own, {"xa-a"}),
        (below, {"xa-a"}),
        (target("1") + 'scope = { within = "top" }\n', {"top"}),
        (target("0") + 'scope = { kinds = ["commune"] }\n', {"xa-a", "xa-b"}),
    ):
        spoken = {
            unit
            for unit in ("top", "xa-a", "xa-b", "dn-2")
            if said(judged(filled, toml + aim, period="2017", unit=unit))
        }
        assert spoken == told, aim


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


def test_a_total_of_0_has_its_own_sentence_and_never_says_who_did(filled: Path) -> None:
    cases = {"some": "{value} by {having}", "zero": "{gap_units} for {gap}"}
    # In quarter II xa-b and dn-3 reported 0; dn-2 and xa-a are not in this scope.
    scope = '{ units = ["xa-b", "dn-3"] }'
    toml = rule("gaps", cases, indicators=["A1"], gap=2, scope=scope)
    assert said(judged(filled, toml, period="2017-H1")) == "2 trong 2 for 2"
    assert said(judged(filled, toml, period="2017-Q1..2017-Q3")) == "4 by 1 trong 2"
    some = rule("gaps", {"some": "{value}"}, indicators=["A1"], gap=2, scope=scope)
    assert said(judged(filled, some, period="2017-H1")) == "0"


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


def test_a_complaint_is_told_with_the_newest_words_of_the_units_that_have_it(filled: Path) -> None:
    toml = rule("same-complaint", COMPLAINT, field="K1", codes=["chu"], at_least=1, quotes="N1")
    (finding,) = judged(filled, toml).findings
    assert finding.evidence.units == ("dn-2", "xa-b")
    assert [(q.unit, q.period, q.text) for q in finding.evidence.quotes] == [
        ("dn-2", "2017-Q4", "Chủ vắng 2017-Q4")
    ]


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


# -- what keeps a rule from being asked ----------------------------------------------------------

BROKEN: dict[str, tuple[str, str]] = {
    "an unknown type": (rule("miracle", {"some": "x"}), "give still-zero, gaps"),
    "an unknown name in a sentence": (
        rule("total", {"some": "{wrong}"}, indicators=["A1"]),
        "names {wrong}; known here: A1, area, by, judgement",
    ),
    "an unknown case": (rule("gaps", {"none": "x"}, indicators=["A1"], gap=1), "use some"),
    "an unknown option": (rule("total", TOTAL, indicators=["A1", "B1"], gap=1), "rule[r].gap: is"),
    "no indicator": (rule("total", {"some": "x"}), "indicators: is missing"),
    "no gap": (rule("gaps", GAPS, indicators=["A1"]), "rule[r].gap: is missing"),
    "a gap in words": (rule("gaps", GAPS, indicators=["A1"], gap="two"), "a whole number"),
    "no field": (rule("plans", PLANS), "rule[r].field"),
    "no codes": (rule("same-complaint", COMPLAINT, field="K1", at_least=1), 'codes = ["…"]'),
    "codes without any": (
        rule("same-complaint", COMPLAINT, field="K1", at_least=1, codes=[]),
        'codes = ["…"]',
    ),
    "no at_least": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["chu"]),
        "rule[r].at_least: is missing",
    ),
}


@pytest.mark.parametrize(("toml", "says"), BROKEN.values(), ids=BROKEN)
def test_a_rule_with_a_mistake_is_refused_when_its_file_is_read(toml: str, says: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f", PACK + toml)
    (mistake,) = wrong.value.mistakes
    assert says in str(mistake)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"type": "miracle"}, "give still-zero, gaps"),
        ({"sentences": {"some": "{wrong}"}}, "names {wrong}; known here: A1, area, by, judgement"),
        ({"sentences": {"none": "x"}}, "is no case of “total”; use some"),
        ({"params": {"gap": 1}}, "is no option of “total”; “total” takes no option"),
        ({"type": "gaps", "sentences": {}}, "rule[r].gap: is missing"),
        ({"indicators": (), "sentences": {}}, "rule[r].indicators: is missing"),
        (
            {"indicators": ("s.Z9",), "sentences": {"some": "{Z9}"}},
            "There is no indicator “s.Z9”",
        ),
    ],
)
def test_a_rule_made_in_code_that_cannot_be_asked_is_named_and_never_passed_over(
    filled: Path, change: dict[str, Any], says: str
) -> None:
    right = RuleDefinition(
        id="r",
        kind=FindingKind.RESULT,
        directive="1-NQ/HU",
        title="t",
        type="total",
        indicators=("s.A1",),
        sentences={"some": "{A1}"},
    )
    bad = plugin(
        "nq_rules", definitions=lambda: Definitions(rules=(dataclasses.replace(right, **change),))
    )
    with reopen(filled, Now(), bad) as ws:
        assert ws.faults == ()
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period=YEAR)
    assert verdict.findings == ()
    (fault,) = verdict.not_evaluated
    assert (fault.plugin, fault.where) == ("nq_rules", "rule r")
    assert says in fault.detail


NEVER = {
    "answers: a field without codes": (
        rule("answers", ANSWERS, field="VB1", codes=["yes"]),
        "names “VB1”, whose answers have no codes",
    ),
    "answers: no such field": (
        rule("answers", ANSWERS, field="X", codes=["yes"]),
        "names “X”, which no form asks for",
    ),
    "answers: no such code": (
        rule("answers", ANSWERS, field="K1", codes=["chu", "yes"]),
        "has “yes”; K1 has chu, tien",
    ),
    "same-complaint: no such code": (
        rule("same-complaint", COMPLAINT, field="K1", codes=["tien", "x"], at_least=1),
        "has “x”; K1 has chu, tien",
    ),
    "days: a field without days": (
        rule("days", DAYS, field="N1"),
        "names “N1”, a field of another type",
    ),
    "plans: a field without documents": (
        rule("plans", PLANS, field="K1"),
        "names “K1”, a field of another type",
    ),
}


@pytest.mark.parametrize(("toml", "says"), NEVER.values(), ids=NEVER)
def test_a_rule_that_could_never_speak_is_not_evaluated(filled: Path, toml: str, says: str) -> None:
    verdict = judged(filled, toml)
    assert verdict.findings == ()
    (fault,) = verdict.not_evaluated
    assert says in fault.detail


def test_the_types_are_those_that_are_declared() -> None:
    assert set(TYPES) == set(RULE_TYPES)


@pytest.mark.parametrize("toml", [toml for toml, says in HOLDS.values() if says])
def test_a_type_fills_the_names_that_are_declared_for_its_case(
    filled: Path, toml: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_in: list[set[str]] = []

    def fill(template: str, parts: dict[str, Part], rule: str, owner: str) -> Sentence:
        filled_in.append(set(parts))
        return fill_template(template, parts, rule, owner)

    monkeypatch.setattr("nqcore.analysis.findings.rule_types.asked.fill_template", fill)
    judged(filled, toml)
    (one,) = parse_definitions("f", PACK + toml).rules
    declared = [set(RULE_TYPES[one.type].names(case, one.indicators)) for case in one.sentences]
    # A still-zero rule has {target} only where there is a target.
    assert filled_in[0] | ({"target"} & declared[0]) in declared


def test_the_table_for_authors_is_what_is_declared() -> None:
    text = (ROOT / "plugins" / "README.md").read_text("utf-8")
    _, _, after = text.partition("### Rule types")
    rows = [row.split("|")[1:-1] for row in after.split("\n") if row.startswith("| `")][
        : len(RULE_TYPES)
    ]
    assert [row[0].strip().strip("`") for row in rows] == list(RULE_TYPES)
    for (_, _, options, cases, names), declared in zip(rows, RULE_TYPES.values(), strict=True):
        written = {
            name: name not in left_out
            for left_out in [re.findall(r"\w+", options.partition("[")[2])]
            for name in re.findall(r"\w+", options)
        }
        assert written == {name: each.required for name, each in declared.options.items()}
        assert re.findall(r"`([\w-]+)`", cases) == list(declared.cases)
        for case in declared.cases:
            known = {*declared.names(case, ("s.A1", "s.A2"))} - {"A1", "A2", *EVERY_CASE}
            listed = set(re.findall(r"\b[a-z][a-z_2]*\b", "".join(re.findall(r"`[^`]+`", names))))
            assert known <= listed if len(declared.cases) > 1 else known == listed


FINDING = Finding(
    rule="code",
    owner="nq_rules",
    kind=FindingKind.RESULT,
    title="t",
    sentence=(Text("x"),),
    evidence=Evidence(figures=()),
)


def raising() -> Iterator[Finding]:
    raise ValueError("boom")
    yield FINDING


def halfway() -> Iterator[Finding]:
    yield FINDING
    raise ValueError("boom")


def leaving() -> object:
    raise SystemExit(1)


@pytest.mark.parametrize(
    ("does", "says"),
    [
        (raising, "ValueError: boom"),
        (halfway, "ValueError: boom"),
        (leaving, "SystemExit"),
        (lambda: None, "TypeError"),
        (lambda: ["text"], "gave str, not Finding"),
    ],
    ids=["raises", "raises halfway", "exits", "gives nothing", "gives text"],
)
def test_a_rule_in_code_that_fails_is_not_evaluated_and_the_others_are(
    filled: Path, does: Callable[[], object], says: str
) -> None:
    bad = SimpleNamespace(
        id="code", kind=FindingKind.RESULT, directive="1-NQ/HU", findings=lambda view: does()
    )
    good = rule("total", TOTAL, indicators=["A1", "B1"])
    both = plugin("nq_rules", PACK + good, rules=lambda: [bad])
    with reopen(filled, Now(), both) as ws:
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period=YEAR)
        assert [f.rule for f in verdict.findings] == ["r"]
        (fault,) = verdict.not_evaluated
        assert (fault.plugin, fault.where) == ("nq_rules", "rule code")
        assert says in fault.detail
        text = ws.report(directive="1-NQ/HU", period=YEAR, format="json").data.decode()
        assert "Chưa đánh giá được, cần kiểm tra lại: rule code (nq_rules)" in text


def test_a_rule_in_code_is_given_a_view_of_what_is_accepted(filled: Path) -> None:
    seen: dict[str, object] = {}

    def look(v: ReviewData) -> list[Finding]:
        seen["units"] = [u.code for u in v.units(EVERY_UNIT)]
        seen["periods"] = [p.code for p in v.periods("A1")]
        seen["asked"] = [p.code for p in v.asked("B1", "dn-2")]
        seen["not asked"] = v.asked("B1", "xa-a")
        seen["cells"] = [v.cell("A1", "dn-3", f"2017-Q{n}").state.value for n in (1, 4)]
        seen["not applicable"] = v.cell("B1", "xa-a", "2017-Q1").state.value
        seen["figure"] = v.figure("A1", "xa-b", "2017-Q3", own=True).value
        seen["answers"] = [(u.code, p.code) for u, p, a in v.answers("VB1")]
        seen["documents"] = [u.code for u in v.document_units("VB1", EVERY_UNIT)]
        return [FINDING]

    looking = SimpleNamespace(
        id="look", kind=FindingKind.RESULT, directive="1-NQ/HU", findings=look
    )
    with reopen(filled, Now(), plugin("nq_rules", rules=lambda: [looking])) as ws:
        assert ws.findings(directive="1-NQ/HU", period=YEAR) == (FINDING,)
    assert seen == {
        "units": ["top", "xa-a", "dn-2", "xa-b", "dn-3"],
        "periods": ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"],
        "asked": ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"],
        "not asked": (),
        "cells": ["nil", "not_reported"],
        "not applicable": "not_applicable",
        "figure": 4,
        "answers": [("xa-a", "2017-Q3")],
        "documents": ["xa-a", "xa-b"],
    }


def test_every_rule_type_is_tried_here() -> None:
    tried = {name.partition(":")[0] for name in HOLDS | NEVER} | {"grown"}
    assert tried == set(TYPES)


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


def test_a_format_that_raises_is_named_with_its_plugin(filled: Path) -> None:
    def write(report: object, names: object) -> bytes:
        raise ValueError("boom")

    layout = SimpleNamespace(name="bad", title="t", suffix=".x", media_type="x/y", write=write)
    laid = plugin("nq_layout", report_formats=lambda: [layout])
    with (
        reopen(filled, Now(), laid) as ws,
        pytest.raises(PluginError, match="nq_layout failed in writing bad: ValueError: boom"),
    ):
        ws.report(directive="1-NQ/HU", period=YEAR, format="bad")
