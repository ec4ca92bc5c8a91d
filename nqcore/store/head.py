"""The head file: number and hash of the newest acknowledged record.

Without it, a journal that was cut off between two records would look complete. The file is
overwritten in place after each commit, without fsync. It is written only after the record is
durable; so after a crash it may be older than the journal, never newer.
"""

from __future__ import annotations

import hmac
import os
import re
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nqcore.errors import N_, Phrase, system_words
from nqcore.store.files import BINARY, HEAD
from nqcore.store.record import ZERO

_HEAD = re.compile(rb"(NQH1 ([0-9]{20}) ([0-9a-f]{64}) ([0-9a-f]{64})) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest acknowledged record when the head was written; `mac` as stored."""

    seq: int
    hash: str
    mac: str

    def sealed_by(self, key: bytes) -> bool:
        """Whether the writer of this head had `key`."""
        return hmac.compare_digest(self.mac, _mac(key, self.seq, self.hash))


def head_line(seq: int, hash: str, key: bytes | None) -> bytes:
    """The bytes of the file: always 221 bytes, less than one disk sector, so never half written."""
    signed = _signed_part(seq, hash) + _mac(key, seq, hash).encode()
    return b"%b %b\n" % (signed, sha256(signed).hexdigest().encode())


def read_head(folder: Path) -> Head | Phrase:
    """The head, or a sentence that says why it cannot be used."""
    for again in range(3):
        try:
            with open(folder / HEAD, "rb") as file:
                text = file.read(1000)
        except FileNotFoundError:
            words = N_("{file} is missing: whether records at the end are gone is not known.")
            return Phrase(words, {"file": folder / HEAD})
        except OSError as error:
            found = {"file": folder / HEAD, "why": system_words(error)}
            return Phrase(N_("{file} cannot be read: {why}."), found)
        head = _HEAD.fullmatch(text)
        if head and sha256(head[1]).hexdigest().encode() == head[5]:
            return Head(seq=int(head[2]), hash=head[3].decode(), mac=head[4].decode())
        time.sleep(0.001 * again)  # another process may be overwriting it at this moment
    words = N_("{file} is damaged: whether records at the end are gone is not known.")
    return Phrase(words, {"file": folder / HEAD})


def write_head(path: str, line: bytes) -> None:
    """Overwrite the head file in place. Raises OSError."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | BINARY, 0o600)
    try:
        os.write(fd, line)
    finally:
        os.close(fd)


def _signed_part(seq: int, hash: str) -> bytes:
    return b"NQH1 %020d %b " % (seq, hash.encode())


def _mac(key: bytes | None, seq: int, hash: str) -> str:
    return ZERO if key is None else hmac.digest(key, _signed_part(seq, hash), "sha256").hex()
