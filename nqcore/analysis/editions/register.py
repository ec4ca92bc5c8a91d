"""The editions of an office, as the store has them."""

from __future__ import annotations

from nqcore.analysis.editions.edition import (
    HEAD,
    REPORT,
    Edition,
    EditionHead,
    edition_of,
)
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.collection.tables import EDITION_REPORTS, EDITIONS
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.store import Store


class EditionRegister:
    """Reads editions. They never change, so each text is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, Edition] = {}

    def heads(self, directive: str | None = None, unit: str | None = None) -> list[EditionHead]:
        """The editions without their texts, the newest first; `directive`: an id, `unit`: a code."""
        found = [
            HEAD.from_doc(doc, id=str(doc.doc_id))
            for doc in self._store.table(EDITIONS)
            if directive in (None, doc["directive"]) and unit in (None, doc["unit"])
        ]
        return sorted(found, key=lambda head: int(head.id), reverse=True)

    def of(self, address: ReviewAddress) -> list[EditionHead]:
        """Those of one review, the newest first."""
        return [
            one for one in self.heads(address.directive, address.unit) if one.address == address
        ]

    def __getitem__(self, id: str) -> Edition:
        """The edition of that id. Raises UnknownName."""
        found = self._kept.get(id)
        if found is None:
            head, report = self._store.get(EDITIONS, id), self._store.get(EDITION_REPORTS, id)
            if head is None or report is None:
                hint = Phrase(N_("`nq editions` lists them."))
                raise UnknownName(kind="edition", name=id, hint=hint)
            found = edition_of(HEAD.from_doc(head, id=id), REPORT.from_doc(report))
            self._kept[id] = found
        return found
