"""The secret that signs sessions: a file beside the journal's key, outside the workspace."""

from __future__ import annotations

import os
import secrets

from nqcore.store.keys import key_file


def session_secret(workspace_id: str) -> bytes:
    """The secret of this workspace's sessions; made at the first serving, readable by its owner."""
    path = key_file(workspace_id).with_suffix(".session")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # O_EXCL: of two servers that start at once one makes the file, the other reads it.
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text("ascii").strip())
    with os.fdopen(fd, "w", encoding="ascii") as file:
        secret = secrets.token_bytes(32)
        file.write(secret.hex() + "\n")
    return secret
