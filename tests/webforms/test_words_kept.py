"""Whatever refuses a form with words, the words are there again: on every page where people type some,
whether the token is stale, the session has ended, another user was faster, or the disk is full."""

from __future__ import annotations

import ast
import html
import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nqcore.collection.entry.autofill import zeros
from nqcore.errors import Conflict, NqError
from nqcore.store import StoreBusy, StoreFull, StoreStopped
from nqcore.workspace.facade import Workspace
from nqcore.workspace.table_import.mapping import read_mapping, written_mapping
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, QUARTER
from tests.webforms.paths import COMMUNE, PATHS, REVIEW, filled, years_without_plan
from webforms.admin import units
from webforms.entry import table_form
from webforms.security.page_rules import LONG, SMALL, rule_of

WORDS = "Lời dài: “năm” <b>5 & 6</b> 'đ' đã gõ"
TWO_LINES = f"{WORDS}\n+ dòng hai %41"
Fields = dict[str, str]


class Case(NamedTuple):
    """Who types words where; `fields` asks the office for the rest of the form."""

    login: str
    path: str
    words: Mapping[str, str]
    fields: Callable[[Workspace, Visitor], Fields]


def _fill(ws: Workspace, visitor: Visitor) -> Fields:
    return {
        **visitor.get(f"/bao-cao/{QUARTER}/nhap").form(f"/bao-cao/{QUARTER}/nhap").to_dict(),
        "viec": "luu",
    }


def _presented(ws: Workspace, visitor: Visitor) -> Fields:
    ws.submissions.require_leader("xa-an-phu", True, by="qt")
    draft = ws.save_draft(
        "xa-an-phu", "res20.q", "2018-Q3", zeros(ws.entry.sheet(COMMUNE)), by="xa"
    )
    ws.submissions.present(draft, by="xa")
    return {"viec": "chuyen_lai", "phien_ban": "2"}


def _sent(ws: Workspace, visitor: Visitor) -> Fields:
    draft = ws.save_draft(
        "dn-may-binh-minh", "res20.q", "2018-Q3", zeros(ws.entry.sheet(QUARTER)), by="dn"
    )
    ws.send(draft, by="dn")
    return {"viec": "tra", "phien_ban": "2", "ngay": "20/10/2018"}


def _accepted(ws: Workspace, visitor: Visitor) -> Fields:
    _sent(ws, visitor)
    ws.accept(QUARTER, by="vp")
    return {"phien_ban": "3"}


def _finding(ws: Workspace, visitor: Visitor) -> Fields:
    years_without_plan(ws)
    card = next(f for _a, f in visitor.get("/ton-tai").forms if "ma" in f)
    return {**card.to_dict(), "viec": "cau"}


TABLE = "Đơn vị (quý III/2018);B1\nCông ty TNHH May Bình Minh;1.310\n".encode()
TABLE_KEY = "ab" * 16


def _table(ws: Workspace, visitor: Visitor) -> Fields:
    """A table that was sent before, under a key that is known here."""
    held = visitor.client.application.extensions["nqcore.tables"]
    key = held.keep("vp", "bang.csv", TABLE)
    held._path("vp", key).rename(held._path("vp", TABLE_KEY))
    file = ws.tables.read("bang.csv", TABLE)
    (guess,) = ws.tables.guess(file, by="vp")
    mapping = replace(guess, period="2018-Q3")
    shown = ws.tables.look(file, mapping, by="vp")
    return {"cach_doc": written_mapping(mapping), "dau": table_form.mark(shown)}


def _plain(**fields: str) -> Callable[[Workspace, Visitor], Fields]:
    return lambda ws, visitor: fields


TASK_PAGE, END_PAGE = "/quan-tri/noi-dung/soan/nhiem-vu", "/quan-tri/noi-dung/ket-thuc/question"
NEW_TASK = {
    "directive": "20-nq-tw.2008-01-28",
    "title": TWO_LINES,
    "responsible_name": WORDS,
    "basis": "Công văn " + WORDS,
}
ENDED = {"until": "1/1/2019", "basis": TWO_LINES}


def _previewed(path: str, given: Fields) -> Callable[[Workspace, Visitor], Fields]:
    """The form of the preview, which has the mark of what was shown."""

    def fields(ws: Workspace, visitor: Visitor) -> Fields:
        shown = visitor.post(path, viec="xem", **given)
        assert shown.status_code == 200, Page(shown.text).words
        return {**Page(shown.text).form(path).to_dict(), "viec": "ghi"}

    return fields


