"""Check the folder of a workspace against its history, read receipts, and go on with a new key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from nqcore.collection.archive.last_seen import seen_at
from nqcore.collection.archive.settings_record import FILES, compared_settings
from nqcore.collection.settings import Settings
from nqcore.collection.submissions.attachment_records import lost_attachments
from nqcore.collection.tables import EVIDENCE, SETTINGS
from nqcore.errors import N_, InputError, Phrase
from nqcore.store import (
    Receipt,
    Record,
    Store,
    Verification,
    load_key,
    make_key,
    readable,
    verify_journal,
)
from nqcore.store.place import place_of
from nqcore.store.store import FOLDER

_RECEIPT = re.compile(r"(?:.*bản ghi )?([1-9][0-9]{0,18}) ?[/·] ?([0-9a-f]{8,64})")


class NoReceipt(InputError):
    """The text is not a receipt: the number and the hash of a record."""

    code = "no-receipt"
    template = N_(
        "“{text}” is not a receipt. Copy it from the report as it stands there, like 412/ab12cd34ef56."
    )


def read_receipt(text: str) -> Receipt:
    """The receipt that a report prints: the number of a record, and its hash or the first 8 or more digits of
    it. It is read as "412/ab12cd34ef56", and as the whole line "Bản chốt 3 · bản ghi 412 · ab12cd34ef56".
    Raises NoReceipt."""
    found = _RECEIPT.fullmatch(normalize("NFC", " ".join(text.lower().split())))
    if found is None:
        raise NoReceipt(text=text)
    return Receipt(seq=int(found[1]), hash=found[2])


def verify_folder(
    folder: Path, settings: Settings, receipts: Iterable[Receipt] = ()
) -> Verification:
    """Read every byte of the journal and every attachment that it names. The workspace is not opened, so
    this also works where it is damaged. Each of `receipts` must be a record of the journal.

    The result lists every problem; nothing is raised for one."""
    key = load_key(settings.id)
    seen = _seen_here(folder, settings)
    found = verify_journal(folder / FOLDER, key, [*receipts, *seen])
    newest = _newest_documents(folder, key)
    lost = evidence_problems(folder, _of_table(newest, EVIDENCE))
    notes = _settings_notes(folder, newest)
    if any(one.seq in found.lost_receipts for one in seen):
        noted = Phrase(
            N_("This machine itself had noted record {seq} of this folder."), {"seq": seen[0].seq}
        )
        notes = (noted, *notes)
    return replace(found, problems=(*found.problems, *lost), notes=notes)


def _seen_here(folder: Path, settings: Settings) -> tuple[Receipt, ...]:
    """The newest record of this folder that this machine has seen."""
    place = place_of(folder)
    seen = seen_at(settings.id, place) if place else None
    return (seen.head,) if seen else ()


_Newest = Mapping[tuple[str, str], tuple[Record, Mapping[str, Any]]]


def _newest_documents(folder: Path, key: bytes | None) -> _Newest:
    """The newest document of each attachment list and file of settings, with its record, as far as the
    journal can be read."""
    found: dict[tuple[str, str], tuple[Record, Mapping[str, Any]]] = {}
    for record in readable(folder / FOLDER, key):
        for table in (EVIDENCE, SETTINGS):
            for id, doc in record.docs.get(table, {}).items():
                if doc is not None:
                    found[table, id] = (record, doc)
    return found


def _of_table(newest: _Newest, table: str) -> dict[str, Mapping[str, Any]]:
    return {id: doc for (name, id), (_, doc) in newest.items() if name == table}


def _settings_notes(folder: Path, newest: _Newest) -> tuple[Phrase, ...]:
    """A sentence for each file of settings that differs from the recorded one. One that was never recorded
    is not mentioned."""
    recorded = {file: doc for file, doc in _of_table(newest, SETTINGS).items() if file in FILES}
    return tuple(
        Phrase(
            N_(
                "{file} was changed after record {seq} of {at}, which holds its digest ({keys}). The change "
                "is recorded when nq serve starts."
            ),
            {
                "file": file,
                "seq": newest[SETTINGS, file][0].seq,
                "at": newest[SETTINGS, file][0].at,
                "keys": ", ".join(one.keys) or Phrase(N_("layout")),
            },
        )
        for file, one in compared_settings(folder, recorded, recorded).items()
    )


def attachment_documents(folder: Path, settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """The newest document of each submission in the table of attachments, by the submission's id, as far
    as the journal can be read."""
    return _of_table(_newest_documents(folder, load_key(settings.id)), EVIDENCE)


def evidence_problems(folder: Path, named: Mapping[str, Mapping[str, Any]]) -> tuple[Phrase, ...]:
    """One sentence for each attachment of the documents `named` that `folder` does not have as it was, and
    for each document that is no list of attachments."""
    wrong = [
        Phrase(
            N_(
                "The list of evidence of “{id}” in the journal cannot be read: no nqcore wrote it so."
            ),
            {"id": id},
        )
        for id, doc in named.items()
        if not _is_list_of_files(doc)
    ]
    right = {id: doc for id, doc in named.items() if _is_list_of_files(doc)}
    return (*wrong, *lost_attachments(folder, right))


def _is_list_of_files(doc: Mapping[str, Any]) -> bool:
    """Whether this is a document of the table of attachments: a journal from outside may hold anything, and
    the names in it become paths."""
    files = doc.get("files")
    return isinstance(files, list) and all(isinstance(one, dict) and _is_file(one) for one in files)


def _is_file(one: Mapping[str, Any]) -> bool:
    if not all(isinstance(one.get(key), str) for key in ("name", "type", "sha256", "by", "at")):
        return False
    try:
        datetime.fromisoformat(one["at"])
    except ValueError:
        return False
    return type(one.get("size")) is int and bool(re.fullmatch("[0-9a-f]{64}", one["sha256"]))


def begin_epoch(folder: Path, settings: Settings, *, why: str, at: datetime) -> Receipt:
    """Make a new key for a workspace whose key is lost, and write the first record that it seals. `why`
    is the reason that the journal records. The receipt of that record is returned.

    Raises StoreError if there is a key file: use that key, or move the file away first.
    """
    key = make_key(settings.id)
    with Store.open(folder, key) as store:
        return store.open_epoch(at=at, by="nq new-key", why=why)
