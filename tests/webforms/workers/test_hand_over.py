"""Heavy pages of a served office: the same answers, in turn, and no saving waits for them."""

import html
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD
from tests.webforms.paths import years_without_plan
from webforms import create_app
from webforms.serving import worker_application
from webforms.workers.elsewhere import EXTENSION
from webforms.workers.hand_over import HandOver
from webforms.workers.process import WorkerFailed, Workers
from webforms.workers.waiting_line import OF_ONE_ACCOUNT, Ticket, Turn

pytestmark = pytest.mark.slow

NAME = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"
FINDINGS = "/ton-tai?van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"


@pytest.fixture
def served(ws: Workspace, keys: Path) -> Iterator[Flask]:
    years_without_plan(ws)
    workers = Workers(partial(worker_application, ws.folder, False, None), 2)
    app = create_app(ws, workers=workers)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    yield app
    workers.close()


def visitor(app: Flask, login: str) -> Visitor:
    found = Visitor(app.test_client())
    assert found.sign_in(login, PASSWORD).status_code == 303
    return found


def room(app: Flask) -> HandOver:
    return app.extensions[EXTENSION]


@pytest.mark.parametrize("path", [NAME, FINDINGS, f"{NAME}.json"])
def test_a_page_is_the_same_whoever_makes_it(served: Flask, ws: Workspace, path: str) -> None:
    """But for its token, which is the session's."""
    here, there = visitor(create_app(ws), "vp"), visitor(served, "vp")
    one, other = here.client.get(path), there.client.get(path)
    assert one.status_code == other.status_code == 200
    if path.endswith(".json"):
        assert json.loads(one.data) == json.loads(other.data)
        assert one.headers["Content-Disposition"] == other.headers["Content-Disposition"]
    else:
        assert Page(one.text).words == Page(other.text).words


def test_what_was_saved_a_moment_ago_is_in_the_next_page(served: Flask, ws: Workspace) -> None:
    office = visitor(served, "vp")
    before = office.client.get(f"{NAME}.json").data
    quarter = "2018-Q2_res20.q_dn-may-binh-minh"
    visitor(served, "dn").press(f"/bao-cao/{quarter}/nhap", "ghi0", {"B1": "1.310"})
    ws.send(quarter, by="dn")
    ws.accept(quarter, by="vp")
    assert office.client.get(f"{NAME}.json").data != before


def test_a_document_is_made_once_until_something_changes(served: Flask) -> None:
    office = visitor(served, "vp")
    first = office.client.get(f"{NAME}.json").data
    room(served).workers.close()
    room(served).workers.answer = None  # type: ignore[assignment,method-assign]  # a double
    assert office.client.get(f"{NAME}.json").data == first
    assert visitor(served, "kt").client.get(f"{NAME}.json").data == first


def test_a_kept_document_carries_nothing_of_the_session_that_asked_first(served: Flask) -> None:
    """A new language is written into the session's cookie."""
    first = visitor(served, "vp").client.get(f"{NAME}.json?lang=en")
    assert "Set-Cookie" in first.headers
    other = visitor(served, "kt")
    other.client.get("/tai-khoan?lang=en")
    again = other.client.get(f"{NAME}.json?lang=en")
    assert again.data == first.data
    assert (
        "Set-Cookie" not in again.headers
        or first.headers["Set-Cookie"] != again.headers["Set-Cookie"]
    )
    assert other.get("/tai-khoan").words.count("kt"), "still the second account"
    assert again.headers["Content-Disposition"] == first.headers["Content-Disposition"]


def test_a_form_is_saved_by_a_process_and_says_so(served: Flask, ws: Workspace) -> None:
    """A freeze: the record, the message on the next page, and the refusal of a second one in words."""
    office = visitor(served, "vp")
    fields = {"van-ban": "20-nq-tw.2008-01-28", "ky": "2008..2018", "don-vi": "huyen", "so": "0"}
    first = office.post("/ban-chot", **fields)
    assert (first.status_code, first.location) == (303, "/ban-chot/1")
    assert "Đã chốt" in office.get("/ban-chot/1").words
    ws.refresh()
    assert [head.by for head in ws.editions.list()] == ["vp"]
    again = office.post("/ban-chot", **fields)
    assert "vừa chốt số liệu báo cáo này" in office.get(again.location).words
    ws.refresh()
    assert len(ws.editions.list()) == 1


