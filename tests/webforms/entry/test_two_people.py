"""Two people enter figures in one report at the same time: nobody's work is lost unseen."""

from __future__ import annotations

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
    assert "Đồng chí Trần Văn Nam vừa sửa 1 ô" in page.words
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
    assert unit.client.post(check, data=seen).location == check
    assert "vừa sửa báo cáo này. Kiểm tra lại" in unit.get(check).words
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
    assert office.client.post(review, data=seen).location == review
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
    assert unit.client.post(FILL, data=mine).location == f"/bao-cao/{QUARTER}"
    assert "không còn mở để nhập" in unit.get(f"/bao-cao/{QUARTER}").words


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
