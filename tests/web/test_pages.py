"""What holds for every page: headers, no inline style or script, labels, language."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import webforms
from nqcore.errors import StoreError
from nqcore.workspace import Workspace
from tests.web.conftest import QUARTER
from tests.web.test_access import MATRIX
from tests.web.visitor import Page

FILL = f"/bao-cao/{QUARTER}/nhap"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def _lint(page: Page, where: str) -> None:
    ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids)), (where, [i for i in ids if ids.count(i) > 1])
    labelled = {attrs.get("for") for tag, attrs in page.elements if tag == "label"}
    for tag, attrs in page.elements:
        assert tag != "style", where
        assert "style" not in attrs, (where, tag, attrs)
        assert not [name for name in attrs if name.startswith("on")], (where, attrs)
        assert tag != "script" or attrs["src"].startswith("/static/"), where
        assert not attrs.get("href", "").startswith(("javascript:", "data:", "http")), where
        typed = tag in ("textarea", "select") or (
            tag == "input" and attrs.get("type") not in ("hidden",)
        )
        if typed:
            assert attrs.get("id") in labelled, (where, attrs)
        for name in ("aria-describedby", "aria-labelledby"):
            for id in attrs.get(name, "").split():
                assert id in ids, (where, name, id)
        if tag == "a" and attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids, (where, attrs["href"])
    assert sum(tag == "h1" for tag, _attrs in page.elements) == 1, where
    assert "{" not in page.words, where
    assert "%(" not in page.words, where


def _filled(visit, ws: Workspace) -> None:
    unit = visit("dn")
    for quarter in ("2018-Q2", QUARTER[:7]):
        id = QUARTER.replace("2018-Q3", quarter)
        unit.press(f"/bao-cao/{id}/nhap", "ghi0", {"B1": "1.310", "B5": "1.234,5"})
        ws.send(id, by="dn")
    ws.accept(QUARTER.replace("Q3", "Q2"), by="vp")


PATHS = {
    "vp": (
        "/", "/duyet", f"/duyet/{QUARTER}", f"/bao-cao/{QUARTER}", "/tien-do", "/tien-do?loc=cho-duyet",
        "/tien-do?mau=res20.y&ky=2016", "/van-ban", "/van-ban?tim=ket+luan", "/van-ban/13-nq-tu",
        "/van-ban/20-nq-tw.2008-01-28", "/van-ban/70-kh-hu",
        "/chi-tieu/res20.B1?ky=2018-Q2", "/chi-tieu/res20.B2.1?ky=2008..2018", "/ton-tai",
        "/nhiem-vu/hu.G1", "/ton-tai?loc=waiting",
        "/bao-cao-tong-hop", "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen", "/tro-giup",
        "/tai-khoan", "/bao-cao", "/bao-cao?don-vi=dn-may-binh-minh", "/nothing",
    ),
    "dn": ("/", "/bao-cao", f"/bao-cao/{QUARTER}", "/tien-do", "/chi-tieu/res20.B1", "/duyet"),
    "xa": (
        "/bao-cao/2018-Q3_res20.q_xa-an-phu/nhap", "/bao-cao/2018-Q3_res20.q_xa-an-phu/nhap?loi=1",
        "/bao-cao/2017_res20.y_xa-an-phu/nhap?loi=1",
    ),
    "tg": ("/bao-cao/2017_hu.nv_ban-tuyen-giao/nhap?loi=1", "/bao-cao/2017_hu.nv_ban-tuyen-giao"),
    "qt": (
        "/quan-tri/he-thong", "/quan-tri/nguoi-dung", "/quan-tri/nguoi-dung?tim=binh+minh",
        "/quan-tri/nguoi-dung/dn", "/quan-tri/nhat-ky", "/quan-tri/nhat-ky?ai=dn",
    ),
    None: ("/dang-nhap", "/dang-nhap/abc", "/tro-giup"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("login", PATHS, ids=str)
def test_every_page_is_clean(visit, ws: Workspace, login: str | None, language: str):
    _filled(visit, ws)
    visitor = visit(login)
    visitor.client.get(f"/tro-giup?lang={language}")
    for path in PATHS[login]:
        answer = visitor.client.get(path)
        assert answer.status_code in (200, 403, 404), (path, answer.status_code)
        assert f'<html lang="{language}">' in answer.text
        _lint(Page(answer.text), path)


def test_every_answer_has_the_headers(visit, app: Flask):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    visitor = visit("vp")
    answers = [visitor.client.get(path) for path, _statuses in MATRIX.values()]
    answers += [
        visitor.client.get("/nothing"),
        visitor.client.put("/tien-do"),
        visitor.client.post("/dang-xuat", data={"x": "1"}),
        visitor.client.post("/dang-xuat", json={}),
    ]
    statuses = {answer.status_code for answer in answers}
    assert statuses >= {200, 303, 400, 403, 404, 405, 415}
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.request.path, name)
    with visitor.client.get("/static/app.css") as static:
        assert static.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_a_fault_of_ours_gives_a_code_to_read_out(
    app: Flask, visit, monkeypatch: pytest.MonkeyPatch
):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    visitor = visit("vp")

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Workspace, "board", broken)
    answer = visitor.client.get("/tien-do")
    assert answer.status_code == 500
    assert "số liệu đã lưu không bị mất" in answer.text
    assert "secret detail" not in answer.text
    assert answer.headers["Content-Security-Policy"]


def test_the_first_view_is_light(visit):
    import gzip

    static = Path(webforms.__file__).parent / "static"
    css, js = (static / "app.css").read_bytes(), (static / "app.js").read_bytes()
    assert len(css) <= 28 * 1024
    for path in (FILL, "/", "/tien-do"):
        html = visit("dn").client.get(path).data
        assert sum(len(gzip.compress(part)) for part in (html, css, js)) < 30_000


def test_health(visit, ws: Workspace, monkeypatch: pytest.MonkeyPatch):
    before = ws.store.version
    assert visit().get("/healthz").text == "ok\n"
    assert ws.store.version == before

    def full() -> None:
        raise StoreError(detail="the disk is full")

    monkeypatch.setattr(ws.store.journal, "check_writable", full)
    assert visit().client.get("/healthz").status_code == 503


def test_a_demo_says_so_on_every_page(visit):
    for path in ("/dang-nhap", "/tro-giup"):
        assert "Bản dùng thử, số liệu giả định, ngày 5/10/2018" in visit().get(path).words


def test_a_download_is_a_file(visit, ws: Workspace):
    _filled(visit, ws)
    name = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"
    office = visit("vp")
    links = [link for link in office.get(name).links if "?mau=" in link]
    assert any(".docx?mau=party-docx" in link for link in links)
    for link in links:
        answer = office.client.get(link)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.data
