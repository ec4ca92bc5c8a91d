"""The place of a workspace: one folder of one machine.

Every copy of a workspace has the same id. What must belong to one folder only (sessions, one-time links, the
secret that signs cookies) is kept under a random mark, which is in the file `journal/place`. Backups do not
copy this file. It also names the folder by its real path and inode, so `cp -r` makes no second place: in the
copy, the file is one of another folder.
"""

from __future__ import annotations

import os
import re
import secrets
from hashlib import sha256
from pathlib import Path

from nqcore.store.files import write_new
from nqcore.store.store import FOLDER

PLACE = "place"
_LINE = re.compile(rb"NQP1 ([0-9a-f]{32}) ([0-9a-f]{64})\n")


def identity_of(folder: Path) -> str:
    """64 hex digits that name the folder itself, from its real path and inode. The number of the device is
    not in it: it may change when the machine starts. Raises OSError."""
    real = os.path.realpath(folder)
    name = f"{real}\0{os.stat(real).st_ino}"
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()


def place_of(folder: Path) -> str | None:
    """The mark of the place (32 hex digits). None if `folder` has none yet: it was restored, copied or
    moved, or a program before 0.3 made it. Raises OSError."""
    try:
        found = _LINE.fullmatch((folder / FOLDER / PLACE).read_bytes())
    except FileNotFoundError:
        return None
    if found is None or found[2].decode() != identity_of(folder):
        return None
    return found[1].decode()


def new_place(folder: Path) -> str:
    """Give `folder` a new random mark; what belonged to the old one is worth nothing. The caller makes sure
    that no other process does the same. Raises OSError."""
    mark = secrets.token_hex(16)
    file = folder / FOLDER / PLACE
    new = file.with_name(f".{PLACE}-{os.getpid()}.new")
    new.unlink(missing_ok=True)
    write_new(new, f"NQP1 {mark} {identity_of(folder)}\n".encode("ascii"))
    os.replace(new, file)
    return mark


def unrecorded_place(folder: Path) -> str:
    """A mark for a folder that cannot be written, made of its path and inode alone. Raises OSError."""
    return identity_of(folder)[:32]


def mark_of(folder: Path) -> str:
    """The mark under which `folder` is served. Raises OSError."""
    return place_of(folder) or unrecorded_place(folder)
