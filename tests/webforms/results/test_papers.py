"""*Kiểm tra văn bản*: a Word file is dropped on the page, and each of its numbers is marked."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Thread

import docx
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nqcore.files.incoming import gate
from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.analysis.readback.word_files import edit
from tests.support.visitor import Page, Visitor
from tests.support.waiting import join_all
from webforms import create_app
from webforms.results.papers import MAX_FILE
from webforms.security.page_rules import OVERHEAD
from webforms.security.receiving import EXTENSION, LARGE
from webforms.serving import worker_application
from webforms.shared.held_files import OF_ONE_ACCOUNT, SECONDS, HeldFiles
from webforms.workers.process import Workers

PATH = "/kiem-tra-van-ban"
ASKED = {"directive": "20-nq-tw.2008-01-28", "period": "2008..2018"}
CHANGED = ("886 buổi tuyên truyền", "868 buổi tuyên truyền")


@pytest.fixture(scope="module")
def office(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A demo district of this module's own."""
    folder = shutil.copytree(demo_folder, tmp_path_factory.mktemp("papers") / "demo")
    with open_workspace(folder) as ws:
        yield ws


@pytest.fixture(scope="module")
def paper(office: Workspace) -> bytes:
    return office.report(**ASKED, format="party-docx").data


@pytest.fixture(scope="module")
def app(office: Workspace) -> Flask:
    made = create_app(office)
    made.config["PROPAGATE_EXCEPTIONS"] = True
    return made


@pytest.fixture(scope="module")
def enter(app: Flask) -> Callable[[str], Visitor]:
    def visitor(login: str) -> Visitor:
        made = Visitor(app.test_client())
        assert made.sign_in(login, PASSWORD).status_code == 303
        return made

    return visitor


def send(visitor: Visitor, data: bytes, name: str = "báo cáo.docx", **fields: str) -> TestResponse:
    # As browsers send it; the test client's own encoder leaves a temporary file open.
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    given = {"csrf_token": visitor.token(), **fields}
    parts = [part % (key.encode(), b"", text.encode()) for key, text in given.items()]
    body = b"".join(parts) + part % (b"tep", f'; filename="{name}"'.encode(), data) + b"--x--\r\n"
    return visitor.client.post(PATH, data=body, content_type="multipart/form-data; boundary=x")


def test_a_file_goes_in_and_its_numbers_come_out_marked(
    enter: Callable[[str], Visitor], paper: bytes
) -> None:
    office = enter("vanphong")
    assert "Kiểm tra văn bản" in office.get("/bao-cao-tong-hop").words
    sent = send(office, edit(paper, CHANGED))
    assert sent.status_code == 303
    shown = office.client.get(sent.location)
    words = Page(shown.text).words
    assert "Cần xem lại (1)" in words
    assert "đã sửa trong văn bản: báo cáo ghi 886" in words
    assert '<mark id="so-1"' in shown.text
    assert shown.text.count("<mark") == 1
    assert shown.text.count("<strong title=") > 700


def test_an_untouched_file_is_right(enter: Callable[[str], Visitor], paper: bytes) -> None:
    office = enter("vanphong")
    words = office.get(send(office, paper).location).words
    assert "Mọi số đều đúng." in words


def test_the_page_works_for_text_without_bookmarks_of_a_review_that_is_chosen(
    enter: Callable[[str], Visitor],
) -> None:
    office, out, document = enter("vanphong"), BytesIO(), docx.Document()
    document.add_paragraph("Từ năm 2008 đến nay đã tổ chức 868 buổi tuyên truyền tại doanh nghiệp.")
    document.save(out)
    sent = send(office, out.getvalue())
    assert "không cho biết là của báo cáo nào" in office.get(sent.location, status=422).words
    chosen = {"van-ban": ASKED["directive"], "ky": ASKED["period"]}
    words = office.get(send(office, out.getvalue(), **chosen).location).words
    assert "chỉ theo câu chữ" in words
    assert "báo cáo ghi 886" in words or "chỗ khác ghi 886" in words


