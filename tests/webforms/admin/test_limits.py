"""What an administrator with limits may do: every page and every button of the administration, for an
administrator of the whole office, of some forms, of a part of the tree, and of both."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD, QUARTER

UNIT, OTHER = "xa-an-phu", "xa-dong-ha"
LIMITS: dict[str, tuple[str, list[str]]] = {
    "whole office": ("huyen", []),
    "some forms": ("huyen", ["res20.y"]),
    "a part": (UNIT, []),
    "a part, some forms": (UNIT, ["res20.y"]),
}
CHANGE = {"ten": "Xã Mới", "ngay": "1/12/2018", "can_cu": "Nghị quyết số 1"}
YEAR, QUARTERLY = "res20.y|2017", "res20.q|2018-Q3"
EXTENDED = {"den": "1/3/2019", "ly_do": "Mưa lũ"}
HEAD = {"superior": "TỈNH ỦY", "body": "HUYỆN ỦY", "place": "Tân Hòa", "post": "BÍ THƯ"}
MOVED = {"den": "1/3/2019", "can_cu": "Công văn số 5"}
LATER = {"gia_han": "1/4/2019", "ly_do": "Mưa lũ"}
LISTED = {"danh_sach": "Xã Mới", "ngay": "1/12/2018", "can_cu": "Nghị quyết số 1", "viec": "them"}
FILE = {"tep": "Tên,Loại\nXã Mới,xã\n", "duoi": UNIT}
"""`tep` is sent as a file."""
CONTENT = "/quan-tri/noi-dung"
KIND = {"code": "truong-hoc", "name": "Trường học", "like": "agency"}
ENDED = {"ma": "res20.y/VB1", "until": "1/1/2030", "basis": "Công văn số 5"}
Row = tuple[str, str, dict[str, str], tuple[int, int, int, int]]

ROWS: list[Row] = [
    ("GET units.listing", "/quan-tri/don-vi", {}, (200, 200, 200, 200)),
    ("GET units.show", f"/quan-tri/don-vi/{UNIT}", {}, (200, 200, 200, 200)),
    ("GET units.show", f"/quan-tri/don-vi/{OTHER}", {}, (200, 200, 404, 404)),
    ("GET units.ask", f"/quan-tri/don-vi/{UNIT}/doi-ten", {}, (200, 403, 200, 403)),
    (
        "GET units.preview",
        f"/quan-tri/don-vi/{UNIT}/doi-ten/xem-truoc",
        CHANGE,
        (200, 403, 200, 403),
    ),
    ("POST units.make", f"/quan-tri/don-vi/{UNIT}/doi-ten", CHANGE, (303, 403, 303, 403)),
    ("POST units.make", f"/quan-tri/don-vi/{OTHER}/doi-ten", CHANGE, (303, 403, 404, 403)),
    (
        "POST units.undo",
        "/quan-tri/don-vi/thay-doi/2018-12-01.rename.1/hoan-tac",
        {},
        (303, 403, 303, 403),
    ),
    ("GET units.open_questions", "/quan-tri/don-vi/ke-thua", {}, (200, 403, 200, 403)),
    ("POST units.decide", "/quan-tri/don-vi/ke-thua", {"can_cu": "x"}, (422, 403, 422, 403)),
    ("GET calendar.listing", "/quan-tri/ky", {}, (200, 200, 200, 200)),
    ("GET calendar.listing", "/quan-tri/ky?nam=2017", {}, (200, 200, 200, 200)),
    (
        "POST calendar.lock",
        "/quan-tri/ky/khoa",
        {"bao_cao": YEAR, "viec": "khoa"},
        (303, 303, 403, 403),
    ),
    (
        "POST calendar.lock",
        "/quan-tri/ky/khoa",
        {"bao_cao": QUARTERLY, "viec": "khoa"},
        (303, 400, 403, 400),
    ),
    (
        "POST calendar.extend",
        "/quan-tri/ky/gia-han",
        {"don_vi": UNIT, "bao_cao": YEAR, **EXTENDED},
        (303, 303, 303, 303),
    ),
    (
        "POST calendar.extend",
        "/quan-tri/ky/gia-han",
        {"don_vi": OTHER, "bao_cao": YEAR, **EXTENDED},
        (303, 303, 422, 422),
    ),
    (
        "POST calendar.extend",
        "/quan-tri/ky/gia-han",
        {"don_vi": UNIT, "bao_cao": QUARTERLY, **EXTENDED},
        (303, 400, 303, 400),
    ),
    (
        "POST calendar.set_day",
        "/quan-tri/ky/ngay-nghi",
        {"ngay": "24/12/2018", "ten": "Nghỉ bù"},
        (303, 403, 403, 403),
    ),
    ("POST calendar.drop_day", "/quan-tri/ky/ngay-nghi/2018-12-24/bo", {}, (303, 403, 403, 403)),
    ("GET people.listing", "/quan-tri/nguoi-dung", {}, (200, 200, 200, 200)),
    (
        "POST people.add",
        "/quan-tri/nguoi-dung",
        {"people": f"Nguyễn Tám; {UNIT}; tam", "roles": "enter"},
        (303, 422, 303, 422),
    ),
    (
        "POST people.add",
        "/quan-tri/nguoi-dung",
        {"people": f"Nguyễn Chín; {UNIT}; chin", "roles": "enter", "forms": "res20.y"},
        (303, 303, 303, 303),
    ),
    (
        "POST people.add",
        "/quan-tri/nguoi-dung",
        {"people": f"Nguyễn Mười; {UNIT}; muoi", "roles": "enter", "forms": "res20.q"},
        (303, 422, 303, 422),
    ),
    (
        "POST people.add",
        "/quan-tri/nguoi-dung",
        {"people": f"Lê Hai; {OTHER}; hai", "roles": "enter", "forms": "res20.y"},
        (303, 303, 422, 422),
    ),
    ("GET people.show", "/quan-tri/nguoi-dung/xa", {}, (200, 404, 200, 404)),
    ("GET people.show", "/quan-tri/nguoi-dung/chin", {}, (200, 200, 200, 200)),
    ("POST people.link", "/quan-tri/nguoi-dung/xa/lien-ket", {}, (303, 404, 303, 404)),
    ("POST people.withdraw_link", "/quan-tri/nguoi-dung/xa/thu-hoi-lien-ket", {}, (303, 404, 303, 404)),
    ("POST people.end_sessions", "/quan-tri/nguoi-dung/xa/dang-xuat", {}, (303, 404, 303, 404)),
    ("POST people.reset_factor", "/quan-tri/nguoi-dung/xa/bo-hai-buoc", {}, (303, 404, 303, 404)),
    ("POST people.assign", "/quan-tri/nguoi-dung/xa/vai-tro", {"roles": "lead"}, (303, 404, 303, 404)),
    (
        "POST people.assign",
        "/quan-tri/nguoi-dung/chin/vai-tro",
        {"roles": "lead", "forms": "res20.q"},
        (303, 422, 303, 422),
    ),
    ("POST people.lock", "/quan-tri/nguoi-dung/xa/khoa", {}, (303, 404, 303, 404)),
    ("POST people.unlock", "/quan-tri/nguoi-dung/xa/mo-khoa", {}, (303, 404, 303, 404)),
    ("GET start.show", "/quan-tri/bat-dau", {}, (200, 403, 403, 403)),
    ("POST start.set_letterhead", "/quan-tri/bat-dau/the-thuc", HEAD, (303, 403, 403, 403)),
    (
        "POST start.set_begin",
        "/quan-tri/bat-dau/tu-ngay",
        {"tu_ngay": "1/1/2014", "bo_no": "01/01/2014"},
        (303, 403, 403, 403),
    ),
    ("GET calendar.period", "/quan-tri/ky/res20.y/2017", {}, (200, 200, 200, 200)),
    ("GET calendar.period", "/quan-tri/ky/res20.q/2018-Q3", {}, (200, 404, 200, 404)),
    ("POST calendar.move", "/quan-tri/ky/res20.y/2017/doi-han", MOVED, (303, 303, 403, 403)),
    ("POST calendar.move", "/quan-tri/ky/res20.q/2018-Q3/doi-han", MOVED, (303, 404, 403, 404)),
    (
        "POST calendar.extend_several",
        "/quan-tri/ky/res20.y/2017/gia-han",
        {"don_vi": UNIT, **LATER},
        (303, 303, 303, 303),
    ),
    (
        "POST calendar.extend_several",
        "/quan-tri/ky/res20.y/2017/gia-han",
        {"don_vi": OTHER, **LATER},
        (303, 303, 422, 422),
    ),
    (
        "POST calendar.extend_several",
        "/quan-tri/ky/res20.q/2018-Q3/gia-han",
        {"don_vi": UNIT, **LATER},
        (303, 404, 303, 404),
    ),
    ("GET people.choose_slips", "/quan-tri/nguoi-dung/don-vi/phieu", {}, (200, 200, 200, 200)),
    ("POST people.make_slips", "/quan-tri/nguoi-dung/don-vi/phieu", {"don_vi": UNIT}, (200, 200, 200, 200)),
    ("POST people.make_slips", "/quan-tri/nguoi-dung/don-vi/phieu", {"don_vi": OTHER}, (200, 200, 403, 403)),
    ("GET units.choose_list", "/quan-tri/don-vi/danh-sach", {}, (200, 403, 200, 403)),
    ("POST units.read_list", "/quan-tri/don-vi/danh-sach", {"duoi": UNIT, **LISTED}, (303, 403, 303, 403)),
    ("POST units.read_list", "/quan-tri/don-vi/danh-sach", {"duoi": "huyen", **LISTED}, (303, 403, 422, 403)),
    ("POST units.read_file", "/quan-tri/don-vi/danh-sach/tep", FILE, (200, 403, 200, 403)),
    ("GET system.status", "/quan-tri/he-thong", {}, (200, 403, 403, 403)),
    ("GET content.listing", CONTENT, {}, (200, 403, 403, 403)),
    ("GET content.show", f"{CONTENT}/xem/form?ma=res20.y", {}, (200, 403, 403, 403)),
    ("GET content.form", f"{CONTENT}/bieu-mau/res20.y", {}, (200, 403, 403, 403)),
    ("GET content.ask", f"{CONTENT}/soan/loai-don-vi", {}, (200, 403, 403, 403)),
    ("POST content.make", f"{CONTENT}/soan/loai-don-vi", KIND, (200, 403, 403, 403)),
    ("GET content.ask_end", f"{CONTENT}/ket-thuc/question", {"ma": "res20.y/VB1"}, (200, 403, 403, 403)),
    ("POST content.end", f"{CONTENT}/ket-thuc/question", ENDED, (200, 403, 403, 403)),
    ("POST content.undo", f"{CONTENT}/thay-doi/1/hoan-tac", {}, (303, 403, 403, 403)),
    ("POST system.backup", "/quan-tri/he-thong/sao-luu", {}, (200, 403, 403, 403)),
    ("GET log.listing", "/quan-tri/nhat-ky", {}, (200, 200, 200, 200)),
    ("GET log.spreadsheet", "/quan-tri/nhat-ky.xlsx", {}, (200, 200, 200, 200)),
    ("POST auth.leader_step", "/tai-khoan/trinh-lanh-dao", {"bat": "1"}, (303, 403, 303, 403)),
]  # fmt: skip


@pytest.fixture
def administrator(ws: Workspace, visit: Callable[..., Visitor]) -> Callable[[str], Visitor]:
    """An administrator with the limits of that name, signed in; a quarterly report was begun and extended."""

    def make(limit: str) -> Visitor:
        unit, forms = LIMITS[limit]
        ws.accounts.add(
            "gioi-han", "Quản trị có giới hạn", unit, [Role.ADMIN], units=ws.units, by="test",
            at=ws.clock(), hashed=hash_password(PASSWORD), forms=forms,
        )  # fmt: skip
        ws.save_draft("dn-may-binh-minh", "res20.q", "2018-Q3", {"B1": "1"}, by="dn")
        return visit("gioi-han")

    return make


def ask(visitor: Visitor, route: str, path: str, given: dict[str, str]) -> int:
    if route.startswith("GET"):
        return visitor.client.get(path, query_string=given or None).status_code
    data: dict[str, object] = {"csrf_token": visitor.token()} | given
    if given is FILE:
        data["tep"] = (BytesIO(given["tep"].encode()), "a.csv")
    return visitor.client.post(path, data=data, buffered=True).status_code


def test_every_page_of_the_administration_has_a_row(app: Flask):
    routes = {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
        if str(rule).startswith("/quan-tri") or rule.endpoint == "auth.leader_step"
    }
    assert routes == {route for route, *_rest in ROWS}


@pytest.mark.parametrize("limit", LIMITS)
def test_limits_hold_on_every_page_and_button(
    administrator: Callable[[str], Visitor], ws: Workspace, limit: str
):
    visitor, column = administrator(limit), [*LIMITS].index(limit)
    for route, path, given, statuses in ROWS:
        head = ws.store.head
        status = ask(visitor, route, path, given)
        assert status == statuses[column], (route, path, given)
        if status >= 400:
            assert ws.store.head == head, (route, path, given)


@pytest.mark.parametrize("limit", [limit for limit, (_unit, forms) in LIMITS.items() if forms])
def test_no_page_names_a_form_beyond_the_limits(
    administrator: Callable[[str], Visitor], ws: Workspace, limit: str
):
    visitor = administrator(limit)
    ws.submissions.extend_deadline(
        UNIT, "res20.q", "2018-Q3", ws.today.replace(year=2019), "Mưa lũ", by="vp"
    )
    hidden = {form.title for form in ws.catalogue.forms.values() if form.id != "res20.y"}
    for route, path, given, _statuses in ROWS:
        if route.startswith("GET"):
            text = _words(visitor.client.get(path, query_string=given or None))
            assert not [title for title in hidden if title in text], path
            assert QUARTER not in text, path
            assert "res20.q" not in text, path


def _words(answer: TestResponse) -> str:
    """The text of a page, or of the cells of a workbook."""
    if answer.data[:2] != b"PK":
        return answer.text
    (sheet,) = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.parametrize("limit", LIMITS)
def test_each_page_offers_only_what_may_be_opened_and_taken_back(
    administrator: Callable[[str], Visitor], visit: Callable[..., Visitor], limit: str
):
    for unit in (UNIT, OTHER):
        assert (
            ask(visit("qt"), "POST units.make", f"/quan-tri/don-vi/{unit}/doi-ten", CHANGE) == 303
        )
    visitor, column = administrator(limit), [*LIMITS].index(limit)
    back = [
        action
        for action, _f in visitor.get("/quan-tri/don-vi").forms
        if action.endswith("hoan-tac")
    ]
    assert len(back) == (2, 0, 1, 0)[column]
    for route, path, given, _statuses in ROWS:
        if route.startswith("GET") and not given and ask(visitor, route, path, given) == 200:
            if path.endswith(".xlsx"):
                continue  # a file has no links
            for link in visitor.get(path).links:
                if link.startswith("/"):
                    answer = visitor.client.get(link.partition("#")[0], follow_redirects=True)
                    assert answer.status_code == 200, link
