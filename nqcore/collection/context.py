"""What the workspace knows at one record of its journal: the plugins' definitions and its own, and
the duties and the repository that rest on them. Replaced as a whole when one of its own changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nqcore.catalogue import Catalogue
from nqcore.clock import Clock
from nqcore.collection.obligations import Obligations
from nqcore.collection.settings import read_days_off
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import DAYS_OFF
from nqcore.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """Fits together and never changes; a reader keeps the one it took."""

    catalogue: Catalogue
    obligations: Obligations
    repository: SubmissionRepository


def context_of(
    catalogue: Catalogue, store: Store, folder: Path, since: date | None, clock: Clock
) -> Context:
    """The world in which `catalogue` holds."""
    docs = {date.fromisoformat(str(doc.doc_id)): doc for doc in store.table(DAYS_OFF)}
    days_off = read_days_off(folder).besides(
        {day: doc["working"] for day, doc in docs.items()},
        {day: doc["name"] for day, doc in docs.items()},
    )
    obligations = Obligations(catalogue, days_off, since)
    return Context(catalogue, obligations, SubmissionRepository(store, obligations, clock))
