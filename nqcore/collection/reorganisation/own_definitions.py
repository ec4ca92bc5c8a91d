"""What the office entered itself: units, changes of units, and decisions on who inherits what."""

from __future__ import annotations

from nqcore.catalogue import Definitions
from nqcore.collection.reorganisation.codec import change_from_doc, handover_from_doc, unit_from_doc
from nqcore.collection.tables import CHANGES, HANDOVERS, UNITS
from nqcore.store import Store


def own_definitions(store: Store) -> Definitions:
    """What staff entered themselves: their units, what happened to units, who inherits what. Inside
    a change it shows what that change did so far."""
    return Definitions(
        units=tuple(unit_from_doc(doc) for doc in store.table(UNITS)),
        changes=tuple(change_from_doc(str(doc.doc_id), doc) for doc in store.table(CHANGES)),
        handovers=tuple(handover_from_doc(doc) for doc in store.table(HANDOVERS)),
    )
