"""Files that an account has sent for a page that takes a while: kept beside the secrets for a short time.

The page is made in another process, and a browser that waits for it asks again; so the file has to lie where
both find it. Only its account gets it, and it goes after an hour, or when newer ones need the room.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

SECONDS = 3600
"""How long a file is kept."""
OF_ONE_ACCOUNT, OF_ALL = 8, 24
"""How many files are kept; the oldest make room. One account may wait for six pages, so that none of their
files goes meanwhile."""
_KEY = re.compile(r"[0-9a-f]{32}")


class HeldFile(NamedTuple):
    """The name that the file has at its user's, and its bytes."""

    name: str
    data: bytes


class HeldFiles:
    """The files of all accounts, in one folder that only this user of the machine reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, login: str, name: str, data: bytes) -> str:
        """Keep the file; the key with which its account gets it back. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_hex(16)
        path = self._path(login, key)
        new = path.with_suffix(".new")
        fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(" ".join(name.split()).encode("utf-8", "replace") + b"\n" + data)
        new.replace(path)
        self._make_room(login)
        return key

    def find(self, login: str, key: str) -> HeldFile | None:
        """The file; None for one that is another account's, or that has gone."""
        if not _KEY.fullmatch(key):
            return None
        path = self._path(login, key)
        try:
            if path.stat().st_mtime < time.time() - SECONDS:
                return None
            name, _, data = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        return HeldFile(name.decode("utf-8", "replace"), data)

    def _path(self, login: str, key: str) -> Path:
        return self._folder / f"{_mark(login)}-{key}.file"

    def _make_room(self, login: str) -> None:
        found = []
        for path in self._folder.iterdir():
            try:
                found.append((path.stat().st_mtime, path))
            except FileNotFoundError:  # another process made room too
                continue
        # What another thread is just writing is no file yet: it takes its own place when it is whole.
        newest = [path for _at, path in sorted(found, reverse=True) if path.suffix == ".file"]
        own = [path for path in newest if path.name.startswith(_mark(login))]
        old = [path for at, path in found if at < time.time() - SECONDS]
        for path in {*newest[OF_ALL:], *own[OF_ONE_ACCOUNT:], *old}:
            path.unlink(missing_ok=True)


def _mark(login: str) -> str:
    return sha256(login.encode()).hexdigest()[:32]
