"""What can go wrong in this room, each with its own sentence for the people who meet it."""

from __future__ import annotations

from collections.abc import Callable

from nqcore.errors import N_, NqError, StoreError


def _same(text: str) -> str:
    return text


class DamagedJournal(StoreError):
    """Bytes of the journal are not what was written; nothing was changed or dropped.

    `params`: `file` (path), `offset` (bytes from the start of that file to the start of the line
    that cannot be trusted), `seq` (number of the record expected there), `reason` (English msgid),
    `before`/`after` (records that can still be read on either side).
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
            self, file=file, offset=offset, seq=seq, reason=reason, before=before, after=after
        )

    def message(self, translate: Callable[[str], str] = _same) -> str:
        """As `NqError.message`; the reason is a msgid too."""
        told = {**self.params, "reason": translate(str(self.params["reason"]))}
        return translate(self.template).format(**told)


class StoreBusy(StoreError):
    """Somebody else held the lock longer than the caller wanted to wait; nothing was written."""

    code = "store-busy"
    template = N_(
        "Somebody else has been writing for more than {seconds:g} s, so nothing was saved. "
        "Try again. If this stays, find the stuck program (fuser {lock}) and end it; "
        "never delete the lock file."
    )

    def __init__(self, *, seconds: float, lock: str) -> None:
        NqError.__init__(self, seconds=seconds, lock=lock)


class StoreFull(StoreError):
    """There was no room for the record; it was taken back whole, and writing may be tried again."""

    code = "store-full"
    template = N_(
        "The disk of {folder} is full ({why}): nothing was saved, nothing was lost. "
        "Make room and save again."
    )

    def __init__(self, *, folder: str, why: str) -> None:
        NqError.__init__(self, folder=folder, why=why)


class StoreStopped(StoreError):
    """A write or fsync failed, so this process takes no more changes.

    A second fsync may report success for bytes the system has already thrown away, hence no retry.
    """

    code = "store-stopped"
    template = N_(
        "The journal {file} could not be written ({why}), so no more changes are taken. "
        "Whether the change under way was kept is not certain: look before repeating it. "
        "Check the disk, then start the program again; it checks every record when it opens."
    )

    def __init__(self, *, file: str, why: str) -> None:
        NqError.__init__(self, file=file, why=why)


class OtherKey(StoreError):
    """The journal is sealed under another key than the one given."""

    code = "store-key"
    template = N_(
        "The journal {folder} is sealed with {theirs}, but this program has {ours}. "
        "Reading works. To write, put the right key file back, or start a new epoch on purpose "
        "(open with new_epoch=True, or call open_epoch)."
    )

    def __init__(self, *, folder: str, theirs: str, ours: str) -> None:
        NqError.__init__(self, folder=folder, theirs=theirs, ours=ours)
