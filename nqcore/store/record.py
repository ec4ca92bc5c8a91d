"""One record of the journal: its bytes, its hash and its content (FORMAT.md)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from sys import intern
from typing import Any, Literal, NoReturn

from nqcore.errors import N_, Phrase, StoreError
from nqcore.store.json_values import Doc

ZERO = "0" * 64
UNSEALED = "-"
MAX_PAYLOAD = 999_999_999  # bytes of payload: nine digits

_HEADER = re.compile(
    rb"NQ1 ([1-9][0-9]{0,18}) ([1-9][0-9]{0,8}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{64}|-) "
)
FIRST_VERSION, NEWEST_VERSION = 1, 2
"""The versions of records: a document that an older program cannot honour is in a record of the next
version, so that the program refuses the journal and does not lose a part of the document."""
_FIELDS = frozenset(("v", "at", "by", "do", "why", "docs"))

NOT_A_RECORD = N_("it does not begin like a record")
WRONG_LENGTH = N_("its length is not the stated one")
WRONG_HASH = N_("its bytes do not match its hash")
WRONG_SEQ = N_("its number is not the next one")
WRONG_CHAIN = N_("it does not follow the record before it")
WRONG_TEXT = N_("its text is not what the format says")


class BadRecord(Exception):
    """A line that is not a valid record; the argument is the reason, an English msgid."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """The content of a record before it is written. `at` is aware; `docs` is table -> id ->
    document, or None for a removed one.

    All values are plain JSON values (json_values.py). The store keeps these document objects, so the
    caller must not change them afterwards.
    """

    at: datetime
    by: str
    do: str
    why: str = ""
    version: int = FIRST_VERSION
    docs: dict[str, dict[str, Doc | None]]


PRINTED = 26
"""How many hex digits of a hash a report prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Number and hash (64 hex digits) of a record. Kept outside the workspace, it proves later that
    the record is still in the journal unchanged."""

    seq: int
    hash: str

    @property
    def printed(self) -> str:
        """The receipt as a report prints it: the number, and 104 bits of the hash, so that nothing else can
        be taken for the record. Example: "412/" and 26 hex digits."""
        return f"{self.seq}/{self.hash[:PRINTED]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record as read. `at` is ISO 8601 with an offset; `mac` is 64 hex digits or "-"."""

    seq: int
    prev: str
    hash: str
    mac: str
    version: int
    at: str
    by: str
    do: str
    why: str
    docs: dict[str, dict[str, Doc | None]]


def encode_payload(entry: JournalEntry, at: str) -> bytes:
    """The payload: UTF-8 JSON on one line, members in the order of FORMAT.md; `at` in ISO 8601.

    Raises StoreError for a time without an offset, or for more than 999,999,999 bytes.
    """
    if entry.at.utcoffset() is None:
        raise StoreError(detail=f"The time {entry.at} needs an offset (an aware datetime).")
    fields = {
        "v": entry.version,
        "at": at,
        "by": entry.by,
        "do": entry.do,
        "why": entry.why,
        "docs": entry.docs,
    }
    payload = _ENCODER.encode(fields).encode()
    if len(payload) > MAX_PAYLOAD:
        raise StoreError(
            detail=Phrase(
                N_("One change of {count} bytes is too large; split it."), {"count": len(payload)}
            )
        )
    return payload


def hash_of(prefix: bytes, payload: bytes) -> bytes:
    """SHA-256 (32 bytes) over `NQ1 <seq> <length> <prev> ` and the payload, as stored."""
    digest = sha256(prefix)
    digest.update(payload)
    return digest.digest()


def prefix_of(seq: int, length: int, prev: str) -> bytes:
    """The first fields of a line, which are part of the hash, with the space after them."""
    return b"NQ1 %d %d %b " % (seq, length, prev.encode())


def line_of(prefix: bytes, digest: bytes, mac: str, payload: bytes) -> bytes:
    """The whole line, newline included."""
    return b"%b%b %b %b\n" % (prefix, digest.hex().encode(), mac.encode(), payload)


