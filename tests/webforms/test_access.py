"""Who may see and do what. A new route must get a row in the matrix, or the test fails."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import PEOPLE, QUARTER
from tests.webforms.paths import COUNT, years_without_plan
from webforms.security.page_rules import rule_of

REPORT = "2008..2018_20-nq-tw.2008-01-28_huyen"
OTHER = "2018-Q3_res20.q_dn-go-an-phu"

# One row per route; tests/webforms/test_access_units.py asks those with a unit in them for other units too.
# Columns: nobody, own unit (dn), another one (dn2), reviewer, leader, writer, inspector, administrator.
# 200 page, 303 redirect, 403 known but not allowed, 404 not there for this account.
WHO = (None, "dn", "dn2", "vp", "ld", "so", "kt", "qt")
MATRIX: dict[str, tuple[str, tuple[int, ...]]] = {
    "GET work.index": ("/", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET auth.sign_in": ("/dang-nhap", (200, 303, 303, 303, 303, 303, 303, 303)),
    "POST auth.enter": ("/dang-nhap", (403, 403, 403, 403, 403, 403, 403, 403)),
    "GET auth.link": ("/dang-nhap/abc", (200,) * 8),
    "POST auth.use_link": ("/dang-nhap/abc", (403,) * 8),
    "GET auth.account": ("/tai-khoan", (303, 200, 200, 200, 200, 200, 200, 200)),
    "POST auth.change_password": ("/tai-khoan", (303, 403, 403, 403, 403, 403, 403, 403)),
    "POST auth.leader_step": (
        "/tai-khoan/trinh-lanh-dao",
        (303, 403, 403, 403, 403, 403, 403, 303),
    ),
    "POST auth.end_sessions": ("/tai-khoan/phien", (303, 403, 403, 403, 403, 403, 403, 403)),
    "GET auth.second_step": ("/xac-thuc", (303,) * 8),
    "POST auth.check_code": ("/xac-thuc", (303,) * 8),
    "POST auth.go_on": ("/tiep-tuc", (303,) * 8),
    "GET factor.show": ("/tai-khoan/hai-buoc", (303, 200, 200, 200, 200, 200, 200, 200)),
    "POST factor.change": ("/tai-khoan/hai-buoc", (303, 400, 400, 400, 400, 400, 400, 400)),
    "GET submissions.listing": ("/bao-cao", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET submissions.show": (f"/bao-cao/{QUARTER}", (303, 200, 404, 200, 200, 200, 200, 200)),
    "GET entry.fill": (f"/bao-cao/{QUARTER}/nhap", (303, 200, 404, 200, 403, 403, 403, 403)),
    "POST entry.save": (f"/bao-cao/{QUARTER}/nhap", (401, 400, 404, 400, 403, 403, 403, 403)),
    "POST entry.paste": (f"/bao-cao/{QUARTER}/dan", (303, 200, 404, 200, 403, 403, 403, 403)),
    "GET entry.check": (f"/bao-cao/{QUARTER}/kiem-tra", (303, 303, 404, 303, 403, 403, 403, 403)),
    "POST entry.send": (f"/bao-cao/{QUARTER}/kiem-tra", (401, 303, 404, 303, 403, 403, 403, 403)),
    "POST submissions.withdraw": (
        f"/bao-cao/{QUARTER}/thu-hoi",
        (303, 303, 404, 303, 403, 403, 403, 403),
    ),
    "POST submissions.reopen": (
        f"/bao-cao/{QUARTER}/mo-lai",
        (401, 403, 404, 303, 403, 403, 403, 403),
    ),
    "GET evidence.listing": (
        f"/bao-cao/{QUARTER}/minh-chung",
        (303, 200, 404, 200, 200, 200, 200, 200),
    ),
    "POST evidence.attach": (
        f"/bao-cao/{QUARTER}/minh-chung",
        (303, 422, 404, 422, 403, 403, 403, 403),
    ),
    "GET evidence.file": (
        f"/bao-cao/{QUARTER}/minh-chung/ab",
        (303, 404, 404, 404, 404, 404, 404, 404),
    ),
    "POST evidence.remove": (
        f"/bao-cao/{QUARTER}/minh-chung/ab/bo",
        (303, 404, 404, 404, 403, 403, 403, 403),
    ),
    "GET submissions.word": (f"/bao-cao/{QUARTER}/word", (303, 200, 404, 200, 200, 200, 200, 200)),
    "GET excel.download": (f"/bao-cao/{QUARTER}/excel", (303, 200, 404, 200, 200, 200, 200, 200)),
    "POST excel.move": (f"/bao-cao/{QUARTER}/excel", (303, 200, 404, 200, 403, 403, 403, 403)),
    "GET excel.choose": (f"/bao-cao/{QUARTER}/nap-excel", (303, 200, 404, 200, 403, 403, 403, 403)),
    "POST excel.look": (f"/bao-cao/{QUARTER}/nap-excel", (303, 422, 404, 422, 403, 403, 403, 403)),
    "GET review.queue": ("/duyet", (303, 403, 403, 200, 403, 403, 403, 403)),
    "POST review.accept_several": ("/duyet", (303, 403, 403, 303, 403, 403, 403, 403)),
    "POST review.undo": ("/duyet/hoan-tac", (303, 403, 403, 303, 403, 403, 403, 403)),
    "GET review.report": (f"/duyet/{QUARTER}", (303, 403, 404, 303, 403, 403, 403, 403)),
    "POST review.decide": (f"/duyet/{QUARTER}", (401, 403, 404, 303, 403, 403, 403, 403)),
    "GET figure_list.listing": ("/so-lieu", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET figure_list.all_indicators": ("/chi-tieu", (303, 302, 302, 302, 302, 302, 302, 302)),
    "GET figure_list.spreadsheet": ("/so-lieu.xlsx", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET figure_list.comma_separated": ("/so-lieu.csv", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET search.find": ("/tim?tim=an+phu", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET board.board": ("/tien-do", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET board.spreadsheet": ("/tien-do.xlsx", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET debts.listing": ("/con-no", (303, 403, 403, 200, 200, 200, 200, 403)),
    "GET profiles.show": ("/ho-so", (303, 403, 403, 200, 200, 200, 200, 403)),
    "POST debts.remind": ("/con-no", (303, 403, 403, 303, 403, 403, 403, 403)),
    "GET directives.listing": ("/van-ban", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET directives.directive": ("/van-ban/70-kh-hu", (303, 200, 200, 200, 200, 200, 200, 200)),
    "GET figures.explain": (
        "/chi-tieu/res20.B1?don-vi=dn-may-binh-minh",
        (303, 200, 404, 200, 200, 200, 200, 200),
    ),
    "GET findings.listing": ("/ton-tai", (303, 403, 403, 200, 200, 200, 200, 403)),
    "POST findings.decide": ("/ton-tai", (401, 403, 403, 400, 403, 400, 403, 403)),
    "POST choosing.choose": ("/ton-tai/chon", (303, 403, 403, 400, 403, 400, 403, 403)),
    "GET tasks.show": ("/nhiem-vu/hu.G1", (303, 200, 200, 200, 200, 200, 200, 200)),
    "POST tasks.note": ("/nhiem-vu/hu.G1", (401, 403, 403, 400, 403, 400, 403, 403)),
    "GET counts.explain": (
        COUNT,
        (303, 404, 404, 200, 200, 200, 200, 403),
    ),
    "GET reports.listing": ("/bao-cao-tong-hop", (303, 403, 403, 200, 200, 200, 200, 403)),
    "GET reports.show": (
        f"/bao-cao-tong-hop/{REPORT}",
        (303, 404, 404, 200, 200, 200, 200, 403),
    ),
    "GET editions.listing": ("/ban-chot", (303, 403, 403, 200, 200, 200, 200, 403)),
    "POST editions.freeze": ("/ban-chot", (303, 403, 403, 400, 403, 400, 403, 403)),
    "GET editions.show": ("/ban-chot/1", (303, 404, 404, 200, 200, 200, 200, 403)),
    "GET editions.changes": ("/ban-chot/1/so-voi/nay", (303, 404, 404, 200, 200, 200, 200, 403)),
    "GET outlines.listing": ("/de-cuong", (303, 403, 403, 200, 403, 200, 403, 403)),
    "POST outlines.send": ("/de-cuong", (303, 403, 403, 422, 403, 422, 403, 403)),
    "GET outlines.preview": (
        "/de-cuong/tep/00000000000000000000000000000000",
        (303, 403, 403, 404, 403, 404, 403, 403),
    ),
    "GET outlines.show": ("/de-cuong/ngan", (303, 403, 403, 200, 403, 200, 403, 403)),
    "POST outlines.save": ("/de-cuong/luu", (401, 403, 403, 422, 403, 422, 403, 403)),
    "POST outlines.remove": ("/de-cuong/ngan/bo", (303, 403, 403, 404, 403, 404, 403, 403)),
    "GET papers.choose": ("/kiem-tra-van-ban", (303, 403, 403, 200, 200, 200, 200, 403)),
    "POST papers.send": ("/kiem-tra-van-ban", (303, 403, 403, 422, 422, 422, 422, 403)),
    "GET papers.show": (
        "/kiem-tra-van-ban/00000000000000000000000000000000",
        (303, 403, 403, 404, 404, 404, 404, 403),
    ),
    "GET tables.choose": ("/nap-bang", (303, 403, 403, 200, 403, 403, 403, 403)),
    "POST tables.send": ("/nap-bang", (303, 403, 403, 422, 403, 403, 403, 403)),
    "POST tables.forget": ("/nap-bang/bo-cach-doc", (303, 403, 403, 303, 403, 403, 403, 403)),
    "GET tables.show": (f"/nap-bang/{'0' * 32}", (303, 403, 403, 404, 403, 403, 403, 403)),
    "POST tables.look": (f"/nap-bang/{'0' * 32}", (303, 403, 403, 404, 403, 403, 403, 403)),
    "POST tables.save": (f"/nap-bang/{'0' * 32}/luu", (401, 403, 403, 404, 403, 403, 403, 403)),
    "GET builder.show": (f"/soan-bao-cao/{REPORT}", (303, 404, 404, 200, 403, 200, 403, 403)),
    "GET builder.figures": (
        f"/soan-bao-cao/{REPORT}/so-lieu",
        (303, 404, 404, 200, 403, 200, 403, 403),
    ),
    "GET builder.changes": (
        f"/soan-bao-cao/{REPORT}/moi",
        (303, 404, 404, 200, 403, 200, 403, 403),
    ),
    "POST builder_steps.words": (
        f"/soan-bao-cao/{REPORT}/doan",
        (401, 404, 404, 200, 403, 200, 403, 403),
    ),
    "POST builder_steps.step": (
        f"/soan-bao-cao/{REPORT}/viec",
        (303, 404, 404, 400, 403, 400, 403, 403),
    ),
    "POST builder_steps.paper": (
        f"/soan-bao-cao/{REPORT}/van-ban",
        (401, 404, 404, 303, 403, 303, 403, 403),
    ),
    "GET help.index": ("/tro-giup", (200,) * 8),
    "GET help.guide": ("/tro-giup/nhap", (200,) * 8),
    "GET system.status": ("/quan-tri/he-thong", (303, 403, 403, 403, 403, 403, 403, 200)),
    "GET units.listing": ("/quan-tri/don-vi", (303, 403, 403, 403, 403, 403, 403, 200)),
    "GET units.show": ("/quan-tri/don-vi/xa-an-phu", (303, 403, 403, 403, 403, 403, 403, 200)),
    "GET units.ask": (
        "/quan-tri/don-vi/xa-an-phu/doi-ten",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "GET units.preview": (
        "/quan-tri/don-vi/xa-an-phu/doi-ten/xem-truoc",
        (303, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST units.make": (
        "/quan-tri/don-vi/xa-an-phu/doi-ten",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST units.undo": (
        "/quan-tri/don-vi/thay-doi/x/hoan-tac",
        (303, 403, 403, 403, 403, 403, 403, 404),
    ),
    "GET units.open_questions": (
        "/quan-tri/don-vi/ke-thua",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "POST units.decide": ("/quan-tri/don-vi/ke-thua", (401, 403, 403, 403, 403, 403, 403, 422)),
    "GET calendar.listing": ("/quan-tri/ky", (303, 403, 403, 403, 403, 403, 403, 200)),
    "POST calendar.lock": ("/quan-tri/ky/khoa", (303, 403, 403, 403, 403, 403, 403, 400)),
    "POST calendar.extend": ("/quan-tri/ky/gia-han", (401, 403, 403, 403, 403, 403, 403, 400)),
    "POST calendar.set_day": ("/quan-tri/ky/ngay-nghi", (401, 403, 403, 403, 403, 403, 403, 422)),
    "POST calendar.drop_day": (
        "/quan-tri/ky/ngay-nghi/2018-12-24/bo",
        (303, 403, 403, 403, 403, 403, 403, 422),
    ),
    "GET calendar.period": (
        "/quan-tri/ky/res20.q/2018-Q3",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "POST calendar.move": (
        "/quan-tri/ky/res20.q/2018-Q3/doi-han",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST calendar.extend_several": (
        "/quan-tri/ky/res20.q/2018-Q3/gia-han",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST start.set_begin": (
        "/quan-tri/bat-dau/tu-ngay",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST start.set_letterhead": (
        "/quan-tri/bat-dau/the-thuc",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "GET start.show": ("/quan-tri/bat-dau", (303, 403, 403, 403, 403, 403, 403, 200)),
    "GET people.choose_slips": (
        "/quan-tri/nguoi-dung/don-vi/phieu",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "GET content.listing": ("/quan-tri/noi-dung", (303, 403, 403, 403, 403, 403, 403, 200)),
    "GET content.show": (
        "/quan-tri/noi-dung/xem/form?ma=res20.q",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "GET content.form": (
        "/quan-tri/noi-dung/bieu-mau/res20.q",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "GET content.ask": (
        "/quan-tri/noi-dung/soan/chi-tieu",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "POST content.make": (
        "/quan-tri/noi-dung/soan/chi-tieu",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "GET content.ask_end": (
        "/quan-tri/noi-dung/ket-thuc/question?ma=res20.q/A1",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "POST content.end": (
        "/quan-tri/noi-dung/ket-thuc/question?ma=res20.q/A1",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST content.undo": (
        "/quan-tri/noi-dung/thay-doi/1/hoan-tac",
        (303, 403, 403, 403, 403, 403, 403, 303),
    ),
    "POST people.make_slips": (
        "/quan-tri/nguoi-dung/don-vi/phieu",
        (303, 403, 403, 403, 403, 403, 403, 422),
    ),
    "GET units.choose_list": (
        "/quan-tri/don-vi/danh-sach",
        (303, 403, 403, 403, 403, 403, 403, 200),
    ),
    "POST units.read_list": (
        "/quan-tri/don-vi/danh-sach",
        (401, 403, 403, 403, 403, 403, 403, 422),
    ),
    "POST units.read_file": (
        "/quan-tri/don-vi/danh-sach/tep",
        (303, 403, 403, 403, 403, 403, 403, 422),
    ),
    "GET people.listing": ("/quan-tri/nguoi-dung", (303, 403, 403, 200, 403, 403, 403, 200)),
    "POST people.add": ("/quan-tri/nguoi-dung", (401, 403, 403, 403, 403, 403, 403, 422)),
    "GET people.show": ("/quan-tri/nguoi-dung/xa", (303, 404, 404, 200, 404, 404, 404, 200)),
    "POST people.link": (
        "/quan-tri/nguoi-dung/xa/lien-ket",
        (303, 404, 404, 303, 404, 404, 404, 303),
    ),
    "POST people.withdraw_link": (
        "/quan-tri/nguoi-dung/xa/thu-hoi-lien-ket",
        (303, 404, 404, 303, 404, 404, 404, 303),
    ),
    "POST people.end_sessions": (
        "/quan-tri/nguoi-dung/xa/dang-xuat",
        (303, 404, 404, 403, 404, 404, 404, 303),
    ),
    "POST people.reset_factor": (
        "/quan-tri/nguoi-dung/xa/bo-hai-buoc",
        (303, 404, 404, 403, 404, 404, 404, 303),
    ),
    "POST people.assign": (
        "/quan-tri/nguoi-dung/xa/vai-tro",
        (303, 404, 404, 403, 404, 404, 404, 422),
    ),
    "POST people.lock": ("/quan-tri/nguoi-dung/xa/khoa", (303, 404, 404, 403, 404, 404, 404, 303)),
    "POST people.unlock": (
        "/quan-tri/nguoi-dung/xa/mo-khoa",
        (303, 404, 404, 403, 404, 404, 404, 303),
    ),
    "GET log.listing": ("/quan-tri/nhat-ky", (303, 403, 403, 403, 403, 403, 200, 200)),
    "GET log.spreadsheet": ("/quan-tri/nhat-ky.xlsx", (303, 403, 403, 403, 403, 403, 200, 200)),
    "POST system.backup": ("/quan-tri/he-thong/sao-luu", (303, 403, 403, 403, 403, 403, 403, 200)),
    "GET system.health": ("/healthz", (200,) * 8),
    "POST auth.sign_out": ("/dang-xuat", (303,) * 8),
}


def ask(visitor: Visitor, route: str, path: str, token: str) -> TestResponse:
    """The answer to a row: a post has the session's token and nothing else."""
    method, endpoint = route.split()
    if method == "GET":
        return visitor.client.get(path)
    view = visitor.client.application.view_functions[endpoint]
    rule = rule_of(view)
    assert rule is not None
    files = rule.file_bytes is not None
    kind = "multipart/form-data" if files else "application/x-www-form-urlencoded"
    return visitor.client.post(path, data={"csrf_token": token}, content_type=kind, buffered=True)


