"""Creates a journal: its folder, its first record and its head file."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store.files import HEAD, LOCK, segment_name, segments, sync_folder, write_new
from nqcore.store.head import head_line
from nqcore.store.json_values import Doc, json_value
from nqcore.store.lock import JournalLock
from nqcore.store.mac import EPOCH, EPOCHS, fingerprint, mac_of
from nqcore.store.record import ZERO, JournalEntry, encode_payload, hash_of, line_of, prefix_of


def create_journal(folder: Path, key: bytes | None, *, at: datetime, by: str) -> None:
    """Create the journal folder with its epoch record; both are on disk when this returns.

    The first segment gets its name by a rename when it is complete. So a crash never leaves an
    unfinished first record. Raises StoreError when the folder has a journal already.
    """
    entry = JournalEntry(at=at, by=json_value(by, "by"), do=EPOCH, docs=_first_epoch(key))
    payload = encode_payload(entry, at.isoformat())
    prefix = prefix_of(1, len(payload), ZERO)
    digest = hash_of(prefix, payload)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = JournalLock(folder / LOCK, 10.0)
        with closing(lock), lock:
            if segments(folder):
                raise StoreError(
                    detail=Phrase(
                        N_("{folder} has a journal already; it was left as it is."),
                        {"folder": folder},
                    )
                )
            new, name = folder / "new", folder / segment_name(1)
            for leftover in (new, folder / HEAD):  # of an earlier creation that did not finish
                leftover.unlink(missing_ok=True)
            write_new(new, line_of(prefix, digest, mac_of(key, digest), payload))
            write_new(folder / HEAD, head_line(1, digest.hex(), key))
            os.rename(new, name)
            sync_folder(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise StoreError(
            detail=Phrase(
                N_("No journal could be made in {folder}: {why}."),
                {"folder": folder, "why": system_words(error)},
            )
        ) from error


def _first_epoch(key: bytes | None) -> dict[str, dict[str, Doc | None]]:
    return {EPOCHS: {"1": {"key": fingerprint(key)}}}
