"""The documents that units issued: counted once, by name where no annex lists them, up to the cut-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nqcore.analysis.report.document_list import document_table
from nqcore.analysis.report.documents_issued import (
    body_words,
    documents_issued,
    documents_paragraphs,
    each_once,
    issued,
)
from nqcore.analysis.report.issuing_body import issuing_body, read_number
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.claims import Deed, Relation
from nqcore.model.fields import OwnDocument
from nqcore.model.reports import Paragraph
from nqcore.model.units import Unit, UnitKind, UnitTree
from nqcore.workspace.facade import Workspace
from tests.support.demo_reports import demo_report, demo_verdict

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
    claims = [c for f in demo_verdict(demo).findings for c in f.claims]
    (told,) = documents_paragraphs(review, listed=True, claims=claims)
    assert sentence_text(told.sentence) == (
        "Văn bản đã ban hành của các cơ quan, đơn vị, địa phương: danh sách kèm theo."
    )
    report = demo_report(demo, outline="tong-ket")
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
    review = demo.reviews.review(**TEN_YEARS, outline="tong-ket")
    review.outline = replace(review.outline, annexes=())
    report = demo.reviews.build(review)
    (block,) = [b for b in report.body if b.block == "document:VB1"]
    assert isinstance(block, Paragraph)
    assert "-KH/" in sentence_text(block.sentence)
    assert report.appendix == ()


@pytest.mark.parametrize(
    ("number", "unit", "body"),
    [
        ("13-CTr/HU", "van-phong", "Huyện ủy Tân Hòa"),
        ("Chương trình số 13 - CTr/HU", "xa", "Huyện ủy Tân Hòa"),
        ("05-KH/ĐU", "xa", "Đảng ủy xã An Phú"),
        ("46/KH-UBND", "xa", "Ủy ban nhân dân xã An Phú"),
        ("46/KH-UBND", "van-phong", "Ủy ban nhân dân huyện Tân Hòa"),
        ("02-KH/VPHU", "van-phong", "Văn phòng Huyện ủy"),
        ("118/KH-LĐTBXH", "phong", "Phòng Lao động - Thương binh và Xã hội"),
        # The province does not stand in the tree; a company has no symbol; a number may have none.
        ("13-NQ/TU", "xa", ""),
        ("05/KH-CTM", "cong-ty", ""),
        ("số 5", "xa", ""),
    ],
)
def test_the_body_is_the_one_of_the_symbol_in_the_place_of_the_unit(
    number: str, unit: str, body: str
) -> None:
    units = UnitTree(
        Unit(code=code, name=name, kind=kind, parent=parent)
        for code, name, kind, parent in (
            ("huyen", "Huyện Tân Hòa", UnitKind.COMMITTEE, None),
            ("van-phong", "Văn phòng Huyện ủy", UnitKind.AGENCY, "huyen"),
            ("phong", "Phòng Lao động - Thương binh và Xã hội", UnitKind.AGENCY, "huyen"),
            ("xa", "Xã An Phú", UnitKind.COMMUNE, "huyen"),
            ("cong-ty", "Công ty May", UnitKind.ENTERPRISE, "xa"),
        )
    )
    assert issuing_body(read_number(number), units[unit], units, None) == body


def test_a_document_stands_once_with_all_units_that_entered_it(demo: Workspace) -> None:
    """Two bodies of the committee entered its programme, one unit the district's plan that is a directive."""
    review = demo.reviews.review(**TEN_YEARS)
    (field,) = documents_issued(review)
    units = review.catalogue.units
    programme = OwnDocument("13-CTr/HU", date(2014, 5, 20))
    made = [issued(units, one.unit, one.field, programme) for one in field.issued[:2]]
    plan = issued(units, field.issued[2].unit, field.field, OwnDocument("70-KH/HU", None))
    (table,) = document_table(review, [*made, plan, *field.issued[3:]])
    rows = [row for row in table.rows if row[1] == "13-CTr/HU"]
    assert [row[2:] for row in rows] == [
        (
            "20/5/2014",
            "Huyện ủy Tân Hòa, do Ban Tuyên giáo Huyện ủy, Liên đoàn Lao động huyện báo cáo",
            "Chương trình thực hiện Nghị quyết 20-NQ/TW",
        )
    ]
    assert [row[3] for row in table.rows if row[1] == "70-KH/HU"] == ["Ban Thường vụ Huyện ủy"]
    numbers = [(row[1], row[2], row[3]) for row in table.rows]
    assert len(numbers) == len(set(numbers))


def test_two_communes_with_the_same_number_on_one_day_have_two_documents(demo: Workspace) -> None:
    review = demo.reviews.review(**TEN_YEARS)
    (field,) = documents_issued(review)
    communes = [one for one in field.issued if one.unit.code in ("xa-an-phu", "xa-binh-minh")]
    units, same = review.catalogue.units, OwnDocument("05-KH/ĐU", date(2014, 5, 20))
    made = [issued(units, one.unit, one.field, same) for one in communes]
    assert [body_words(entries) for entries in each_once(made)] == [
        "Đảng ủy xã Bình Minh",
        "Đảng ủy xã An Phú",
    ]
