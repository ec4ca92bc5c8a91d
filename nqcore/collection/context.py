"""What the workspace knows at one record of its journal: the plugins' definitions and its own, and
the duties and the desk that rest on them. Replaced as a whole when one of its own changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nqcore.catalogue import Catalogue, Definitions
from nqcore.clock import Clock
from nqcore.collection.obligations import Obligations
from nqcore.collection.reorganisation.codec import change_from_doc, handover_from_doc, unit_from_doc
from nqcore.collection.settings import read_days_off
from nqcore.collection.submissions.workflow import Desk
from nqcore.store import Store

UNITS, CHANGES, HANDOVERS = "units", "changes", "handovers"
DAYS_OFF = "days_off"
DEFINING = frozenset({UNITS, CHANGES, HANDOVERS, DAYS_OFF})
"""The tables that hold definitions: when one changes, a new world begins."""


@dataclass(frozen=True, slots=True)
class Context:
    """Fits together and never changes; a reader keeps the one it took."""

    catalogue: Catalogue
    obligations: Obligations
    desk: Desk


def own_definitions(store: Store) -> Definitions:
    """What staff entered themselves: their units, what happened to units, who inherits what. Inside
    a change it shows what that change did so far."""
    return Definitions(
        units=tuple(unit_from_doc(doc) for doc in store.table(UNITS)),
        changes=tuple(change_from_doc(str(doc.doc_id), doc) for doc in store.table(CHANGES)),
        handovers=tuple(handover_from_doc(doc) for doc in store.table(HANDOVERS)),
    )


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
    return Context(catalogue, obligations, Desk(store, obligations, clock))