CASES: dict[str, Case] = {
    "entry.save": Case("dn", f"/bao-cao/{QUARTER}/nhap", {"N1": TWO_LINES}, _fill),
    "entry.send": Case("lead", f"/bao-cao/{COMMUNE}/kiem-tra", {"ly_do": TWO_LINES}, _presented),
    "submissions.reopen": Case("vp", f"/bao-cao/{QUARTER}/mo-lai", {"reason": TWO_LINES}, _accepted),
    "review.decide": Case(
        "vp", f"/duyet/{QUARTER}", {"y_kien.": TWO_LINES, "y_kien.B1": "Xem lại " + WORDS}, _sent
    ),
    "findings.decide": Case("vp", "/ton-tai", {"cau": WORDS}, _finding),
    "builder_steps.words": Case(
        "vp", f"/soan-bao-cao/{REVIEW}/doan", {"loi": TWO_LINES}, _plain(viec="luu", loai="lesson")
    ),
    "builder_steps.paper": Case(
        "vp",
        f"/soan-bao-cao/{REVIEW}/van-ban",
        {"nguoi_ky": "Lời dài", "noi_nhan": TWO_LINES},
        _plain(ngay_vb="05/10/2018", so="0"),
    ),
    "tables.save": Case("vp", f"/nap-bang/{TABLE_KEY}/luu", {"ten": "Biểu " + WORDS}, _table),
    "outlines.save": Case(
        "vp",
        "/de-cuong/luu",
        {"ten": WORDS, "muc.1": WORDS, "goi_y.1": TWO_LINES},
        _plain(**{"ma": "moi", "so": "0", "cap.1": "1", "tt.1": "1", "nd.1": "results"}),
    ),
    "tasks.note": Case(
        "vp", "/nhiem-vu/hu.G1", {"note": TWO_LINES}, _plain(status="doing", so="0")
    ),
    "units.make": Case(
        "qt",
        "/quan-tri/don-vi/xa-an-phu/doi-ten",
        {"ten": "Xã " + WORDS, "can_cu": TWO_LINES},
        _plain(ngay="1/12/2018"),
    ),
    "units.decide": Case("qt", "/quan-tri/don-vi/ke-thua", {"can_cu": TWO_LINES}, _plain()),
    "calendar.extend": Case(
        "qt",
        "/quan-tri/ky/gia-han",
        {"ly_do": WORDS, "den": "30/11/2018"},
        _plain(don_vi="xa-an-phu", bao_cao="res20.q|2018-Q3"),
    ),
    "calendar.move": Case(
        "qt", "/quan-tri/ky/res20.q/2018-Q3/doi-han", {"can_cu": WORDS, "den": "30/11/2018"}, _plain()
    ),
    "calendar.extend_several": Case(
        "qt",
        "/quan-tri/ky/res20.q/2018-Q3/gia-han",
        {"ly_do": WORDS, "gia_han": "30/11/2018"},
        _plain(don_vi="xa-an-phu"),
    ),
    "start.set_letterhead": Case(
        "qt",
        "/quan-tri/bat-dau/the-thuc",
        {"superior": WORDS, "body": WORDS, "place": WORDS, "post": WORDS, "signer": WORDS},
        _plain(),
    ),
    "start.set_begin": Case(
        "qt", "/quan-tri/bat-dau/tu-ngay", {"tu_ngay": "1/10/2018"}, _plain(bo_no="01/10/2018")
    ),
    "units.read_list": Case(
        "qt",
        "/quan-tri/don-vi/danh-sach",
        {"danh_sach": "Xã " + TWO_LINES, "can_cu": WORDS, "ngay": "1/12/2018"},
        _plain(duoi="huyen", viec="them"),
    ),
    "content.make": Case("qt", TASK_PAGE, NEW_TASK, _previewed(TASK_PAGE, NEW_TASK)),
    "content.end": Case("qt", END_PAGE, ENDED, _previewed(END_PAGE, {"ma": "res20.q/A1", **ENDED})),
    "calendar.set_day": Case(
        "qt", "/quan-tri/ky/ngay-nghi", {"ten": WORDS, "ngay": "24/12/2018"}, _plain()
    ),
    "people.add": Case(
        "qt",
        "/quan-tri/nguoi-dung",
        {"people": "Nguyễn Thị Tám; xa-an-phu; tam\n" + WORDS},
        _plain(roles="enter"),
    ),
}  # fmt: skip

