"""Numbers that are names (copies, articles of law, documents, days, headings) and numbers that are not."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.tokens import TokenKind, tokens_of


def numbers(text: str) -> list[str]:
    return [one.text for one in tokens_of(text) if one.kind is TokenKind.NUMBER]


NAMES = """
Nơi nhận: - Như trên; - Thường trực Tỉnh ủy (02 bản);
- Lưu Văn phòng Huyện ủy (5 bản).
- Lưu: VT, TH (5b).
- Các đồng chí Huyện ủy viên: 45 bản;
- Như trên (mỗi nơi 01 bản);
In 15 bản.
Căn cứ Điều 5, khoản 2 Luật Công đoàn năm 2012
theo các Điều 3, 5 và 7 của Quy chế
quy định tại điểm 1.2, mục 3
Chỉ thị số 12 ngày 5 tháng 3 năm 2018
thực hiện Nghị quyết 20-NQ/TW và Kết luận 79-KL/TW
Nghị quyết Trung ương 4 khóa XII
Nghị quyết Đại hội Đảng bộ huyện lần thứ 11
Nghị quyết Trung ương 6 (khóa X)
tính đến 30/9/2018
tính đến ngày 30-9
lúc 14 giờ 30 phút ngày 5/10
từ ngày 01 đến ngày 15 tháng 5
nhiệm kỳ 2015 - 2020
nhiệm kỳ 2015-2020
giai đoạn 2008 – 2018
10 năm thực hiện Nghị quyết
sau 05 năm triển khai
trong 6 tháng đầu năm 2018
quý 3/2018
quý III năm 2018
năm học 2017-2018
Trang 3/12
trang 5
(xem Phụ lục 2, Biểu số 3)
Bảng 2.1. Kết quả
Hình 4: sơ đồ
1. Kết quả
1.1. Công tác tuyên truyền
2) Hạn chế
I.2. Tình hình
a) Điểm 5
Điện thoại: 0251.3822.123
Số 05-BC/HU
Số: 112/BC-UBND
Công văn số 1234-CV/VPTU
Luật số 10/2012/QH13
Nghị định 30/2020/NĐ-CP
Quyết định 217-QĐ/TW
Bộ luật Lao động 2012
Thông tư 01/2011/TT-BNV
Kết luận số 50
Kế hoạch 70
đường số 5, ấp 3
Quốc lộ 1A
khu phố 4, phường 2
Quân khu 7
Trường Tiểu học số 2
Chi bộ 3
Ngày Quốc tế Lao động 1/5
Ngày 1-5 và 19-5
thế kỷ 21
Công nghiệp 4.0
cách mạng công nghiệp lần thứ 4
Tháng Công nhân lần thứ 10
Nghị quyết 13 của Tỉnh ủy
Chương trình 12 của Ban Chấp hành
Kỳ họp thứ 8
Hội nghị lần thứ 15
các Nghị quyết 04, 05, 06 của Tỉnh ủy
Khoản 1 và khoản 2 Điều 8
Điều 10a
Điều 24, 25 Điều lệ Đảng
từ Điều 10 đến Điều 15
19 điều đảng viên không được làm
tại tiết 2.3 khoản 4
Đại hội XIII
Mã số 12345
Nghị quyết 35 ngày 22-10-2018
dịp 30/4 và 1/5
tuần lễ từ 02 đến 09/9
ngày 2 và 3 tháng 5
""".strip().splitlines()


def test_there_are_names_of_many_kinds() -> None:
    assert len({*NAMES}) >= 60


@pytest.mark.parametrize("text", NAMES)
def test_a_number_that_names_is_no_figure(text: str) -> None:
    assert numbers(text) == []


COUNTS = {
    "Đã ban hành 5 bản cam kết": ["5"],
    "Phát hành 1.200 bản.": ["1.200"],
    "Đã ký kết 45 bản.": ["45"],
    "Kết quả: 45 bản tin": ["45"],
    "Kế hoạch 70 cuộc": ["70"],
    "vượt kế hoạch 70%": ["70"],
    "Nghị quyết 13 đơn vị đã học": ["13"],
    "các Nghị quyết 04, 05 đơn vị chưa học": ["05"],
    "theo Điều 5, 12 người bị kỷ luật": ["12"],
    "theo Điều 5, khoản 2, có 12 người": ["12"],
    "tăng từ 2 đến 5/8 đơn vị": ["2", "5", "8"],
    "5/5 báo cáo": ["5", "5"],
    "1/5 đơn vị": ["1", "5"],
    "Chi bộ 3 người": ["3"],
    "tăng 14,5 điểm": ["14,5"],
    "bảng 1.310 người": ["1.310"],
    "Trung ương 4 cuộc": ["4"],
    "mã số 12 doanh nghiệp": ["12"],
    "có 19 điều kiện": ["19"],
    "Lưu 12 người": ["12"],
    "(5 bản cam kết)": ["5"],
    "In 15 bản tin": ["15"],
    "trang 3/12 đơn vị": ["12"],
}


@pytest.mark.parametrize(("text", "counted"), COUNTS.items())
def test_a_number_that_counts_stays_one(text: str, counted: list[str]) -> None:
    assert numbers(text) == counted
