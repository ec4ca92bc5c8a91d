"""Có/không and ngày on the pages: without JavaScript, and in a real browser with and without it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest

from nqcore.collection.accounts.access import Role
from nqcore.workspace.facade import Workspace
from tests.support.questions import PASSWORD, REPORT, answer, office
from tests.support.small import NOON
from tests.support.twenty import app_of, serving
from tests.support.visitor import Page, Visitor
from tests.webforms.browsing import browser

FILL, SHOW = f"/bao-cao/{REPORT}/nhap", f"/bao-cao/{REPORT}"
GIVEN = {"QC": "no", "HN": "01/3/2018", "DH": "20/12/2018"}
ANSWERS = {"QC": False, "HN": date(2018, 3, 1), "DH": date(2018, 12, 20)}


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with office(tmp_path / "ws") as found:
        yield found


def signed_in(ws: Workspace, login: str) -> Visitor:
    visitor = Visitor(app_of(ws).test_client())
    assert visitor.sign_in(login, PASSWORD).status_code == 303
    return visitor


def answers(ws: Workspace) -> dict[str, object]:
    revision = ws.submissions.repository.revision(REPORT)
    return dict(revision.answers) if revision else {}


def test_the_page_asks_with_a_list_and_a_box_and_keeps_what_is_given(ws: Workspace) -> None:
    hoa = signed_in(ws, "hoa")
    page = hoa.get(FILL)
    assert page.with_id("QC")["aria-describedby"] == "gy-QC"
    assert page.with_id("HN")["inputmode"] == "numeric"
    assert "Quy chế còn hiệu lực." in page.words
    assert hoa.press(FILL, "luu", GIVEN).status_code == 303
    assert answers(ws) == ANSWERS
    assert {name: hoa.get(FILL).form(FILL)[name] for name in GIVEN} == GIVEN


def test_what_is_open_or_wrong_is_said_at_its_box_and_nothing_typed_is_lost(ws: Workspace) -> None:
    hoa = signed_in(ws, "hoa")
    told = hoa.get(hoa.press(FILL, "kiem_tra", {"HN": "6/4/2018"}).location)
    assert "Chọn Có hoặc Không." in told.words
    assert "06/4/2018 chưa đến" in told.words
    assert told.with_id("QC")["aria-invalid"] == "true"
    assert told.form(FILL)["HN"] == "6/4/2018"


def test_it_is_sent_read_by_the_approver_and_accepted(ws: Workspace) -> None:
    hoa = signed_in(ws, "hoa")
    check = hoa.press(FILL, "kiem_tra", GIVEN).location
    assert "Đã ban hành quy chế dân chủ ở cơ sở" in hoa.get(check).words
    ws.send(ws.submissions.repository.revision(REPORT), by="hoa")
    nam = signed_in(ws, "nam")
    seen = nam.get(SHOW).words
    assert "Đã ban hành quy chế dân chủ ở cơ sở Không" in seen
    assert "Ngày tổ chức hội nghị người lao động 01/3/2018" in seen


def test_two_users_of_one_report_are_shown_the_answers_in_words(ws: Workspace) -> None:
    hoa = signed_in(ws, "hoa")
    fields = hoa.get(FILL).form(FILL)
    ws.save_draft("xa-a", "s.hoi", "2018-Q1", {"QC": "yes", "DH": "1/12/2018"}, by="lan")
    fields.setlist("viec", ["luu"])
    fields["QC"] = "no"
    page = Page(hoa.client.post(FILL, data=fields).text)
    assert "(Có)" in page.words
    assert "(Không)" in page.words
    decided = page.form(FILL)
    decided["giu.QC"] = "kia"
    assert hoa.client.post(FILL, data=decided).status_code == 303
    assert answers(ws) == {"QC": True, "DH": date(2018, 12, 1)}


def test_ticks_that_another_user_has_set_are_kept_when_one_chooses_them(ws: Workspace) -> None:
    report = "2018-Q1_s.q_xa-a"
    fill = f"/bao-cao/{report}/nhap"
    hoa = signed_in(ws, "hoa")
    fields = hoa.get(fill).form(fill)
    ws.save_draft("xa-a", "s.q", "2018-Q1", {"K1": ["chu"]}, by="lan")
    fields.setlist("viec", ["luu"])
    fields.setlist("K1", ["tien"])
    page = Page(hoa.client.post(fill, data=fields).text)
    assert "(Chủ chưa quan tâm)" in page.words
    decided = page.form(fill)
    decided["giu.K1"] = "kia"
    assert hoa.client.post(fill, data=decided).status_code == 303
    revision = ws.submissions.repository.revision(report)
    assert revision is not None
    assert revision.answers["K1"] == ("chu",)


def test_a_question_that_came_after_the_report_was_sent_is_no_empty_answer(ws: Workspace) -> None:
    answer(ws, "xa-a", QC="yes", HN="1/3/2018")
    day: dict[str, object] = {"form": "s.hoi", "section": "C", "type": "day", "key": "KT"}
    day |= {"label": "Ngày kiểm tra", "since": date(2018, 1, 1), "basis": "Công văn 5"}
    words = day | {"type": "narrative", "key": "KK", "label": "Khó khăn"}
    ws.accounts.add("qt", "Quản trị", "top", [Role.ADMIN], units=ws.units, by="test", at=NOON)
    ws.content.apply(ws.content.plan([("question", day), ("question", words)]), by="qt")
    ws.save_draft("xa-b", "s.hoi", "2018-Q1", {"QC": "yes"}, by="binh")
    seen = signed_in(ws, "nam").get(SHOW).words
    assert "Ngày kiểm tra Không có trong báo cáo này" in seen
    assert "Khó khăn Không có trong báo cáo này" in seen
    assert seen.count("Không có trong báo cáo này") == 2
    assert "(để trống)" not in seen
    signed = docx.Document(io.BytesIO(signed_in(ws, "nam").client.get(f"{SHOW}/word").data))
    printed = [one.text for one in signed.paragraphs]
    assert printed[printed.index("Khó khăn") + 1] == "Không có trong báo cáo này"
    draft = signed_in(ws, "nam").get(SHOW.replace("xa-a", "xa-b")).words
    assert "Ngày kiểm tra" in draft
    assert "Không có trong báo cáo này" not in draft


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_in_a_real_browser(ws: Workspace, tmp_path: Path, scripts: bool) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select, WebDriverWait

    driver = browser(tmp_path / "chromium", scripts=scripts)
    try:
        with serving(app_of(ws)) as address:
            driver.get(address + "/dang-nhap")
            for name, text in (("login", "hoa"), ("password", PASSWORD)):
                driver.find_element(By.NAME, name).send_keys(text)
            driver.find_element(By.NAME, "password").submit()
            wait = WebDriverWait(driver, 15)
            wait.until(lambda d: "dang-nhap" not in d.current_url)
            driver.get(address + FILL)
            Select(driver.find_element(By.ID, "QC")).select_by_visible_text("Không")
            for key in ("HN", "DH"):
                driver.find_element(By.ID, key).send_keys(GIVEN[key])
            if scripts:
                driver.find_element(By.ID, "HN").click()  # leaves the last box
                wait.until(lambda d: answers(ws) == ANSWERS)
            driver.find_element(By.CSS_SELECTOR, "button.nut[value=kiem_tra]").click()
            wait.until(lambda d: "nhap" not in d.current_url)
            assert "Ngày dự kiến đại hội" in driver.page_source
            assert answers(ws) == ANSWERS
    finally:
        driver.quit()
