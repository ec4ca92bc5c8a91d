"""One-time links on the pages: a right one always works, and what ends one ends it for everybody."""

from __future__ import annotations

import re

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.directory import AccountLocked
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, QUARTER

PEOPLE = "/quan-tri/nguoi-dung"


def use(visitor: Visitor, token: str) -> int:
    """What using that link comes to."""
    token_of_page = visitor.token()
    return visitor.client.post(
        f"/dang-nhap/{token}", data={"csrf_token": token_of_page}
    ).status_code


def made(visitor: Visitor, login: str) -> str:
    """The token of a link that the visitor makes on the account's page."""
    assert visitor.post(f"{PEOPLE}/{login}/lien-ket").status_code == 303
    text = visitor.client.get(f"{PEOPLE}/{login}").text
    found = re.search(r"/dang-nhap/([\w-]{32})", text)
    assert found is not None
    return found[1]


def test_a_right_link_is_let_in_however_many_wrong_ones_came_from_the_same_address(
    visit, ws: Workspace
):
    link = ws.accounts.link("dn", by="qt", at=ws.clock())
    stranger = visit()
    answers = [use(stranger, f"wrong{n}") for n in range(70)]
    assert answers[0] == 403
    assert answers[-1] == 429, "wrong ones are still counted"
    assert use(visit(), link.token) == 303


def test_a_link_that_is_over_counts_as_a_wrong_one(visit, ws: Workspace):
    link = ws.accounts.link("dn", by="qt", at=ws.clock())
    ws.accounts.lock("dn", by="qt", at=ws.clock())
    assert [use(visit(), link.token) for _n in range(61)][-1] == 429


def test_a_new_password_ends_the_link(visit, ws: Workspace):
    token = made(visit("qt"), "dn")
    assert visit("dn").post("/tai-khoan", old=PASSWORD, new="troi mua hai hom").status_code == 303
    assert use(visit(), token) == 403


def test_locking_ends_the_link_for_good(visit, ws: Workspace):
    office = visit("qt")
    token = made(office, "dn")
    office.post(f"{PEOPLE}/dn/khoa")
    office.post(f"{PEOPLE}/dn/mo-khoa")
    assert use(visit(), token) == 403


def test_the_page_of_the_account_shows_the_open_link_and_withdraws_it(visit, ws: Workspace):
    office = visit("qt")
    first = made(office, "dn")
    second = made(office, "dn")
    assert use(visit(), first) == 403, "one at a time"
    page = office.get(f"{PEOPLE}/dn")
    assert page.words.count("Có một liên kết còn dùng được đến") == 1
    assert "Người tạo: Quản trị" in page.words
    assert second not in page.text, "it was shown once"
    answer = office.post(f"{PEOPLE}/dn/thu-hoi-lien-ket")
    assert answer.status_code == 303
    assert "Đã thu hồi liên kết" in office.get(f"{PEOPLE}/dn").words
    assert "Có một liên kết" not in office.get(f"{PEOPLE}/dn").words
    assert use(visit(), second) == 403
    office.post(f"{PEOPLE}/dn/thu-hoi-lien-ket")
    assert "Không còn liên kết nào" in office.get(f"{PEOPLE}/dn").words


def test_signing_an_account_out_everywhere_ends_its_sessions_and_its_link(visit, ws: Workspace):
    office, unit = visit("qt"), visit("dn")
    token = made(office, "dn")
    assert office.post(f"{PEOPLE}/dn/dang-xuat").status_code == 303
    assert unit.client.get("/tai-khoan").status_code == 303
    assert use(visit(), token) == 403
    assert visit("dn").client.get("/tai-khoan").status_code == 200, "the password stays"


# -- limits are inherited ------------------------------------------------------------------------------


@pytest.fixture
def limited(visit, ws: Workspace):
    """An approver of the office and an administrator of a commune, each for one form only."""
    for login, unit, role in (("vp-y", "huyen", Role.APPROVE), ("qt-y", "xa-an-phu", Role.ADMIN)):
        ws.accounts.add(
            login, login, unit, [role], units=ws.units, by="test", at=ws.clock(),
            hashed=hash_password(PASSWORD), forms=["res20.y"],
        )  # fmt: skip
    return lambda login: visit(login)


