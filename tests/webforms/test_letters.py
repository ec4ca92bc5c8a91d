"""Text in an old encoding on the pages: kept as typed, named, and what may be meant is offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nqcore.collection.entry.autofill import zeros
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import QUARTER
from tests.webforms.paths import years_without_plan

FILL = f"/bao-cao/{QUARTER}/nhap"
MEANT = "Tăng vì đã kết nạp đoàn viên mới"
OLD = [
    ("Taêng vì ñaõ keát naïp ñoaøn vieân môùi", "phông cũ (VNI-Times)"),
    ("T¨ng v× ®· kÕt n¹p ®oµn viªn míi", "phông cũ (.VnTime)"),
    ("TÄƒng vÃ¬ Ä‘Ã£ káº¿t náº¡p Ä‘oÃ n viÃªn má»›i", "đọc sai bảng mã"),
]
LOST = "T?ng v? ?? k?t n?p ?o?n vi?n m?i"

Visit = Callable[..., Visitor]


def explain(unit: Visitor, words: str) -> None:
    """Enter a figure and explain it, as the page does once the figure is found unusual."""
    fields = unit.get(FILL).form(FILL)
    fields["B1"], fields["giai_trinh.B1"], fields["viec"] = "1.310", words, "luu"
    assert unit.client.post(FILL, data=fields).status_code == 303


@pytest.mark.parametrize(("typed", "says"), OLD)
def test_a_narrative_is_kept_named_and_converted_on_demand(
    visit: Visit, ws: Workspace, typed: str, says: str
) -> None:
    unit = visit("dn")
    unit.press(FILL, "luu", {"N1": typed})
    page = unit.get(FILL)
    assert ws.submissions.revisions(QUARTER)[-1].answers["N1"] == typed
    assert says in page.words
    assert f"Có phải là “{MEANT}”?" in page.words
    unit.press(FILL, "unicode.N1")
    assert ws.submissions.revisions(QUARTER)[-1].answers["N1"] == MEANT
    assert "Có phải là" not in unit.get(FILL).words


def test_lost_letters_of_a_narrative_are_named_and_no_button_is_offered(
    visit: Visit, ws: Workspace
) -> None:
    unit = visit("dn")
    unit.press(FILL, "luu", {"N1": LOST})
    page = unit.get(FILL)
    assert "Mất chữ có dấu trong “T?ng" in page.words
    assert "Chuyển sang Unicode" not in page.words
    assert ws.submissions.revisions(QUARTER)[-1].answers["N1"] == LOST


@pytest.mark.parametrize(("typed", "says"), OLD)
def test_an_explanation_is_kept_named_and_converted_on_demand(
    visit: Visit, ws: Workspace, typed: str, says: str
) -> None:
    unit = visit("dn")
    explain(unit, typed)
    page = unit.get(FILL)
    assert ws.submissions.revisions(QUARTER)[-1].explanations["B1"] == typed
    assert says in page.words
    assert f"Có phải là “{MEANT}”?" in page.words
    answer = unit.press(FILL, "unicode.giai_trinh.B1")
    assert answer.location == FILL + "#gt-B1"
    assert ws.submissions.revisions(QUARTER)[-1].explanations["B1"] == MEANT
    page = unit.get(FILL)
    assert "Có phải là" not in page.words
    assert any(attrs.get("id") == "gt-B1" for _tag, attrs in page.elements)


def test_lost_letters_of_an_explanation_never_keep_a_report_from_being_saved(
    visit: Visit, ws: Workspace
) -> None:
    unit = visit("dn")
    explain(unit, LOST)
    assert ws.submissions.revisions(QUARTER)[-1].explanations["B1"] == LOST
    assert "Mất chữ có dấu" in unit.get(FILL).words


@pytest.mark.parametrize(("typed", "says"), [*OLD, (LOST, "Mất chữ có dấu")])
def test_a_remark_comes_back_with_what_may_be_meant(
    visit: Visit, ws: Workspace, typed: str, says: str
) -> None:
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0", {"N1": "Không"})
    ws.send(QUARTER, by="dn")
    path = f"/duyet/{QUARTER}"
    fields = office.get(path).form(path)
    fields["y_kien.B1"], fields["viec"] = typed, "tra"
    answer = office.client.post(path, data=fields)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert says in page.words
    assert typed == MEANT or typed in answer.text.replace("&#39;", "'")
    assert page.form(path)["y_kien.B1"] == typed
    assert ws.submissions.find(QUARTER).revision.remarks == {}
    fields["y_kien.B1"] = MEANT
    assert office.client.post(path, data=fields).status_code == 303
    assert ws.submissions.find(QUARTER).revision.remarks["B1"] == MEANT


@pytest.mark.parametrize("name", ["Xaõ An Phuù Ñoâng", "X· An Phó §«ng", "XÃ£ An PhÃº Ä\x90Ã´ng"])
def test_the_name_of_a_unit_is_asked_about(visit: Visit, name: str) -> None:
    fields = {"ngay": "1/10/2018", "can_cu": "Nghị quyết số 12/NQ-HĐND", "ten": name}
    office = visit("qt")
    answer = office.client.get("/quan-tri/don-vi/xa-an-phu/doi-ten/xem-truoc", query_string=fields)
    assert answer.status_code == 422
    words = Page(answer.text).words
    assert "Có phải là “Xã An Phú Đông”?" in words or "ký tự ẩn (U+0090)" in words


def test_the_name_of_a_person_is_asked_about(visit: Visit, ws: Workspace) -> None:
    office = visit("qt")
    people = "Nguyeãn Thò Hoàng; xa-an-phu; hoang"
    answer = office.post("/quan-tri/nguoi-dung", people=people, roles="enter")
    assert answer.status_code == 422
    words = Page(answer.text).words
    assert "Dòng 1: Đoạn này dùng phông cũ (VNI-Times). Có phải là “Nguyễn Thị Hồng”?" in words
    assert "Nguyeãn Thò Hoàng" in answer.text
    assert ws.accounts.get("hoang") is None


VNI = OLD[0][0]
COMMUNE = "2018-Q3_res20.q_xa-an-phu"
Prepare = Callable[[Workspace], dict[str, str]]


def _sent(ws: Workspace) -> dict[str, str]:
    ws.save_draft("dn-may-binh-minh", "res20.q", "2018-Q3", zeros(ws.entry.sheet(QUARTER)), by="dn")
    return {"viec": "tra", "phien_ban": str(ws.send(QUARTER, by="dn").number)}


def _accepted(ws: Workspace) -> dict[str, str]:
    _sent(ws)
    return {"phien_ban": str(ws.accept(QUARTER, by="vp").number)}


def _presented(ws: Workspace) -> dict[str, str]:
    ws.submissions.require_leader("xa-an-phu", True, by="qt")
    answers = zeros(ws.entry.sheet(COMMUNE))
    ws.save_draft("xa-an-phu", "res20.q", "2018-Q3", answers, by="xa")
    return {
        "viec": "chuyen_lai",
        "phien_ban": str(ws.submissions.present(COMMUNE, by="xa").number),
    }


def _entered(ws: Workspace) -> dict[str, str]:
    ws.save_draft("dn-may-binh-minh", "res20.q", "2018-Q3", {"B1": "1"}, by="dn")
    return {"viec": "luu", "B1": "2"}


def _fields(**fields: str) -> Prepare:
    return lambda ws: fields


NAMED = {
    # page: who, where, the field with words, the rest of the form
    "review.decide": ("vp", f"/duyet/{QUARTER}", "y_kien.B1", _sent),
    "submissions.reopen": ("vp", f"/bao-cao/{QUARTER}/mo-lai", "reason", _accepted),
    "entry.send": ("lead", f"/bao-cao/{COMMUNE}/kiem-tra", "ly_do", _presented),
    "entry.save": ("vp", FILL, "ly_do", _entered),
    "tasks.note": ("vp", "/nhiem-vu/hu.G1", "note", _fields(status="doing", so="0")),
    "calendar.extend": (
        "qt",
        "/quan-tri/ky/gia-han",
        "ly_do",
        _fields(don_vi="xa-an-phu", bao_cao="res20.q|2018-Q3", den="30/11/2018"),
    ),
    "calendar.set_day": ("qt", "/quan-tri/ky/ngay-nghi", "ten", _fields(ngay="24/12/2018")),
    "people.add": ("qt", "/quan-tri/nguoi-dung", "people", _fields(roles="enter")),
    "units.make": (
        "qt",
        "/quan-tri/don-vi/xa-an-phu/doi-ten",
        "ten",
        _fields(ngay="1/12/2018", can_cu="Nghị quyết số 1"),
    ),
}


@pytest.mark.parametrize("case", NAMED.values(), ids=NAMED)
def test_words_that_are_meant_so_are_kept_by_a_tick(
    visit: Visit, ws: Workspace, case: tuple[str, str, str, Prepare]
) -> None:
    login, path, field, prepare = case
    visitor, rest = visit(login), prepare(ws)
    typed = f"{VNI}; xa-an-phu; moi" if field == "people" else VNI
    if path == FILL:
        rest = {**visitor.get(FILL).form(FILL).to_dict(), **rest}
    fields = {**rest, "csrf_token": visitor.token(), field: typed}
    head = ws.store.head
    answer = visitor.client.post(path, data=fields)
    assert answer.status_code == 422
    assert ws.store.head == head
    page = Page(answer.text)
    assert f"Có phải là “{MEANT}" in page.words
    ticks = [a for tag, a in page.elements if a.get("name") == "chu_nguyen"]
    assert [a["value"] for a in ticks] == ["1"]
    assert "checked" not in ticks[0]
    answer = visitor.client.post(path, data={**fields, "chu_nguyen": "1"})
    assert answer.status_code == 303
    assert ws.store.head != head
    assert VNI in str(ws.store.record(ws.store.version).docs)


def test_the_tick_is_offered_only_where_words_are_refused_for_their_letters(
    visit: Visit, ws: Workspace
) -> None:
    office = visit("qt")
    for path in ("/quan-tri/ky", "/quan-tri/nguoi-dung", "/quan-tri/don-vi/xa-an-phu/doi-ten"):
        assert "chu_nguyen" not in office.client.get(path).text
    wrong = {"people": "Lê An; ở đâu", "roles": "enter"}
    assert "chu_nguyen" not in office.post("/quan-tri/nguoi-dung", **wrong).text
    never = {"people": "L\ufffd An; xa-an-phu", "roles": "enter"}
    assert "chu_nguyen" not in office.post("/quan-tri/nguoi-dung", **never).text


def test_a_new_name_that_is_meant_so_goes_through_the_preview(visit: Visit, ws: Workspace) -> None:
    office, path = visit("qt"), "/quan-tri/don-vi/xa-an-phu/doi-ten"
    fields = {"ngay": "1/12/2018", "can_cu": "Nghị quyết số 1", "ten": "Xaõ An Phuù Ñoâng"}
    answer = office.client.get(f"{path}/xem-truoc", query_string=fields)
    assert answer.status_code == 422
    form = Page(answer.text).form(f"{path}/xem-truoc")
    form["chu_nguyen"] = "1"
    seen = office.client.get(f"{path}/xem-truoc", query_string=form)
    assert seen.status_code == 200
    assert office.client.post(path, data=Page(seen.text).form(path)).status_code == 303
    assert ws.organisation.entered_changes()[0].event.name == "Xaõ An Phuù Ñoâng"


def test_a_sentence_of_the_review_is_asked_about_on_its_card(visit: Visit, ws: Workspace) -> None:
    years_without_plan(ws)
    office = visit("vp")
    card = next(f for _a, f in office.get("/ton-tai").forms if "ma" in f)
    fields = {**card.to_dict(), "viec": "cau", "cau": VNI}
    answer = office.client.post("/ton-tai", data=fields)
    assert answer.status_code == 422
    assert "phông cũ (VNI-Times)" in Page(answer.text).words
    assert 'name="chu_nguyen"' in answer.text
    answer = office.client.post("/ton-tai", data={**fields, "chu_nguyen": "1"})
    assert "phông cũ" not in Page(answer.text).words  # now only the figures are missed in it


@pytest.mark.parametrize("scope", ["kinds=nothing", "x", "kinds", "a=b;c=d", "sectors=1"])
def test_an_odd_scope_is_no_page(visit: Visit, scope: str) -> None:
    visit("vp").get(f"/chi-tieu/res20.B1?pham-vi={scope}", 404)
