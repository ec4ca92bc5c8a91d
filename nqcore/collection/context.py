"""What is in force in a workspace: definitions, obligations, and the submissions read under them.
Replaced as a whole when one of the office's own definitions changes."""

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
from nqcore.model.days_off import DaysOff
from nqcore.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The definitions in force, the obligations that follow from them, and the submissions read under
    them. The parts fit together and never change: a reader keeps the context that it took."""

    catalogue: Catalogue
    obligations: Obligations
    repository: SubmissionRepository


def context_of(
    catalogue: Catalogue, days_off: DaysOff, since: date | None, store: Store, clock: Clock
) -> Context:
    """The context in which `catalogue` and the days off are in force. `since`: the day from which the
    office collects."""
    obligations = Obligations(catalogue, days_off, since)
    return Context(catalogue, obligations, SubmissionRepository(store, obligations, clock))


def own_days_off(store: Store, folder: Path) -> DaysOff:
    """The days off of the office: those of its file `days-off.toml`, and those entered in it."""
    docs = {date.fromisoformat(str(doc.doc_id)): doc for doc in store.table(DAYS_OFF)}
    return read_days_off(folder).with_days(
        {day: doc["working"] for day, doc in docs.items()},
        {day: doc["name"] for day, doc in docs.items()},
    )
