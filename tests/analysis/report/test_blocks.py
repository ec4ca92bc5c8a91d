"""Blocks are numbered alike in every layout, and the appendix falls into annexes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nqcore.analysis.report.blocks import (
    annexes,
    half_name,
    letter,
    numbered,
)
from nqcore.analysis.report.plain_layout import annex_line
from nqcore.model.findings import Text
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table


def table(caption: str) -> Table:
    return Table(caption=caption, columns=("A",), rows=(("một",),), block=f"table:{caption}")


NOTE = Paragraph((Text("Nguồn: báo cáo của các đơn vị."),))


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        ([1, 2, 2, 1, 2], ["I", "1", "2", "II", "1"]),
        ([0, 1, 1, 0, 1], ["Phần thứ nhất", "I", "II", "Phần thứ hai", "I"]),
        ([1, 2, 3, 3, 2, 3], ["I", "1", "a", "b", "2", "a"]),
        ([0, 0, 0], ["Phần thứ nhất", "Phần thứ hai", "Phần thứ ba"]),
        ([], []),
    ],
)
def test_headings_are_numbered_within_what_they_stand_in(
    levels: list[int], numbers: list[str]
) -> None:
    blocks = [Heading("x", level) for level in levels]
    assert [number for number, _ in numbered(blocks)] == numbers


@pytest.mark.parametrize(
    ("nth", "written"), [(1, "a"), (4, "d"), (5, "đ"), (6, "e"), (23, "y"), (24, "aa")]
)
def test_letters_of_a_list_are_those_of_the_vietnamese_alphabet(nth: int, written: str) -> None:
    assert letter(nth) == written


def test_there_may_be_more_parts_than_words_for_them() -> None:
    assert (half_name(10), half_name(11)) == ("Phần thứ mười", "Phần thứ 11")


@pytest.mark.parametrize(
    ("appendix", "found"),
    [
        ((), []),
        ((table("Biểu A"),), [("", "Biểu A", 1)]),
        ((table("Biểu 1. A"), table("Biểu 2. B")), [("I", "A", 1), ("II", "B", 1)]),
        ((NOTE, table("A"), NOTE), [("", "A", 3)]),
        ((NOTE,), [("", "", 1)]),
        (
            (Heading("Số liệu"), table("A"), table("B"), Heading("Văn bản"), table("C")),
            [("I", "Số liệu", 2), ("II", "Văn bản", 1)],
        ),
        ((NOTE, Heading("Số liệu"), table("A")), [("", "Số liệu", 2)]),
        ((Heading("nhỏ", 2), table("A"), table("B")), [("I", "A", 2), ("II", "B", 1)]),
    ],
)
def test_an_annex_begins_at_each_heading_or_else_at_each_table(
    report: Report, appendix: tuple[Block, ...], found: list[tuple[str, str, int]]
) -> None:
    each = annexes(replace(report, appendix=appendix))
    assert [(one.number, one.title, len(one.blocks)) for one in each] == found


def test_the_title_of_an_annex_is_not_said_again_as_the_caption_of_its_table(
    report: Report,
) -> None:
    (annex,) = annexes(replace(report, appendix=(table("A"),)))
    (only,) = annex.blocks
    assert isinstance(only, Table)
    assert (only.caption, only.block) == ("", "table:A")


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("", "(Kèm theo Báo cáo số\xa0\xa0\xa0\xa0\xa0\xa0-BC/HU, ngày 05 tháng 10 năm 2018)"),
        ("7", "(Kèm theo Báo cáo số 07-BC/HU, ngày 05 tháng 10 năm 2018)"),
    ],
)
def test_the_line_of_an_annex_has_the_number_or_room_for_it(
    report: Report, number: str, line: str
) -> None:
    assert annex_line(replace(report, number=number)) == line
