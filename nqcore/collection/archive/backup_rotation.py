"""A folder of backups: the name of each, and which of them may be deleted.

A name is `<id>-<day>T<time>.zip`, for example `75c8babd1561713d-20261129T083000.zip`: the office, and the
moment in Viet Nam's time.

A backup is deleted only if the newest `keep` sound ones are newer than it, and if its last record is in the
present journal with the same hash. So a damaged backup never counts, and a backup from before a restore,
which may hold what the present journal lacks, is never deleted, nor is one of another office or a copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nqcore.clock import VIET_NAM
from nqcore.collection.archive.backup_format import Manifest
from nqcore.collection.archive.backup_reading import UNREADABLE, manifest_of
from nqcore.store import Store

_NAME = re.compile(r"([0-9a-f]{16})-[0-9]{8}T[0-9]{6}\.zip")
_SECOND = timedelta(seconds=1)


def backup_name(id: str, at: datetime) -> str:
    """The name of the backup of the office `id` that is made at that moment.

    >>> from datetime import UTC
    >>> backup_name("75c8babd1561713d", datetime(2026, 11, 29, 1, 30, tzinfo=UTC))
    '75c8babd1561713d-20261129T083000.zip'
    """
    return f"{id}-{at.astimezone(VIET_NAM):%Y%m%dT%H%M%S}.zip"


def free_name(place: Path, id: str, at: datetime) -> Path:
    """The file of the backup that is made at that moment in the folder `place`; of several in one second
    each has the next second that is free."""
    while (found := place / backup_name(id, at)).exists():
        at += _SECOND
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What was done with the older backups of a folder. `kept` are the sound ones, the newest first;
    `damaged` cannot be read and were left as they are."""

    kept: tuple[Path, ...]
    deleted: tuple[Path, ...]
    damaged: tuple[Path, ...]


def rotate_backups(place: Path, id: str, store: Store, keep: int) -> Rotation:
    """Delete the backups of the office `id` in the folder `place` that are older than the newest `keep`
    sound ones. A backup is sound if all its bytes match its SHA-256: it was restored on trial when it was
    made. Raises OSError."""
    damaged: list[Path] = []
    ours: list[tuple[int, str, Path]] = []
    for path in sorted(place.iterdir()):
        found = _NAME.fullmatch(path.name)
        if found is None or found[1] != id or path.is_symlink() or not path.is_file():
            continue
        try:
            manifest = manifest_of(path)
        except UNREADABLE:
            damaged.append(path)
            continue
        if manifest.workspace == id and _is_in(store, manifest):
            # In the order of their records: a clock may have been put back.
            ours.append((manifest.seq, path.name, path))
    newest = [path for _, _, path in sorted(ours, reverse=True)]
    for path in newest[keep:]:
        path.unlink()
    return Rotation(kept=tuple(newest[:keep]), deleted=tuple(newest[keep:]), damaged=tuple(damaged))


def _is_in(store: Store, manifest: Manifest) -> bool:
    """Whether the present journal has everything that the backup's journal has."""
    if not 1 <= manifest.seq <= store.version:
        return False
    return store.record(manifest.seq).hash == manifest.hash
