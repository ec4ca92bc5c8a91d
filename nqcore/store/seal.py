"""The seal of a record: an HMAC under the workspace's key, and the epochs that say which key."""

from __future__ import annotations

import hmac

from nqcore.errors import N_
from nqcore.store.record import UNSEALED, BadRecord, Record

EPOCHS = "epochs"
"""The table that holds one document per epoch; written by the journal itself only."""

EPOCH = "epoch"
"""The action word of the record that opens an epoch."""

WRONG_SEAL = N_("its seal does not match the key: it was not written by this program")
NO_EPOCH = N_("the journal does not begin with an epoch record")


def fingerprint(key: bytes | None) -> str | None:
    """16 hex digits that name a key without telling it; None for no key."""
    return None if key is None else hmac.digest(key, b"NQ1 key", "sha256").hex()[:16]


def sealed(key: bytes | None, digest: bytes) -> str:
    """The mac field for a record with this hash (32 bytes)."""
    return UNSEALED if key is None else hmac.digest(key, digest, "sha256").hex()


class Seals:
    """Walks along the records and checks each seal under the epoch that holds there."""

    def __init__(self, key: bytes | None) -> None:
        self.key = key
        self.ours = fingerprint(key)
        self.theirs: str | None = None
        self.epoch = 0
        self.since = 0  # number of the record that opened this epoch
        self.lost = False  # after damage an epoch may have been missed: seals cannot be judged

    @property
    def fits(self) -> bool:
        """May this key write, that is: is it the latest epoch's?"""
        return self.epoch > 0 and not self.lost and self.theirs == self.ours

    def admit(self, record: Record) -> bool:
        """Check one record's seal; False when the key for it is not at hand. Raises BadRecord."""
        if record.do == EPOCH:
            self._open(record)
        elif not self.epoch and not self.lost:
            raise BadRecord(NO_EPOCH)
        if self.lost:
            return False
        if self.theirs is None:
            if record.mac != UNSEALED:
                raise BadRecord(WRONG_SEAL)
            return True
        if record.mac == UNSEALED:
            raise BadRecord(WRONG_SEAL)
        if self.key is None or self.theirs != self.ours:
            return False
        if not hmac.compare_digest(sealed(self.key, bytes.fromhex(record.hash)), record.mac):
            raise BadRecord(WRONG_SEAL)
        return True

    def resume(self, epoch: int, since: int) -> None:
        """Stand in an epoch of our own key, begun by record `since`."""
        self.theirs, self.epoch, self.since = self.ours, epoch, since

    def _open(self, record: Record) -> None:
        (number, doc), *more = record.docs.get(EPOCHS, {"0": None}).items()
        if more or doc is None or "key" not in doc or not number.isascii() or not number.isdigit():
            raise BadRecord(NO_EPOCH)
        self.theirs, self.epoch, self.since = doc["key"], int(number), record.seq
        self.lost = False
