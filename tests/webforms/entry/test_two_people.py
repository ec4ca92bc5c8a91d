"""Two people enter figures in one report at the same time: nobody's work is lost unseen."""

from __future__ import annotations

import pytest

from nqcore.workspace.facade import Workspace
from nqcore.workspace.services.submissions import SubmissionService
from tests.support.visitor import Page
from tests.webforms.conftest import QUARTER

FILL = f"/bao-cao/{QUARTER}/nhap"


def _open(visitor):
    fields = visitor.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    if "ly_do" in fields:
        fields["ly_do"] = "Sửa giúp"
    return fields


def test_different_boxes_are_merged(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "luu", {"A1": "1"})
    mine, theirs = _open(unit), _open(office)
    theirs["B1"] = "100"
    office.client.post(FILL, data=theirs)
    mine["B2"] = "50"
    assert unit.client.post(FILL, data=mine).status_code == 303
    form = unit.get(FILL).form(FILL)
    assert (form["A1"], form["B1"], form["B2"]) == ("1", "100", "50")


def test_the_same_box_is_shown_side_by_side(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "luu", {"A1": "1"})
    mine, theirs = _open(unit), _open(office)
    theirs["B1"], theirs["B2"] = "1.310", "7"
    office.client.post(FILL, data=theirs)
    mine["B1"], mine["B3"] = "1.301", "3"
    answer = unit.client.post(FILL, data=mine)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Trần Văn Nam vừa sửa 1 ô" in page.words
    assert "Giữ số của đồng chí Trần Văn Nam (1.310)" in page.words
    assert "Giữ số của tôi (1.301)" in page.words
    assert "B2" not in page.words
    fields = page.form(FILL)
    fields["giu.B1"] = "kia"
    assert unit.client.post(FILL, data=fields).status_code == 303
    form = unit.get(FILL).form(FILL)
    assert (form["B1"], form["B2"], form["B3"]) == ("1.310", "7", "3")
    assert {revision.by for revision in ws.submissions.revisions(QUARTER)} == {"dn", "vp"}


def test_keeping_ones_own(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "luu", {"A1": "1"})
    mine, theirs = _open(unit), _open(office)
    theirs["N1"] = "của văn phòng"
    office.client.post(FILL, data=theirs)
    mine["N1"] = "của đơn vị"
    page = Page(unit.client.post(FILL, data=mine).text)
    unit.client.post(FILL, data=page.form(FILL))
    assert unit.get(FILL).form(FILL)["N1"] == "của đơn vị"


