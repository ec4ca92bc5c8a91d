"""Evidence files: attached on a page of their own, kept by digest, missed when they are gone."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.submissions.attachments import MAX_BYTES, MAX_FILES
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page
from tests.webforms.conftest import QUARTER

PAGE = f"/bao-cao/{QUARTER}/minh-chung"
OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
DIGEST = sha256(PDF).hexdigest()


def _office(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        for name in ("[Content_Types].xml", *names):
            parts.writestr(zipfile.ZipInfo(name), "<x/>")  # the same bytes in every process
    return data.getvalue()


def _attach(visitor, name: str = "Kế hoạch 05.pdf", data: bytes = PDF):
    # As browsers send it; the test client's own encoder leaves a temporary file open.
    head = 'Content-Disposition: form-data; name="{}"'
    body = b"\r\n".join(
        [
            b"--x",
            head.format("csrf_token").encode(),
            b"",
            visitor.token().encode(),
            b"--x",
            f'{head.format("tep")}; filename="{name}"'.encode(),
            b"Content-Type: application/octet-stream",
            b"",
            data,
            b"--x--",
            b"",
        ]
    )
    return visitor.client.post(PAGE, data=body, content_type="multipart/form-data; boundary=x")


def test_a_file_goes_with_the_report_and_comes_back_byte_for_byte(visit, ws: Workspace):
    unit, office = visit("dn"), visit("vp")
    assert _attach(unit).location == PAGE
    page = unit.get(PAGE)
    assert "Đã đính kèm “Kế hoạch 05.pdf”." in page.words
    link = f"{PAGE}/{DIGEST}"
    assert link in page.links
    unit.press(f"/bao-cao/{QUARTER}/nhap", "ghi0")
    ws.send(QUARTER, by="dn")
    assert link in office.get(f"/duyet/{QUARTER}").links
    assert link in office.get(f"/bao-cao/{QUARTER}").links
    answer = office.client.get(link)
    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "K%E1%BA%BF%20ho%E1%BA%A1ch%2005.pdf" in answer.headers["Content-Disposition"]
    visit("dn2").get(link, status=404)


def test_the_file_lies_under_its_digest_and_the_journal_says_whose_it_is(visit, ws: Workspace):
    _attach(visit("dn"))
    assert (ws.folder / "evidence" / DIGEST).read_bytes() == PDF
    (touch,) = ws.store.history("evidence", QUARTER)
    assert (touch.by, touch.do, touch.why) == ("dn", "attach", "Kế hoạch 05.pdf")


def test_the_same_bytes_twice_are_one_file(visit, ws: Workspace):
    unit = visit("dn")
    _attach(unit)
    before = ws.store.version
    _attach(unit, "khac.pdf")
    assert ws.store.version == before
    assert len(ws.submissions.attachments.of(QUARTER)) == 1


@pytest.mark.parametrize(
    ("name", "data", "type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.JPEG", b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n0000", "image/png"),
        ("a.docx", _office("word/document.xml"), OFFICE + "wordprocessingml.document"),
        ("a.xlsx", _office("xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
    ],
)
def test_five_kinds_are_taken(visit, ws: Workspace, name: str, data: bytes, type: str):
    unit = visit("dn")
    assert _attach(unit, name, data).status_code == 303
    (file,) = ws.submissions.attachments.of(QUARTER)
    answer = unit.client.get(f"{PAGE}/{file.sha256}")
    assert (answer.data, answer.headers["Content-Type"]) == (data, type)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ\x90\x00", "không phải tệp PDF"),
        ("a.pdf", b"MZ\x90\x00", "không phải tệp PDF"),
        ("a.xlsx", _office("xl/workbook.xml", "xl/vbaProject.bin"), "macro"),
        ("a.docx", _office("xl/workbook.xml"), "không phải tệp"),
        ("a.pdf.html", b"<script>alert(1)</script>", "không phải tệp"),
        ("a.pdf", b"", "Chưa chọn tệp, hoặc tệp rỗng. Chọn một tệp."),
        ("a.pdf", PDF + b"x" * MAX_BYTES, "lớn hơn 10 MB. Quét đen trắng"),
    ],
)
def test_what_cannot_be_attached_is_said_on_the_page(
    visit, ws: Workspace, name: str, data: bytes, said: str
):
    unit = visit("dn")
    answer = _attach(unit, name, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert not (ws.folder / "evidence").exists()


def test_a_file_far_too_large_is_answered_before_it_is_read(visit, ws: Workspace):
    answer = visit("dn").client.post(
        PAGE, data=b"x" * (MAX_BYTES + 2_000_000), content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413
    assert "Tệp lớn hơn 10 MB. Xóa ảnh" in answer.text


def test_figures_are_never_read_from_a_form_of_files(visit):
    unit = visit("dn")
    for path in (f"/bao-cao/{QUARTER}/nhap", f"{PAGE}/{DIGEST}/bo", "/tai-khoan"):
        answer = unit.client.post(path, data={"x": "1"}, content_type="multipart/form-data")
        assert answer.status_code == 415


def test_a_report_has_so_many_files_and_no_more(visit, ws: Workspace):
    obligation = ws.submissions.repository.find(QUARTER)
    for nth in range(MAX_FILES):
        ws.submissions.attach(obligation, f"{nth}.pdf", PDF + bytes([nth]), by=ws.account("dn"))
    assert _attach(visit("dn"), "them.pdf", PDF + b"more").status_code == 422


def test_a_removed_file_leaves_the_report_and_stays_in_history(visit, ws: Workspace):
    unit = visit("dn")
    _attach(unit)
    assert unit.post(f"{PAGE}/{DIGEST}/bo").location == PAGE
    assert "Đã bỏ “Kế hoạch 05.pdf” khỏi báo cáo." in unit.get(PAGE).words
    unit.get(f"{PAGE}/{DIGEST}", status=404)
    assert (ws.folder / "evidence" / DIGEST).exists()
    assert len(ws.store.history("evidence", QUARTER)) == 2
    _attach(unit)
    assert len(ws.submissions.attachments.of(QUARTER)) == 1


def test_a_report_that_was_sent_takes_no_more_files(visit, ws: Workspace):
    unit = visit("dn")
    _attach(unit)
    unit.press(f"/bao-cao/{QUARTER}/nhap", "ghi0")
    ws.send(QUARTER, by="dn")
    _attach(unit, "b.pdf", PDF + b"b")
    assert "không còn mở để nhập" in unit.get(PAGE).words
    unit.post(f"{PAGE}/{DIGEST}/bo")
    assert [file.name for file in ws.submissions.attachments.of(QUARTER)] == ["Kế hoạch 05.pdf"]


@pytest.mark.parametrize(
    ("hurt", "said"),
    [
        (lambda file: file.unlink(), "is missing. Put it back from a backup."),
        (lambda file: file.write_bytes(b"%PDF-other"), "was changed. Put it back from a backup."),
        (lambda file: file.write_bytes(b""), "was changed. Put it back from a backup."),
    ],
)
def test_verify_notices_a_file_that_is_gone_or_other(visit, ws: Workspace, hurt, said: str):
    unit = visit("dn")
    _attach(unit)
    assert ws.verify().ok
    hurt(ws.folder / "evidence" / DIGEST)
    assert not ws.verify().ok
    done = CliRunner().invoke(main, ["--lang", "en", "verify", "-w", str(ws.folder)])
    assert done.exit_code == 1
    assert f"evidence/{DIGEST[:12]}… (“Kế hoạch 05.pdf” of {QUARTER})" in done.output
    assert said in done.output
    # It is not served as if nothing had happened, and the same file attached again heals it.
    assert unit.client.get(f"{PAGE}/{DIGEST}").status_code == 503
    unit.post(f"{PAGE}/{DIGEST}/bo")
    _attach(unit)
    assert ws.verify().ok


def test_a_full_disk_attaches_nothing(visit, ws: Workspace, monkeypatch: pytest.MonkeyPatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nqcore.collection.submissions.attachments.write_new", full)
    unit = visit("dn")
    answer = _attach(unit)
    page = Page(answer.text)
    assert (answer.status_code, page.title.partition(" – ")[0]) == (503, "Ổ đĩa đã đầy")
    assert "Ổ đĩa của máy chủ đã đầy. Lần này chưa lưu được" in page.words
    assert "đang bận" not in page.words
    assert ws.submissions.attachments.of(QUARTER) == ()
