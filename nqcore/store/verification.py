"""Goes through all bytes of a journal, past any damage, and says what it found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nqcore.errors import N_
from nqcore.store.files import segment_name, segments
from nqcore.store.head import Head, read_head
from nqcore.store.reader import UNFINISHED, has_hole, without_gc
from nqcore.store.record import (
    WRONG_CHAIN,
    WRONG_SEQ,
    ZERO,
    BadRecord,
    Receipt,
    Record,
    decode,
    unfinished,
)
from nqcore.store.seal import Seals

CUT_SHORT = N_("it was acknowledged, but it is gone")
NOT_A_BEGINNING = N_("what stands there is not the beginning of the next record")
STRAY = N_("this file does not begin where the one before it ends")
NO_RECORDS = N_("the journal has no first record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One place that cannot be trusted. `seq` is the number expected there; `reason` a msgid."""

    file: str
    offset: int
    seq: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a reading of every byte found.

    `records` counts the readable ones; `seq`/`hash` are the last of them (0 and zeros if none).
    `unchecked` lists ranges (first, last) whose seals could not be checked for want of their key.
    `problems` are sentences about the head file and about receipts that do not fit.
    """

    records: int
    seq: int
    hash: str
    damages: tuple[Damage, ...]
    unchecked: tuple[tuple[int, int], ...]
    problems: tuple[str, ...]
    tail: int  # bytes after the last newline: a record on its way, or torn

    @property
    def ok(self) -> bool:
        """Nothing wrong was found (seals without their key are not wrong, only unchecked)."""
        return not self.damages and not self.problems

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same in English, one finding a sentence, worst first."""
        told = [
            f"{bad.file}, byte {bad.offset}, record {bad.seq}: {bad.reason}."
            for bad in self.damages
        ]
        told += self.problems
        told += [
            f"The seals of records {first} to {last} could not be checked: their key is not here."
            for first, last in self.unchecked
        ]
        if self.tail:
            told.append(f"{self.tail} bytes after the last record are unfinished.")
        told.append(f"{self.records} records can be read; the last is {self.seq}/{self.hash[:12]}.")
        return tuple(told)


@dataclass(slots=True)
class _Walk:
    """Where the walk is, and what it has found."""

    seals: Seals
    seq: int = 0
    hash: str | None = ZERO
    records: int = 0
    last: tuple[int, str] = (0, ZERO)
    tail: int = 0
    vouched: int | None = None  # number of the record that the head names
    damages: list[Damage] = field(default_factory=list)
    unchecked: list[tuple[int, int]] = field(default_factory=list)
    wanted: set[int] = field(default_factory=set)  # numbers whose hashes are asked for
    seen: dict[int, str] = field(default_factory=dict)

    def bad(self, path: Path, offset: int, reason: str) -> None:
        self.damages.append(Damage(file=str(path), offset=offset, seq=self.seq + 1, reason=reason))

    def hole(self, line: bytes) -> bool:
        """Is this the place where a power cut left zeros before anything was promised behind it?"""
        if self.hash is None or self.vouched is None or self.vouched > self.seq:
            return False
        return has_hole(line, seq=self.seq + 1, prev=self.hash)

    def line(self, path: Path, offset: int, line: bytes) -> Record | None:
        """Judge one finished line; the record in it if it is sound in itself."""
        try:
            record = decode(line, seq=None, prev=None)
        except BadRecord as bad:
            self.bad(path, offset, bad.reason)
            # Most damage hits one record, so the next number is known; its `prev` is not.
            self.seq, self.hash, self.seals.lost = self.seq + 1, None, True
            return None
        known = self.hash is not None  # after damage a gap is expected, going back is not
        if record.seq != self.seq + 1 and (known or record.seq <= self.last[0]):
            self.bad(path, offset, WRONG_SEQ)
        elif self.hash not in (None, record.prev):
            self.bad(path, offset, WRONG_CHAIN)
        try:
            if not self.seals.admit(record):
                self._unchecked(record.seq)
        except BadRecord as bad:  # not ours, although it fits the chain
            self.bad(path, offset, bad.reason)
            self.seq, self.hash = record.seq, record.hash
            return None
        return self._take(record)

    def rescue(self, line: bytes) -> Record | None:
        """A sound record behind damage that has swallowed the line feed before it."""
        for found in re.finditer(rb"NQ1 [1-9]", line):
            if found.start():
                try:
                    record = decode(line[found.start() :], seq=None, prev=None)
                except BadRecord:
                    continue
                self._unchecked(record.seq)
                return self._take(record)
        return None

    def _take(self, record: Record) -> Record:
        self.seq, self.hash, self.last = record.seq, record.hash, (record.seq, record.hash)
        self.records += 1
        if record.seq in self.wanted:
            self.seen[record.seq] = record.hash
        return record

    def _unchecked(self, seq: int) -> None:
        if self.unchecked and self.unchecked[-1][1] == seq - 1:
            self.unchecked[-1] = (self.unchecked[-1][0], seq)
        else:
            self.unchecked.append((seq, seq))


