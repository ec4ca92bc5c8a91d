"""*Tổng hợp*: the review as of a day, and one count of reports on the page, in its text and elsewhere."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from nqcore.clock import clock_at
from nqcore.workspace.demo import PASSWORD as DEMO_PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from tests.webforms.paths import years_without_plan
from webforms import create_app

QUARTER = "2018-Q2_res20.q_dn-may-binh-minh"
NAME = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"
FINDINGS = "/ton-tai?van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"
FIGURE = "/chi-tieu/res20.B1?ky=2018-Q2&don-vi=huyen"


@pytest.fixture
def later(visit, ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Three reports were accepted on 5 October, one with 1.310, two of which a rule speaks; it is the 8th."""
    years_without_plan(ws)
    visit("dn").press(f"/bao-cao/{QUARTER}/nhap", "ghi0", {"B1": "1.310"})
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp")
    monkeypatch.setattr(ws._state, "clock", clock_at(date(2018, 10, 8)))
    return ws


def test_a_review_as_of_a_day_knows_only_what_was_accepted_by_then(visit, later) -> None:
    office = visit("vp")
    now, early = office.get(NAME), office.get(f"{NAME}?tinh-den=2018-10-04")
    note = "chỉ tính số liệu đã duyệt đến hết ngày 04/10/2018"
    assert note in early.words
    assert note not in now.words
    assert re.search(r"Đã duyệt 3 trong [\d.]+ báo cáo", now.words)
    assert re.search(r"Đã duyệt 0 trong [\d.]+ báo cáo", early.words)
    assert office.get(f"{NAME}?tinh-den=2018-10-05").words.count("Đã duyệt 3 trong") == 1


def test_the_day_goes_on_through_the_links(visit, later) -> None:
    office = visit("vp")
    pages = [f"{NAME}?tinh-den=2018-10-04", f"{FINDINGS}&tinh-den=2018-10-04"]
    pages += [f"{FIGURE}&tinh-den=2018-10-04"]
    seen = []
    for page in pages:
        for link in office.get(page).links:
            if link.startswith(("/chi-tieu", "/ton-tai", "/bao-cao-tong-hop/")):
                assert "tinh-den=2018-10-04" in link, (page, link)
                seen.append(link)
    (file,) = {link for link in seen if ".html?" in link}
    assert "Chưa báo cáo nào trong " in office.client.get(file).text
    data = json.loads(office.client.get(file.replace("html", "json")).data)
    assert "Chưa báo cáo nào trong " in data["coverage"]
    for link in {link.partition("?")[0]: link for link in seen}.values():
        assert office.client.get(link).status_code == 200, link


def test_a_figure_is_explained_as_of_the_day(visit, later) -> None:
    office = visit("vp")
    assert office.get(FIGURE).with_id("so") is not None
    assert "1.310" in office.get(FIGURE).words
    early = office.get(f"{FIGURE}&tinh-den=2018-10-04")
    assert "1.310" not in early.words
    assert "04/10/2018" in early.words
    assert dict(early.form("/chi-tieu/res20.B1"))["tinh-den"] == "2018-10-04"


def test_the_form_that_chooses_a_review_asks_for_the_day(visit, later) -> None:
    office = visit("vp")
    for page in ("/bao-cao-tong-hop", FINDINGS):
        shown = office.get(page)
        assert "Số liệu đã duyệt đến ngày" in shown.words
        assert any("tinh-den" in fields for _action, fields in shown.forms)
    asked = "/bao-cao-tong-hop?van-ban=20-nq-tw.2008-01-28&ky=2018&tinh-den=2018-10-04"
    answer = office.client.get(asked)
    assert answer.location.endswith("2018_20-nq-tw.2008-01-28_huyen?tinh-den=2018-10-04")
    assert "tinh-den" not in office.client.get(asked.replace("=2018-10-04", "=")).location


