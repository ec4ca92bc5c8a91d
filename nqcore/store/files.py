"""The files of a journal folder, and the system calls that make them durable."""

from __future__ import annotations

import os
import re
from pathlib import Path

BINARY: int = getattr(os, "O_BINARY", 0)  # Windows would translate newlines otherwise
LOCK = "lock"
TURN = "turn"
SNAPSHOT = "snapshot"
HEAD = "head"


def segment_name(first_seq: int) -> str:
    """The name of the segment whose first record has this number."""
    return f"{first_seq:010d}.nqj"


def segments(folder: Path) -> list[tuple[int, Path]]:
    """All segments in the folder as (number of the first record, path), in order."""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(
        (int(name[:10]), folder / name) for name in names if re.fullmatch(r"[0-9]{10}\.nqj", name)
    )


def sync_data(fd: int) -> None:
    """Return once the bytes are on the disk. Never call it again after a failure."""
    if hasattr(os, "fdatasync"):
        os.fdatasync(fd)
    else:
        os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Make a new, renamed or removed name in `folder` durable (Windows has no such call)."""
    if os.name != "posix":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def write_new(path: Path, data: bytes) -> None:
    """Write a new file (mode 0600) with these bytes and fsync it.

    Its name is durable only after `sync_folder`. Raises FileExistsError.
    """
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    try:
        write_all(fd, data)
        os.fsync(fd)
    finally:
        os.close(fd)


def write_all(fd: int, data: bytes) -> None:
    """Write all bytes. This is one system call unless the system accepts fewer bytes."""
    done = os.write(fd, data)
    while done < len(data):
        done += os.write(fd, data[done:])
