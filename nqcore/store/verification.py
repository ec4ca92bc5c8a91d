"""Reads and checks all bytes of a journal, also after damage, and reports what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nqcore.errors import N_, Phrase
from nqcore.store.errors import key_words
from nqcore.store.files import segment_name, segments
from nqcore.store.head import Head, read_head
from nqcore.store.mac import MacChecker
from nqcore.store.reader import UNFINISHED, has_hole, without_gc
from nqcore.store.record import (
    WRONG_CHAIN,
    WRONG_SEQ,
    ZERO,
    BadRecord,
    Receipt,
    Record,
    classify_tail,
    decode,
)

CUT_SHORT = N_("it was acknowledged, but it is gone")
NOT_A_BEGINNING = N_("what stands there is not the beginning of the next record")
STRAY = N_("this file does not begin where the one before it ends")
NO_RECORDS = N_("the journal has no first record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One damaged place. `offset` is in bytes; `seq` the number expected there; `reason` a msgid."""

    file: str
    offset: int
    seq: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result of reading every byte.

    `records` counts the readable records; `seq` and `hash` are those of the last one (0 and zeros if
    none). `unchecked` lists ranges (first, last) whose MAC could not be checked because the key is
    missing. `problems` are sentences about the head file and about receipts that are not in the
    journal.
    """

    records: int
    seq: int
    hash: str
    damages: tuple[Damage, ...]
    unchecked: tuple[tuple[int, int], ...]
    problems: tuple[Phrase, ...]
    tail: int  # bytes after the last newline: a record being written, or left by a crash
    lost_receipts: frozenset[int] = frozenset()  # numbers of receipts that are not in the journal
    notes: tuple[Phrase, ...] = ()  # sentences about what is unusual and not wrong

    @property
    def ok(self) -> bool:
        """Whether nothing wrong was found (a MAC whose key is missing is unchecked, not wrong)."""
        return not self.damages and not self.problems

    @property
    def sentences(self) -> tuple[str, ...]:
        """The result in English, one sentence each, the worst first."""
        return tuple(map(str, self.phrases))

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The same sentences, to be said in any language."""
        lines = [
            Phrase(
                N_("{file}, byte {offset}, record {seq}: {reason}."),
                {
                    "file": bad.file,
                    "offset": bad.offset,
                    "seq": bad.seq,
                    "reason": Phrase(bad.reason),
                },
            )
            for bad in self.damages
        ]
        lines += self.problems
        lines += [
            Phrase(
                N_(
                    "The seals of records {first} to {last} could not be checked: their key is not here."
                ),
                {"first": first, "last": last},
            )
            for first, last in self.unchecked
        ]
        lines += self.notes
        if self.tail:
            words = N_("{count} bytes after the last record are unfinished.")
            lines.append(Phrase(words, {"count": self.tail}))
        found = {"records": self.records, "receipt": f"{self.seq}/{self.hash[:12]}"}
        lines.append(Phrase(N_("{records} records can be read; the last is {receipt}."), found))
        return tuple(lines)

    @property
    def worst(self) -> Phrase:
        """The first of the sentences."""
        return self.phrases[0]


@dataclass(slots=True)
class _Verifier:
    """The position of the verification, and what it has found so far."""

    macs: MacChecker
    seq: int = 0
    hash: str | None = ZERO
    records: int = 0
    last: tuple[int, str] = (0, ZERO)
    tail: int = 0
    acknowledged: int | None = None  # number of the record that the head names
    damages: list[Damage] = field(default_factory=list)
    unchecked: list[tuple[int, int]] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)  # numbers whose hashes are asked for
    seen: dict[int, str] = field(default_factory=dict)

    def add_damage(self, path: Path, offset: int, reason: str) -> None:
        self.damages.append(Damage(file=str(path), offset=offset, seq=self.seq + 1, reason=reason))

    def is_hole(self, line: bytes) -> bool:
        """Whether a power cut left zero bytes here, and no later record was acknowledged."""
        if self.hash is None or self.acknowledged is None or self.acknowledged > self.seq:
            return False
        return has_hole(line, seq=self.seq + 1, prev=self.hash)

    def line(self, path: Path, offset: int, line: bytes) -> Record | None:
        """Check one complete line; returns its record if its own hash is right, else None."""
        try:
            record = decode(line, seq=None, prev=None)
        except BadRecord as bad:
            self.add_damage(path, offset, bad.reason)
            # Most damage hits one record, so the next number is known; its `prev` is not.
            self.seq, self.hash, self.macs.uncertain = self.seq + 1, None, True
            return None
        known = self.hash is not None  # after damage numbers may be missing, but never decrease
        if record.seq != self.seq + 1 and (known or record.seq <= self.last[0]):
            self.add_damage(path, offset, WRONG_SEQ)
        elif self.hash not in (None, record.prev):
            self.add_damage(path, offset, WRONG_CHAIN)
        try:
            if not self.macs.check(record):
                self._unchecked(record.seq)
        except BadRecord as bad:  # not written with our key, although hash and `prev` are right
            self.add_damage(path, offset, bad.reason)
            self.seq, self.hash = record.seq, record.hash
            return None
        return self._take(record)

    def record_after_damage(self, line: bytes) -> Record | None:
        """A valid record inside a damaged line, when the damage destroyed the line feed before it."""
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
        if record.seq in self.expected:
            self.seen[record.seq] = record.hash
        return record

    def _unchecked(self, seq: int) -> None:
        if self.unchecked and self.unchecked[-1][1] == seq - 1:
            self.unchecked[-1] = (self.unchecked[-1][0], seq)
        else:
            self.unchecked.append((seq, seq))


