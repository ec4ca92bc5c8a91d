"""The parts with findings: their first words fit what follows, and an empty part is not printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.outlines import Content, OutlinePart, Take
from nqcore.model.reports import Heading, Paragraph
from tests.support.remarks import remarks_of
from tests.support.small import accepted, found, plugin

RULE = """
[[rule]]
id = "r.{kind}{nth}"
kind = "{kind}"
directive = "1-NQ/HU"
title = "t"
type = "total"
indicators = ["s.A1"]
coverage = 1
[rule.sentences]
some = "theo Nghị quyết số 1-NQ/HU đã tổ chức {{A1}} hội nghị"
"""
PACK = '[pack]\nid = "r"\nsince = 2017-01-01\nbasis = "Kế hoạch số 2"\n'
RESULTS = "Tình hình triển khai và kết quả thực hiện"
SHORTCOMINGS = "Tồn tại, hạn chế"
ONE = (
    "Trong quý I năm 2018, triển khai thực hiện Nghị quyết, các cấp ủy đảng, cơ quan, đơn vị, địa phương "
    "đã đạt được kết quả nổi rõ là:"
)
MANY = ONE.replace("được kết quả", "được một số kết quả")
BUT = "Tuy nhiên, bên cạnh những kết quả đạt được vẫn còn"


@pytest.mark.parametrize(
    ("results", "shortcomings", "headings", "leads"),
    [
        (0, 0, [], []),
        (1, 0, [RESULTS], [ONE]),
        (2, 0, [RESULTS], [MANY]),
        (
            2,
            1,
            [RESULTS, SHORTCOMINGS],
            [MANY, f"{BUT} tồn tại, hạn chế đáng lưu ý sau:"],
        ),
        (
            1,
            2,
            [RESULTS, SHORTCOMINGS],
            [ONE, f"{BUT} một số tồn tại, hạn chế đáng lưu ý sau:"],
        ),
        (
            0,
            1,
            [SHORTCOMINGS],
            ["Quá trình triển khai thực hiện còn tồn tại, hạn chế đáng lưu ý sau:"],
        ),
    ],
)
def test_what_leads_to_the_findings_fits_their_number(
    tmp_path: Path, results: int, shortcomings: int, headings: list[str], leads: list[str]
) -> None:
    kinds = ["result"] * results + ["shortcoming"] * shortcomings
    rules = "".join(RULE.format(kind=kind, nth=nth) for nth, kind in enumerate(kinds))
    with found(tmp_path / "ws", None, plugin("nq_rules", PACK + rules)) as ws:
        accepted(ws, "xa-a", A1="3")
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        report = build_report(review, ws.today, "1/ab")
    # After them come the parts on tasks: those of the span, and those that go on.
    assert [b.text for b in report.body if isinstance(b, Heading)][:-2] == headings
    texts = [sentence_text(b.sentence) for b in report.body if isinstance(b, Paragraph)]
    # The first is the opening, the last leads to the solutions.
    *said, solutions = [text for text in texts if text.endswith(("sau:", "là:"))][1:]
    assert said == leads
    assert solutions.startswith("Để khắc phục" if shortcomings else "Trong thời gian tới")
    empty = [remark for remark in remarks_of(report) if "không được in" in remark]
    nothing = not results and not shortcomings
    assert len(empty) == (0 if nothing else (not results) + (not shortcomings))
    assert (
        any("không có kết quả và không có tồn tại" in one for one in remarks_of(report)) is nothing
    )
    found_texts = {text for text in texts if "hội nghị" in text}
    if kinds:
        assert found_texts == {"Theo Nghị quyết 1-NQ/HU đã tổ chức 3 hội nghị²."}


def test_the_offices_own_words_stay_as_they_were_typed(tmp_path: Path) -> None:
    rule = RULE.format(kind="result", nth=1)
    with found(tmp_path / "ws", None, plugin("nq_rules", PACK + rule)) as ws:
        accepted(ws, "xa-a", A1="3")
        asked = {"directive": "1-NQ/HU", "period": "2018-Q1"}
        own = "Nghị quyết số 1-NQ/HU: 3 hội nghị."
        ws.reviews.decide("r.result1", "chosen", sentence=own, by="duyet", **asked)  # type: ignore[arg-type]
        report = ws.reviews.build(ws.reviews.review(**asked))  # type: ignore[arg-type]
    texts = [sentence_text(b.sentence) for b in report.body if isinstance(b, Paragraph)]
    assert "Nghị quyết số 1-NQ/HU: 3 hội nghị²." in texts


def test_where_no_part_has_results_none_are_mentioned_before_the_shortcomings(
    tmp_path: Path,
) -> None:
    rules = RULE.format(kind="result", nth=0) + RULE.format(kind="shortcoming", nth=1)
    part = OutlinePart(key="x", heading="Hạn chế", takes=(Take(what=Content.SHORTCOMINGS),))
    with found(tmp_path / "ws", None, plugin("nq_rules", PACK + rules)) as ws:
        accepted(ws, "xa-a", A1="3")
        whole = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1").outline
        mine = replace(whole, id="rieng", parts=(part,))
        ws.outlines.save(mine, by="duyet", directives=["1-NQ/HU"])
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1")
        report = build_report(review, ws.today, "1/ab")
    said = [sentence_text(b.sentence) for b in report.body if isinstance(b, Paragraph)]
    assert "Quá trình triển khai thực hiện còn tồn tại, hạn chế đáng lưu ý sau:" in said
