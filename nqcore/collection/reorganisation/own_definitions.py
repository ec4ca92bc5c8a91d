"""The definitions that the office itself entered: units, changes of units, and handovers of duties."""

from __future__ import annotations

from nqcore.catalogue import Definitions
from nqcore.collection.reorganisation.codec import change_from_doc, handover_from_doc, unit_from_doc
from nqcore.collection.tables import CHANGES, HANDOVERS, UNITS
from nqcore.store import Store


def own_definitions(store: Store) -> Definitions:
    """The office's units, changes of units and handovers, as `store` has them now. While a change of the
    store is open, what it has written so far is included."""
    return Definitions(
        units=tuple(unit_from_doc(doc) for doc in store.table(UNITS)),
        changes=tuple(change_from_doc(str(doc.doc_id), doc) for doc in store.table(CHANGES)),
        handovers=tuple(handover_from_doc(doc) for doc in store.table(HANDOVERS)),
    )
