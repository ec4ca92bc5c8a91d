"""What holds for every answer and every posting route: headers, tokens, other sites, hosts, and that
nothing leads to another site."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD
from tests.webforms.test_access import MATRIX
from webforms import create_app
from webforms.security.page_rules import rule_of
from webforms.serving import trusted_hosts

Visit = Callable[..., Visitor]
POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def complete(answer: TestResponse) -> None:
    """The headers of every answer."""
    headers = answer.headers
    assert {part.strip() for part in headers["Content-Security-Policy"].split(";")} == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    static = answer.request.path.startswith("/static/")
    assert static or headers["Cache-Control"] == "no-store"
    answer.close()


@pytest.mark.slow
def test_every_answer_has_every_header(app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    statuses = set()
    for who in (None, "dn", "vp", "qt"):
        visitor = visit(who)
        token = visitor.token()
        for route, (path, _row) in MATRIX.items():
            for method in ("GET", "POST", "PUT", "OPTIONS", "HEAD"):
                if method == "POST" and "sign_out" in route:
                    continue
                answer = visitor.client.open(path, method=method, data={"csrf_token": token})
                complete(answer)
                statuses.add(answer.status_code)
    strange = visit()
    for path in ("/nothing", "/static/app.css", "/static/nothing", "//x", "/%00", "/?lang=xx"):
        complete(strange.client.get(path))
    complete(strange.client.post("/dang-nhap", data={"x": "y" * 2_000_000}))
    monkeypatch.setattr(app.extensions["nqcore"].submissions.repository, "find", lambda _id: 1 // 0)
    broken = visit("dn").client.get("/bao-cao/2018-Q3_res20.q_dn-may-binh-minh")
    complete(broken)
    assert broken.status_code == 500
    assert "Traceback" not in broken.text
    assert "ZeroDivision" not in broken.text
    assert {200, 303, 403, 404, 405, 415} <= statuses


def test_no_page_has_a_script_or_a_style_of_its_own(visit: Visit):
    for who in (None, "dn", "vp", "ld", "qt"):
        visitor = visit(who)
        for route, (path, _row) in MATRIX.items():
            if not route.startswith("GET"):
                continue
            answer = visitor.client.get(path)
            if "html" not in answer.headers.get("Content-Type", ""):
                continue
            for tag, attributes in Page(answer.text).elements:
                assert "style" not in attributes, (path, tag, attributes)
                assert not [name for name in attributes if name.startswith("on")], (path, tag)
                assert tag != "style", path
                assert tag != "script" or attributes.get("src", "").startswith("/static/"), path
                for name in ("href", "src", "action"):
                    assert not attributes.get(name, "").startswith(("javascript:", "data:")), path


POSTS = [(route, path) for route, (path, _row) in MATRIX.items() if route.startswith("POST")]


@pytest.mark.parametrize(("route", "path"), POSTS, ids=[route for route, _path in POSTS])
def test_no_post_does_anything_without_its_own_token_or_for_another_site(
    visit: Visit, ws: Workspace, route: str, path: str
):
    office, other = visit("vp"), visit("dn2")
    token, foreign = office.token(), other.token()
    view = office.client.application.view_functions[route.split()[1]]
    rule = rule_of(view)
    assert rule is not None
    files = rule.file_bytes is not None
    kind = "multipart/form-data" if files else "application/x-www-form-urlencoded"
    head = ws.store.head
    for given, headers, allowed in (
        ({}, {}, {400}),
        ({"csrf_token": foreign}, {}, {400}),
        ({"csrf_token": token[:9] + ("a" if token[9] != "a" else "b") + token[10:]}, {}, {400}),
        ({"csrf_token": token}, {"Sec-Fetch-Site": "cross-site"}, {403}),
        ({"csrf_token": token}, {"Sec-Fetch-Site": "same-site"}, {403}),
        ({"csrf_token": token}, {"Origin": "https://evil.example"}, {403}),
        ({"csrf_token": token}, {"Origin": "null"}, {403}),
        ({"csrf_token": token}, {"Origin": "http://localhost.evil.example"}, {403}),
    ):
        answer = office.client.post(
            path,
            data={"viec": "duyet", "phien_ban": "1", **given},
            headers=headers,
            content_type=kind,
        )
        # A page that is not there, or no longer open for it, may say that first.
        assert answer.status_code in allowed | {404}, (given, headers)
    assert ws.store.head == head
    assert office.client.get("/tai-khoan").status_code == 200


TARGETS = (
    "//evil.example", "///evil.example", "////evil.example", "//evil.example/%2f..", "/\\evil.example",
    "\\/evil.example", "\\\\evil.example", "/\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r\n/evil.example", "\t//evil.example", " //evil.example", "\x00//evil.example", "/%09/evil.example",
    "https://evil.example", "http:evil.example", "https:evil.example", "https:/evil.example", "HTTPS://evil",
    "ftp://evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "data:text/html,x", "vbscript:x", "evil.example", "@evil.example", "//localhost@evil.example",
    "http://localhost:80@evil.example", "//evil.example#@localhost", "//evil%E3%80%82example",
    "//evil。example", "/／evil.example", "／／evil.example", "/.evil.example", "/..//evil.example",
    "/%5cevil.example",
    "/%2f/evil.example", "//[::1]/", "//0x7f.1", "?next=//evil", "#//evil", "/dang-nhap?next=//evil.example",
    "/x\u2028/evil", "/\ud800",
)  # fmt: skip


def stays(location: str | None) -> bool:
    """Whether a browser that follows `location` stays on this host."""
    if location is None:
        return True
    plain = (
        location.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "").strip()
    )
    found = urlsplit(urljoin("http://localhost/dang-nhap", plain))
    return found.scheme == "http" and found.hostname == "localhost" and "@" not in found.netloc


@pytest.mark.parametrize("target", TARGETS)
def test_signing_in_never_leads_to_another_site(visit: Visit, target: str):
    visitor = visit()
    wanted = target.encode("utf-8", "surrogatepass")
    page = visitor.client.get("/dang-nhap", query_string={"next": wanted})
    assert page.status_code == 200
    fields = Page(page.text).form("/dang-nhap")
    given = {**fields.to_dict(), "login": "dn", "password": PASSWORD, "next": wanted}
    answer = visitor.client.post("/dang-nhap", data=given)
    assert answer.status_code == 303
    assert stays(answer.location), answer.location
    # Already signed in: the same page leads on at once.
    assert stays(visitor.client.get("/dang-nhap", query_string={"next": wanted}).location)


@pytest.mark.parametrize("target", TARGETS)
def test_no_address_leads_to_another_site(visit: Visit, target: str):
    for visitor in (visit(), visit("dn")):
        # As it stands on the wire: the test client would take "//evil" for another host.
        path = (
            ("/" + target.removeprefix("/") if not target.startswith("/") else target)
            .encode("utf-8", "replace")
            .decode("latin-1")
        )
        answer = visitor.client.get("/", environ_overrides={"PATH_INFO": path, "RAW_URI": path})
        assert stays(answer.location), answer.location


HOSTS = (
    "evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example",
    "127.0.0.1.evil.example",
    "", " ", "localhost evil", "[::2]", "localhost#evil", "localhost/evil", "evil.example\tlocalhost",
)  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_only_names_of_this_machine_are_answered_on_it(ws: Workspace, host: str):
    app = create_app(ws, trusted_hosts=trusted_hosts(ws.settings, "127.0.0.1", False))
    answer = app.test_client().get("/dang-nhap", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    complete(answer)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "TRACE", "PRI"])
@pytest.mark.parametrize("host", ["evil.example", "", "localhost evil"])
@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/nothing", "*"])
def test_another_host_is_refused_by_name_whatever_is_asked(
    ws: Workspace, host: str, method: str, path: str
):
    app = create_app(ws, trusted_hosts=trusted_hosts(ws.settings, "127.0.0.1", False))
    answer = app.test_client().open(
        "/", method=method, headers={"Host": host}, environ_overrides={"PATH_INFO": path}
    )
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert method == "HEAD" or answer.text == "Unknown host name.\n"
    complete(answer)


@pytest.mark.parametrize("host", ["localhost", "localhost:8020", "127.0.0.1:8020"])
def test_this_machine_is_answered_under_its_names(ws: Workspace, host: str):
    app = create_app(ws, trusted_hosts=trusted_hosts(ws.settings, "127.0.0.1", False))
    assert app.test_client().get("/dang-nhap", headers={"Host": host}).status_code == 200


def test_forwarded_names_count_behind_a_proxy_only(ws: Workspace):
    sent = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "9.9.9.9",
    }
    plain = create_app(ws).test_client().get("/", headers=sent)
    assert "evil" not in plain.location
    assert "Strict-Transport-Security" not in plain.headers
    behind = create_app(ws, behind_proxy=True, secure_cookies=True, trusted_hosts=["nq.example"])
    refused = behind.test_client().get("/", headers=sent)
    assert refused.status_code == 400
    fine = behind.test_client().get("/", headers={**sent, "X-Forwarded-Host": "nq.example"})
    assert fine.status_code == 303
    assert fine.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "case",
    [
        "signed out",
        "new password",
        "locked",
        "before sign-in",
        "bent",
        "another key",
        "empty",
        "made up",
    ],
)
def test_a_copied_cookie_is_worth_nothing_after(app: Flask, ws: Workspace, visit: Visit, case: str):
    visitor, name = visit(), app.config["SESSION_COOKIE_NAME"]
    visitor.get("/dang-nhap")
    before = visitor.client.get_cookie(name)
    visitor.sign_in("dn", PASSWORD)
    cookie = visitor.client.get_cookie(name)
    assert before is not None
    assert cookie is not None
    value = cookie.value
    if case == "signed out":
        visitor.post("/dang-xuat")
    elif case == "new password":
        visitor.post("/tai-khoan", old=PASSWORD, new="mat-khau-moi")
    elif case == "locked":
        ws.accounts.lock("dn", by="qt", at=ws.clock())
    elif case == "before sign-in":
        value = before.value
    elif case == "bent":
        value = value[:5] + ("A" if value[5] != "A" else "B") + value[6:]
    elif case == "another key":
        other = create_app(ws)
        other.config["SECRET_KEY"] = b"x" * 32
        signer = other.session_interface.get_signing_serializer(other)  # type: ignore[attr-defined]
        value = signer.dumps({"id": "x", "login": "dn", "epoch": 0})
    else:
        value = "" if case == "empty" else "eyJpZCI6IngifQ.aaaa.bbbb"
    copy = app.test_client()
    copy.set_cookie(name, value)
    assert copy.get("/tai-khoan").status_code == 303


def test_the_cookie_says_nothing_of_who_is_signed_in(app: Flask, visit: Visit):
    visitor = visit("dn")
    with visitor.client.session_transaction() as session:
        assert set(session) <= {"id", "csrf_token", "_permanent", "lang", "_flashes"}
        assert len(session["id"]) * 6 >= 128


def test_a_port_that_is_in_use_is_said_with_what_to_do(ws: Workspace):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-c", "from nqcore.cli import main; main()", "serve", "-w"]
        done = subprocess.run(
            [*command, str(ws.folder), "--port", port], capture_output=True, text=True, timeout=120
        )
    assert done.returncode == 2
    assert f"Cổng {port} đang có chương trình dùng" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
