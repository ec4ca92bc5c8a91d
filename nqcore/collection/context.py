"""The context of a workspace at one moment: definitions, obligations, and access to submissions.
A new context replaces the old one when a definition of the office changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nqcore.catalogue import Catalogue
from nqcore.clock import Clock
from nqcore.collection.obligations import Obligations
from nqcore.collection.settings import read_days_off
from nqcore.collection.submissions.brought_in import history_periods
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.moved_deadlines import moved_deadlines
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.collection.tables import DAYS_OFF
from nqcore.model.days_off import DaysOff
from nqcore.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """The definitions in force, the obligations that follow from them, and the repository that reads
    submissions by them. The three parts belong together. A context never changes, so a computation that
    has begun with one context also ends with it."""

    catalogue: Catalogue
    obligations: Obligations
    repository: SubmissionRepository


def context_of(
    catalogue: Catalogue,
    days_off: DaysOff,
    since: date | None,
    store: Store,
    clock: Clock,
    index: SubmissionIndex,
) -> Context:
    """The context of `catalogue` and `days_off`, with the deadlines that the office moved and the earlier
    periods that it brought in.

    `since`: the day from which the office collects (None:
    from the start of each form). `index` is that of `store`."""
    moved = {key: one.until for key, one in moved_deadlines(store).items()}
    obligations = Obligations(catalogue, days_off, since, moved, history_periods(store))
    return Context(catalogue, obligations, SubmissionRepository(store, obligations, clock, index))


def own_days_off(store: Store, folder: Path) -> DaysOff:
    """The days off of the office: those of the file `days-off.toml` in `folder`, and those that an
    administrator has entered (table `days_off`), which win over the file."""
    docs = {date.fromisoformat(str(doc.doc_id)): doc for doc in store.table(DAYS_OFF)}
    return read_days_off(folder).with_days(
        {day: doc["working"] for day, doc in docs.items()},
        {day: doc["name"] for day, doc in docs.items()},
    )
