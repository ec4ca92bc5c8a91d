"""The reviewer's part: the queue, remarks, returning, accepting with undo, accepting several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from nqcore.collection.accounts.access import ADMIN_ROLES
from nqcore.collection.submissions.leader_signoff import LeaderFirst
from nqcore.collection.submissions.step_rules import BehalfReasonMissing, UndoOver
from nqcore.workspace.facade import Workspace
from tests.support.small import Now
from tests.support.twenty import NOW, PASSWORD, REPORT, THIS, app_of, make
from tests.support.visitor import Page, Visitor

OTHER = REPORT.replace("xa-bm", "xa-ap")
FILL, CHECK, SHOW, REVIEW = (
    f"/bao-cao/{REPORT}/nhap",
    f"/bao-cao/{REPORT}/kiem-tra",
    f"/bao-cao/{REPORT}",
    f"/duyet/{REPORT}",
)


@pytest.fixture
def clock() -> Now:
    return Now(NOW)


@pytest.fixture(params=[False])
def ws(
    tmp_path: Path, keys: Path, clock: Now, request: pytest.FixtureRequest
) -> Iterator[Workspace]:
    with make(tmp_path / "ws", leader=request.param, clock=clock) as found:
        yield found


with_leader = pytest.mark.parametrize("ws", [True], indirect=True)


@pytest.fixture
def visit(ws: Workspace) -> Callable[[str], Visitor]:
    app = app_of(ws)

    def make_visitor(login: str) -> Visitor:
        visitor = Visitor(app.test_client())
        assert visitor.sign_in(login, PASSWORD).status_code == 303
        return visitor

    return make_visitor


def with_(fields: MultiDict[str, str], changes: dict[str, str]) -> MultiDict[str, str]:
    """The fields of a form with others typed in."""
    found = fields.copy()
    for name, text in changes.items():
        found.setlist(name, [text])
    return found


def send(ws: Workspace, unit: str = "xa-bm", **changes: str) -> str:
    """That unit's report of the quarter, sent; the explanations are those of an honest clerk."""
    by = {"xa-bm": "hoa", "xa-ap": "mai"}[unit]
    draft = ws.save_draft(unit, "muoi.q", "2018-Q3", dict(THIS) | changes, by=by)
    ws.send(draft, by=by)
    return draft.submission


# -- the queue -----------------------------------------------------------------------------------


def test_the_queue_goes_by_age_or_by_what_there_is_to_look_at(visit, ws: Workspace, clock: Now):
    send(ws)
    clock.moment += timedelta(hours=1)
    send(ws, "xa-ap")
    ws.withdraw(REPORT, by="hoa")
    clock.moment += timedelta(hours=1)
    send(ws, B6="50", D3="0")
    nam = visit("nam")
    oldest, risk = (nam.get(path).words for path in ("/duyet", "/duyet?xep=nen-xem"))
    assert oldest.index("Đảng ủy xã An Phú") < oldest.index("Đảng ủy xã Bình Minh")
    assert risk.index("Đảng ủy xã Bình Minh") < risk.index("Đảng ủy xã An Phú")


def test_only_reports_without_unusual_figures_are_accepted_together(visit, ws: Workspace):
    odd, plain = send(ws, B6="50"), send(ws, "xa-ap")
    nam = visit("nam")
    page = nam.get("/duyet")
    boxes = [a["name"] for t, a in page.elements if t == "input" and a.get("type") == "checkbox"]
    assert boxes == [f"chon.{plain}"]
    fields = {f"chon.{id}": str(ws.entry.sheet(id).base) for id in (odd, plain)}
    assert nam.post("/duyet", **fields).location == "/duyet"
    words = nam.get("/duyet").words
    assert "Đã duyệt 1 báo cáo. Còn 1 báo cáo chờ duyệt." in words
    assert "Chưa duyệt, cần xem từng báo cáo: Đảng ủy xã Bình Minh." in words
    assert [ws.entry.sheet(id).obligation.state for id in (odd, plain)] == ["sent", "accepted"]


