"""What the names of units say: levels, places, abbreviations."""

from __future__ import annotations

import pytest

from nqcore.analysis.report.unit_names import (
    area_of,
    begins,
    initials,
    one_spelling,
    open_level,
    place_within,
)


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Huyện Tân Hòa", ("huyện", "Tân Hòa")),
        ("Huyện ủy Tân Hòa", ("huyện", "Tân Hòa")),
        ("Đảng bộ huyện Tân Hòa", ("huyện", "Tân Hòa")),
        ("UBND huyện Tân Hòa", ("huyện", "Tân Hòa")),
        ("THÀNH ỦY VINH", ("thành phố", "VINH")),
        ("Thị xã Chũ", ("thị xã", "Chũ")),
        ("Thị ủy Chũ", ("thị xã", "Chũ")),
        ("Thị trấn Chũ", ("thị trấn", "Chũ")),
        ("Huyện", ("huyện", "")),
        ("Huyệnh", None),
        ("Khối các cơ quan", None),
        ("Công ty huyện Tân Hòa", None),
    ],
)
def test_a_name_says_the_level_and_the_name_of_its_place(
    name: str, area: tuple[str, str] | None
) -> None:
    assert area_of(name) == area


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Trường Tiểu học xã An Phú", "An Phú"),
        ("Trạm Y tế phường 7", "Phường 7"),
        ("Bảo hiểm xã hội huyện Tân Hòa", "Tân Hòa"),
        ("Trường Mầm non xã An Phú, huyện Tân Hòa", "An Phú"),
        ("Công ty May", ""),
        ("Phòng Thương binh và Xã hội", ""),
        ("Trung tâm công tác xã hội", ""),
    ],
)
def test_a_place_within_a_name_is_the_place_of_the_body(name: str, place: str) -> None:
    assert place_within(name) == place


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Liên đoàn Lao động huyện", "huyện"),
        ("Ủy ban nhân dân thị xã", "thị xã"),
        ("Huyện đoàn", "huyện"),
        ("Thành Đoàn", "thành phố"),
        ("Xã đoàn", "xã"),
        ("Huyện đoàn Tân Hòa", ""),
        ("Ban Tổ chức Huyện ủy", ""),
        ("Công ty May", ""),
    ],
)
def test_a_name_may_leave_its_place_open(name: str, level: str) -> None:
    assert open_level(name) == level


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ban Tổ chức Huyện ủy", "BTCHU"),
        ("Bảo hiểm xã hội huyện Tân Hòa", "BHXH"),
        ("Phòng Lao động - Thương binh và Xã hội", "PLĐTBXH"),
        ("Liên đoàn Lao động tỉnh", "LĐLĐ"),
    ],
)
def test_the_abbreviation_has_plain_capitals_and_no_place(name: str, short: str) -> None:
    assert initials(name) == short


def test_spellings_of_one_name_are_one() -> None:
    assert one_spelling(" TP.  Huế ") == "Thành phố Huế"
    assert one_spelling("Huyện uỷ") == one_spelling("Huyện  ủy")
    assert begins("uBND xã", "UBND")
    assert not begins("UBNDX", "UBND")