NO_WORDS = {
    "auth.enter": "a name and a password, which is never shown again",
    "auth.use_link": "a button",
    "auth.sign_out": "a button",
    "auth.leader_step": "a switch",
    "auth.change_password": "passwords, which are never shown again",
    "debts.remind": "ticks and a button",
    "evidence.attach": "a file, which its user still has",
    "evidence.remove": "a button",
    "tables.send": "a file, which its user still has",
    "tables.forget": "a button",
    "tables.look": "choices from lists",
    "excel.look": "a file, which its user still has",
    "entry.paste": "cells of a table that its user still has; the page puts them into its boxes",
    "papers.send": "a file, which its user still has",
    "outlines.send": "a file, which its user still has",
    "outlines.remove": "a button",
    "excel.move": "a button; what it sends stands in the user's file",
    "submissions.withdraw": "a button",
    "review.accept_several": "ticks",
    "review.undo": "a button",
    "choosing.choose": "ticks",
    "editions.freeze": "a button",
    "builder_steps.step": "a button",
    "people.link": "a button",
    "people.assign": "ticks",
    "people.make_slips": "ticks",
    "units.read_file": "a file, which its user still has",
    "people.lock": "a button",
    "people.unlock": "a button",
    "people.withdraw_link": "a button",
    "people.end_sessions": "a button",
    "people.reset_factor": "a button",
    "auth.check_code": "a code of the second factor; the form that waits is carried on",
    "auth.go_on": "a button; the form that waits is carried on",
    "auth.end_sessions": "a password, which is never shown again",
    "factor.change": "a code or a password; the form that waits is carried on",
    "units.undo": "a button",
    "content.undo": "a button",
    "calendar.lock": "a button",
    "calendar.drop_day": "a button",
    "system.backup": "a button",
}


