"""What to copy of a journal so that the copy is whole, whatever others write meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nqcore.store.files import HEAD, segment_name
from nqcore.store.head import head_line
from nqcore.store.reader import Reader
from nqcore.store.record import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPoint:
    """The journal up to one record: `segments` are (file, bytes to copy), `head` the head file's
    bytes that go with them, `key` the fingerprint of the newest epoch's key."""

    receipt: Receipt
    segments: tuple[tuple[Path, int], ...]
    head: bytes
    key: str | None


def head_bytes(folder: Path) -> bytes:
    """The head file as it is; to be read before the records: it may lag, never lead."""
    try:
        return (folder / HEAD).read_bytes()
    except FileNotFoundError:
        return b""


def copy_point(reader: Reader, head: bytes) -> CopyPoint:
    """Up to where `reader` has read. `head` is used when this key cannot seal a newer one."""
    if reader.seals.fits:
        head = head_line(reader.seq, reader.hash, reader.seals.key)
    return CopyPoint(
        receipt=Receipt(seq=reader.seq, hash=reader.hash),
        segments=tuple(
            (reader.folder / segment_name(first), size) for first, size in reader.extents
        ),
        head=head,
        key=reader.seals.theirs,
    )
