"""The definitions that the office itself entered: units, changes of units, and handovers of duties."""

from __future__ import annotations

from nqcore.catalogue import Definitions
from nqcore.collection.reorganisation.codec import CHANGE, HANDOVER, UNIT
from nqcore.collection.tables import CHANGES, HANDOVERS, UNITS
from nqcore.store import Store


def own_definitions(store: Store) -> Definitions:
    """The office's units, changes of units and handovers, as `store` has them now. While a change of the
    store is open, what it has written so far is included."""
    return Definitions(
        units=tuple(UNIT.from_doc(doc) for doc in store.table(UNITS)),
        changes=tuple(CHANGE.from_doc(doc, id=str(doc.doc_id)) for doc in store.table(CHANGES)),
        handovers=tuple(HANDOVER.from_doc(doc) for doc in store.table(HANDOVERS)),
    )
