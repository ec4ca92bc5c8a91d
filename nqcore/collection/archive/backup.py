"""Backups: one ordinary .zip of the whole folder of a workspace, and how it is restored.

The journal is copied up to one record while other processes go on writing. The other files are copied
after it, so every attachment that this record or an earlier one names is in the copy. `evidence/` may be a
symbolic link to a folder on another disk; its files are copied. Any other link, and anything that is
neither a file nor a folder, is refused by name: no file is left out without a message.

`manifest.json` in the archive holds the number of that record, and the size and SHA-256 of every file. The
comment of the archive is the SHA-256 of all bytes before it, so a change of any byte is noticed. The key of
the workspace is not in the archive: it is never kept in the folder.

An archive that is restored is a file from outside: `backup_reading` checks it before anything is unpacked.
A restored folder is a place of its own (`nqcore.store.place`), with no session and no one-time link.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nqcore.collection.archive.backup_files import files_to_copy, name_inside
from nqcore.collection.archive.backup_format import Backup, BackupDamaged, BackupRefused
from nqcore.collection.archive.backup_reading import unpack
from nqcore.collection.archive.backup_writing import write_archive
from nqcore.collection.archive.integrity import (
    attachment_documents,
    evidence_problems,
    verify_folder,
)
from nqcore.collection.settings import read_settings
from nqcore.collection.tables import BACKUPS, EVIDENCE
from nqcore.errors import N_, Phrase, StoreError
from nqcore.store import Store, load_key
from nqcore.store.files import sync_folder
from nqcore.store.work_folder import work_folder

__all__ = [
    "Backup",
    "BackupDamaged",
    "BackupMade",
    "BackupRefused",
    "check_backup",
    "last_backups",
    "restore_backup",
    "write_backup",
]


def write_backup(folder: Path, file: Path, *, at: datetime, by: str) -> Backup:
    """Copy the workspace in `folder` into the new archive `file`, and restore the archive as a trial.

    When this returns, the archive is on the disk, was read back whole and has every file that the folder
    has. The journal then records it (table `backups`, by the login `by`), if the journal can be written.
    Raises BackupRefused, BackupDamaged, StoreError, OSError; then `file` does not exist.
    """
    folder, file = folder.absolute(), file.absolute()
    _refuse_target(folder, file)
    settings = read_settings(folder)
    with Store.open(folder, load_key(settings.id)) as store, work_folder(file.parent) as work:
        before = frozenset(_names(folder))
        write_archive(folder, store, settings.id, work / "archive.zip", at)
        try:
            done = unpack(work / "archive.zip", work / "workspace", named=file)
        except BackupDamaged:
            # The copy may be exact, of a damaged journal: then the message must name that journal.
            found = verify_folder(folder, settings)
            if found.damages:
                raise StoreError(detail=found.worst) from None
            raise
        _require_same(folder, work / "workspace", before)
        _give_name(work / "archive.zip", file)
        _record(store, done, file, at, by)
    return done


def restore_backup(file: Path, folder: Path, *, until: int | date | None = None) -> Backup:
    """Restore the archive as `folder`, which must not exist or must be empty. `until` leaves out the later
    records of the journal: the number of the last record that is kept, or a day. The other files are those
    of the backup. Raises BackupRefused, BackupDamaged, StoreError; then `folder` is unchanged."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefused(
            detail=Phrase(N_("{folder} is not empty. Choose a new folder."), {"folder": folder})
        )
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with work_folder(folder.parent) as work:
        done = unpack(file, work / "workspace", until=until, named=file)
        if folder.exists():
            folder.rmdir()
        os.rename(work / "workspace", folder)
        sync_folder(folder.parent)
    return done


def check_backup(file: Path) -> Backup:
    """Check the archive: restore it as a trial, in the folder of the archive, and remove the result.
    Raises BackupDamaged, BackupRefused (no room for the trial)."""
    with work_folder(file.absolute().parent) as work:
        return unpack(file, work / "workspace", named=file)


def _refuse_target(folder: Path, file: Path) -> None:
    """Raise BackupRefused if `file` exists, or lies in the workspace that is to be copied."""
    if file.exists():
        raise BackupRefused(
            detail=Phrase(N_("{file} exists already. Choose another name."), {"file": file})
        )
    place = file.parent.resolve()
    if any(place.is_relative_to(inner.resolve()) for inner in (folder, folder / EVIDENCE)):
        raise BackupRefused(
            detail=Phrase(
                N_("{file} lies in the workspace itself. Choose another place."), {"file": file}
            )
        )


def _names(folder: Path) -> Iterator[str]:
    """The names of the files of the workspace, without the journal's segments."""
    return (name_inside(folder, path) for path in files_to_copy(folder))


def _require_same(folder: Path, copy: Path, before: frozenset[str]) -> None:
    """Raise BackupRefused unless the restored `copy` has every file that `folder` has: `before`, which were
    there before the copy was made, and the attachments that the copied journal names."""
    missing: list[str | Phrase] = [
        n for n in sorted(before - set(_names(copy))) if (folder / n).exists()
    ]
    named = attachment_documents(copy, read_settings(copy))
    if lost := evidence_problems(copy, named):
        # An attachment that the folder itself has lost is reported by `nq verify`; the copy is exact.
        before_it = evidence_problems(folder, named)
        missing += sorted((one for one in lost if one not in before_it), key=str)
    if missing:
        raise BackupRefused(
            detail=Phrase(
                N_(
                    "the copy lacks what {folder} has: {missing} ({count} in all). Run nq verify, "
                    "then try again."
                ),
                {"folder": folder, "missing": missing[0], "count": len(missing)},
            )
        )


def _give_name(new: Path, file: Path) -> None:
    """Rename the finished archive to `file`. Raises BackupRefused if `file` exists by now."""
    try:
        os.link(new, file)
    except OSError:
        if file.exists():
            raise BackupRefused(
                detail=Phrase(N_("{file} exists already. Choose another name."), {"file": file})
            ) from None
        os.rename(new, file)  # a file system without hard links
    sync_folder(file.parent)


def _record(store: Store, done: Backup, file: Path, at: datetime, by: str) -> None:
    """Record the backup in the journal. A folder that cannot be written any more may still be copied: then
    nothing is recorded."""
    doc = {"file": file.name, "seq": done.seq, "hash": done.hash, "sha256": done.sha256}
    try:
        with store.change(by=by, do="backup", at=at) as change:
            change.put(BACKUPS, f"{at.isoformat()}#{done.seq}", doc)
    except StoreError:
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup that the journal records: when it was made, by whom, and its last record."""

    at: datetime
    by: str
    receipt: str


def last_backups(store: Store, count: int) -> tuple[BackupMade, ...]:
    """The newest `count` backups that the journal records, newest first."""
    found = []
    for id in sorted((str(doc.doc_id) for doc in store.table(BACKUPS)), reverse=True)[:count]:
        written = store.history(BACKUPS, id)[-1]
        doc = written.doc or {}
        receipt = f"{doc.get('seq', 0)}/{str(doc.get('hash', ''))[:12]}"
        found.append(BackupMade(at=written.at, by=written.by, receipt=receipt))
    return tuple(found)
