"""A hidden folder for files that are not finished, beside the place where they are to appear.

While a program works in it, it holds the operating system's lock on the file `lock` inside. The lock ends
with the process, however it ends. So the next run finds the folders of killed runs and removes them, and
never one in which another run still works, also on a disk that several machines use.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from filelock import lock_descriptor

from nqcore.clock import system_clock
from nqcore.store.files import BINARY, LOCK

PREFIX = ".nq-work-"
_UNLOCKED_SECONDS = 3600.0
"""A folder that has files and no file `lock` is another program's, or left of one before 0.3."""
_EARLIER_SECONDS = 86_400.0
"""The programs up to 0.2.0 had no lock: what is a day old is left of a killed run."""
_ONE_FILE = re.compile(r"\.[0-9a-f]{64}\.[0-9]+-[0-9a-f]{16}\.new")
"""A file that is written under its digest (an attachment): one that is an hour old, a killed run left."""
_EARLIER = re.compile(r"\.nq-trial-\w+|\..+\.zip\.[0-9]+\.new|\..+\.[0-9]+\.part|nq-\w{8}")


@contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A new hidden folder in `parent`, removed at the end of the block with all that is in it.

    Folders that killed runs left in `parent` are removed first. Raises OSError.
    """
    sweep(parent)
    place, lock = _locked_folder(parent)
    try:
        yield place
    finally:
        _remove(place)
        os.close(lock)


def _locked_folder(parent: Path) -> tuple[Path, int]:
    while True:
        place = Path(mkdtemp(prefix=PREFIX, dir=parent))
        try:
            lock = os.open(place / LOCK, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
        except FileNotFoundError:  # another run took the empty folder for that of a killed one
            continue
        # Another run may have found the lock free in the moment before, and removed the folder.
        if lock_descriptor(lock, blocking=False) and _is_there(place / LOCK, lock):
            return place, lock
        os.close(lock)


def _is_there(path: Path, fd: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(fd))
    except FileNotFoundError:
        return False


def sweep(parent: Path) -> None:
    """Remove from `parent` what killed runs have left. What cannot be removed stays."""
    with os.scandir(parent) as found:
        entries = list(found)
    for entry in entries:
        path = parent / entry.name
        with suppress(OSError):  # removed by another run, or another account's
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                _sweep_folder(path)
            elif _is_left(entry.name, path):
                _sweep_earlier(path)


def _is_left(name: str, path: Path) -> bool:
    """Whether a file or folder of that name is so old that the run that made it must have been killed."""
    if _ONE_FILE.fullmatch(name):
        return _age(path) > _UNLOCKED_SECONDS
    return _EARLIER.fullmatch(name) is not None and _age(path) > _EARLIER_SECONDS


def _sweep_folder(path: Path) -> None:
    try:
        lock = os.open(path / LOCK, os.O_RDWR | BINARY)
    except FileNotFoundError:
        with suppress(OSError):  # it is not empty, or another account's
            path.rmdir()
        if path.exists() and _age(path) > _UNLOCKED_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
        return
    except OSError:  # another account's
        return
    try:
        if lock_descriptor(lock, blocking=False):
            _remove(path)
    finally:
        os.close(lock)


def _remove(folder: Path) -> None:
    """Remove the folder, its lock last: a run that is killed meanwhile leaves a folder that the next run may
    remove at once."""
    with suppress(FileNotFoundError):
        for each in folder.iterdir():
            if each.name == LOCK:
                continue
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each, ignore_errors=True)
            else:
                with suppress(OSError):
                    each.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep_earlier(path: Path) -> None:
    """Remove an unfinished archive, or a folder that holds nothing but a workspace."""
    if path.is_symlink():
        return
    if path.is_file():
        path.unlink()
    elif path.is_dir() and {each.name for each in path.iterdir()} <= {"workspace"}:
        shutil.rmtree(path, ignore_errors=True)  # .nq-trial-…
    elif (path / "journal").is_dir():
        shutil.rmtree(path, ignore_errors=True)  # .NAME.PID.part
    elif path.name.startswith("nq-") and all(map(_is_web_backup, path.iterdir())):
        shutil.rmtree(path, ignore_errors=True)  # nq-…


def _is_web_backup(path: Path) -> bool:
    return path.name.startswith("sao-luu-") and path.suffix == ".zip"


def _age(path: Path) -> float:
    return system_clock().timestamp() - path.lstat().st_mtime
