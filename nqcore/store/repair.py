"""What is done about bytes that a killed writer or a power cut left behind the last sound record."""

from __future__ import annotations

from collections.abc import Callable

from nqcore.store.head import Head, read_head
from nqcore.store.reader import Reader, Unreadable
from nqcore.store.record import Record, unfinished
from nqcore.store.verification import CUT_SHORT, NOT_A_BEGINNING
from nqcore.store.writer import Writer


def repair(reader: Reader, writer: Writer, tail: bytes, consume: Callable[[Record], None]) -> str:
    """Complete or move aside the `tail` that `reader` found; a sentence on what was done.

    Under the lock: whoever wrote it is dead. Raises Unreadable when it is damage, StoreError when it
    cannot be written.
    """
    seq, head = reader.seq + 1, read_head(reader.folder)
    if isinstance(head, Head) and head.seq >= seq:
        raise Unreadable(reader.path, reader.offset, seq, CUT_SHORT)
    kind = unfinished(tail, seq=seq, prev=reader.hash)
    # Without the head a hole may just as well be a sector of promised records.
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
