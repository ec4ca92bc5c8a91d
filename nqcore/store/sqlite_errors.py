"""What SQLite says of a small file beside the keys, as an error of the store."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from nqcore.errors import StoreError, system_words
from nqcore.store.errors import DISK_FULL, StoreBusy, StoreFull

if TYPE_CHECKING:  # only those who have such a file need it
    import sqlite3

NO_ROOM = 65_536
"""With fewer free bytes the disk is full: SQLite's smallest files have about as many."""


def full_or_busy(wrong: sqlite3.Error | OSError, path: Path, seconds: float) -> StoreError | None:
    """StoreFull or StoreBusy where that is why the file at `path` was refused; None for another reason.
    `seconds`: how long SQLite waited for other processes.

    >>> full_or_busy(OSError(28, "No space left on device"), Path("/keys/x"), 5).code
    'store-full'
    """
    import sqlite3

    code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF  # without its details
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusy(seconds=seconds, lock=str(path))
    full = isinstance(wrong, OSError) and wrong.errno in DISK_FULL
    if full or code == sqlite3.SQLITE_FULL or _no_room(path.parent):
        why = system_words(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        return StoreFull(folder=str(path.parent), why=why)
    return None


def _no_room(folder: Path) -> bool:
    """Whether the disk is full: when a file is opened there, SQLite says only that the disk has failed."""
    try:
        return shutil.disk_usage(folder).free < NO_ROOM
    except OSError:
        return False
