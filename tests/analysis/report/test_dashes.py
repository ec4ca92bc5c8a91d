"""Findings that are one statement stand in one dash; each keeps its claims and its own decision."""

from __future__ import annotations

import re
from pathlib import Path

from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.claims import CHANGES
from nqcore.model.findings import FindingKind
from nqcore.model.reports import Paragraph, Report
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.review.reading import read, written
from tests.review.sentences import value_of
from tests.support.demo_reports import demo_report, demo_verdict

TEN_YEARS = {"directive": "20-NQ/TW", "period": "2008..2018"}
HALF = "6 tháng đầu năm 2018 so với cùng kỳ năm trước giảm: "


def built(ws: Workspace) -> Report:
    return demo_report(ws)


def of(report: Report, rule: str) -> Paragraph:
    """The dash that tells the finding of that rule."""
    found = [
        block
        for block in report.body
        if isinstance(block, Paragraph) and rule in (block.finding, *block.beside)
    ]
    assert len(found) == 1
    return found[0]


def with_notes_on_the_same_units(report: Report, text: str) -> str:
    """The text with each note "Cùng phạm vi …" behind its sign."""
    for block in report.body:
        if isinstance(block, Paragraph) and block.note:
            note = sentence_text(block.sentence)
            if note.startswith("Cùng phạm vi"):
                said = f", c{note[1:].removesuffix('.')}"
                text = re.sub(f"(?<![⁰¹²³⁴⁵⁶⁷⁸⁹]){block.label}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])", said, text)
    return text


# -- what has worsened ---------------------------------------------------------------------------


def test_what_fell_in_the_same_time_is_one_sentence_with_all_its_figures(demo: Workspace) -> None:
    verdict = demo_verdict(demo)
    worse = {
        one.rule: one
        for one in verdict.of(FindingKind.SHORTCOMING)
        if one.rule.startswith("nq.worsened:")
    }
    report = built(demo)
    dash = of(report, "nq.worsened:res20.D4")
    text = sentence_text(dash.sentence)
    assert text.startswith(HALF)
    assert {dash.finding, *dash.beside} == {*worse} - {"nq.worsened:res20.B5"}
    # Each part of the sentence, read from its words alone, is one of the claims.
    assert "cùng phạm vi" not in text, "what is said of the same units stands in the notes"
    rows = with_notes_on_the_same_units(report, text).removeprefix(HALF).split("; ")
    for row, rule in zip(rows, (dash.finding, *dash.beside), strict=True):
        (claim,) = worse[rule].claims
        assert claim.relation in CHANGES
        # The same units are printed where they say something else.
        pairs = list(
            dict.fromkeys(
                tuple(written(value_of(figure), figure.decimals) for figure in figures)
                for figures in (claim.values, claim.like_for_like)
                if figures
            )
        )
        assert [(move.a, move.b) for move in reversed(read(row, []).moves)] == pairs
    # What rose, and over the whole span, is another one.
    assert "tăng từ 366,7" in sentence_text(of(report, "nq.worsened:res20.B5").sentence)


def test_a_finding_in_the_office_s_own_words_stands_alone(demo_copy: Path) -> None:
    rule, words = "nq.worsened:res20.D4", "Số cuộc đối thoại giảm từ 13 xuống 6 cuộc"
    with open_workspace(demo_copy) as ws:
        ws.reviews.reword(rule, words, **TEN_YEARS, by="vanphong", confirm=True)
        report = built(ws)
        assert sentence_text(of(report, rule).sentence).startswith(words)
        assert of(report, rule).beside == ()
        assert rule not in of(report, "nq.worsened:res20.A5").beside


def test_a_finding_that_is_passed_over_leaves_its_dash(demo_copy: Path) -> None:
    rule = "nq.worsened:res20.D4"
    with open_workspace(demo_copy) as ws:
        ws.reviews.decide(rule, "dismissed", **TEN_YEARS, by="vanphong")
        text = "\n".join(
            sentence_text(block.sentence)
            for block in built(ws).body
            if isinstance(block, Paragraph)
        )
        assert "từ 45 xuống 34 buổi" in text
        assert "từ 13 xuống 6 cuộc" not in text


# -- rows ----------------------------------------------------------------------------------------


def dash_of(*rules: str, report: Report) -> str:
    """The text of the dash that tells exactly these."""
    dash = of(report, rules[0])
    assert (dash.finding, *dash.beside) == rules
    return sentence_text(dash.sentence)


def test_the_findings_of_one_row_of_the_seed_are_one_dash(demo: Workspace) -> None:
    report = built(demo)
    alone = {one.rule: sentence_text(one.sentence) for one in demo_verdict(demo).findings}
    text = dash_of("res20.S5a", "res20.S5b", "res20.S5c", report=report)
    assert text == "; ".join(alone[f"res20.S5{nth}"] for nth in "abc") + "."
    text = dash_of("res20.S1a", "res20.S1b", "res20.S1c", report=report)
    assert "Huyện đoàn). Trong 6 tháng đầu năm 2018 tỷ lệ" in text
    assert re.search("của năm 2018[⁰¹²³⁴⁵⁶⁷⁸⁹]+. Đến hết năm 2017 còn 3 trong 16", text)
    dash_of("res20.R1a", "res20.R3b", report=report)
    dash_of("res20.R1b", "res20.R1c", "res20.R1d", "res20.R1e", report=report)
    dash_of("res20.R3a", "res20.R3c", report=report)
    dash_of("res20.S2", report=report)


def test_each_finding_of_a_row_keeps_its_decision_and_its_words(demo_copy: Path) -> None:
    words = "Nhận thức của công nhân ở một số đơn vị còn thấp"
    with open_workspace(demo_copy) as ws:
        ws.reviews.reword("res20.S5b", words, **TEN_YEARS, by="vanphong", confirm=True)
        ws.reviews.decide("res20.S5a", "dismissed", **TEN_YEARS, by="vanphong")
        text = dash_of("res20.S5b", "res20.S5c", report=built(ws))
    assert text.startswith(f"{words}; hoạt động của các tổ chức đoàn thể")


def test_words_of_the_office_begin_a_sentence_of_their_own(demo_copy: Path) -> None:
    words = "Nhận thức của công nhân ở một số đơn vị còn thấp."
    with open_workspace(demo_copy) as ws:
        ws.reviews.reword("res20.S5b", words, **TEN_YEARS, by="vanphong", confirm=True)
        text = dash_of("res20.S5a", "res20.S5b", "res20.S5c", report=built(ws))
    assert f"đoàn thể”). {words.removesuffix('.')}; hoạt động" in text
