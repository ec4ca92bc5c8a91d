"""The definitions of an edition in the table `edition-definitions`, each stored once under its digest.

The document of an edition's digest lists the plugins in the office's order, each with its version and the
digest of its definitions, and what the office's own files said. Units, changes and outlines that the office
entered are not among them: they are in the journal up to the edition's position.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from nqcore.analysis.frozen.basis import OFFICE, Basis, OfficeBasis
from nqcore.catalogue import Definitions
from nqcore.catalogue.definition_codec import DEFINITIONS
from nqcore.catalogue.owners import Owned
from nqcore.collection.tables import EDITION_DEFINITIONS
from nqcore.model.codec import Codec, Doc
from nqcore.model.units import Unit
from nqcore.store import Store

UNIT = Codec(Unit)


class StoredDefinitions(NamedTuple):
    """What was in force: the definitions of each plugin, the office's own files, the order of plugins."""

    definitions: tuple[Owned[Definitions], ...]
    office: OfficeBasis
    order: tuple[str, ...]


def digest_of(doc: Mapping[str, Any]) -> str:
    """SHA-256 of a document, in hex: the same for the same content."""
    text = json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def definition_docs(basis: Basis) -> tuple[str, dict[str, Doc]]:
    """The digest of the definitions of that basis, and all documents that it needs, by digest."""
    versions = {info.name: info.version for info in basis.contributions.plugins}
    docs: dict[str, Doc] = {}
    plugins = []
    for owner, definitions in basis.contributions.definitions:
        doc = {"definitions": DEFINITIONS.to_doc(definitions)}
        docs[digest_of(doc)] = doc
        plugins.append([owner, versions.get(owner, ""), digest_of(doc)])
    listed = {
        "plugins": plugins,
        "order": [*basis.contributions.order],
        "office": OFFICE.to_doc(basis.office),
    }
    docs[digest_of(listed)] = listed
    return digest_of(listed), docs


def tree_doc(units: Iterable[Unit]) -> tuple[str, Doc]:
    """Units as one document, and its digest."""
    doc: Doc = {"units": [UNIT.to_doc(unit) for unit in units]}
    return digest_of(doc), doc


def read_definitions(store: Store, digest: str) -> StoredDefinitions:
    """The definitions of an edition."""
    listed = _doc(store, digest)
    return StoredDefinitions(
        definitions=tuple(
            (owner, DEFINITIONS.from_doc(_doc(store, each)["definitions"]))
            for owner, _version, each in listed["plugins"]
        ),
        office=OFFICE.from_doc(listed["office"]),
        order=tuple(listed["order"]),
    )


def read_tree(store: Store, digest: str) -> tuple[Unit, ...]:
    """The units under the review's unit on the day of the edition, in the order of the tree."""
    return tuple(map(UNIT.from_doc, _doc(store, digest)["units"]))


def _doc(store: Store, digest: str) -> Doc:
    doc = store.get(EDITION_DEFINITIONS, digest)
    assert doc is not None  # it is written in the record of the edition
    return doc
