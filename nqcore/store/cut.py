"""Shorten a copy of a journal to one of its records, for a copy as of an earlier moment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nqcore.clock import VIET_NAM
from nqcore.errors import N_, Phrase, StoreError
from nqcore.store.files import HEAD, SNAPSHOT, segments, sync_folder, write_new
from nqcore.store.head import head_line
from nqcore.store.mac import EPOCH, EPOCHS, fingerprint
from nqcore.store.reader import JournalReader, without_gc
from nqcore.store.record import Receipt, Record


class _Index:
    """What is kept of every record that is read: its hash, its moment, its day, the epochs' keys."""

    def __init__(self) -> None:
        self.hashes: list[str] = []
        self.moments: list[str] = []
        self.days: list[date] = []
        self.epochs: list[tuple[int, str | None]] = []

    def take(self, record: Record) -> None:
        self.hashes.append(record.hash)
        self.moments.append(record.at)
        self.days.append(_day(record))
        if record.do == EPOCH:
            (doc,) = record.docs[EPOCHS].values()
            self.epochs.append((record.seq, None if doc is None else doc["key"]))

    def key_at(self, seq: int) -> str | None:
        """The fingerprint of the key that seals record `seq`."""
        return [key for first, key in self.epochs if first <= seq][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where a journal ends now: its last record, and the moment that this record was made (`at`)."""

    last: Receipt
    at: str


def cut_journal(folder: Path, until: int | date, key: bytes | None) -> Cut:
    """Remove every record after `until` from the journal in `folder`, which no process may have open.

    `until` is the number of the last record that stays, or a day: then the journal ends before the first
    record of a later day. The head is written new with `key`; where the last record has another key, the
    copy has no head. The journal must be whole. Raises StoreError where there is no such record.
    """
    reader, index = JournalReader(folder, None), _Index()
    with without_gc():
        reader.read_on(index.take)
    seq = _last(until, index.days)
    if seq < reader.seq:
        path, offset = reader.location_of(seq + 1)
        for first, later in segments(folder):
            if first > seq + 1 or (first == seq + 1 and offset == 0):
                later.unlink()
        if path.exists():
            _truncate(path, offset)
    (folder / SNAPSHOT).unlink(missing_ok=True)
    (folder / HEAD).unlink(missing_ok=True)
    if fingerprint(key) == index.key_at(seq):
        write_new(folder / HEAD, head_line(seq, index.hashes[seq - 1], key))
    sync_folder(folder)
    return Cut(last=Receipt(seq=seq, hash=index.hashes[seq - 1]), at=index.moments[seq - 1])


def _day(record: Record) -> date:
    try:
        return datetime.fromisoformat(record.at).astimezone(VIET_NAM).date()
    except (ValueError, OverflowError):
        raise StoreError(
            detail=Phrase(
                N_("Record {seq} is of no day: “{at}”."), {"seq": record.seq, "at": record.at[:40]}
            )
        ) from None


def _last(until: int | date, days: list[date]) -> int:
    if isinstance(until, date):
        later = next((nth for nth, day in enumerate(days) if day > until), len(days))
        if not later:
            raise StoreError(
                detail=Phrase(
                    N_("The first record is of {day}. Give a day from then on."), {"day": days[0]}
                )
            )
        return later
    if not 1 <= until <= len(days):
        raise StoreError(
            detail=Phrase(
                N_("There is no record {until}. Give a number from 1 to {count}."),
                {"until": until, "count": len(days)},
            )
        )
    return until


def _truncate(path: Path, size: int) -> None:
    with open(path, "r+b") as file:
        file.truncate(size)
        file.flush()
        os.fsync(file.fileno())
