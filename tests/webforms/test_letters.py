"""Text in an old encoding on the pages: kept as typed, named, and what may be meant is offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import QUARTER

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


@pytest.mark.parametrize("scope", ["kinds=nothing", "x", "kinds", "a=b;c=d", "sectors=1"])
def test_an_odd_scope_is_no_page(visit: Visit, scope: str) -> None:
    visit("vp").get(f"/chi-tieu/res20.B1?pham-vi={scope}", 404)