def test_the_day_and_the_boundaries_of_the_review_may_be_chosen_on_the_page(
    enter: Callable[[str], Visitor], office: Workspace
) -> None:
    """What the command line and `ws.papers.check` take, the page takes too."""
    clerk, day = enter("vanphong"), date(2018, 7, 31)
    form = clerk.client.get(PATH).text
    assert 'name="tinh-den"' in form
    assert ('name="co-cau"' in form) == bool(office.catalogue.changes)
    text, out = docx.Document(), BytesIO()
    text.add_paragraph("Từ năm 2008 đến nay đã tổ chức 868 buổi tuyên truyền tại doanh nghiệp.")
    text.save(out)
    chosen = {"van-ban": ASKED["directive"], "ky": ASKED["period"], "co-cau": "2018-01-01"}
    sent = send(clerk, out.getvalue(), **chosen, **{"tinh-den": day.isoformat()})
    words = clerk.get(sent.location).words
    assert "31/7/2018" in words
    assert "01/01/2018" in words


@pytest.mark.parametrize(
    ("field", "typed", "status"),
    [("tinh-den", "2999-01-01", 422), ("co-cau", "hôm qua", 422), ("tinh-den", "hôm qua", 404)],
)
def test_a_day_that_is_none_is_refused_on_the_page(
    enter: Callable[[str], Visitor], paper: bytes, field: str, typed: str, status: int
) -> None:
    office = enter("vanphong")
    office.get(send(office, paper, **{field: typed}).location, status=status)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"", "tệp rỗng"),
        ("a.pdf", b"%PDF-1.4", "không phải tệp"),
        ("a.docx", b"%PDF-1.4", "không phải tệp"),
        ("a.docx", b"PK\x03\x04" + b"x" * MAX_FILE, "lớn hơn 20 MB"),
    ],
)
def test_another_file_is_refused_in_words_on_its_page(
    enter: Callable[[str], Visitor], name: str, data: bytes, said: str
) -> None:
    answer = send(enter("vanphong"), data, name)
    assert answer.status_code == 422
    assert said in Page(answer.text).words


def test_a_far_larger_file_is_refused_by_its_size(enter: Callable[[str], Visitor]) -> None:
    answer = send(enter("vanphong"), b"PK\x03\x04" + b"x" * (MAX_FILE + OVERHEAD))
    assert answer.status_code == 413
    assert "Tệp lớn hơn 20 MB" in Page(answer.text).words


