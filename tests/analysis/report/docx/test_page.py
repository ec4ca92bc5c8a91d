"""A report as a Word document: the order of its parts, their styles, what stays whatever the words are."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.docx.widths import (
    Column,
    balanced,
    column_widths,
    fitting_size,
    least_mm,
)
from nqcore.analysis.report.errors import RaggedTable
from nqcore.analysis.report.typesetting import unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import Text
from nqcore.model.reports import Heading, Paragraph, Report, Table


@pytest.fixture(scope="module")
def document(report: Report, names: Names) -> DocxDocument:
    return opened(DocxFormat(PARTY_2018).write(report, names))


def opened(data: bytes) -> DocxDocument:
    return Document(BytesIO(data))


def millimetres(length: Length | None) -> float:
    assert length is not None
    return round(length.mm, 1)


def texts(document: DocxDocument, style: str) -> list[str]:
    """What stands in a style, in the frames of head and signature too."""
    paragraphs = [*document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                paragraphs += cell.paragraphs
    return [p.text for p in paragraphs if p.style is not None and p.style.name == style]


def test_the_page_is_a4_with_margins_20_20_30_15(document: DocxDocument) -> None:
    page = document.sections[0]
    assert (millimetres(page.page_width), millimetres(page.page_height)) == (210.0, 297.0)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [millimetres(margin) for margin in margins] == [20.0, 20.0, 30.0, 15.0]


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


def test_page_numbers_stand_in_the_top_margin_from_page_2(document: DocxDocument) -> None:
    first, *others = document.sections
    assert first.different_first_page_header_footer
    assert first.first_page_header.is_linked_to_previous  # that is: it is empty
    assert millimetres(first.header_distance) == 10.0
    (field,) = first.header._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")).strip() == "PAGE"
    for section in others:
        assert section.header.is_linked_to_previous
        assert not section.different_first_page_header_footer


def test_tables_have_borders_and_repeat_their_head_row(document: DocxDocument) -> None:
    tables = [t for t in document.tables if t.style is not None and t.style.name == "Table Grid"]
    assert len(tables) == 3
    for table in tables:
        head, *rows = table.rows
        assert list(head._tr.iter(qn("w:tblHeader")))
        assert not any(list(row._tr.iter(qn("w:tblHeader"))) for row in rows)
        assert all(list(row._tr.iter(qn("w:cantSplit"))) for row in table.rows)


def test_figures_in_tables_are_right_aligned_and_ordinals_centred(document: DocxDocument) -> None:
    row = document.tables[1].rows[2]
    assert [(c.text, c.paragraphs[0].style.name) for c in row.cells] == [
        ("2", "Bảng giữa"),
        ("Ngoài khu vực nhà nước", "Bảng chữ"),
        ("138", "Bảng số"),
        ("0", "Bảng số"),
        ("41", "Bảng số"),
    ]


def test_a_table_is_as_wide_as_the_text(document: DocxDocument) -> None:
    for place, width in ((1, 165), (3, 252), (4, 165)):
        cells = document.tables[place].rows[0].cells
        assert sum(c.width or 0 for c in cells) == pytest.approx(Mm(width), abs=Mm(0.5))


def test_the_appendix_starts_a_new_page_and_a_table_of_eleven_columns_turns_it(
    document: DocxDocument,
) -> None:
    turned = [section.orientation for section in document.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    wide = document.sections[1]
    assert (millimetres(wide.page_width), millimetres(wide.page_height)) == (297.0, 210.0)
    assert texts(document, "Phụ lục") == ["Phụ lục I", "Phụ lục II"]
    for line in texts(document, "Kèm theo"):
        assert line.startswith("(Kèm theo Báo cáo số")
        assert line.endswith("-BC/HU, ngày\N{NO-BREAK SPACE}05 tháng 10 năm 2018)")


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


def test_the_title_of_a_part_of_a_table_is_bold_and_a_row_without_figures_is_not(
    report: Report, names: Names
) -> None:
    table = Table(
        caption="",
        columns=("Mã số", "Chỉ tiêu", "Số"),
        rows=(("A", "Học tập", ""), ("A1", "Hội nghị", ""), ("A", "Loại", "B")),
    )
    document = opened(
        DocxFormat(PARTY_2018).write(replace(report, body=(table,), appendix=()), names)
    )
    (_, *rows) = document.tables[1].rows
    styles = [[cell.paragraphs[0].style.name for cell in row.cells] for row in rows]
    assert styles[0] == ["Bảng tên mục"] * 3
    assert all("Bảng tên mục" not in row for row in styles[1:])


def test_a_report_without_appendix_has_one_section(report: Report, names: Names) -> None:
    document = opened(DocxFormat(PARTY_2018).write(replace(report, appendix=()), names))
    assert len(document.sections) == 1
    assert texts(document, "Phụ lục") == []


def test_a_figure_with_missing_reports_is_marked_and_the_note_names_them(
    document: DocxDocument,
) -> None:
    assert [c.text for c in document.tables[3].rows[1].cells][-2:] == ["9.114", "9.727*"]
    notes = texts(document, "Ghi chú")
    assert "* Chưa đủ số liệu: cột “2017” lấy số của kỳ trước: Xã Tân An." in notes
    assert any(
        note.startswith("* Chưa đủ số liệu: cột “2018” có 10 trong 12 báo cáo; thiếu: Hợp tác xã")
        and note.endswith("Công ty TNHH May Tân Hòa.")
        for note in notes
    )


def test_a_figure_without_value_is_a_dash_with_its_reason_below(document: DocxDocument) -> None:
    assert [c.text for c in document.tables[3].rows[3].cells][1:4] == ["–", "–", "56,1"]
    notes = texts(document, "Ghi chú")
    assert "– cột “2009”, “2010”: chưa có báo cáo." in notes  # of the table
    assert "– chưa có báo cáo." in notes  # of the sentence
    assert "0" not in [c.text for c in document.tables[3].rows[3].cells]


def test_the_coverage_of_the_whole_report_is_said_once(report: Report, names: Names) -> None:
    said = f"Ghi chú: {report.coverage}"
    assert said in texts(opened(DocxFormat(PARTY_2018).write(report, names)), "Ghi chú")
    in_words = replace(report, body=(Paragraph((Text(report.coverage),)), *report.body))
    assert said not in texts(opened(DocxFormat(PARTY_2018).write(in_words, names)), "Ghi chú")


def test_the_properties_have_the_title_and_no_name_of_a_person(
    report: Report, names: Names
) -> None:
    properties = opened(
        DocxFormat(PARTY_2018).write(replace(report, seal="812/ab12"), names)
    ).core_properties
    assert properties.title == f"Báo cáo {report.title}"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.language == "vi-VN"
    assert properties.identifier == "812/ab12"
    assert properties.created is not None
    assert properties.created.date() == report.date


def test_the_same_report_gives_the_same_bytes_in_another_process_and_time_zone(
    report: Report, names: Names
) -> None:
    here = DocxFormat(PARTY_2018).write(report, names)
    assert DocxFormat(PARTY_2018).write(report, names) == here
    code = (
        "import sys, pickle; from nq_party_report.profiles import PARTY_2018;"
        "from nqcore.plugin import DocxFormat;"
        "report, units = pickle.load(sys.stdin.buffer);"
        "from nqcore.plugin import Directives, Names;"
        "names = Names(units=units, indicators={}, directives=Directives(()));"
        "sys.stdout.buffer.write(DocxFormat(PARTY_2018).write(report, names))"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps((report, dict(names.units))),
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert there.stdout == here


@pytest.mark.parametrize("day", [date(2018, 10, 5), date(1954, 5, 7)])
def test_every_entry_of_the_file_bears_the_date_of_the_report_or_the_first_a_zip_knows(
    report: Report, names: Names, day: date
) -> None:
    data = DocxFormat(PARTY_2018).write(replace(report, date=day), names)
    days = {entry.date_time for entry in ZipFile(BytesIO(data)).infolist()}
    assert days == {
        (day.year, day.month, day.day, 0, 0, 0) if day.year > 1979 else (1980, 1, 1, 0, 0, 0)
    }


def test_another_guidance_is_another_profile_and_no_other_code(
    report: Report, names: Names
) -> None:
    profile = replace(
        PARTY_2018,
        name="party-2004-docx",
        margins=replace(PARTY_2018.margins, top=25, bottom=25, left=35),
        body_size=15,
        part_mark=". ",
    )
    format = DocxFormat(profile)
    document = opened(format.write(report, names))
    assert format.name == "party-2004-docx"
    assert millimetres(document.sections[0].left_margin) == 35.0
    assert document.styles["Nội dung"].font.size == Pt(15)
    assert texts(document, "Heading 1")[0] == "I. KẾT QUẢ THỰC HIỆN"


def test_a_row_that_is_too_short_is_refused_before_anything_is_written(
    report: Report, names: Names
) -> None:
    table = Table(caption="Bảng", columns=("A", "B"), rows=(("một",),))
    with pytest.raises(RaggedTable, match="row 1 has 1 cells for 2 columns"):
        DocxFormat(PARTY_2018).write(replace(report, body=(table,)), names)


def test_an_empty_table_an_empty_letterhead_and_an_empty_report_can_be_written(
    report: Report, names: Names
) -> None:
    letterhead = replace(
        report.letterhead, superior="", authority="", post="", signer="", recipients=()
    )
    table = Table(caption="Bảng không có dòng nào", columns=("A", "B"), rows=())
    for body in ((), (table,), (Heading("Một"), table, table)):
        DocxFormat(PARTY_2018).write(
            replace(report, letterhead=letterhead, body=body, appendix=(table,)), names
        )


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


def test_hostile_names_and_sentences_change_nothing_but_themselves(
    report: Report, names: Names
) -> None:
    evil = 'A & B < C > D "E" </w:t></w:r><w:r><w:t>x {{ 7*7 }} {% for %} &amp; &#x0;'
    controls = "a\x00b\x0bc\x1bd\ud800e\ufffef\u202eg"
    body = (
        Heading(evil),
        Heading(controls, 2),
        Paragraph((Text(evil), Text("\r\nhai dòng\tmột ô")), label="-"),
        Paragraph((Text(controls),)),
        Table(
            caption=evil,
            columns=(evil, controls),
            rows=((controls, _figure("1310")), (evil, _figure(None))),
            notes=(evil, controls),
        ),
    )
    letterhead = replace(report.letterhead, body=evil, signer=controls, recipients=(evil, controls))
    data = DocxFormat(PARTY_2018).write(
        replace(report, title=evil, letterhead=letterhead, body=body, seal=controls), names
    )
    document = opened(data)
    assert texts(document, "Nội dung") == [
        f"- {evil} hai dòng một ô",
        "a�b�c�d�e�f�g",
    ]
    grid = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert grid == [[evil, "a�b�c�d�e�f�g"], ["a�b�c�d�e�f�g", "1.310"], [evil, "–"]]


def _figure(value: str | None) -> Figure:
    return Figure(
        indicator="x",
        unit="huyen",
        period="2018",
        value=None if value is None else Decimal(value),
        decimals=0,
        measure="người",
        coverage=Coverage(due=1, reported=1),
    )


def test_no_figure_of_a_wide_table_is_ever_broken_over_two_lines() -> None:
    words = Column(head="Chỉ tiêu", cells=["Công đoàn cơ sở ngoài khu vực Nhà nước"], number=False)
    for count in range(1, 30):
        columns = [words] + [
            Column(head=str(2008 + n), cells=["1.234.567*"], number=True) for n in range(count)
        ]
        size = fitting_size(columns, 252, 12)
        widths = column_widths(columns, 252, size)
        assert sum(widths) == pytest.approx(252)
        if count <= 18:
            assert all(w >= least_mm(c, size) - 1e-9 for c, w in zip(columns, widths, strict=True))
        if count <= 8:
            assert size == 12


def test_the_seal_line_is_left_out_where_the_layout_or_the_letterhead_says_so(
    report: Report, names: Names
) -> None:
    sealed = replace(report, seal="412/ab12cd34ef56", edition="3")
    silent = replace(sealed, letterhead=replace(report.letterhead, seal_line=False))
    without = replace(PARTY_2018, seal_line=False)
    line = "Dòng chốt số liệu"
    assert texts(opened(DocxFormat(PARTY_2018).write(sealed, names)), line)
    assert texts(opened(DocxFormat(without).write(sealed, names)), line) == []
    assert texts(opened(DocxFormat(PARTY_2018).write(silent, names)), line) == []
    assert texts(opened(DocxFormat(PARTY_2018).write(report, names)), line) == []


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


def test_a_table_that_wants_the_long_side_of_the_page_gets_it(report: Report, names: Names) -> None:
    small = Table(caption="Bảng", columns=("A", "B"), rows=(("một", "hai"),))
    for wide, orientation in ((False, WD_ORIENT.PORTRAIT), (True, WD_ORIENT.LANDSCAPE)):
        appendix = (replace(small, wide=wide),)
        document = opened(DocxFormat(PARTY_2018).write(replace(report, appendix=appendix), names))
        assert document.sections[1].orientation == orientation


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("HUYỆN ỦY TÂN HÒA", ["HUYỆN ỦY TÂN HÒA"]),
        ("ỦY BAN NHÂN DÂN HUYỆN TÂN HÒA", ["ỦY BAN NHÂN DÂN", "HUYỆN TÂN HÒA"]),
        ("ĐẢNG ỦY XÃ AN PHÚ", ["ĐẢNG ỦY XÃ AN PHÚ"]),
        ("X" * 80, ["X" * 80]),
        ("", [""]),
    ],
)
def test_a_long_name_falls_into_two_lines_of_nearly_one_length(name: str, lines: list[str]) -> None:
    found = balanced(name, 68, 13)
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in found.split(" ")] == lines or (
        lines == [found]
    )


def test_words_have_the_room_that_figures_do_not_need() -> None:
    words = Column(head="Chỉ tiêu", cells=["Số công nhân trong doanh nghiệp"], number=False)
    short = [Column(head=str(2008 + n), cells=["12"], number=True) for n in range(10)]
    long = Column(head="Cả giai đoạn", cells=["1.311.809,1*"], number=True)
    first, *figures, last = column_widths([words, *short, long], 250, 9)
    assert first > 40
    assert max(figures) < last