def test_a_report_that_changed_since_the_list_was_shown_is_not_accepted(visit, ws: Workspace):
    plain = send(ws, "xa-ap")
    seen = ws.entry.sheet(plain).base
    ws.withdraw(plain, by="mai")
    send(ws, "xa-ap", A1="8")
    nam = visit("nam")
    nam.post("/duyet", **{f"chon.{plain}": str(seen)})
    assert ws.entry.sheet(plain).obligation.state == "sent"
    nam.post("/duyet")
    assert "Chưa chọn báo cáo nào. Chọn ít nhất một báo cáo." in nam.get("/duyet").words


# -- accept, and take it back ----------------------------------------------------------------------


def _accept(nam: Visitor) -> str:
    fields = nam.get(REVIEW).form(REVIEW)
    fields["viec"] = "duyet"
    return nam.client.post(REVIEW, data=fields).location


def test_an_acceptance_can_be_taken_back_for_ten_minutes(visit, ws: Workspace, clock: Now):
    send(ws)
    other = send(ws, "xa-ap")
    nam = visit("nam")
    assert _accept(nam) == f"/duyet/{other}"
    page = nam.get(f"/duyet/{other}")
    assert "Đã duyệt báo cáo của Đảng ủy xã Bình Minh. Còn 1 báo cáo chờ duyệt." in page.words
    undo = page.form("/duyet/hoan-tac")
    clock.moment += timedelta(minutes=10)
    assert nam.client.post("/duyet/hoan-tac", data=undo).location == REVIEW
    assert "Đã hoàn tác, trở lại chờ duyệt: Đảng ủy xã Bình Minh." in nam.get(REVIEW).words
    assert [r.step.value for r in ws.submissions.revisions(REPORT)] == [
        "save",
        "send",
        "accept",
        "undo",
    ]
    _accept(nam)
    clock.moment += timedelta(minutes=11)
    nam.client.post("/duyet/hoan-tac", data=undo)
    assert "trong 10 phút. Mở lại báo cáo và ghi lý do." in nam.get("/duyet").words
    assert ws.entry.sheet(REPORT).obligation.state == "accepted"


def test_nobody_takes_back_what_another_accepted(ws: Workspace):
    from nqcore.collection.accounts.access import Role

    ws.accounts.add("ba", "Bà", "huyen", [Role.APPROVE], units=ws.units, by="test", at=ws.clock())
    send(ws)
    ws.accept(REPORT, by="nam")
    with pytest.raises(UndoOver):
        ws.submissions.undo(REPORT, by="ba")


# -- remarks ----------------------------------------------------------------------------------------


def test_remarks_beside_the_button_that_accepts_are_not_dropped(visit, ws: Workspace):
    send(ws, B6="50")
    nam = visit("nam")
    fields = nam.get(REVIEW).form(REVIEW)
    typed = {"y_kien.": "Xem lại cả báo cáo", "y_kien.B6": "Kiểm tra lại"}
    answer = nam.client.post(REVIEW, data=with_(fields, typed | {"viec": "duyet"}))
    assert answer.status_code == 422
    again = Page(answer.text)
    assert "báo cáo được duyệt thì không kèm ý kiến" in again.words
    form = again.form(REVIEW)
    assert {name: form[name] for name in typed} == typed
    form = with_(form, dict.fromkeys(typed, " ") | {"viec": "duyet"})
    assert nam.client.post(REVIEW, data=form).status_code == 303
    assert ws.entry.sheet(REPORT).obligation.state == "accepted"


