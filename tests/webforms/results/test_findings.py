"""*Tồn tại, hạn chế*: choosing and rewording by hand; *Nhiệm vụ*: saying how far it is."""

from __future__ import annotations

import re

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page

ASKED = "van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"
LIST = f"/ton-tai?{ASKED}"
REVIEW = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"


@pytest.fixture
def told(visit, ws: Workspace):
    """One enterprise reports no party organisation, one commune no plan: rules have something to say."""
    for login, id, typed in (
        ("dn", "2018-Q2_res20.q_dn-may-binh-minh", {"B1": "1.310"}),
        ("xa", "2017_res20.y_xa-an-phu", {}),
    ):
        visit(login).press(f"/bao-cao/{id}/nhap", "ghi0", typed)
        ws.send(id, by=login)
        ws.accept(id, by="vp")
    return ws


def _card(page: Page, key: str) -> dict[str, str]:
    """The fields of the card of that finding."""
    for _action, fields in page.forms:
        if fields.get("ma") == key:
            return dict(fields)
    raise AssertionError(f"no card {key}: {[f.get('ma') for _a, f in page.forms]}")


def _first(page: Page) -> str:
    return next(fields["ma"] for _a, fields in page.forms if "ma" in fields)


def test_a_finding_is_chosen_reworded_and_printed_so(visit, told):
    office = visit("vp")
    key = _first(office.get(LIST))
    fields = _card(office.get(LIST), key)
    words = "Câu do Văn phòng viết lại"
    answer = office.post("/ton-tai", **fields | {"cau": words, "viec": "chosen"})
    assert answer.status_code == 303
    page = office.get(answer.location.partition("#")[0])
    assert _card(page, key)["cau"] == words
    assert "Đã chọn 1" in page.words
    assert words in office.get(REVIEW).words
    office.post("/ton-tai", **_card(page, key) | {"viec": "dismissed"})
    assert words not in office.get(REVIEW).words


def test_a_number_that_contradicts_the_figures_is_told_and_put_right(visit, told):
    office = visit("vp")
    page = office.get(LIST)
    key, text, number = next(
        (fields["ma"], fields["cau"], found[0])
        for _a, fields in page.forms
        if "ma" in fields and (found := re.search(r"\b\d+ trong \d+\b", fields["cau"]))
    )
    wrong = text.replace(number, "987 trong 988", 1)
    fields = _card(page, key)
    answer = office.post("/ton-tai", **fields | {"cau": wrong, "viec": "chosen"})
    assert answer.status_code == 422
    again = Page(answer.text)
    assert f"Câu ghi 987 trong 988, số liệu hiện là {number}" in again.words
    assert again.title.startswith("Lỗi: ")
    assert _card(again, key)["cau"] == wrong
    answer = office.post("/ton-tai", **_card(again, key) | {"cap_nhat": "1", "viec": "chosen"})
    assert answer.status_code == 303
    assert _card(office.get(LIST), key)["cau"].casefold() == text.casefold()


def test_somebody_who_was_slower_is_told(visit, told):
    first, second = visit("vp"), visit("ld")
    key = _first(first.get(LIST))
    mine, yours = _card(first.get(LIST), key), _card(second.get(LIST), key)
    assert first.post("/ton-tai", **mine | {"viec": "chosen"}).status_code == 303
    answer = second.post("/ton-tai", **yours | {"viec": "dismissed"})
    assert answer.status_code == 303
    assert "Đã chọn 1" in second.get(LIST).words


def test_the_card_of_a_finding_shows_the_tasks_that_answer_it(visit, told):
    """The link is kept at the task, not at the rule."""
    page = visit("vp").get(LIST)
    assert "Giải pháp khắc phục" in page.words
    assert "/nhiem-vu/hu.G2" in page.links


@pytest.mark.parametrize(("login", "status"), [("kt", 403), ("qt", 403), ("dn", 404), ("xa", 404)])
def test_only_who_decides_decides(visit, told, login: str, status: int):
    fields = _card(visit("vp").get(LIST), _first(visit("vp").get(LIST)))
    fields.pop("csrf_token")
    answer = visit(login).post("/ton-tai", **fields | {"viec": "chosen"})
    assert answer.status_code == status


def test_an_inspector_reads_without_boxes(visit, told):
    page = visit("kt").get(LIST)
    assert not [tag for tag, _attrs in page.elements if tag == "textarea"]


def test_a_task_is_updated_by_its_unit_and_seen_above(visit):
    unit, office, other = visit("tg"), visit("vp"), visit("dn")
    fields = dict(unit.get("/nhiem-vu/hu.G1").form("/nhiem-vu/hu.G1"))
    answer = unit.post("/nhiem-vu/hu.G1", **fields | {"status": "doing", "note": "Đã mở 2 lớp"})
    assert answer.status_code == 303
    assert "Đã mở 2 lớp" in office.get("/nhiem-vu/hu.G1").words
    assert "Đã mở 2 lớp" not in other.get("/nhiem-vu/hu.G1").words
    assert other.post("/nhiem-vu/hu.G1", status="done", so="1").status_code == 403
    stale = unit.post("/nhiem-vu/hu.G1", status="done", note="", so="0")
    assert stale.status_code == 303
    assert "Đang thực hiện" in office.get("/nhiem-vu/hu.G1").words
    for wrong in ({"status": "what", "so": "1"}, {"status": "done", "note": "x" * 501, "so": "1"}):
        assert unit.post("/nhiem-vu/hu.G1", **wrong).status_code == 422


def test_what_a_report_leaves_out_is_said_above_its_preview(visit, ws: Workspace):
    review = ws.reviews.review(directive="20-nq-tw.2008-01-28", period="2018-Q1", unit="huyen")
    remarks = ws.reviews.build(review).remarks
    assert remarks
    above, printed = (
        visit("vp").get(REVIEW.replace("2008..2018", "2018-Q1")).words.split("BÁO CÁO", 1)
    )
    assert all(remark in above and remark not in printed for remark in remarks)
