"""A written document is read again: whatever a layout loses, doubles or changes is found."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from nq_party_report.profiles import PARTY_2018
from nqcore.analysis.report.docx import DocxFormat
from nqcore.analysis.report.errors import FigureLost, ReportError, TextLost, UnreadableDocument
from nqcore.analysis.report.readback import check_docx, figures_in, pieces_of_docx
from nqcore.catalogue.contracts import Names
from nqcore.errors import NqError
from nqcore.model.reports import Report


@pytest.fixture(scope="module")
def data(report: Report, names: Names) -> bytes:
    return DocxFormat(PARTY_2018).write(report, names)


def changed(data: bytes, change: Callable[[DocxDocument], None]) -> bytes:
    document = Document(BytesIO(data))
    change(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def replace_text(document: DocxDocument, old: str, new: str) -> None:
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new, 1)
                return
    raise AssertionError(old)


def drop(document: DocxDocument, start: str) -> None:
    (paragraph,) = (p for p in document.paragraphs if p.text.startswith(start))
    paragraph._p.getparent().remove(paragraph._p)


def double(document: DocxDocument, start: str) -> None:
    (paragraph,) = (p for p in document.paragraphs if p.text.startswith(start))
    paragraph._p.addnext(deepcopy(paragraph._p))


def set_cell(document: DocxDocument, table: int, row: int, column: int, text: str) -> None:
    document.tables[table].rows[row].cells[column].paragraphs[0].runs[0].text = text


def drop_row(document: DocxDocument) -> None:
    row = document.tables[1].rows[-1]._tr
    row.getparent().remove(row)


def double_table(document: DocxDocument) -> None:
    table = document.tables[1]._tbl
    table.addnext(deepcopy(table))


def swap(document: DocxDocument) -> None:
    first, second = (p for p in document.paragraphs if "toàn huyện" in p.text.lower())
    second._p.addnext(first._p)


DAMAGES: list[tuple[str, Callable[[DocxDocument], None], str]] = [
    ("a digit is gone", lambda d: replace_text(d, "18.236", "18.23"), "18.236"),
    ("thousands in English", lambda d: replace_text(d, "9.876", "9,876"), "9.876"),
    ("a sentence is gone", lambda d: drop(d, "Toàn huyện"), "94"),
    ("a table's figure differs", lambda d: set_cell(d, 1, 2, 2, "139"), "138"),
    ("a missing figure became 0", lambda d: set_cell(d, 1, 3, 3, "0"), "–"),
    ("a figure lost its mark", lambda d: set_cell(d, 3, 1, 10, "9.727"), "9.727"),
    ("a row is gone", drop_row, "142"),
]


@pytest.mark.parametrize(
    ("damage", "written"), [(d, w) for _, d, w in DAMAGES], ids=[n for n, *_ in DAMAGES]
)
def test_a_lost_or_changed_figure_is_named(
    report: Report, data: bytes, damage: Callable[[DocxDocument], None], written: str
) -> None:
    with pytest.raises(FigureLost, match="was not saved") as caught:
        check_docx(report, changed(data, damage))
    assert caught.value.params["written"] == written


WORDS: list[tuple[str, Callable[[DocxDocument], None]]] = [
    ("a sentence with figures stands twice", lambda d: double(d, "Toàn huyện")),
    ("sentences changed places", swap),
    ("a heading is gone", lambda d: drop(d, "II- ")),
    ("a sentence of words is gone", lambda d: drop(d, "2. Phát huy")),
    ("an ampersand is gone", lambda d: replace_text(d, "Phát & Thanh", "Phát  Thanh")),
    ("the subject is gone", lambda d: drop(d, "kết quả 10 năm")),
    ("a row's name differs", lambda d: set_cell(d, 1, 2, 1, "Trong khu vực nhà nước")),
]


@pytest.mark.parametrize("damage", [d for _, d in WORDS], ids=[n for n, _ in WORDS])
def test_lost_doubled_or_moved_words_are_found(
    report: Report, data: bytes, damage: Callable[[DocxDocument], None]
) -> None:
    with pytest.raises((TextLost, FigureLost)):
        check_docx(report, changed(data, damage))


def test_a_table_that_stands_twice_is_found(report: Report, data: bytes) -> None:
    with pytest.raises(ReportError):
        check_docx(report, changed(data, double_table))


def test_an_unchanged_document_passes_even_when_saved_again(report: Report, data: bytes) -> None:
    check_docx(report, data)
    check_docx(report, changed(data, lambda document: None))


def test_the_same_sentence_may_stand_twice_when_the_report_has_it_twice(
    report: Report, names: Names
) -> None:
    twice = replace(report, body=(*report.body, report.body[3], report.body[6], report.body[6]))
    DocxFormat(PARTY_2018).write(twice, names)


@pytest.mark.parametrize("cut", [0, 1, 500, -1])
def test_a_file_that_cannot_be_opened_again_is_one_of_our_errors(
    report: Report, data: bytes, cut: int
) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        check_docx(report, data[:cut] if cut >= 0 else b"PK" + data[700:])
    assert isinstance(caught.value, NqError)


def test_pieces_are_paragraphs_and_tables_in_order(data: bytes) -> None:
    pieces = pieces_of_docx(data)
    assert isinstance(pieces[0], tuple)
    assert pieces[1:4:2] == ["BÁO CÁO", "-----"]


def test_figures_are_found_as_they_are_written() -> None:
    texts = ["Có 1.310 người, đạt 74,8%.", "5/28 đơn vị; giảm -12", "Số 20-NQ/TW, 2008-2018", "–"]
    assert figures_in(texts) == ["1.310", "74,8", "5", "28", "-12", "20", "2008", "2018"]