def test_words_of_a_form_come_whole_to_the_process_and_back_from_it(
    served: Flask, ws: Workspace
) -> None:
    office, path = visitor(served, "vp"), NAME.replace("bao-cao-tong-hop", "soan-bao-cao")
    words = "Làm sớm “một” & hai %41 + ba; 100 đơn vị."
    fields = {"viec": "luu", "loai": "lesson", "loi": words}
    assert office.post(f"{path}/doan", **fields).status_code == 303
    assert words in office.get(path).words
    refused = office.post(f"{path}/doan", **fields, so_lieu="khong.co|2018|huyen|all|reported")
    assert refused.status_code in (404, 422)
    assert words in html.unescape(refused.text)


def test_rights_and_tokens_are_asked_before_a_form_takes_a_place(served: Flask) -> None:
    room(served).workers.answer = None  # type: ignore[assignment,method-assign]  # a double
    fields = {"van-ban": "20-nq-tw.2008-01-28", "ky": "2008..2018", "so": "0"}
    assert visitor(served, "kt").post("/ban-chot", **fields).status_code == 403
    office = visitor(served, "vp")
    assert office.client.post("/ban-chot", data={"csrf_token": "x", **fields}).status_code == 400


def test_a_form_whose_process_ends_says_what_is_certain(served: Flask) -> None:
    office = visitor(served, "vp")
    fields = {"van-ban": "20-nq-tw.2008-01-28", "ky": "2008..2018", "so": "0"}
    for begun, said in ((True, "chưa chắc đã lưu"), (False, "chưa thực hiện được")):

        def fail(asked: object, begun: bool = begun) -> None:
            raise WorkerFailed(begun=begun)

        room(served).workers.answer = fail  # type: ignore[assignment,method-assign]  # a double
        answer = office.post("/ban-chot", **fields)
        assert answer.status_code == 503
        assert said in Page(answer.text).words
        assert "data-gui-lai" not in answer.text, "no script sends it again"
        assert Page(answer.text).form("/ban-chot")["ky"] == "2008..2018"


def test_asking_for_the_head_of_a_document_keeps_no_empty_document(served: Flask) -> None:
    office = visitor(served, "vp")
    assert office.client.head(f"{NAME}.json").data == b""
    assert json.loads(office.client.get(f"{NAME}.json").data)
    assert office.client.head(f"{NAME}.json").data == b""


def test_rights_are_checked_before_a_document_that_is_there_is_given(served: Flask) -> None:
    assert visitor(served, "vp").client.get(f"{NAME}.json").status_code == 200
    assert visitor(served, "dn").client.get(f"{NAME}.json").status_code in (403, 404)
    assert Visitor(served.test_client()).client.get(f"{NAME}.json").status_code == 303


def test_the_second_page_of_an_account_waits_and_asks_again_by_itself(served: Flask) -> None:
    office = visitor(served, "vp")
    busy = Ticket("vp", "/something")
    assert room(served).line.ask(busy, 0.0) is Turn.GO
    answer = office.client.get(f"{NAME}.json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert answer.headers["Refresh"] == "3"
    assert "Hệ thống đang lập 1 trang, văn bản khác" in Page(answer.text).words
    assert answer.headers["Content-Security-Policy"]
    room(served).line.leave(busy)
    assert office.client.get(f"{NAME}.json").status_code == 200


def test_an_account_that_asks_for_too_many_is_refused_and_others_are_not(served: Flask) -> None:
    office = visitor(served, "vp")
    busy = Ticket("vp", "/something")
    room(served).line.ask(busy, 0.0)
    codes = [
        office.client.get(f"{NAME}.json?lan={n}").status_code for n in range(OF_ONE_ACCOUNT + 2)
    ]
    assert codes == [503] * OF_ONE_ACCOUNT + [429, 429]
    assert visitor(served, "kt").client.get(f"{NAME}.json").status_code == 200


def test_a_page_that_cannot_be_made_says_so_and_frees_its_place(ws: Workspace, keys: Path) -> None:
    """The processes find no workspace, and end."""
    workers = Workers(partial(worker_application, ws.folder / "missing", False, None), 1)
    app = create_app(ws, workers=workers)
    answer = visitor(app, "kt").client.get(NAME)
    assert answer.status_code == 503
    assert "Chưa lập được" in answer.text
    assert "Refresh" not in answer.headers
    assert room(app).line.ask(Ticket("kt", "/x"), 0.0) is Turn.GO
    workers.close()
