"""Looking after a workspace's folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from nqcore.collection.settings import Settings
from nqcore.collection.submissions.attachments import lost_attachments
from nqcore.collection.tables import EVIDENCE
from nqcore.errors import N_, InputError
from nqcore.store import Receipt, Store, Verification, load_key, make_key, readable, verify_journal
from nqcore.store.store import FOLDER

_RECEIPT = re.compile(r"([1-9][0-9]{0,18})/([0-9a-f]{8,64})")


class NoReceipt(InputError):
    """What was given is not the number and hash of a record."""

    code = "no-receipt"
    template = N_(
        "“{text}” is not a receipt. Copy it from the report as it stands there, like 412/ab12cd34ef56."
    )


def read_receipt(text: str) -> Receipt:
    """ "412/ab12cd34ef56" as reports and receipts print it. Raises NoReceipt."""
    found = _RECEIPT.fullmatch(text.strip().lower())
    if found is None:
        raise NoReceipt(text=text)
    return Receipt(seq=int(found[1]), hash=found[2])


def verify_folder(
    folder: Path, settings: Settings, receipts: Iterable[Receipt] = ()
) -> Verification:
    """Read every byte of history, and every evidence file that it names, without opening the
    workspace: also when it is damaged. Each of `receipts` must be in it."""
    found = verify_journal(folder / FOLDER, load_key(settings.id), receipts)
    lost = lost_attachments(folder, named_evidence(folder, settings))
    return replace(found, problems=(*found.problems, *lost))


def named_evidence(folder: Path, settings: Settings) -> Mapping[str, Mapping[str, Any]]:
    """The newest document of each report in the table of evidence files, by id, as far as the history
    can be read."""
    named: dict[str, Mapping[str, Any]] = {}
    for record in readable(folder / FOLDER, load_key(settings.id)):
        for id, doc in record.docs.get(EVIDENCE, {}).items():
            if doc is not None:
                named[id] = doc
    return named


def begin_epoch(folder: Path, settings: Settings, *, why: str, at: datetime) -> Receipt:
    """Make a key for the workspace, whose own is lost, and go on under it; the record that says so.

    Raises StoreError while there is a key file: then that one is to be used or moved aside.
    """
    key = make_key(settings.id)
    with Store.open(folder, key) as store:
        return store.open_epoch(at=at, by="nq new-key", why=why)
