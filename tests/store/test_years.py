"""A new year begins a new file, so that what is old is left alone for good."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nqcore.store import Store, StoreFull

from .helpers import KEY, documents, founded, put


def year(number: int) -> datetime:
    return datetime(number, 3, 1, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "journal").glob("*.nqj"))


def test_the_first_record_of_a_later_year_begins_a_file(tmp_path: Path) -> None:
    with founded(tmp_path) as store:
        for n, when in enumerate((2018, 2019, 2019, 2020)):
            put(store, f"r{n}", {}, at=year(when))
    assert names(tmp_path) == ["0000000001.nqj", "0000000003.nqj", "0000000005.nqj"]
    with Store.open(tmp_path, KEY) as again:
        assert list(documents(again)) == ["r0", "r1", "r2", "r3"]
        assert again.verify().ok
        assert [touch.seq for touch in again.history("reports", "r1")] == [3]
        assert put(again, "r4", {}, at=year(2020)) == 6
    assert len(names(tmp_path)) == 3


def test_a_clock_that_went_wrong_begins_no_files_again_and_again(tmp_path: Path) -> None:
    with founded(tmp_path) as store:
        for n, when in enumerate((2030, 2018, 2030, 2019, 2030)):
            put(store, f"r{n}", {}, at=year(when))
    assert len(names(tmp_path)) == 2
    with Store.open(tmp_path, KEY) as again:
        assert [touch.seq for n in range(5) for touch in again.history("reports", f"r{n}")] == [
            2, 3, 4, 5, 6,
        ]  # fmt: skip
        put(again, "r5", {}, at=year(2029))
    assert len(names(tmp_path)) == 2


def test_a_file_that_a_crash_left_empty_is_used(tmp_path: Path) -> None:
    with founded(tmp_path) as store:
        put(store, "a", {})
    (tmp_path / "journal" / "0000000003.nqj").touch()
    with Store.open(tmp_path, KEY) as store:
        put(store, "b", {}, at=year(2019))
        put(store, "c", {}, at=year(2019))
    assert len(names(tmp_path)) == 2
    with Store.open(tmp_path, KEY) as store:
        assert list(documents(store)) == ["a", "b", "c"]
        assert store.verify().ok


def test_another_process_follows_into_the_new_file(tmp_path: Path) -> None:
    with founded(tmp_path) as store, Store.open(tmp_path, KEY) as other:
        put(store, "a", {}, at=year(2019))
        put(other, "b", {}, at=year(2019))
        put(store, "c", {}, at=year(2020))
        assert other.refresh() == 1
        assert documents(other) == documents(store)


def test_no_room_for_the_new_file_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nqcore.store import writer

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with founded(tmp_path) as store:
        monkeypatch.setattr(writer, "write_new", full)
        with pytest.raises(StoreFull):
            put(store, "a", {}, at=year(2019))
        monkeypatch.undo()
        assert put(store, "a", {}, at=year(2019)) == 2
        assert store.verify().ok
    assert len(names(tmp_path)) == 2
