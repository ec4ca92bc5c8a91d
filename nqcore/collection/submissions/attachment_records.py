"""What the journal keeps of an attached file, and what is wrong with the stored bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, InputError, Phrase
from nqcore.model.codec import Codec
from nqcore.store import FIRST_VERSION


class AttachmentRefused(InputError):
    """The file cannot be attached; nothing was stored."""

    code = "evidence-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One attached file. `type` is its media type, `size` counts bytes, `sha256` is the hex digest that
    names the stored file. `removed`: it no longer belongs to the report; its bytes stay on disk until they
    are `purged`."""

    submission: str
    name: str
    type: str
    size: int
    sha256: str
    by: str
    at: datetime
    removed: bool = False
    purged: bool = False

    @property
    def unit(self) -> str:
        """The code of the unit whose report it is."""
        return self.submission.rpartition("_")[2]


PURGE_VERSION = 2
"""The version of a record that says that bytes were purged: a program of version 0.2.0 or before would report
them as lost."""

_FILE = Codec(Attachment, without={"submission"}, optional={"removed", "purged"})


def files_to_doc(files: tuple[Attachment, ...]) -> dict[str, Any]:
    """The document of a report's attachments; its id is the submission's."""
    return {"files": [_FILE.to_doc(file) for file in files]}


def version_of(files: tuple[Attachment, ...]) -> int:
    """The version of a record that holds the document of these files."""
    return PURGE_VERSION if any(file.purged for file in files) else FIRST_VERSION


def files_from_doc(submission: str, doc: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """The inverse of `files_to_doc`."""
    return tuple(_FILE.from_doc(one, submission=submission) for one in doc["files"])


def lost_attachments(folder: Path, docs: Mapping[str, Mapping[str, Any]]) -> Iterator[Phrase]:
    """One sentence for each attachment that is missing or was changed. `folder` is the workspace,
    `docs` are the documents of the table by id. Attachments that were removed from their report are
    checked too, because their bytes are kept until they are purged."""
    seen: dict[str, Phrase | None] = {}
    for file in (file for id, doc in docs.items() for file in files_from_doc(id, doc)):
        if file.sha256 not in seen and not file.purged:
            try:
                with open(folder / EVIDENCE / file.sha256, "rb") as stored:
                    digest = _digest(stored)
                seen[file.sha256] = None if digest == file.sha256 else changed_text(file)
            except OSError:
                seen[file.sha256] = missing_text(file)
            if sentence := seen[file.sha256]:
                yield sentence


def _digest(stored: Any) -> str:
    from hashlib import file_digest

    return file_digest(stored, "sha256").hexdigest()


def missing_text(file: Attachment) -> Phrase:
    """That the stored bytes are not there."""
    return _of_file(
        file,
        N_(
            "The evidence file {file} (“{name}” of {submission}) is missing. Put it back from a backup."
        ),
    )


def changed_text(file: Attachment) -> Phrase:
    """That the stored bytes are not those that were attached."""
    return _of_file(
        file,
        N_(
            "The evidence file {file} (“{name}” of {submission}) was changed. Put it back from a backup."
        ),
    )


def _of_file(file: Attachment, template: str) -> Phrase:
    stored = f"{EVIDENCE}/{file.sha256[:12]}…"
    return Phrase(template, {"file": stored, "name": file.name, "submission": file.submission})
