"""The disk fails: nothing is acknowledged that is not there, and the message says why."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nqcore.errors import StoreError
from nqcore.store import Store, StoreFull, StoreStopped

from .helpers import KEY, documents, founded, put, segment

Call = Callable[..., int]


def failing(number: int) -> Call:
    def call(*args: object) -> int:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_after_a_failed_fsync_the_store_takes_nothing_more_until_it_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    store = founded(tmp_path)
    put(store, "a", {})
    calls = []

    def fail(fd: int) -> None:
        calls.append(fd)
        raise OSError(number, os.strerror(number))

    for name in ("fdatasync", "fsync"):
        monkeypatch.setattr(os, name, fail, raising=False)
    with pytest.raises(StoreStopped, match=r"(Input/output|No space).*no more changes are taken"):
        put(store, "b", {})
    monkeypatch.undo()
    assert len(calls) == 1
    # It may be there or not; its own process shows what is in the file.
    assert {"a"} <= set(documents(store)) <= {"a", "b"}
    for _ in range(2):
        with pytest.raises(StoreStopped, match="start the program again"):
            put(store, "c", {})
    assert len(calls) == 1  # the fsync was not tried again
    with Store.open(tmp_path, KEY) as again:
        assert put(again, "d", {}) in (3, 4)
        assert {"a", "d"} <= set(documents(again)) <= {"a", "b", "d"}
        assert again.verify().ok


def test_after_a_failed_write_the_store_takes_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = founded(tmp_path)
    monkeypatch.setattr(os, "write", failing(errno.EIO))
    with pytest.raises(StoreStopped):
        put(store, "a", {})
    monkeypatch.undo()
    with pytest.raises(StoreStopped):
        put(store, "a", {})
    with Store.open(tmp_path, KEY) as again:
        assert documents(again) == {}
        assert put(again, "a", {}) == 2


def test_a_write_cut_short_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = founded(tmp_path)
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:7]))
    monkeypatch.setattr("nqcore.store.writer.write_head", lambda path, line: None)
    put(store, "a", {"x": "1"})
    monkeypatch.undo()
    put(store, "b", {})
    assert set(documents(Store.open(tmp_path, KEY))) == {"a", "b"}
    assert store.verify().ok


@pytest.mark.parametrize("arrived", [0, 1, 100])
def test_on_a_full_disk_the_part_that_arrived_is_taken_back_and_writing_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arrived: int
) -> None:
    store = founded(tmp_path)
    put(store, "a", {})
    before = segment(tmp_path).read_bytes()
    real = os.write

    def full(fd: int, data: bytes) -> int:
        if arrived and len(data) > 200:
            return real(fd, data[:arrived])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    for _ in range(2):
        with pytest.raises(StoreFull, match=r"full.*nothing was saved"):
            put(store, "b", {"text": "x" * 50})
        assert segment(tmp_path).read_bytes() == before
        assert documents(store) == {"a": {}}
    monkeypatch.undo()
    assert put(store, "b", {}) == 3
    assert store.verify().ok


def test_on_a_full_disk_a_torn_end_stays_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with founded(tmp_path) as store:
        put(store, "a", {})
    with segment(tmp_path).open("ab") as file:
        file.write(b"NQ1 3 ")
    size = segment(tmp_path).stat().st_size
    monkeypatch.setattr(os, "write", failing(errno.ENOSPC))
    store = Store.open(tmp_path, KEY)
    assert "could not be tidied" in str(store.notes[0])
    assert documents(store) == {"a": {}}
    with pytest.raises(StoreError, match=r"6 unfinished bytes.*Make room"):
        put(store, "b", {})
    assert segment(tmp_path).stat().st_size == size
    monkeypatch.undo()
    assert put(store, "b", {}) == 3
    assert store.verify().ok


def test_a_head_that_cannot_be_written_does_not_undo_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = founded(tmp_path)
    monkeypatch.setattr("nqcore.store.writer.write_head", failing(errno.EIO))
    assert put(store, "a", {}) == 2
    assert "head file" in caplog.text
    monkeypatch.undo()
    with Store.open(tmp_path, KEY) as again:
        assert set(documents(again)) == {"a"}
        assert again.verify().ok


def test_a_program_that_writes_without_the_lock_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nqcore.store.writer import JournalWriter

    store = founded(tmp_path)
    real = JournalWriter._open

    def intruded(self: JournalWriter, path: Path) -> int:
        with path.open("ab") as file:
            file.write(b"x")
        return real(self, path)

    monkeypatch.setattr(JournalWriter, "_open", intruded)
    with pytest.raises(StoreError, match="without the lock"):
        put(store, "a", {})


def test_a_read_only_disk_can_be_read_and_says_why_it_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with founded(tmp_path) as store:
        put(store, "a", {"x": 1})
    with segment(tmp_path).open("ab") as file:
        file.write(b"NQ1 3 ")
    real = os.open

    def read_only(path: str, flags: int, *rest: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", read_only)
    store = Store.open(tmp_path, KEY)
    assert "Read-only file system" in str(store.notes[0])
    assert documents(store) == {"a": {"x": 1}}
    assert store.refresh() == 0
    assert store.verify().ok
    with pytest.raises(StoreError, match=r"Read-only file system.*Reading works"):
        put(store, "b", {})
    monkeypatch.undo()
    assert put(store, "b", {}) == 3
