"""*Văn bản*: the cascade, the units' plans, tasks taken up, the search; old fonts in narratives."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.model.fields import OwnDocument
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page
from tests.webforms.conftest import QUARTER

PAGE = "/van-ban/20-nq-tw.2008-01-28"
FILL = f"/bao-cao/{QUARTER}/nhap"
YEAR = "2017_res20.y_xa-an-phu"


def shows(page: Page, words: str) -> bool:
    """Whether the words stand on the page one behind the other; cells have no space between them."""
    return words.replace(" ", "") in page.words.replace(" ", "")


def _plan(visit, ws: Workspace, number: str = "15-KH/ĐU", day: str = "4/7/2008") -> None:
    """The commune's yearly report with its plan, as a draft."""
    visit("xa").press(f"/bao-cao/{YEAR}/nhap", "ghi0", {"VB1.number": number, "VB1.date": day})


def test_the_cascade_has_each_document_once_and_the_one_of_the_page_in_bold(visit):
    page = visit("dn").get("/van-ban/70-kh-hu")
    tree = [attrs for tag, attrs in page.elements if attrs.get("class") == "minh"]
    assert [attrs["href"] for attrs in tree] == ["/van-ban/70-kh-hu"]
    assert page.words.count("Kết luận số 79-KL/TW ngày 25/12/2013") == 1
    assert (
        "triển khai thực hiện Nghị quyết số 20-NQ/TW, Kết luận số 79-KL/TW, Chương trình hành động "
        "số 13-NQ/TU · gắn với Kết luận số 80-KL/TW" in page.words
    )


def test_the_office_sees_who_has_issued_a_plan_and_who_has_not(visit, ws: Workspace):
    office = visit("vp")
    assert "16 đơn vị chưa ban hành kế hoạch." in office.get(PAGE).words
    _plan(visit, ws)
    # A draft is nobody's business but the unit's.
    assert "16 đơn vị chưa ban hành kế hoạch." in office.get(PAGE).words
    ws.send(YEAR, by="xa")
    page = office.get(PAGE)
    assert "15 đơn vị chưa ban hành kế hoạch; 1 kế hoạch chờ duyệt." in page.words
    assert shows(page, "Xã An Phú Chờ duyệt 15-KH/ĐU, 04/7/2008")
    ws.accept(YEAR, by="vp")
    page = office.get(PAGE)
    assert "15 đơn vị chưa ban hành kế hoạch." in page.words
    assert shows(page, "Xã An Phú Đã ban hành 15-KH/ĐU, 04/7/2008")
    assert shows(page, "Xã Hòa Lợi Chưa ban hành")
    assert f"/bao-cao/{YEAR}" in office.get(PAGE).links


def test_a_unit_without_a_plan_is_led_to_the_running_report_that_asks_for_it(visit):
    """The year is not over: the report is on no list of work yet, and the plan is issued all the same."""
    unit, office = visit("xa"), visit("vp")
    fill = "/bao-cao/2018_res20.y_xa-an-phu/nhap"
    assert fill in unit.get(PAGE).links
    assert fill not in office.get(PAGE).links  # that is another unit's to enter
    assert "Ghi kế hoạch" in unit.get(PAGE).words
    unit.press(fill, "luu", {"VB1.number": "15-KH/ĐU", "VB1.date": "4/7/2008"})
    assert fill in unit.get(PAGE).links  # a draft is no plan yet


def test_a_unit_sees_its_own_row_only_and_one_that_is_not_asked_sees_none(visit, ws: Workspace):
    _plan(visit, ws)
    ws.send(YEAR, by="xa")
    own = visit("xa").get(PAGE)
    assert "Kế hoạch của các đơn vị" in own.words
    assert shows(own, "Xã An Phú Chờ duyệt 15-KH/ĐU")
    assert "Xã Hòa Lợi" not in own.words
    assert "đơn vị chưa ban hành" not in own.words
    other = visit("tg").get(PAGE)
    assert "15-KH/ĐU" not in other.words
    assert shows(other, "Ban Tuyên giáo Huyện ủy Chưa ban hành")
    assert "Kế hoạch của các đơn vị" not in visit("dn").get(PAGE).words


@pytest.mark.parametrize(
    ("issued", "words"),
    [
        (date(2014, 4, 2), "Ban hành chậm 2 ngày"),
        (date(2014, 3, 31), "Đã ban hành"),
        (None, "Chưa ban hành, quá hạn 1.649 ngày"),
    ],
)
def test_late_is_measured_from_the_forms_deadline(
    visit, ws: Workspace, issued: date | None, words: str
):
    from dataclasses import replace

    form = ws.catalogue.forms["res20.y"]
    fields = {"by": date(2014, 3, 31)}
    sections = tuple(
        replace(s, fields=tuple(replace(f, **fields) if f.key == "VB1" else f for f in s.fields))
        for s in form.sections
    )
    forms = {**ws.catalogue.forms, form.id: replace(form, sections=sections)}
    object.__setattr__(ws.catalogue, "forms", forms)
    if issued:
        sheet = ws.entry.sheet(YEAR)
        zeros = {row.key: "0" for row in sheet.rows if row.indicator}
        given = {**zeros, "VB1": OwnDocument("15-KH/ĐU", issued)}
        ws.save_draft("xa-an-phu", "res20.y", "2017", given, by="xa")
        ws.send(YEAR, by="xa")
        ws.accept(YEAR, by="vp")
    page = visit("vp").get(PAGE)
    assert "Hạn ban hành 31/3/2014." in page.words
    assert shows(page, f"Xã An Phú {words}")


