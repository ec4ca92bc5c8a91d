"""A report from the empty form to the total, as somebody without JavaScript does it."""

from __future__ import annotations

from nqcore.collection.archive.integrity import read_receipt
from nqcore.workspace.facade import Workspace
from tests.support.visitor import SIGN_OUT, Page
from tests.webforms.conftest import QUARTER

FILL, CHECK, SHOW, REVIEW = (
    f"/bao-cao/{QUARTER}/nhap",
    f"/bao-cao/{QUARTER}/kiem-tra",
    f"/bao-cao/{QUARTER}",
    f"/duyet/{QUARTER}",
)


def test_from_the_empty_form_to_the_total(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    assert "/bao-cao/2018-Q3_res20.q_dn-may-binh-minh/nhap#A1" in unit.get("/").links

    # Enter presses the first button of the form: it must save, never send.
    buttons = [attrs for tag, attrs in unit.get(FILL).elements if tag == "button"]
    buttons = [one for one in buttons if one.get("form") != SIGN_OUT]
    assert buttons[0]["value"] == "luu"

    answer = unit.press(FILL, "kiem_tra", {"B1": "1.310", "B5": "1.234,5"})
    assert answer.status_code == 303
    assert answer.location == FILL + "?loi=1"
    page = unit.get(answer.location)
    assert page.title.startswith("Lỗi: ")
    assert "17 ô còn trống" in page.words
    assert page.form(FILL)["B1"] == "1.310"
    assert page.form(FILL)["B5"] == "1.234,5"

    assert unit.press(FILL, "ghi0").status_code == 303
    assert unit.press(FILL, "kiem_tra").location == CHECK
    sent = unit.client.post(CHECK, data=unit.get(CHECK).form(CHECK))
    assert (sent.status_code, sent.location) == (303, SHOW)
    receipt = unit.get(SHOW)
    assert "Đã gửi báo cáo" in receipt.words
    assert "Mã tiếp nhận: 2018Q3-" in receipt.words
    assert "trước hạn 5 ngày" in receipt.words
    # What `nq verify --receipt` takes stands on it, too.
    proof = receipt.words.partition("Mã đối chiếu: ")[2].split()[0]
    assert ws.store.verify([read_receipt(proof)]).ok
    assert "Đã gửi báo cáo Mã tiếp nhận" not in unit.get(SHOW).words

    # Sent, but not accepted: the total does not move.
    assert ws.figure("res20.B1", "2018-Q3").value is None
    assert REVIEW in office.get("/duyet").links
    fields = office.get(REVIEW).form(REVIEW)
    fields["viec"] = "tra"
    empty = office.client.post(REVIEW, data=fields)
    assert empty.status_code == 422
    assert "Trả lại phải có ý kiến. Ghi rõ cần sửa gì." in empty.text
    fields["y_kien.B1"] = "Kiểm tra lại <số> lao động"
    assert office.client.post(REVIEW, data=fields).status_code == 303

    work = unit.get("/")
    assert "Chỉnh sửa báo cáo Quý III/2018" in work.words
    assert "Gửi lại trước 9/10" in work.words
    page = unit.get(FILL)
    assert page.words.count("Kiểm tra lại <số> lao động") == 2
    assert unit.press(FILL, "kiem_tra", {"B1": "1310"}).location == CHECK
    assert unit.press(FILL, "kiem_tra", {"B1": "1.295"}).location == CHECK
    unit.client.post(CHECK, data=unit.get(CHECK).form(CHECK))

    page = office.get(REVIEW)
    assert "đã đổi 1.310 → 1.295" in page.words
    fields = page.form(REVIEW)
    fields["viec"] = "duyet"
    assert office.client.post(REVIEW, data=fields).location == "/duyet"
    assert "Đã duyệt báo cáo của Công ty TNHH May Bình Minh. Còn 0" in office.get("/duyet").words

    assert "Duyệt" in office.get("/tien-do").words
    figure = office.get("/chi-tieu/res20.B1?ky=2018-Q3")
    assert "Quý III/2018: 1.295 người" in figure.words
    assert "1/11 báo cáo" in figure.words
    assert "Báo cáo chưa có không tính là 0." in figure.words
    assert SHOW in figure.links
    history = unit.get(SHOW).words
    for step in ("Lưu nháp", "Gửi báo cáo", "Trả lại để chỉnh sửa", "Duyệt"):
        assert step in history
    assert "B1: 1.310 → 1.295" in history


def test_withdrawing(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    unit.client.post(CHECK, data=unit.get(CHECK).form(CHECK))
    back = SHOW + "/thu-hoi"
    answer = unit.client.post(back, data=unit.get(SHOW).form(back))
    assert answer.location == FILL
    assert "Đã thu hồi. Báo cáo trở lại bản nháp" in unit.get(FILL).words
    assert REVIEW not in office.get("/duyet").links

    unit.client.post(CHECK, data=unit.get(CHECK).form(CHECK))
    ws.accept(QUARTER, by="vp")
    assert unit.post(SHOW + "/thu-hoi").location == SHOW
    assert "liên hệ đồng chí Trần Văn Nam để mở lại" in unit.get(SHOW).words

    refused = office.post(SHOW + "/mo-lai", reason="")
    assert refused.status_code == 422
    assert "Trả lại phải có ý kiến" in Page(refused.text).words
    again = {**office.get(SHOW).form(SHOW + "/mo-lai").to_dict(), "reason": "Nhầm kỳ"}
    office.client.post(SHOW + "/mo-lai", data=again)
    assert "Mở lại để chỉnh sửa: Nhầm kỳ" in unit.get(FILL).words


def test_what_cannot_be_read_is_kept_and_explained(visit):
    unit = visit("dn")
    typed = {"A1": "27 ngươi", "A2": "12.34,5", "B1": "27,5", "B2": "-3", "B5": "1.026"}
    assert unit.press(FILL, "luu", typed).status_code == 303
    page = unit.get(FILL)
    for name, text in typed.items():
        assert page.form(FILL)[name] == text.replace("-", "−") or page.form(FILL)[name] == text
    assert "A1. Ô này tính bằng cuộc; “27 ngươi” có chữ khác." in page.words
    assert "A2. Không đọc được “12.34,5”. Viết lại theo mẫu" in page.words
    assert "B1. Nhập số nguyên, không có phần thập phân. Đơn vị đã nhập 27,5." in page.words
    assert "B2. Nhập số từ 0 trở lên." in page.words
    assert page.with_id("A1")["aria-invalid"] == "true"
    assert not page.title.startswith("Lỗi")


def test_a_part_larger_than_its_whole(visit):
    unit = visit("dn")
    unit.press(FILL, "luu", {"B1": "100", "B1.1": "101"})
    assert "không thể lớn hơn" in unit.get(FILL).words


def test_a_jump_asks_for_an_explanation_and_does_not_block(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    before = "2018-Q2_res20.q_dn-may-binh-minh"
    page = f"/bao-cao/{before}/nhap"
    unit.press(page, "ghi0", {"B1": "100", "B2": "10"})
    ws.send(before, by="dn")
    assert unit.get(FILL).words.count("100") >= 1
    unit.press(FILL, "ghi0", {"B1": "100", "B2": "100"})
    shown = unit.get(FILL)
    assert "Tăng 900% so với kỳ trước (10); nếu đúng, đơn vị ghi giải trình." in shown.words
    assert unit.press(FILL, "kiem_tra", {"giai_trinh.B2": "Đóng bù cả năm"}).location == CHECK
    check = unit.get(CHECK)
    assert "số nên xem lại (vẫn gửi được)" in check.words
    assert "“Đóng bù cả năm”" in check.words
    unit.client.post(CHECK, data=check.form(CHECK))
    assert "Đơn vị giải trình: “Đóng bù cả năm”" in office.get(REVIEW).words


def test_copying_the_last_period_fills_only_empty_boxes(visit, ws: Workspace):
    unit = visit("dn")
    before = "2018-Q2_res20.q_dn-may-binh-minh"
    unit.press(f"/bao-cao/{before}/nhap", "ghi0", {"B1": "100", "B2": "90"})
    ws.send(before, by="dn")
    unit.press(FILL, "chep", {"B1": "77"})
    form = unit.get(FILL).form(FILL)
    assert (form["B1"], form["B2"], form["A1"]) == ("77", "90", "0")


def test_ticks_documents_and_tasks(visit, ws: Workspace):
    unit = visit("dn")
    fields = unit.get(FILL).form(FILL)
    fields.setlist("K1", ["chu-dn", "kinh-phi"])
    fields.setlist("viec", ["luu"])
    unit.client.post(FILL, data=fields)
    checked = [a["value"] for t, a in unit.get(FILL).elements if t == "input" and "checked" in a]
    assert checked == ["chu-dn", "kinh-phi"]

    commune, year = visit("xa"), "/bao-cao/2017_res20.y_xa-an-phu/nhap"
    commune.press(year, "luu", {"VB1.number": "05-KH/ĐU", "VB1.date": "31/9/2017"})
    page = commune.get(year)
    assert page.form(year)["VB1.date"] == "31/9/2017"
    assert "không có trong lịch. Nhập lại theo mẫu 15/9/2018." in page.words
    commune.press(year, "luu", {"VB1.date": "28/9/17"})
    assert commune.get(year).form(year)["VB1.date"] == "28/9/2017"

    form = ws.catalogue.form("hu.nv")
    office = visit("tg")
    task = f"/bao-cao/2017_{form.id}_ban-tuyen-giao/nhap"
    names = [n for n in office.get(task).form(task) if n.endswith(".status")]
    assert names
    office.press(task, "luu", {names[0]: "doing", names[0].replace("status", "note"): "Xong 1/2"})
    assert office.get(task).form(task)[names[0]] == "doing"


def test_a_report_of_an_earlier_period_is_listed(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "ghi0", {"B1": "1.310"})
    assert "1.310" in unit.get("/bao-cao").words
