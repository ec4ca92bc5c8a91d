"""*Nạp từ Excel* as a person meets it: choose, look, take; and what is wrong, with a way on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.workspace.facade import Workspace
from tests.collection.entry.workbook.test_round_trip import (
    EXPECTED,
    edited,
    fill,
    put,
    row_of,
    template,
)
from tests.support.twenty import BEFORE, PASSWORD, REPORT, app_of, make
from tests.support.visitor import Page, Visitor

FILL, LOOK, FILE = (f"/bao-cao/{REPORT}/{end}" for end in ("nhap", "nap-excel", "excel"))


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


@pytest.fixture
def visit(ws: Workspace) -> Callable[[str], Visitor]:
    app = app_of(ws)

    def make_visitor(login: str) -> Visitor:
        visitor = Visitor(app.test_client())
        assert visitor.sign_in(login, PASSWORD).status_code == 303
        return visitor

    return make_visitor


def upload(visitor: Visitor, data: bytes, name: str = "báo cáo.xlsx"):
    head = 'Content-Disposition: form-data; name="{}"'
    body = b"\r\n".join(
        [
            b"--x",
            head.format("csrf_token").encode(),
            b"",
            visitor.token().encode(),
            b"--x",
            f'{head.format("tep")}; filename="{name}"'.encode(),
            b"",
            data,
            b"--x--",
            b"",
        ]
    )
    return visitor.client.post(LOOK, data=body, content_type="multipart/form-data; boundary=x")


def test_download_fill_in_look_take(visit, ws: Workspace):
    hoa = visit("hoa")
    assert FILE in hoa.get(FILL).links
    answer = hoa.client.get(FILE)
    assert f"bao-cao_{REPORT}.xlsx" in answer.headers["Content-Disposition"]

    def change(page):
        fill(page)
        put(page, "B5", "27 ngươi")

    looked = upload(hoa, edited(answer.data, change))
    assert looked.status_code == 200
    page = Page(looked.text)
    assert "Sẽ thay 20 số, giữ nguyên 0 số. 1 ô không đọc được: B5 “27 ngươi”." in page.words
    assert "Xem bảng rồi bấm “Nhận số liệu”." in page.words
    assert not ws.submissions.revisions(REPORT)
    fields = page.form(FILL)
    fields["viec"] = "nap"
    assert hoa.client.post(FILL, data=fields).location == FILL
    shown = hoa.get(FILL)
    assert "Đã nhận số liệu từ tệp." in shown.words
    assert shown.form(FILL)["B5"] == "27 ngươi"
    answers = ws.entry.sheet(REPORT).obligation.revision.answers
    assert {k: v for k, v in answers.items() if k in EXPECTED} == {
        key: value for key, value in EXPECTED.items() if key != "B5"
    }


def test_a_file_that_says_nothing_new(visit):
    hoa = visit("hoa")
    page = Page(upload(hoa, hoa.client.get(FILE).data).text)
    assert "Tệp không có số nào khác với số đã nhập." in page.words


def test_another_period_offers_the_right_template_with_the_figures_moved_over(visit, ws: Workspace):
    hoa = visit("hoa")
    wrong = edited(template(ws, BEFORE), lambda page: put(page, "A2", 1999))
    answer = upload(hoa, wrong)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert (
        "Tệp này là mẫu của Quý II/2018, đang nhập Quý III/2018. Tải mẫu đúng kỳ, hoặc bấm "
        "“Chuyển số sang mẫu đúng”." in page.words
    )
    moved = hoa.client.post(FILE, data=page.form(FILE))
    sheet = openpyxl.load_workbook(io.BytesIO(moved.data)).worksheets[0]
    assert sheet["A2"].value == "Báo cáo số liệu Quý III/2018"
    assert sheet.cell(row_of(sheet, "A2"), 5).value == "1.999"
    looked = Page(upload(hoa, moved.data).text)
    assert "Sẽ thay 20 số" in looked.words


def test_moving_figures_over_takes_the_words_along_and_names_what_stays_behind(
    visit, ws: Workspace
):
    def change(page):
        put(page, "A2", 1999)
        page.cell(row_of(page, "A2"), 6).value = "Đã đối chiếu"
        put(page, "A3", "#N/A")

    hoa = visit("hoa")
    page = Page(upload(hoa, edited(template(ws, BEFORE), change)).text)
    assert "chứa lỗi #N/A của Excel." in page.words
    moved = hoa.client.post(FILE, data=page.form(FILE))
    sheet = openpyxl.load_workbook(io.BytesIO(moved.data)).worksheets[0]
    assert sheet.cell(row_of(sheet, "A2"), 6).value == "Đã đối chiếu"


def test_an_error_in_the_file_is_said_on_the_page_and_by_the_command(
    visit, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def change(page):
        put(page, "A2", "#DIV/0!")
        put(page, "A3", 5)

    data = edited(template(ws), change)
    words = Page(upload(visit("hoa"), data).text).words
    assert "A2 (hàng 8) chứa lỗi #DIV/0! của Excel." in words
    (tmp_path / "mau.xlsx").write_bytes(data)
    done = nq(ws, monkeypatch, str(tmp_path / "mau.xlsx"), "--dry-run")
    assert done.exit_code != 0
    assert "mau.xlsx:8: A2 (hàng 8) chứa lỗi #DIV/0! của Excel." in done.output


def test_another_unit_is_named_and_nothing_of_it_is_kept(visit, ws: Workspace):
    other = REPORT.replace("xa-bm", "xa-ap")
    ws.save_draft("xa-ap", "muoi.q", "2018-Q3", {"A2": "4321"}, by="mai")
    answer = upload(visit("hoa"), template(ws, other))
    assert answer.status_code == 422
    words = Page(answer.text).words
    assert "Tệp này của Đảng ủy xã An Phú. Chọn tệp của Đảng ủy xã Bình Minh." in words
    assert "4321" not in answer.text
    assert "4.321" not in answer.text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"x", "không phải tệp"),
        ("a.xlsx", b"x" * 10, "không phải tệp"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 10_000_001, "lớn hơn 10 MB"),
    ],
)
def test_what_is_no_template_is_said(visit, name: str, data: bytes, said: str):
    answer = upload(visit("hoa"), data, name)
    assert answer.status_code == 422
    assert said in Page(answer.text).words


def test_no_file_at_all(visit):
    hoa = visit("hoa")
    answer = hoa.client.post(
        LOOK, data={"csrf_token": hoa.token()}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "Chưa chọn tệp. Chọn tệp mẫu đã nhập số." in answer.text


def test_a_report_that_was_sent_takes_no_file(visit, ws: Workspace):
    hoa = visit("hoa")
    data = hoa.client.get(FILE).data
    hoa.press(FILL, "ghi0")
    ws.send(REPORT, by="hoa")
    assert upload(hoa, data).location == f"/bao-cao/{REPORT}"
    assert hoa.client.get(LOOK).location == f"/bao-cao/{REPORT}"


def test_what_somebody_entered_meanwhile_is_asked_about(visit, ws: Workspace):
    hoa = visit("hoa")
    hoa.press(FILL, "luu", {"A1": "7", "A2": "1"})
    data = edited(hoa.client.get(FILE).data, lambda page: put(page, "A1", 8))
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", {"A1": "9", "A2": "2"}, by="bithu")
    page = Page(upload(hoa, data).text)
    fields = page.form(FILL)
    fields["viec"] = "nap"
    answer = hoa.client.post(FILL, data=fields)
    assert answer.status_code == 409
    words = Page(answer.text).words
    assert "Giữ số của tôi (8)" in words
    assert "A2" not in words


# -- the same by command -------------------------------------------------------------------------


def nq(ws: Workspace, monkeypatch: pytest.MonkeyPatch, *args: str):
    """`nq import` over this office; its plugin is handed in, it is not installed."""
    import nqcore.workspace.opening

    monkeypatch.setattr(nqcore.workspace.opening, "open_workspace", lambda *_a, **_k: ws)
    monkeypatch.setattr(ws, "close", lambda: None)
    return CliRunner().invoke(main, ["--lang", "vi", "import", "-w", str(ws.folder), *args])


def test_a_dry_run_says_exactly_what_would_change(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "mau.xlsx"

    def change(page):
        put(page, "A2", 1310)
        put(page, "D4", 1180.5)
        page.cell(row_of(page, "B6"), 6).value = "Đã đối chiếu"

    file.write_bytes(edited(template(ws), change))
    done = nq(ws, monkeypatch, str(file), "--dry-run")
    assert done.exit_code == 0, done.output
    assert f"{REPORT} A2: – → 1310" in done.output
    assert f"{REPORT} D4: – → 1180.5" in done.output
    assert f"{REPORT} giai_trinh.B6: – → Đã đối chiếu" in done.output
    assert "3 ô thay đổi trong 1 báo cáo, 18 ô giữ nguyên." in done.output
    assert not ws.submissions.revisions(REPORT)
    assert nq(ws, monkeypatch, str(file), "--by", "nam").exit_code == 0
    (revision,) = ws.submissions.revisions(REPORT)
    assert (revision.on_behalf, revision.reason) == (True, "mau.xlsx")
    assert revision.explanations == {"B6": "Đã đối chiếu"}
    assert {key: str(revision.answers[key]) for key in ("A2", "D4")} == {
        "A2": "1310", "D4": "1180.5",
    }  # fmt: skip


DRAFT = ("xa-bm", "muoi.q", "2018-Q3", {"B6": "50"})


def explaining(words: str, box: str = "B6"):
    def change(page):
        page.cell(row_of(page, box), 6).value = words

    return change


def take(visitor: Visitor, page: Page) -> dict[str, str]:
    """Press *Nhận số liệu*."""
    fields = page.form(FILL)
    fields["viec"] = "nap"
    assert visitor.client.post(FILL, data=fields).location == FILL
    return {name: text for name, text in visitor.get(FILL).form(FILL).items() if text}


def test_an_explanation_that_changes_alone_is_shown_and_taken(visit, ws: Workspace):
    ws.save_draft(*DRAFT, by="hoa", explanations={"B6": "Lời cũ."})
    hoa = visit("hoa")
    page = Page(upload(hoa, edited(hoa.client.get(FILE).data, explaining("Lời mới."))).text)
    assert "Sẽ thay 0 số, giữ nguyên 20 số. Sẽ thay 1 giải trình. Xem bảng" in page.words
    assert "Lời cũ. Lời mới." in page.words
    assert ws.submissions.revisions(REPORT)[-1].explanations == {"B6": "Lời cũ."}
    assert take(hoa, page)["giai_trinh.B6"] == "Lời mới."


def test_an_explanation_is_taken_where_nothing_is_entered_yet(visit, ws: Workspace):
    hoa = visit("hoa")
    page = Page(upload(hoa, edited(hoa.client.get(FILE).data, explaining("Chưa có số."))).text)
    assert take(hoa, page)["giai_trinh.B6"] == "Chưa có số."


def test_an_explanation_that_comes_with_a_figure_is_shown_old_and_new(visit, ws: Workspace):
    ws.save_draft(*DRAFT, by="hoa", explanations={"B6": "Lời cũ."})
    hoa = visit("hoa")

    def change(page):
        put(page, "B6", 51)
        explaining("Lời mới.")(page)

    page = Page(upload(hoa, edited(hoa.client.get(FILE).data, change)).text)
    assert "Lời cũ. Lời mới." in page.words


def test_an_explanation_that_another_user_rewrote_since_stays_or_is_joined(visit, ws: Workspace):
    ws.save_draft(*DRAFT, by="hoa", explanations={"B6": "Lời cũ.", "A3": "Cũ."})
    hoa = visit("hoa")
    data = hoa.client.get(FILE).data
    ws.save_draft(*DRAFT, by="bithu", explanations={"B6": "Văn phòng.", "A3": "Mới."})
    page = Page(upload(hoa, edited(data, explaining("Đơn vị."))).text)
    assert "Sẽ thay 1 giải trình." in page.words
    assert "Văn phòng. Văn phòng. Đơn vị." in page.words
    taken = take(hoa, page)
    assert taken["giai_trinh.B6"] == "Văn phòng. Đơn vị."
    assert taken["giai_trinh.A3"] == "Mới."


def test_an_explanation_in_an_old_font_is_shown_with_its_reading(
    visit, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hoa = visit("hoa")
    data = edited(hoa.client.get(FILE).data, explaining("Coâng ñoaøn cô sôû"))
    page = Page(upload(hoa, data).text)
    assert "Coâng ñoaøn cô sôû" in page.words
    assert "Công đoàn cơ sở" in page.words
    (tmp_path / "mau.xlsx").write_bytes(data)
    done = nq(ws, monkeypatch, str(tmp_path / "mau.xlsx"), "--dry-run")
    assert "Công đoàn cơ sở" in done.output


def test_the_command_takes_an_explanation_that_changes_alone(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ws.save_draft(*DRAFT, by="hoa", explanations={"B6": "Lời cũ."})
    file = tmp_path / "mau.xlsx"
    file.write_bytes(edited(template(ws), explaining("Lời mới.")))
    done = nq(ws, monkeypatch, str(file), "--by", "nam")
    assert f"{REPORT} giai_trinh.B6: Lời cũ. → Lời mới." in done.output
    assert "1 ô thay đổi trong 1 báo cáo, 20 ô giữ nguyên." in done.output
    assert ws.submissions.revisions(REPORT)[-1].explanations == {"B6": "Lời mới."}
    assert "0 ô thay đổi" in nq(ws, monkeypatch, str(file), "--by", "nam").output


def test_a_bad_row_is_named_with_its_number_and_nothing_is_written(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "mau.xlsx"

    def change(page):
        put(page, "A2", 1310)
        put(page, "B5", "27 ngươi")
        put(page, "B6", "=2+3")

    file.write_bytes(edited(template(ws), change))
    row = row_of(openpyxl.load_workbook(file).worksheets[0], "B5")
    done = nq(ws, monkeypatch, str(file), "--by", "nam")
    assert done.exit_code != 0
    assert f"mau.xlsx:{row}: B5: Ô này tính bằng người; “27 ngươi” có chữ khác." in done.output
    assert f"mau.xlsx:{row + 1}: B6 (hàng {row + 1}) chứa công thức." in done.output
    assert not ws.submissions.revisions(REPORT)
