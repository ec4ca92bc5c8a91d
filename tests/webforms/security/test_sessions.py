"""Signing in, staying signed in, and what is not lost when that ends."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.accounts.passwords import hash_password
from nqcore.errors import StoreError
from nqcore.store.place import mark_of
from nqcore.store.secret import secret_file
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, PLUGINS, QUARTER
from webforms import create_app
from webforms.security.session_register import Register
from webforms.security.throttle import Bucket, Tries

FILL = f"/bao-cao/{QUARTER}/nhap"


def test_a_wrong_password_says_what_to_do(visit):
    visitor = visit()
    for login in ("dn", "nobody", ""):
        answer = visitor.sign_in(login, "wrong")
        assert answer.status_code == 403
        assert "Kiểm tra phím Caps Lock" in answer.text
        assert Page(answer.text).title.startswith("Lỗi: ")


def test_after_five_failures_a_strange_browser_waits(visit):
    visitor = visit()
    for _try in range(5):
        assert visitor.sign_in("dn", "wrong").status_code == 403
    answer = visitor.sign_in("DN", PASSWORD)
    assert answer.status_code == 429
    assert "giây rồi thử lại" in answer.text
    assert visitor.sign_in("xa", PASSWORD).status_code == 303


def test_wrong_passwords_of_others_do_not_shut_the_owner_out(visit):
    owner, stranger = visit("dn"), visit()
    owner.post("/dang-xuat")
    for _try in range(8):
        stranger.sign_in("dn", "wrong")
    assert stranger.sign_in("dn", PASSWORD).status_code == 429
    assert owner.sign_in("dn", PASSWORD).status_code == 303


def test_a_known_browser_is_known_for_its_own_account_only(visit):
    known = visit("dn")
    known.post("/dang-xuat")
    for _try in range(5):
        assert known.sign_in("xa", "wrong").status_code == 403
    assert known.sign_in("xa", PASSWORD).status_code == 429


def test_all_workers_count_the_same_tries_and_know_the_same_sessions(app: Flask, ws: Workspace):
    apps = [app, *(create_app(ws) for _worker in range(2))]
    for nth in range(5):
        assert Visitor(apps[nth % 3].test_client()).sign_in("dn", "wrong").status_code == 403
    for each in apps:
        assert Visitor(each.test_client()).sign_in("dn", PASSWORD).status_code == 429
    here = Visitor(apps[0].test_client())
    here.sign_in("xa", PASSWORD)
    there = Visitor(apps[1].test_client())
    cookie = here.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    there.client.set_cookie(cookie.key, cookie.value)
    assert there.client.get("/tai-khoan").status_code == 200
    here.post("/dang-xuat")
    assert there.client.get("/tai-khoan").status_code == 303


def guesses(bucket: Bucket, hours: int) -> int:
    """How many tries somebody gets in who tries again as soon as it is allowed."""
    now, count, tries = 0.0, 0, Tries()
    while now < hours * 3600:
        if (left := bucket.left(tries, now)) > 0:
            now += left
        else:
            tries, count = bucket.counted(tries, now), count + 1
    return count


def test_the_pause_grows_and_there_are_never_a_hundred_guesses_an_hour():
    bucket, tries = Bucket("a"), Tries()
    pauses = []
    now = 1000.0
    for _try in range(12):
        pauses.append(max(0.0, bucket.left(tries, now)))
        now += pauses[-1]
        tries = bucket.counted(tries, now)
    assert pauses == [0, 0, 0, 0, 0, 30, 60, 120, 240, 300, 300, 300]
    assert guesses(bucket, 1) < 100
    assert guesses(bucket, 24) < 24 * 100
    assert guesses(Bucket("a", free=1000), 10) <= 11 * 100
    assert bucket.left(tries, tries.last + 3600) == 0
    assert bucket.left(tries, tries.last - 86_400) == 0  # a clock that was put back


def test_a_thousand_guesses_at_once_are_not_a_thousand_tries(tmp_path: Path):
    register = Register(tmp_path / "r", lambda: 0.0)
    with ThreadPoolExecutor(16) as pool:
        left = list(pool.map(lambda _n: register.wait([Bucket("a")]), range(1000)))
    assert left.count(0) == 5
    register.close()


def test_a_register_that_is_no_database_is_made_anew(tmp_path: Path):
    (tmp_path / "r").write_bytes(b"not a database" * 1000)
    register = Register(tmp_path / "r")
    name = register.begin("a", 1, by_link=False)
    assert register.find(name) is not None
    assert name.encode() not in (tmp_path / "r").read_bytes()
    assert (tmp_path / "r").stat().st_mode & 0o077 == 0
    register.close()


@pytest.mark.slow
@pytest.mark.usefixtures("real_passwords")
def test_known_and_unknown_names_take_equally_long(ws: Workspace):
    of_qt = {"units": ws.units, "by": "qt", "at": ws.clock()}
    ws.accounts.add("known", "Có", "huyen", [], hashed=hash_password(PASSWORD), **of_qt)
    ws.accounts.add("no-word", "Chưa có", "huyen", [], **of_qt)
    ws.accounts.sign_in("warm", "up")
    times: dict[str, list[float]] = {"known": [], "nobody": [], "no-word": [], "": []}
    for _try in range(15):
        for login, taken in times.items():
            began = time.process_time()
            assert ws.accounts.sign_in(login, "wrong") is None
            taken.append(time.process_time() - began)
    medians = {login: statistics.median(taken) for login, taken in times.items()}
    assert max(medians.values()) < min(medians.values()) * 1.25, medians


def test_the_cookie_is_closed_to_scripts_and_other_sites(app: Flask, ws: Workspace):
    answer = Visitor(app.test_client()).sign_in("dn", PASSWORD)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "nq_" in c)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    secure = create_app(ws, secure_cookies=True).test_client()
    answer = secure.get("/dang-nhap", base_url="https://nq.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-nq_")
    assert "; Secure;" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"]


def test_a_session_planted_before_is_worth_nothing(app: Flask, visit):
    visitor = visit()
    visitor.get("/dang-nhap")
    with visitor.client.session_transaction() as session:
        planted = dict(session)
    visitor.sign_in("dn", PASSWORD)
    stranger = app.test_client()
    with stranger.session_transaction() as session:
        session.update(planted)
    assert stranger.get("/tai-khoan").status_code == 303


def test_signing_out_kills_copies_of_the_cookie(app: Flask, visit):
    visitor = visit("dn")
    with visitor.client.session_transaction() as session:
        copied = dict(session)
    assert visitor.post("/dang-xuat").status_code == 303
    copy = app.test_client()
    with copy.session_transaction() as session:
        session.update(copied)
    assert copy.get("/tai-khoan").status_code == 303


def test_locking_and_a_new_password_end_sessions(visit, ws: Workspace):
    first, second, third = visit("dn"), visit("dn"), visit("xa")
    answer = first.post("/tai-khoan", old=PASSWORD, new="mat-khau-moi")
    assert answer.status_code == 303
    first.get("/tai-khoan")
    assert second.client.get("/tai-khoan").status_code == 303
    assert first.post("/tai-khoan", old="wrong", new="mat-khau-moi").status_code == 403
    short = first.post("/tai-khoan", old="mat-khau-moi", new="ngan")
    assert (short.status_code, "từ 8 đến" in short.text) == (422, True)
    ws.accounts.lock("xa", by="qt", at=ws.clock())
    assert third.client.get("/tai-khoan").status_code == 303


def test_a_session_lasts_twelve_hours(app: Flask, visit):
    visitor = visit("dn")
    register = app.extensions["nqcore.sessions"]
    for half_hours in range(24):  # used all the time
        register.clock = lambda hours=half_hours / 2: time.time() + hours * 3600
        assert visitor.client.get("/tai-khoan").status_code == 200
    register.clock = lambda: time.time() + 12 * 3600 - 10
    assert visitor.client.get("/tai-khoan").status_code == 200
    register.clock = lambda: time.time() + 12 * 3600 + 1
    assert visitor.client.get("/tai-khoan").status_code == 303
    # A clock that was put back makes no session longer.
    register.clock = lambda: time.time() - 60
    assert visitor.client.get("/tai-khoan").status_code == 303


def test_a_link_works_once_and_a_preview_does_not_use_it(visit, ws: Workspace):
    link = ws.accounts.link("dn", by="qt", at=ws.clock())
    path = f"/dang-nhap/{link.token}"
    visitor, late = visit(), visit()
    for _preview in range(3):
        visitor.get(path)
    fields = late.get(path).form(path)
    assert visitor.client.post(path, data=visitor.get(path).form(path)).status_code == 303
    assert "Lê Thị Hoa" in visitor.get("/tai-khoan").words
    used = late.client.post(path, data=fields)
    assert used.status_code == 403
    assert "Liên kết này đã dùng" in used.text


def test_who_comes_in_by_a_link_sets_a_password_and_signs_in_with_it(visit, ws: Workspace):
    ws.accounts.add("moi", "Người mới", "huyen", [], units=ws.units, by="qt", at=ws.clock())
    path = f"/dang-nhap/{ws.accounts.link('moi', by='qt', at=ws.clock()).token}"
    visitor = visit()
    came = visitor.client.post(path, data=visitor.get(path).form(path))
    assert came.headers["Location"].endswith("/tai-khoan")
    assert visitor.post("/tai-khoan", new="ngan").status_code == 422
    assert visitor.post("/tai-khoan", new="mot cau de nho").status_code == 303
    # From now on the old password is asked for again.
    assert visitor.post("/tai-khoan", new="mot cau khac han").status_code == 403
    assert visit().sign_in("moi", "mot cau de nho").status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "evil",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aX: y\r\n",
        "\\\\evil",
        "/ /evil",
        "",
    ],
)
def test_signing_in_leads_only_to_own_pages(visit, wanted: str):
    assert visit().sign_in("dn", PASSWORD, next=wanted).location == "/"


def test_signing_in_leads_to_where_one_wanted(visit):
    visitor = visit()
    answer = visitor.client.get("/tien-do?mau=res20.y")
    assert answer.location.startswith("/dang-nhap?next=")
    page = visitor.get(answer.location)
    fields = page.form("/dang-nhap")
    fields["login"], fields["password"] = "dn", PASSWORD
    assert visitor.client.post("/dang-nhap", data=fields).location == "/tien-do?mau=res20.y"


def test_without_the_token_the_figures_are_shown_again(visit, ws: Workspace):
    unit = visit("dn")
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    fields["B1"], fields["N1"] = "1.310", "Đã <b>viết</b> dài"
    for token in (None, "wrong"):
        fields.setlist("csrf_token", [token] if token else [])
        answer = unit.client.post(FILL, data=fields)
        assert answer.status_code == 400
        page = Page(answer.text)
        assert "Nội dung vừa nhập vẫn còn" in page.words
        assert page.form(FILL)["B1"] == "1.310"
        assert page.form(FILL)["N1"] == "Đã <b>viết</b> dài"
        assert not ws.submissions.revisions(QUARTER)
    again = page.form(FILL)
    again.setlist("viec", ["luu"])
    assert unit.client.post(FILL, data=again).status_code == 303
    assert len(ws.submissions.revisions(QUARTER)) == 1


def test_without_the_token_nothing_else_happens(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    for visitor, path, fields in (
        (unit, f"/bao-cao/{QUARTER}/kiem-tra", {}),
        (office, f"/duyet/{QUARTER}", {"viec": "duyet"}),
        (unit, "/dang-xuat", {}),
        (unit, "/tai-khoan", {"old": PASSWORD, "new": "mat-khau-moi"}),
        (visitor_without(visit), "/dang-nhap", {"login": "dn", "password": PASSWORD}),
    ):
        assert visitor.client.post(path, data={**fields, "x": "1"}).status_code == 400, path
    assert ws.entry.sheet(QUARTER).obligation.state == "draft"


def visitor_without(visit) -> Visitor:
    visitor: Visitor = visit()
    return visitor


def test_a_session_that_ended_while_typing_loses_nothing(visit, ws: Workspace):
    unit = visit("dn")
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["kiem_tra"])
    fields["B1"], fields["N1"] = "1.310", "Hai dòng\nchữ Việt & dấu +"
    ws.accounts.set_password("dn", PASSWORD, by="qt", at=ws.clock())
    answer = unit.client.post(FILL, data=fields)
    assert answer.status_code == 401
    page = Page(answer.text)
    assert "Phiên làm việc đã hết. Đăng nhập lại, nội dung vừa nhập vẫn còn." in page.words
    form = page.form("/dang-nhap")
    form["login"], form["password"] = "dn", "sai"
    form = Page(unit.client.post("/dang-nhap", data=form).text).form("/dang-nhap")
    form["password"] = PASSWORD
    answer = unit.client.post("/dang-nhap", data=form)
    assert answer.status_code == 200
    assert not ws.submissions.revisions(QUARTER), "nothing is saved by itself"
    again = Page(answer.text).form(FILL)
    again.setlist("viec", ["kiem_tra"])
    answer = unit.client.post(FILL, data=again)
    assert (answer.status_code, answer.location) == (303, FILL + "?loi=1")
    shown = unit.get(FILL).form(FILL)
    assert shown["B1"] == "1.310"
    assert shown["N1"] == "Hai dòng\nchữ Việt & dấu +"


def test_a_form_that_was_made_up_is_not_taken_over_the_sign_in(visit, ws: Workspace):
    stranger = visit()
    form = stranger.get("/dang-nhap").form("/dang-nhap")
    form["login"], form["password"] = "dn2", PASSWORD
    form["next"], form["kept"] = FILL, "B1=1"
    assert stranger.client.post("/dang-nhap", data=form).location == FILL
    assert not ws.submissions.revisions(QUARTER)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_posts_from_other_sites_are_refused(visit, ws: Workspace, headers: dict[str, str]):
    unit = visit("dn")
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    assert unit.client.post(FILL, data=fields, headers=headers).status_code == 403
    assert not ws.submissions.revisions(QUARTER)


def test_hosts_that_are_not_trusted_are_refused(ws: Workspace):
    client = create_app(ws, trusted_hosts=["nq.example"]).test_client()
    assert client.get("/dang-nhap", base_url="http://evil.example").status_code == 400
    assert client.get("/dang-nhap", base_url="http://nq.example").status_code == 200


def test_the_secret_is_made_with_the_workspace_and_closed_to_others(
    app: Flask, ws: Workspace, keys
):
    file = secret_file(ws.settings.id, mark_of(ws.folder))
    assert file.parent == keys
    assert file.stat().st_mode & 0o077 == 0
    assert create_app(ws).config["SECRET_KEY"] == app.config["SECRET_KEY"]
    with create_workspace(
        ws.folder.with_name("other"), name="x", plugins=PLUGINS, root="huyen"
    ) as other:
        assert secret_file(other.settings.id, mark_of(other.folder)).exists()


@pytest.mark.parametrize(
    "text", ["", "00" * 32, "ab" * 32, "0123456789abcdef", "change-me", "ff" * 16, "dev"]
)
def test_a_weak_secret_is_refused(ws: Workspace, text: str):
    create_app(ws)
    secret_file(ws.settings.id, mark_of(ws.folder)).write_text(text)
    with pytest.raises(StoreError, match="too short or easy to guess"):
        create_app(ws)


def test_a_secret_that_others_can_read_is_refused(ws: Workspace):
    create_app(ws)
    secret_file(ws.settings.id, mark_of(ws.folder)).chmod(0o640)
    with pytest.raises(StoreError, match="Other accounts may read"):
        create_app(ws)


def test_only_a_demo_shows_accounts(visit, ws: Workspace):
    assert PASSWORD in visit().get("/dang-nhap").words


def test_messages_that_nobody_looks_at_do_not_fill_the_cookie(visit):
    somebody = visit("dn")
    fields = somebody.get(FILL).form(FILL)
    with somebody.client.session_transaction() as session:
        session["_flashes"] = [("message", f"Đã lưu {turn}") for turn in range(100)]
    assert somebody.client.post(FILL, data=fields).status_code == 303
    with somebody.client.session_transaction() as session:
        waiting = [words for _kind, words in session["_flashes"]]
    assert len(waiting) == 5
    assert waiting[0] == "Đã lưu 96", "the newest are kept"


def test_a_sign_in_that_would_have_to_wait_is_refused_at_once_and_is_not_counted(
    visit, monkeypatch
) -> None:
    someone = visit()
    fields = someone.get("/dang-nhap").form("/dang-nhap")
    fields["login"], fields["password"] = "dn", "wrong-password"
    with monkeypatch.context() as patch:
        patch.setattr(AccountDirectory, "busy", True)
        for _n in range(20):
            answer = someone.client.post("/dang-nhap", data=fields)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "Đang có nhiều người cùng đăng nhập" in answer.text
    assert 'value="dn"' in answer.text
    fields["password"] = PASSWORD
    assert someone.client.post("/dang-nhap", data=fields).status_code == 303
