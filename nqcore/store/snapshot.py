"""A snapshot of the state at one record, so that opening reads only the later records.

It only saves time. It has a MAC as records do, and it is used only if it fits the journal next to
it; in any doubt all records are read instead. Deleting it loses nothing. FORMAT.md defines its bytes.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
from array import array
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from typing import Any

from nqcore.store.files import BINARY, SNAPSHOT
from nqcore.store.mac import fingerprint
from nqcore.store.reader import JournalPosition, JournalReader, Unreadable
from nqcore.store.record import FIRST_VERSION, NEWEST_VERSION
from nqcore.store.state import StoreState

log = logging.getLogger("nqcore.store")

_CHUNK = 2000  # documents on one line
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def write_snapshot(reader: JournalReader, state: StoreState) -> None:
    """Write the snapshot; the file gets its name when it is complete. Raises OSError.

    The reader's key must be the one of the newest epoch.
    """
    new = reader.folder / f"{SNAPSHOT}-{os.getpid()}.new"
    seal = _Checksum(reader.macs.key)
    try:
        fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o600)
        with open(fd, "wb", buffering=1 << 20) as file:
            for line in _lines(reader, state):
                seal.add(line)
                file.write(line)
            file.write(seal.line())
        os.replace(new, reader.folder / SNAPSHOT)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    for left in reader.folder.glob(f"{SNAPSHOT}-*.new"):  # left by killed processes
        with suppress(OSError):
            left.unlink()


def resume(reader: JournalReader, state: StoreState) -> bool:
    """Set both to the snapshot's record and return True. Without a snapshot that can be trusted,
    change nothing and return False."""
    path = reader.folder / SNAPSHOT
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        log.warning("The snapshot %s cannot be read: %s", path, error.strerror)
        return False
    try:
        place, tables, touched = _read(raw, reader.macs.key)
        reader.resume(place)
    except (_NotUsable, Unreadable) as doubt:
        log.warning("The snapshot %s is not used (%s); every record is read.", path, doubt)
        return False
    state.resume(tables, touched)
    return True


class _NotUsable(Exception):
    """Why the snapshot cannot be used."""


def _lines(reader: JournalReader, state: StoreState) -> Iterator[bytes]:
    macs = reader.macs
    head = {
        # An older program must not continue from a state that it could not have read.
        "v": reader.version,
        "seq": reader.seq,
        "hash": reader.hash,
        "year": reader.year,
        "unchecked": reader.unchecked,
        "key": macs.own_key,
        "epoch": macs.epoch,
        "since": macs.since,
        "segments": reader.extents,
        "starts": reader.starts.tolist(),
    }
    yield b"NQS1 " + _ENCODE(head).encode() + b"\n"
    for name, docs, touched in state.parts():
        ids = iter(touched)
        while some := list(islice(ids, _CHUNK)):
            part = [
                name,
                {id: docs[id] for id in some if id in docs},
                {i: touched[i] for i in some},
            ]
            yield _ENCODE(part).encode() + b"\n"
        # Documents are in the order in which they were first put (or put again after a drop).
        yield _ENCODE([name, list(docs)]).encode() + b"\n"


def _read(raw: bytes, key: bytes | None) -> tuple[JournalPosition, dict[str, Any], dict[str, Any]]:
    end = raw.rfind(b"\n", 0, -1) + 1
    seal = _Checksum(key)
    seal.add(memoryview(raw)[:end])
    if not raw.startswith(b"NQS1 ") or not hmac.compare_digest(raw[end:], seal.line()):
        raise _NotUsable("its seal does not fit")
    tables: dict[str, dict[str, Any]] = {}
    touched: dict[str, dict[str, Any]] = {}
    first, begin = raw.index(b"\n"), 0
    head = json.loads(raw[5:first])
    if not FIRST_VERSION <= head["v"] <= NEWEST_VERSION or head["key"] != fingerprint(key):
        raise _NotUsable("another version or key wrote it")
    begin = first + 1
    while begin < end:
        stop = raw.index(b"\n", begin)
        name, *parts = json.loads(raw[begin:stop])
        begin = stop + 1
        docs = tables.setdefault(name, {})
        if len(parts) == 2:
            docs.update(parts[0])
            touched.setdefault(name, {}).update(parts[1])
        elif list(docs) != parts[0]:
            tables[name] = {id: docs[id] for id in parts[0]}
    place = JournalPosition(
        seq=head["seq"],
        hash=head["hash"],
        year=head["year"],
        version=head["v"],
        unchecked=head["unchecked"],
        epoch=head["epoch"],
        since=head["since"],
        segments=tuple((first, size) for first, size in head["segments"]),
        starts=array("q", head["starts"]),
    )
    return place, tables, touched


class _Checksum:
    """The last line: HMAC-SHA256 under the key, or SHA-256 without one, over all lines before."""

    def __init__(self, key: bytes | None) -> None:
        self._digest = sha256() if key is None else hmac.new(key, digestmod="sha256")

    def add(self, some: bytes | memoryview) -> None:
        self._digest.update(some)

    def line(self) -> bytes:
        return self._digest.hexdigest().encode() + b"\n"
