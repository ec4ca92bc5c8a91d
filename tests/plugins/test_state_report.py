"""The State's layout, each element of Nghị định 30/2020/NĐ-CP, Phụ lục I read back from the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import nq_state_report
from nq_state_report.profile import STATE_2020
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Letterhead, Report
from nqcore.plugin import DocxFormat
from tests.support.full_report import full_report
from tests.support.layouts import Element, check, each_element
from tests.support.paper import Line, Paper

COMMITTEE = Letterhead(
    superior="",
    body="Ủy ban nhân dân xã An Phú",
    place="An Phú",
    symbol="/BC-UBND",
    authority="TM. Ủy ban nhân dân",
    post="Chủ tịch",
    signer="Nguyễn Văn An",
    recipients=("UBND tỉnh (để báo cáo)", "Các phòng, ban", "Lưu: VT"),
)


@pytest.fixture(scope="module")
def paper(report: Report, names: Names) -> Paper:
    paper = replace(full_report(report), letterhead=COMMITTEE)
    return Paper(DocxFormat(STATE_2020).write(paper, names))


ELEMENTS = [
    Element(
        "1 Quốc hiệu",
        lambda p: p.line("Quốc hiệu"),
        Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "b", "center"),
    ),
    Element(
        "1 Tiêu ngữ",
        lambda p: p.line("Tiêu ngữ"),
        Line("Độc lập - Tự do - Hạnh phúc", 14, "b", "center"),
    ),
    Element(
        "1 rule of the length of the text",
        lambda p: round(p.rule_mm("Gạch dưới tiêu đề", 165 - 68)),
        64,
    ),
    Element(
        "2 issuing body",
        lambda p: p.line("Cơ quan ban hành"),
        Line("ỦY BAN NHÂN DÂN XÃ AN PHÚ", 13, "b", "center"),
    ),
    Element(
        "2 rule of a third to a half of it, no star",
        lambda p: (
            1 / 3 <= p.rule_mm("Gạch dưới cơ quan ban hành", 68) / 68 <= 1 / 2,
            "Dấu sao" in p.styles(),
        ),
        (True, False),
    ),
    Element(
        "3 number", lambda p: p.line("Số và ký hiệu"), Line("Số: 05/BC-UBND", 13, "", "center")
    ),
    Element(
        "4 place and date",
        lambda p: p.line("Địa danh và ngày tháng"),
        Line("An Phú, ngày 05 tháng 10 năm 2018", 14, "i", "center"),
    ),
    Element(
        "4 on the line of the number",
        lambda p: [cell.text for cell in p.document.tables[0].rows[1].cells][1][:6],
        "An Phú",
    ),
    Element("5a type", lambda p: p.line("Tên loại văn bản"), Line("BÁO CÁO", 14, "b", "center")),
    Element("5a subject", lambda p: p.line("Trích yếu")[1:], (14, "b", "center")),
    Element(
        "5a rule of a third to a half",
        lambda p: 1 / 3 <= p.rule_mm("Gạch dưới trích yếu", 165) / 165 <= 1 / 2,
        True,
    ),
    Element(
        "6 basis italic, ; and .",
        lambda p: p.lines("Căn cứ"),
        [
            Line("Căn cứ Điều lệ Đảng;", 14, "i", "justify"),
            Line("Căn cứ Kế hoạch số 70-KH/HU.", 14, "i", "justify"),
        ],
    ),
    Element(
        "6 1,27 cm, 6 pt, single to 1,5 lines", lambda p: p.spacing("Nội dung"), [12.7, 6.0, 1.15]
    ),
    Element(
        "6 parts: Roman, centred, bold",
        lambda p: p.lines("Phần"),
        [Line("Phần I", 14, "b", "center"), Line("Phần II", 14, "b", "center")],
    ),
    Element("6 I.", lambda p: p.lines("Heading 1")[0].text, "I. KẾT QUẢ THỰC HIỆN"),
    Element(
        "7 authority and post in bold capitals",
        lambda p: (p.line("Thể thức đề ký"), p.line("Chức vụ người ký")),
        (Line("TM. ỦY BAN NHÂN DÂN", 14, "b", "center"), Line("CHỦ TỊCH", 14, "b", "center")),
    ),
    Element(
        "7 name", lambda p: p.line("Họ tên người ký"), Line("Nguyễn Văn An", 14, "b", "center")
    ),
    Element(
        "9a Kính gửi, upwards",
        lambda p: p.line("Kính gửi"),
        Line("Kính gửi: UBND tỉnh", 14, "", "center"),
    ),
    Element("9b Nơi nhận", lambda p: p.line("Nơi nhận"), Line("Nơi nhận:", 12, "bi", "left")),
    Element(
        "9b list with Như trên and Lưu: VT",
        lambda p: p.lines("Dòng nơi nhận"),
        [
            Line("- Như trên;", 11, "", "left"),
            Line("- Các phòng, ban;", 11, "", "left"),
            Line("- Lưu: VT.", 11, "", "left"),
        ],
    ),
    Element(
        "title of an annex",
        lambda p: p.lines("Tên phụ lục")[1],
        Line("KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT CỦA CÁC ĐƠN VỊ", 14, "b", "center"),
    ),
    Element(
        "of which document each annex is, with its issuer",
        lambda p: p.lines("Kèm theo")[0],
        Line(
            "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 10 năm 2018 của Ủy ban nhân dân xã An Phú)",
            14,
            "i",
            "center",
        ),
    ),
    Element(
        "each annex has its own page numbers",
        lambda p: [s._sectPr.xpath("./w:pgNumType/@w:start") for s in p.document.sections],
        [[], ["1"], ["1"]],
    ),
    Element("end ./.", lambda p: p.lines("Nội dung")[-1].text, "Trên đây là báo cáo kết quả./."),
]


@each_element(ELEMENTS)
def test_each_element_is_as_the_decree_has_it(paper: Paper, element: Element) -> None:
    check(element, paper)


def test_the_plugin_offers_one_layout_of_the_decree() -> None:
    (format,) = nq_state_report.report_formats()
    assert (format.name, format.suffix) == ("state-docx", ".docx")
    assert "30/2020/NĐ-CP" in format.title


def test_several_addressees_have_a_line_each(report: Report, names: Names) -> None:
    data = DocxFormat(STATE_2020).write(replace(report, to=("Bộ Nội vụ", "Bộ Tài chính")), names)
    found = Paper(data)
    assert [line.text for line in found.lines("Kính gửi nhiều nơi")] == ["Kính gửi:"]
    assert [line.text for line in found.lines("Dòng kính gửi")] == [
        "- Bộ Nội vụ;",
        "- Bộ Tài chính.",
    ]


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_nought(
    report: Report, names: Names, day: date, written: str
) -> None:
    found = Paper(DocxFormat(STATE_2020).write(replace(report, date=day), names))
    assert found.line("Địa danh và ngày tháng").text.endswith(written)
