"""Evidence files (*tệp minh chứng*) of a report: the plan that was issued, a photograph, minutes.

A file lies in the workspace as ``evidence/<sha256>`` and never changes; the journal says which report
it belongs to, under which name, from whom and since when (table ``evidence``). The bytes are on the
disk before the journal names them, so a file that the journal knows and the folder lacks, or has
with other bytes, was lost afterwards: `nq verify` says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.period_locks import PeriodLocked, PeriodLocks
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, InputError, StateError, StoreError, UnknownName
from nqcore.files.incoming import DOCX, JPEG, PDF, PNG, XLSX, FileKind, check, shown_name
from nqcore.model.obligations import Obligation
from nqcore.store import Store
from nqcore.store.files import sync_folder, write_new

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 20
"""Files that one report may have."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: Mapping[FileKind, str] = {
    PDF: "application/pdf",
    DOCX: _OFFICE + "wordprocessingml.document",
    XLSX: _OFFICE + "spreadsheetml.sheet",
    JPEG: "image/jpeg",
    PNG: "image/png",
}
"""What may be attached, with the media type under which it is served."""


class AttachmentRefused(InputError):
    """The file cannot be attached; nothing was stored."""

    code = "evidence-refused"


class AttachmentTooLarge(AttachmentRefused):
    """Over 10 MB."""

    code = "evidence-too-large"
    template = N_(
        "“{name}” is larger than {most} MB. Scan it in black and white or shrink the "
        "pictures, then choose it again."
    )


class AttachmentEmpty(AttachmentRefused):
    """No file was chosen, or one without bytes."""

    code = "evidence-empty"
    template = N_("No file was chosen, or it is empty. Choose a file.")


