"""Repairs the end of the journal after a killed writer or a power cut left unfinished bytes there."""

from __future__ import annotations

from collections.abc import Callable

from nqcore.errors import N_, Phrase
from nqcore.store.head import Head, read_head
from nqcore.store.reader import JournalReader, Unreadable
from nqcore.store.record import Record, classify_tail
from nqcore.store.verification import CUT_SHORT, NOT_A_BEGINNING
from nqcore.store.writer import JournalWriter


def repair(
    reader: JournalReader, writer: JournalWriter, tail: bytes, consume: Callable[[Record], None]
) -> Phrase:
    """Complete the `tail` that `reader` found, or move it to a file of its own. Returns a sentence on
    what was done.

    The caller holds the lock, so the process that wrote the tail no longer runs. Raises Unreadable
    when the tail is damage, StoreError when the files cannot be written.
    """
    seq, head = reader.seq + 1, read_head(reader.folder)
    if isinstance(head, Head) and head.seq >= seq:
        raise Unreadable(reader.path, reader.offset, seq, CUT_SHORT)
    kind = classify_tail(tail, seq=seq, prev=reader.hash)
    # Without the head, the missing bytes may just as well be acknowledged records.
    if kind == "wrong" or (b"\n" in tail and not isinstance(head, Head)):
        raise Unreadable(reader.path, reader.offset, seq, NOT_A_BEGINNING)
    found: dict[str, object] = {"file": reader.path, "offset": reader.offset, "seq": seq}
    if kind == "whole":
        writer.finish_line(reader.path)
        reader.read_on(consume)
        words = N_(
            "{file}, byte {offset}: record {seq} was whole but for its line end, which was added."
        )
        return Phrase(words, found)
    aside = writer.move_aside(reader.path, reader.offset, tail, seq)
    words = N_(
        "{file}, byte {offset}: {count} bytes of the unfinished, never acknowledged record {seq} were moved "
        "to {aside}."
    )
    return Phrase(words, found | {"count": len(tail), "aside": aside.name})