def test_remarks_stand_at_the_cells_and_what_became_of_them_shows_by_itself(visit, ws: Workspace):
    send(ws, B6="50", N1="Tốt.")
    hoa, nam = visit("hoa"), visit("nam")
    fields = nam.get(REVIEW).form(REVIEW)
    # 18 September is a Tuesday: two working days later.
    assert fields["ngay"] == "20/9/2018"
    said = {"y_kien.B6": "Kiểm tra lại số giới thiệu", "y_kien.N1": "Viết rõ hơn"}
    fields = with_(fields, said | {"viec": "tra"})
    assert nam.client.post(REVIEW, data=fields).location == "/duyet"
    page = hoa.get(FILL)
    assert "Trần Văn Nam trả lại để chỉnh sửa – 2 ý kiến" in page.words
    assert page.words.count("Kiểm tra lại số giới thiệu") == 2
    hoa.press(FILL, "luu", {"B6": "5"})
    page = hoa.get(FILL)
    assert page.words.count("đã đổi 50 → 5") == 2
    check = hoa.get(CHECK)
    assert "Còn 1 ý kiến của cấp trên chưa xử lý: N1. Vẫn gửi được." in check.words
    hoa.client.post(CHECK, data=check.form(CHECK))
    page = nam.get(REVIEW)
    assert "Ý kiến lần trước: “Kiểm tra lại số giới thiệu” đã đổi 50 → 5" in page.words
    assert "Ý kiến lần trước: “Viết rõ hơn” chưa đổi" in page.words
    # Taking the report back and sending it once more loses nothing of that.
    ws.withdraw(REPORT, by="hoa")
    ws.send(REPORT, by="hoa")
    assert "đã đổi 50 → 5" in nam.get(REVIEW).words


def test_what_was_corrected_stands_first_and_so_does_what_was_changed_besides(visit, ws: Workspace):
    send(ws, B6="50", N1="Tốt.")
    hoa, nam = visit("hoa"), visit("nam")
    assert "Từ lần trả lại" not in nam.get(REVIEW).words
    said = {"y_kien.B6": "Kiểm tra lại số giới thiệu", "viec": "tra"}
    nam.client.post(REVIEW, data=with_(nam.get(REVIEW).form(REVIEW), said))
    before = hoa.get(FILL).form(FILL)["A1"]
    hoa.press(FILL, "luu", {"B6": "5", "A1": "77", "N1": "Tốt hơn."})
    hoa.client.post(CHECK, data=hoa.get(CHECK).form(CHECK))
    words = nam.get(REVIEW).words
    first = words[words.index("Từ lần trả lại: 1 mục có ý kiến, 2 mục khác đã đổi") :]
    first = first[: first.index("Nên xem trước")]
    assert "đã đổi 50 → 5" in first
    assert f"Không có ý kiến: đã đổi {before} → 77" in first
    assert words.count("đã đổi 50 → 5") == 1
    assert "đã đổi Tốt. → Tốt hơn." in first
    (link,) = [one for one in nam.get(REVIEW).links if one.startswith("#m-")]
    assert nam.get(REVIEW).with_id(link[1:])
    assert "Không có ý kiến: đã đổi Tốt. → Tốt hơn." in words


def test_a_remark_is_answered_with_words_and_the_figure_stays(visit, ws: Workspace):
    send(ws, B6="50", N1="Tốt.")
    hoa, nam = visit("hoa"), visit("nam")
    said = {"y_kien.B6": "Có nhầm không?", "y_kien.N1": "Viết rõ hơn", "viec": "tra"}
    nam.client.post(REVIEW, data=with_(nam.get(REVIEW).form(REVIEW), said))
    page = hoa.get(FILL)
    assert page.words.count("Trả lời ý kiến") == 2
    answers = {"giai_trinh.B6": "Đúng, cả đợt tháng 9", "giai_trinh.N1": "Không có gì thêm"}
    hoa.press(FILL, "luu", answers)
    check = hoa.get(CHECK)
    assert "ý kiến của cấp trên chưa xử lý" not in check.words
    hoa.client.post(CHECK, data=check.form(CHECK))
    words = nam.get(REVIEW).words
    assert "Trả lời ý kiến: “Đúng, cả đợt tháng 9”" in words
    assert "Trả lời ý kiến: “Không có gì thêm”" in words
    assert "Trả lời ý kiến: “Đúng, cả đợt tháng 9”" in hoa.get(f"/bao-cao/{REPORT}").words
    assert ws.entry.sheet(REPORT).obligation.revision.answers["B6"] == 50