@pytest.mark.parametrize(
    ("day", "status"),
    [("2018-10-08", 200), ("2018-10-09", 422), ("2018-13-01", 404), ("hôm qua", 404), ("", 200)],
)
@pytest.mark.parametrize("page", [f"{NAME}?", f"{FINDINGS}&", f"{FIGURE}&"])
def test_a_day_that_is_none_or_later_than_today_is_refused(
    visit, later, page: str, day: str, status: int
) -> None:
    shown = visit("vp").get(f"{page}tinh-den={day}", status)
    if status == 422:
        assert "Ngày 09/10/2018 sau ngày 08/10/2018" in shown.words
        assert "Không mở được trang này" in shown.words
        assert "Chưa lưu" not in shown.words  # nothing was to be saved


def test_the_file_of_a_review_as_of_a_day_has_the_day_in_its_name(visit, later) -> None:
    office = visit("vp")
    named = {}
    for query in ("", "?tinh-den=2018-10-04", "?tinh-den=2018-10-05"):
        answer = office.client.get(f"{NAME}.html{query}")
        assert answer.status_code == 200
        named[query] = answer.headers["Content-Disposition"].partition("UTF-8''")[2]
    assert named == {
        "": "bao-cao-2008-2018-huyen.html",
        "?tinh-den=2018-10-04": "bao-cao-2008-2018-huyen-tinh-den-2018-10-04.html",
        "?tinh-den=2018-10-05": "bao-cao-2008-2018-huyen-tinh-den-2018-10-05.html",
    }


def test_a_decision_holds_for_the_review_of_every_day(visit, later) -> None:
    office = visit("vp")
    early = f"{FINDINGS}&tinh-den=2018-10-05"
    fields = next(dict(f) for _a, f in office.get(early).forms if "ma" in f)
    assert fields["tinh-den"] == "2018-10-05"
    answer = office.post("/ton-tai", **fields | {"viec": "dismissed"})
    assert answer.status_code == 303
    assert "tinh-den=2018-10-05" in answer.location
    now = office.get(f"{FINDINGS}&loc=dismissed")  # the list as of today
    assert any(f.get("ma") == fields["ma"] for _a, f in now.forms)


# -- one count of reports ------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2018, 7, 5), date(2018, 10, 5), date(2018, 10, 20)])
@pytest.mark.parametrize("period", ["2018", "2017", "2018-Q3", "2008..2018"])
def test_the_page_the_text_and_the_board_count_the_same_reports(
    demo_folder: Path, day: date, period: str
) -> None:
    """The box said 28, the text of the same page 22, and 2007 was "missing" 22 reports."""
    with open_workspace(demo_folder, clock=clock_at(day)) as ws:
        review = ws.reviews.review(directive="20-NQ/TW", period=period)
        counts = ws.reviews.report_counts(review)
        assert len(counts.due) == len(set(counts.due))
        office = Visitor(create_app(ws).test_client())
        office.sign_in("vanphong", DEMO_PASSWORD)
        page = office.get(f"/bao-cao-tong-hop/{period}_20-nq-tw.2008-01-28_huyen")
        text = ws.report(directive="20-NQ/TW", period=period, format="json").report.coverage
        accepted, due = (
            f"{len(each):,}".replace(",", ".") for each in (counts.accepted, counts.due)
        )
        share = f"tổng hợp từ {accepted} trong {due}"
        if accepted in ("0", due):
            share = f"tổng hợp từ toàn bộ {due}" if counts.accepted else f"nào trong {due}"
        assert f"{share} báo cáo" in text
        assert f"Đã duyệt {accepted} trong {due} báo cáo." in page.words
        for several, words in (
            (counts.waiting, "báo cáo đã gửi, đang chờ duyệt"),
            (counts.returned, "báo cáo đã trả lại đơn vị để sửa"),
            (counts.not_yet_due, "báo cáo chưa đến hạn gửi"),
        ):
            for shown in (text, page.words.partition("Tải ")[0]):
                assert (f"{len(several)} {words}" in shown) is bool(several), (words, shown)
        late = counts.units("past_due")
        box = f"{len(late)} đơn vị quá hạn chưa gửi {len(counts.past_due)} báo cáo"
        assert (box in page.words) is bool(late)
        for unit in late[:5]:
            assert ws.units[unit].name in text.partition("quá hạn")[2]
        if period == "2018-Q3":
            board = ws.monitoring.board("res20.q", period=period, count=1)
            assert board.rate(0)[1] == len(counts.due)
            assert board.overdue(day) == len(counts.past_due)


