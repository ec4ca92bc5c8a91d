"""Attachments of a report (*tệp minh chứng*): the plan that was issued, a photograph, minutes.

A file is stored in the workspace as ``evidence/<sha256>`` and never changes. The journal keeps which
report it belongs to, its name, who attached it and when (table ``evidence``). The bytes are written to
disk before the journal names them. So when a file of the journal is missing in the folder or has other
bytes, it was lost or changed afterwards; `nq verify` reports it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.submissions.attachment_quota import (
    USUAL_LIMITS,
    AttachmentLimits,
    check_quota,
)
from nqcore.collection.submissions.attachment_records import (
    Attachment,
    AttachmentRefused,
    changed_text,
    files_from_doc,
    files_to_doc,
    missing_text,
    version_of,
)
from nqcore.collection.submissions.codec import newest_revision
from nqcore.collection.submissions.period_locks import PeriodLocked, PeriodLocks
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, Phrase, StateError, StoreError, UnknownName, system_words
from nqcore.files.incoming import (
    DOC,
    DOCX,
    HEIC,
    JPEG,
    PDF,
    PNG,
    XLS,
    XLSX,
    FileKind,
    check,
    shown_name,
)
from nqcore.model.obligations import Obligation
from nqcore.model.submissions import state_words
from nqcore.store import Change, Store, StoreFull
from nqcore.store.errors import DISK_FULL
from nqcore.store.files import sync_folder, write_new

MAX_BYTES = 10 * 1024 * 1024
"""Bytes that one file may have."""
MAX_FILES = 20
"""How many files one report may have."""
_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Mapping[FileKind, str] = {
    PDF: "application/pdf",
    DOCX: _OFFICE + "wordprocessingml.document",
    XLSX: _OFFICE + "spreadsheetml.sheet",
    DOC: "application/msword",
    XLS: "application/vnd.ms-excel",
    JPEG: "image/jpeg",
    PNG: "image/png",
    HEIC: "image/heic",
}
"""The kinds of files that may be attached, each with the media type under which it is served."""


class AttachmentTooLarge(AttachmentRefused):
    """The file has more than MAX_BYTES."""

    code = "evidence-too-large"
    template = N_(
        "“{name}” is larger than {most} MB. Scan it in black and white or shrink the "
        "pictures, then choose it again."
    )


class AttachmentEmpty(AttachmentRefused):
    """No file was chosen, or the file has no bytes."""

    code = "evidence-empty"
    template = N_("No file was chosen, or it is empty. Choose a file.")


class TooManyAttachments(AttachmentRefused):
    """The report already has MAX_FILES files."""

    code = "evidence-too-many"
    template = N_("A report has at most {most} files. Remove one, then choose again.")


class AttachmentStep(Enum):
    """What is done with an attachment; in words as part of "Cannot …"."""

    ATTACH = N_("attach the file")
    REMOVE = N_("remove the file")


class Attachments:
    """The attachments of all reports of the workspace in `folder`."""

    def __init__(self, folder: Path, store: Store, limits: AttachmentLimits = USUAL_LIMITS) -> None:
        self._folder, self._store, self._limits = folder / EVIDENCE, store, limits

    def of(self, submission: str) -> tuple[Attachment, ...]:
        """The files of a report, oldest first."""
        return tuple(file for file in self._all(submission) if not file.removed)

    def _all(self, submission: str) -> tuple[Attachment, ...]:
        doc = self._store.get(EVIDENCE, submission)
        return () if doc is None else files_from_doc(submission, doc)

    def get(self, submission: str, digest: str) -> Attachment:
        """One file of a report. Raises UnknownName."""
        for file in self.of(submission):
            if file.sha256 == digest:
                return file
        raise UnknownName(
            kind="file", name=digest[:12], hint=Phrase(N_("Open it from the report."))
        )

    def read(self, file: Attachment) -> bytes:
        """The bytes of the file, checked against its digest. Raises StoreError where the stored file is
        missing or was changed."""
        try:
            data = (self._folder / file.sha256).read_bytes()
        except OSError as wrong:
            raise StoreError(detail=missing_text(file)) from wrong
        if sha256(data).hexdigest() != file.sha256:
            raise StoreError(detail=changed_text(file))
        return data

    def attach(self, actor: Actor, obligation: Obligation, name: str, data: bytes) -> Attachment:
        """Attach a file to a report that is open for entry. A file with the same bytes as an attached
        one is not added again: that attachment is returned.

        Raises AttachmentRefused, FileRefused, PeriodLocked, StateError, NotAllowed; StoreFull where the
        disk has no room for it, StoreError where it cannot be written otherwise.
        """
        self._require_open(actor, obligation, AttachmentStep.ATTACH)
        if not data:
            raise AttachmentEmpty
        if len(data) > MAX_BYTES:
            raise AttachmentTooLarge(name=shown_name(name), most=MAX_BYTES // 1024**2)
        file = Attachment(
            submission=obligation.submission,
            name=shown_name(name),
            type=MEDIA_TYPES[check(name, data, tuple(MEDIA_TYPES))],
            size=len(data),
            sha256=sha256(data).hexdigest(),
            by=actor.login,
            at=actor.at,
        )
        # Before the bytes, so that a refused file takes no room; and again in the change, for two at once.
        check_quota(self._limits, self._of_unit(obligation.unit), file, actor.today)
        # The bytes first: a file that the journal names must be on the disk.
        self._store_bytes(file, data)
        with self._store.change(by=actor.login, do="attach", why=file.name, at=actor.at) as change:
            # Again: while the file was looked at, the report may have been sent or its period closed.
            self._require_open(actor, _as_stored(change, obligation), AttachmentStep.ATTACH)
            held = self.of(file.submission)
            if same := [other for other in held if other.sha256 == file.sha256]:
                return same[0]
            if len(held) >= MAX_FILES:
                raise TooManyAttachments(most=MAX_FILES)
            check_quota(self._limits, self._of_unit(obligation.unit), file, actor.today)
            self._put(change, file)
        return file

    def _of_unit(self, unit: str) -> Iterator[Attachment]:
        """Every file that the unit has ever attached."""
        for doc in self._store.table(EVIDENCE):
            if str(doc.doc_id).rpartition("_")[2] == unit:
                yield from files_from_doc(str(doc.doc_id), doc)

    def _put(self, change: Change, file: Attachment) -> None:
        files = self._all_with(file)
        change.put(EVIDENCE, file.submission, files_to_doc(files), version=version_of(files))

    def _all_with(self, file: Attachment) -> tuple[Attachment, ...]:
        """All files of the report of `file`, in which `file` replaces its stored form and comes last."""
        others = [one for one in self._all(file.submission) if one.sha256 != file.sha256]
        return (*others, file)

    def remove(self, actor: Actor, obligation: Obligation, digest: str) -> Attachment:
        """Remove a file from a report that is open for entry. Its history is kept, and its bytes until they
        are purged.
        Raises UnknownName, PeriodLocked, StateError, NotAllowed."""
        self._require_open(actor, obligation, AttachmentStep.REMOVE)
        name = self.get(obligation.submission, digest).name
        with self._store.change(
            by=actor.login, do="remove-evidence", why=name, at=actor.at
        ) as change:
            self._require_open(actor, _as_stored(change, obligation), AttachmentStep.REMOVE)
            file = replace(self.get(obligation.submission, digest), removed=True)
            self._put(change, file)
        return file

    def _require_open(self, actor: Actor, obligation: Obligation, step: AttachmentStep) -> None:
        """Check that the actor may enter the report and that it is open for entry."""
        actor.require(Action.ENTER, obligation.unit, obligation.form)
        if lock := PeriodLocks(self._store).on(obligation, actor.today):
            raise PeriodLocked(lock)
        state = obligation.state
        if state is not None and not state.editable:
            raise StateError(action=Phrase(step.value), state=state_words(state))

    def _store_bytes(self, file: Attachment, data: bytes) -> None:
        """Write the bytes to disk under their digest, in one step: whole or not at all."""
        target = self._folder / file.sha256
        # A name of its own for each writing: threads of one process write the same file at once, too.
        new = self._folder / f".{file.sha256}.{os.getpid()}-{token_hex(8)}.new"
        try:
            if target.exists() and sha256(target.read_bytes()).hexdigest() == file.sha256:
                return
            if not self._folder.exists():
                self._folder.mkdir(exist_ok=True)
                sync_folder(self._folder.parent)
            write_new(new, data)
            new.replace(target)
            sync_folder(self._folder)
        except OSError as wrong:
            new.unlink(missing_ok=True)
            if wrong.errno in DISK_FULL:
                raise StoreFull(folder=str(self._folder), why=system_words(wrong)) from wrong
            raise StoreError(
                detail=Phrase(
                    N_(
                        "The file “{name}” could not be stored ({why}). Nothing was attached. "
                        "Check the disk, then try again."
                    ),
                    {"name": file.name, "why": system_words(wrong)},
                )
            ) from wrong


def _as_stored(change: Change, obligation: Obligation) -> Obligation:
    """The obligation with the newest revision that the open change sees."""
    return replace(obligation, revision=newest_revision(change, obligation.submission))
