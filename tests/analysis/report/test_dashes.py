"""Findings that are one statement stand in one dash; each keeps its claims and its own decision."""

from __future__ import annotations

from pathlib import Path

from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.claims import CHANGES
from nqcore.model.findings import FindingKind
from nqcore.model.reports import Paragraph, Report
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.review.reading import read, written
from tests.review.sentences import value_of

TEN_YEARS = {"directive": "20-NQ/TW", "period": "2008..2018"}
HALF = "6 tháng đầu năm 2018 so với cùng kỳ năm trước giảm: "


def built(ws: Workspace) -> Report:
    return ws.reviews.build(ws.reviews.review(**TEN_YEARS))


def of(report: Report, rule: str) -> Paragraph:
    """The dash that tells the finding of that rule."""
    found = [
        block
        for block in report.body
        if isinstance(block, Paragraph) and rule in (block.finding, *block.beside)
    ]
    assert len(found) == 1
    return found[0]


# -- what has worsened ---------------------------------------------------------------------------


def test_what_fell_in_the_same_time_is_one_sentence_with_all_its_figures(demo: Workspace) -> None:
    verdict = demo.reviews.verdict(**TEN_YEARS)
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
    rows = text.removeprefix(HALF).split("; ")
    for row, rule in zip(rows, (dash.finding, *dash.beside), strict=True):
        (claim,) = worse[rule].claims
        assert claim.relation in CHANGES
        pairs = [
            tuple(written(value_of(figure), figure.decimals) for figure in figures)
            for figures in (claim.values, claim.like_for_like)
            if figures
        ]
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