def bomb() -> bytes:
    """A document of a few hundred kilobytes that unpacks to 300 MB."""
    file = BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/picture.bin", bytes(300_000_000))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK\x03\x04 rubbish", "không phải tệp"), (bomb(), "giải nén ra quá lớn")],
    ids=["rubbish", "bomb"],
)
def test_what_is_in_a_file_is_looked_at_where_its_page_is_made_and_refused_in_words(
    enter: Callable[[str], Visitor],
    data: bytes,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Looking into 20 MB takes a second or more: too long for a thread that saves."""
    office = enter("vanphong")
    with monkeypatch.context() as patch:
        patch.setattr(gate, "check_package", None)
        sent = send(office, data)
    assert sent.status_code == 303
    assert said in office.get(sent.location, status=422).words


def test_a_second_large_file_of_an_account_at_the_same_time_is_refused_before_it_is_read(
    app: Flask, enter: Callable[[str], Visitor]
) -> None:
    office, other = enter("vanphong"), enter("lanhdao")
    room = app.extensions[EXTENSION]
    assert room.begin("vanphong")
    large = b"rubbish" * (LARGE // 7 + 1)
    answer = send(office, large)
    assert answer.status_code == 429
    assert "đang được nhận" in Page(answer.text).words
    assert send(office, b"rubbish").status_code == 422, "a small one is read in no time"
    assert send(other, large).status_code == 422
    room.end("vanphong")
    for _time in range(2):
        assert send(office, large).status_code == 422


def test_without_a_file_the_page_says_so(enter: Callable[[str], Visitor]) -> None:
    office = enter("vanphong")
    form = {"csrf_token": office.token()}
    answer = office.client.post(PATH, data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in Page(answer.text).words


def test_a_file_is_its_accounts_own_and_goes_after_an_hour(
    enter: Callable[[str], Visitor], paper: bytes, tmp_path: Path
) -> None:
    office, other = enter("vanphong"), enter("lanhdao")
    location = send(office, paper).location
    assert "không còn được giữ" in other.get(location, status=404).words
    files = HeldFiles(tmp_path / "held")
    keys = [files.keep("an", f"{n}.docx", b"x") for n in range(OF_ONE_ACCOUNT + 1)]
    assert len(list((tmp_path / "held").iterdir())) == OF_ONE_ACCOUNT
    assert files.find("an", keys[-1]) == (f"{OF_ONE_ACCOUNT}.docx", b"x")
    assert files.find("binh", keys[-1]) is None
    assert files.find("an", "../../etc/passwd") is None
    long_ago = time.time() - SECONDS - 1
    for path in (tmp_path / "held").iterdir():
        os.utime(path, (long_ago, long_ago))
    assert files.find("an", keys[-1]) is None


def test_a_file_that_is_just_being_written_makes_no_room_for_others(tmp_path: Path) -> None:
    files, folder = HeldFiles(tmp_path), tmp_path
    first = files.keep("an", "0.docx", b"x")
    (written,) = folder.iterdir()
    written.rename(half := written.with_suffix(".new"))
    for n in range(OF_ONE_ACCOUNT + 2):
        files.keep("an", f"{n}.docx", b"x")
    assert half.exists()
    half.rename(written)
    assert files.find("an", first) is not None


def test_one_account_may_send_files_from_many_tabs_at_once(tmp_path: Path) -> None:
    files, faults = HeldFiles(tmp_path), list[OSError]()

    def tab() -> None:
        for n in range(40):
            try:
                files.keep("an", f"{n}.docx", b"x" * 10_000)
            except OSError as wrong:
                faults.append(wrong)

    tabs = [Thread(target=tab, daemon=True) for _n in range(12)]
    for each in tabs:
        each.start()
    join_all(tabs)
    assert faults == []


def test_who_only_enters_has_no_such_page(enter: Callable[[str], Visitor], paper: bytes) -> None:
    clerk = enter("xa-hoa-loi")
    assert clerk.client.get(PATH).status_code == 403
    assert send(clerk, paper).status_code == 403


def test_hostile_words_of_a_document_come_out_as_text(
    enter: Callable[[str], Visitor], paper: bytes
) -> None:
    office, document = enter("vanphong"), docx.Document(BytesIO(paper))
    for words in (
        "<script>alert(5)</script>",
        "{{7*7}} {% raw %}",
        "=cmd|' /C calc'!A0",
        "\u202e99",
    ):
        document.paragraphs[3].insert_paragraph_before(words)
    out = BytesIO()
    document.save(out)
    shown = office.client.get(send(office, out.getvalue(), "<b>.docx").location)
    assert shown.status_code == 200
    assert "<script>alert" not in shown.text
    assert "<b>.docx" not in shown.text
    assert "{{7*7}}" in Page(shown.text).words.replace(" ", "")


@pytest.mark.slow
def test_a_worker_process_makes_the_page_of_a_file_that_the_server_took(
    office: Workspace, paper: bytes
) -> None:
    workers = Workers(partial(worker_application, office.folder, False, None), 1)
    try:
        served = Visitor(create_app(office, workers=workers).test_client())
        assert served.sign_in("vanphong", PASSWORD).status_code == 303
        shown = served.client.get(send(served, edit(paper, CHANGED)).location)
        assert "Cần xem lại (1)" in Page(shown.text).words
    finally:
        workers.close()
