"""A copy of an office opens nothing in the original: sessions belong to the folder, not to the id."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask

from nqcore.collection.archive.backup import restore_backup, write_backup
from nqcore.store.keys import key_file
from nqcore.store.place import mark_of
from nqcore.store.secret import secret_file
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD
from webforms import create_app

Serve = Callable[[Path], Flask]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """The pages over the office in a folder, as a process of its own would serve them."""
    with ExitStack() as opened:
        yield lambda folder: create_app(opened.enter_context(open_workspace(folder)))


def copied(ws: Workspace, to: Path) -> None:
    shutil.copytree(ws.folder, to)


def restored(ws: Workspace, to: Path) -> None:
    write_backup(ws.folder, to.with_suffix(".zip"), at=ws.clock(), by="test")
    restore_backup(to.with_suffix(".zip"), to)


def cookies_of(app: Flask, visitor: Visitor) -> dict[str, str]:
    """What the browser holds of `app`, by the part of the name behind the office's own."""
    name = app.config["SESSION_COOKIE_NAME"]
    found = {cookie.key: cookie.value for cookie in visitor.client._cookies.values()}
    assert name in found
    return {key.removeprefix(name): value for key, value in found.items()}


def carry(cookies: dict[str, str], to: Flask) -> Visitor:
    """A browser that sends those cookies to `to` under the names that it reads."""
    visitor = Visitor(to.test_client())
    for key, value in cookies.items():
        visitor.client.set_cookie(to.config["SESSION_COOKIE_NAME"] + key, value)
    return visitor


def signed_in(visitor: Visitor) -> bool:
    return visitor.client.get("/tai-khoan").status_code == 200


@pytest.mark.parametrize("copy", [copied, restored])
def test_whoever_is_signed_in_at_a_copy_is_not_at_the_original(
    ws: Workspace, tmp_path: Path, serve: Serve, copy: Callable[[Workspace, Path], None]
):
    original = create_app(ws)
    copy(ws, tmp_path / "copy")
    other = serve(tmp_path / "copy")
    with open_workspace(tmp_path / "copy") as beside:
        link = beside.accounts.link("xa", by="qt", at=beside.clock())
    intruder = Visitor(other.test_client())
    assert intruder.post(f"/dang-nhap/{link.token}").status_code == 303
    assert signed_in(intruder)
    assert not signed_in(carry(cookies_of(other, intruder), original))
    # Nor does the link itself, nor the other way round.
    assert Visitor(original.test_client()).post(f"/dang-nhap/{link.token}").status_code == 403
    owner = Visitor(original.test_client())
    owner.sign_in("dn", PASSWORD)
    assert signed_in(carry(cookies_of(original, owner), original))
    assert not signed_in(carry(cookies_of(original, owner), other))


def test_a_copy_that_is_served_beside_the_original_signs_nobody_out_there(
    ws: Workspace, tmp_path: Path, serve: Serve
):
    """Browsers send cookies to every port of a machine: the two have names of their own."""
    copied(ws, tmp_path / "copy")
    names = {
        app.config["SESSION_COOKIE_NAME"] for app in (create_app(ws), serve(tmp_path / "copy"))
    }
    assert len(names) == 2


def test_a_folder_that_is_moved_goes_on_and_signs_everybody_out(
    ws: Workspace, tmp_path: Path, serve: Serve
):
    before = create_app(ws)
    owner = Visitor(before.test_client())
    owner.sign_in("dn", PASSWORD)
    cookies = cookies_of(before, owner)
    ws.close()
    ws.folder.rename(tmp_path / "moved")
    moved = serve(tmp_path / "moved")
    assert not signed_in(carry(cookies, moved))
    assert Visitor(moved.test_client()).sign_in("dn", PASSWORD).status_code == 303


def test_the_same_folder_by_another_name_has_the_same_sessions(
    ws: Workspace, tmp_path: Path, serve: Serve
):
    (tmp_path / "link").symlink_to(ws.folder)
    here, there = create_app(ws), serve(tmp_path / "link")
    owner = Visitor(here.test_client())
    owner.sign_in("dn", PASSWORD)
    assert signed_in(carry(cookies_of(here, owner), there))


def test_an_office_of_the_first_version_opens_and_goes_on(ws: Workspace, serve: Serve):
    """0.1.0 named the secret by the id alone: a new one is made, everybody signs in once more."""
    secret_file(ws.settings.id, mark_of(ws.folder)).unlink(missing_ok=True)
    old = key_file(ws.settings.id).with_suffix(".session")
    old.write_text("00" * 32, "ascii")
    try:
        visitor = Visitor(serve(ws.folder).test_client())
        assert visitor.sign_in("dn", PASSWORD).status_code == 303
        assert signed_in(visitor)
    finally:
        old.unlink()


# -- put back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_place", [False, True], ids=["nq restore", "copied over"])
def test_what_was_ended_before_a_restore_does_not_come_back(
    ws: Workspace,
    tmp_path: Path,
    keys: Path,
    serve: Serve,
    in_place: bool,
    monkeypatch: pytest.MonkeyPatch,
):
    """A session, a used link and a lock: all were ended after the backup, and all stay ended or are said
    to be open again."""
    folder = ws.folder
    # What this machine has seen lies beside the key; other tests have copies of the same office there.
    ws.close()
    key = shutil.copytree(
        keys, tmp_path / "keys", ignore=shutil.ignore_patterns("*.head", "*.accounts")
    )
    monkeypatch.setenv("NQ_KEYS", str(key))
    ws = open_workspace(folder)
    before = create_app(ws)
    owner = Visitor(before.test_client())
    owner.sign_in("dn", PASSWORD)
    cookies = cookies_of(before, owner)
    link = ws.accounts.link("xa", by="qt", at=ws.clock())
    write_backup(folder, tmp_path / "b.zip", at=ws.clock(), by="test")
    copied(ws, tmp_path / "copy")
    assert Visitor(before.test_client()).post(f"/dang-nhap/{link.token}").status_code == 303
    ws.accounts.set_password("dn", "mật khẩu khác hẳn", by="dn", at=ws.clock())
    ws.accounts.lock("dn", by="qt", at=ws.clock())
    ws.close()
    if in_place:
        shutil.rmtree(folder / "journal")
        shutil.copytree(tmp_path / "copy", folder, dirs_exist_ok=True)
    else:
        shutil.rmtree(folder)
        restore_backup(tmp_path / "b.zip", folder)
    with open_workspace(folder) as back:
        said = back.archive.take_custody(by="nq serve").sentences()
    assert any("dn was locked" in one for one in said)
    assert any("dn has an earlier password" in one for one in said)
    after = serve(folder)
    assert not signed_in(carry(cookies, after))
    assert Visitor(after.test_client()).post(f"/dang-nhap/{link.token}").status_code == 403
