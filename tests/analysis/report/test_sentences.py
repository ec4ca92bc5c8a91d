"""Sentences, figures and notes as text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from nqcore.analysis.report.blocks import numbered, roman
from nqcore.analysis.report.notes import coverage_text, paragraph_notes, table_notes
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.catalogue.contracts import Names
from nqcore.formulas import Reason
from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.findings import FigureRef, Text, UnitCount
from nqcore.model.reports import Heading, Paragraph, Table
from nqcore.text.printable import printable


def total(value: str | None, decimals: int = 0, missing: int = 0, due: int = 30) -> Figure:
    return Figure(
        indicator="res20.B4",
        unit="huyen",
        period="2018",
        value=None if value is None else Decimal(value),
        decimals=decimals,
        measure="người",
        coverage=Coverage(
            due=due,
            reported=due - missing,
            missing=tuple(ReportRef(unit=f"dn{n}", period="2018-Q1") for n in range(missing)),
        ),
    )


def test_a_sentence_is_its_pieces_one_after_the_other() -> None:
    sentence = (
        Text("Có "),
        FigureRef(total("18236")),
        Text(" người, đạt "),
        FigureRef(total("74.75", 1)),
        Text("%; "),
        UnitCount(tuple("abcde"), tuple(map(str, range(28))), share=True),
        Text(" đơn vị, trong đó "),
        UnitCount(tuple("abc")),
        Text(" xã."),
    )
    assert (
        sentence_text(sentence) == "Có 18.236 người, đạt 74,8%; 5 trong 28 đơn vị, trong đó 3 xã."
    )


def test_a_figure_is_padded_to_its_decimals_and_a_missing_one_is_never_zero() -> None:
    assert figure_text(total("74.8", 2)) == "74,80"
    assert figure_text(total("0")) == "0"
    assert figure_text(total(None)) == "–"


def test_large_counts_have_thousands_like_every_other_figure() -> None:
    many = tuple(map(str, range(1310)))
    assert text_of(UnitCount(many[:1026], many, share=True)) == "1.026 trong 1.310"


def test_what_cannot_be_printed_is_shown_as_a_replacement_character() -> None:
    assert printable("a\x00b\u202ec\ud800") == "a�b�c�"
    assert printable("một\r\nhai\tba\u2028bốn") == "một hai ba bốn"
    assert (
        printable("Công ty & “HTX” <A> \N{NO-BREAK SPACE}")
        == "Công ty & “HTX” <A> \N{NO-BREAK SPACE}"
    )


@given(st.text(st.characters()))
def test_printable_text_always_fits_into_xml_and_stays_as_it_is_the_second_time(text: str) -> None:
    element = etree.Element("t")
    element.text = printable(text)
    assert etree.fromstring(etree.tostring(element)).text in (printable(text), None)
    assert printable(printable(text)) == printable(text)


def test_a_note_counts_the_units_beyond_the_eighth(names: Names) -> None:
    table = Table(caption="", columns=("Năm 2018",), rows=((total("5", missing=10),),))
    assert table_notes(table, names) == (
        "* Chưa đủ số liệu: cột “Năm 2018” có 20 trong 30 báo cáo; thiếu: dn0, dn1, dn2, dn3, dn4, dn5, "
        "dn6, dn7 và 2 đơn vị khác.",
    )


def test_columns_with_the_same_gap_share_a_line_and_complete_ones_have_none(names: Names) -> None:
    table = Table(
        caption="",
        columns=("Chỉ tiêu", "2016", "2017", "2018"),
        rows=(
            ("a", total("1"), total("2", missing=1), total("3", missing=1)),
            ("b", total("1"), total("2", missing=1, due=9), total("3", missing=1, due=9)),
        ),
        notes=("Lời ghi chú của biểu.",),
    )
    assert table_notes(table, names) == (
        "Lời ghi chú của biểu.",
        "* Chưa đủ số liệu: cột “2017”, “2018” thiếu: dn0.",
    )


def test_reasons_are_in_vietnamese_and_unknown_ones_are_quoted() -> None:
    zero = Reason("Division by zero: in a : b, b is 0.", code="division-by-zero")
    odd = Reason("{code} is gone with its plugin.", (("code", "x.B1"),), "gone")
    sentence = tuple(
        FigureRef(replace(total(None), reason=reason)) for reason in (zero, odd, None, zero)
    )
    assert paragraph_notes(Paragraph(sentence)) == (
        "– không tính được do phải chia cho 0.",
        "– không có số liệu (x.B1 is gone with its plugin).",
        "– không có số liệu.",
    )


def test_a_complete_figure_has_no_gap_to_tell_of(names: Names) -> None:
    assert coverage_text(total("5"), names) == ""
    assert coverage_text(total("5", missing=1), names) == "có 29 trong 30 báo cáo; thiếu: dn0"
    assert coverage_text(total(None), names) == "không có số liệu"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (48, "XLVIII"), (50, "L")]
)
def test_parts_have_roman_numbers(number: int, text: str) -> None:
    assert roman(number) == text


def test_headings_are_counted_within_their_part() -> None:
    blocks = (Heading("a"), Heading("b", 2), Heading("c", 2), Heading("d"), Heading("e", 2))
    assert [number for number, _ in numbered(blocks)] == ["I", "1", "2", "II", "1"]