def test_the_first_page_names_old_debts_and_does_not_put_them_behind_the_newest_period(
    demo_folder: Path,
) -> None:
    """ "Quý III: 10/28; 1 báo cáo quá hạn" was quarter I's, and the year before last was not named."""
    with open_workspace(demo_folder) as ws:
        office = Visitor(create_app(ws).test_client())
        office.sign_in("vanphong", DEMO_PASSWORD)
        page = office.get("/")
        for form in ("res20.q", "res20.y"):
            board = ws.monitoring.board(form)
            assert board.overdue_in(len(board.periods) - 1, ws.today) == 0
        assert "báo cáo quá hạn" not in page.words
        owed = page.words.partition("Còn nợ: ")[2]
        assert owed.startswith(
            "DNTN Xây dựng Hòa Lợi (Quý I/2018, quá hạn 178 ngày; Năm 2016, quá hạn 633 ngày; "
        )
        assert "Xã Thạnh Lộc (Quý II/2018, quá hạn 87 ngày; " in owed
        debts = ("2018-Q1_res20.q_dn-xay-dung-hoa-loi", "2016_res20.y_dn-xay-dung-hoa-loi")
        for submission in (*debts, "2018-Q2_res20.q_xa-thanh-loc"):
            assert f"/bao-cao/{submission}" in page.links
            assert "Báo cáo" in office.get(f"/bao-cao/{submission}").title


@pytest.mark.parametrize("ending", ["html", "json"])
def test_a_file_says_once_in_which_letters_it_is_written(visit, later, ending: str) -> None:
    found = visit("vp").client.get(f"{NAME}.{ending}").headers["Content-Type"]
    assert found.count("charset") <= 1


def test_the_outline_that_is_asked_for_goes_on_through_the_links(visit, ws: Workspace) -> None:
    office = visit("vp")
    assert "de-cuong" in office.get("/bao-cao-tong-hop").form("/bao-cao-tong-hop")
    asked = "/bao-cao-tong-hop?van-ban=20-nq-tw.2008-01-28&ky=2008..2018&de-cuong=tong-ket"
    answer = office.client.get(asked)
    assert answer.location.endswith("_huyen?de-cuong=tong-ket")
    short, whole = office.get(NAME), office.get(f"{NAME}?de-cuong=tong-ket")
    part = "Phần chưa có nội dung, không được in: Đặc điểm tình hình;"
    assert part in whole.words
    assert part not in short.words
    files = [link for link in whole.links if ".html?" in link]
    assert files
    assert all("de-cuong=tong-ket" in link for link in files)
    assert part in office.client.get(files[0].replace("html", "json")).get_data(as_text=True)
    assert office.client.get(f"{NAME}?de-cuong=khong-co").status_code == 404


ENDED = "van-ban=20-nq-tw.2008-01-28&ky=2017&don-vi=dn-gach-long-thanh"


@pytest.mark.parametrize(
    "page",
    [
        "/bao-cao-tong-hop/2017_20-nq-tw.2008-01-28_dn-gach-long-thanh",
        "/soan-bao-cao/2017_20-nq-tw.2008-01-28_dn-gach-long-thanh",
        "/bao-cao-tong-hop/2017_20-nq-tw.2008-01-28_dn-gach-long-thanh.docx",
        f"/ton-tai?{ENDED}",
        f"/bao-cao-tong-hop?{ENDED}",
    ],
)
def test_a_unit_that_ended_before_the_period_is_refused_in_words(visit, page: str) -> None:
    words = visit("vp").get(page, 422).words
    assert "Long Thành kết thúc hoạt động từ ngày 01/01/2016, trước 2017" in words
    assert "Chọn kỳ trước đó" in words
