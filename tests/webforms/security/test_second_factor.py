"""Signing in with two steps on the pages: setting it up, the code, recovery codes, roles that need it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nqcore.collection.accounts.factor_file import factor_file
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, QUARTER
from webforms import create_app
from webforms.security.session_register import CODE_SECONDS

STEPS = "/tai-khoan/hai-buoc"
CODE = "/xac-thuc"
FILL = f"/bao-cao/{QUARTER}/nhap"
START = 1_700_000_010.0


class Telephone:
    """Time as the server and the telephone see it; `late`: seconds by which the telephone is late."""

    def __init__(self, app: Flask) -> None:
        self.now, self.late, self.seed = START, 0.0, ""
        app.extensions["nqcore.sessions"].clock = lambda: self.now

    def code(self) -> str:
        """The code that the app shows when its next one has come."""
        self.now += 30
        return pyotp.TOTP(self.seed).at(int(self.now - self.late))


@pytest.fixture
def telephone(app: Flask) -> Telephone:
    return Telephone(app)


def set_up(visitor: Visitor, telephone: Telephone, **begin: str) -> list[str]:
    """Switch the second step on; the recovery codes."""
    scan = visitor.post(STEPS, viec="bat-dau", **{"old": PASSWORD, **begin})
    assert scan.status_code == 200, Page(scan.text).words
    telephone.seed = seed_of(scan)
    fields = Page(scan.text).form(STEPS)
    fields["viec"], fields["code"] = "xac-nhan", telephone.code()
    done = visitor.client.post(STEPS, data=fields)
    assert done.status_code == 200, Page(done.text).words
    return codes_of(done)


def seed_of(answer: TestResponse) -> str:
    found = re.search(r'<code class="khoa">([A-Z2-7 ]+)</code>', answer.text)
    assert found is not None
    return found[1].replace(" ", "")


def codes_of(answer: TestResponse) -> list[str]:
    return re.findall(r"(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}", answer.text)


def answer_code(visitor: Visitor, first: TestResponse, code: str) -> TestResponse:
    """Type the code into the page that followed the password."""
    fields = Page(first.text).form(CODE)
    fields["code"] = code
    return visitor.client.post(CODE, data=fields)


def works(visitor: Visitor) -> bool:
    return visitor.client.get("/tai-khoan").status_code == 200


def test_the_password_alone_opens_nothing_any_more(visit, telephone: Telephone, app: Flask):
    assert len(set_up(visit("dn"), telephone)) == 8
    visitor = visit()
    first = visitor.sign_in("dn", PASSWORD)
    assert first.status_code == 200
    assert "Mã xác thực" in Page(first.text).title
    for path in ("/", "/tai-khoan", FILL, "/bao-cao"):
        answer = visitor.client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith(CODE)
    assert visitor.client.get(STEPS).location == CODE
    second = answer_code(visitor, first, telephone.code())
    assert (second.status_code, second.location) == (303, "/")
    assert works(visitor)


def test_the_half_session_cannot_change_the_factor(visit, telephone: Telephone):
    set_up(visit("dn"), telephone)
    visitor = visit()
    first = visitor.sign_in("dn", PASSWORD)
    token = Page(first.text).form(CODE)["csrf_token"]
    for doing in ("bat-dau", "bo", "xac-nhan"):
        answer = visitor.client.post(
            STEPS, data={"csrf_token": token, "viec": doing, "old": PASSWORD}
        )
        assert answer.status_code == 403


def test_no_code_works_twice(visit, telephone: Telephone):
    set_up(visit("dn"), telephone)
    code = telephone.code()
    first, second = visit(), visit()
    pages = [visitor.sign_in("dn", PASSWORD) for visitor in (first, second)]
    assert answer_code(first, pages[0], code).status_code == 303
    again = answer_code(second, pages[1], code)
    assert again.status_code == 403
    assert "đã dùng rồi" in Page(again.text).words
    assert not works(second)


@pytest.mark.parametrize(
    ("late", "status"), [(0, 303), (30, 303), (-30, 303), (60, 403), (-60, 403)]
)
def test_a_telephone_may_be_half_a_minute_late_or_early(
    visit, telephone: Telephone, late: int, status: int
):
    set_up(visit("dn"), telephone)
    telephone.now += 3000
    telephone.late = late
    visitor = visit()
    first = visitor.sign_in("dn", PASSWORD)
    assert answer_code(visitor, first, telephone.code()).status_code == status


def test_wrong_codes_are_limited_and_the_limit_is_of_the_account(visit, telephone: Telephone):
    codes = set_up(visit("dn"), telephone)
    statuses = []
    for _browser in range(2):
        visitor = visit()
        first = visitor.sign_in("dn", PASSWORD)
        statuses += [answer_code(visitor, first, "000000").status_code for _n in range(4)]
    assert statuses == [403] * 5 + [429] * 3
    assert answer_code(visitor, first, telephone.code()).status_code == 429
    telephone.now += 61
    assert answer_code(visitor, first, codes[0]).status_code == 303


def test_there_are_never_more_than_ten_codes_an_hour(visit, telephone: Telephone):
    set_up(visit("dn"), telephone)
    visitor, tried = visit(), 0
    end = telephone.now + 3600
    while telephone.now < end:
        first = visitor.sign_in("dn", PASSWORD)
        tried += answer_code(visitor, first, "000000").status_code == 403
        telephone.now += 60
    assert tried <= 10


def test_a_recovery_code_works_once_and_the_page_says_how_many_are_left(
    visit, telephone: Telephone
):
    codes = set_up(visit("dn"), telephone)
    for nth, code in enumerate((codes[0], codes[1].lower())):
        visitor = visit()
        first = visitor.sign_in("dn", PASSWORD)
        assert answer_code(visitor, first, code).status_code == 303
        assert f"Còn {7 - nth} mã dự phòng" in visitor.get(STEPS).words
    visitor = visit()
    first = visitor.sign_in("dn", PASSWORD)
    assert answer_code(visitor, first, codes[0]).status_code == 403


def test_the_second_step_waits_ten_minutes(visit, telephone: Telephone):
    set_up(visit("dn"), telephone)
    visitor = visit()
    first = visitor.sign_in("dn", PASSWORD)
    telephone.now += CODE_SECONDS
    late = answer_code(visitor, first, telephone.code())
    assert late.status_code == 303
    assert late.location.startswith("/dang-nhap")
    assert not works(visitor)


def test_a_one_time_link_asks_for_the_code_too(visit, telephone: Telephone, ws: Workspace):
    set_up(visit("dn"), telephone)
    path = f"/dang-nhap/{ws.accounts.link('dn', by='qt', at=ws.clock()).token}"
    visitor = visit()
    first = visitor.client.post(path, data=visitor.get(path).form(path))
    assert first.status_code == 200
    assert not works(visitor)
    assert answer_code(visitor, first, telephone.code()).status_code == 303
    assert works(visitor)


def test_setting_it_up_ends_the_other_sessions(visit, telephone: Telephone):
    here, there = visit("dn"), visit("dn")
    set_up(here, telephone)
    assert works(here)
    assert not works(there)


def test_beginning_asks_for_the_password_and_changing_it_for_a_code(visit, telephone: Telephone):
    """OWASP ASVS 5.0, 7.5.1: authenticated again before what signs in is changed."""
    visitor = visit("dn")
    assert visitor.post(STEPS, viec="bat-dau", old="sai").status_code == 403
    codes = set_up(visitor, telephone)
    for doing in ("bat-dau", "bo"):
        assert visitor.post(STEPS, viec=doing, old=PASSWORD, code="000000").status_code == 403
        assert visitor.post(STEPS, viec=doing, old="sai", code=codes[0]).status_code == 403
    set_up(visitor, telephone, code=codes[0])
    telephone.now += 300
    done = visitor.post(STEPS, viec="bo", old=PASSWORD, code=telephone.code())
    assert done.status_code == 303
    assert "Đã tắt bước thứ hai" in visitor.get("/tai-khoan").words
    assert visit().sign_in("dn", PASSWORD).status_code == 303


def test_a_wrong_first_code_shows_the_same_picture_again(
    visit, telephone: Telephone, ws: Workspace
):
    visitor = visit("dn")
    scan = visitor.post(STEPS, viec="bat-dau", old=PASSWORD)
    fields = Page(scan.text).form(STEPS)
    fields["viec"], fields["code"] = "xac-nhan", "000000"
    again = visitor.client.post(STEPS, data=fields)
    assert again.status_code == 422
    assert seed_of(again) == seed_of(scan)
    assert ws.accounts["dn"].second_factor == ""


def test_nothing_is_confirmed_that_was_not_begun(visit, telephone: Telephone):
    answer = visit("dn").post(STEPS, viec="xac-nhan", code="123456")
    assert answer.status_code == 422
    assert "Bấm lại “Bắt đầu”" in Page(answer.text).words


def test_the_picture_holds_the_address_for_the_app_and_no_style_or_script(
    visit, telephone: Telephone
):
    scan = visit("dn").post(STEPS, viec="bat-dau", old=PASSWORD)
    assert "<svg" in scan.text
    assert "otpauth" not in scan.text
    assert not re.search(r"<script(?! src)|style=|<style|data:", scan.text)
    assert scan.headers["Cache-Control"] == "no-store"


def test_an_administrator_takes_a_lost_factor_off(visit, telephone: Telephone, ws: Workspace):
    set_up(visit("dn"), telephone)
    factor_file(ws.settings.id).unlink()
    visitor = visit()
    first = visitor.sign_in("dn", PASSWORD)
    assert answer_code(visitor, first, telephone.code()).status_code == 403
    office = visit("qt")
    assert "Bỏ bước thứ hai" in office.get("/quan-tri/nguoi-dung/dn").words
    assert office.post("/quan-tri/nguoi-dung/dn/bo-hai-buoc").status_code == 303
    assert visit().sign_in("dn", PASSWORD).status_code == 303
    assert visit("vp").post("/quan-tri/nguoi-dung/dn/bo-hai-buoc").status_code == 403


def test_no_seed_no_code_and_no_recovery_code_is_in_the_cookie_or_the_log(
    visit, telephone: Telephone, caplog: pytest.LogCaptureFixture
):
    visitor = visit("dn")
    codes = set_up(visitor, telephone)
    code = telephone.code()
    other = visit()
    answer_code(other, other.sign_in("dn", PASSWORD), code)
    with visitor.client.session_transaction() as session:
        kept = str(dict(session))
    logged = str([(r.getMessage(), getattr(r, "fields", "")) for r in caplog.records])
    for secret in (telephone.seed, code, *codes):
        assert secret not in kept
        assert secret not in logged


# -- roles that need it ------------------------------------------------------------------------------------


@pytest.fixture
def strict(ws: Workspace) -> Iterator[Flask]:
    """The same office, which asks those who enter and administrators for a second factor."""
    file = ws.folder / "workspace.toml"
    file.write_text('second_factor = ["enter", "admin"]\n' + file.read_text("utf-8"), "utf-8")
    with open_workspace(ws.folder) as again:
        made = create_app(again)
        made.config["PROPAGATE_EXCEPTIONS"] = True
        yield made


@pytest.fixture
def come(strict: Flask) -> Callable[[], Visitor]:
    return lambda: Visitor(strict.test_client())


def test_who_needs_one_sets_it_up_before_anything_else(strict: Flask, come: Callable[[], Visitor]):
    telephone, visitor = Telephone(strict), come()
    first = visitor.sign_in("dn", PASSWORD)
    assert first.status_code == 200
    assert "Cơ quan yêu cầu tài khoản này đăng nhập hai bước" in Page(first.text).words
    for path in ("/", "/tai-khoan", FILL):
        answer = visitor.client.get(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, CODE)
    assert "Bắt đầu" in visitor.get("/").words
    fields = Page(first.text).form(STEPS)
    assert visitor.client.post(FILL, data=fields).status_code == 401
    begun = visitor.client.post(STEPS, data={**visitor.get(STEPS).form(STEPS), "viec": "bat-dau"})
    telephone.seed = seed_of(begun)
    done = visitor.client.post(
        STEPS, data={**Page(begun.text).form(STEPS), "viec": "xac-nhan", "code": telephone.code()}
    )
    assert len(codes_of(done)) == 8
    go_on = Page(done.text).form("/tiep-tuc")
    assert visitor.client.post("/tiep-tuc", data=go_on).location == "/"
    assert works(visitor)
    page = visitor.get(STEPS)
    assert "Tắt bước thứ hai" not in page.words
    refused = visitor.post(STEPS, viec="bo", old=PASSWORD, code=codes_of(done)[0])
    assert refused.status_code == 403


def test_roles_that_do_not_need_one_sign_in_as_before(come: Callable[[], Visitor]):
    assert come().sign_in("vp", PASSWORD).status_code == 303


def test_a_session_from_before_the_office_asked_for_it_reaches_nothing(
    app: Flask, strict: Flask, visit
):
    before = visit("dn")
    cookie = before.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    later = strict.test_client()
    later.set_cookie(cookie.key, cookie.value)
    answer = later.get("/bao-cao")
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, CODE)


def test_what_was_typed_is_there_after_the_second_step(visit, telephone: Telephone, ws: Workspace):
    """The session ended while somebody typed; the words travel through both steps."""
    unit = visit("dn")
    set_up(unit, telephone)
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    fields["B1"], fields["N1"] = "1.310", "Hai dòng\nchữ Việt & dấu +"
    ws.accounts.end_sessions("dn", by="qt", at=ws.clock())
    form = Page(unit.client.post(FILL, data=fields).text).form("/dang-nhap")
    form["login"], form["password"] = "dn", PASSWORD
    first = unit.client.post("/dang-nhap", data=form)
    wrong = answer_code(unit, first, "000000")
    assert wrong.status_code == 403
    done = answer_code(unit, wrong, telephone.code())
    assert done.status_code == 200
    shown = Page(done.text).form(FILL)
    assert (shown["B1"], shown["N1"].replace("\r\n", "\n")) == (
        "1.310",
        "Hai dòng\nchữ Việt & dấu +",
    )


def test_what_was_typed_is_there_after_a_factor_is_set_up(
    strict: Flask, come: Callable[[], Visitor], visit
):
    telephone, typing = Telephone(strict), visit("dn")  # signed in before the office asked for it
    fields = typing.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    fields["B1"] = "1.310"
    unit = come()
    token = unit.token()
    answer = unit.client.post(FILL, data={**fields.to_dict(flat=False), "csrf_token": token})
    form = Page(answer.text).form("/dang-nhap")
    form["login"], form["password"] = "dn", PASSWORD
    page = Page(unit.client.post("/dang-nhap", data=form).text)
    wrong = unit.client.post(STEPS, data={**page.form(STEPS), "viec": "xac-nhan", "code": "0"})
    page = Page(wrong.text)
    begun = unit.client.post(STEPS, data={**page.form(STEPS), "viec": "bat-dau"})
    telephone.seed = seed_of(begun)
    done = unit.client.post(
        STEPS, data={**Page(begun.text).form(STEPS), "viec": "xac-nhan", "code": telephone.code()}
    )
    back = unit.client.post("/tiep-tuc", data=Page(done.text).form("/tiep-tuc"))
    assert back.status_code == 200
    assert Page(back.text).form(FILL)["B1"] == "1.310"
