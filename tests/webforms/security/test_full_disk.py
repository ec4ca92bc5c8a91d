"""The disk of the keys is full: signing in and out say so, and lose no words."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pyotp
import pytest
from flask import Flask

from nqcore.errors import StoreError
from nqcore.store import StoreBusy, StoreFull
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page
from tests.webforms.conftest import PASSWORD, QUARTER
from tests.webforms.security.test_second_factor import STEPS, codes_of, seed_of
from webforms.security.session_register import SEEN_SECONDS, Register

FILL = f"/bao-cao/{QUARTER}/nhap"
WRITES = ("INSERT", "UPDATE", "DELETE")


class Full(sqlite3.Connection):
    """A file on a disk without room: what needs more of it ends the transaction, as SQLite itself does."""

    fails = WRITES
    code, words = sqlite3.SQLITE_FULL, "database or disk is full"

    def execute(self, sql, *given):
        if sql.lstrip().startswith(self.fails):
            if self.in_transaction:
                super().execute("ROLLBACK")
            wrong = sqlite3.OperationalError(self.words)
            wrong.sqlite_errorcode = self.code
            raise wrong
        return super().execute(sql, *given)


class FullAtTheEnd(Full):
    fails = ("COMMIT",)


class Unopened(Full):
    """SQLite cannot make its shared memory there: it says only that the disk has failed."""

    fails = ("PRAGMA journal_mode",)
    code, words = sqlite3.SQLITE_IOERR | (19 << 8), "disk I/O error"


class Locked(Full):
    fails = ("BEGIN",)
    code, words = sqlite3.SQLITE_BUSY, "database is locked"


@contextmanager
def full_disk(register: Register, kind: type[Full]) -> Iterator[None]:
    """Meanwhile the disk of the register is full."""
    connect = sqlite3.connect
    register.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *path, **how: connect(*path, factory=kind, **how))
        patch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
        yield
    register.close()


@pytest.fixture
def register(app: Flask) -> Register:
    found: Register = app.extensions["nqcore.sessions"]
    return found


@pytest.mark.parametrize("kind", [Full, FullAtTheEnd])
def test_the_register_says_that_its_disk_is_full_and_goes_on_later(
    tmp_path: Path, kind: type[Full]
):
    register = Register(tmp_path / "r")
    name = register.begin("a", 1, by_link=False)
    with full_disk(register, kind):
        for _try in range(2):
            with pytest.raises(StoreFull, match=r"full.*nothing was saved"):
                register.end(name)
            with pytest.raises(StoreFull):
                register.begin("a", 1, by_link=False)
        assert register.has(name)
        assert len(register.sessions_of("a", 1)) == 1
    register.end(name)
    assert not register.has(name)
    register.close()


def test_a_register_that_is_locked_or_closed_to_us_is_an_error_of_the_store(
    tmp_path: Path,
):
    register = Register(tmp_path / "r")
    with full_disk(register, Locked), pytest.raises(StoreBusy):
        register.end("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="Is a directory"):
        Register(tmp_path / "folder").end("x")


def test_a_session_is_found_where_its_use_cannot_be_noted(tmp_path: Path):
    now = 1000.0
    register = Register(tmp_path / "r", lambda: now)
    name = register.begin("a", 1, by_link=False)
    now += SEEN_SECONDS
    with full_disk(register, Full):
        found = register.find(name)
    assert found is not None
    assert (found.login, found.used) == ("a", 1000.0)


@pytest.mark.parametrize("kind", [Full, FullAtTheEnd, Unopened])
def test_signing_in_says_so_and_the_words_that_wait_are_kept(
    visit, ws: Workspace, register: Register, kind: type[Full]
):
    unit = visit("dn")
    fields = unit.get(FILL).form(FILL)
    fields.setlist("viec", ["kiem_tra"])
    fields["N1"] = "Hai dòng\nchữ Việt"
    ws.accounts.set_password("dn", PASSWORD, by="qt", at=ws.clock())
    form = Page(unit.client.post(FILL, data=fields).text).form("/dang-nhap")
    form["login"], form["password"] = "dn", PASSWORD
    with full_disk(register, kind):
        answer = unit.client.post("/dang-nhap", data=form)
        again = Page(answer.text)
        assert answer.status_code == 503
        assert "Ổ đĩa của máy chủ đã đầy nên tạm thời không đăng nhập được." in again.words
        form = again.form("/dang-nhap")
        assert (form["login"], form["password"]) == ("dn", "")
        assert PASSWORD not in answer.text.partition("<h2>")[0]
    form["password"] = PASSWORD
    answer = unit.client.post("/dang-nhap", data=form)
    assert answer.status_code == 200
    assert Page(answer.text).form(FILL)["N1"] == "Hai dòng\nchữ Việt"


@pytest.mark.parametrize("kind", [Full, FullAtTheEnd, Unopened])
def test_signing_out_ends_the_session_in_the_browser_and_says_what_could_not_be_done(
    visit, register: Register, kind: type[Full]
):
    unit = visit("dn")
    token = unit.token()
    with full_disk(register, kind):
        answer = unit.client.post("/dang-xuat", data={"csrf_token": token})
    page = Page(answer.text)
    assert answer.status_code == 503
    assert "Ổ đĩa của máy chủ đã đầy nên chỉ đăng xuất được ở trình duyệt này." in page.words
    assert "nhiều nhất 12 giờ nữa" in page.words
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert page.form("/dang-nhap")["login"] == ""
    with unit.client.session_transaction() as session:
        assert "id" not in session


@pytest.mark.parametrize("path", ["/xac-thuc", "/tai-khoan/hai-buoc"])
def test_the_second_step_keeps_the_words_too(visit, register: Register, path: str):
    unit = visit("dn")
    sent = {"csrf_token": unit.token(), "viec": "bat-dau", "kept": "sealed words", "next": FILL}
    with full_disk(register, Unopened):
        answer = unit.client.post(path, data=sent)
    form = Page(answer.text).form("/dang-nhap")
    assert (answer.status_code, form["kept"], form["next"]) == (503, "sealed words", FILL)


def test_a_page_for_users_says_that_the_disk_is_full(visit, register: Register):
    unit = visit("dn")
    with full_disk(register, Unopened):
        answer = unit.client.get("/tai-khoan")
    page = Page(answer.text)
    assert (answer.status_code, page.title.partition(" – ")[0]) == (503, "Ổ đĩa đã đầy")


# -- what is used up or changed stays with its session --------------------------------------------


class FullAt:
    """A disk without room for the write with this number, of sessions, second factors and the journal."""

    def __init__(self, number: int, patch: pytest.MonkeyPatch) -> None:
        self.left = number
        connect, write = sqlite3.connect, os.write

        class File(sqlite3.Connection):
            def execute(_file, sql, *given):
                if sql.startswith((*WRITES, "COMMIT")) and self.is_full():
                    if _file.in_transaction:
                        super().execute("ROLLBACK")
                    wrong = sqlite3.OperationalError("database or disk is full")
                    wrong.sqlite_errorcode = sqlite3.SQLITE_FULL
                    raise wrong
                return super().execute(sql, *given)

        def written(fd, data):
            if self.is_full():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(fd, data)

        patch.setattr(sqlite3, "connect", lambda *path, **how: connect(*path, factory=File, **how))
        patch.setattr("nqcore.store.files.os.write", written)

    def is_full(self) -> bool:
        self.left -= 1
        return self.left == 0


@contextmanager
def full_at(number: int, register: Register) -> Iterator[FullAt]:
    register.close()
    with pytest.MonkeyPatch.context() as patch:
        yield FullAt(number, patch)
    register.close()


def test_a_link_is_used_up_only_with_its_session(visit, ws: Workspace, register: Register):
    link = ws.accounts.link("dn", by="qt", at=ws.clock())
    refused = 0
    for number in range(1, 40):
        visitor = visit()
        sent = {"csrf_token": visitor.token()}
        with full_at(number, register) as disk:
            answer = visitor.client.post(f"/dang-nhap/{link.token}", data=sent)
        if answer.status_code == 303:
            assert visitor.client.get("/tai-khoan").status_code == 200
            if disk.left > 0:
                break
            link = ws.accounts.link("dn", by="qt", at=ws.clock())
            continue
        refused += 1
        assert answer.status_code == 503
        assert "Liên kết vẫn còn dùng được" in Page(answer.text).words
        assert ws.accounts.open_links("dn", at=ws.clock())
        assert visitor.client.get("/tai-khoan").status_code == 303
    assert disk.left > 0
    assert refused >= 3


def test_recovery_codes_are_shown_and_stored_or_nothing_was_changed(
    visit, ws: Workspace, register: Register
):
    register.clock = lambda: 1_700_000_010.0
    refused = 0
    for number in range(1, 60):
        visitor = visit("dn")
        scan = visitor.post(STEPS, viec="bat-dau", old=PASSWORD)
        seed = seed_of(scan)
        fields = Page(scan.text).form(STEPS)
        fields["viec"], fields["code"] = "xac-nhan", pyotp.TOTP(seed).at(1_700_000_010)
        with full_at(number, register) as disk:
            answer = visitor.client.post(STEPS, data=fields)
        if answer.status_code == 503:
            refused += 1
            assert not ws.accounts["dn"].second_factor
            assert not codes_of(answer)
            assert "Ổ đĩa của máy chủ đã đầy" in Page(answer.text).words
            assert visitor.client.get("/tai-khoan").status_code == 200, "signed in as before"
            again = visitor.client.post(STEPS, data=fields)  # the same picture, when there is room
            assert len(codes_of(again)) == 8
        else:
            assert len(codes_of(answer)) == 8
        assert ws.second_factors.recovery_left(ws.accounts["dn"]) == 8
        assert visitor.client.get("/tai-khoan").status_code == 200
        ws.second_factors.reset("dn", by="qt", at=ws.clock())
        if disk.left > 0:
            break
    assert disk.left > 0
    assert refused >= 8


def test_a_recovery_code_is_used_up_only_with_its_session(visit, ws: Workspace, register: Register):
    register.clock = lambda: 1_700_000_010.0
    visitor = visit("dn")
    scan = visitor.post(STEPS, viec="bat-dau", old=PASSWORD)
    fields = Page(scan.text).form(STEPS)
    fields["viec"], fields["code"] = "xac-nhan", pyotp.TOTP(seed_of(scan)).at(1_700_000_010)
    codes = list(codes_of(visitor.client.post(STEPS, data=fields)))
    refused = 0
    for number in range(1, 40):
        # A try on a full disk is counted; an hour later there may be more.
        register.clock = lambda hours=number: 1_700_000_010.0 + hours * 3600
        visitor = visit()
        visitor.sign_in("dn", PASSWORD)
        form = visitor.get("/xac-thuc").form("/xac-thuc")
        form["code"] = codes[0]
        with full_at(number, register) as disk:
            answer = visitor.client.post("/xac-thuc", data=form)
        if answer.status_code == 303:
            codes.pop(0)
            assert visitor.client.get("/tai-khoan").status_code == 200
        else:
            refused += 1
            assert answer.status_code == 503
            assert visitor.client.get("/tai-khoan").status_code != 200
        assert ws.second_factors.recovery_left(ws.accounts["dn"]) == len(codes)
        if disk.left > 0:
            break
    assert disk.left > 0
    assert refused >= 3


def test_a_wrong_code_opens_no_session(visit, ws: Workspace, register: Register):
    register.clock = lambda: 1_700_000_010.0
    visitor = visit("dn")
    scan = visitor.post(STEPS, viec="bat-dau", old=PASSWORD)
    fields = Page(scan.text).form(STEPS)
    fields["viec"], fields["code"] = "xac-nhan", pyotp.TOTP(seed_of(scan)).at(1_700_000_010)
    assert codes_of(visitor.client.post(STEPS, data=fields))
    visitor = visit()
    visitor.sign_in("dn", PASSWORD)
    form = visitor.get("/xac-thuc").form("/xac-thuc")
    form["code"] = "AAAA-BBBB"
    before = len(register.sessions_of("dn", ws.accounts["dn"].session_epoch))
    assert visitor.client.post("/xac-thuc", data=form).status_code == 403
    assert len(register.sessions_of("dn", ws.accounts["dn"].session_epoch)) == before
    assert visitor.client.get("/tai-khoan").status_code == 303


def test_a_new_password_holds_with_its_session_or_the_old_one_stays(
    visit, ws: Workspace, register: Register
):
    passwords = [PASSWORD, "troi mua hai hom"]
    for number in range(1, 40):
        visitor = visit()
        visitor.sign_in("dn", passwords[0])
        fields = visitor.get("/tai-khoan").form("/tai-khoan")
        fields["old"], fields["new"] = passwords
        with full_at(number, register) as disk:
            answer = visitor.client.post("/tai-khoan", data=fields)
        if answer.status_code == 303:
            passwords.reverse()
        else:
            assert answer.status_code == 503
        assert ws.accounts.sign_in("dn", passwords[0]) is not None
        assert visitor.client.get("/tai-khoan").status_code == 200
        if disk.left > 0:
            break
    assert disk.left > 0