def readable(folder: Path, key: bytes | None = None) -> Iterator[Record]:
    """Every record that is sound in itself, in file order, also on the far side of damage."""
    return _walk(folder, _Walk(seals=Seals(key)))


def verify_journal(
    folder: Path, key: bytes | None = None, receipts: Iterable[Receipt] = ()
) -> Verification:
    """Read all segments of the journal in `folder` without changing anything.

    `receipts` are (number, hash or its beginning) kept elsewhere: each must be in the journal.
    """
    walk = _Walk(seals=Seals(key))
    wanted = list(receipts)
    head = read_head(folder)  # before the journal, which may grow meanwhile
    walk.wanted = {each.seq for each in wanted}
    if isinstance(head, Head):
        walk.wanted.add(head.seq)
        walk.vouched = head.seq
    with without_gc():
        for _ in _walk(folder, walk):
            pass
    problems = [*_head_problems(walk, head, folder, key), *_key_problems(walk.seals)]
    problems += [
        f"Receipt {each.seq}/{each.hash[:12]} is not in this journal: the record was changed or "
        "removed after the receipt was given."
        for each in wanted
        if not each.hash or not walk.seen.get(each.seq, "").startswith(each.hash)
    ]
    return Verification(
        records=walk.records,
        seq=walk.last[0],
        hash=walk.last[1],
        damages=tuple(walk.damages),
        unchecked=tuple(walk.unchecked),
        problems=tuple(problems),
        tail=walk.tail,
    )


def _walk(folder: Path, walk: _Walk) -> Iterator[Record]:
    found = segments(folder)
    for number, (first, path) in enumerate(found):
        if first != walk.seq + 1:
            walk.bad(path, 0, STRAY)
            walk.seq, walk.hash, walk.seals.lost = first - 1, None, True
        offset = 0
        with open(path, "rb", buffering=1 << 20) as file:
            for line in file:
                if line[-1] != 10 or (number + 1 == len(found) and walk.hole(line)):
                    tail = line + file.read()
                    _judge_tail(walk, path, offset, tail, number + 1 == len(found))
                    continue  # nothing is left of this file
                if record := walk.line(path, offset, line):
                    yield record
                elif rescued := walk.rescue(line):
                    yield rescued
                offset += len(line)


def _judge_tail(walk: _Walk, path: Path, offset: int, tail: bytes, newest: bool) -> None:
    walk.tail = len(tail)
    if not newest:
        walk.bad(path, offset, UNFINISHED)
    elif walk.hash is not None:
        kind = unfinished(tail, seq=walk.seq + 1, prev=walk.hash)
        if kind == "wrong":
            walk.bad(path, offset, NOT_A_BEGINNING)


def _key_problems(seals: Seals) -> list[str]:
    """Nobody who has our key began the newest epoch, unless our own key file is the wrong one."""
    if seals.key is None or seals.lost or not seals.epoch or seals.fits:
        return []
    theirs = f"the key {seals.theirs}" if seals.theirs else "no key"
    return [
        f"From record {seals.since} on the journal is under {theirs}, and the key here is "
        f"{seals.ours}: either the wrong key file lies here, or somebody without this key went on."
    ]


def _head_problems(walk: _Walk, head: Head | str, folder: Path, key: bytes | None) -> list[str]:
    path = (segments(folder) or [(1, folder / segment_name(1))])[-1][1]
    if walk.records == 0 and not walk.damages:
        walk.bad(path, 0, NO_RECORDS)
    if isinstance(head, str):
        return [head]
    if head.seq > walk.seq:
        # One damage for all the records that the head vouches for and the files do not have.
        walk.bad(path, path.stat().st_size - walk.tail if path.exists() else 0, CUT_SHORT)
    elif walk.seen.get(head.seq, head.hash) != head.hash:
        return [f"The head names another record {head.seq} than the journal has."]
    seals = walk.seals
    if key and seals.fits and head.seq >= seals.since and not head.sealed_by(key):
        return ["The head is not sealed with the key: it was not written by this program."]
    return []
