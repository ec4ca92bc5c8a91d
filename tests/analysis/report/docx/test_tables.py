"""The tables of a Word document: widths, heads, figures that stay whole, notes on figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.docx.widths import (
    Column,
    balanced,
    column_widths,
    fitting_size,
    least_mm,
)
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Report, Table
from tests.analysis.report.docx.opened import opened, texts


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


def test_where_there_is_no_room_for_all_the_longest_words_have_the_most() -> None:
    task = (
        "Rà soát doanh nghiệp, hợp tác xã chưa có tổ chức công đoàn; vận động, hướng dẫn thành lập; "
        * 2
    )
    cells = ("1", task, "Ủy ban Mặt trận Tổ quốc Việt Nam xã", "Phòng Kinh tế của xã và các thôn")
    columns = [Column(head="Cột", cells=[one], number=False) for one in cells]
    number, longest, *others = column_widths(columns, 160, 12)
    assert longest > 1.8 * max(others)
    assert number < 12
