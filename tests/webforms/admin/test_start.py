"""*Bắt đầu*: after the one-time link a new office is led to its first report; an old one is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from click.testing import CliRunner

from nqcore.cli import main
from nqcore.clock import VIET_NAM
from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from nqcore.workspace.setup import create
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD
from webforms import create_app

START = "/quan-tri/bat-dau"
LIST = """DANH SÁCH ĐƠN VỊ,,,
TT,Tên đơn vị,Loại,Trực thuộc
1,Đảng ủy xã An Bình,đảng ủy xã,
I,Khối doanh nghiệp,,
2,Công ty May,,Đảng ủy xã An Bình
3,Chi bộ ấp 1,chi bộ,Đảng ủy xã An Bình
"""


def test_from_the_office_s_list_to_the_first_report_filled_in(keys: Path, tmp_path: Path) -> None:
    """What the README says, step by step."""
    (tmp_path / "dv.csv").write_text(LIST, "utf-8")
    where = [str(tmp_path / "w"), "--plugin", "nq_res20", "--units", str(tmp_path / "dv.csv")]
    made = CliRunner().invoke(main, ["--lang", "vi", "init", *where])
    assert made.exit_code == 0, made.output
    assert "Dòng 4: “Khối doanh nghiệp” là nhóm, không phải đơn vị." in made.stdout
    assert "trang “Bắt đầu”" in made.stdout
    link = re.search(r"/dang-nhap/\S+", made.stdout)
    assert link is not None
    with open_workspace(tmp_path / "w") as ws:
        app = create_app(ws)
        who = Visitor(app.test_client())
        fields = who.get(link[0]).form(link[0])
        assert who.client.post(link[0], data=fields).location == "/tai-khoan"
        posted = {**who.get("/tai-khoan").form("/tai-khoan"), "new": "lúa chín vàng đồng"}
        answer = who.client.post("/tai-khoan", data=posted)
        assert answer.location == START
        page = who.get(START)
        assert "Danh sách có 3 đơn vị" in page.words
        assert page.form(f"{START}/the-thuc")["body"] == "ĐẢNG ỦY XÃ AN BÌNH"
        (fill,) = [one for one in page.links if one.endswith("/nhap")][:1]
        slips = "/quan-tri/nguoi-dung/don-vi/phieu"
        made_slips = who.client.post(slips, data=who.get(slips).form(slips))
        address = re.search(r"http://localhost(/dang-nhap/[\w-]{32})", Page(made_slips.text).words)
        assert address is not None
        assert who.press(fill, "ghi0").status_code == 303
        (report,) = ws.submissions.repository.newest_revisions()
        sheet = ws.entry.sheet(ws.submissions.obligation(report.unit, report.form, report.period))
        assert report.state is SubmissionState.DRAFT
        assert sheet.filled == sheet.boxes > 10
        unit = Visitor(app.test_client())
        opened = unit.get(address[1])
        assert unit.client.post(address[1], data=opened.form(address[1])).status_code == 303


def test_an_office_that_has_begun_is_not_led_there(
    ws: Workspace, visit: Callable[..., Visitor]
) -> None:
    who = visit("qt")
    answer = who.post("/tai-khoan", old=PASSWORD, new="lúa chín vàng đồng")
    assert answer.location == "/tai-khoan"
    page = who.get(START)
    assert "hạn 10/10/2018" in page.words
    assert "/quan-tri/ky/res20.q/2018-Q3" in page.links


def test_without_a_form_it_says_how_to_switch_one_on(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "dv.csv").write_text("Tên,Loại\nXã A,xã\n", "utf-8")
    CliRunner().invoke(main, ["init", str(tmp_path / "w"), "--units", str(tmp_path / "dv.csv")])
    with open_workspace(tmp_path / "w") as ws:
        ws.accounts.set_password("quantri", PASSWORD, by="quantri", at=ws.clock())
        who = Visitor(create_app(ws).test_client())
        who.sign_in("quantri", PASSWORD)
        words = who.get(START).words
        assert "Chưa có biểu nào" in words
        assert "nq_res20" in words


def test_the_letterhead_is_asked_and_holds(ws: Workspace, visit: Callable[..., Visitor]) -> None:
    who, action = visit("qt"), f"{START}/the-thuc"
    fields = who.get(START).form(action)
    assert fields["body"] == ws.reviews.letterhead().body
    fields["signer"], fields["place"], fields["superior"] = "Lê Văn Nam", "Tân Hòa", ""
    answer = who.client.post(action, data=fields)
    assert answer.location == f"{START}#the-thuc", Page(answer.text).words[:600]
    head = ws.reviews.letterhead()
    assert (head.signer, head.place, head.superior) == ("Lê Văn Nam", "Tân Hòa", "")
    assert ws.catalogue.owner("letterhead", "huyen") == "workspace"
    assert who.get(START).form(action)["signer"] == "Lê Văn Nam"
    fields["body"] = " "
    refused = who.client.post(action, data=fields)
    assert refused.status_code == 422
    assert "Ghi cơ quan ban hành" in Page(refused.text).words
    assert Page(refused.text).form(action)["signer"] == "Lê Văn Nam"


def test_a_late_founded_office_says_from_when_reports_are_owed(keys: Path, tmp_path: Path) -> None:
    """The program runs from 5 November 2026: nothing of before is late."""
    (tmp_path / "dv.csv").write_text("Tên,Loại\nHuyện A,huyện\nXã B,xã\n", "utf-8")
    with create(
        tmp_path / "w",
        plugins=["nq_res20"],
        units=tmp_path / "dv.csv",
        since=date(2026, 1, 1),
        clock=lambda: datetime(2026, 11, 5, 9, tzinfo=VIET_NAM),
    ) as ws:
        ws.accounts.set_password("quantri", PASSWORD, by="quantri", at=ws.clock())
        who = Visitor(create_app(ws).test_client())
        who.sign_in("quantri", PASSWORD)
        page, action = who.get(START), f"{START}/tu-ngay"
        late = len(ws.monitoring.debts()[0].reports) if ws.monitoring.debts() else 0
        assert late > 0
        assert (
            f"{late} báo cáo đã quá hạn. Để bắt đầu từ kỳ đang chạy, ghi 01/10/2026" in page.words
        )
        assert page.form(action)["tu_ngay"] == "01/01/2026"
        assert "Đang áp dụng: thu báo cáo từ ngày 01/01/2026." in page.words
        asked = who.client.post(action, data={**page.form(action), "tu_ngay": "1/10/2026"})
        assert asked.status_code == 200
        assert "báo cáo quá hạn sẽ không còn phải gửi. Vẫn lưu?" in Page(asked.text).words
        assert ws.monitoring.first_steps().since == date(2026, 1, 1)
        sure = {**Page(asked.text).form(action), "bo_no": "01/10/2026"}
        assert sure["tu_ngay"] == "01/10/2026"
        assert 'name="bo_no" value="01/10/2026"' in asked.text
        other = who.client.post(action, data={**sure, "tu_ngay": "2/10/2026"})
        assert "Vẫn lưu?" in Page(other.text).words  # what was confirmed is another day
        answer = who.client.post(action, data=sure)
        assert answer.location == f"{START}#tu-ngay"
        assert ws.monitoring.debts() == ()
        page = who.get(START)
        assert "đã quá hạn" not in page.words
        assert "kỳ đầu tiên Quý IV/2026" in page.words
        assert page.form(action)["tu_ngay"] == "01/10/2026"
        wrong = who.client.post(action, data={**page.form(action), "tu_ngay": "31/2/2026"})
        assert wrong.status_code == 422
        assert Page(wrong.text).form(action)["tu_ngay"] == "31/2/2026"


def test_without_a_day_the_box_is_empty_and_the_page_says_so(visit, ws: Workspace) -> None:
    page = visit("qt").get(START)
    assert ws.monitoring.first_steps().since is None
    assert page.form(f"{START}/tu-ngay")["tu_ngay"] == ""
    assert "Chưa ghi ngày: mỗi biểu mẫu thu từ kỳ đầu tiên của biểu mẫu." in page.words
