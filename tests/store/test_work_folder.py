"""What killed runs leave beside a backup is removed by the next run, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import pytest

from nqcore.store.work_folder import PREFIX, sweep, work_folder
from tests.support.small import ROOT
from tests.support.waiting import lines_of

HOLD = """
import sys, time
from pathlib import Path
from nqcore.store.work_folder import work_folder
with work_folder(Path(sys.argv[1])) as place:
    (place / "archive.zip").write_bytes(b"x" * 1000)
    print(place.name, flush=True)
    time.sleep(600)
"""


def holder(place: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_a_folder_is_there_for_its_block_only(tmp_path: Path) -> None:
    with work_folder(tmp_path) as place:
        assert place.parent == tmp_path
        assert place.stat().st_mode & 0o077 == 0
        (place / "a" / "b").mkdir(parents=True)
        with work_folder(tmp_path) as other:
            assert place.exists()
            assert other != place
    assert os.listdir(tmp_path) == []


def test_the_folder_of_a_killed_run_is_removed_and_one_at_work_is_not(tmp_path: Path) -> None:
    with lines_of(holder(tmp_path)) as working:
        name = working.next()
        with work_folder(tmp_path):
            assert (tmp_path / name / "archive.zip").exists()
    assert (tmp_path / name).exists()  # killed at the end of the block
    with work_folder(tmp_path):
        assert not (tmp_path / name).exists()
    assert os.listdir(tmp_path) == []


def old(path: Path, days: float) -> None:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_an_empty_folder_goes_at_once_and_a_run_whose_new_folder_went_makes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def swept_at_once(**where: str | Path) -> str:
        made.append(mkdtemp(**where))
        if len(made) == 1:
            sweep(tmp_path)
        return made[-1]

    monkeypatch.setattr("nqcore.store.work_folder.mkdtemp", swept_at_once)
    with work_folder(tmp_path) as place:
        assert [str(place)] == made[1:]
        assert os.listdir(tmp_path) == [place.name]


def test_a_run_killed_while_it_removes_its_folder_leaves_nothing_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, work_folder(tmp_path) as place:
        (place / "archive.zip").touch()
        (place / "journal" / "2018").mkdir(parents=True)
        patched.setattr("nqcore.store.work_folder.shutil.rmtree", lambda *a, **b: None)
    assert {path.name for path in place.iterdir()} == {"journal", "lock"}
    sweep(tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_folder_with_files_and_without_a_lock_is_left_for_an_hour(tmp_path: Path) -> None:
    made = tmp_path / f"{PREFIX}abc"
    (made / "letter").mkdir(parents=True)
    sweep(tmp_path)
    assert made.exists()
    old(made, 0.1)
    sweep(tmp_path)
    assert not made.exists()


@pytest.mark.parametrize("days", [0.5, 2.0])
def test_what_programs_up_to_0_2_left_is_removed_after_a_day(tmp_path: Path, days: float) -> None:
    for name in (".nq-trial-x1y2/workspace/journal", ".new.4711.part/journal"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".b.zip.4711.new").write_bytes(b"x")
    others = (".b.4711.new", ".nq-trial-other", ".mine.1.part", "b.zip", ".zip.new")
    for name in others:
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter").touch()
    for path in tmp_path.iterdir():
        old(path, days)
    sweep(tmp_path)
    gone = {".nq-trial-x1y2", ".new.4711.part", ".b.zip.4711.new"} if days > 1 else set()
    assert {path.name for path in tmp_path.iterdir()} == {
        *others,
        *({".nq-trial-x1y2", ".new.4711.part", ".b.zip.4711.new"} - gone),
    }


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine" / "journal").mkdir(parents=True)
    for name in (f"{PREFIX}a", ".x.1.part"):
        (tmp_path / name).symlink_to(tmp_path / "mine")
    os.utime(tmp_path / ".x.1.part", (1, 1), follow_symlinks=False)
    sweep(tmp_path)
    assert (tmp_path / "mine" / "journal").exists()


def test_a_lock_that_another_run_took_with_the_folder_means_a_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between making the folder and locking it, the folder may be swept."""
    from nqcore.store import work_folder as module

    real, taken = module.lock_descriptor, []

    def swept(fd: int, blocking: bool) -> bool:
        if not taken:
            (first,) = tmp_path.iterdir()
            taken.append(first)
            (first / "lock").unlink()
            first.rmdir()
        return real(fd, blocking=blocking)

    monkeypatch.setattr(module, "lock_descriptor", swept)
    with work_folder(tmp_path) as place:
        assert place not in taken
        assert place.exists()


def test_an_attached_file_that_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    digest = "ab" * 32
    left, at_work = (
        tmp_path / f".{digest}.7-{'0' * 16}.new",
        tmp_path / f".{digest}.8-{'1' * 16}.new",
    )
    kept = [tmp_path / digest, tmp_path / f".{digest}.new", tmp_path / f"{digest}.7-{'0' * 16}.new"]
    for path in (left, at_work, *kept):
        path.write_bytes(b"x")
        old(path, 0 if path == at_work else 0.1)
    sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([at_work, *kept])


def test_a_backup_that_the_pages_of_an_earlier_program_left_is_removed(tmp_path: Path) -> None:
    found = {"nq-ab12cd34": "sao-luu-2018-10-05-1000.zip", "nq-xy98zw76": "other.txt"}
    for name, file in found.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_bytes(b"x")
        old(tmp_path / name, 2)
    (tmp_path / "nq-mn56op78").mkdir()  # of today
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"nq-xy98zw76", "nq-mn56op78"}
