"""The page of the system: what is loaded, and which plugin is put aside."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path

import pytest

from nqcore.store import disk_probe
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.small import plugin
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD
from webforms import create_app


def test_a_plugin_that_is_put_aside_is_named_and_the_pages_work(
    office: Path, tmp_path: Path
) -> None:
    shutil.copytree(office, tmp_path / "ws")
    text = '[pack]\nid = "x"\nsince = 2018-01-01\nbasis = "b"\n[[unit]]\ncode = "huyen"\n'
    late = plugin("nq_late", f'{text}name = "Huyện khác"\nkind = "committee"\n')
    with open_workspace(tmp_path / "ws", modules=[("nq_late", late)]) as ws:
        visitor = Visitor(create_app(ws).test_client())
        visitor.sign_in("qt", PASSWORD)
        page = visitor.get("/quan-tri/he-thong").text
    assert "nq_late" in page
    assert "unit huyen" in page
    assert "put aside" in page


def test_the_address_for_monitoring_says_no_when_nothing_can_be_written(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(create_app(ws).test_client())
    assert visitor.client.get("/healthz").status_code == 200

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk_probe, "write_new", full)
    assert visitor.client.get("/healthz").status_code == 200  # the last probe holds for seconds
    monkeypatch.setattr(disk_probe, "EVERY_SECONDS", 0.0)
    found = visitor.client.get("/healthz")
    assert (found.status_code, found.text) == (503, "store not available\n")
    monkeypatch.undo()
    monkeypatch.setattr(disk_probe, "EVERY_SECONDS", 0.0)
    assert visitor.client.get("/healthz").status_code == 200


def test_the_page_says_since_when_the_folder_is_a_new_place_and_what_to_check(
    office: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    shutil.copytree(office, folder)
    with open_workspace(folder) as ws:
        create_app(ws)
        shutil.copytree(folder, tmp_path / "old")
        ws.accounts.lock("dn", by="qt", at=ws.clock())
    shutil.copytree(tmp_path / "old", folder, dirs_exist_ok=True)
    with open_workspace(folder) as ws:
        visitor = Visitor(create_app(ws).test_client())
        visitor.sign_in("qt", PASSWORD)
        words = visitor.get("/quan-tri/he-thong").words
    assert "nơi mới từ" in words
    assert "trước đó máy này đã ghi nhận bản ghi" in words
    assert "nq user lock dn" in words


def test_the_folder_of_a_backup_is_gone_when_it_is_downloaded_or_given_up(
    visit, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    office = visit("qt")
    token = {"csrf_token": office.token()}
    answer = office.client.post("/quan-tri/he-thong/sao-luu", data=token)
    assert [path.name[:9] for path in (tmp_path / "temp").iterdir()] == [".nq-work-"]
    answer.close()
    assert [*(tmp_path / "temp").iterdir()] == []
    assert office.client.post("/quan-tri/he-thong/sao-luu", data=token, buffered=True).data
    assert [*(tmp_path / "temp").iterdir()] == []


def test_what_the_store_noted_when_it_was_opened_is_in_the_pages_language(
    office: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(office, tmp_path / "ws")
    (folder / "journal/head").unlink()
    with open_workspace(folder) as ws:
        visitor = Visitor(create_app(ws).test_client())
        visitor.sign_in("qt", PASSWORD)
        words = visitor.get("/quan-tri/he-thong").words
    assert f"Thiếu {folder}/journal/head: không biết có mất bản ghi cuối hay không." in words
