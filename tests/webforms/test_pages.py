"""What holds for every page: headers, no inline style or script, labels, language."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

import webforms
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.archive.backup import check_backup
from nqcore.errors import StoreError
from nqcore.workspace.facade import Workspace
from nqcore.workspace.services.monitoring import MonitoringService
from tests.bench import web_office
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, QUARTER
from tests.webforms.every_page import EveryPage
from tests.webforms.paths import NOT_PAGES, PATHS, filled
from tests.webforms.test_access import MATRIX
from webforms import create_app
from webforms.shared.paging import LINES

FILL = f"/bao-cao/{QUARTER}/nhap"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


NAMES_IN_BRACES = "/quan-tri/noi-dung/soan/quy-tac"
"""The forms of rules tell which names in braces a sentence may have."""


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
    if not where.startswith(NAMES_IN_BRACES):
        assert "{" not in page.words, where
    assert "%(" not in page.words, where


def test_every_page_has_a_path_that_shows_it(every_page: EveryPage):
    find, shown = every_page.app.url_map.bind("localhost"), set()
    for pages in every_page.pages("vi").values():
        for path, page in pages.items():
            if page.status == 200:
                shown.add(find.match(path.partition("?")[0])[0])
    rules = every_page.app.url_map.iter_rules()
    assert {r.endpoint for r in rules if "GET" in (r.methods or ())} - shown == NOT_PAGES


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("login", PATHS, ids=str)
def test_every_page_is_clean(every_page: EveryPage, login: str | None, language: str):
    for path, page in every_page.pages(language)[login].items():
        assert page.status in (200, 403, 404, 422), (path, page.status)
        assert f'<html lang="{language}">' in page.text
        _lint(Page(page.text), path)


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

    monkeypatch.setattr(MonitoringService, "board", broken)
    answer = visitor.client.get("/tien-do")
    assert answer.status_code == 500
    assert "số liệu đã lưu không bị mất" in answer.text
    assert "secret detail" not in answer.text
    assert answer.headers["Content-Security-Policy"]


STATIC = Path(webforms.__file__).parent / "static"
LIGHT, BOARD, PICTURES = 30_000, 40_000, 60_000
"""Bytes over the wire of a first view: the page and all that it loads, gzipped."""


def _over_the_wire(text: str) -> tuple[int, int]:
    """Bytes and requests of a first view."""
    loaded = {
        attrs.get("href" if tag in ("link", "image") else "src", "").removeprefix("/static/")
        for tag, attrs in Page(text).elements
        if tag in ("link", "script", "img", "image")
    }
    parts = [text.encode(), *((STATIC / name).read_bytes() for name in loaded)]
    return sum(len(gzip.compress(part)) for part in parts), len(parts)


@pytest.mark.parametrize("login", PATHS, ids=str)
def test_every_first_view_is_light(every_page: EveryPage, login: str | None):
    for path, page in every_page.pages("vi")[login].items():
        weight, requests = _over_the_wire(page.text)
        assert weight < (PICTURES if path.startswith("/tro-giup/") else LIGHT), (path, weight)
        # The builder has a style and a script of its own; outlines have its style.
        more = 2 if path.startswith("/soan-bao-cao") else path.startswith("/de-cuong")
        assert requests <= 4 + more, path


def test_a_board_of_60_units_is_light(tmp_path: Path):
    web_office.make(tmp_path / "ws", 60 * web_office.GROUPS, 6)
    with web_office.reopen(tmp_path / "ws", 60 * web_office.GROUPS) as ws:
        visitor = Visitor(create_app(ws).test_client())
        assert visitor.sign_in("vp", web_office.PASSWORD).status_code == 303
        text = visitor.client.get("/tien-do?don-vi=h-1").text
        assert text.count('class="tt ') >= LINES * 6  # the others are on its second page
        weight, requests = _over_the_wire(text)
        assert weight < BOARD
        assert requests <= 4
        above = visitor.get("/tien-do").words
        assert "Huyện 1" in above
        assert "Xã số 001" not in above


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
        assert "Bản dùng thử, số liệu giả định, ngày 05/10/2018" in visit().get(path).words


def test_a_download_is_a_file(visit, ws: Workspace):
    filled(visit, ws)
    name = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"
    office = visit("vp")
    links = [link for link in office.get(name).links if "?mau=" in link]
    assert any(".docx?mau=party-docx" in link for link in links)
    for link in links:
        answer = office.client.get(link)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.data


def test_a_backup_is_downloaded_whole_and_the_page_says_so(visit, ws: Workspace, tmp_path: Path):
    office = visit("qt")
    token = {"csrf_token": office.token()}
    answer = office.client.post("/quan-tri/he-thong/sao-luu", data=token, buffered=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=sao-luu-2018")
    file = tmp_path / "copy.zip"
    file.write_bytes(answer.data)
    assert check_backup(file).seq > 0
    assert "Bản sao lưu gần nhất" in office.get("/quan-tri/he-thong").words
    for login in ("vp", "kt", "dn"):
        assert visit(login).post("/quan-tri/he-thong/sao-luu").status_code == 403
    ws.accounts.add(
        "qt-xa", "Quản trị xã", "xa-an-phu", [Role.ADMIN], units=ws.units, by="test", at=ws.clock(),
        hashed=hash_password(PASSWORD),
    )  # fmt: skip
    assert visit("qt-xa").post("/quan-tri/he-thong/sao-luu").status_code == 403
    visit("qt-xa").get("/quan-tri/he-thong", status=403)
