"""*Thêm đơn vị từ danh sách*: pasted or a file, a preview first, then all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor

LIST = "/quan-tri/don-vi/danh-sach"
Visit = Callable[..., Visitor]
TEXT = "TT\tTên đơn vị\tLoại\tGhi chú\nI\tKhối trường học\n1\tTrường THCS An Phú\n2\tTrạm Y tế\ttrạm y tế\n"


def send(who: Visitor, action: str = LIST, **fields: object) -> Page:
    posted = {**who.get(LIST).form(action).to_dict(), **fields}
    kind = "application/x-www-form-urlencoded" if action == LIST else "multipart/form-data"
    answer = who.client.post(action, data=posted, content_type=kind)
    return who.get(answer.headers["Location"]) if answer.status_code == 303 else Page(answer.text)


def test_a_pasted_list_is_shown_first_and_then_added(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    assert f"{LIST}?duoi=huyen" in who.get("/quan-tri/don-vi").links
    seen = send(who, danh_sach=TEXT, duoi="xa-an-phu", viec="xem")
    assert "Sẽ thêm 2 đơn vị" in seen.words
    assert "Dòng 2: “Khối trường học” là nhóm, không phải đơn vị." in seen.words
    assert "Các cột không dùng đến: Ghi chú." in seen.words
    assert "truong-thcs-an-phu" not in ws.units
    again = seen.form(LIST)
    again.setlist("viec", ["them"])
    answer = who.client.post(LIST, data=again)
    assert answer.headers["Location"] == "/quan-tri/don-vi"
    school = ws.units["truong-thcs-an-phu"]
    assert (school.kind, school.kind.like, school.parent) == ("school", "agency", "xa-an-phu")
    assert [u.code for u in ws.units.children("xa-an-phu")][-2:] == [
        "truong-thcs-an-phu",
        "tram-y-te",
    ], "behind those that were there"
    assert "Trường học" in who.get("/quan-tri/don-vi/truong-thcs-an-phu").words


def test_a_file_becomes_the_list(ws: Workspace, visit: Visit) -> None:
    data = "Tên;Loại\nTrường Mầm non;trường học\n".encode("utf-8-sig")
    seen = send(visit("qt"), f"{LIST}/tep", tep=(BytesIO(data), "đv.csv"))
    assert "Sẽ thêm 1 đơn vị" in seen.words
    assert seen.form(LIST)["danh_sach"].splitlines() == ["Tên\tLoại", "Trường Mầm non\ttrường học"]


def test_what_cannot_be_read_is_told_with_the_words_kept(ws: Workspace, visit: Visit) -> None:
    before = ws._state.store.version
    who = visit("qt")
    for text, said in (
        ("Tên\tLoại\nA\tlàng nghề\nB\ttổ dân cư\n", "không rõ loại “làng nghề” (dòng 2)"),
        ("Mã\tTên\nxa-an-phu\tXã\n", "đã có rồi"),
        ("Tên\tLoại\nX? An\txã\n", "Mất chữ có dấu"),
        ("", "Danh sách không có đơn vị nào"),
    ):
        seen = send(who, danh_sach=text, viec="them")
        assert seen.title.startswith("Lỗi: "), text
        assert said in seen.words, seen.words
        assert seen.form(LIST)["danh_sach"].strip() == text.strip()
    assert send(who, danh_sach="Xã A", duoi="gone", viec="xem").title.startswith("Lỗi: ")
    assert ws._state.store.version == before


def test_three_hundred_units_are_added_at_once(ws: Workspace, visit: Visit) -> None:
    text = "Tên\n" + "".join(f"Chi bộ {n}\n" for n in range(1, 301))
    who = visit("qt")
    assert "Sẽ thêm 300 đơn vị" in send(who, danh_sach=text, viec="xem").words
    send(who, danh_sach=text, viec="them")
    assert len(ws.units.children("huyen")) > 300
