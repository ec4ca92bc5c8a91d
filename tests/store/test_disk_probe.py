"""Whether a file can be written is tried for real, and never more often than every few seconds."""

from __future__ import annotations

import errno
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.store import disk_probe
from nqcore.store.disk_probe import PROBE_BYTES, DiskProbe
from tests.support.waiting import LONG, join_all


def counted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    written: list[bytes] = []
    real = disk_probe.write_new

    def write(path: Path, data: bytes) -> None:
        written.append(data)
        real(path, data)

    monkeypatch.setattr(disk_probe, "write_new", write)
    return written


def test_a_file_is_written_once_for_many_questions_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, probe = counted(monkeypatch), DiskProbe(tmp_path)
    for _ in range(100):
        probe.check()
    assert [len(data) for data in written] == [PROBE_BYTES]
    assert os.listdir(tmp_path) == []


def test_after_a_while_it_is_tried_again_and_the_disk_may_have_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe, full = DiskProbe(tmp_path), [True]
    real = disk_probe.write_new

    def write(path: Path, data: bytes) -> None:
        if full:
            path.write_bytes(data[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data)

    monkeypatch.setattr(disk_probe, "write_new", write)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            probe.check()
    assert os.listdir(tmp_path) == []
    full.clear()
    with pytest.raises(OSError, match="No space"):
        probe.check()
    monkeypatch.setattr(disk_probe, "EVERY_SECONDS", 0.0)
    probe.check()


def test_a_disk_that_does_not_answer_holds_one_thread_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe, begun, go_on = DiskProbe(tmp_path), threading.Event(), threading.Event()

    def hang(path: Path, data: bytes) -> None:
        begun.set()
        assert go_on.wait(LONG)

    monkeypatch.setattr(disk_probe, "write_new", hang)
    first = threading.Thread(target=probe.check, daemon=True)
    first.start()
    assert begun.wait(LONG)
    probe.check()  # the result before holds for a while
    monkeypatch.setattr(disk_probe, "SLOW_SECONDS", 0.0)
    with pytest.raises(TimeoutError, match="does not answer"):
        probe.check()
    go_on.set()
    join_all([first])
    probe.check()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, timeout=LONG
    )
    if made.returncode:
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", place], check=True, timeout=LONG)


def test_a_full_disk_is_found_and_so_is_its_end(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_probe, "EVERY_SECONDS", 0.0)
    probe = DiskProbe(small_disk)
    probe.check()
    (small_disk / "big").write_bytes(bytes(1_000_000))
    with pytest.raises(OSError, match="No space"):
        probe.check()
    (small_disk / "big").unlink()
    probe.check()
