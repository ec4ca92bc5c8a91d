"""The outline of a higher level in a .docx: its headings by number, by automatic number and by style."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nqcore.files.incoming import FileRefused
from nqcore.model.outlines import Content, Outline
from nqcore.workspace.register.outline_draft import NoHeadings, outline_of_docx, outline_of_lines
from nqcore.workspace.register.outline_lines import OutlineLine


def outline(*texts: str) -> Outline:
    return outline_of_lines([OutlineLine(text) for text in texts], "tinh.docx").outline


def heads(found: Outline) -> list[tuple[int, str]]:
    return [(part.level, part.heading) for part in found.parts[1:]]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["I- A", "II- B"], [(1, "A"), (1, "B")]),
        (["I. A", "1. B", "a) C", "b) D", "2. E"], [(1, "A"), (2, "B"), (3, "C"), (3, "D"), (2, "E")]),
        (["Phần thứ nhất", "TÌNH HÌNH", "I- A"], [(0, "TÌNH HÌNH"), (1, "A")]),
        (["PHẦN I: Tình hình", "I. A", "Phần thứ hai. Giải pháp", "I. B"],
         [(0, "Tình hình"), (1, "A"), (0, "Giải pháp"), (1, "B")]),
        (["A- X", "I- Y", "B- Z"], [(0, "X"), (1, "Y"), (0, "Z")]),
        # Without Roman numbers the numbered headings are the parts.
        (["1. A", "1.1. B", "2. C"], [(1, "A"), (2, "B"), (1, "C")]),
        (["I- A", "a) B"], [(1, "A"), (2, "B")]),
        (["V/ A", "VI/ B:"], [(1, "A"), (1, "B")]),
        # A day, an item of a list and a sentence are no headings.
        (["I- A", "1/12/2018", "20-NQ/TW", "V/v B", "1) việc một;", "2) việc hai.",
          "Các đơn vị báo cáo.", "C. B"], [(1, "A")]),
        (["I- A", "1. " + "từ " * 80], [(1, "A")]),
    ],
)  # fmt: skip
def test_headings_are_known_by_their_numbers(
    texts: Sequence[str], expected: list[tuple[int, str]]
) -> None:
    found = outline(*texts)
    assert heads(found) == expected
    assert not list(found.mistakes())


def test_what_stands_below_a_heading_is_a_hint_and_the_title_stands_above_all() -> None:
    found = outline(
        "TỈNH ỦY", "ĐỀ CƯƠNG", "Báo cáo tổng kết", "-----", "I- A", "Nêu rõ.", "Số liệu.", "II- B"
    )
    assert found.title == "ĐỀ CƯƠNG Báo cáo tổng kết"
    assert found.id == "tinh"
    assert [part.hint for part in found.parts] == ["", "Nêu rõ.\nSố liệu.", ""]
    assert found.parts[0].takes[0].what is Content.OPENING


@pytest.mark.parametrize(
    ("texts", "contents"),
    [
        (
            ["I- Đặc điểm tình hình", "II- Kết quả đạt được", "III- Hạn chế, nguyên nhân",
             "IV- Nguyên nhân của hạn chế", "V- Bài học kinh nghiệm",
             "VI- Phương hướng, nhiệm vụ", "VII- Kiến nghị, đề xuất"],
            ["own", "results", "shortcomings", "causes-of-shortcomings", "lessons", "solutions",
             "proposals"],
        ),
        # Each heading takes its own kind of causes.
        (["I- Nguyên nhân", "1. Nguyên nhân khách quan", "2. Nguyên nhân chủ quan"],
         ["objective-causes", "subjective-causes"]),
        (["I- Nguyên nhân", "1. Khách quan", "2. Về chủ quan"],
         ["objective-causes", "subjective-causes"]),
        (["I- Nguyên nhân của kết quả đạt được", "II- Nguyên nhân của tồn tại, hạn chế",
          "III- Nguyên nhân khách quan và chủ quan"],
         ["causes-of-results", "causes-of-shortcomings", "causes"]),
        (["I- Nguyên nhân của kết quả, hạn chế"], ["causes"]),
        # Of two parts for results the first; those of the second are the office's.
        (["I- Kết quả", "II- Kết quả khác"], ["results", "own"]),
        # Where no part without parts takes them, one with parts does.
        (["I- Kết quả", "1. Tuyên truyền", "2. Chính sách"], ["results", "own", "own"]),
        (["I- Ban hành văn bản"], ["documents"]),
    ],
)  # fmt: skip
def test_what_a_part_takes_in_is_guessed_from_its_heading(
    texts: Sequence[str], contents: list[str]
) -> None:
    found = outline(*texts)
    assert [take.what.value for _part, take in found.takes][1:] == contents
    assert not list(found.mistakes())


def test_equal_headings_have_keys_of_their_own() -> None:
    keys = [part.key for part in outline("I- Kết quả", "II- Kết quả", "III- 中文").parts]
    assert keys == ["mo-dau", "ket-qua", "ket-qua-2", "phan"]


def saved(document: DocxDocument) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_headings_of_word_are_known_by_their_styles_and_automatic_numbers() -> None:
    document = docx.Document()
    document.add_paragraph("Đề cương báo cáo")
    document.add_paragraph("Tình hình chung", style="Heading 1")
    document.add_paragraph("Nêu khái quát.")
    document.add_paragraph("Dân số", style="Heading 2")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "I- Trong bảng"
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1-"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbering.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    ))  # fmt: skip
    roman = document.add_paragraph("Kết quả thực hiện")
    roman._p.get_or_add_pPr().append(parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
    ))  # fmt: skip
    document.add_paragraph("một việc", style="List Bullet")
    found = outline_of_docx(saved(document), "tw.docx", "cap-tren").outline
    assert (found.id, found.title) == ("cap-tren", "Đề cương báo cáo Tình hình chung"[:16])
    assert heads(found) == [
        (1, "Tình hình chung"),
        (2, "Dân số"),
        (1, "Trong bảng"),
        (1, "Kết quả thực hiện"),
    ]
    assert [part.hint for part in found.parts] == ["", "Nêu khái quát.", "", "", "- một việc"]


def test_a_document_without_headings_and_a_file_of_another_kind_are_refused() -> None:
    document = docx.Document()
    document.add_paragraph("Kính gửi các đồng chí")
    with pytest.raises(NoHeadings, match=r"a\.docx has no heading"):
        outline_of_docx(saved(document), "a.docx")
    with pytest.raises(FileRefused):
        outline_of_docx(b"%PDF-1.7", "a.docx")
