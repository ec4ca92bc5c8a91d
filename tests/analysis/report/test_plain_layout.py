"""The head, the signs and the seal of a paper in HTML, Markdown and JSON: of the Party, or of the State."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from nqcore.analysis.report.docx import PaperSigns
from nqcore.analysis.report.html_format import HtmlFormat
from nqcore.analysis.report.json_format import JsonFormat
from nqcore.analysis.report.markdown_format import MarkdownFormat
from nqcore.analysis.report.plain_layout import annex_line, signs_of
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Letterhead, Report

SEAL = "412/" + "ab12" * 6 + "ab"


def html(report: Report, names: Names) -> str:
    """The words of the page, without its tags."""
    text = HtmlFormat().write(report, names).decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.partition("</head>")[2]))


def markdown(report: Report, names: Names) -> str:
    return MarkdownFormat().write(report, names).decode().replace("**", "").replace("\\", "")


WRITERS = pytest.mark.parametrize("written", [html, markdown])
Writer = Callable[[Report, Names], str]


@pytest.fixture
def state(report: Report) -> Report:
    head = replace(
        report.letterhead, superior="UBND TỈNH", body="ỦY BAN NHÂN DÂN HUYỆN", symbol="-BC/UBND",
        authority="T/M ỦY BAN NHÂN DÂN", post="CHỦ TỊCH",
        recipients=("UBND tỉnh (để báo cáo)", "Lưu Văn phòng"),
    )  # fmt: skip
    return replace(report, letterhead=head, number="5", marks=("HỎA TỐC",), seal=SEAL)


@pytest.mark.parametrize(
    ("body", "symbol", "signs"),
    [
        ("HUYỆN ỦY", "-BC/HU", PaperSigns.PARTY),
        ("ỦY BAN NHÂN DÂN HUYỆN", "-BC/UBND", PaperSigns.STATE),
        ("Sở Nội vụ", "-BC/SNV", PaperSigns.STATE),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH", "/BC-LĐLĐ", PaperSigns.STATE),
        ("BỘ NỘI VỤ", "", PaperSigns.STATE),
        ("BỘ CHÍNH TRỊ", "-BC/TW", PaperSigns.PARTY),
        ("BAN THƯỜNG VỤ", "", PaperSigns.PARTY),
    ],
)
def test_the_body_that_issues_the_paper_says_whose_signs_it_has(
    report: Report, body: str, symbol: str, signs: PaperSigns
) -> None:
    head: Letterhead = replace(report.letterhead, body=body, symbol=symbol)
    assert signs_of(head) is signs


@WRITERS
def test_a_paper_of_the_state_has_its_head_and_signs(
    state: Report, names: Names, written: Writer
) -> None:
    text = written(state, names).replace("\N{NON-BREAKING HYPHEN}", "-")
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số:\xa005/BC-UBND",
        "HỎA TỐC", "Kính gửi: UBND tỉnh.", "I. KẾT QUẢ", "TM. ỦY BAN NHÂN DÂN", "- Như trên;",
        "- Lưu: VT.", "số 05/BC-UBND ngày",
    ):  # fmt: skip
        assert words.replace("\xa0", " ") in text.replace("\xa0", " "), words
    assert "ĐẢNG CỘNG SẢN" not in text


@WRITERS
def test_a_paper_of_the_party_keeps_its_own(report: Report, names: Names, written: Writer) -> None:
    text = written(replace(report, number="5"), names).replace("\xa0", " ")
    text = text.replace("\N{NON-BREAKING HYPHEN}", "-")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Số 05-BC/HU" in text
    assert "I- KẾT QUẢ" in text
    assert "CỘNG HÒA" not in text


@WRITERS
def test_the_seal_stands_at_the_end_as_in_the_word_document(
    report: Report, names: Names, written: Writer
) -> None:
    frozen = replace(report, seal=SEAL, edition="3")
    line = f"Bản chốt 3 · bản ghi 412 · {SEAL.partition('/')[2]}"
    assert written(frozen, names).strip().endswith(line)
    assert "Chưa chốt số liệu · bản ghi 412" in written(replace(frozen, edition=""), names)
    without = replace(frozen, letterhead=replace(report.letterhead, seal_line=False))
    assert "bản ghi" not in written(without, names)


def test_json_says_edition_and_seal_and_the_line_that_is_printed(
    report: Report, names: Names
) -> None:
    said = json.loads(JsonFormat().write(replace(report, seal=SEAL, edition="3"), names))
    assert (said["edition"], said["seal"]) == ("3", SEAL)
    assert said["seal_line"].startswith("Bản chốt 3 · bản ghi 412 · ab12")


def test_the_line_of_the_annex_follows_the_same_signs(state: Report) -> None:
    assert annex_line(state).endswith(" của Ủy ban nhân dân huyện)")
