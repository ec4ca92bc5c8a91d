"""A total is never proposed a plan, a rate, a part or the opposite of what it counts."""

from __future__ import annotations

import pytest

from nqcore.workspace.table_import.heading_words import Aside, asides, means_another
from nqcore.workspace.table_import.period_names import period_in

ASIDES = {
    "Kế hoạch năm 2026": {Aside.PLAN},
    "Tổng số – KH": {Aside.PLAN},
    "Ke hoach": {Aside.PLAN},
    "Chỉ tiêu giao": {Aside.PLAN},
    "Dự toán": {Aside.PLAN},
    "Trong đó: nữ": {Aside.PART, Aside.WOMEN_OR_MEN},
    "trong do: nu": {Aside.PART, Aside.WOMEN_OR_MEN},
    "Tỷ lệ (%)": {Aside.RATE},
    "So với cùng kỳ": {Aside.RATE, Aside.OTHER_TIME},
    "Lũy kế từ đầu năm": {Aside.OTHER_TIME},
    "Tăng, giảm": {Aside.CHANGE},
    "Ghi chú": {Aside.REMARK},
    "Thực hiện": set(),
    "Số lượng": set(),
    "Số kế hoạch đã ban hành": set(),
    "Số người dự": set(),
    "So lao dong cuoi ky nam 2026": set(),
    "Tỉnh phía Nam": {Aside.WOMEN_OR_MEN},
    "Doanh nghiệp Việt Nam": set(),
}
ANOTHER = [
    ("Chi ngân sách", "Thu ngân sách", ""),
    ("Chi ngan sach", "Thu ngân sách", ""),
    ("Số người không dự", "Số người dự", ""),
    ("Số hộ cận nghèo", "Số hộ nghèo", ""),
    ("Số hộ nghèo", "Số hộ cận nghèo", ""),
    ("Số hộ thoát nghèo", "Số hộ nghèo", ""),
    ("Số hồ sơ chưa giải quyết", "Số hồ sơ giải quyết", ""),
    ("Số lao động đầu kỳ", "Số lao động cuối kỳ", ""),
    ("Số lao động nữ", "Số lao động", ""),
    ("Số lao động", "Số lao động nữ", ""),
    ("Số người dự – Trong đó: nữ", "Số người dự", "người"),
    ("Kế hoạch – Số người dự", "Số người dự", "người"),
    ("Tỷ lệ người dự (%)", "Số người dự", "người"),
    ("Số người dự tăng", "Số người dự", "người"),
]
SAME = [
    ("Thu ngân sách (đồng)", "Thu ngân sách", "triệu đồng"),
    ("Thu NSNN trên địa bàn", "Thu ngân sách", "triệu đồng"),
    ("Trong đó: doanh nghiệp nhà nước", "Doanh nghiệp nhà nước", ""),
    ("Hộ nghèo", "Tỷ lệ hộ nghèo", "%"),
    ("Hộ nghèo (%)", "Tỷ lệ hộ nghèo", "%"),
    ("Số hội viên", "Lũy kế số hội viên", ""),
    ("Số kế hoạch ban hành", "Số kế hoạch đã ban hành", ""),
    ("Số hội viên phụ nữ", "Hội viên phụ nữ", ""),
]


@pytest.mark.parametrize(("text", "found"), ASIDES.items(), ids=ASIDES)
def test_what_a_heading_says_beside_what_is_counted(text: str, found: set[Aside]) -> None:
    assert asides(text) == found


@pytest.mark.parametrize(("text", "name", "measure"), ANOTHER)
def test_words_that_mean_another_thing(text: str, name: str, measure: str) -> None:
    assert means_another(text, name, measure)


@pytest.mark.parametrize(("text", "name", "measure"), SAME)
def test_words_that_mean_the_same_thing(text: str, name: str, measure: str) -> None:
    assert not means_another(text, name, measure)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Báo cáo này thay báo cáo Quý II", ""),
        ("(thay báo cáo Quý II năm 2026)", ""),
        ("Thay thế cho Quý II", ""),
        ("QUÝ III NĂM 2026 (thay báo cáo quý II/2026)", "2026-Q3"),
        ("Tăng so với Quý II", ""),
        ("Kết quả cho thấy quý II", "2026-Q2"),
    ],
)
def test_the_report_that_a_table_replaces_is_not_its_own(text: str, period: str) -> None:
    assert period_in(text, "2026") == period