def test_an_answer_of_an_earlier_sending_answers_no_new_remark(visit, ws: Workspace):
    send(ws, B6="50")
    hoa, nam = visit("hoa"), visit("nam")
    for remark, answer in (("Có nhầm không?", "Đúng, cả đợt tháng 9"), ("Vẫn chưa rõ", "")):
        said = {"y_kien.B6": remark, "viec": "tra"}
        nam.client.post(REVIEW, data=with_(nam.get(REVIEW).form(REVIEW), said))
        if answer:
            hoa.press(FILL, "luu", {"giai_trinh.B6": answer})
            hoa.client.post(CHECK, data=hoa.get(CHECK).form(CHECK))
    assert "Còn 1 ý kiến của cấp trên chưa xử lý: B6" in hoa.get(CHECK).words


def test_what_a_unit_wrote_on_a_figure_is_shown_beside_the_next_ones(
    visit, ws: Workspace, clock: Now
):
    hoa, nam = visit("hoa"), visit("nam")
    said = {"B1": "từ quý này tính cả chi nhánh"}
    draft = ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="hoa", explanations=said)
    ws.send(draft, by="hoa")
    ws.accept(REPORT, by="nam")
    clock.on("2018-12-20")
    following = REPORT.replace("Q3", "Q4")
    shown = "Quý III/2018 đã giải trình: “từ quý này tính cả chi nhánh”"
    page = hoa.get(f"/bao-cao/{following}/nhap")
    assert page.words.count(shown) == 1
    draft = ws.save_draft("xa-bm", "muoi.q", "2018-Q4", dict(THIS), by="hoa")
    ws.send(draft, by="hoa")
    assert shown in nam.get(f"/duyet/{following}").words
    # The unit that explains the figure anew says what holds now.
    ws.withdraw(following, by="hoa")
    ws.save_draft("xa-bm", "muoi.q", "2018-Q4", dict(THIS), by="hoa", explanations={"B1": "như cũ"})
    assert shown not in hoa.get(f"/bao-cao/{following}/nhap").words


def test_an_accepted_report_is_left_out_of_the_totals_with_a_reason_and_comes_back(
    visit, ws: Workspace
):
    send(ws)
    ws.accept(REPORT, by="nam")
    nam, path = visit("nam"), f"/bao-cao/{REPORT}/mo-lai"
    assert ws.figure("B1", "2018-Q3", "xa-bm").value == 3425
    without = with_(nam.get(SHOW).form(path), {"viec": "loai", "reason": " "})
    assert nam.client.post(path, data=without).status_code == 422
    assert ws.entry.sheet(REPORT).obligation.state == "accepted"
    typed = with_(nam.get(SHOW).form(path), {"viec": "loai", "reason": "Trùng với xã An Phú"})
    assert nam.client.post(path, data=typed).location == SHOW
    page = nam.get(SHOW)
    assert "Trùng với xã An Phú" in page.words
    assert ws.figure("B1", "2018-Q3", "xa-bm").value is None
    assert "Để ngoài số tổng hợp" not in [a.get("value") for _t, a in page.elements]
    back = with_(page.form(path), {"reason": "Không trùng"})
    assert nam.client.post(path, data=back).location == SHOW
    assert ws.entry.sheet(REPORT).obligation.state == "reopened"


def test_why_it_was_reopened_stays_on_the_page_while_it_is_corrected(visit, ws: Workspace):
    send(ws)
    ws.accept(REPORT, by="nam")
    ws.reopen(REPORT, reason="Nhầm kỳ", by="nam")
    hoa = visit("hoa")
    hoa.press(FILL, "luu", {"A1": "8"})
    assert "Mở lại để chỉnh sửa: Nhầm kỳ" in hoa.get(FILL).words


# -- copied figures ---------------------------------------------------------------------------------


