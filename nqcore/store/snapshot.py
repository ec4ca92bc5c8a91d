"""A snapshot of what the journal amounted to, so that opening reads only what came after it.

It is a convenience and never a source: it is sealed as records are, it counts only if it fits the
journal beside it, and whenever anything about it is in doubt every record is read instead. Nothing
is lost with it. FORMAT.md defines its bytes.
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
from nqcore.store.reader import Place, Reader, Unreadable
from nqcore.store.seal import fingerprint
from nqcore.store.state import StoreState

log = logging.getLogger("nqcore.store")

_CHUNK = 2000  # documents on one line
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def write_snapshot(reader: Reader, state: StoreState) -> None:
    """Put the file in place whole; OSError is the caller's. The key must be the journal's own."""
    new = reader.folder / f"{SNAPSHOT}-{os.getpid()}.new"
    seal = _Seal(reader.seals.key)
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
    for left in reader.folder.glob(f"{SNAPSHOT}-*.new"):  # by killed ones
        with suppress(OSError):
            left.unlink()


def resume(reader: Reader, state: StoreState) -> bool:
    """Set both to where the snapshot stood, if there is one that can be trusted; else leave them."""
    path = reader.folder / SNAPSHOT
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return False
    except OSError as error:
        log.warning("The snapshot %s cannot be read: %s", path, error.strerror)
        return False
    try:
        place, tables, touched = _read(raw, reader.seals.key)
        reader.resume(place)
    except (_Doubt, Unreadable) as doubt:
        log.warning("The snapshot %s is not used (%s); every record is read.", path, doubt)
        return False
    state.resume(tables, touched)
    return True


class _Doubt(Exception):
    """Why the snapshot does not count."""


def _lines(reader: Reader, state: StoreState) -> Iterator[bytes]:
    seals = reader.seals
    head = {
        "v": 1,
        "seq": reader.seq,
        "hash": reader.hash,
        "year": reader.year,
        "unchecked": reader.unchecked,
        "key": seals.ours,
        "epoch": seals.epoch,
        "since": seals.since,
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
        # The order of documents is that of their first put since they were last dropped.
        yield _ENCODE([name, list(docs)]).encode() + b"\n"


def _read(raw: bytes, key: bytes | None) -> tuple[Place, dict[str, Any], dict[str, Any]]:
    end = raw.rfind(b"\n", 0, -1) + 1
    seal = _Seal(key)
    seal.add(memoryview(raw)[:end])
    if not raw.startswith(b"NQS1 ") or not hmac.compare_digest(raw[end:], seal.line()):
        raise _Doubt("its seal does not fit")
    tables: dict[str, dict[str, Any]] = {}
    touched: dict[str, dict[str, Any]] = {}
    first, begin = raw.index(b"\n"), 0
    head = json.loads(raw[5:first])
    if head["v"] != 1 or head["key"] != fingerprint(key):
        raise _Doubt("another version or key wrote it")
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
    place = Place(
        seq=head["seq"],
        hash=head["hash"],
        year=head["year"],
        unchecked=head["unchecked"],
        epoch=head["epoch"],
        since=head["since"],
        segments=tuple((first, size) for first, size in head["segments"]),
        starts=array("q", head["starts"]),
    )
    return place, tables, touched


class _Seal:
    """The last line: HMAC-SHA256 under the key, or SHA-256 without one, over all lines before."""

    def __init__(self, key: bytes | None) -> None:
        self._digest = sha256() if key is None else hmac.new(key, digestmod="sha256")

    def add(self, some: bytes | memoryview) -> None:
        self._digest.update(some)

    def line(self) -> bytes:
        return self._digest.hexdigest().encode() + b"\n"
