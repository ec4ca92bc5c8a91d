"""A report as a Word document: its pages, its parts, its file; what stays whatever the words are."""

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
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.errors import RaggedTable
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import Text
from nqcore.model.reports import Heading, Paragraph, Report, Table
from tests.analysis.report.docx.opened import millimetres, opened, texts


def test_the_page_is_a4_with_margins_20_20_30_15(document: DocxDocument) -> None:
    page = document.sections[0]
    assert (millimetres(page.page_width), millimetres(page.page_height)) == (210.0, 297.0)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [millimetres(margin) for margin in margins] == [20.0, 20.0, 30.0, 15.0]


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


def test_a_report_without_appendix_has_one_section(report: Report, names: Names) -> None:
    document = opened(DocxFormat(PARTY_2018).write(replace(report, appendix=()), names))
    assert len(document.sections) == 1
    assert texts(document, "Phụ lục") == []


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
