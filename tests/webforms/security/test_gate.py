"""Strangers come one after the other, users are never behind them, and no word is lost at the gate."""

from __future__ import annotations

import html
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD
from tests.webforms.test_every_answer import complete
from tests.webforms.test_words_kept import CASES, Case, every, missing, typed
from webforms import create_app
from webforms.security import gate
from webforms.security.gate import Gate
from webforms.security.session_register import Register
from webforms.security.signing import SignedCookies

Visit = Callable[..., Visitor]


def _signer(app: Flask) -> URLSafeTimedSerializer:
    found = SignedCookies().get_signing_serializer(app)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "WAIT_SECONDS", 0.01)


def gate_of(app: Flask) -> Gate:
    found = app.wsgi_app
    assert isinstance(found, Gate)
    return found


@contextmanager
def crowd(app: Flask, *, of: str = "strangers") -> Iterator[None]:
    """A block in which that line is full."""
    line = getattr(gate_of(app), of)
    with ExitStack() as stack:
        for _n in range(gate.AT_ONCE):
            assert stack.enter_context(line.place())
        yield


def test_a_page_that_is_put_off_asks_again_by_itself(app: Flask) -> None:
    with crowd(app):
        answer = Visitor(app.test_client()).client.get("/dang-nhap")
    assert answer.status_code == 503
    assert gate.AGAIN[0] <= int(answer.headers["Retry-After"]) <= gate.AGAIN[1]
    assert answer.headers["Refresh"] == answer.headers["Retry-After"]
    complete(answer)
    page = Page(answer.text)
    assert "Đang có nhiều người đăng nhập" in page.words
    assert "tự mở lại" in page.words
    assert "Set-Cookie" not in answer.headers
    assert not page.forms


def test_its_one_link_leads_to_the_same_address(app: Flask) -> None:
    with crowd(app):
        answer = app.test_client().get("/dang-nhap?next=/tien-do")
    link = next(
        one for tag, one in Page(answer.text).elements if tag == "a" and one.get("class") == "nut"
    )
    assert link["href"] == ""


def test_it_speaks_the_language_that_was_chosen(app: Flask) -> None:
    client = app.test_client()
    client.get("/dang-nhap?lang=en")
    with crowd(app):
        assert "Many people are signing in" in client.get("/dang-nhap").text
        assert "Đang có nhiều người" in app.test_client().get("/dang-nhap").text


def test_over_tls_it_has_the_header_of_tls(ws: Workspace, keys: object) -> None:
    app = create_app(ws, secure_cookies=True, behind_proxy=True, trusted_hosts=("nq.example.vn",))
    found = app.wsgi_app.app  # type: ignore[attr-defined]  # Flask types it as any application
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "nq.example.vn"}
    with found.strangers.place():
        answer = app.test_client().get("/dang-nhap", headers=forwarded)
        plain = app.test_client().get("/dang-nhap", headers={"X-Forwarded-Host": "nq.example.vn"})
    assert (answer.status_code, plain.status_code) == (503, 503)
    assert "Strict-Transport-Security" in answer.headers
    assert "Strict-Transport-Security" not in plain.headers


def test_users_static_files_and_the_health_page_are_never_put_off(app: Flask, visit: Visit) -> None:
    user = visit("dn")
    with crowd(app), crowd(app, of="known"):
        assert user.client.get("/").status_code == 200
        strange = app.test_client()
        for path in ("/static/app.css", "/static/app.js", "/static/icon.svg", "/healthz"):
            with strange.get(path) as answer:
                assert answer.status_code == 200, path
        assert strange.get("/static/nothing").status_code == 503, "its page costs as any other"


