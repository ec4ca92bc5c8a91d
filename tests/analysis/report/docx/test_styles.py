"""The styles of a Word document: sizes, type, lines, headings and notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Pt

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph, Report
from tests.analysis.report.docx.opened import millimetres, opened, texts

STYLES = [
    # style, size, bold, italic, alignment
    ("Cơ quan cấp trên", 14, None, None, ALIGN.CENTER),
    ("Cơ quan ban hành", 14, True, None, ALIGN.CENTER),
    ("Số và ký hiệu", 14, None, None, ALIGN.CENTER),
    ("Tiêu đề Đảng", 15, True, None, ALIGN.CENTER),
    ("Địa danh và ngày tháng", 14, None, True, ALIGN.CENTER),
    ("Tên loại văn bản", 16, True, None, ALIGN.CENTER),
    ("Trích yếu", 14, True, None, ALIGN.CENTER),
    ("Nội dung", 14, None, None, ALIGN.JUSTIFY),
    ("Heading 1", 14, True, None, ALIGN.JUSTIFY),
    ("Heading 2", 14, True, None, ALIGN.JUSTIFY),
    ("Thể thức đề ký", 14, True, None, ALIGN.CENTER),
    ("Chức vụ người ký", 14, None, None, ALIGN.CENTER),
    ("Họ tên người ký", 14, True, None, ALIGN.CENTER),
    ("Nơi nhận", 14, None, None, ALIGN.LEFT),
    ("Dòng nơi nhận", 12, None, None, ALIGN.LEFT),
    ("Bảng số", 12, None, None, ALIGN.RIGHT),
    ("Bảng đầu cột", 12, True, None, ALIGN.CENTER),
    ("Header", 14, None, None, ALIGN.CENTER),
]


@pytest.mark.parametrize(("name", "size", "bold", "italic", "align"), STYLES)
def test_each_named_style_has_the_size_of_the_guidance(
    document: DocxDocument,
    name: str,
    size: int,
    bold: bool | None,
    italic: bool | None,
    align: ALIGN,
) -> None:
    style = document.styles[name]
    assert (style.font.size, style.font.bold, style.font.italic) == (Pt(size), bold, italic)
    assert style.paragraph_format.alignment == align


def test_the_text_has_a_first_line_of_10_mm_exactly_18_points_a_line_and_6_points_before(
    document: DocxDocument,
) -> None:
    text = document.styles["Nội dung"].paragraph_format
    assert millimetres(text.first_line_indent) == 10.0
    assert (text.line_spacing, text.space_before, text.space_after) == (Pt(18), Pt(6), Pt(0))


def test_everything_is_times_new_roman_in_vietnamese(document: DocxDocument) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    (fonts,) = defaults.iter(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    (language,) = defaults.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "vi-VN"
    others = [e for s in document.styles for e in s.element.iter(qn("w:rFonts"))]
    assert others == []


def test_every_paragraph_has_a_style_of_its_own_and_none_is_formatted_by_hand(
    document: DocxDocument,
) -> None:
    used = [e.get(qn("w:val")) for e in document.element.body.iter(qn("w:pStyle"))]
    assert len(used) == len(list(document.element.body.iter(qn("w:p"))))
    formatted = [run for run in document.element.body.iter(qn("w:rPr")) if len(run)]
    assert formatted == []


def test_parts_are_roman_with_a_hyphen_in_capitals_and_headings_are_numbered_anew_in_each(
    document: DocxDocument,
) -> None:
    assert texts(document, "Heading 1") == [
        "I- KẾT QUẢ THỰC HIỆN",
        "II- TỒN TẠI, HẠN CHẾ",
        "III- NHIỆM VỤ, GIẢI PHÁP THỜI GIAN TỚI",
    ]
    assert texts(document, "Heading 2") == [
        "1. Công tác quán triệt, tuyên truyền",
        "2. Xây dựng tổ chức công đoàn, phát triển đoàn viên",
    ]


def test_the_text_ends_with_a_full_stop_and_nothing_of_the_states_style(
    report: Report, names: Names
) -> None:
    bare = replace(report, body=(Paragraph((Text("Trên đây là báo cáo kết quả"),)),), coverage="")
    assert texts(opened(DocxFormat(PARTY_2018).write(bare, names)), "Nội dung") == [
        "Trên đây là báo cáo kết quả."
    ]
    assert "./." not in "".join(
        p.text for p in opened(DocxFormat(PARTY_2018).write(report, names)).paragraphs
    )


def test_notes_are_small_and_the_text_before_them_has_its_full_stop(
    report: Report, names: Names
) -> None:
    body = (
        Paragraph((Text("Đã tổ chức¹"),)),
        Paragraph((Text("Theo 2 trong 3 báo cáo."),), label="¹", note=True),
    )
    document = opened(DocxFormat(PARTY_2018).write(replace(report, body=body, coverage=""), names))
    assert texts(document, "Nội dung") == ["Đã tổ chức¹."]
    assert texts(document, "Ghi chú")[0] == "¹ Theo 2 trong 3 báo cáo."
