"""In whose name a review goes out: the letterhead given for its unit, or one made of the unit's own name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import nqcore
from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.letterheads import (
    issuer_name,
    letterhead_of,
)
from nqcore.analysis.report.opening import reporter
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.unit_names import name_within_sentence
from nqcore.catalogue import Catalogue
from nqcore.collection.settings import write_settings
from nqcore.model.reports import Paragraph
from nqcore.model.units import Unit, UnitKind
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from tests.analysis.frozen.offices import merge, office
from tests.support import twenty
from tests.support.small import DISTRICT, Now, catalogue, found, plugin, reopen

PACK = '[pack]\nid = "x"\nsince = 2018-01-01\nbasis = "b"\n'
HEAD = (
    'superior = "TRÊN"\nbody = "{body}"\nplace = "Nơi"\nsymbol = "-BC/X"\n'
    'authority = "T/M AI"\npost = "AI"\nsigner = "Nguyễn Văn A"\n'
)


def own(body: str, unit: str = "") -> str:
    """A plugin with one letterhead: of `unit`, or in the old way, without a unit."""
    head = f'[[letterhead]]\nunit = "{unit}"\n' if unit else "[letterhead]\n"
    return PACK + head + HEAD.format(body=body)


def head_of(known: Catalogue, unit: str) -> str:
    return letterhead_of(known, known.units[unit]).body


def test_a_letterhead_is_that_of_its_unit_and_of_no_other() -> None:
    known = catalogue(DISTRICT, own("ĐẢNG ỦY XÃ A ANH HÙNG", "xa-a"))
    given = letterhead_of(known, known.units["xa-a"])
    assert (given.body, given.signer) == ("ĐẢNG ỦY XÃ A ANH HÙNG", "Nguyễn Văn A")
    for unit in ("top", "xa-b", "dn-1"):
        made = letterhead_of(known, known.units[unit])
        assert "ANH HÙNG" not in made.body
        assert made.signer == ""


def test_a_letterhead_without_a_unit_is_that_of_the_top_as_before() -> None:
    known = catalogue(DISTRICT, own("HUYỆN ỦY CŨ"))
    assert head_of(known, "top") == "HUYỆN ỦY CŨ"
    assert head_of(known, "xa-a") == "ĐẢNG ỦY XÃ A"
    assert known.owner("letterhead", "top") == "p1"


def test_several_plugins_bring_letterheads_of_different_units() -> None:
    known = catalogue(DISTRICT, own("MỘT"), own("HAI", "xa-a"), own("BA", "dn-1"))
    assert [head_of(known, unit) for unit in ("top", "xa-a", "dn-1")] == ["MỘT", "HAI", "BA"]


def test_the_body_above_is_named_as_its_own_letterhead_names_it() -> None:
    known = catalogue(DISTRICT, own("HUYỆN ỦY CŨ", "top"))
    agency = Unit(code="ban", name="Ban Tổ chức Huyện ủy", kind=UnitKind.AGENCY, parent="top")
    made = letterhead_of(known, agency)
    assert (made.superior, made.place) == ("HUYỆN ỦY CŨ", "Nơi")
    assert made.recipients[0] == "Huyện ủy Cũ (để báo cáo)"


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("HUYỆN ỦY", "Huyện ủy"),
        ("HUYỆN ỦY TÂN HÒA", "Huyện ủy Tân Hòa"),
        ("ĐẢNG ỦY XÃ BÌNH MINH", "Đảng ủy xã Bình Minh"),
        ("Ban Thường vụ Huyện ủy", "Ban Thường vụ Huyện ủy"),
    ],
)
def test_the_opening_names_the_issuer_as_it_is_written_within_a_sentence(
    body: str, issuer: str
) -> None:
    known = catalogue(DISTRICT, own(body))
    assert issuer_name(known, known.units["top"]) == issuer


def test_the_letterhead_of_a_unit_that_does_not_exist_leads_to_nothing_and_is_named() -> None:
    known = catalogue(DISTRICT, own("X", "gone"))
    assert [(u.owner, u.what, u.missing) for u in known.unresolved if u.kind == "unit"] == [
        ("p1", "letterhead gone", "gone")
    ]


# -- every unit of an office ---------------------------------------------------------------------


def check_own_head(ws: Workspace, unit: Unit, directive: str, period: str) -> None:
    """The review of `unit` has no foreign head and no foreign signer, and names the unit."""
    report = build_report(
        ws.reviews.review(directive=directive, period=period, unit=unit.code), ws.today, "1/ab"
    )
    head, name = report.letterhead, issuer_name(ws.catalogue, unit)
    top = ws.reviews.letterhead()
    core = unit.name.split(" ", 1)[-1].removeprefix("ủy ").upper()
    assert core in head.body, head
    if unit.code != ws.settings.root:
        assert unit.name.casefold() in report.title.casefold()
        assert head.body != top.body
        assert head.symbol != top.symbol
        assert head.recipients != top.recipients
    assert head.body == head.body.upper() == name.upper()
    assert head.signer == ""
    assert head.place
    for word in ("HUYỆN HUYỆN", "XÃ XÃ", "ỦY ỦY", "TỈNH TỈNH", "ĐẢNG ỦY ĐẢNG", "BAN BAN"):
        assert word not in head.body
    if unit.kind in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE):
        assert (head.superior, head.authority, head.post) == ("", "", "GIÁM ĐỐC")
    elif unit.parent:
        assert "BAN THƯỜNG VỤ" not in head.authority or head.body.startswith("ĐẢNG ỦY ")
    opening = next(block for block in report.body if isinstance(block, Paragraph))
    who = reporter(name, head.authority)
    assert f", {who} báo cáo kết quả" in sentence_text(opening.sentence)


def test_no_unit_of_the_demo_reports_in_the_name_of_another(demo: Workspace) -> None:
    assert len(demo.units) >= 28
    for unit in demo.units.values():
        check_own_head(demo, unit, "20-NQ/TW", "2008..2018")


def test_no_unit_of_the_office_of_twenty_figures_does_either(tmp_path: Path) -> None:
    with twenty.make(tmp_path / "ws") as ws:
        for unit in ws.units.values():
            check_own_head(ws, unit, "20-NQ/TW", "2018-Q2")


PROVINCE = [
    Unit(code="tinh", name="Tỉnh Bình Minh", kind=UnitKind.COMMITTEE),
    Unit(code="h", name="Huyện ủy Đông Sơn", kind=UnitKind.COMMITTEE, parent="tinh"),
    Unit(code="p", name="Phường 7", kind=UnitKind.COMMUNE, parent="h"),
    Unit(code="u", name="Ủy ban nhân dân tỉnh", kind=UnitKind.AUTHORITY, parent="tinh"),
    Unit(code="b", name="Ban Dân vận Tỉnh ủy", kind=UnitKind.AGENCY, parent="tinh"),
    Unit(code="s", name="Sở Nội vụ", kind=UnitKind.AGENCY, parent="u"),
    Unit(code="l", name="Liên đoàn Lao động tỉnh", kind=UnitKind.ORGANISATION, parent="tinh"),
    Unit(code="c", name="Ban Chỉ đạo Nghị quyết 20", kind=UnitKind.STEERING, parent="h"),
    Unit(code="d", name="Công ty CP Giấy", kind=UnitKind.ENTERPRISE, parent="p"),
    Unit(code="x", name="HTX Rau sạch", kind=UnitKind.COOPERATIVE, parent="p"),
]


def test_each_kind_of_unit_of_a_province_has_the_head_that_is_right_for_it(tmp_path: Path) -> None:
    with create_workspace(
        tmp_path / "ws", name="Tỉnh", plugins=(), root="tinh", units=PROVINCE, clock=Now()
    ) as ws:
        found = {
            unit: (head.superior, head.body, head.place)
            for unit in ws.units
            for head in [ws.reviews.letterhead(unit)]
        }
    assert found == {
        "tinh": ("", "TỈNH ỦY BÌNH MINH", "Bình Minh"),
        "h": ("ĐẢNG BỘ TỈNH BÌNH MINH", "HUYỆN ỦY ĐÔNG SƠN", "Đông Sơn"),
        "p": ("ĐẢNG BỘ HUYỆN ĐÔNG SƠN", "ĐẢNG ỦY PHƯỜNG 7", "Phường 7"),
        "u": ("", "ỦY BAN NHÂN DÂN TỈNH BÌNH MINH", "Bình Minh"),
        "b": ("TỈNH ỦY BÌNH MINH", "BAN DÂN VẬN TỈNH ỦY", "Bình Minh"),
        "s": ("ỦY BAN NHÂN DÂN TỈNH BÌNH MINH", "SỞ NỘI VỤ", "Bình Minh"),
        "l": ("TỈNH ỦY BÌNH MINH", "LIÊN ĐOÀN LAO ĐỘNG TỈNH BÌNH MINH", "Bình Minh"),
        "c": ("HUYỆN ỦY ĐÔNG SƠN", "BAN CHỈ ĐẠO NGHỊ QUYẾT 20", "Đông Sơn"),
        "d": ("", "CÔNG TY CP GIẤY", "Phường 7"),
        "x": ("", "HTX RAU SẠCH", "Phường 7"),
    }


STATE = [
    *PROVINCE,
    Unit(code="dx", name="Đảng bộ các cơ quan Đảng phường", kind=UnitKind.COMMITTEE, parent="p"),
    Unit(code="m", name="Ban Xây dựng Đảng", kind=UnitKind.ORGANISATION, parent="dx"),
    Unit(code="du", name="Đảng bộ Ủy ban nhân dân phường", kind=UnitKind.COMMITTEE, parent="p"),
    Unit(code="up", name="Ủy ban nhân dân phường", kind=UnitKind.AUTHORITY, parent="du"),
    Unit(code="k", name="Phòng Kinh tế", kind=UnitKind.AGENCY, parent="du"),
    Unit(code="t", name="Kho bạc Nhà nước", kind=UnitKind.AGENCY, parent="du"),
    Unit(code="g", name="Trạm Y tế", kind=UnitKind.AGENCY, parent="k"),
]


@pytest.mark.parametrize(
    ("unit", "superior", "to"),
    [
        ("du", "ĐẢNG BỘ PHƯỜNG 7", "Đảng ủy Phường 7"),
        ("m", "ĐẢNG ỦY PHƯỜNG 7", "Đảng ủy Phường 7"),
        ("up", "", "Ủy ban nhân dân huyện Đông Sơn"),
        ("k", "ỦY BAN NHÂN DÂN PHƯỜNG 7", "Ủy ban nhân dân phường 7"),
        ("g", "PHÒNG KINH TẾ", "Phòng Kinh tế"),
        # The treasury has a superior of its own, which the list does not have.
        ("t", "", "Đảng ủy Phường 7"),
        ("u", "", "Tỉnh ủy Bình Minh"),
        ("s", "ỦY BAN NHÂN DÂN TỈNH BÌNH MINH", "Ủy ban nhân dân tỉnh Bình Minh"),
    ],
)
def test_a_body_of_the_state_stands_under_the_state_wherever_its_party_cell_is_placed(
    tmp_path: Path, unit: str, superior: str, to: str
) -> None:
    with create_workspace(
        tmp_path / "ws", name="Tỉnh", plugins=(), root="tinh", units=STATE, clock=Now()
    ) as ws:
        head = ws.reviews.letterhead(unit)
    assert (head.superior, head.recipients[0]) == (superior, f"{to} (để báo cáo)")


def test_the_level_above_an_authority_is_that_which_the_letterhead_of_its_place_names() -> None:
    toml = PACK + (
        '[[unit]]\ncode = "x"\nname = "Xã Tân"\nkind = "commune"\n'
        '[[unit]]\ncode = "u"\nname = "Ủy ban nhân dân xã"\nkind = "authority"\nparent = "x"\n'
        '[[letterhead]]\nunit = "x"\nsuperior = "ĐẢNG BỘ TỈNH PHÚ GIANG"\nbody = "ĐẢNG ỦY XÃ TÂN"\n'
        'place = "Tân"\nsymbol = "-BC/ĐU"\nauthority = "T/M BAN THƯỜNG VỤ"\npost = "BÍ THƯ"\n'
    )
    known = catalogue(toml)
    head = letterhead_of(known, known.units["u"])
    assert head.recipients[0] == "Ủy ban nhân dân tỉnh Phú Giang (để báo cáo)"


def test_no_report_goes_to_a_body_that_had_ended_on_the_day_of_the_document(
    tmp_path: Path,
) -> None:
    now = Now()
    now.on("2020-02-01")
    with office(tmp_path / "ws", now) as ws:
        merge(ws, date(2018, 7, 1))  # Xã B, with Công ty Ba under it, into Xã A
        known, units = ws.catalogue, ws.units
        for day, unit, to in (
            (date(2018, 6, 30), "dn-3", "Đảng ủy xã B"),
            (date(2018, 7, 1), "dn-3", "Đảng ủy xã A"),
            (date(2018, 6, 30), "xa-b", "Huyện ủy"),
            (date(2018, 7, 1), "xa-b", "Đảng ủy xã A"),
        ):
            head = letterhead_of(known, units[unit], day)
            assert head.recipients[0] == f"{to} (để báo cáo)"
        ended = letterhead_of(known, units["xa-b"], date(2020, 2, 1))
        assert (ended.superior, ended.body) == ("ĐẢNG BỘ HUYỆN", "ĐẢNG ỦY XÃ B")


def test_an_office_made_from_its_list_of_units_has_its_letterheads(tmp_path: Path) -> None:
    listed = tmp_path / "don-vi.csv"
    listed.write_text(
        "mã,tên,loại,cấp trên\nthu,Huyện Thử,huyện ủy,\nxa-an-phu,Xã An Phú,xã,thu\n"
        "ldld,Liên đoàn Lao động huyện,đoàn thể,thu\n"
        "may,Công ty TNHH May An Phú,doanh nghiệp ngoài nhà nước,xa-an-phu\n",
        "utf-8",
    )
    with nqcore.create(tmp_path / "ws", units=listed) as ws:
        top = ws.reviews.letterhead()
        assert (top.body, top.symbol, top.place) == ("HUYỆN ỦY THỬ", "-BC/HU", "Thử")
        assert (top.authority, top.post) == ("T/M BAN THƯỜNG VỤ", "BÍ THƯ")
        assert top.recipients == ("Cấp trên (để báo cáo)", "Lưu Văn phòng Huyện ủy")
        assert [ws.reviews.letterhead(unit).body for unit in ws.units][1:] == [
            "ĐẢNG ỦY XÃ AN PHÚ",
            "CÔNG TY TNHH MAY AN PHÚ",
            "LIÊN ĐOÀN LAO ĐỘNG HUYỆN THỬ",
        ]


def test_the_office_s_own_letterhead_holds_before_a_plugin_s(tmp_path: Path) -> None:
    brought = plugin("nq_heads", own("CỦA PLUGIN", "xa-a") + own("x", "xa-b")[len(PACK) :])
    with found(tmp_path / "ws", None, brought) as ws:
        head = replace(ws.reviews.letterhead("xa-a"), body="CỦA CƠ QUAN")
        settings = replace(ws.settings, letterheads=(head,))
    write_settings(tmp_path / "ws", settings)
    with reopen(tmp_path / "ws", None, brought) as ws:
        assert ws.faults == ()
        assert ws.reviews.letterhead("xa-a") == head
        assert ws.catalogue.owner("letterhead", "xa-a") == "workspace"
        assert ws.reviews.letterhead("xa-b").body == "x"
        report = build_report(
            ws.reviews.review(directive="1-NQ/HU", period="2018-Q1", unit="xa-a"), ws.today, "1/a"
        )
        assert report.letterhead == head


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("HUYỆN ỦY TÂN HÒA", "Huyện ủy Tân Hòa"),
        ("ỦY BAN NHÂN DÂN XÃ AN PHÚ", "Ủy ban nhân dân xã An Phú"),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH AN", "Hội đồng nhân dân tỉnh Bình An"),
        ("Công ty TNHH May Tân Hòa", "Công ty TNHH May Tân Hòa"),
    ],
)
def test_a_body_in_capitals_is_written_within_a_sentence_as_its_kind_is(
    name: str, said: str
) -> None:
    assert name_within_sentence(name) == said
