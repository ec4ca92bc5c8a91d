"""The definitions that the office itself entered: units, their changes, handovers of duties, and content."""

from __future__ import annotations

from dataclasses import replace

from nqcore.catalogue import Definitions
from nqcore.collection.content.own_items import own_content
from nqcore.collection.reorganisation.codec import CHANGE, HANDOVER, UNIT
from nqcore.collection.tables import CHANGES, HANDOVERS, UNITS
from nqcore.store import Store


def own_definitions(store: Store) -> Definitions:
    """The office's units, changes of units, handovers and content, as `store` has them now. While a change
    of the store is open, what it has written so far is included."""
    entered = entered_units(store)
    return replace(
        own_content(store),
        units=entered.units,
        changes=entered.changes,
        handovers=entered.handovers,
    )


def entered_units(store: Store) -> Definitions:
    """The office's units, changes of units and handovers alone."""
    return Definitions(
        units=tuple(UNIT.from_doc(doc) for doc in store.table(UNITS)),
        changes=tuple(CHANGE.from_doc(doc, id=str(doc.doc_id)) for doc in store.table(CHANGES)),
        handovers=tuple(HANDOVER.from_doc(doc) for doc in store.table(HANDOVERS)),
    )
