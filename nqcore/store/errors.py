"""The errors of the store. Each has its own message that says what the user should do."""

from __future__ import annotations

import errno
from pathlib import Path

from nqcore.errors import N_, NqError, Phrase, StoreError


class DamagedJournal(StoreError):
    """The journal's bytes are not the bytes that were written. Nothing was changed or removed.

    `params`: `file` (path), `offset` (bytes from the start of that file to the start of the damaged
    line), `seq` (number of the record expected there), `reason` (English msgid), `before` and
    `after` (number of records that can still be read before and after the damage).
    """

    code = "store-damaged"
    template = N_(
        "{file} is damaged at byte {offset} (record {seq}): {reason}. "
        "{before} records before it and {after} after it can still be read; nothing was changed. "
        "Keep this folder as it is, restore the newest backup into a new folder "
        "(nq restore FILE DIR) and compare both with nq verify."
    )

    def __init__(
        self, *, file: str, offset: int, seq: int, reason: str, before: int, after: int
    ) -> None:
        NqError.__init__(
            self,
            file=file,
            offset=offset,
            seq=seq,
            reason=Phrase(reason),
            before=before,
            after=after,
        )


class StoreBusy(StoreError):
    """Another process or thread held the lock longer than the timeout; nothing was written."""

    code = "store-busy"
    template = N_(
        "Somebody else has been writing for more than {seconds:g} s, so nothing was saved. "
        "Try again. If this stays, find the stuck program (fuser {lock}) and end it; "
        "never delete the lock file."
    )

    def __init__(self, *, seconds: float, lock: str) -> None:
        NqError.__init__(self, seconds=seconds, lock=lock)


class StoreFull(StoreError):
    """The disk has no room for the record. The record was removed completely; the caller may try
    again."""

    code = "store-full"
    template = N_(
        "The disk of {folder} is full ({why}): nothing was saved, nothing was lost. "
        "Make room and save again."
    )

    def __init__(self, *, folder: str, why: Phrase) -> None:
        NqError.__init__(self, folder=folder, why=why)


DISK_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""What the system says where there is no room."""


class StoreStopped(StoreError):
    """A write or fsync failed, so this process accepts no more changes.

    There is no retry: after a failed fsync the system may have discarded the bytes, and a second
    fsync may still report success.
    """

    code = "store-stopped"
    template = N_(
        "The journal {file} could not be written ({why}), so no more changes are taken. "
        "Whether the change under way was kept is not certain: look before repeating it. "
        "Check the disk, then start the program again; it checks every record when it opens."
    )

    def __init__(self, *, file: str, why: Phrase) -> None:
        NqError.__init__(self, file=file, why=why)


def key_words(fingerprint: str | None) -> Phrase:
    """The key of that fingerprint in words; None: there is none."""
    return (
        Phrase(N_("the key {fingerprint}"), {"fingerprint": fingerprint})
        if fingerprint
        else Phrase(N_("no key"))
    )


class OtherKey(StoreError):
    """The newest epoch of the journal uses another key than the given one."""

    code = "store-key"
    template = N_(
        "The journal {folder} is sealed with {theirs}, but this program has {ours}. "
        "Reading works. To write, put the right key file back; if it is lost, go on with a new key: "
        "nq new-key -w {workspace}."
    )

    def __init__(self, *, folder: Path, theirs: Phrase, ours: Phrase) -> None:
        NqError.__init__(self, folder=folder, workspace=folder.parent, theirs=theirs, ours=ours)
