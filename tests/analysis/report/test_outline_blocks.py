"""The text of a report by its outline: which findings stand where, the names of blocks, the leads."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.sentences import sentence_text
from nqcore.catalogue.outline_choice import chosen_outline
from nqcore.model.findings import FindingKind
from nqcore.model.outlines import Content, Lead, Outline, OutlinePart, Take
from nqcore.model.reports import Heading, Paragraph, Report
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_report, demo_verdict
from tests.support.remarks import remarks_of

TEN_YEARS = {"directive": "20-NQ/TW", "period": "2008..2018"}


@pytest.fixture
def ws(demo: Workspace) -> Workspace:
    """The demo, for reading."""
    return demo


def built(
    ws: Workspace, outline: str | Outline | None = None, period: str = "2008..2018"
) -> Report:
    if not isinstance(outline, Outline):
        return demo_report(ws, period, outline=outline)
    review = ws.reviews.review(directive="20-NQ/TW", period=period)
    review.outline = outline
    return ws.reviews.build(review)


def told(report: Report) -> list[str]:
    """The rules of all findings, as often as they are told."""
    found = [b for b in report.body if isinstance(b, Paragraph) and b.finding]
    return [rule for b in found for rule in (b.finding, *b.beside)]


OUTLINES = ("ngan", "tong-ket", "res20.ngan", "res20.tong-ket")


@pytest.mark.parametrize("outline", OUTLINES)
def test_each_finding_stands_once_whatever_the_outline(ws: Workspace, outline: str) -> None:
    report = built(ws, outline)
    assert report.outline == outline
    verdict = demo_verdict(ws)
    assert sorted(told(report)) == sorted(one.rule for one in verdict.findings)


@pytest.mark.parametrize("outline", OUTLINES)
def test_names_of_blocks_are_unique_and_stay_when_figures_change(
    ws: Workspace, outline: str
) -> None:
    now, before = built(ws, outline), built(ws, outline, "2008..2017")
    for report in (now, before):
        names = [block.block for block in (*report.body, *report.appendix)]
        assert len(set(names)) == len(names)
        assert all(names)
    assert [b.block for b in now.body if isinstance(b, Heading)] == [
        f"part:{part.key}"
        for part in ws.reviews.outline("20-NQ/TW", outline).parts
        if f"part:{part.key}" in {b.block for b in now.body}
    ]
    leads = [{b.block for b in r.body if b.block.startswith("lead:")} for r in (now, before)]
    assert leads[0] == leads[1]
    finding = next(b for b in now.body if b.block == "finding:res20.S2")
    assert isinstance(finding, Paragraph)
    assert [claim.relation.value for claim in finding.claims] == ["none_since"]


def test_a_finding_goes_to_the_part_that_names_its_rule_or_row(ws: Workspace) -> None:
    report = built(ws, "res20.tong-ket")
    parts: dict[str, list[str]] = {}
    part = ""
    for block in report.body:
        if isinstance(block, Heading):
            part = block.block
        elif isinstance(block, Paragraph) and block.finding:
            parts.setdefault(part, []).extend((block.finding, *block.beside))
    assert parts["part:lanh-dao"] == ["res20.R2a"]
    assert set(parts["part:tuyen-truyen"]) == {"res20.R1a", "res20.R3b", "res20.R3a", "res20.R3c"}
    assert parts["part:khac"] == ["nq.target:tu13.bhyt-2018"]
    kinds = {f.rule: f.kind for f in demo_verdict(ws).findings}
    assert {kinds[rule] for rule in parts["part:han-che"]} == {FindingKind.SHORTCOMING}


def test_a_finding_that_no_part_takes_is_a_remark_and_not_printed(ws: Workspace) -> None:
    one = OutlinePart(
        key="a", heading="A", takes=(Take(what=Content.RESULTS, rules=("res20.R2a",)),)
    )
    report = built(ws, Outline(id="o", title="t", parts=(one,)))
    assert told(report) == ["res20.R2a"]
    (remark,) = [
        text for text in remarks_of(report) if text.startswith("Nhận định không nằm trong")
    ]
    assert "Chưa có kế hoạch kiểm tra chuyên đề" in remark


LEADERSHIP = "đã tập trung lãnh đạo, chỉ đạo quán triệt và triển khai thực hiện"


def lead(report: Report, block: str = "lead:ket-qua") -> str:
    (found,) = [b for b in report.body if b.block == block]
    assert isinstance(found, Paragraph)
    return sentence_text(found.sentence)


def test_the_usual_lead_stands_because_figures_carry_it(ws: Workspace) -> None:
    report = built(ws)
    assert report.outline == "res20.ngan", "the plugin brings it for its resolution"
    assert lead(report) == (
        "Qua 10 năm triển khai thực hiện Nghị quyết, các cấp ủy đảng, chính quyền, cơ quan, đơn vị, "
        f"địa phương {LEADERSHIP}, đạt được một số kết quả tích cực nổi rõ là:"
    )
    (block,) = [b for b in report.body if b.block == "lead:ket-qua"]
    assert isinstance(block, Paragraph)
    assert len(block.claims) >= 2
    assert lead(report, "lead:giai-phap") == (
        "Tại Hội nghị, Ban Thường vụ Huyện ủy Tân Hòa đề ra một số giải pháp chủ yếu cần tập trung thực hiện "
        "trong thời gian tới như sau:"
    )


@pytest.mark.parametrize("carried_by", [("res20.R1a", "res20.R2d"), ("gone",)])
def test_a_lead_that_no_figure_carries_does_not_stand(
    ws: Workspace, carried_by: tuple[str, ...]
) -> None:
    said = Lead(text=f"{{who}} {LEADERSHIP}:", carried_by=carried_by)
    take = Take(what=Content.RESULTS, leads=(said,))
    report = built(
        ws, Outline(id="o", title="t", parts=(OutlinePart(key="ket-qua", takes=(take,)),))
    )
    assert LEADERSHIP not in lead(report)
    assert lead(report).endswith("đã đạt được một số kết quả nổi rõ là:")


def test_the_lead_of_a_unit_below_the_top_names_it_and_its_solutions_are_its_own(
    ws: Workspace,
) -> None:
    review = ws.reviews.review(**TEN_YEARS, unit="xa-an-phu", outline="ngan")
    report = ws.reviews.build(review)
    assert "triển khai thực hiện Nghị quyết, xã An Phú đã đạt được" in lead(report)
    assert chosen_outline(ws.catalogue, review.directive, review.span.kind).id == "res20.ngan"


def test_the_opening_is_short_and_the_documents_stand_in_a_note(ws: Workspace) -> None:
    report = built(ws)
    first = report.body[0]
    assert isinstance(first, Paragraph)
    assert first.block == "opening"
    assert sentence_text(first.sentence) == (
        "Thực hiện Nghị quyết 20-NQ/TW và các văn bản có liên quan¹, Ban Thường vụ Huyện ủy Tân Hòa báo cáo "
        "kết quả (số liệu đến ngày 30/6/2018)² như sau:"
    )
    notes = [sentence_text(b.sentence) for b in report.body if isinstance(b, Paragraph) and b.note]
    for number in ("79-KL/TW", "80-KL/TW", "13-NQ/TU", "70-KH/HU"):
        assert number in notes[0]
    assert notes[1] == report.coverage
