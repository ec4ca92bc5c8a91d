"""The documents that units issued: counted once, by name where no annex lists them, up to the cut-off."""

from __future__ import annotations

from dataclasses import replace

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.documents_issued import documents_issued, documents_paragraphs
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.claims import Deed, Relation
from nqcore.model.reports import Paragraph
from nqcore.workspace.facade import Workspace

TEN_YEARS = {"directive": "20-NQ/TW", "period": "2008..2018"}


def test_the_documents_of_the_demo_are_those_that_its_units_entered(demo: Workspace) -> None:
    (found,) = documents_issued(demo.reviews.review(**TEN_YEARS))

    assert len(found.issued) == 13
    assert len(found.known) == 16
    days = [one.document.date for one in found.issued]
    assert days == sorted(day for day in days if day is not None)


def test_the_sentence_counts_the_units_and_refers_to_the_list(demo: Workspace) -> None:
    review = demo.reviews.review(**TEN_YEARS)
    (told,) = documents_paragraphs(review, listed=True)
    assert told.block == "document:VB1"
    assert sentence_text(told.sentence) == (
        "Đến hết năm 2017, 13 trong 16 cơ quan, đơn vị, địa phương có báo cáo đã ban hành văn bản triển khai "
        "thực hiện Nghị quyết số 20-NQ/TW (danh sách kèm theo)."
    )
    (claim,) = told.claims
    assert (claim.relation, claim.what) == (Relation.SOME_DID, Deed.ENTERED)
    assert (len(claim.units), len(claim.among)) == (13, 16)
    (named,) = documents_paragraphs(review, listed=False)
    text = sentence_text(named.sentence)
    assert text.count("; ") == 12
    assert "(số " in text


def test_what_a_finding_says_already_is_not_counted_again(demo: Workspace) -> None:
    review = demo.reviews.review(**TEN_YEARS)
    claims = [c for f in demo.reviews.verdict(**TEN_YEARS).findings for c in f.claims]
    (told,) = documents_paragraphs(review, listed=True, claims=claims)
    assert sentence_text(told.sentence) == (
        "Văn bản đã ban hành của các cơ quan, đơn vị, địa phương: danh sách kèm theo."
    )
    report = demo.reviews.build(review, "tong-ket")
    said = [sentence_text(b.sentence) for b in report.body if hasattr(b, "sentence")]
    assert len([text for text in said if "13 trong 16" in text]) == 1


def test_a_unit_s_own_review_names_its_document(demo: Workspace) -> None:
    review = demo.reviews.review(**TEN_YEARS, unit="xa-an-phu")
    told = [sentence_text(p.sentence) for p in documents_paragraphs(review, listed=False)]
    assert len(told) == 1
    assert told[0].startswith(
        "Đã ban hành văn bản triển khai thực hiện Nghị quyết số 20-NQ/TW: số "
    )


def test_an_outline_without_the_annex_names_the_documents_in_the_text(demo: Workspace) -> None:
    outline = replace(demo.reviews.outline("20-NQ/TW", "tong-ket"), annexes=())
    report = build_report(demo.reviews.review(**TEN_YEARS), demo.today, "1/ab", outline=outline)
    (block,) = [b for b in report.body if b.block == "document:VB1"]
    assert isinstance(block, Paragraph)
    assert "-KH/" in sentence_text(block.sentence)
    assert report.appendix == ()
