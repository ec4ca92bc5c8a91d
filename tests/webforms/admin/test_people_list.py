"""A list of people with mistakes: each line is named, and the list stays as it was typed."""

from __future__ import annotations

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page

PATH = "/quan-tri/nguoi-dung"


def test_the_page_names_every_wrong_line_and_keeps_the_list(visit, ws: Workspace):
    office, before = visit("qt"), ws.accounts.all()
    people = "Lê An; xa-an-phu\nLê An; xa-dong-ha\nMai; ở đâu; mai\nBa; xa-an-phu; dn\nTám; xa-an-phu; tam"
    token = office.token()
    answer = office.client.post(
        PATH, data={"csrf_token": token, "people": people, "roles": "enter"}
    )
    assert answer.status_code == 422
    page = Page(answer.text)
    for words in (
        "còn 3 dòng cần sửa",
        "Dòng 2: trùng tên đăng nhập “le-an” với dòng 1.",
        "Dòng 3: không có đơn vị “ở đâu”",
        "Dòng 4: đã có tài khoản “dn”.",
    ):
        assert words in page.words
    assert page.forms[-1][1]["people"] == people
    assert ws.accounts.all() == before
