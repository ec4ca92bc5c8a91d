"""The file with a workspace's key. It is outside the workspace: a person who can change or copy the
journal's folder does not get the key with it."""

from __future__ import annotations

import os
import re
import secrets
import stat
from pathlib import Path

from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store.files import BINARY, sync_folder


def key_file(workspace_id: str) -> Path:
    """The path of this workspace's key: in $NQ_KEYS, else in the user's settings folder.

    Raises StoreError when `workspace_id` cannot be a file name.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", workspace_id):
        raise StoreError(detail=f"“{workspace_id}” cannot name a key file: letters, digits, . _ -")
    folder = os.environ.get("NQ_KEYS")
    if not folder:
        import click  # slow to load, and only needed here

        folder = os.path.join(click.get_app_dir("nqcore"), "keys")
    return Path(folder) / f"{workspace_id}.key"


def make_key(workspace_id: str) -> bytes:
    """A new random key of 32 bytes, on disk (mode 0600) before this returns.

    Raises StoreError when there is a key already: without the old key the old records could no
    longer be checked.
    """
    path = key_file(workspace_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
    except FileExistsError:
        raise StoreError(
            detail=Phrase(
                N_("{path} exists already. Use it, or move it aside (old records need it)."),
                {"path": path},
            )
        ) from None
    try:
        os.write(fd, key.hex().encode() + b"\n")
        os.fsync(fd)
    finally:
        os.close(fd)
    sync_folder(path.parent)
    return key


def load_key(workspace_id: str) -> bytes | None:
    """The key, or None when there is no file.

    Raises StoreError when other accounts can read the file, or when it does not hold a key.
    """
    path = key_file(workspace_id)
    try:
        with open(path, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(200)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(
            detail=Phrase(
                N_("The key {path} cannot be read: {why}."),
                {"path": path, "why": system_words(error)},
            )
        ) from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise StoreError(
            detail=Phrase(
                N_(
                    "Other accounts may read the key {path} (mode {mode:04o}). Mend it with: "
                    "chmod 600 '{path}'"
                ),
                {"path": path, "mode": stat.S_IMODE(mode)},
            )
        )
    if not re.fullmatch(rb"[0-9a-f]{64}\n?", text):
        raise StoreError(
            detail=Phrase(
                N_("{path} is not a key (64 hex digits). Put the right file back."), {"path": path}
            )
        )
    return bytes.fromhex(text.decode().strip())
