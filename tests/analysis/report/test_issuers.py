"""Which body speaks for a unit: its name, place, symbol, authority and post, by the unit's kind and name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.issuers import Issuer, issuer_of, units_above
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer, tree_with
from nqcore.model.units import BUILT_IN_KINDS, Unit, UnitKind, UnitTree

K = UnitKind
DISTRICT = Unit(code="huyen", name="Huyện Tân Hòa", kind=K.COMMITTEE, parent="tinh")
PROVINCE = Unit(code="tinh", name="Tỉnh ủy Bình Minh", kind=K.COMMITTEE)


def issuer(kind: UnitKind, name: str, parent: str | None = "huyen") -> Issuer:
    unit = Unit(code="x", name=name, kind=kind, parent=parent)
    return issuer_of(unit, UnitTree([PROVINCE, DISTRICT, unit]))


@pytest.mark.parametrize(
    ("name", "body", "place", "symbol", "authority", "filed"),
    [
        ("Huyện Thử", "Huyện ủy Thử", "Thử", "HU", "BAN THƯỜNG VỤ", "Văn phòng Huyện ủy"),
        ("Huyện ủy Thử", "Huyện ủy Thử", "Thử", "HU", "BAN THƯỜNG VỤ", "Văn phòng Huyện ủy"),
        ("HUYỆN UỶ Thử", "Huyện ủy Thử", "Thử", "HU", "BAN THƯỜNG VỤ", "Văn phòng Huyện ủy"),
        ("Ban Thường vụ Huyện uỷ Thử", "Huyện ủy Thử", "Thử", "HU", "BAN THƯỜNG VỤ", None),
        ("Đảng bộ huyện Thử", "Huyện ủy Thử", "Thử", "HU", "BAN THƯỜNG VỤ", None),
        ("Huyện", "Huyện ủy", "", "HU", "BAN THƯỜNG VỤ", "Văn phòng Huyện ủy"),
        ("Tỉnh Bình Minh", "Tỉnh ủy Bình Minh", "Bình Minh", "TU", "BAN THƯỜNG VỤ", None),
        ("Tỉnh ủy", "Tỉnh ủy", "", "TU", "BAN THƯỜNG VỤ", "Văn phòng Tỉnh ủy"),
        ("Thành phố Huế", "Thành ủy Huế", "Huế", "TU", "BAN THƯỜNG VỤ", "Văn phòng Thành ủy"),
        ("Thành phố Vinh", "Thành ủy Vinh", "Vinh", "ThU", "BAN THƯỜNG VỤ", None),
        (
            "TP. Hồ Chí Minh",
            "Thành ủy Thành phố Hồ Chí Minh",
            "Thành phố Hồ Chí Minh",
            "TU",
            None,
            None,
        ),
        ("Thị xã Thử", "Thị ủy Thử", "Thử", "TXU", "BAN THƯỜNG VỤ", "Văn phòng Thị ủy"),
        ("Quận ủy Thử", "Quận ủy Thử", "Thử", "QU", "BAN THƯỜNG VỤ", None),
        ("Thành phố Thủ Đức", "Thành ủy Thủ Đức", "Thủ Đức", "ThU", "BAN THƯỜNG VỤ", None),
        ("Quận 1", "Quận ủy Quận 1", "Quận 1", "QU", "BAN THƯỜNG VỤ", None),
        ("Đảng ủy xã An Phú", "Đảng ủy xã An Phú", "An Phú", "ĐU", "BAN THƯỜNG VỤ", "Đảng ủy"),
        ("Đảng ủy Khối các cơ quan", "Đảng ủy Khối các cơ quan", "", "ĐU", "ĐẢNG ỦY", "Đảng ủy"),
        ("Khối các cơ quan", "Đảng ủy Khối các cơ quan", "", "ĐU", "ĐẢNG ỦY", "Đảng ủy"),
        ("Đảng bộ Công ty May", "Đảng ủy Công ty May", "", "ĐU", "ĐẢNG ỦY", "Đảng ủy"),
        ("Chi bộ Trạm Y tế", "Chi bộ Trạm Y tế", "", "CB", "CHI BỘ", "Chi bộ"),
    ],
)
def test_a_party_committee_has_its_own_name_once_and_a_standing_committee_where_it_has_one(
    name: str, body: str, place: str, symbol: str, authority: str | None, filed: str | None
) -> None:
    found = issuer(K.COMMITTEE, name)
    assert (found.name, found.place, found.symbol) == (body, place, f"-BC/{symbol}")
    assert found.post == "BÍ THƯ"
    assert authority is None or found.authority == f"T/M {authority}"
    assert filed is None or found.filed == f"Lưu {filed}"


@pytest.mark.parametrize(
    ("name", "body", "place"),
    [
        ("Xã An Phú", "Đảng ủy xã An Phú", "An Phú"),
        ("xã  An Phú", "Đảng ủy xã An Phú", "An Phú"),
        ("Đảng ủy xã An Phú", "Đảng ủy xã An Phú", "An Phú"),
        ("Đảng uỷ Xã An Phú", "Đảng ủy xã An Phú", "An Phú"),
        ("Phường 7", "Đảng ủy Phường 7", "Phường 7"),
        ("Thị trấn Tân Hòa", "Đảng ủy thị trấn Tân Hòa", "Tân Hòa"),
        ("Đặc khu Phú Quốc", "Đảng ủy đặc khu Phú Quốc", "Phú Quốc"),
        ("An Phú", "Đảng ủy An Phú", "An Phú"),
    ],
)
def test_the_party_committee_of_a_commune_speaks_for_it(name: str, body: str, place: str) -> None:
    found = issuer(K.COMMUNE, name)
    assert (found.name, found.place, found.symbol) == (body, place, "-BC/ĐU")


@pytest.mark.parametrize(
    ("kind", "name", "body", "symbol", "authority"),
    [
        (K.AUTHORITY, "Ủy ban nhân dân huyện", "huyện Tân Hòa", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.AUTHORITY, "UBND huyện Tân Hòa", "huyện Tân Hòa", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.AUTHORITY, "Huyện Tân Hòa", "huyện Tân Hòa", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.COMMUNE, "UBND xã An Phú", "xã An Phú", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.AGENCY, "UBND tỉnh", "tỉnh Bình Minh", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.AUTHORITY, "UBND Đông Sơn", "Đông Sơn", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.AUTHORITY, "UBND", "", "UBND", "ỦY BAN NHÂN DÂN"),
        (K.AUTHORITY, "HĐND huyện", "huyện Tân Hòa", "HĐND", "HỘI ĐỒNG NHÂN DÂN"),
    ],
)
def test_an_authority_has_the_signs_of_the_state_whatever_kind_the_office_gave_it(
    kind: UnitKind, name: str, body: str, symbol: str, authority: str
) -> None:
    found = issuer(kind, name)
    assert found.name == f"{authority.capitalize()} {body}".rstrip()
    assert (found.symbol, found.authority) == (f"/BC-{symbol}", f"TM. {authority}")
    assert (found.post, found.subordinate) == ("CHỦ TỊCH", False)


def test_an_authority_of_no_place_speaks_in_its_own_name() -> None:
    found = issuer(K.AUTHORITY, "Bộ Nội vụ", parent=None)
    assert (found.name, found.symbol, found.post) == ("Bộ Nội vụ", "/BC-BNV", "THỦ TRƯỞNG")
    assert (found.authority, found.subordinate) == ("", False)


def test_in_the_tree_of_the_state_the_people_s_committee_speaks_for_a_commune() -> None:
    state = Unit(code="s", name="Tỉnh Bình Minh", kind=K.AUTHORITY)
    district = Unit(code="d", name="Huyện Đông Sơn", kind=K.AGENCY, parent="s")
    commune = Unit(code="x", name="Xã An Phú", kind=K.COMMUNE, parent="d")
    party = Unit(code="p", name="Đảng ủy xã An Phú", kind=K.COMMUNE, parent="d")
    tree = UnitTree([state, district, commune, party])
    assert issuer_of(commune, tree).name == "Ủy ban nhân dân xã An Phú"
    assert issuer_of(party, tree).name == "Đảng ủy xã An Phú"
    alone = Unit(code="x", name="Xã An Phú", kind=K.COMMUNE)
    assert issuer_of(alone, UnitTree([alone])).name == "Đảng ủy xã An Phú"


def test_a_unit_that_has_ended_stands_under_what_was_above_it_at_its_end() -> None:
    day = date(2025, 7, 1)
    merged = ChangeEvent(
        id="m",
        date=day,
        kind=ChangeKind.MERGE,
        transfers=(Transfer(source="a", target="b"),),
        basis="b",
    )
    units = [
        PROVINCE,
        DISTRICT,
        *(Unit(code=c, name=f"Xã {c}", kind=K.COMMUNE, parent="huyen") for c in ("a", "b")),
    ]
    tree = tree_with(units, [merged])
    assert tree["a"].parent == "b"
    assert [u.code for u in units_above(tree["a"], tree)] == ["huyen", "tinh"]
    assert [u.code for u in units_above(tree["b"], tree)] == ["huyen", "tinh"]


@pytest.mark.parametrize(
    ("name", "symbol", "post"),
    [
        ("Ban Tổ chức Huyện ủy", "-BC/BTCHU", "TRƯỞNG BAN"),
        ("Ủy ban Kiểm tra Huyện uỷ", "-BC/UBKTHU", "CHỦ NHIỆM"),
        ("Văn phòng Tỉnh ủy", "-BC/VPTU", "CHÁNH VĂN PHÒNG"),
        ("Phòng Lao động - Thương binh và Xã hội", "/BC-PLĐTBXH", "TRƯỞNG PHÒNG"),
        ("Sở Nội vụ", "/BC-SNV", "GIÁM ĐỐC"),
        ("Bảo hiểm xã hội", "/BC-BHXH", "THỦ TRƯỞNG"),
    ],
)
def test_the_head_of_an_agency_signs_under_its_own_symbol(
    name: str, symbol: str, post: str
) -> None:
    found = issuer(K.AGENCY, name)
    assert (found.symbol, found.authority, found.post) == (symbol, "", post)
    assert found.name == name.replace("uỷ", "ủy")


@pytest.mark.parametrize(
    ("name", "body", "symbol", "post"),
    [
        ("Liên đoàn Lao động huyện", "Liên đoàn Lao động huyện Tân Hòa", "/BC-LĐLĐ", "CHỦ TỊCH"),
        ("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động tỉnh Bình Minh", "/BC-LĐLĐ", "CHỦ TỊCH"),
        ("Liên đoàn Lao động quận", "Liên đoàn Lao động quận", "/BC-LĐLĐ", "CHỦ TỊCH"),
        ("Huyện đoàn", "Huyện đoàn Tân Hòa", "-BC/ĐTN", "BÍ THƯ"),
        ("Tỉnh đoàn Bình Minh", "Tỉnh đoàn Bình Minh", "-BC/ĐTN", "BÍ THƯ"),
        ("Hội Nông dân", "Hội Nông dân", "/BC-HND", "CHỦ TỊCH"),
        ("Ủy ban MTTQ huyện", "Ủy ban MTTQ huyện Tân Hòa", "/BC-MTTQ", "CHỦ TỊCH"),
    ],
)
def test_a_mass_organisation_is_named_with_its_place(
    name: str, body: str, symbol: str, post: str
) -> None:
    found = issuer(K.ORGANISATION, name)
    assert (found.name, found.symbol, found.post) == (body, symbol, post)
    assert found.authority.startswith("TM. BAN ")


@pytest.mark.parametrize("name", ["Ban Chỉ đạo thực hiện Nghị quyết 20", "thực hiện Nghị quyết 20"])
def test_a_steering_committee_is_called_so_once(name: str) -> None:
    found = issuer(K.STEERING, name)
    assert found.name == "Ban Chỉ đạo thực hiện Nghị quyết 20"
    assert (found.symbol, found.authority) == ("-BC/BCĐ", "T/M BAN CHỈ ĐẠO")


@pytest.mark.parametrize("kind", [K.ENTERPRISE, K.COOPERATIVE])
def test_an_enterprise_signs_by_its_director_and_has_nothing_above_it(kind: UnitKind) -> None:
    found = issuer(kind, "Công ty TNHH May Bình Minh")
    assert found.name == "Công ty TNHH May Bình Minh"
    assert (found.authority, found.post, found.subordinate) == ("", "GIÁM ĐỐC", False)
    assert issuer(kind, "Tổng công ty Giấy").post == "TỔNG GIÁM ĐỐC"


@given(
    kind=st.sampled_from(BUILT_IN_KINDS),
    words=st.lists(
        st.sampled_from(["Huyện", "ủy", "Xã", "xã", "đoàn", "UBND", "Đảng ủy", "An", "7", "TP."]),
        min_size=1,
        max_size=4,
    ),
)
def test_every_unit_has_an_issuer_with_a_name_a_symbol_and_a_post(
    kind: UnitKind, words: list[str]
) -> None:
    found = issuer(kind, " ".join(words))
    assert found.name.strip() == found.name != ""
    assert found.symbol.startswith(("-BC", "/BC"))
    assert found.post
