"""The secret that signs sessions: a file beside the journal's key, outside the workspace."""

from __future__ import annotations

import os
import re
import secrets
import stat
from pathlib import Path

from nqcore.errors import StoreError
from nqcore.store.keys import key_file

LEAST = 32
"""Bytes of a secret."""


def secret_file(workspace_id: str) -> Path:
    """Where the secret of this workspace's sessions lies."""
    return key_file(workspace_id).with_suffix(".session")


def make_secret(workspace_id: str) -> bytes:
    """A new random secret of 32 bytes, readable by its owner only; the one that is there already
    when two processes make it at once. Raises StoreError as `load_secret` does."""
    path = secret_file(workspace_id)
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
        return load_secret(workspace_id) or make_secret(workspace_id)
    except OSError as error:
        raise StoreError(
            detail=f"The sessions' secret {path} cannot be made: {error.strerror}. "
            "Let the account that serves write there, or name another folder in $NQ_KEYS."
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return secret


def load_secret(workspace_id: str) -> bytes | None:
    """The secret, or None without a file. Raises StoreError when others can read it, or when it is
    short or easy to guess: whoever knows it can make sessions of anybody."""
    path = secret_file(workspace_id)
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
