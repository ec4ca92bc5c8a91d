"""*Quản trị › Đơn vị*: each change is seen before it takes effect, made, and taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest

from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from webforms.app import create_app

BASIS = "Nghị quyết số 12/NQ-HĐND, ngày 15/9/2018 của Hội đồng nhân dân tỉnh"
UNITS = "/quan-tri/don-vi"
COMMON = {"ngay": "1/10/2018", "can_cu": BASIS}
MERGE = {**COMMON, "cung": "xa-binh-minh", "vao": "", "ten": "Xã An Bình"}

Visit = Callable[..., Visitor]


def preview(who: Visitor, unit: str, operation: str, fields: dict[str, str]) -> Page:
    return who.get(f"{UNITS}/{unit}/{operation}/xem-truoc?{urlencode(fields)}")


def confirm(who: Visitor, unit: str, operation: str, fields: dict[str, str]) -> Page:
    """Press the button of the preview page and follow where it leads."""
    path = f"{UNITS}/{unit}/{operation}"
    posted = preview(who, unit, operation, fields).form(path)
    answer = who.client.post(path, data=posted)
    assert answer.status_code == 303, Page(answer.text).words
    return who.get(answer.headers["Location"])


def test_the_tree_is_shown_indented_and_searched_without_accents(visit: Visit) -> None:
    page = visit("qt").get(UNITS)
    assert "Xã An Phú" in page.words
    assert [a["class"] for tag, a in page.elements if a.get("class", "").startswith("bac-")][
        :2
    ] == ["bac-0", "bac-1"]
    for text in ("binh minh", "BÌNH MINH", "xa-binh-minh"):
        found = visit("qt").get(f"{UNITS}?tim={text}")
        assert f"{UNITS}/xa-binh-minh" in found.links
    assert "Không có đơn vị" in visit("qt").get(f"{UNITS}?tim=nowhere").words


@pytest.mark.parametrize(
    ("unit", "operation", "fields", "says"),
    [
        (
            "xa-an-phu",
            "doi-ten",
            {"ten": "Xã An Phú Đông"},
            "mang tên Xã An Phú Đông từ ngày 01/10",
        ),
        ("xa-an-phu", "sap-nhap", MERGE, "Xã An Phú và Xã Bình Minh sáp nhập thành Xã An Bình"),
        (
            "xa-an-phu",
            "sap-nhap",
            {**MERGE, "vao": "xa-an-phu", "ten": ""},
            "Xã Bình Minh sáp nhập thành Xã An Phú",
        ),
        (
            "xa-an-phu",
            "chia-tach",
            {"ten_1": "Xã An Đông", "ty_le_1": "3/5", "ten_2": "Xã An Tây", "ty_le_2": "40%"},
            "Xã An Phú chia thành Xã An Đông (60%) và Xã An Tây (40%)",
        ),
        (
            "xa-an-phu",
            "dieu-chinh",
            {"toi": "xa-dong-ha"},
            "Một phần của Xã An Phú điều chỉnh sang Xã Đông Hà",
        ),
        ("htx-dong-ha", "chuyen", {"toi": "xa-phuoc-son"}, "trực thuộc Xã Phước Sơn"),
        ("ubkt", "doi-loai", {"loai": "organisation"}, "chuyển sang loại Đoàn thể"),
        ("xa-an-phu", "thanh-lap", {"ten": "HTX Mới", "loai": "cooperative.non_state"}, "HTX Mới"),
        ("xa-an-phu", "ket-thuc", {}, "Xã An Phú kết thúc hoạt động từ ngày 01/10/2018"),
    ],
)
def test_each_operation_is_previewed_made_and_taken_back(
    ws: Workspace,
    visit: Visit,
    unit: str,
    operation: str,
    fields: dict[str, str],
    says: str,
) -> None:
    who, before = visit("qt"), dict(ws.units)
    seen = ws.store.version
    form = who.get(f"{UNITS}/{unit}/{operation}")
    asked = form.form(f"{UNITS}/{unit}/{operation}/xem-truoc")
    assert set(fields) - {"cung", "giu"} <= set(asked)
    page = preview(who, unit, operation, {**COMMON, **fields})
    assert says in page.words
    assert BASIS in page.words
    assert ws.store.version == seen
    after = confirm(who, unit, operation, {**COMMON, **fields})
    assert "Đã ghi" in after.words
    assert ws.catalogue.changes
    (change,) = {e.event.id: e for e in ws.organisation.entered_changes()}.values()
    undone = who.post(f"{UNITS}/thay-doi/{change.event.id}/hoan-tac")
    assert undone.status_code == 303
    assert "Đã hoàn tác" in who.get(UNITS).words
    assert (dict(ws.units), ws.catalogue.changes) == (before, {})


def test_the_preview_of_a_merge_says_what_closes_opens_and_moves(visit: Visit) -> None:
    words = preview(visit("qt"), "xa-an-phu", "sap-nhap", MERGE).words
    assert "Số liệu kỳ trước giữ nguyên theo tên cũ; báo cáo so sánh quy đổi về cơ cấu mới" in words
    assert "không còn, từ Quý IV/2018" in words
    assert "từ Quý IV/2018, hạn 10/01/2019" in words
    assert "Đặng Thị Mai (xa): Xã An Phú → Xã An Bình, từ ngày 01/10/2018" in words
    assert "cộng chính xác" in words
    assert "báo cáo các kỳ trước chưa gửi" in words


def test_the_preview_warns_of_a_report_that_was_sent_within_the_old_boundaries(
    demo_folder: Path, tmp_path: Path
) -> None:
    with open_workspace(shutil.copytree(demo_folder, tmp_path / "ws")) as ws:
        who = Visitor(create_app(ws).test_client())
        who.sign_in("vanphong", "demo-2018")
        fields = {**COMMON, "ngay": "1/9/2018", "cung": "xa-vinh-thuan", "vao": "xa-vinh-thuan"}
        seen = ws.monitoring.board("res20.q", period="2018-Q3").groups
        words = preview(who, "xa-hoa-loi", "sap-nhap", fields).words
    sent = {u.code for group in seen for u, cells in group.rows if cells[-1] and cells[-1].sent}
    assert "xa-vinh-thuan" in sent
    assert (
        "Xã Vĩnh Thuận đã gửi báo cáo Quý III/2018 theo địa giới cũ; Xã Hòa Lợi không còn phải gửi báo cáo "
        "kỳ này: số liệu của phần đó sẽ thiếu. Mở lại báo cáo hoặc chọn ngày sau kỳ này."
    ) in words


@pytest.mark.parametrize(
    ("operation", "fields", "says"),
    [
        ("sap-nhap", {"ngay": "31/9/2018"}, "không có trong lịch"),
        ("sap-nhap", {"can_cu": " "}, "Ghi văn bản"),
        ("sap-nhap", {"cung": ""}, "Chọn ít nhất hai đơn vị"),
        ("sap-nhap", {"ten": ""}, "Ghi tên đơn vị"),
        ("chia-tach", {"ten_1": "A", "ty_le_1": "60%", "ten_2": "B", "ty_le_2": "30%"}, "90%"),
        ("chia-tach", {"ten_1": "A", "ty_le_1": "nửa"}, "3/5"),
        ("chia-tach", {"ten_1": "A"}, "ít nhất hai đơn vị"),
        ("doi-ten", {"ten": "X", "ngay": "1/1/1800"}, "Kiểm tra lại năm"),
        ("sap-nhap", {"ngay": "1/1/2010", "cung": "dn-giay-vinh-thuan"}, "Chọn ngày khác"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    visit: Visit, operation: str, fields: dict[str, str], says: str
) -> None:
    typed = {**MERGE, **fields}
    if not typed["cung"]:
        del typed["cung"]
    answer = visit("qt").client.get(f"{UNITS}/xa-an-phu/{operation}/xem-truoc?{urlencode(typed)}")
    page = Page(answer.text)
    assert answer.status_code == 422
    assert says in page.words
    assert page.title.startswith("Lỗi: ")
    assert page.with_id("ngay")["value"] == typed["ngay"]


def test_the_undecided_is_listed_and_decided_with_a_document(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    page = preview(who, "ban-tuyen-giao", "ket-thuc", COMMON)
    assert "Nhiệm vụ Tiếp tục phổ biến" in page.words
    confirm(who, "ban-tuyen-giao", "ket-thuc", COMMON)
    assert "Chưa xác định" in who.get(UNITS).words
    board = visit("vp").get("/tien-do?mau=hu.nv").words
    assert "Ô ghi “Chưa rõ” là báo cáo chưa xác định đơn vị kế thừa." in board
    assert "Ban Tuyên giáo Huyện ủy kết thúc hoạt động từ ngày 01/10/2018." not in board
    path = f"{UNITS}/ke-thua"
    fields = who.get(path).form(path)
    fields["quyet.task:hu.G1:ban-tuyen-giao"] = "inherit:ban-to-chuc"
    refused = who.client.post(path, data=fields)
    assert refused.status_code == 422
    assert "Ghi văn bản" in Page(refused.text).words
    fields["can_cu"] = BASIS
    assert who.client.post(path, data=fields).status_code == 303
    assert ws.catalogue.task_at("hu.G1", ws.today).responsible == "ban-to-chuc"
    assert "task:hu.G1:ban-tuyen-giao" not in {q.id for q in ws.organisation.open_duties()}


def test_decisions_can_be_taken_on_the_preview_page(ws: Workspace, visit: Visit) -> None:
    who, path = visit("qt"), f"{UNITS}/xa-an-phu/sap-nhap"
    posted = preview(who, "xa-an-phu", "sap-nhap", MERGE).form(path)
    assert posted["quyet.reports::xa-an-phu"] == ""
    posted["quyet.reports::xa-an-phu"] = "inherit:xa-an-binh"
    assert who.client.post(path, data=posted).status_code == 303
    assert {q.id for q in ws.organisation.open_duties()} >= {"reports::xa-binh-minh"}
    assert "reports::xa-an-phu" not in {q.id for q in ws.organisation.open_duties()}
    visitor = visit("xa")
    assert visitor.get("/bao-cao/2018-Q3_res20.q_xa-an-phu/nhap")


def test_undo_is_refused_after_the_first_report_under_the_new_units(
    ws: Workspace, visit: Visit
) -> None:
    who = visit("qt")
    early = {**MERGE, "ngay": "1/7/2018"}
    confirm(who, "xa-an-phu", "sap-nhap", early)
    ws.save_draft("xa-an-binh", "res20.q", "2018-Q3", {"A1": "1"}, by="xa")
    page = who.get(UNITS)
    assert "thay đổi được giữ nguyên" in page.words
    (change,) = ws.organisation.entered_changes()
    who.post(f"{UNITS}/thay-doi/{change.event.id}/hoan-tac")
    assert "Không hoàn tác được nữa" in who.get(UNITS).words
    assert ws.organisation.entered_changes() == (change,)


def test_a_unit_that_has_ended_is_shown_with_its_past_and_offers_no_operation(
    visit: Visit,
) -> None:
    who = visit("qt")
    confirm(who, "xa-an-phu", "sap-nhap", MERGE)
    page = who.get(f"{UNITS}/xa-an-phu")
    assert "Kết thúc ngày 01/10/2018" in page.words
    assert not [link for link in page.links if link.endswith("/doi-ten")]
    who.get(f"{UNITS}/xa-an-phu/doi-ten", 404)
    who.get(f"{UNITS}/xa-an-binh/doi-ten")
    who.get(f"{UNITS}/xa-an-binh/no-such-thing", 404)
    who.get(f"{UNITS}/no-such-unit", 404)


def test_people_of_a_divided_unit_finish_its_reports_until_somebody_says_where_they_go(
    ws: Workspace, visit: Visit
) -> None:
    parts = {**COMMON, "ngay": "1/10/2018", "ten_1": "Xã An Đông", "ten_2": "Xã An Tây"}
    who = visit("qt")
    said = preview(who, "xa-an-phu", "chia-tach", parts).words
    assert "ở lại Xã An Phú cho đến khi xác định" in said
    assert "không tách được số liệu kỳ trước của Xã An Phú; số đó để ở Huyện Tân Hòa" in said
    confirm(who, "xa-an-phu", "chia-tach", parts)
    clerk = visit("xa")
    assert "Quý III/2018" in clerk.get("/").words
    path = "/bao-cao/2018-Q3_res20.q_xa-an-phu/nhap"
    assert clerk.press(path, "luu", {"A1": "4"}).status_code == 303
    questions = f"{UNITS}/ke-thua"
    fields = who.get(questions).form(questions)
    fields["quyet.reports::xa-an-phu"] = "inherit:xa-an-dong"
    fields["can_cu"] = BASIS
    assert who.client.post(questions, data=fields).status_code == 303
    assert ws.account("xa").unit == "xa-an-dong"
    saved = clerk.press(path, "luu", {"A1": "5"})
    assert saved.status_code == 303, Page(saved.text).words[:900]
