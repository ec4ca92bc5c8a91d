"""The Party's layouts, each element of the guidances read back from the file (36-HD/VPTW, 05-HD/VPTW)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from datetime import date

import pytest

import nq_party_report
from nq_party_report.profiles import PARTY_2018, PARTY_2026
from nqcore.analysis.report.sentences import sentence_text
from nqcore.catalogue.contracts import Names
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph, Report
from nqcore.plugin import DocxFormat, DocxProfile
from tests.support.full_report import full_report
from tests.support.layouts import Element, check, each_element
from tests.support.paper import Line, Paper, millimetres

PROFILES = {"2018": PARTY_2018, "2026": PARTY_2026}


@pytest.fixture(scope="module", params=sorted(PROFILES))
def paper(request: pytest.FixtureRequest, report: Report, names: Names) -> Paper:
    return Paper(DocxFormat(PROFILES[request.param]).write(full_report(report), names))


def test_a_sentence_that_leads_in_what_follows_is_no_basis(report: Report, names: Names) -> None:
    opening = Paragraph((Text("Căn cứ chương trình năm 2018, huyện báo cáo như sau:"),))
    full = full_report(report)
    bases = [Paragraph((Text("Căn cứ Điều lệ Đảng"),)), opening]
    paper = Paper(DocxFormat(PARTY_2018).write(replace(full, body=(*bases, *full.body[3:])), names))
    assert [line.text for line in paper.lines("Căn cứ")] == ["- Căn cứ Điều lệ Đảng."]
    assert sentence_text(opening.sentence) in [line.text for line in paper.lines("Nội dung")]


ELEMENTS = [
    # The page
    Element(
        "page number 10 mm below the edge",
        lambda p: millimetres(p.document.sections[0].header_distance),
        10.0,
    ),
    # The head
    Element(
        "superior body",
        lambda p: p.line("Cơ quan cấp trên"),
        Line("ĐẢNG BỘ TỈNH BÌNH AN", 14, "", "center"),
    ),
    Element(
        "issuing body",
        lambda p: p.line("Cơ quan ban hành"),
        Line("HUYỆN ỦY TÂN HÒA", 14, "b", "center"),
    ),
    Element("star below it", lambda p: p.line("Dấu sao"), Line("*", 14, "", "center")),
    Element(
        "number and symbol",
        lambda p: p.line("Số và ký hiệu"),
        Line("Số 05-BC/HU", 14, "", "center"),
    ),
    Element(
        "the Party's name",
        lambda p: p.line("Tiêu đề Đảng"),
        Line("ĐẢNG CỘNG SẢN VIỆT NAM", 15, "b", "center"),
    ),
    Element(
        "a rule of the same length below it",
        lambda p: round(p.rule_mm("Gạch dưới tiêu đề", 165 - 70.5)),
        73,
    ),
    Element(
        "place and date",
        lambda p: p.line("Địa danh và ngày tháng"),
        Line("Tân Hòa, ngày 05 tháng 10 năm 2018", 14, "i", "center"),
    ),
    Element("type", lambda p: p.line("Tên loại văn bản"), Line("BÁO CÁO", 16, "b", "center")),
    Element(
        "subject in small letters",
        lambda p: (p.line("Trích yếu").text.startswith("kết quả 10 năm"), p.line("Trích yếu")[1:]),
        (True, (14, "b", "center")),
    ),
    Element(
        "five hyphens below it",
        lambda p: p.line("Gạch dưới trích yếu"),
        Line("-----", 14, "b", "center"),
    ),
    Element("no Kính gửi on a report", lambda p: p.lines("Kính gửi"), []),
    # The text
    Element(
        "basis: upright, a dash, ; and .",
        lambda p: p.lines("Căn cứ"),
        [
            Line("- Căn cứ Điều lệ Đảng;", 14, "", "justify"),
            Line("- Căn cứ Kế hoạch số 70-KH/HU.", 14, "", "justify"),
        ],
    ),
    Element(
        "first line 10 mm, 6 pt before, exactly 18 pt",
        lambda p: p.spacing("Nội dung"),
        [10.0, 6.0, 18.0],
    ),
    Element(
        "halves in words",
        lambda p: [line.text for line in p.lines("Phần")],
        ["Phần thứ nhất", "Phần thứ hai"],
    ),
    Element(
        "halves centred, bold",
        lambda p: (p.lines("Phần")[0][1:], p.lines("Tên phần")[0]),
        ((14, "b", "center"), Line("TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN", 14, "b", "center")),
    ),
    Element(
        "I- in capitals, anew in each half",
        lambda p: [line.text for line in p.lines("Heading 1")],
        [
            "I- KẾT QUẢ THỰC HIỆN",
            "II- TỒN TẠI, HẠN CHẾ",
            "III- NHIỆM VỤ, GIẢI PHÁP THỜI GIAN TỚI",
            "I- PHƯƠNG HƯỚNG",
        ],
    ),
    Element(
        "-", lambda p: any(line.text.startswith("- Đến nay") for line in p.lines("Nội dung")), True
    ),
    Element(
        "end with a full stop",
        lambda p: p.lines("Nội dung")[-1].text,
        "Trên đây là báo cáo kết quả.",
    ),
    # The signature
    Element(
        "authority of the standing committee",
        lambda p: p.line("Thể thức đề ký"),
        Line("T/M BAN THƯỜNG VỤ", 14, "b", "center"),
    ),
    Element(
        "post not bold", lambda p: p.line("Chức vụ người ký"), Line("PHÓ BÍ THƯ", 14, "", "center")
    ),
    Element(
        "name bold", lambda p: p.line("Họ tên người ký"), Line("Trần Văn Nam", 14, "b", "center")
    ),
    Element(
        "recipients underlined", lambda p: p.line("Nơi nhận"), Line("Nơi nhận:", 14, "u", "left")
    ),
    Element(
        "each with ; and the last one filed, without a colon",
        lambda p: p.lines("Dòng nơi nhận")[:: len(p.lines("Dòng nơi nhận")) - 1],
        [
            Line("- Tỉnh ủy (để báo cáo);", 12, "", "left"),
            Line("- Lưu Văn phòng Huyện ủy.", 12, "", "left"),
        ],
    ),
    # The annexes
    Element(
        "title of an annex in capitals",
        lambda p: p.lines("Tên phụ lục")[0],
        Line("MỘT SỐ CHỈ TIÊU CHỦ YẾU QUA CÁC NĂM 2009 - 2018", 14, "b", "center"),
    ),
    Element(
        "of which document each annex is",
        lambda p: p.lines("Kèm theo"),
        [
            Line("(Kèm theo Báo cáo số 05-BC/HU, ngày 05 tháng 10 năm 2018)", 14, "i", "center"),
        ]
        * 2,
    ),
    Element(
        "pages of annexes counted on",
        lambda p: [s.different_first_page_header_footer for s in [*p.document.sections][1:]],
        [False, False],
    ),
    Element(
        "section rows bold",
        lambda p: p.lines("Bảng tên mục")[1],
        Line("Chia theo khu vực", 12, "b", "left"),
    ),
    Element(
        "seal in the foot of the last page",
        lambda p: p.line("Dòng chốt số liệu"),
        Line("Bản chốt 3 · bản ghi 412 · ab12cd34ef56ab12cd34ef56ab", 9, "", "center"),
    ),
]


@each_element(ELEMENTS)
def test_each_element_is_as_the_guidance_has_it(paper: Paper, element: Element) -> None:
    check(element, paper)


def test_the_plugin_offers_the_layout_in_force_and_each_by_its_name() -> None:
    found = {one.name: one for one in nq_party_report.report_formats()}
    assert list(found) == ["party-docx", "party-2018-docx", "party-2026-docx"]
    assert {one.suffix for one in found.values()} == {".docx"}
    assert "36-HD/VPTW" in found["party-2018-docx"].title
    assert "05-HD/VPTW" in found["party-2026-docx"].title


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (date(2018, 10, 5), PARTY_2018),
        (date(2026, 5, 26), PARTY_2018),
        (date(2026, 5, 27), PARTY_2026),
        (date(2031, 1, 1), PARTY_2026),
    ],
)
def test_the_guidance_in_force_on_the_day_of_issue_gives_the_layout(
    day: date, profile: DocxProfile
) -> None:
    (format, *_) = nq_party_report.report_formats()
    assert isinstance(format, DocxFormat)
    assert format.profile_on(day) is profile


SETTLED = {
    *(
        "name",
        "title",
        "guidance",
        "since",
        "until",
        "second_hand",
        "signs",
        "font",
        "language",
        "page_mm",
    ),
    *("motto", "rule_mm", "lines", "heading_mark", "item_mark", "recipients_underlined"),
    # of no use in these layouts, or of the program itself
    *("nation", "nation_size", "rule_share", "to_size", "seal_line", "seal_size"),
    *("basis_label", "basis_italic"),
}


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_what_is_known_at_second_hand_only_is_a_setting_that_names_its_source(
    profile: DocxProfile,
) -> None:
    assert all(profile.second_hand.values())
    unsourced = {one.name for one in fields(profile)} - set(profile.second_hand) - SETTLED
    assert unsourced == set()
    changed = replace(profile, line_spacing=19, post_bold=True)
    assert (changed.line_spacing, changed.post_bold) == (19, True)


def test_a_source_for_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="second_hand names line_hight"):
        replace(PARTY_2018, second_hand={"line_hight": "x"})


def test_importing_the_plugin_does_not_load_python_docx() -> None:
    code = "import sys, nq_party_report, nq_state_report; print('docx' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("party-docx", date(2018, 10, 5), ""),
        ("party-docx", date(2026, 5, 27), ""),
        ("party-2018-docx", date(2026, 5, 26), ""),
        ("party-2018-docx", date(2026, 5, 27), "was in force until 26/5/2026"),
        ("party-2026-docx", date(2026, 5, 27), ""),
        ("party-2026-docx", date(2018, 10, 5), "is in force from 27/5/2026"),
    ],
)
def test_a_layout_that_is_asked_for_by_name_says_when_it_is_not_in_force(
    report: Report, name: str, day: date, words: str
) -> None:
    (format,) = (one for one in nq_party_report.report_formats() if one.name == name)
    assert isinstance(format, DocxFormat)
    said = [one.message() for one in format.remarks(replace(report, date=day))]
    assert [words in one for one in said] == ([True] if words else [])