def test_a_task_of_the_province_that_nobody_takes_up_is_shown(visit):
    page = visit("dn").get("/van-ban/13-nq-tu")
    assert "1 nhiệm vụ, mục tiêu chưa có nhiệm vụ nào của cấp dưới triển khai." in page.words
    assert shows(page, "Ủy ban nhân dân tỉnh 31/12/2018 – Chưa có")
    assert "/van-ban/70-kh-hu#hu_G2" in page.links
    assert "Nhiệm vụ chưa gắn với nhiệm vụ, mục tiêu của cấp trên" in page.words
    below = visit("dn").get("/van-ban/70-kh-hu")
    assert "Triển khai: Phát triển tổ chức Đảng, Công đoàn" in below.words
    assert "ít nhất 85%" in below.words
    assert below.with_id("hu_G2")


@pytest.mark.parametrize(
    ("sought", "count"),
    [
        ("ket luan", 2),
        ("KẾT LUẬN", 2),
        ("ke\u0302\u0301t lua\u0323\u0302n", 2),
        ("79 kl", 1),
        ("đẩy mạnh thực hiện", 3),
        ("day manh", 5),
        ("20–NQ/TW", 3),
        ("nothing", 0),
        ("   ", None),
    ],
)
def test_the_search_does_not_mind_accents(visit, sought: str, count: int | None):
    words = visit("dn").get("/van-ban?tim=" + sought.replace(" ", "+")).words
    if count is None:
        assert "5 văn bản; mỗi văn bản đứng dưới" in words
    else:
        assert f"{count} văn bản có “{' '.join(sought.split())}”" in words


OLD = "C«ng t¸c tuyªn truyÒn ®­îc ®Èy m¹nh, ng­êi lao ®éng tham gia ®«ng."
NEW = "Công tác tuyên truyền được đẩy mạnh, người lao động tham gia đông."


def test_words_in_an_old_font_are_kept_with_a_warning_and_converted_only_on_demand(
    visit, ws: Workspace
):
    unit = visit("dn")
    unit.press(FILL, "ghi0", {"N1": OLD})
    page = unit.get(FILL)
    # Never silently.
    assert ws.submissions.revisions(QUARTER)[-1].answers["N1"] == OLD
    assert "Đoạn này dùng phông cũ (.VnTime)" in page.words
    assert f"Có phải là “{NEW}”?" in page.words
    assert page.words.count("Chuyển sang Unicode") == 1
    answer = unit.press(FILL, "unicode.N1")
    assert answer.status_code == 303
    assert answer.location == FILL + "#N1"
    assert ws.submissions.revisions(QUARTER)[-1].answers["N1"] == NEW
    page = unit.get(FILL)
    assert "Đã chuyển đoạn văn sang Unicode" in page.words
    assert "phông cũ" not in page.words


def test_an_old_font_never_keeps_a_report_from_being_sent(visit, ws: Workspace):
    unit = visit("dn")
    unit.press(FILL, "ghi0", {"N1": OLD})
    assert unit.press(FILL, "kiem_tra").location == f"/bao-cao/{QUARTER}/kiem-tra"
    assert "phông cũ" in unit.get(f"/bao-cao/{QUARTER}/kiem-tra").words
    ws.send(QUARTER, by="dn")
    assert visit("vp").get(f"/duyet/{QUARTER}").words


@pytest.mark.parametrize("button", ["unicode.N2", "unicode.B1", "unicode.nothing", "unicode."])
def test_the_button_changes_nothing_else(visit, ws: Workspace, button: str):
    unit = visit("dn")
    unit.press(FILL, "luu", {"N1": OLD, "N2": "Không", "B1": "1.310"})
    before = ws.submissions.revisions(QUARTER)[-1].answers
    assert unit.press(FILL, button).status_code == 303
    assert ws.submissions.revisions(QUARTER)[-1].answers == before


@pytest.mark.parametrize(
    ("address", "directive"),
    [
        ("/nhiem-vu/hu.G1", "70-KH/HU"),
        ("/nhiem-vu/tu13.N1", "13-NQ/TU"),
        ("/chi-tieu/res20.B1?ky=2018-Q2", "20-NQ/TW"),
    ],
)
def test_the_page_of_a_task_or_figure_leads_to_its_directive(visit, address: str, directive: str):
    """A form and a task name their directive by its number, and a number has a slash in it."""
    office = visit("vp")
    (there,) = {link for link in office.get(address).links if link.startswith("/van-ban/")}
    assert directive in office.get(there).words