class TooManyAttachments(AttachmentRefused):
    """The report has as many files as it may have."""

    code = "evidence-too-many"
    template = N_("A report has at most {most} files. Remove one, then choose again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attached file; `type` is its media type. `removed`: it no longer belongs to the report,
    but is kept."""

    submission: str
    name: str
    type: str
    size: int
    sha256: str
    by: str
    at: datetime
    removed: bool = False


class Attachments:
    """The evidence files of a workspace."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder, self._store = folder / EVIDENCE, store

    def of(self, submission: str) -> tuple[Attachment, ...]:
        """The files of a report, oldest first."""
        return tuple(file for file in self._all(submission) if not file.removed)

    def _all(self, submission: str) -> tuple[Attachment, ...]:
        doc = self._store.get(EVIDENCE, submission)
        return () if doc is None else _from_doc(submission, doc)

    def get(self, submission: str, digest: str) -> Attachment:
        """One file of a report. Raises UnknownName."""
        for file in self.of(submission):
            if file.sha256 == digest:
                return file
        raise UnknownName(kind="file", name=digest[:12], hint="Open it from the report.")

    def read(self, file: Attachment) -> bytes:
        """Its bytes, checked against the digest. StoreError where they are gone or others."""
        try:
            data = (self._folder / file.sha256).read_bytes()
        except OSError as wrong:
            raise StoreError(detail=_missing(file)) from wrong
        if sha256(data).hexdigest() != file.sha256:
            raise StoreError(detail=_changed(file))
        return data

    def attach(self, actor: Actor, obligation: Obligation, name: str, data: bytes) -> Attachment:
        """Attach a file to a report that is open for entry. The same bytes twice are one file.

        Raises EvidenceRefused, FileRefused, StateError, NotAllowed, StoreError (the disk).
        """
        self._check(actor, obligation)
        if not data:
            raise AttachmentEmpty
        if len(data) > MAX_BYTES:
            raise AttachmentTooLarge(name=shown_name(name), most=MAX_BYTES // 1024**2)
        file = Attachment(
            submission=obligation.submission,
            name=shown_name(name),
            type=TYPES[check(name, data, tuple(TYPES))],
            size=len(data),
            sha256=sha256(data).hexdigest(),
            by=actor.login,
            at=actor.at,
        )
        # The bytes first: what the journal names is on the disk.
        self._keep(file, data)
        with self._store.change(by=actor.login, do="attach", why=file.name, at=actor.at) as change:
            held = self.of(file.submission)
            if same := [other for other in held if other.sha256 == file.sha256]:
                return same[0]
            if len(held) >= MAX_FILES:
                raise TooManyAttachments(most=MAX_FILES)
            change.put(EVIDENCE, file.submission, _to_doc(self._with(file)))
        return file

    def _with(self, file: Attachment) -> tuple[Attachment, ...]:
        """The files of its report with this one as it is now, behind all others."""
        others = [one for one in self._all(file.submission) if one.sha256 != file.sha256]
        return (*others, file)

    def remove(self, actor: Actor, obligation: Obligation, digest: str) -> Attachment:
        """Take a file off an open report; its bytes and its history stay. Raises UnknownName,
        StateError, NotAllowed."""
        self._check(actor, obligation)
        name = self.get(obligation.submission, digest).name
        with self._store.change(
            by=actor.login, do="remove-evidence", why=name, at=actor.at
        ) as change:
            file = replace(self.get(obligation.submission, digest), removed=True)
            change.put(EVIDENCE, file.submission, _to_doc(self._with(file)))
        return file

    def _check(self, actor: Actor, obligation: Obligation) -> None:
        actor.require(Action.ENTER, obligation.unit, obligation.form)
        if lock := PeriodLocks(self._store).on(obligation, actor.today):
            raise PeriodLocked(lock)
        state = obligation.state
        if state is not None and not state.editable:
            raise StateError(action="attach", state=state.value)

    def _keep(self, file: Attachment, data: bytes) -> None:
        """Put the bytes on the disk under their digest, whole or not at all."""
        target = self._folder / file.sha256
        new = self._folder / f".{file.sha256}.{os.getpid()}.new"
        try:
            if target.exists() and sha256(target.read_bytes()).hexdigest() == file.sha256:
                return
            if not self._folder.exists():
                self._folder.mkdir(exist_ok=True)
                sync_folder(self._folder.parent)
            new.unlink(missing_ok=True)
            write_new(new, data)
            new.replace(target)
            sync_folder(self._folder)
        except OSError as wrong:
            new.unlink(missing_ok=True)
            raise StoreError(
                detail=f"The file “{file.name}” could not be stored ({wrong.strerror}). "
                "Nothing was attached; make room on the disk and try again."
            ) from wrong


def lost_attachments(folder: Path, docs: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What is wrong with the evidence files that `docs` (of the table, by id) name, one sentence each;
    those that were removed from their report are kept, too."""
    seen: dict[str, str | None] = {}
    for file in (file for id, doc in docs.items() for file in _from_doc(id, doc)):
        if file.sha256 not in seen:
            try:
                with open(folder / EVIDENCE / file.sha256, "rb") as stored:
                    digest = _digest(stored)
                seen[file.sha256] = None if digest == file.sha256 else _changed(file)
            except OSError:
                seen[file.sha256] = _missing(file)
            if sentence := seen[file.sha256]:
                yield sentence


def _digest(stored: Any) -> str:
    from hashlib import file_digest

    return file_digest(stored, "sha256").hexdigest()


def _missing(file: Attachment) -> str:
    return (
        f"The evidence file {EVIDENCE}/{file.sha256[:12]}… (“{file.name}” of {file.submission}) is "
        "missing. Put it back from a backup."
    )


def _changed(file: Attachment) -> str:
    return (
        f"The evidence file {EVIDENCE}/{file.sha256[:12]}… (“{file.name}” of {file.submission}) was "
        "changed. Put it back from a backup."
    )


def _to_doc(files: tuple[Attachment, ...]) -> dict[str, Any]:
    """The document of a report's files; its id is the report's."""
    return {"files": [_one_to_doc(file) for file in files]}


def _one_to_doc(file: Attachment) -> dict[str, Any]:
    doc = {
        "name": file.name,
        "type": file.type,
        "size": file.size,
        "sha256": file.sha256,
        "by": file.by,
        "at": file.at.isoformat(),
    }
    return doc | ({"removed": True} if file.removed else {})


def _from_doc(submission: str, doc: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """The inverse of `_to_doc`."""
    return tuple(
        Attachment(
            submission=submission,
            name=one["name"],
            type=one["type"],
            size=one["size"],
            sha256=one["sha256"],
            by=one["by"],
            at=datetime.fromisoformat(one["at"]),
            removed=one.get("removed", False),
        )
        for one in doc["files"]
    )
