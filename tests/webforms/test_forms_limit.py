"""An account for some forms only: the others are not there for it."""

from __future__ import annotations

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page
from tests.webforms.conftest import PASSWORD, QUARTER


@pytest.fixture
def yearly(visit, ws: Workspace):
    """A reviewer at the top who has to do with the yearly form only; a quarterly report waits."""
    visit("dn").press(f"/bao-cao/{QUARTER}/nhap", "ghi0", {"B1": "1.310"})
    ws.send(QUARTER, by="dn")
    ws.editions.freeze(directive="20-NQ/TW", period="2008..2018", by="vp")
    ws.accounts.add(
        "nam", "Chuyên viên năm", "huyen", [Role.APPROVE], units=ws.units, by="test", at=ws.clock(),
        hashed=hash_password(PASSWORD), forms=["res20.y"],
    )  # fmt: skip
    return visit("nam")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/bao-cao/{QUARTER}", 404),
        (f"/duyet/{QUARTER}", 404),
        (f"/bao-cao/{QUARTER}/nhap", 404),
        ("/chi-tieu/res20.B1?ky=2018-Q3", 404),
        ("/tien-do?mau=res20.q", 404),
        ("/ton-tai", 403),
        ("/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen", 403),
        ("/ban-chot/1", 403),
        ("/ban-chot/1/so-voi/nay", 403),
        ("/bao-cao/2017_res20.y_xa-an-phu", 200),
        ("/tien-do?mau=res20.y", 200),
    ],
)
def test_another_form_is_not_there(yearly, path: str, status: int):
    assert yearly.client.get(path).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        *("/ban-chot", "/ban-chot/1", "/ban-chot/1/so-voi/nay", "/ton-tai"),
        "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen",
    ],
)
def test_who_may_not_see_a_review_is_told_which_forms_it_has(yearly, path: str):
    answer = yearly.client.get(path)
    assert answer.status_code == 403
    words = Page(answer.text).words
    assert "Báo cáo quý" in words
    assert "“nam” không làm" in words


def test_an_edition_in_which_only_the_account_s_forms_speak_is_shown(visit, yearly, ws: Workspace):
    forms = [form for form in ws.catalogue.forms if form.startswith("res20.")]
    forms += [form.id for form in ws.reviews.review(directive="20-NQ/TW", period="2018").forms()]
    ws.accounts.add(
        "ca", "Chuyên viên", "huyen", [Role.WATCH], units=ws.units, by="test", at=ws.clock(),
        hashed=hash_password(PASSWORD), forms=forms,
    )  # fmt: skip
    some = visit("ca")
    for path in ("/ban-chot", "/ban-chot/1", "/ban-chot/1/so-voi/nay", "/ban-chot/1.json"):
        assert some.client.get(path).status_code == 200, path


def test_lists_have_only_the_accounts_forms(yearly, visit):
    assert "Không có báo cáo chờ duyệt" in yearly.get("/duyet").words
    assert "May Bình Minh" in visit("vp").get("/duyet").words
    board = yearly.get("/tien-do")
    assert [a["value"] for tag, a in board.elements if tag == "option" and "." in a["value"]] == [
        "res20.y"
    ]


def test_writing_is_refused_too(yearly, ws: Workspace):
    answer = yearly.post(f"/duyet/{QUARTER}", viec="duyet", phien_ban="2")
    assert answer.status_code == 404
    assert ws.entry.sheet(QUARTER).obligation.state == "sent"
