"""What a review may say where little is known, where a unit has closed, and where figures fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from nqcore.analysis.findings import Verdict
from nqcore.analysis.findings.changes import recent_change
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.findings import FindingKind
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin, reopen

PACK = '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'


def rule(id: str, kind: str, type: str, rest: str) -> str:
    return (
        f'[[rule]]\nid = "{id}"\nkind = "{kind}"\ndirective = "1-NQ/HU"\ntitle = "{id}"\n'
        f'type = "{type}"\n{rest}\n'
    )


ENTERPRISES = 'scope = { kinds = ["enterprise"] }\n'
NONE = rule(
    "none",
    "shortcoming",
    "still-zero",
    f'indicators = ["A1"]\n{ENTERPRISES}[rule.sentences]\nzero = "chưa có hội nghị nào: {{value}}"',
)
NO_PLAN = rule(
    "plan",
    "shortcoming",
    "plans",
    'field = "VB1"\n[rule.sentences]\nsome = "{missing} chưa có kế hoạch ({missing_names})"',
)
HELD = rule(
    "held",
    "result",
    "total",
    f'indicators = ["A1"]\n{ENTERPRISES}[rule.sentences]\nsome = "đã có {{A1}} hội nghị"',
)
RULES = PACK + NONE + NO_PLAN + HELD
QUARTERS = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2")


def judged(folder: Path, period: str, unit: str = "top", toml: str = RULES) -> Verdict:
    now = Now()
    now.on("2018-08-20")
    with reopen(folder, now, plugin("nq_rules", toml)) as ws:
        return ws.reviews.verdict(directive="1-NQ/HU", period=period, unit=unit)


def said(verdict: Verdict) -> dict[str, str]:
    assert verdict.not_evaluated == ()
    return {finding.rule: sentence_text(finding.sentence) for finding in verdict.findings}


def office(folder: Path) -> Workspace:
    now = Now()
    now.on("2018-08-20")
    return found(folder, now)


# -- little is known -----------------------------------------------------------------------------


@pytest.mark.parametrize("period", ["2017..2018", "2018", "2018-Q2"])
def test_where_no_unit_has_reported_none_is_accused(tmp_path: Path, period: str) -> None:
    office(tmp_path / "ws").close()
    assert said(judged(tmp_path / "ws", period)) == {}


def test_one_report_of_one_unit_is_no_ground_for_a_sentence_on_all(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        accepted(ws, "dn-3", "2018-Q1", A1="0")
        accepted(ws, "xa-a", "2018-Q1", A1="1")
    assert said(judged(tmp_path / "ws", "2017..2018")) == {}
    assert said(judged(tmp_path / "ws", "2018-Q1")) == {}


def test_none_is_not_said_while_a_report_is_late(tmp_path: Path) -> None:
    with office(tmp_path / "ws") as ws:
        for period in QUARTERS[:4]:
            for unit in ("dn-2", "dn-3"):
                if (unit, period) != ("dn-2", "2017-Q4"):
                    accepted(ws, unit, period, A1="0")
    assert "none" not in said(judged(tmp_path / "ws", "2017"))
    assert "none" in said(judged(tmp_path / "ws", "2017-Q1..2017-Q3"))


# -- a unit that has closed ----------------------------------------------------------------------


def closed(folder: Path, held: str) -> None:
    """dn-2 held so many in 2017-Q2 and closed on 15 June 2018; the others reported 0 throughout."""
    with office(folder) as ws:
        for period in QUARTERS:
            for unit in ("dn-1", "dn-2", "dn-3"):
                if (unit == "dn-1" and period < "2018") or (unit, period) == ("dn-2", "2018-Q2"):
                    continue
                accepted(
                    ws, unit, period, A1=held if (unit, period) == ("dn-2", "2017-Q2") else "0"
                )


def test_what_a_unit_did_before_it_closed_was_done(tmp_path: Path) -> None:
    closed(tmp_path / "ws", "2")
    told = said(judged(tmp_path / "ws", "2017..2018"))
    assert "none" not in told
    assert told["held"] == "đã có 2 hội nghị"
    # It holds of a later span, in which none was held.
    assert "none" in said(judged(tmp_path / "ws", "2018-Q2"))


def test_what_stood_in_a_unit_that_closed_was_there(tmp_path: Path) -> None:
    """A stock at the end of the span is 0, and yet there was one."""
    stock = NONE.replace('"A1"', '"B2"').replace("hội nghị", "người có bảo hiểm")
    with office(tmp_path / "ws") as ws:
        for period in QUARTERS:
            for unit in ("dn-1", "dn-2", "dn-3"):
                if (unit == "dn-1" and period < "2018") or (unit, period) == ("dn-2", "2018-Q2"):
                    continue
                accepted(ws, unit, period, B2="7" if unit == "dn-2" else "0")
    assert "none" not in said(judged(tmp_path / "ws", "2017..2018", toml=PACK + stock))
    assert "none" in said(judged(tmp_path / "ws", "2018-Q2", toml=PACK + stock))


# -- falls ---------------------------------------------------------------------------------------

GROWN = rule(
    "grown",
    "result",
    "grown",
    'indicators = ["B2", "B2.1"]\n[rule.sentences]\nsome = "số người tăng từ {first} lên {last}"',
)
DIRECTED = """
[[indicator]]
label = "T1"
name = "Số người được đóng bảo hiểm"
measure = "người"
time = "last"
direction = "up"
formula = "s.B2"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "T2"
name = "Số người chưa được đóng bảo hiểm"
measure = "người"
time = "last"
direction = "down"
formula = "s.B1 - s.B2"
asks = { kinds = ["enterprise"] }
"""
OWN = PACK.replace('id = "s"', 'id = "t"') + DIRECTED


def fallen(folder: Path, *, insured: tuple[int, int], workers: tuple[int, int]) -> None:
    """The first values are of each quarter of 2017, the second of each of 2018 so far; talks are halved."""
    with office(folder) as ws:
        for period in QUARTERS:
            year = int(period >= "2018")
            for unit in ("xa-a", "xa-b"):
                accepted(ws, unit, period, A1=("10", "5")[year])
            accepted(ws, "dn-3", period, A1="0", B1=str(workers[year]), B2=str(insured[year]))
            if period < "2018-Q2":
                accepted(ws, "dn-2", period, A1="0", B1="0", B2="0")
            if year:
                accepted(ws, "dn-1", period, A1="0", B1="0", B2="0")


def test_what_falls_is_a_shortcoming_though_no_rule_asks_for_it(tmp_path: Path) -> None:
    fallen(tmp_path / "ws", insured=(60, 40), workers=(100, 100))
    verdict = judged(tmp_path / "ws", "2017..2018", toml=PACK)
    told = {one.rule: one.kind for one in verdict.findings}
    assert told == {"nq.worsened:s.A1": FindingKind.SHORTCOMING}
    assert "giảm từ 40 xuống 20 hội nghị" in said(verdict)["nq.worsened:s.A1"]


def test_a_fall_and_a_rise_of_what_should_fall_are_told_with_their_numbers(tmp_path: Path) -> None:
    fallen(tmp_path / "ws", insured=(60, 40), workers=(100, 100))
    told = said(judged(tmp_path / "ws", "2017..2018", toml=OWN))
    assert "giảm từ 60 xuống 40 người (giảm 20 người, 33,3%)" in told["nq.worsened:t.T1"]
    assert "tăng từ 40 lên 60 người (tăng 20 người, 50,0%)" in told["nq.worsened:t.T2"]


def test_a_result_does_not_hide_what_fell_behind_what_rose(tmp_path: Path) -> None:
    """More are insured, but of so many more workers that the rate is lower."""
    fallen(tmp_path / "ws", insured=(40, 50), workers=(100, 200))
    rate = OWN.replace('formula = "s.B2"', 'formula = "s.B2 / s.B1 * 100"')
    grown = GROWN.replace('"B2", "B2.1"', '"s.B2", "t.T1"')
    told = said(judged(tmp_path / "ws", "2017..2018", toml=rate + grown))
    assert "grown" not in told
    assert "giảm từ 40" in told["nq.worsened:t.T1"]


# -- a unit that began within the time -----------------------------------------------------------


@pytest.mark.parametrize(("unit", "compared"), [("dn-1", False), ("dn-3", True)])
def test_what_happened_in_a_part_of_a_quarter_is_not_compared_with_a_whole_one(
    tmp_path: Path, unit: str, compared: bool
) -> None:
    """Công ty Một began on 1 February 2018, Công ty Ba was always there."""
    now = Now()
    now.on("2019-08-05")
    with found(tmp_path / "ws", now) as ws:
        for quarter in ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "2019-Q1", "2019-Q2"):
            accepted(ws, unit, quarter, A1=quarter[-1])
        review = ws.reviews.review(directive="1-NQ/HU", period="2018..2019", unit=unit)
        assert (recent_change(review, "s.A1") is not None) is compared
        assert recent_change(review, "s.B1") is not None, "what stands at the end is compared"
