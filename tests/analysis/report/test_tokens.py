"""Which numbers of a text may be figures, and which are names, dates, places of a list."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.tokens import TokenKind, segments_of, tokens_of

FIGURES = [
    ("có 1.310 người", ["1.310"]),
    ("đạt 74,8%, tăng 2,5 điểm phần trăm", ["74,8", "2,5"]),
    ("11 trong 101 doanh nghiệp", ["11", "101"]),
    ("13/16 cơ quan", ["13", "16"]),
    ("tổng số 70 cuộc", ["70"]),
    ("có 06 đơn vị", ["06"]),
    ("- 45 buổi", ["45"]),
    ("2018 người", ["2018"]),
    ("vốn 2025 tỷ đồng", ["2025"]),
    ("số 5 người", ["5"]),
]
NO_FIGURES = [
    *("Nghị quyết 20-NQ/TW", "Nghị quyết số 20", "Nghị định 30/2020/NĐ-CP", "Số 45-BC/HU"),
    *(
        "ngày 28/01/2008",
        "ngày 05 tháng 10 năm 2018",
        "đến 30/6/2018",
        "đến ngày 30/6",
        "tháng 9/2018",
    ),
    *(
        "năm 2018",
        "giai đoạn 2008 - 2018",
        "6 tháng đầu năm",
        "quý 3",
        "từ 3 quý liên tiếp",
        "10 năm thực hiện",
    ),
    *(
        "1. Công tác tuyên truyền",
        "2) Về tổ chức",
        "1.2. Kết quả",
        "1.2 Kết quả",
        "a) Điều 5, khoản 2",
    ),
    *("Đại hội lần thứ 13", "khóa 12", "Biểu 1. Số liệu", "Phụ lục 2", "Lộ 91", "ấp 4"),
    *(
        "ĐT: 0277 3822 123",
        "điện thoại 0912.345.678",
        "mã B7.1",
        "A3",
        "lúc 8 giờ 30",
        "Bản chốt 3",
    ),
    *(
        "năm 2025 tỷ lệ lao động nữ",
        "đến 2025 tỷ trọng",
        "từ năm 2018 đồng chí",
        "năm 2018 người dân",
    ),
    "Bản chốt 3 · bản ghi 4553 · 42027479a7b61c32d9e0ffaa12",
]


@pytest.mark.parametrize(("text", "figures"), FIGURES)
def test_numbers_that_may_be_figures(text: str, figures: list[str]) -> None:
    assert [one.text for one in tokens_of(text) if one.kind is TokenKind.NUMBER] == figures


@pytest.mark.parametrize("text", NO_FIGURES)
def test_numbers_that_are_none(text: str) -> None:
    assert [one.text for one in tokens_of(text) if one.kind is TokenKind.NUMBER] == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("06", "6", True), ("89,0", "89", True), ("1.310", "1310", True), ("1,310", "1.310", False)],
)
def test_the_same_number_in_two_ways_to_write_it(one: str, other: str, same: bool) -> None:
    (first,), (second,) = tokens_of(f"có {one} người")[1:2], tokens_of(f"có {other} người")[1:2]
    assert (first.key == second.key) is same


@given(st.text("0123456789.,/-%;: abcđưNQ\n²", max_size=60))
def test_tokens_and_segments_stand_where_they_say_in_any_text(text: str) -> None:
    found = tokens_of(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    places = list(segments_of(text))
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert "".join(text[a:b] for a, b in places).split() == text.split() or not text.strip(" .;\n")
