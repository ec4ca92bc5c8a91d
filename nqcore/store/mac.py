"""The MAC of a record (its "seal"): an HMAC-SHA256 with the workspace's key. Epochs say which key
holds from which record on (FORMAT.md)."""

from __future__ import annotations

import hmac

from nqcore.errors import N_
from nqcore.store.record import UNSEALED, BadRecord, Record

EPOCHS = "epochs"
"""The table with one document per epoch; only the journal itself writes it."""

EPOCH = "epoch"
"""The action word of the record that begins an epoch."""

WRONG_SEAL = N_("its seal does not match the key: it was not written by this program")
NO_EPOCH = N_("the journal does not begin with an epoch record")


def fingerprint(key: bytes | None) -> str | None:
    """16 hex digits that identify a key without revealing it; None for no key."""
    return None if key is None else hmac.digest(key, b"NQ1 key", "sha256").hex()[:16]


def mac_of(key: bytes | None, digest: bytes) -> str:
    """The `mac` field of a record whose hash is `digest` (32 bytes); "-" without a key."""
    return UNSEALED if key is None else hmac.digest(key, digest, "sha256").hex()


class MacChecker:
    """Checks the MAC of one record after another with the key of the epoch in force.

    `own_key` and `epoch_key` are the fingerprints of our key and of the newest epoch's key.
    """

    def __init__(self, key: bytes | None) -> None:
        self.key = key
        self.own_key = fingerprint(key)
        self.epoch_key: str | None = None
        self.epoch = 0
        self.since = 0  # number of the record that began this epoch
        self.uncertain = False  # after damage an epoch record may be missing: no MAC can be checked

    @property
    def may_write(self) -> bool:
        """Whether our key is the one of the newest epoch; only then may this process write."""
        return self.epoch > 0 and not self.uncertain and self.epoch_key == self.own_key

    def check(self, record: Record) -> bool:
        """Check one record's MAC. False when its key is not available. Raises BadRecord."""
        if record.do == EPOCH:
            self._open(record)
        elif not self.epoch and not self.uncertain:
            raise BadRecord(NO_EPOCH)
        if self.uncertain:
            return False
        if self.epoch_key is None:
            if record.mac != UNSEALED:
                raise BadRecord(WRONG_SEAL)
            return True
        if record.mac == UNSEALED:
            raise BadRecord(WRONG_SEAL)
        if self.key is None or self.epoch_key != self.own_key:
            return False
        if not hmac.compare_digest(mac_of(self.key, bytes.fromhex(record.hash)), record.mac):
            raise BadRecord(WRONG_SEAL)
        return True

    def resume(self, epoch: int, since: int) -> None:
        """Continue in epoch `epoch`, which uses our key and was begun by record `since`."""
        self.epoch_key, self.epoch, self.since = self.own_key, epoch, since

    def _open(self, record: Record) -> None:
        (number, doc), *more = record.docs.get(EPOCHS, {"0": None}).items()
        if more or doc is None or "key" not in doc or not number.isascii() or not number.isdigit():
            raise BadRecord(NO_EPOCH)
        self.epoch_key, self.epoch, self.since = doc["key"], int(number), record.seq
        self.uncertain = False
