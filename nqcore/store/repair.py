"""Repairs the end of the journal after a killed writer or a power cut left unfinished bytes there."""

from __future__ import annotations

from collections.abc import Callable

from nqcore.store.head import Head, read_head
from nqcore.store.reader import JournalReader, Unreadable
from nqcore.store.record import Record, classify_tail
from nqcore.store.verification import CUT_SHORT, NOT_A_BEGINNING
from nqcore.store.writer import JournalWriter


def repair(
    reader: JournalReader, writer: JournalWriter, tail: bytes, consume: Callable[[Record], None]
) -> str:
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
    if kind == "wrong" or (b"\n" in tail and isinstance(head, str)):
        raise Unreadable(reader.path, reader.offset, seq, NOT_A_BEGINNING)
    where = f"{reader.path}, byte {reader.offset}"
    if kind == "whole":
        writer.finish_line(reader.path)
        reader.read_on(consume)
        return f"{where}: record {seq} was whole but for its line end, which was added."
    aside = writer.move_aside(reader.path, reader.offset, tail, seq)
    return (
        f"{where}: {len(tail)} bytes of the unfinished, never acknowledged record {seq} "
        f"were moved to {aside.name}."
    )
