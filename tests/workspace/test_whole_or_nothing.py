"""A workspace that cannot be made whole leaves nothing behind, and the error says what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import nqcore
from nqcore.errors import WorkspaceError
from nqcore.plugin import Unit, UnitKind
from nqcore.workspace.setup import set_up_workspace

WRITING = ("mkdir", "open", "write", "fsync", "fdatasync", "replace", "rename", "link")
UNITS = [Unit(code="huyen", name="Huyện Tân Hòa", kind=UnitKind.COMMITTEE)]


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of keys for this test alone."""
    folder = tmp_path / "keys"
    folder.mkdir()
    monkeypatch.setenv("NQ_KEYS", str(folder))
    return folder


class FullAt:
    """A disk that has no room for the call with this number, of those that write; `stays`: nor for those
    after it."""

    def __init__(
        self, number: int, monkeypatch: pytest.MonkeyPatch, *, stays: bool = False
    ) -> None:
        self.left, self.stays = number, stays
        for name in WRITING:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name), name))

    def _failing(self, run: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            if name != "open" or given[1] & os.O_CREAT:
                self.left -= 1
                if self.left == 0 or (self.stays and self.left < 0):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return run(*given, **more)

        return call


def test_a_full_disk_at_any_write_leaves_no_folder_and_no_key(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []
    for number in range(1, 200):
        folder = tmp_path / "a" / f"ws-{number}"
        with monkeypatch.context() as patched:
            disk = FullAt(number, patched)
            try:
                made = set_up_workspace(folder, plugins=["nq_model_district"])
            except WorkspaceError as wrong:
                refused.append(str(wrong))
                assert not folder.exists()
                assert list(keys.iterdir()) == []
            else:  # what could not be written was no part of the workspace
                made.workspace.close()
                with nqcore.open(folder) as office:
                    assert office.accounts.open_links("quantri", at=office.clock())
                for path in keys.iterdir():
                    path.unlink()
        if disk.left > 0:
            break
    assert disk.left > 0
    assert len(refused) > 20
    assert all("is full, so nothing was made there. Make room" in words for words in refused)


def test_an_empty_folder_stays_as_it_was(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ws"
    folder.mkdir()
    with monkeypatch.context() as patched:
        FullAt(12, patched)
        with pytest.raises(WorkspaceError, match="is full"):
            nqcore.create(folder, units=UNITS)
    assert list(folder.iterdir()) == list(keys.iterdir()) == []


def test_whatever_goes_wrong_nothing_is_left(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr("nqcore.workspace.setup._add_admin", broken)
        with pytest.raises(RuntimeError):
            nqcore.create(tmp_path / "ws", units=UNITS)
    assert list(tmp_path.iterdir()) == [keys]
    assert list(keys.iterdir()) == []


def test_a_folder_in_which_another_run_has_begun_is_left_as_it_is(
    tmp_path: Path, keys: Path
) -> None:
    (tmp_path / "ws" / "journal").mkdir(parents=True)
    with pytest.raises(WorkspaceError, match=r"is not empty\. Choose a new folder"):
        nqcore.create(tmp_path / "ws", units=UNITS)
    assert (tmp_path / "ws" / "journal").exists()
    assert list(keys.iterdir()) == []