def test_a_report_that_was_changed_is_not_sent_unseen(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    check = f"/bao-cao/{QUARTER}/kiem-tra"
    seen = unit.get(check).form(check)
    office.press(FILL, "luu", {"B1": "5", "ly_do": "Sửa giúp"})
    answer = unit.client.post(check, data=seen)
    assert answer.status_code == 409
    assert "Trần Văn Nam vừa thay đổi nội dung này" in Page(answer.text).words
    assert ws.entry.sheet(QUARTER).obligation.state == "draft"


def test_a_report_that_was_changed_is_not_accepted_unseen(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    ws.send(QUARTER, by="dn")
    review = f"/duyet/{QUARTER}"
    seen = office.get(review).form(review)
    ws.withdraw(QUARTER, by="dn")
    unit.press(FILL, "luu", {"B1": "5"})
    ws.send(QUARTER, by="dn")
    seen["viec"] = "duyet"
    answer = office.client.post(review, data=seen)
    assert answer.status_code == 409
    assert "Lê Thị Hoa vừa thay đổi nội dung này" in Page(answer.text).words
    assert ws.entry.sheet(QUARTER).obligation.state == "sent"


def test_saving_again_without_a_change_adds_nothing(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "luu", {"B1": "5"})
    unit.press(FILL, "luu")
    unit.press(FILL, "kiem_tra")
    assert len(ws.submissions.revisions(QUARTER)) == 1


def test_typing_into_a_report_that_was_sent_meanwhile(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "ghi0")
    mine = _open(unit)
    ws.send(QUARTER, by="dn")
    mine["B1"] = "9"
    answer = unit.client.post(FILL, data=mine)
    assert answer.status_code == 409
    words = Page(answer.text).words
    assert "Không lưu nháp được: báo cáo đang ở trạng thái “đã gửi”" in words
    assert "B1. " in words


def test_whoever_saves_in_the_same_moment_is_shown_what_the_other_saved(
    visit, ws: Workspace, monkeypatch
):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "luu", {"A1": "1"})
    mine, theirs = _open(unit), _open(office)
    theirs["B1"], mine["B1"] = "1.310", "1.301"
    save = SubmissionService.save_draft
    before = []

    def save_a_moment_later(self, *given, **named):
        """The other's request is done between this one's reading and its writing."""
        if not before:
            before.append(True)
            assert office.client.post(FILL, data=theirs).status_code == 303
        return save(self, *given, **named)

    monkeypatch.setattr(SubmissionService, "save_draft", save_a_moment_later)
    answer = unit.client.post(FILL, data=mine)
    assert answer.status_code == 409
    words = Page(answer.text).words
    assert "Giữ số của đồng chí Trần Văn Nam (1.310)" in words
    assert "Giữ số của tôi (1.301)" in words
    assert [revision.by for revision in ws.submissions.revisions(QUARTER)] == ["dn", "vp"]


def saved_just_before(monkeypatch, ws: Workspace, boxes) -> list[str]:
    """The office saves one of `boxes` between this request's reading and each of its tries to write."""
    save, done, coming = SubmissionService.save_draft, [], iter(boxes)

    def save_a_moment_later(self, *given, **named):
        for box, text in (found for found in (next(coming, None),) if found is not None):
            stored = ws.submissions.typed(found := ws.submissions.find(QUARTER), found.revision)
            typed = {**stored, box: text}
            save(self, *given[:3], typed, by="vp", reason="Sửa giúp")
            done.append(text)
        return save(self, *given, **named)

    monkeypatch.setattr(SubmissionService, "save_draft", save_a_moment_later)
    return done


def test_different_boxes_saved_in_the_same_moment_are_put_together(
    visit, ws: Workspace, monkeypatch
):
    unit = visit("dn")
    unit.press(FILL, "luu", {"A1": "1"})
    mine = _open(unit)
    mine["B1"] = "1.310"
    done = saved_just_before(monkeypatch, ws, [("B2", "5"), ("B3", "6"), ("N1", "lời")])
    assert unit.client.post(FILL, data=mine).status_code == 303
    assert len(done) == 3
    form = unit.get(FILL).form(FILL)
    found = [form[name] for name in ("A1", "B1", "B2", "B3", "N1")]
    assert found == ["1", "1.310", "5", "6", "lời"]


def test_with_somebody_who_saves_without_end_the_figures_are_shown_again(
    visit, ws: Workspace, monkeypatch
):
    unit = visit("dn")
    unit.press(FILL, "luu", {"A1": "1"})
    mine = _open(unit)
    mine["B1"] = "1.310"
    done = saved_just_before(monkeypatch, ws, (("B2", str(5 + n)) for n in range(1000)))
    answer = unit.client.post(FILL, data=mine)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "vừa sửa 0 ô" not in page.words
    assert "Trần Văn Nam vừa thay đổi nội dung này" in page.words
    assert page.form(FILL)["B1"] == "1.310"
    assert len(done) < 50
    monkeypatch.undo()
    again = page.form(FILL)
    again.setlist("viec", ["luu"])
    assert unit.client.post(FILL, data=again).status_code == 303
    form = unit.get(FILL).form(FILL)
    assert (form["B1"], form["B2"]) == ("1.310", done[-1])


def test_the_explanations_of_both_stay(visit, ws: Workspace):
    """An explanation is posted with every box; one that this user has not touched is not his."""
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "luu", {"A1": "1"})
    mine, theirs = _open(unit), _open(office)
    for fields in (mine, theirs):
        fields["giai_trinh.B1"] = fields["giai_trinh.B2"] = ""
    theirs["B1"], theirs["giai_trinh.B1"], theirs["giai_trinh.A1"] = "9", "Tăng do mới", "Văn phòng"
    mine["B2"], mine["giai_trinh.B2"], mine["giai_trinh.A1"] = "8", "Giảm do nghỉ", "Đơn vị"
    assert office.client.post(FILL, data=theirs).status_code == 303
    assert unit.client.post(FILL, data=mine).status_code == 303
    found = ws.submissions.revisions(QUARTER)[-1].explanations
    assert found == {"B1": "Tăng do mới", "B2": "Giảm do nghỉ", "A1": "Văn phòng Đơn vị"}


def _explained(visitor, words: str) -> None:
    """Save a figure with its explanation, and a narrative."""
    fields = _open(visitor)
    fields["B1"], fields["giai_trinh.B1"], fields["N1"] = "9", words, words
    assert visitor.client.post(FILL, data=fields).status_code == 303


