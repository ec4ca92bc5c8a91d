"""One's own sessions: listed, ended, and over after an hour without a request."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from nqcore.collection.settings import IDLE_MINUTES, Settings
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, QUARTER
from webforms import create_app
from webforms.security.browsers import browser_name
from webforms.security.session_register import MOST, SEEN_SECONDS, Register

FILL = f"/bao-cao/{QUARTER}/nhap"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


def signed_in(app: Flask, agent: str, login: str = "dn") -> Visitor:
    """A browser that presents itself in that way."""
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = agent
    visitor = Visitor(client)
    assert visitor.sign_in(login, PASSWORD).status_code == 303
    return visitor


def works(visitor: Visitor) -> bool:
    return visitor.client.get("/tai-khoan").status_code == 200


def handles(page: Page) -> list[str]:
    """The names of the other sessions on the page of the account."""
    buttons = [
        a["value"] for tag, a in page.elements if tag == "button" and a.get("name") == "phien"
    ]
    return [value for value in buttons if value != "khac"]


def test_the_page_of_the_account_lists_its_own_sessions_only(app: Flask):
    here, there = signed_in(app, FIREFOX), signed_in(app, EDGE)
    signed_in(app, FIREFOX, "dn2")
    page = there.get("/tai-khoan")
    assert "Edge, Windows (máy này)" in page.words
    assert "Firefox, Linux, 127.0.0.1. Đăng nhập lúc " in page.words
    assert len(handles(page)) == 1
    assert works(here)


def test_one_other_session_is_ended(app: Flask):
    here, second, third = (signed_in(app, FIREFOX) for _n in range(3))
    found = handles(here.get("/tai-khoan"))
    assert len(found) == 2
    assert here.post("/tai-khoan/phien", phien=found[0], old=PASSWORD).status_code == 303
    assert sorted([works(second), works(third)]) == [False, True]
    assert works(here)


def test_all_other_sessions_are_ended_at_once(app: Flask, ws: Workspace):
    here, second, third, foreign = (
        *(signed_in(app, FIREFOX) for _n in range(3)),
        signed_in(app, FIREFOX, "dn2"),
    )
    head = ws.store.head
    assert here.post("/tai-khoan/phien", phien="khac", old=PASSWORD).status_code == 303
    assert "Đã đăng xuất ở 2 máy khác" in here.get("/tai-khoan").words
    assert not works(second)
    assert not works(third)
    assert works(foreign)
    assert ws.store.head == head


def test_ending_sessions_asks_for_the_password(app: Flask):
    """OWASP ASVS 5.0, 7.5.2: authenticated again with at least one factor."""
    here, other = signed_in(app, FIREFOX), signed_in(app, FIREFOX)
    for wrong in ("", "sai"):
        answer = here.post("/tai-khoan/phien", phien="khac", old=wrong)
        assert answer.status_code == 403
        assert "Mật khẩu hiện nay chưa đúng" in answer.text
    assert works(other)


def test_the_handle_on_the_page_opens_no_session_and_ends_none_of_others(app: Flask):
    here, other = signed_in(app, FIREFOX), signed_in(app, FIREFOX)
    (handle,) = handles(here.get("/tai-khoan"))
    stranger = app.test_client()
    with stranger.session_transaction() as session:
        session["id"] = handle
    assert stranger.get("/tai-khoan").status_code == 303
    foreign = signed_in(app, FIREFOX, "dn2")
    foreign.post("/tai-khoan/phien", phien=handle, old=PASSWORD)
    assert works(other)


def test_more_sessions_than_allowed_end_the_one_used_longest_ago(tmp_path):
    now = [0.0]
    register = Register(tmp_path / "r", lambda: now[0])
    names = []
    for nth in range(MOST + 2):
        now[0] = float(nth)
        names.append(register.begin("a", 1, by_link=False))
    foreign = register.begin("b", 1, by_link=False)
    assert [register.find(name) is None for name in names] == [True, True] + [False] * MOST
    assert register.find(foreign) is not None
    register.close()


def test_a_register_of_an_earlier_version_goes_on_with_everybody_signed_out(tmp_path):
    import sqlite3

    base = sqlite3.connect(tmp_path / "r")
    base.executescript(
        "CREATE TABLE sessions (digest TEXT PRIMARY KEY, login TEXT NOT NULL, epoch INTEGER NOT NULL, "
        "since REAL NOT NULL, by_link INTEGER NOT NULL) WITHOUT ROWID;"
        "INSERT INTO sessions VALUES ('x', 'a', 1, 0, 0);"
    )
    base.close()
    for _open in range(2):
        register = Register(tmp_path / "r", lambda: 0.0)
        name = register.begin("a", 1, by_link=False)
        assert register.find(name) is not None
        assert len(register.sessions_of("a", 1)) == _open + 1
        register.close()


# -- an hour without a request ---------------------------------------------------------------------------


def test_a_session_ends_after_an_hour_without_a_request(app: Flask, visit):
    visitor = visit("dn")
    register = app.extensions["nqcore.sessions"]
    began = time.time()
    assert IDLE_MINUTES == 60
    register.clock = lambda: began + 59 * 60
    assert works(visitor)
    register.clock = lambda: began + (59 + 59) * 60  # an hour after the last request, not the first
    assert works(visitor)
    register.clock = lambda: began + (59 + 59 + 61) * 60
    assert not works(visitor)


def test_the_office_says_how_long(ws: Workspace, app: Flask):
    file = ws.folder / "workspace.toml"
    file.write_text("idle_minutes = 5\n" + file.read_text("utf-8"), "utf-8")
    with open_workspace(ws.folder) as again:
        short = create_app(again)
        visitor = signed_in(short, FIREFOX)
        register = short.extensions["nqcore.sessions"]
        began = time.time()
        register.clock = lambda: began + 4 * 60
        assert works(visitor)
        register.clock = lambda: began + 4 * 60 + 301
        assert not works(visitor)


def test_what_was_typed_is_kept_over_an_hour_away(app: Flask, visit, ws: Workspace):
    unit = visit("dn")
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    fields["B1"], fields["N1"] = "1.310", "Viết dở trước giờ nghỉ trưa"
    register, began = app.extensions["nqcore.sessions"], time.time()
    register.clock = lambda: began + 61 * 60
    answer = unit.client.post(FILL, data=fields)
    assert answer.status_code == 401
    form = Page(answer.text).form("/dang-nhap")
    form["login"], form["password"] = "dn", PASSWORD
    answer = unit.client.post("/dang-nhap", data=form)
    assert answer.status_code == 200
    shown = Page(answer.text).form(FILL)
    assert (shown["B1"], shown["N1"]) == ("1.310", "Viết dở trước giờ nghỉ trưa")


def test_a_session_is_noted_once_a_minute_and_not_at_every_request(tmp_path):
    now = [0.0]
    register = Register(tmp_path / "r", lambda: now[0], idle=3600.0)
    name = register.begin("a", 1, by_link=False)
    used = []
    for moment in (1.0, SEEN_SECONDS - 1, SEEN_SECONDS, SEEN_SECONDS + 1, 3 * SEEN_SECONDS):
        now[0] = moment
        assert register.find(name) is not None
        used.append(register.sessions_of("a", 1)[0].used)
    assert used == [0.0, 0.0, SEEN_SECONDS, SEEN_SECONDS, 3 * SEEN_SECONDS]
    register.close()


def test_settings_have_the_hour_where_the_office_says_nothing(ws: Workspace):
    assert ws.settings.idle_minutes == IDLE_MINUTES
    assert Settings(id="0" * 16, name="x", plugins=(), root="r").idle_minutes == 60


# -- browsers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        (EDGE, "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (Windows NT 6.1) coc_coc_browser/110 Chrome/104 Safari/537",
            "Cốc Cốc, Windows",
        ),
        ("<b>curl</b>", ""),
        ("", ""),
    ],
)
def test_a_browser_has_the_name_that_its_owner_knows(agent: str, name: str):
    assert browser_name(agent) == name


def test_a_new_password_ends_what_the_browser_was_remembered_for(visit, ws: Workspace):
    """Under the old password strangers might have been remembered as the owner's own browser."""
    known, stranger = visit("dn"), visit()
    known.post("/dang-xuat")
    ws.accounts.set_password("dn", "troi mua hai hom", by="dn", at=ws.clock())
    for _try in range(5):
        assert stranger.sign_in("dn", "wrong").status_code == 403
    assert known.sign_in("dn", "troi mua hai hom").status_code == 429, "a browser like any other"
    again = visit()
    assert again.sign_in("xa", PASSWORD).status_code == 303