def test_copied_figures_stay_marked_until_somebody_has_looked_at_them(visit, ws: Workspace):
    hoa, nam = visit("hoa"), visit("nam")
    hoa.press(FILL, "chep", {"A1": "7"})
    page = hoa.get(FILL)
    assert "Đã chép số kỳ trước vào 19 ô. Soát lại các ô có dấu “chép”. Hoàn tác" in page.words
    assert page.words.count("chép, chưa soát") == 19
    # Another figure takes the mark away; touching the box with the script does, too.
    hoa.press(FILL, "luu", {"A2": "1.310", "da_soat": "A3"})
    assert hoa.get(FILL).words.count("chép, chưa soát") == 17
    check = hoa.get(CHECK)
    assert "17 số chép từ kỳ trước, chưa soát: A4, B1" in check.words
    hoa.client.post(CHECK, data=check.form(CHECK))
    fields = {"viec": "da_soat", "phien_ban": str(ws.entry.sheet(REPORT).base)}
    ws.withdraw(REPORT, by="hoa")
    assert nam.get("/duyet").words
    fields["phien_ban"] = str(ws.entry.sheet(REPORT).base)
    assert hoa.post(CHECK, **fields).location == CHECK
    assert "chưa soát" not in hoa.get(CHECK).words


def test_the_reviewer_sees_what_was_copied_and_never_looked_at(visit, ws: Workspace):
    hoa, nam = visit("hoa"), visit("nam")
    hoa.press(FILL, "chep")
    hoa.client.post(CHECK, data=hoa.get(CHECK).forms[-1][1])
    assert ws.entry.sheet(REPORT).obligation.state == "sent"
    assert "chép, chưa soát" in nam.get(REVIEW).words
    assert not [a for _t, a in nam.get("/duyet").elements if a.get("type") == "checkbox"]


@pytest.mark.parametrize("button", ["ghi0", "chep"])
def test_a_button_that_filled_boxes_can_be_undone_and_keeps_what_was_typed(
    visit, ws: Workspace, button: str
):
    hoa = visit("hoa")
    hoa.press(FILL, button, {"A1": "7", "B5": "27 ngươi"})
    full = hoa.get(FILL).form(FILL)
    assert all(full[label] for label in THIS)
    hoa.press(FILL, "hoan_tac", {"D1": "4"})
    form = hoa.get(FILL).form(FILL)
    assert {label: form[label] for label in THIS if form[label]} == {
        "A1": "7", "B5": "27 ngươi", "D1": "4",
    }  # fmt: skip
    assert not ws.entry.sheet(REPORT).copied


# -- on behalf of a unit -------------------------------------------------------------------------------


def test_whoever_changes_a_unit_s_report_from_above_says_why(visit, ws: Workspace):
    hoa, nam = visit("hoa"), visit("nam")
    hoa.press(FILL, "luu", {"A1": "7"})
    answer = nam.press(FILL, "luu", {"A1": "8"})
    assert answer.status_code == 422
    assert "Đơn vị đã tự nhập báo cáo này. Ghi lý do sửa thay đơn vị." in answer.text
    assert 'value="8"' in answer.text
    assert str(ws.entry.sheet(REPORT).obligation.revision.answers["A1"]) == "7"
    answer = nam.press(FILL, "luu", {"A1": "8", "ly_do": "Đơn vị báo qua điện thoại"})
    assert answer.status_code == 303
    words = hoa.get(f"/bao-cao/{REPORT}").words
    assert "Nhập thay đơn vị: Trần Văn Nam. Lý do: “Đơn vị báo qua điện thoại”" in words
    assert "(nhập thay đơn vị): “Đơn vị báo qua điện thoại”" in words


def test_entering_for_a_unit_that_has_entered_nothing_needs_no_reason(ws: Workspace):
    draft = ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "7"}, by="nam")
    assert draft.on_behalf
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "8"}, by="hoa")
    with pytest.raises(BehalfReasonMissing):
        ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "9"}, by="nam", reason=" ")


