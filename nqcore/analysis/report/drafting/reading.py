"""A draft as it is stored: read whole, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.report.drafting.draft import (
    DETAILS,
    NO_DETAILS,
    ORDER,
    PARTS,
    BlockDraft,
    DraftOrder,
    PaperDetails,
    ReviewDraft,
    draft_id,
)
from nqcore.analysis.report.reworded_parts import former_text
from nqcore.collection.tables import REVIEW_DRAFTS
from nqcore.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStep:
    """One change of a draft: `block` is the name of the block, "order:…", "parts" or "details"; `words` what
    the block said after it, `hidden` whether it was left out."""

    seq: int
    at: datetime
    by: str
    block: str
    words: str = ""
    hidden: bool = False


def read_draft(store: Store, address: ReviewAddress) -> ReviewDraft:
    """The draft of that review as it is stored now; an empty one where the office has changed nothing."""
    blocks: dict[str, BlockDraft] = {}
    orders: dict[str, DraftOrder] = {}
    parts = DraftOrder(names=())
    details, details_number = NO_DETAILS, 0
    for name, doc in _documents(store, address):
        if name == DETAILS:
            details, details_number = PaperDetails.from_doc(doc["details"]), doc["number"]
        elif name == PARTS:
            parts = _order(doc)
        elif name.startswith(ORDER):
            orders[name.removeprefix(ORDER)] = _order(doc)
        else:
            blocks[name] = BlockDraft.from_doc(name, doc)
    return ReviewDraft(
        address=address,
        blocks=blocks,
        orders=orders,
        parts=parts,
        details=details,
        details_number=details_number,
    )


def draft_history(store: Store, address: ReviewAddress, after: int = 0) -> tuple[DraftStep, ...]:
    """Who changed what of the draft when, oldest first; only what came after the record `after`."""
    steps = [
        DraftStep(
            seq=entry.seq,
            at=entry.at,
            by=entry.by,
            block=name,
            words=_words(entry.doc),
            hidden=bool(entry.doc and entry.doc.get("hidden")),
        )
        for name, _doc in _documents(store, address)
        for entry in store.history(REVIEW_DRAFTS, draft_id(address, name))
        if entry.seq > after
    ]
    return tuple(sorted(steps, key=lambda step: step.seq))


def _documents(store: Store, address: ReviewAddress) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The documents of the draft, each with its name."""
    begins = draft_id(address)
    for doc in store.table(REVIEW_DRAFTS):
        id = str(doc.doc_id)
        if id.startswith(begins):
            yield id.removeprefix(begins), doc


def _order(doc: Mapping[str, Any]) -> DraftOrder:
    return DraftOrder(names=tuple(doc["names"]), number=doc["number"])


def _words(doc: Mapping[str, Any] | None) -> str:
    words = (doc or {}).get("words")
    return former_text(words["parts"], words["said"]) if words else ""
