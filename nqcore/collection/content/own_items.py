"""The items that the office made, in the table `content`: each is one table of a definition file, as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nqcore.catalogue import Definitions
from nqcore.catalogue.item_kinds import Item, definitions_of, item_text, read_item
from nqcore.collection.tables import CONTENT
from nqcore.model.outlines import Outline
from nqcore.model.reports import Letterhead
from nqcore.store import Change, Store

RECORD_VERSION = 2
"""A program of version 0.2.0 or before would not ask these questions, and not say that it does not."""


def own_items(store: Store) -> tuple[Item, ...]:
    """The office's items, in the order in which they were first entered. Raises DefinitionError."""
    return tuple(read_item(str(doc.doc_id), doc["toml"]) for doc in store.table(CONTENT))


def own_content(store: Store) -> Definitions:
    """The same as Definitions."""
    return definitions_of(own_items(store))


def put_item(change: Change, item: Item, **more: str | int) -> None:
    """Write the item, in place of the one with the same address; `more`: what else is kept with it."""
    doc = {"toml": item_text(item), **more}
    change.put(CONTENT, item.address, doc, version=RECORD_VERSION)


def with_files(
    own: Definitions, letterheads: Iterable[Letterhead], outlines: Iterable[Outline], root: str
) -> Definitions:
    """`own` with the letterheads and outlines of the office's own files. An entered letterhead holds before
    that of a file; an outline of a file holds before an entered one, which cannot be saved beside it.
    `root`: the unit that a letterhead without a unit is for."""
    heads = {head.unit or root for head in own.letterheads}
    in_files = tuple(outlines)
    ids = {outline.id for outline in in_files}
    return replace(
        own,
        letterheads=(*own.letterheads, *(h for h in letterheads if (h.unit or root) not in heads)),
        outlines=(*(one for one in own.outlines if one.id not in ids), *in_files),
    )
