"""The secret that signs sessions: a file beside the journal's key, outside the workspace.

It belongs to one folder, not to the workspace's id, which every copy of the folder keeps: what is signed
in a copy (`cp -r`, `nq restore`) must open nothing in the original. A folder that is moved gets a new
secret; that signs everybody out and costs nothing else.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from hashlib import sha256
from pathlib import Path

from nqcore.errors import StoreError
from nqcore.store.keys import key_file

LEAST = 32
"""Bytes of a secret."""


def folder_mark(folder: Path) -> str:
    """16 hex digits that name the folder itself: where it lies and what the disk calls it. Neither a
    copy elsewhere has the same, nor one that later stands in its place. Raises OSError."""
    real = os.path.realpath(folder)
    found = os.stat(real)
    told = "\0".join((real, str(found.st_dev), str(found.st_ino)))
    return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def secret_file(workspace_id: str, folder: Path) -> Path:
    """Where the secret of the sessions of the workspace in `folder` lies."""
    return key_file(f"{workspace_id}.{folder_mark(folder)}").with_suffix(".session")


def make_secret(workspace_id: str, folder: Path) -> bytes:
    """A new random secret of 32 bytes, readable by its owner only; the one that is there already
    when two processes make it at once. Raises StoreError as `load_secret` does."""
    path = secret_file(workspace_id, folder)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = secrets.token_bytes(LEAST)
    # Whole or not at all: another process must never read half of it.
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
        os.link(new, path)
    except FileExistsError:
        return load_secret(workspace_id, folder) or make_secret(workspace_id, folder)
    except OSError as error:
        raise StoreError(
            detail=f"The sessions' secret {path} cannot be made: {error.strerror}. "
            "Let the account that serves write there, or name another folder in $NQ_KEYS."
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return secret


def load_secret(workspace_id: str, folder: Path) -> bytes | None:
    """The secret, or None without a file. Raises StoreError when others can read it, or when it is
    short or easy to guess: whoever knows it can make sessions of anybody."""
    path = secret_file(workspace_id, folder)
    try:
        with open(path, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(1000).strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(detail=f"The secret {path} cannot be read: {error.strerror}.") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise StoreError(
            detail=f"Other accounts may read the sessions' secret {path} "
            f"(mode {stat.S_IMODE(mode):04o}). Delete it: a new one is made, and everybody signs in again."
        )
    secret = bytes.fromhex(text.decode("ascii")) if re.fullmatch(rb"([0-9a-f]{2})+", text) else b""
    # A random secret of 32 bytes has under 16 different ones once in more than 10**15 times.
    if len(secret) < LEAST or len(set(secret)) < LEAST // 2:
        raise StoreError(
            detail=f"The sessions' secret {path} is too short or easy to guess. "
            "Delete it: a new one is made, and everybody signs in again."
        )
    return secret