def _routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }


def test_every_route_has_a_row(app: Flask):
    assert _routes(app) == set(MATRIX)


@pytest.mark.parametrize("column", range(len(WHO)), ids=[who or "nobody" for who in WHO])
def test_the_matrix(visit, ws: Workspace, column: int):
    years_without_plan(ws)
    ws.editions.freeze(directive="20-NQ/TW", period="2008..2018", by="vp")
    visitor = visit(WHO[column])
    token = visitor.token()
    found = {
        route: ask(visitor, route, path, token).status_code
        for route, (path, _row) in MATRIX.items()
    }
    assert found == {route: statuses[column] for route, (_path, statuses) in MATRIX.items()}
    assert not ws.submissions.revisions(QUARTER)


@pytest.mark.parametrize(
    "login", [login for login, (_n, unit, _r) in PEOPLE.items() if unit != "huyen"]
)
def test_a_units_account_never_reviews(visit, ws: Workspace, login: str):
    with_report = "2018-Q3_res20.q_" + PEOPLE[login][1]
    visitor = visit(login)
    page = f"/bao-cao/{with_report}/nhap"
    visitor.press(page, "ghi0")
    ws.send(with_report, by=login)
    for doing in ("duyet", "tra"):
        answer = visitor.post(f"/duyet/{with_report}", viec=doing, phien_ban="2")
        assert answer.status_code == 403
    assert visitor.post(f"/bao-cao/{with_report}/mo-lai", reason="x").status_code == 403
    assert ws.entry.sheet(with_report).obligation.state == "sent"