def readable(folder: Path, key: bytes | None = None) -> Iterator[Record]:
    """Every record whose own hash is right, in file order, also after damage."""
    return _walk(folder, _Verifier(macs=MacChecker(key)))


def verify_journal(
    folder: Path, key: bytes | None = None, receipts: Iterable[Receipt] = ()
) -> Verification:
    """Read all segments of the journal in `folder` without changing anything.

    `receipts` were kept outside the workspace (their hash may be shortened): each must be in the
    journal.
    """
    walk = _Verifier(macs=MacChecker(key))
    expected = list(receipts)
    head = read_head(folder)  # before the journal, which may grow meanwhile
    walk.expected = {each.seq for each in expected}
    if isinstance(head, Head):
        walk.expected.add(head.seq)
        walk.acknowledged = head.seq
    with without_gc():
        for _ in _walk(folder, walk):
            pass
    problems = [*_head_problems(walk, head, folder, key), *_key_problems(walk.macs)]
    lost = [
        each
        for each in expected
        if not each.hash or not walk.seen.get(each.seq, "").startswith(each.hash)
    ]
    problems += [
        Phrase(
            N_(
                "Receipt {receipt} is not in this journal: the record was changed or removed after the "
                "receipt was given."
            ),
            {"receipt": f"{each.seq}/{each.hash[:12]}"},
        )
        for each in lost
    ]
    return Verification(
        records=walk.records,
        seq=walk.last[0],
        hash=walk.last[1],
        damages=tuple(walk.damages),
        unchecked=tuple(walk.unchecked),
        problems=tuple(problems),
        lost_receipts=frozenset(each.seq for each in lost),
        tail=walk.tail,
    )


def _walk(folder: Path, walk: _Verifier) -> Iterator[Record]:
    found = segments(folder)
    for number, (first, path) in enumerate(found):
        if first != walk.seq + 1:
            walk.add_damage(path, 0, STRAY)
            walk.seq, walk.hash, walk.macs.uncertain = first - 1, None, True
        offset = 0
        with open(path, "rb", buffering=1 << 20) as file:
            for line in file:
                if line[-1] != 10 or (number + 1 == len(found) and walk.is_hole(line)):
                    tail = line + file.read()
                    _check_tail(walk, path, offset, tail, number + 1 == len(found))
                    continue  # nothing is left of this file
                if record := walk.line(path, offset, line):
                    yield record
                elif rescued := walk.record_after_damage(line):
                    yield rescued
                offset += len(line)


def _check_tail(walk: _Verifier, path: Path, offset: int, tail: bytes, newest: bool) -> None:
    walk.tail = len(tail)
    if not newest:
        walk.add_damage(path, offset, UNFINISHED)
    elif walk.hash is not None:
        kind = classify_tail(tail, seq=walk.seq + 1, prev=walk.hash)
        if kind == "wrong":
            walk.add_damage(path, offset, NOT_A_BEGINNING)


def _key_problems(macs: MacChecker) -> list[Phrase]:
    """A sentence when the newest epoch does not use our key: either our key file is the wrong one,
    or the epoch was begun without our key."""
    if macs.key is None or macs.uncertain or not macs.epoch or macs.may_write:
        return []
    words = N_(
        "From record {since} on the journal is under {theirs}, and the key here is {ours}: either the wrong "
        "key file lies here, or somebody without this key went on."
    )
    found = {"since": macs.since, "theirs": key_words(macs.epoch_key), "ours": macs.own_key}
    return [Phrase(words, found)]


def _head_problems(
    walk: _Verifier, head: Head | Phrase, folder: Path, key: bytes | None
) -> list[Phrase]:
    path = (segments(folder) or [(1, folder / segment_name(1))])[-1][1]
    if walk.records == 0 and not walk.damages:
        walk.add_damage(path, 0, NO_RECORDS)
    if not isinstance(head, Head):
        return [head]
    if head.seq > walk.seq:
        # One damage for all records that the head names as acknowledged and the files lack.
        walk.add_damage(path, path.stat().st_size - walk.tail if path.exists() else 0, CUT_SHORT)
    elif walk.seen.get(head.seq, head.hash) != head.hash:
        words = N_("The head names another record {seq} than the journal has.")
        return [Phrase(words, {"seq": head.seq})]
    macs = walk.macs
    if key and macs.may_write and head.seq >= macs.since and not head.sealed_by(key):
        words = N_("The head is not sealed with the key: it was not written by this program.")
        return [Phrase(words)]
    return []