def posts(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def test_every_post_has_words_that_are_kept_or_a_reason_why_it_has_none(app: Flask):
    assert posts(app) == {*CASES, *NO_WORDS}
    kept = {
        name for name in posts(app) if (rule := rule_of(app.view_functions[name])) and rule.keeps
    }
    carrying = {"auth.enter", "auth.check_code", "auth.go_on", "factor.change"}
    assert kept == {*CASES} | carrying


def test_every_box_for_words_on_every_page_is_one_whose_words_are_kept(
    app: Flask, visit, ws: Workspace
):
    """The boxes are looked for on the pages themselves, so that a new one cannot be forgotten."""
    seen = set()

    def look(login: str | None, path: str) -> None:
        answer = visit(login).client.get(path, follow_redirects=True)
        for endpoint, name in boxes(app, answer.text):
            rule = rule_of(app.view_functions[endpoint])
            assert rule is not None
            assert rule.keeps is not None, (path, endpoint, name)
            assert rule.keeps.label(name) is not None, (path, endpoint, name)
            seen.add(endpoint)

    kept = read_mapping(_table(ws, visit("vp"))["cach_doc"])
    ws.tables.keep(replace(kept, name="Biểu 01"), by="vp")
    look("vp", f"/nap-bang/{TABLE_KEY}")  # before its report is sent
    filled(visit, ws)
    for login, paths in PATHS.items():
        for path in paths:
            look(login, path)
    look("vp", f"/bao-cao/{QUARTER.replace('Q3', 'Q2')}")
    ws.accounts.unlock("lead", by="qt", at=ws.clock())
    _presented(ws, visit("xa"))
    look("lead", f"/bao-cao/{COMMUNE}/kiem-tra")
    assert seen == {*CASES} - {
        "units.make"
    }  # what it posts is typed in a form that is sent with GET


DAY = "tinh-den"
"""A day beside a file that is sent: the file has to be chosen again anyway, and no words are lost."""


def boxes(app: Flask, text: str):
    """The boxes for words in the forms of a page that are posted: to which view, by what name."""
    action, method = "", ""
    for tag, attributes in Page(text).elements:
        if tag == "form":
            action, method = attributes.get("action", ""), attributes.get("method", "")
        words = tag == "textarea" or (
            tag == "input" and attributes.get("type", "text") in ("text", "search", "email", "tel")
        )
        if words and method == "post" and attributes.get("name", DAY) != DAY:
            path = action.partition("#")[0].partition("?")[0]
            endpoint, _given = app.url_map.bind("localhost").match(path, method="POST")
            if endpoint != "auth.enter":
                yield endpoint, attributes["name"]


def typed(case: Case, ws: Workspace, visitor: Visitor) -> Fields:
    """The form with its words, and without a token."""
    fields = {**case.fields(ws, visitor), **case.words}
    fields.pop("csrf_token", None)
    return fields


def missing(answer: TestResponse, case: Case) -> list[str]:
    """The words that the page does not have."""
    text = html.unescape(answer.text).replace("\r\n", "\n")
    return [words for words in case.words.values() if words not in text]


every = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@every
def test_a_stale_token_loses_no_word(visit, ws: Workspace, case: Case):
    visitor = visit(case.login)
    old = visitor.token()
    fields = typed(case, ws, visitor)
    assert visitor.sign_in_again(case.login, PASSWORD).status_code == 303
    head = ws.store.head
    for token in (old, "bad", ""):
        answer = visitor.client.post(case.path, data={"csrf_token": token, **fields})
        assert (answer.status_code, missing(answer, case)) == (400, [])
    assert ws.store.head == head


@every
def test_an_ended_session_loses_no_word(visit, ws: Workspace, case: Case):
    visitor = visit(case.login)
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    ws.accounts.set_password(case.login, PASSWORD, by="qt", at=ws.clock())
    head = ws.store.head
    answer = visitor.client.post(case.path, data=fields)
    assert (answer.status_code, missing(answer, case)) == (401, [])
    again = Page(answer.text).form("/dang-nhap")
    again["login"], again["password"] = case.login, "sai"
    answer = visitor.client.post("/dang-nhap", data=again)
    assert (answer.status_code, missing(answer, case)) == (403, [])
    again = Page(answer.text).form("/dang-nhap")
    again["password"] = PASSWORD
    answer = visitor.client.post("/dang-nhap", data=again)
    assert (answer.status_code, missing(answer, case)) == (200, [])
    assert PASSWORD not in answer.text
    assert ws.store.head == head, "nothing is sent by itself"
    assert visitor.client.get("/tai-khoan").status_code == 200


@every
def test_no_word_is_shown_to_another_account(visit, ws: Workspace, case: Case):
    owner, other = visit(case.login), visit("kt")
    fields = {**typed(case, ws, owner), "csrf_token": owner.token()}
    answer = other.client.post(case.path, data=fields)
    assert answer.status_code == 400
    assert missing(answer, case) == [*case.words.values()]
    again = Page(answer.text).form("/dang-nhap")
    again["login"], again["password"] = "kt", PASSWORD
    answer = other.client.post("/dang-nhap", data=again)
    assert answer.status_code == 403
    assert missing(answer, case) == [*case.words.values()]
    again = Page(answer.text).form("/dang-nhap")
    again["login"], again["password"] = case.login, PASSWORD
    answer = other.client.post("/dang-nhap", data=again)
    assert (answer.status_code, missing(answer, case)) == (200, [])


REFUSALS: dict[str, tuple[NqError, int]] = {
    "full disk": (StoreFull(folder="/x", why="No space left on device"), 503),
    "busy": (StoreBusy(seconds=10, lock="/x/lock"), 503),
    "broken disk": (StoreStopped(file="/x", why="Input/output error"), 503),
    "lost race": (Conflict(who="ld", now=9, yours=2), 409),
}


@every
@pytest.mark.parametrize("why", REFUSALS)
def test_a_store_that_refuses_and_a_lost_race_lose_no_word(
    visit, ws: Workspace, case: Case, why: str, monkeypatch: pytest.MonkeyPatch
):
    visitor = visit(case.login)
    own = case.fields(
        ws, visitor
    )  # of a finding the sentence itself: other words would be judged first
    first_line = ("people", "danh_sach")  # the second line would be another row
    words = {
        name: own["cau"]
        if name == "cau"
        else text.partition("\n")[0]
        if name in first_line
        else text
        for name, text in case.words.items()
    }
    fields = {**own, **words, "csrf_token": visitor.token()}
    if "cau" in fields:
        fields["viec"] = "chosen"
    wrong, status = REFUSALS[why]

    def change(self: object, **named: object) -> None:
        raise wrong

    monkeypatch.setattr(type(ws.store), "change", change)
    if case.path.endswith("ke-thua"):  # there is nothing to decide, so it would write nothing
        monkeypatch.setattr(units, "_decided", lambda *given: ("something",))
        monkeypatch.setattr(
            type(ws.organisation), "hand_over", lambda self, *given, by: change(self)
        )
    answer = visitor.client.post(case.path, data=fields)
    assert answer.status_code == status
    assert missing(answer, case._replace(words=words)) == []


@every
def test_a_fault_of_the_program_loses_no_word(
    app: Flask, visit, ws: Workspace, case: Case, monkeypatch: pytest.MonkeyPatch
):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    visitor = visit(case.login)
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    name = next(one for one, each in CASES.items() if each is case)

    def broken(**given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, name, _with_rule(broken, app.view_functions[name]))
    answer = visitor.client.post(case.path, data=fields)
    assert (answer.status_code, missing(answer, case)) == (500, [])
    assert "ZeroDivision" not in answer.text


def _with_rule(view: Callable[..., object], other: Callable[..., object]):
    view.page_rule = rule_of(other)  # type: ignore[attr-defined]
    return view


@every
def test_words_that_are_far_too_long_come_back_whole(visit, ws: Workspace, case: Case):
    name = [*case.words][-1]
    visitor = visit(case.login)
    fields = typed(case, ws, visitor) | {name: WORDS * 1000, "csrf_token": visitor.token()}
    assert SMALL < len(quote(WORDS)) * 1000 < LONG
    answer = visitor.client.post(case.path, data=fields)
    if answer.status_code == 303:  # there is no limit
        stored = [*ws.submissions.revisions(QUARTER), *ws.catalogue.changes.values()]
        assert any(fields[name] in repr(one) for one in stored)
    else:
        assert 400 <= answer.status_code < 500
        assert fields[name] in html.unescape(answer.text)


def test_the_longest_form_goes_over_the_sign_in_whole(visit, ws: Workspace):
    """Letters at random cannot be packed smaller."""
    case, visitor = CASES["review.decide"], visit("vp")
    fields = typed(case, ws, visitor)
    longest = LONG - len(urlencode({**fields, "y_kien.": ""})) - 300
    letters = Random(1).choices(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=longest
    )
    fields["y_kien."] = "".join(letters)
    stranger = visit()
    form = Page(stranger.client.post(case.path, data=fields).text).form("/dang-nhap")
    form["login"], form["password"] = "vp", PASSWORD
    answer = stranger.client.post("/dang-nhap", data=form)
    assert answer.status_code == 200
    assert Page(answer.text).form(case.path)["y_kien."] == fields["y_kien."]


def test_remarks_on_a_report_that_was_taken_back_meanwhile_are_shown_to_be_copied(
    visit, ws: Workspace
):
    case = CASES["review.decide"]
    visitor = visit("vp")
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    ws.withdraw(QUARTER, by="dn")
    answer = visitor.client.post(case.path, data=fields)
    assert (answer.status_code, missing(answer, case)) == (409, [])
    assert "đã thu hồi" in Page(answer.text).words


def test_figures_for_a_report_that_was_sent_meanwhile_are_shown_to_be_copied(visit, ws: Workspace):
    visitor = visit("dn")
    draft = ws.save_draft(
        "dn-may-binh-minh", "res20.q", "2018-Q3", zeros(ws.entry.sheet(QUARTER)), by="dn"
    )
    fields = _fill(ws, visitor) | {"B1": "1.310", "N1": TWO_LINES}
    ws.send(draft, by="dn")
    answer = visitor.client.post(f"/bao-cao/{QUARTER}/nhap", data=fields)
    assert answer.status_code == 409
    text = html.unescape(answer.text)
    assert "1.310" in text
    assert TWO_LINES in text
    assert "B2." not in text, "what is stored already is not typed again"


def test_what_came_back_after_the_sign_in_is_saved_by_the_button(visit, ws: Workspace):
    case = CASES["review.decide"]
    visitor = visit("vp")
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    visitor.client.post("/dang-xuat", data={"csrf_token": visitor.token()})
    again = Page(visitor.client.post(case.path, data=fields).text).form("/dang-nhap")
    again["login"], again["password"] = "vp", PASSWORD
    page = Page(visitor.client.post("/dang-nhap", data=again).text)
    assert ws.entry.sheet(QUARTER).obligation.state == "sent"
    form = page.form(case.path)
    form["viec"] = "tra"
    assert visitor.client.post(case.path, data=form).status_code == 303
    remarks = ws.submissions.revisions(QUARTER)[-1].remarks
    assert remarks == {"": TWO_LINES, "B1": "Xem lại " + WORDS}


def test_words_wait_on_the_sign_in_page_until_the_browser_has_signed_in_on_another_page(
    visit, ws: Workspace
):
    case = CASES["tasks.note"]
    visitor = visit("vp")
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    visitor.client.post("/dang-xuat", data={"csrf_token": visitor.token()})
    waiting = Page(visitor.client.post(case.path, data=fields).text).form("/dang-nhap")
    assert visitor.sign_in("vp", PASSWORD).status_code == 303  # in another window
    waiting["login"], waiting["password"] = "vp", PASSWORD
    answer = visitor.client.post("/dang-nhap", data=waiting)
    assert (answer.status_code, missing(answer, case)) == (200, [])


@pytest.mark.parametrize("bent", ["", "x", "W10.AAAA", "sealed+"])
def test_a_form_that_this_program_did_not_seal_is_not_shown(visit, ws: Workspace, bent: str):
    case = CASES["tasks.note"]
    visitor = visit("vp")
    fields = {**typed(case, ws, visitor), "csrf_token": visitor.token()}
    stranger = visit()
    form = Page(stranger.client.post(case.path, data=fields).text).form("/dang-nhap")
    form["login"], form["password"] = "vp", PASSWORD
    form["kept"] = form["kept"][:-4] + "AAAA" if bent == "sealed+" else bent
    answer = stranger.client.post("/dang-nhap", data=form)
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize("ticked", [(), ("chu-dn",), ("chu-dn", "kinh-phi", "bien-dong")])
def test_a_form_with_ticks_comes_back_as_a_form(visit, ws: Workspace, ticked: tuple[str, ...]):
    unit, path = visit("dn"), f"/bao-cao/{QUARTER}/nhap"
    fields = unit.get(path).form(path)
    fields.setlist("K1", list(ticked))
    fields["N1"], fields["csrf_token"] = WORDS, "stale"
    answer = unit.client.post(path, data=fields)
    assert answer.status_code == 400
    again = Page(answer.text).form(path)
    assert (again["N1"], sorted(again.getlist("K1"))) == (WORDS, sorted(ticked))


def test_a_post_of_another_site_is_never_shown(visit, ws: Workspace):
    case = CASES["tasks.note"]
    visitor = visit("vp")
    fields = typed(case, ws, visitor)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        for browser in (visitor, visit()):
            answer = browser.client.post(case.path, data=fields, headers=headers)
            assert answer.status_code == 403
            assert missing(answer, case) == [*case.words.values()]


def test_no_page_with_a_password_keeps_its_form(app: Flask, visit):
    """Only the sign-in page, which carries the form of another page and shows no password again."""
    visitor = visit("dn")
    answer = visitor.client.post(
        "/tai-khoan", data={"csrf_token": "bad", "old": PASSWORD, "new": "Mật khẩu mới 77"}
    )
    assert answer.status_code == 400
    assert "Mật khẩu mới 77" not in html.unescape(answer.text)
    answer = visit().client.post(
        "/dang-nhap", data={"csrf_token": "bad", "login": "dn", "password": "Bí mật 77"}
    )
    assert answer.status_code == 400
    assert "Bí mật 77" not in html.unescape(answer.text)


def test_a_view_that_reads_a_form_reads_no_field_that_its_rule_does_not_know(app: Flask):
    """What a view takes out of the form by its name in the code has a label, or is none of words."""
    no_words = {
        "bat",
        "mot",
        "chon",
        "cach_doc",
        "duoi",
        "dau",
        "viec",
        "loai",
        "doan",
        "id",
        "bao_cao",
        "tep",
        "so",
        "status",
        "phien_ban",
        "csrf_token",
        "kept",
        "next",
        "old",
        "code",
        "phien",
        "login",
        "new",
    }
    for name in posts(app):
        view = app.view_functions[name]
        rule = rule_of(view)
        assert rule is not None
        for field in _fields_read(view):
            known = rule.keeps is not None and rule.keeps.label(field) is not None
            assert known or field in no_words, (name, field)


def _fields_read(view: Callable[..., object]) -> set[str]:
    """The constant names in `request.form.get("…")` and `request.form["…"]` of the view."""
    found = set()
    tree = ast.parse(inspect.getsource(inspect.unwrap(view)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "request.form.get",
            "posted.get",
        ):
            found |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "request.form":
            found |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    return {one for one in found if isinstance(one, str)}