def autosaved(visitor, fields):
    """What the page's script does: it saves, and takes over what the answer gives back."""
    fields.setlist("viec", ["tu_luu"])
    answer = visitor.client.post(FILL, data=fields)
    assert answer.status_code == 200
    for id, text in answer.json["gia"].items():
        name = f"giai_trinh.{id[3:]}" if id.startswith("gt-") else id
        fields[name] = text
    fields["phien_ban"] = str(answer.json["phien_ban"])
    return answer.json


@pytest.mark.parametrize("box", ["giai_trinh.B1", "N1"])
def test_words_that_another_user_rewrote_stay_through_every_autosave(
    visit, ws: Workspace, box: str
):
    unit, office = visit("dn"), visit("vp")
    _explained(unit, "Lời cũ.")
    mine, theirs = _open(unit), _open(office)
    assert mine[box] == "Lời cũ."
    theirs[box] = "Lời mới."
    assert office.client.post(FILL, data=theirs).status_code == 303
    for figure in ("3", "33", "333"):
        mine["A3"] = figure
        autosaved(unit, mine)
        form = unit.get(FILL).form(FILL)
        assert (form["A3"], form[box]) == (figure, "Lời mới.")


def test_words_that_both_wrote_stand_once_after_every_autosave(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    _explained(unit, "Lời cũ.")
    mine, theirs = _open(unit), _open(office)
    theirs["giai_trinh.B1"], mine["giai_trinh.B1"] = "Văn phòng", "Đơn vị"
    assert office.client.post(FILL, data=theirs).status_code == 303
    for figure in ("3", "33"):
        mine["A3"] = figure
        autosaved(unit, mine)
        assert unit.get(FILL).form(FILL)["giai_trinh.B1"] == "Văn phòng Đơn vị"


def test_an_explanation_for_which_the_page_has_no_box_comes_with_its_box(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "luu", {"A1": "1", "B1": "9"})
    mine, theirs = _open(unit), _open(office)
    mine.poplist("giai_trinh.B1")
    theirs["giai_trinh.B1"] = "Lời mới."
    assert office.client.post(FILL, data=theirs).status_code == 303
    mine["A3"] = "3"
    assert 'value="Lời mới."' in autosaved(unit, mine)["o"]["B1"]["gt"]


def test_an_autosave_answers_with_the_draft_that_it_saved(visit, ws: Workspace, monkeypatch):
    """Another user may save before the answer is written: the page does not have that draft."""
    unit = visit("dn")
    unit.press(FILL, "luu", {"A1": "1", "B1": "9"})
    mine = _open(unit)
    mine["A3"] = "3"
    save = SubmissionService.save_draft

    def another_saves_a_moment_later(self, *given, **named):
        saved = save(self, *given, **named)
        typed = {**ws.submissions.typed(ws.submissions.find(QUARTER), saved), "B2": "7"}
        save(self, *given[:3], typed, by="vp", reason="Sửa giúp")
        return saved

    monkeypatch.setattr(SubmissionService, "save_draft", another_saves_a_moment_later)
    autosaved(unit, mine)
    monkeypatch.undo()
    mine["A3"] = "33"
    autosaved(unit, mine)
    form = unit.get(FILL).form(FILL)
    assert (form["A3"], form["B2"]) == ("33", "7")


def test_who_presses_send_twice_sees_the_receipt_twice(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "ghi0")
    check, shown = f"/bao-cao/{QUARTER}/kiem-tra", f"/bao-cao/{QUARTER}"
    form = unit.get(check).form(check)
    form["viec"] = "gui"
    for _press in range(2):
        assert unit.client.post(check, data=form).location == shown
        words = unit.get(shown).words
        assert ws.submissions.revisions(QUARTER)[-1].receipt in words
        assert "được: báo cáo" not in words
    assert [each.step.value for each in ws.submissions.revisions(QUARTER)] == ["save", "send"]


def test_who_presses_accept_twice_accepts_once(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    ws.send(QUARTER, by="dn")
    review = f"/duyet/{QUARTER}"
    form = office.get(review).form(review)
    form["viec"] = "duyet"
    for _press in range(2):
        assert office.client.post(review, data=form).status_code == 303
        assert "Đã duyệt báo cáo" in office.get("/duyet").words
    assert len(ws.submissions.revisions(QUARTER)) == 3


def test_a_second_sending_of_what_was_withdrawn_says_so_in_one_language(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "ghi0")
    check = f"/bao-cao/{QUARTER}/kiem-tra"
    form = unit.get(check).form(check)
    form["viec"] = "gui"
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp")
    assert unit.client.post(check, data=form).location == f"/bao-cao/{QUARTER}"
    words = unit.get(f"/bao-cao/{QUARTER}").words
    assert "Không gửi báo cáo được: báo cáo đang ở trạng thái “đã duyệt”" in words


SHOW = f"/bao-cao/{QUARTER}"
BACK, OPEN_AGAIN, CHECK = f"{SHOW}/thu-hoi", f"{SHOW}/mo-lai", f"{SHOW}/kiem-tra"
CHANGED = "vừa thay đổi nội dung này"


def test_a_report_that_was_sent_again_is_not_taken_back_unseen(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "ghi0")
    ws.send(QUARTER, by="dn")
    seen = unit.get(SHOW).form(BACK)
    ws.withdraw(QUARTER, by="vp")
    ws.send(QUARTER, by="vp")
    answer = unit.client.post(BACK, data=seen)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert f"Trần Văn Nam {CHANGED}" in page.words
    assert ws.entry.sheet(QUARTER).obligation.state == "sent"
    assert unit.client.post(BACK, data=page.form(BACK)).location == FILL
    assert ws.entry.sheet(QUARTER).obligation.state == "withdrawn"
    number = ws.entry.sheet(QUARTER).base
    assert unit.client.post(BACK, data=page.form(BACK)).location == FILL, "pressed twice"
    assert ws.entry.sheet(QUARTER).base == number


def test_a_report_that_was_accepted_again_is_not_reopened_unseen(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp")
    seen = {**office.get(SHOW).form(OPEN_AGAIN).to_dict(), "reason": "Nhầm kỳ\n+ dòng hai"}
    ws.reopen(QUARTER, reason="Sai B1", by="vp")
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp")
    answer = office.client.post(OPEN_AGAIN, data=seen)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert CHANGED in page.words
    assert ws.entry.sheet(QUARTER).obligation.state == "accepted"
    again = page.form(OPEN_AGAIN)
    assert again["reason"] == "Nhầm kỳ\n+ dòng hai"
    assert office.client.post(OPEN_AGAIN, data=again).location == SHOW
    assert ws.entry.sheet(QUARTER).obligation.state == "reopened"


def test_words_to_reopen_a_report_that_is_open_already_are_shown_to_be_copied(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp")
    seen = {**office.get(SHOW).form(OPEN_AGAIN).to_dict(), "reason": "Nhầm kỳ"}
    ws.reopen(QUARTER, reason="Sai B1", by="vp")
    answer = office.client.post(OPEN_AGAIN, data=seen)
    assert answer.status_code == 409
    assert "Nhầm kỳ" in answer.text


def test_a_report_that_was_presented_again_is_not_handed_back_unseen(visit, ws: Workspace):
    leader, commune = visit("lead"), "2018-Q3_res20.q_xa-an-phu"
    check = f"/bao-cao/{commune}/kiem-tra"
    ws.submissions.require_leader("xa-an-phu", True, by="qt")
    visit("xa").press(f"/bao-cao/{commune}/nhap", "ghi0")
    ws.submissions.present(commune, by="xa")
    seen = leader.get(check).form(check)
    seen["viec"], seen["ly_do"] = "chuyen_lai", "Xem lại A1"
    ws.withdraw(commune, by="xa")
    ws.submissions.present(commune, by="xa")
    answer = leader.client.post(check, data=seen)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert f"Đặng Thị Mai {CHANGED}" in page.words
    assert ws.entry.sheet(commune).obligation.state == "presented"
    again = page.form(check)
    assert again["ly_do"] == "Xem lại A1"
    again["viec"] = "chuyen_lai"
    assert leader.client.post(check, data=again).status_code == 303
    assert ws.entry.sheet(commune).obligation.state == "draft"


def test_what_a_leader_typed_beside_the_button_that_sends_is_not_dropped(visit, ws: Workspace):
    leader, commune = visit("lead"), "2018-Q3_res20.q_xa-an-phu"
    check = f"/bao-cao/{commune}/kiem-tra"
    ws.submissions.require_leader("xa-an-phu", True, by="qt")
    visit("xa").press(f"/bao-cao/{commune}/nhap", "ghi0")
    ws.submissions.present(commune, by="xa")
    seen = leader.get(check).form(check)
    seen["viec"], seen["ly_do"] = "gui", "Xem lại A1"
    answer = leader.client.post(check, data=seen)
    assert answer.status_code == 422
    again = Page(answer.text).form(check)
    assert again["ly_do"] == "Xem lại A1"
    assert ws.entry.sheet(commune).obligation.state == "presented"
    again["viec"], again["ly_do"] = "gui", " "
    assert leader.client.post(check, data=again).status_code == 303
    assert ws.entry.sheet(commune).obligation.state == "sent"