def decode(line: bytes, *, seq: int | None, prev: str | None) -> Record:
    """The record in `line` (with its newline), after checking length, hash, number and `prev`.

    `seq` and `prev` are the expected values; None where they are not known (after damage, or when
    one record is read alone). Raises BadRecord. mac.py checks the MAC.
    """
    head = _HEADER.match(line)
    if head is None:
        raise BadRecord(NOT_A_RECORD)
    payload = line[head.end() : -1]
    if len(payload) != int(head[2]) or line[-1] != 10:
        raise BadRecord(WRONG_LENGTH)
    stated = head[4].decode()
    if hash_of(line[: head.start(4)], payload).hex() != stated:
        raise BadRecord(WRONG_HASH)
    number = int(head[1])
    if seq is not None and number != seq:
        raise BadRecord(WRONG_SEQ)
    before = head[3].decode()
    if prev is not None and before != prev:
        raise BadRecord(WRONG_CHAIN)
    fields = _read_payload(payload)
    return Record(
        seq=number,
        prev=before,
        hash=stated,
        mac=head[5].decode(),
        version=fields["v"],
        at=fields["at"],
        by=fields["by"],
        do=fields["do"],
        why=fields["why"],
        docs=fields["docs"],
    )


def _read_payload(payload: bytes) -> dict[str, Any]:
    try:
        text = payload.decode()
        fields, end = _DECODER.raw_decode(text)  # unlike decode() it skips no white space around
    except (ValueError, RecursionError):
        raise BadRecord(WRONG_TEXT) from None
    if end != len(text) or type(fields) is not dict or type(fields.get("v")) is not int:
        raise BadRecord(WRONG_TEXT)
    if fields["v"] > NEWEST_VERSION:
        # The hash is correct, so this is not damage: a later program wrote it.
        raise StoreError(
            detail=Phrase(
                N_(
                    "The journal has records of version {version}, written by a newer nqcore. Open it "
                    "with that version or a later one."
                ),
                {"version": fields["v"]},
            )
        )
    if fields["v"] < FIRST_VERSION or fields.keys() != _FIELDS or not _has_right_types(fields):
        raise BadRecord(WRONG_TEXT)
    return fields


def _has_right_types(fields: dict[str, Any]) -> bool:
    for field in ("at", "by", "do", "why"):
        if type(fields[field]) is not str:
            return False
    if type(fields["docs"]) is not dict:
        return False
    for table in fields["docs"].values():
        if type(table) is not dict:
            return False
        for doc in table.values():
            if doc is not None and type(doc) is not dict:
                return False
    return True


def classify_tail(tail: bytes, *, seq: int, prev: str) -> Literal["torn", "whole", "wrong"]:
    """What kind of bytes follow the last valid record.

    "torn": the beginning of record `seq`. After it there may be zero bytes left by a power cut, and
    after those, later bytes that reached the disk earlier. "whole": the record lacks only its
    newline. "wrong": an interrupted write cannot have left these bytes.
    """
    whole = tail + b"\n"
    try:
        decode(whole, seq=seq, prev=prev)
        return "whole"
    except BadRecord:
        pass
    begun = tail.partition(b"\0")[0]  # no record has a zero byte
    head = _HEADER.match(begun)
    if head is not None:
        fits = int(head[1]) == seq and head[3].decode() == prev
        return "torn" if fits and len(begun) - head.end() < int(head[2]) else "wrong"
    # Cut inside the first fields: some complete fields and the beginning of one more.
    start = b"NQ1 %d " % seq
    if len(begun) <= len(start):
        return "torn" if start.startswith(begun) else "wrong"
    begins = re.fullmatch(
        rb"(?:[1-9][0-9]{0,8}|[1-9][0-9]{0,8} ([0-9a-f]{0,64})"
        rb"|[1-9][0-9]{0,8} ([0-9a-f]{64}) (?:[0-9a-f]{0,64}|[0-9a-f]{64} (?:-|[0-9a-f]{0,64})))",
        begun[len(start) :],
    )
    if not begun.startswith(start) or begins is None:
        return "wrong"
    return "torn" if prev.encode().startswith(begins[1] or begins[2] or b"") else "wrong"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Interned keys: the same few hundred names occur in every document (saves a third of the memory).
    found = {intern(key): value for key, value in pairs}
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a whole number")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse)
