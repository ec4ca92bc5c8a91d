"""The secret that signs sessions: a file next to the journal's key, outside the workspace.

The secret belongs to one place (`store.place`), not to the workspace's id, because every copy of the
folder has the same id: a session signed in a copy (`cp -r`, `nq restore`) must not be valid in the
original. A folder that is moved gets a new secret; the only effect is that all users sign in again.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from pathlib import Path

from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store.keys import key_file

SECRET_BYTES = 32
"""Number of bytes of a new secret, and the least that is accepted."""


def secret_file(workspace_id: str, place: str) -> Path:
    """The path of the secret of the sessions of the workspace at `place` (the mark of `store.place`)."""
    return key_file(f"{workspace_id}.{place[:16]}").with_suffix(".session")


def make_secret(workspace_id: str, place: str) -> bytes:
    """A new random secret of 32 bytes, readable by its owner only. When another process made one at
    the same time, the secret of that process. Raises StoreError as `load_secret` does."""
    path = secret_file(workspace_id, place)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = secrets.token_bytes(SECRET_BYTES)
    # The file gets its name when it is complete: no other process ever reads half of it.
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
        os.link(new, path)
    except FileExistsError:
        return load_secret(workspace_id, place) or make_secret(workspace_id, place)
    except OSError as error:
        raise StoreError(
            detail=Phrase(
                N_(
                    "The sessions' secret {path} cannot be made: {why}. Let the account that "
                    "serves write there, or name another folder in $NQ_KEYS."
                ),
                {"path": path, "why": system_words(error)},
            )
        ) from error
    finally:
        new.unlink(missing_ok=True)
    return secret


def load_secret(workspace_id: str, place: str) -> bytes | None:
    """The secret, or None when there is no file.

    Raises StoreError when other accounts can read the file, or when the secret is short or easy to
    guess: with the secret, one can sign a session for any account.
    """
    path = secret_file(workspace_id, place)
    try:
        with open(path, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(1000).strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            detail=Phrase(
                N_("The secret {path} cannot be read: {why}."),
                {"path": path, "why": system_words(error)},
            )
        ) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise StoreError(
            detail=Phrase(
                N_(
                    "Other accounts may read the sessions' secret {path} (mode {mode:04o}). "
                    "Delete it: a new one is made, and everybody signs in again."
                ),
                {"path": path, "mode": stat.S_IMODE(mode)},
            )
        )
    secret = bytes.fromhex(text.decode("ascii")) if re.fullmatch(rb"([0-9a-f]{2})+", text) else b""
    # Less than one in 10**15 random secrets of 32 bytes has fewer than 16 different byte values.
    if len(secret) < SECRET_BYTES or len(set(secret)) < SECRET_BYTES // 2:
        raise StoreError(
            detail=Phrase(
                N_(
                    "The sessions' secret {path} is too short or easy to guess. Delete it: a new one "
                    "is made, and everybody signs in again."
                ),
                {"path": path},
            )
        )
    return secret
