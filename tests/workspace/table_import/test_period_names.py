"""The period of a table is that of its title, and only where that is plainly one period of actual figures."""

from __future__ import annotations

import pytest

from nqcore.workspace.table_import.period_names import is_period_heading, title_period

QUARTER = "BÁO CÁO QUÝ III NĂM 2026"
PLAIN = {
    ("Quý III - 2026",): "2026-Q3",
    ("9 tháng đầu năm 2026",): "2026-9M",
    ("Số người dự năm 2026",): "2026",
    ("Quý III", "NĂM 2026"): "2026-Q3",
    ("Kết quả thực hiện kế hoạch quý III/2026",): "2026-Q3",
    ("Vốn đầu tư quý III/2026",): "2026-Q3",
    ("Theo dõi lao động quý III/2026",): "2026-Q3",
    ("Báo cáo Quý III/2026 (thay báo cáo Quý II)",): "2026-Q3",
    (QUARTER, "PHÒNG TÀI CHÍNH - KẾ HOẠCH"): "2026-Q3",
    ("(Kèm theo Công văn số 123/UBND-VP ngày 05 tháng 10 năm 2026)", QUARTER): "2026-Q3",
    ("Tân Hòa, ngày 05 tháng 10 năm 2026", QUARTER): "2026-Q3",
    ("Tân Hòa, ngày … tháng 10 năm 2026", QUARTER): "2026-Q3",
    ("Số liệu đến 30/9/2026", QUARTER): "2026-Q3",
    ("Theo Kế hoạch năm 2025 của tỉnh", QUARTER): "2026-Q3",
    ("Nộp trước tháng 11 năm 2026", QUARTER): "2026-Q3",
    ("Để phục vụ hội nghị quý IV", QUARTER): "2026-Q3",
}
NONE = [
    (),
    ("Xã An Phú",),
    ("Tân Hòa, ngày 05 tháng 10 năm 2026",),
    ("Tân Hòa, ngày … tháng … năm 2026",),
]
ASKED = [
    ("KẾ HOẠCH QUÝ III NĂM 2026",),
    ("Ke hoach quy III/2026",),
    ("DỰ KIẾN QUÝ IV/2026",),
    ("Ước thực hiện quý III/2026",),
    ("Lũy kế đến quý III/2026",),
    ("Quý II, III/2026",),
    ("Quý II và quý III/2026",),
    ("Từ quý I đến quý III năm 2026",),
    ("Tháng 7, 8, 9 năm 2026",),
    ("Quý III và 9 tháng năm 2026",),
    ("Năm 2025, năm 2026",),
    ("Quý III/2026", "KẾ HOẠCH THU NGÂN SÁCH"),
    ("Quý III",),
    ("Để phục vụ hội nghị quý IV/2026",),
]


@pytest.mark.parametrize(("lines", "period"), PLAIN.items())
def test_the_title_says_the_period_and_not_a_day_or_a_reference(
    lines: tuple[str, ...], period: str
) -> None:
    assert title_period(lines) == period


@pytest.mark.parametrize("lines", NONE)
def test_a_day_or_a_name_says_no_period(lines: tuple[str, ...]) -> None:
    assert title_period(lines) == ""


@pytest.mark.parametrize("lines", ASKED)
def test_a_time_that_is_not_plainly_one_period_is_asked(lines: tuple[str, ...]) -> None:
    assert title_period(lines) is None


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("Kỳ báo cáo", True),
        ("Quý", True),
        ("Năm", True),
        ("Năm thành lập", False),
        ("Kỳ họp", False),
    ],
)
def test_a_heading_that_says_the_period_of_each_row(heading: str, *, is_one: bool) -> None:
    assert is_period_heading(heading) is is_one
