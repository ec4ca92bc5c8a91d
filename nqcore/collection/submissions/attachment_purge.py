"""Freeing the bytes of attachments that were removed from their reports.

The journal says so first, then the bytes are deleted: a run that is killed in between leaves bytes that the
next run deletes, and never a file that the journal still has and the disk has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from nqcore.collection.submissions.attachment_records import (
    Attachment,
    files_from_doc,
    files_to_doc,
    version_of,
)
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, Phrase, StoreError, system_words
from nqcore.store import Store
from nqcore.store.files import sync_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What was freed: how many files, and how many bytes on the disk."""

    files: int
    size: int


def removed_before(store: Store, moment: datetime) -> tuple[Attachment, ...]:
    """The removed attachments whose bytes still lie on the disk, and which were attached before `moment`."""
    return tuple(
        file
        for files in _by_report(store).values()
        for file in files
        if file.removed and not file.purged and file.at < moment
    )


def purge_removed(folder: Path, store: Store, *, days: int, by: str, at: datetime) -> Purged:
    """Free the removed attachments that were attached more than `days` days before `at`, in one record of
    the journal. The bytes of a file that another report still has stay. Raises StoreError."""
    chosen = {
        (file.submission, file.sha256) for file in removed_before(store, at - timedelta(days=days))
    }
    if chosen:
        with store.change(by=by, do="purge-evidence", at=at) as change:
            for submission, files in _by_report(store).items():
                marked = tuple(
                    replace(file, purged=True)
                    if file.removed and (submission, file.sha256) in chosen
                    else file
                    for file in files
                )
                if marked != files:
                    change.put(
                        EVIDENCE, submission, files_to_doc(marked), version=version_of(marked)
                    )
    return Purged(files=len(chosen), size=_delete(folder / EVIDENCE, store))


def _by_report(store: Store) -> Mapping[str, tuple[Attachment, ...]]:
    docs = {str(doc.doc_id): doc for doc in store.table(EVIDENCE)}
    return {id: files_from_doc(id, doc) for id, doc in docs.items()}


def _delete(folder: Path, store: Store) -> int:
    """Delete the bytes that only purged attachments name; how many there were."""
    files = [file for each in _by_report(store).values() for file in each]
    needed = {file.sha256 for file in files if not file.purged}
    freed = 0
    try:
        for digest in {file.sha256 for file in files if file.purged} - needed:
            for stored in _there(folder / digest):
                size = stored.stat().st_size
                stored.unlink()
                freed += size
        if freed:
            sync_folder(folder)
    except OSError as wrong:
        raise StoreError(
            detail=Phrase(
                N_(
                    "Removed files in {folder} cannot be deleted ({why}). Let this account "
                    "write there, and run the command again."
                ),
                {"folder": folder, "why": system_words(wrong)},
            )
        ) from wrong
    return freed


def _there(path: Path) -> Iterator[Path]:
    if path.exists():
        yield path
