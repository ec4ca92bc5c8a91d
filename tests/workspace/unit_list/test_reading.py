"""The office's list of units as it is: titles, groups, totals, names for codes, kinds in any words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.catalogue.bundled import bundled
from nqcore.files.incoming import FileRefused
from nqcore.files.incoming.refusals import WrongKind
from nqcore.model.units import Sector, Unit, UnitKind, UnitTree
from nqcore.workspace.unit_list import (
    BadUnitList,
    BadUnitRows,
    UnitList,
    pasted_rows,
    read_rows,
)
from nqcore.workspace.unit_list.reading import file_text

KINDS = {one.code: one for one in bundled().unit_kinds}
Table = Sequence[Sequence[str]]

AS_IT_IS: Table = [
    ["ĐẢNG ỦY XÃ AN BÌNH"],
    ["DANH SÁCH CÁC CHI BỘ, CƠ QUAN, DOANH NGHIỆP"],
    ["(Kèm theo Công văn số 12-CV/ĐU, ngày 02/7/2025)"],
    ["STT", "Tên đơn vị", "Loại", "Trực thuộc", "Ghi chú"],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ["1", "Đảng ủy xã An Bình", "đảng ủy xã", "", ""],
    ["I", "Khối các cơ quan", "", "", ""],
    ["2", "Trạm Y tế xã", "", "Đảng ủy xã An Bình", "mới"],
    ["3", "Trường Mầm non An Bình", "", "đảng uỷ xã an bình", ""],
    ["II", "Khối doanh nghiệp nhà nước", "", "", ""],
    ["4", "Công ty Cấp nước An Bình", "", "Đảng ủy xã An Bình", ""],
    ["", "Tổng cộng: 4 đơn vị", "", "", ""],
    ["", "NGƯỜI LẬP BIỂU", "", "", ""],
]


def read(table: Table, existing: Sequence[Unit] = (), under: str = "") -> UnitList:
    rows = [(nth, row) for nth, row in enumerate(table, 1) if any(cell.strip() for cell in row)]
    return read_rows(rows, KINDS, {unit.code: unit for unit in existing}, under, "a.xlsx")


def test_a_list_as_offices_have_it_is_read_whole() -> None:
    found = read(AS_IT_IS)
    assert [(u.code, u.kind, u.parent, u.sector) for u in found.units] == [
        ("dang-uy-xa-an-binh", "commune-committee", None, None),
        ("tram-y-te-xa", "agency", "dang-uy-xa-an-binh", None),
        ("truong-mam-non-an-binh", "agency", "dang-uy-xa-an-binh", None),
        ("cong-ty-cap-nuoc-an-binh", "state-enterprise", "dang-uy-xa-an-binh", Sector.STATE),
    ]
    assert [str(note) for note in found.notes] == [
        "Row 7: “Khối các cơ quan” is a group, not a unit.",
        "Row 10: “Khối doanh nghiệp nhà nước” is a group, not a unit.",
        "Row 12: “Tổng cộng: 4 đơn vị” is a total, not a unit.",
        "Row 13: “NGƯỜI LẬP BIỂU” was passed over: it is no unit.",
        "Columns that are not used: Ghi chú.",
        "Codes made of names: 4.",
    ]


def test_a_group_that_is_a_unit_is_above_the_rows_below_it() -> None:
    found = read(
        [
            ["TT", "Đơn vị"],
            ["", "Tỉnh ủy Bình Sơn"],
            ["I", "Huyện Tân Hòa"],
            ["1", "Xã An Phú"],
            ["2", "Xã Bình Minh"],
            ["II", "Huyện Long Thành"],
            ["1", "Xã An Phú"],
            ["III", "Khối doanh nghiệp"],
            ["1", "May An Phú"],
        ]
    )
    assert [(u.code, u.kind, u.parent) for u in found.units] == [
        ("tinh-uy-binh-son", "provincial-committee", None),
        ("huyen-tan-hoa", "committee", "tinh-uy-binh-son"),
        ("xa-an-phu", "commune", "huyen-tan-hoa"),
        ("xa-binh-minh", "commune", "huyen-tan-hoa"),
        ("huyen-long-thanh", "committee", "tinh-uy-binh-son"),
        ("xa-an-phu-2", "commune", "huyen-long-thanh"),
        ("may-an-phu", "enterprise", "tinh-uy-binh-son"),
    ]


def test_a_part_that_names_what_its_units_are_is_no_unit_where_units_have_a_kind() -> None:
    found = read(
        [
            ["ĐẢNG ỦY XÃ ĐÔNG SƠN"],
            ["STT", "Tên đơn vị", "Loại hình", "Ghi chú"],
            ["1", "Đảng ủy xã Đông Sơn", "Đảng ủy xã", ""],
            ["I", "Cơ quan cấp xã", "", ""],
            ["1", "Ủy ban nhân dân xã Đông Sơn", "UBND xã", ""],
            ["II", "Chi bộ, đảng bộ cơ sở", "", ""],
            ["1", "Chi bộ thôn Đông", "Chi bộ", ""],
            ["III", "Trường học, trạm y tế", "", ""],
            ["1", "Trường THCS Đông Sơn", "Trường học", ""],
            ["IV", "Đảng bộ Bình Minh", "", ""],
            ["1", "Chi bộ thôn Tây", "Chi bộ", ""],
        ]
    )
    assert [(unit.code, unit.parent) for unit in found.units] == [
        ("dang-uy-xa-dong-son", None),
        ("uy-ban-nhan-dan-xa-dong-son", "dang-uy-xa-dong-son"),
        ("chi-bo-thon-dong", "dang-uy-xa-dong-son"),
        ("truong-thcs-dong-son", "dang-uy-xa-dong-son"),
        ("dang-bo-binh-minh", "dang-uy-xa-dong-son"),
        ("chi-bo-thon-tay", "dang-bo-binh-minh"),
    ]
    assert sum("is a group" in str(note) for note in found.notes) == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Xã An Phú", "commune"),
        ("Đảng ủy phường Tân Hòa", "commune-committee"),
        ("Đảng ủy Công ty Cấp nước", "committee"),
        ("UBND xã An Phú", "commune-authority"),
        ("Ủy ban nhân dân tỉnh Bình Sơn", "provincial-authority"),
        ("Sở Y tế", "department"),
        ("Ban Tuyên giáo và Dân vận", "party-department"),
        ("Ban Chỉ đạo 35", "steering"),
        ("Phòng Kinh tế", "division"),
        ("Ủy ban MTTQ Việt Nam xã", "front"),
        ("Liên đoàn Lao động tỉnh", "union-federation"),
        ("Công đoàn cơ sở May An Phú", "grassroots-union"),
        ("Công đoàn xã", "trade-union"),
        ("Đoàn TNCS Hồ Chí Minh xã", "youth-union"),
        ("Hội Liên hiệp Phụ nữ xã", "association"),
        ("Trường THCS Nguyễn Trãi", "school"),
        ("Bệnh viện Đa khoa", "hospital"),
        ("Trạm Y tế xã", "health-station"),
        ("Chi bộ ấp 3", "party-cell"),
        ("Tổng công ty Cấp nước", "enterprise"),
        ("Công an xã", "armed-forces"),
        ("Khu công nghiệp Tân Hòa", "industrial-park"),
    ],
)
def test_a_kind_that_is_not_given_is_read_from_the_name(name: str, kind: str) -> None:
    found = read([["Tên đơn vị", "Loại"], ["Tỉnh ủy", "tỉnh ủy"], [name, ""], ["Xã B", "xã"]])
    assert found.units[1].kind == kind
    assert found.units[1].kind.like is KINDS[kind].like


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Sở", "department"),
        ("sở, ban, ngành", "department"),
        ("SỞ - BAN - NGÀNH", "department"),
        ("Doanh nghiệp FDI", "foreign-enterprise"),
        ("doanh nghiệp ngoài nhà nước", "enterprise"),
        ("Mặt trận", "front"),
        ("đặc khu", "commune"),
        ("school", "school"),
        ("commune", "commune"),
    ],
)
def test_kinds_are_known_in_the_words_of_offices(word: str, kind: str) -> None:
    assert read([["Tên", "Loại"], ["A", word]]).units[0].kind == kind


def test_every_unknown_kind_is_named_at_once_with_the_nearest() -> None:
    table = [
        ["Tên", "Loại"],
        ["Tỉnh", "tỉnh ủy"],
        ["A", "sở ngành cấp tỉnh"],
        ["B", "tổ dân cư"],
        ["C", "hợp tác xa kiểu mới"],
        ["D", "tổ dân cư"],
    ]
    with pytest.raises(BadUnitRows) as wrong:
        read(table)
    said = [fault.message().partition(" Otherwise")[0] for fault in wrong.value.faults]
    assert said[0] == (
        "a.xlsx, row 3: the kind “sở ngành cấp tỉnh” is not known (rows 3). Is “Sở” meant?"
    )
    assert said[1].startswith("a.xlsx, row 4: the kind “tổ dân cư” is not known (rows 4, 6).")
    assert said[2].endswith("(rows 5). Is “Hợp tác xã” meant?")
    assert "“Trường học”" in wrong.value.faults[0].message()


def test_a_parent_is_a_code_or_a_name_and_a_name_of_two_units_is_asked_about() -> None:
    table = [
        ["Mã", "Tên", "Loại", "Cấp trên"],
        ["t", "Tỉnh", "tỉnh", ""],
        ["h1", "Huyện A", "huyện", "T"],
        ["h2", "Huyện A", "huyện", "tỉnh"],
        ["x", "Xã X", "xã", "Huyện A"],
    ]
    with pytest.raises(BadUnitList, match="several units are called “Huyện A”: h1, h2"):
        read(table)
    assert [u.parent for u in read(table[:4]).units] == [None, "t", "t"]


def test_a_list_that_is_added_stands_among_the_units_that_are_there() -> None:
    there = [Unit(code="xa", name="Đảng ủy xã An Bình", kind=UnitKind.COMMUNE)]
    found = read([["Trường Tiểu học"], ["Chi bộ 1"], ["Chi bộ 1"]], there, "xa")
    assert [(u.code, u.parent) for u in found.units] == [
        ("truong-tieu-hoc", "xa"),
        ("chi-bo-1", "xa"),
        ("chi-bo-1-2", "xa"),
    ]
    with pytest.raises(BadUnitList, match="is that of Đảng ủy xã An Bình, which is there already"):
        read([["Mã", "Tên"], ["xa", "Xã"]], there, "xa")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xã A\nXã B, Xã C\n\n", ["Xã A", "Xã B, Xã C"]),
        ("TT\tTên\tLoại\n1\tXã A\txã\n", ["Xã A"]),
        ("Tên,Loại\nXã A,xã\n", ["Xã A"]),
    ],
)
def test_a_list_can_be_pasted(text: str, names: list[str]) -> None:
    found = read_rows(pasted_rows(text), KINDS, {}, "")
    assert [unit.name for unit in found.units] == names


def test_a_list_without_a_heading_is_told_what_a_heading_is() -> None:
    with pytest.raises(BadUnitList, match="no row names the columns"):
        read([["1", "Xã A", "xã"], ["2", "Xã B", "xã"]])


def test_three_hundred_units_are_read_in_their_order() -> None:
    body = [[str(n), f"Xã Số {n}", "xã"] for n in range(1, 300)]
    units = read([["TT", "Tên", "Loại"], ["", "Tỉnh ủy A", "tỉnh ủy"], *body]).units
    assert len(units) == 300
    tree = UnitTree(units)
    assert [tree[code].name for code in tree] == [unit.name for unit in units]


@given(
    st.lists(
        st.lists(st.text(alphabet="aăâbđê1I.,? ()", max_size=8), min_size=1, max_size=4),
        max_size=8,
    )
)
def test_any_rows_are_read_or_refused_in_words(table: list[list[str]]) -> None:
    for head in ([], [["Tên", "Loại", "Cấp trên"]], [["TT", "Mã", "Tên"]]):
        with suppress(BadUnitList):
            found = read([*head, *table])
            assert len({unit.code for unit in found.units}) == len(found.units)


NAMES = {
    "longer than any file system allows": "x" * 300 + ".csv",
    "folders of another computer": "C:\\Users\\An\\đơn vị.csv",
    "a way out of the folder": "../../đơn vị.csv",
    "a character of control": "đơn\x00vị\n.csv",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_that_was_sent_may_have_any_name(name: str) -> None:
    assert file_text(name, "Tên,Loại\nXã An,xã\n".encode()) == "Tên\tLoại\nXã An\txã\n"


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".png", "x" * 300, "", "danh sách.docx", "bảng.csv/x"]
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(name: str) -> None:
    with pytest.raises(FileRefused):
        file_text(name, b"\x89PNG\r\n\x1a\n")


def test_a_package_that_is_called_csv_is_refused_as_what_it_is() -> None:
    with pytest.raises(WrongKind):
        file_text("a.csv", b"PK\x03\x04" + bytes(100))


@pytest.mark.parametrize("head", [[], [["Tên đơn vị"]], [["Tên đơn vị", "Loại"]]])
def test_numbers_totals_and_whom_the_list_is_sent_to_are_no_units(head: Table) -> None:
    kind = ["xã"] if head and len(head[0]) > 1 else []
    names: Table = [
        *head,
        ["Huyện Tân Hòa", *(["huyện ủy"] if kind else [])],
        ["1. Xã An Phú", *kind],
        ["2) Xã Bình Minh", *kind],
        ["Tổng: 2 xã"],
        ["Cộng"],
        ["Cộng toàn huyện"],
        ["Nơi nhận: Huyện ủy Tân Hòa"],
        ["Kính gửi: Huyện Tân Hòa"],
    ]
    found = read(names)
    assert [unit.name for unit in found.units] == ["Huyện Tân Hòa", "Xã An Phú", "Xã Bình Minh"]
    assert [unit.code for unit in found.units] == ["huyen-tan-hoa", "xa-an-phu", "xa-binh-minh"]
    words = [str(note) for note in found.notes]
    assert sum("is a total" in one for one in words) == 3
    assert sum("was passed over" in one for one in words) == 2


def test_two_units_of_one_name_without_accents_stay_two_and_a_parent_is_the_exact_one() -> None:
    rows: Table = [
        ["Tên đơn vị", "Loại", "Trực thuộc"],
        ["Huyện Tân Hòa", "huyện ủy", ""],
        ["Xã Tân Phú", "xã", "Huyện Tân Hòa"],
        ["Xã Tân Phù", "xã", "Huyện Tân Hòa"],
        ["Chi bộ Một", "chi bộ", "Xã Tân Phù"],
    ]
    found = {unit.name: unit for unit in read(rows).units}
    assert found["Chi bộ Một"].parent == found["Xã Tân Phù"].code != found["Xã Tân Phú"].code
    with pytest.raises(BadUnitList):
        read([*rows, ["Chi bộ Hai", "chi bộ", "Xa Tan Phu"]])
