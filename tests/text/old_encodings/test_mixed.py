"""Lines of which a part is in an old font: only that part is offered in other letters."""

from __future__ import annotations

import pytest

from nqcore.text.old_encodings import Encoding, find_misread


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("Kết quả đã ®¹t ®­îc 95% kế hoạch", "Kết quả đã đạt được 95% kế hoạch"),
        ("Đảng ủy xã: tæ chøc 5 lớp tập huấn", "Đảng ủy xã: tổ chức 5 lớp tập huấn"),
        ("Xã An Phú, x· T©n Phó", "Xã An Phú, xã Tân Phú"),
        ("Đã họp 3 lần, ®ång chÝ Bí thư", "Đã họp 3 lần, đồng chí Bí thư"),
        ("Ông NguyÔn V¨n An, Bí thư", "Ông Nguyễn Văn An, Bí thư"),
        ("Hợp tác xã dÞch vô n«ng nghiÖp", "Hợp tác xã dịch vụ nông nghiệp"),
        (
            "Héi nghÞ ngµy 5/9. Số người dự: 120. Các xã: An Phú, Bình Minh",
            "Hội nghị ngày 5/9. Số người dự: 120. Các xã: An Phú, Bình Minh",
        ),
        (
            "Trong th¸ng 9 ®· tæ chøc 12 cuéc; tháng 10: 15 cuộc",
            "Trong tháng 9 đã tổ chức 12 cuộc; tháng 10: 15 cuộc",
        ),
        (
            "đoàn viên công ®oµn; thú y; chú ý; nhà máy",
            "đoàn viên công đoàn; thú y; chú ý; nhà máy",
        ),
        (
            "Trồng lúa, rau các loại; ch¨n nu«i: bò, lợn",
            "Trồng lúa, rau các loại; chăn nuôi: bò, lợn",
        ),
        ("Đảng bộ xã T©n Phong có 5 chi bộ", "Đảng bộ xã Tân Phong có 5 chi bộ"),
    ],
)
def test_what_is_in_tcvn3_is_offered_and_the_rest_stays(line: str, offered: str) -> None:
    found = find_misread(f"Kết quả thực hiện\n{line}")
    assert found is not None
    assert (found.encoding, found.lines[0].number) == (Encoding.TCVN3, 2)
    assert found.lines[0].offered == offered


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("UBND xã Taân Hoøa báo cáo kết quả", "UBND xã Tân Hòa báo cáo kết quả"),
        ("Theo báo cáo của Ñaûng uûy xã, kết quả tốt", "Theo báo cáo của Đảng ủy xã, kết quả tốt"),
    ],
)
def test_what_is_in_vni_is_offered_and_the_rest_stays(line: str, offered: str) -> None:
    found = find_misread(line)
    assert found is not None
    assert (found.encoding, found.offered) == (Encoding.VNI, offered)


@pytest.mark.parametrize(
    "line",
    [
        "Tổng số 28 m² tại xã An Phú, nhiệt độ 30 °C ± 5%",
        "Máy tính Windows® và Intel® của xã",
        "Nestlé, José và São Paulo; café Müller",
        "Mua 3 máy đo 5 µm và 10 N·m, 3×5 phòng",
        "Ông Ích, bà Ái và ông Ân họp với Ông Én",
        "Công ty Hịa Phát thu mua",
    ],
)
def test_sound_lines_with_signs_and_foreign_names_are_left_alone(line: str) -> None:
    assert find_misread(line) is None
