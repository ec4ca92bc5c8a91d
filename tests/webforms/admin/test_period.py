"""*Kỳ và hạn*, one period: who owes, one deadline for everybody, more time for some, closing asks first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor

PERIOD = "/quan-tri/ky/res20.q/2018-Q3"
Visit = Callable[..., Visitor]


def press(who: Visitor, action: str, fields: dict[str, list[str]]) -> Page:
    posted = who.get(PERIOD).form(action)
    for name, values in fields.items():
        posted.setlist(name, values)
    answer = who.client.post(action, data=posted)
    return who.get(answer.headers["Location"]) if answer.status_code == 303 else Page(answer.text)


def test_closing_asks_first_and_names_who_still_owes(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    year = who.get("/quan-tri/ky")
    assert PERIOD in year.links
    assert not any(action == "/quan-tri/ky/khoa" for action, _ in year.forms)
    page = who.get(PERIOD)
    owing = ws.monitoring.due_reports("res20.q", "2018-Q3")
    assert f"{len(owing)} đơn vị chưa gửi và sẽ không nhập được nữa: " in page.words
    for one in owing:
        assert f"/bao-cao/{one.submission}" in page.links
    assert ws.submissions.lock("res20.q", "2018-Q3") is None
    press(who, "/quan-tri/ky/khoa", {"viec": ["khoa"]})
    assert ws.submissions.lock("res20.q", "2018-Q3") is not None
    assert "đã đóng kỳ" in who.get(PERIOD).words


def test_the_deadline_of_everybody_is_moved_with_a_document(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    refused = press(who, f"{PERIOD}/doi-han", {"den": ["20/10/2018"], "can_cu": [" "]})
    assert refused.title.startswith("Lỗi: ")
    assert "Ghi văn bản đổi hạn" in refused.words
    assert refused.with_id("den")["value"] == "20/10/2018"
    done = press(who, f"{PERIOD}/doi-han", {"den": ["20/10/2018"], "can_cu": ["CV 5-CV/HU"]})
    assert "hạn chung của tất cả đơn vị nay là 20/10/2018" in done.words
    assert "CV 5-CV/HU" in done.words
    assert {one.due for one in ws.monitoring.due_reports("res20.q", "2018-Q3")} == {
        date(2018, 10, 20)
    }
    back = press(who, f"{PERIOD}/doi-han", {"viec": ["bo"]})
    assert "áp dụng lại hạn của biểu mẫu" in back.words


def test_ticked_units_get_more_time_and_ticks_stay_when_it_is_refused(
    ws: Workspace, visit: Visit
) -> None:
    who = visit("qt")
    ticked = ["xa-an-phu", "dn-may-binh-minh"]
    fields = {"don_vi": ticked, "gia_han": ["22/10/2018"]}
    refused = press(who, f"{PERIOD}/gia-han", {**fields, "ly_do": [""]})
    assert "Ghi lý do" in refused.words
    assert refused.form(f"{PERIOD}/gia-han").getlist("don_vi") == ticked
    done = press(who, f"{PERIOD}/gia-han", {**fields, "ly_do": ["Mưa lũ"]})
    assert "2 đơn vị nay có hạn đến 22/10/2018" in done.words
    for unit in ticked:
        assert ws.submissions.obligation(unit, "res20.q", "2018-Q3").due == date(2018, 10, 22)


def test_all_that_have_not_sent_are_ticked_by_a_link(ws: Workspace, visit: Visit) -> None:
    page = visit("qt").get(f"{PERIOD}?chon=no")
    owing = {one.unit for one in ws.monitoring.due_reports("res20.q", "2018-Q3") if not one.sent}
    assert set(page.form(f"{PERIOD}/gia-han").getlist("don_vi")) == owing


def test_what_is_no_period_of_the_form_is_not_found(visit: Visit) -> None:
    who = visit("qt")
    for path in ("res20.q/2018", "res20.q/2018-q3", "nothing/2018-Q3", "res20.q/x"):
        who.get(f"/quan-tri/ky/{path}", 404)