def test_a_register_that_cannot_be_read_lets_nobody_past_and_stops_no_page(
    app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = visit("dn")

    def broken(*given: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Register, "_row", broken)
    with crowd(app), crowd(app, of="known"):
        assert user.client.get("/tai-khoan").status_code == 503
    with user.client.get("/static/app.css") as answer:
        assert answer.status_code == 200


def test_a_browser_that_is_known_has_a_line_that_no_stranger_fills(
    app: Flask, visit: Visit
) -> None:
    user = visit("dn")
    user.client.post("/dang-xuat", data={"csrf_token": user.token()})
    with crowd(app):
        assert user.client.get("/dang-nhap").status_code == 200
        assert user.sign_in("dn", PASSWORD).status_code == 303
    user.client.post("/dang-xuat", data={"csrf_token": user.token()})
    with crowd(app, of="known"):
        assert user.client.get("/dang-nhap").status_code == 503
        assert app.test_client().get("/dang-nhap").status_code == 200


def cookies_of(visitor: Visitor, app: Flask) -> dict[str, str]:
    name = app.config["SESSION_COOKIE_NAME"]
    found = {one: visitor.client.get_cookie(one) for one in (name, f"{name}_may")}
    return {one: cookie.value for one, cookie in found.items() if cookie is not None}


def test_a_forged_or_ended_cookie_buys_no_way_past(app: Flask, visit: Visit, ws: Workspace) -> None:
    user = visit("dn")
    own = cookies_of(user, app)
    name = app.config["SESSION_COOKIE_NAME"]
    secret = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another" * 8
    forged = _signer(app).dumps({"id": "x" * 32})
    app.config["SECRET_KEY"] = secret
    signed = _signer(app)
    payload = own[name].partition(".")[0]
    client = app.test_client(use_cookies=False)
    for value in (
        *("", "x", "." * 50, forged, own[name][:-1], f"{payload}.x.y", "\x00é", "9" * 4000),
        *(signed.dumps(one) for one in ({}, {"id": None}, {"id": "x" * 32}, {"id": ["x"]}, [1])),
    ):
        with crowd(app), crowd(app, of="known"):
            answer = client.get("/tai-khoan", headers={"Cookie": f"{name}={value}"})
            assert answer.status_code == 503, value
    kept = {"Cookie": f"{name}={own[name]}"}
    with crowd(app), crowd(app, of="known"):
        assert client.get("/tai-khoan", headers=kept).status_code == 200
        user.client.post("/dang-xuat", data={"csrf_token": user.token()})
        assert client.get("/tai-khoan", headers=kept).status_code == 503
    for value in (own[f"{name}_may"][:-1], "x", ""):
        with crowd(app):
            headers = {"Cookie": f"{name}_may={value}"}
            assert client.get("/dang-nhap", headers=headers).status_code == 503


@every
def test_a_form_of_an_ended_session_keeps_every_word(
    app: Flask, visit: Visit, ws: Workspace, case: Case
) -> None:
    visitor = visit(case.login)
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    ws.accounts.set_password(case.login, PASSWORD, by="qt", at=ws.clock())
    visitor.client.delete_cookie(app.config["SESSION_COOKIE_NAME"])
    head = ws.store.head
    with crowd(app), crowd(app, of="known"):
        answer = visitor.client.post(case.path, data=fields)
        complete(answer)
    assert (answer.status_code, missing(answer, case)) == (503, [])
    assert "Refresh" not in answer.headers, "a page that is opened again by itself loses the words"
    form = Page(answer.text).form("")
    assert {name: " ".join(text.split()) for name, text in form.items()} == {
        name: " ".join(text.split()) for name, text in fields.items()
    }
    answer = visitor.client.post(case.path, data=form)  # the button
    assert (answer.status_code, missing(answer, case)) == (401, [])
    assert ws.store.head == head


def test_a_sign_in_keeps_the_name_and_what_waits_but_never_the_password(app: Flask) -> None:
    client = app.test_client()
    given = Page(client.get("/dang-nhap?next=/tien-do").text).form("/dang-nhap").to_dict()
    given |= {"login": 'dn"<', "password": PASSWORD, "kept": "sealed <words>", "code": "123456"}
    with crowd(app):
        answer = client.post("/dang-nhap", data=given)
    complete(answer)
    assert answer.status_code == 503
    assert PASSWORD not in answer.text
    form = Page(answer.text).form("").to_dict()
    assert form.pop("password") == ""
    del given["password"], given["code"]
    assert form == given
    answer = client.post("/dang-nhap", data={**form, "login": "dn", "password": PASSWORD})
    assert answer.status_code == 303


SECRETS = ("/tai-khoan/mat-khau", "/xac-thuc", "/dang-nhap")


@pytest.mark.parametrize("path", SECRETS)
def test_no_secret_comes_back(app: Flask, path: str) -> None:
    fields = dict.fromkeys(("password", "code", "old", "new", "again", "x"), "bi-mat-9")
    with crowd(app):
        answer = app.test_client().post(path, data={"csrf_token": "t", **fields})
    assert answer.status_code == 503
    assert "bi-mat-9" not in answer.text


def test_another_site_writes_nothing_into_the_page(app: Flask) -> None:
    path, words = CASES["entry.save"].path, {"N1": "words of another site"}
    with crowd(app):
        for site in ("cross-site", "same-site"):
            answer = app.test_client().post(path, data=words, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 503
            assert "another site" not in answer.text
        answer = app.test_client().post(path, data=words, headers={"Origin": "https://evil.vn"})
        assert "another site" not in answer.text


@pytest.mark.parametrize(
    "body", [b"", b"=&&%", b"a=" + b"x" * 3_000_000, b"\xff\xfe=\x00", b"&" * 100_000]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.parametrize("path", ["/dang-nhap", "/nothing", CASES["entry.save"].path])
def test_whatever_is_posted_in_a_crowd_is_answered_with_the_page(
    app: Flask, path: str, kind: str, body: bytes
) -> None:
    with crowd(app):
        answer = app.test_client().post(path, data=body, content_type=kind)
    assert answer.status_code == 503
    complete(answer)


def test_a_file_that_is_put_off_is_not_read(app: Flask) -> None:
    path = "/bao-cao/2018-Q3_res20.q_dn-may-binh-minh/minh-chung"
    part = b'--x\r\nContent-Disposition: form-data; name="tep"; filename="a.pdf"\r\n\r\n%s\r\n--x--\r\n'
    body, kind = part % (b"x" * 1_500_000), "multipart/form-data; boundary=x"
    with crowd(app):
        answer = app.test_client().post(path, data=body, content_type=kind)
    assert answer.status_code == 503
    assert len(answer.data) < 10_000


def test_strangers_are_answered_one_at_a_time_and_the_next_follows(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "WAIT_SECONDS", 20.0)
    found, lock = gate_of(app), threading.Lock()
    inner, inside, most = found.inner, 0, 0

    def watched(environ: object, start: object) -> object:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        try:
            return inner(environ, start)  # type: ignore[arg-type]  # what the server gives
        finally:
            with lock:
                inside -= 1

    found.inner = watched  # type: ignore[assignment]  # a double
    answers: list[TestResponse] = []

    def ask() -> None:
        answers.append(app.test_client().get("/dang-nhap"))

    count = gate.AT_ONCE + gate.MAY_WAIT - gate.FOR_POSTS
    threads = [threading.Thread(target=ask, daemon=True) for _n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [one.status_code for one in answers] == [200] * count
    assert most == gate.AT_ONCE


def test_what_was_typed_has_places_that_no_page_takes(app: Flask) -> None:
    line = gate_of(app).strangers
    client = app.test_client()
    fields = Page(client.get("/dang-nhap").text).form("/dang-nhap").to_dict()
    with ExitStack() as stack:
        # As if so many waited; none of them holds the turn.
        line._inside = gate.AT_ONCE + gate.MAY_WAIT - gate.FOR_POSTS
        stack.callback(lambda: setattr(line, "_inside", 0))
        assert client.get("/dang-nhap").status_code == 503
        answer = client.post("/dang-nhap", data={**fields, "login": "dn", "password": PASSWORD})
        assert answer.status_code == 303


def test_the_log_tells_of_a_crowd_once_in_a_while(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, object]] = []
    monkeypatch.setattr(gate, "event", lambda name, **fields: told.append((name, fields)))
    with crowd(app):
        for _n in range(5):
            app.test_client().get("/dang-nhap")
    assert told == [("crowd at the sign-in", {"put_off": 1})]


def test_the_page_has_no_word_of_a_stranger_as_markup(app: Flask) -> None:
    given = {"login": "<script>alert(1)</script>", "next": '"><b>', "csrf_token": "'\""}
    with crowd(app):
        answer = app.test_client().post("/dang-nhap", data=given)
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text
    assert "<script>alert(1)</script>" in html.unescape(answer.text)
