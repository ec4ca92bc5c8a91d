"""The head of a Word document, its subject, its signature and its recipients."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Length

from nq_party_report.profiles import PARTY_2018, PARTY_2026
from nq_state_report.profile import STATE_2020
from nqcore.analysis.report.docx import DocxFormat, DocxProfile
from nqcore.analysis.report.typesetting import unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph, Report
from tests.analysis.report.docx.opened import millimetres, opened, texts


def test_the_head_stands_in_a_table_of_two_columns_without_borders(document: DocxDocument) -> None:
    head = document.tables[0]
    assert [cell.text for row in head.rows for cell in row.cells] == [
        "ĐẢNG BỘ TỈNH BÌNH AN\nHUYỆN ỦY TÂN HÒA\n*",
        "ĐẢNG CỘNG SẢN VIỆT NAM\n",
        "Số\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
        "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}-BC/HU",
        "Tân Hòa, ngày\N{NO-BREAK SPACE}05 tháng 10 năm 2018",
    ]
    assert head.style is None or head.style.name == "Normal Table"
    assert not list(head._tbl.iter(qn("w:tblBorders")))


def test_the_rule_below_the_partys_name_is_a_solid_line_of_the_names_length(
    document: DocxDocument,
) -> None:
    rule = document.styles["Gạch dưới tiêu đề"]
    (line,) = rule.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    assert line.get(qn("w:val")) == "single"
    cell = document.tables[0].rows[0].cells[1].width
    sides = rule.paragraph_format
    assert cell is not None
    # 22 letters of Times New Roman Bold at 15 points are 72.9 mm long (measured in the font).
    assert millimetres(Length(cell - sides.left_indent - sides.right_indent)) == pytest.approx(
        72.9, abs=0.5
    )


def test_the_subject_follows_the_type_and_ends_with_five_hyphens(
    document: DocxDocument, report: Report
) -> None:
    assert [p.text for p in document.paragraphs[:3]] == [
        "BÁO CÁO",
        unbroken(report.title).replace("\N{NON-BREAKING HYPHEN}", "-"),
        "-----",
    ]


def test_the_signature_is_authority_post_and_name(document: DocxDocument) -> None:
    assert texts(document, "Thể thức đề ký") == ["T/M BAN THƯỜNG VỤ"]
    assert texts(document, "Chức vụ người ký") == ["PHÓ BÍ THƯ"]
    assert texts(document, "Họ tên người ký") == ["Trần Văn Nam"]


def test_recipients_are_underlined_above_and_end_with_semicolons_and_a_full_stop(
    document: DocxDocument,
) -> None:
    assert document.styles["Nơi nhận"].font.underline is True
    assert texts(document, "Nơi nhận") == ["Nơi nhận:"]
    assert texts(document, "Dòng nơi nhận") == [
        "- Tỉnh ủy (để báo cáo);",
        "- Các đồng chí Huyện ủy viên;",
        "- Các chi, đảng bộ trực thuộc Huyện ủy;",
        "- Lưu Văn phòng Huyện ủy.",
    ]


def test_recipients_that_already_have_their_marks_do_not_get_them_twice(
    report: Report, names: Names
) -> None:
    letterhead = replace(report.letterhead, recipients=("- Tỉnh ủy;", "- Lưu Văn phòng Huyện ủy."))
    document = opened(DocxFormat(PARTY_2018).write(replace(report, letterhead=letterhead), names))
    assert texts(document, "Dòng nơi nhận") == ["- Tỉnh ủy;", "- Lưu Văn phòng Huyện ủy."]


def test_a_body_with_nothing_above_it_that_signs_in_its_own_name_has_no_empty_lines(
    report: Report, names: Names
) -> None:
    letterhead = replace(report.letterhead, superior="", authority="")
    document = opened(DocxFormat(PARTY_2018).write(replace(report, letterhead=letterhead), names))
    head = document.tables[0].rows[0].cells[0].text
    assert head.split("\n") == [letterhead.body.upper(), "*"]
    (signature,) = (
        table.rows[0].cells[1].text
        for table in document.tables
        if table.rows[0].cells[0].text.startswith("Nơi nhận:")
    )
    assert signature.split("\n")[0] == letterhead.post.upper()


@pytest.mark.parametrize(
    ("words", "party", "state"),
    [
        ("hết", "hết.", "hết./."),
        ("hết.", "hết.", "hết./."),
        ("hết./.", "hết./.", "hết./."),
        ("hết:", "hết:", "hết:"),
        ("hết (đính kèm)", "hết (đính kèm).", "hết (đính kèm)./."),
        ("", "", ""),
    ],
)
def test_the_last_words_have_the_sign_of_the_end_once(
    report: Report, names: Names, words: str, party: str, state: str
) -> None:
    bare = replace(report, body=(Paragraph((Text(words),)),), coverage="", appendix=())
    for profile, end in ((PARTY_2018, party), (replace(PARTY_2018, text_end="./."), state)):
        assert texts(opened(DocxFormat(profile).write(bare, names)), "Nội dung") == [end]


@pytest.mark.parametrize("profile", [PARTY_2018, PARTY_2026, STATE_2020])
def test_urgency_and_circulation_stand_in_frames_of_their_own(
    report: Report, names: Names, profile: DocxProfile
) -> None:
    """Word draws one frame around paragraphs in frames that follow each other."""
    marked = replace(report, marks=("Dự thảo lần 1", "KHẨN", "LƯU HÀNH NỘI BỘ"))
    found = opened(DocxFormat(profile).write(marked, names)).tables[0].rows[1].cells[0].paragraphs
    styles = [one.style.name for one in found if one.style is not None]
    assert [one.text for one in found if one.style.name == "Dấu chỉ mức độ"] == [*marked.marks]
    assert styles[1:] == ["Dấu chỉ mức độ", "Ngắt phần"] * 2 + ["Dấu chỉ mức độ"]