def test_a_revision_written_before_there_were_new_steps_and_marks_is_read(ws: Workspace):
    from nqcore.collection.submissions.codec import REVISION

    old = {
        "submission": REPORT, "unit": "xa-bm", "form": "muoi.q", "period": "2018-Q3", "number": 3,
        "state": "accepted", "step": "accept", "answers": {"figures": {"A1": "7"}}, "by": "nam",
        "at": "2018-09-19T08:15:00+07:00", "first_sent": "2018-09-18T08:15:00+07:00",
        "receipt": "2018Q3-0412",
    }  # fmt: skip
    read = REVISION.from_doc(old)
    assert (read.copied, read.on_behalf, read.reason) == ((), False, "")
    # Nothing is added to a document that holds nothing new.
    assert REVISION.to_doc(read) == old


# -- the leader step ------------------------------------------------------------------------------------


@with_leader
def test_the_report_goes_through_the_unit_s_leader(visit, ws: Workspace):
    hoa, leader = visit("hoa"), visit("bithu")
    hoa.press(FILL, "ghi0")
    page = hoa.get(CHECK)
    assert "Gửi báo cáo" not in [a.get("value") for _t, a in page.elements]
    fields = with_(page.forms[-1][1], {"viec": "trinh"})
    assert hoa.client.post(CHECK, data=fields).location == SHOW
    assert "Chờ lãnh đạo duyệt" in hoa.get(f"/bao-cao/{REPORT}").words
    ws.withdraw(REPORT, by="hoa")
    with pytest.raises(LeaderFirst):
        ws.send(REPORT, by="hoa")
    ws.submissions.present(REPORT, by="hoa")
    assert "Xem và gửi báo cáo Quý III/2018" in leader.get("/").words
    fields = with_(leader.get(CHECK).forms[-1][1], {"viec": "chuyen_lai", "ly_do": ""})
    leader.client.post(CHECK, data=fields)
    assert ws.entry.sheet(REPORT).obligation.state == "presented"
    leader.client.post(CHECK, data=with_(fields, {"ly_do": "Xem lại số đoàn viên"}))
    assert "Xem lại số đoàn viên" in hoa.get(FILL).words
    ws.submissions.present(REPORT, by="hoa")
    fields = with_(leader.get(CHECK).forms[-1][1], {"viec": "gui"})
    assert leader.client.post(CHECK, data=fields).location == SHOW
    steps = [r.step.value for r in ws.submissions.revisions(REPORT)]
    assert steps == ["save", "present", "withdraw", "present", "hand_back", "present", "send"]


def test_the_leader_switches_the_step_on_and_off(visit, ws: Workspace):
    hoa, leader = visit("hoa"), visit("bithu")
    assert hoa.post("/tai-khoan/trinh-lanh-dao", bat="1").status_code == 403
    assert leader.post("/tai-khoan/trinh-lanh-dao", bat="1").status_code == 303
    assert "Tắt bước trình lãnh đạo" in leader.get("/tai-khoan").words
    draft = ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="hoa")
    with pytest.raises(LeaderFirst):
        ws.send(draft, by="hoa")
    leader.post("/tai-khoan/trinh-lanh-dao", bat="0")
    ws.send(draft, by="hoa")


@with_leader
def test_a_reviewer_above_sends_for_a_unit_without_its_leader(ws: Workspace):
    draft = ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="nam")
    assert ws.send(draft, by="nam").on_behalf


def test_a_report_that_was_brought_in_from_paper_says_so_instead_of_days_of_delay(
    ws: Workspace, visit: Callable[[str], Visitor]
) -> None:
    owed = ws.submissions.find(REPORT)
    root = ws.settings.root
    ws.accounts.add("qt", "Quản trị", root, ADMIN_ROLES, units=ws.units, by="test", at=NOW)
    ws.submissions.bring_in([(owed, {"A1": "3"})], "Báo cáo số 12-BC/HU", by="qt")
    page = visit("nam").get(REVIEW).text
    assert "số liệu cũ, đã duyệt trên giấy" in page
    assert "Báo cáo số 12-BC/HU" in page