def without_token(text: str) -> str:
    """The page without the token of *Đăng xuất*, which says the second."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text)


def test_another_unit_and_an_unknown_one_look_the_same(visit):
    unit = visit("dn")
    pages = [
        without_token(unit.client.get(f"/bao-cao/{id}").text)
        for id in (OTHER, "2018-Q3_res20.q_nobody", "2018-Q3_nothing_dn-go-an-phu", "x")
    ]
    assert len(set(pages)) == 1
    for path in ("/bao-cao", "/tien-do", "/chi-tieu/res20.B1"):
        found = [
            unit.client.get(path, query_string={"don-vi": query})
            for query in ("dn-go-an-phu", "huyen", "nobody")
        ]
        assert {answer.status_code for answer in found} == {404}
        assert len({without_token(answer.text) for answer in found}) == 1


@pytest.mark.parametrize(
    "id",
    [
        "2018-q3_res20.q_dn-may-binh-minh",
        "2018-Q3_res20.y_dn-may-binh-minh",
        "2019-Q1_res20.q_dn-may-binh-minh",
    ],
)
def test_only_the_reports_own_name_leads_to_it(visit, id: str):
    visit("dn").get(f"/bao-cao/{id}", status=404)


def test_a_unit_sees_only_its_own_row_of_the_board(visit):
    words = visit("dn").get("/tien-do").words
    assert "Công ty TNHH May Bình Minh" in words
    assert "An Phú" not in words


def test_the_menu_leads_only_to_pages_one_may_open(visit):
    for login in PEOPLE:
        visitor = visit(login)
        for link in visitor.get("/").links:
            if link.startswith("/"):
                visitor.get(link.partition("#")[0])