def test_an_approver_of_some_forms_opens_no_account_of_all_forms(limited, visit):
    approver = limited("vp-y")
    assert approver.client.get(f"/bao-cao/{QUARTER}").status_code == 404
    for login in ("dn", "xa", "tg"):
        assert approver.post(f"{PEOPLE}/{login}/lien-ket").status_code == 404
        assert approver.client.get(f"{PEOPLE}/{login}").status_code == 404
    assert visit("vp").post(f"{PEOPLE}/dn/lien-ket").status_code == 303


def test_an_administrator_of_some_forms_gives_only_those(limited, visit, ws: Workspace):
    administrator, head = limited("qt-y"), ws.store.head
    token = administrator.token()
    rights = {"csrf_token": token, "people": "Ai; xa-an-phu; ai-do", "roles": ["admin", "review"]}
    for forms in ([], ["res20.q"], ["res20.q", "res20.y"]):
        answer = administrator.client.post(PEOPLE, data={**rights, "forms": forms})
        assert answer.status_code == 422, forms
        page = Page(answer.text)
        assert "chỉ giao được các biểu mẫu đó" in page.words
        assert page.forms[-1][1]["people"].strip() == "Ai; xa-an-phu; ai-do", "what was typed stays"
    assert ws.store.head == head
    offered = [
        a["value"] for tag, a in page.elements if tag == "input" and a.get("name") == "forms"
    ]
    assert offered == ["res20.y"]
    answer = administrator.client.post(PEOPLE, data={**rights, "forms": ["res20.y"]})
    assert answer.status_code == 303
    assert ws.accounts["ai-do"].forms == {"res20.y"}
    for path in ("vai-tro", "khoa", "mo-khoa", "lien-ket", "dang-xuat", "bo-hai-buoc"):
        assert administrator.post(f"{PEOPLE}/xa/{path}").status_code == 404, path


def test_the_last_administrator_is_not_locked_on_the_pages(visit, ws: Workspace):
    ws.accounts.add(
        "qt2", "Hai", "huyen", [Role.ADMIN], units=ws.units, by="test", at=ws.clock(),
        hashed=hash_password(PASSWORD),
    )  # fmt: skip
    first, second = visit("qt"), visit("qt2")
    token = second.token()
    assert first.post(f"{PEOPLE}/qt2/khoa").status_code == 303
    late = second.client.post(f"{PEOPLE}/qt/khoa", data={"csrf_token": token})
    assert late.status_code == 303, "asked to sign in"
    assert late.location.startswith("/dang-nhap")
    assert not ws.accounts["qt"].locked


@pytest.mark.parametrize(
    "password",
    [
        *("12345678", "password", "aaaaaaaa", " " * 8, "dn-may-binh-minh", "demo-2018"),
        *("Lê Thị Hoa", "MayBinhMinh2026"),
    ],
)
def test_a_password_that_is_tried_first_is_refused_in_words(visit, ws: Workspace, password: str):
    unit = visit("dn")
    answer = unit.post("/tai-khoan", old=PASSWORD, new=password)
    assert answer.status_code == 422
    assert "Chọn mật khẩu khác" in Page(answer.text).words
    assert unit.client.get("/tai-khoan").status_code == 200, "the session goes on"


def test_a_name_with_a_character_that_turns_text_around_is_refused(visit, ws: Workspace):
    answer = visit("qt").post(PEOPLE, people="Mai\u202eiaM; xa-an-phu; mai", roles="enter")
    assert answer.status_code == 422
    assert "U+202E" in answer.text
    assert ws.accounts.get("mai") is None


def test_no_link_is_made_for_a_locked_account(visit, ws: Workspace) -> None:
    ws.accounts.lock("dn", by="qt", at=ws.clock())
    with pytest.raises(AccountLocked):
        ws.accounts.link("dn", by="qt", at=ws.clock())
    answer = visit("qt").post("/quan-tri/nguoi-dung/dn/lien-ket")
    assert answer.status_code == 422
    assert "trước, rồi tạo liên kết" in answer.text
    ws.accounts.unlock("dn", by="qt", at=ws.clock())
    assert ws.accounts.link("dn", by="qt", at=ws.clock()).login == "dn"
