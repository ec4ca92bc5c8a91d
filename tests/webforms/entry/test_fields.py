"""What comes back must be the form that was sent out; what it says may be hostile."""

from __future__ import annotations

import pytest

from nqcore.workspace.facade import Workspace
from tests.webforms.conftest import QUARTER

FILL = f"/bao-cao/{QUARTER}/nhap"

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE báo_cáo; --",
    "{{ config }} {% raw %}",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe",
    "a\u200bb",
    "٣٤٥",
    "１２３",
    "NaN",
    "Infinity",
    "1e999999",
    "-0",
    "1_000",
    "9" * 400,
)


def _form(unit):
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["luu"])
    return fields


@pytest.mark.parametrize("name", ["B1", "N1"])
def test_a_missing_field_is_refused_by_name(visit, ws: Workspace, name: str):
    unit = visit("dn")
    fields = _form(unit)
    del fields[name]
    answer = unit.client.post(FILL, data=fields)
    assert answer.status_code == 400
    assert f"thiếu {name}" in answer.text
    assert not ws.submissions.revisions(QUARTER)


def test_a_doubled_field_is_refused_by_name(visit, ws: Workspace):
    unit = visit("dn")
    fields = _form(unit)
    fields.setlist("B1", ["1", "2"])
    answer = unit.client.post(FILL, data=fields)
    assert answer.status_code == 400
    assert "B1 có hai lần" in answer.text
    assert not ws.submissions.revisions(QUARTER)


@pytest.mark.parametrize("name", ["C1.1", "unit", "state", "by"])
def test_a_field_that_is_not_asked_for_is_refused_by_name(visit, ws: Workspace, name: str):
    unit = visit("dn")
    fields = _form(unit)
    fields[name] = "1"
    answer = unit.client.post(FILL, data=fields)
    assert answer.status_code == 400
    assert f"thừa {name}" in answer.text
    assert not ws.submissions.revisions(QUARTER)


def test_multipart_is_refused(visit, ws: Workspace):
    unit = visit("dn")
    answer = unit.client.post(FILL, data=_form(unit), content_type="multipart/form-data")
    assert answer.status_code == 415
    assert "Không gửi tệp ở đây được" in answer.text
    assert not ws.submissions.revisions(QUARTER)


def test_too_long_a_body_is_refused(visit, ws: Workspace):
    unit = visit("dn")
    fields = _form(unit)
    fields["N1"] = "ă" * 600_000
    answer = unit.client.post(FILL, data=fields)
    assert answer.status_code == 413
    assert "rút gọn phần lời văn" in answer.text
    assert not ws.submissions.revisions(QUARTER)


def test_very_many_fields_are_refused(visit, ws: Workspace):
    unit = visit("dn")
    body = "csrf_token=" + unit.token() + "".join(f"&x{n}=1" for n in range(50_000))
    answer = unit.client.post(FILL, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert not ws.submissions.revisions(QUARTER)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_or_refused_and_always_escaped(visit, text: str):
    unit = visit("dn")
    plain = {(tag, a.get("src"), a.get("onerror")) for tag, a in unit.get(FILL).elements}
    unit.press(FILL, "luu", {"B1": text, "N1": text})
    page = unit.get(FILL)
    assert (
        not {(tag, a.get("src"), a.get("onerror")) for tag, a in page.elements}
        - plain
        - {(tag, None, None) for tag in ("span", "input", "label", "a", "div", "p")}
    )
    if text not in ("-0", "1_000"):
        assert page.form(FILL)["B1"] or text in ("-",)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e9", "٣", "1_000", "9" * 16, "½"])
def test_no_strange_figure_gets_through(visit, ws: Workspace, text: str):
    unit = visit("dn")
    unit.press(FILL, "ghi0")
    unit.press(FILL, "luu", {"B1": text})
    assert unit.press(FILL, "kiem_tra").location == FILL + "?loi=1"
    page = unit.get(FILL + "?loi=1")
    assert page.form(FILL)["B1"] == text
    assert page.with_id("B1")["aria-invalid"] == "true"


def test_a_reviewers_words_are_escaped(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0", {"N1": "<i>đậm</i>"})
    ws.send(QUARTER, by="dn")
    review = f"/duyet/{QUARTER}"
    fields = office.get(review).form(review)
    fields["y_kien."] = "<img src=x>"
    fields["viec"] = "tra"
    office.client.post(review, data=fields)
    for visitor, path in ((unit, FILL), (unit, f"/bao-cao/{QUARTER}"), (office, "/tien-do")):
        page = visitor.get(path)
        assert not [tag for tag, _attrs in page.elements if tag in ("img", "i")]


def test_a_date_of_resending_that_cannot_be_read(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    unit.press(FILL, "ghi0")
    ws.send(QUARTER, by="dn")
    review = f"/duyet/{QUARTER}"
    fields = office.get(review).form(review)
    assert fields["ngay"] == "09/10/2018"
    for name, text in (("ngay", "31/9"), ("viec", "tra"), ("y_kien.", "Sửa B1")):
        fields[name] = text
    answer = office.client.post(review, data=fields)
    assert answer.status_code == 422
    assert "không có trong lịch" in answer.text
    assert "Sửa B1" in answer.text
