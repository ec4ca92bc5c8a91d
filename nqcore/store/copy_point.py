"""What to copy of a journal for a consistent copy while other processes go on writing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nqcore.store.files import HEAD, segment_name
from nqcore.store.head import head_line
from nqcore.store.reader import JournalReader
from nqcore.store.record import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPoint:
    """The journal up to one record.

    `segments` lists (file, number of bytes to copy); `head` holds the bytes of the matching head
    file; `key` is the fingerprint of the newest epoch's key.
    """

    receipt: Receipt
    segments: tuple[tuple[Path, int], ...]
    head: bytes
    key: str | None


def head_bytes(folder: Path) -> bytes:
    """The bytes of the head file now, or b"". Read it before the records: a head may be older than
    the journal, never newer."""
    try:
        return (folder / HEAD).read_bytes()
    except FileNotFoundError:
        return b""


def copy_point(reader: JournalReader, head: bytes) -> CopyPoint:
    """The copy point at the last record that `reader` has read.

    The head is written new with the reader's key. Without the right key, `head` is used as it is.
    """
    if reader.macs.may_write:
        head = head_line(reader.seq, reader.hash, reader.macs.key)
    return CopyPoint(
        receipt=Receipt(seq=reader.seq, hash=reader.hash),
        segments=tuple(
            (reader.folder / segment_name(first), size) for first, size in reader.extents
        ),
        head=head,
        key=reader.macs.epoch_key,
    )
