"""The reader of version 0.1.0, as it was released: `decode`, `_read_payload`, `MacChecker.check` and the walk
over the segments, taken from its nqcore/store and made one file. Never changed again: it stands for an office
that goes back to 0.1.0.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

ZERO = "0" * 64
_HEADER = re.compile(
    rb"NQ1 ([1-9][0-9]{0,18}) ([1-9][0-9]{0,8}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{64}|-) "
)
_FIELDS = frozenset(("v", "at", "by", "do", "why", "docs"))


class Damaged(Exception):
    """0.1.0 would say that the journal is damaged: it must never say so of a sound one."""


class Newer(Exception):
    """0.1.0 says that a newer nqcore wrote the record, and changes nothing."""


def records(journal: Path, key: bytes) -> Iterator[dict[str, Any]]:
    """Every record of the journal in the folder, checked as 0.1.0 checks it; each with its `seq`."""
    names = sorted(p.name for p in journal.iterdir() if re.fullmatch(r"[0-9]{10}\.nqj", p.name))
    seq, prev, epoch_key = 0, ZERO, None
    for name in names:
        if int(name[:10]) != seq + 1:
            raise Damaged(name)
        for line in (journal / name).read_bytes().splitlines(keepends=True):
            if not line.endswith(b"\n"):
                return
            fields, hash, mac = _decode(line, seq + 1, prev)
            if fields["do"] == "epoch":
                (doc,) = fields["docs"]["epochs"].values()
                epoch_key = doc["key"]
            ours = epoch_key == hmac.digest(key, b"NQ1 key", "sha256").hex()[:16]
            if ours and hmac.digest(key, bytes.fromhex(hash), "sha256").hex() != mac:
                raise Damaged("its seal does not match the key")
            seq, prev = seq + 1, hash
            yield {"seq": seq, **fields}


def _decode(line: bytes, seq: int, prev: str) -> tuple[dict[str, Any], str, str]:
    head = _HEADER.match(line)
    if head is None:
        raise Damaged("it does not begin like a record")
    payload = line[head.end() : -1]
    if len(payload) != int(head[2]):
        raise Damaged("its length is not the stated one")
    digest = sha256(line[: head.start(4)])
    digest.update(payload)
    if digest.hexdigest() != head[4].decode():
        raise Damaged("its bytes do not match its hash")
    if int(head[1]) != seq or head[3].decode() != prev:
        raise Damaged("it does not follow the record before it")
    return _read_payload(payload), head[4].decode(), head[5].decode()


def _read_payload(payload: bytes) -> dict[str, Any]:
    try:
        text = payload.decode()
        fields, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        raise Damaged("its text is not what the format says") from None
    if end != len(text) or type(fields) is not dict or type(fields.get("v")) is not int:
        raise Damaged("its text is not what the format says")
    if fields["v"] > 1:
        raise Newer(fields["v"])
    if fields["v"] != 1 or fields.keys() != _FIELDS or not _has_right_types(fields):
        raise Damaged("its text is not what the format says")
    return fields


def _has_right_types(fields: dict[str, Any]) -> bool:
    texts = all(type(fields[field]) is str for field in ("at", "by", "do", "why"))
    return (
        texts
        and type(fields["docs"]) is dict
        and all(type(table) is dict for table in fields["docs"].values())
        and all(
            doc is None or type(doc) is dict
            for table in fields["docs"].values()
            for doc in table.values()
        )
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a whole number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_refuse, parse_constant=_refuse)
