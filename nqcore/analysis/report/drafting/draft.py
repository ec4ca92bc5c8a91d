"""The office's draft of a review, as values: what it did to each block, the order, the details of the paper.

One draft belongs to one directive, unit and span. It keeps no figure: words keep the addresses of their
figures and are printed from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.report.tied_words import TiedWords

OWN = "own:"
"""In front of the number in the name of a block that the office added."""
DETAILS = "details"
"""Stands for a block in the id of the document with the details of the paper."""
ORDER = "order:"
"""In front of the name of a part in the id of the document with the order of its blocks."""
PARTS = "parts"
"""Stands for a block in the id of the document with the order of the parts."""
START = ""
"""The name of the part before the first heading."""


class OwnKind(StrEnum):
    """What a block of the office is. The values are written in drafts and never change."""

    PARAGRAPH = "paragraph"
    PART = "part"
    """A heading that begins a part of its own."""
    HEADING = "heading"
    RESULT = "result"
    SHORTCOMING = "shortcoming"
    OBJECTIVE = "objective"
    """A cause that lies outside (*nguyên nhân khách quan*)."""
    SUBJECTIVE = "subjective"
    """A cause that lies with those who act (*nguyên nhân chủ quan*)."""
    LESSON = "lesson"
    PROPOSAL = "proposal"
    SOLUTION = "solution"
    NARRATIVE = "narrative"
    """Words of a unit's own report, taken over."""

    @property
    def heads(self) -> bool:
        """Whether it is a heading."""
        return self in (OwnKind.PART, OwnKind.HEADING)


class Joining(StrEnum):
    """How a paragraph follows the one before it."""

    APART = ""
    """As a paragraph of its own."""
    PARAGRAPH = "paragraph"
    """As a sentence in the same paragraph."""
    SENTENCE = "sentence"
    """As a part of the same sentence, after "; "."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBlock:
    """A block that the office added to `part`. `figures`: the addresses of the figures that were chosen for
    it. Words that were taken over of a report have its `unit` and `period`."""

    kind: OwnKind
    part: str
    figures: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""

    def to_doc(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "kind": self.kind.value,
            "part": self.part,
            "figures": [*self.figures],
            "unit": self.unit,
            "period": self.period,
        }

    @classmethod
    def from_doc(cls, doc: Mapping[str, Any]) -> OwnBlock:
        """What `to_doc` wrote."""
        return cls(
            kind=OwnKind(doc["kind"]),
            part=doc["part"],
            figures=tuple(doc["figures"]),
            unit=doc["unit"],
            period=doc["period"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDraft:
    """What the office did to one block. `number` counts its changes from 1; `by` and `at` are those of the
    last one. `words`: None where the generated ones are printed. `own`: None for a generated block."""

    block: str
    number: int
    by: str
    at: datetime
    hidden: bool = False
    joins: Joining = Joining.APART
    words: TiedWords | None = None
    own: OwnBlock | None = None

    def to_doc(self) -> dict[str, Any]:
        """As plain values; the name of the block is in the id."""
        return {
            "number": self.number,
            "by": self.by,
            "at": self.at.isoformat(),
            "hidden": self.hidden,
            "joins": self.joins.value,
            "words": self.words and self.words.to_doc(),
            "own": self.own and self.own.to_doc(),
        }

    @classmethod
    def from_doc(cls, block: str, doc: Mapping[str, Any]) -> BlockDraft:
        """What `to_doc` wrote of the block of that name."""
        return cls(
            block=block,
            number=doc["number"],
            by=doc["by"],
            at=datetime.fromisoformat(doc["at"]),
            hidden=doc["hidden"],
            joins=Joining(doc["joins"]),
            words=None if doc["words"] is None else TiedWords.from_doc(doc["words"]),
            own=None if doc["own"] is None else OwnBlock.from_doc(doc["own"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOrder:
    """The blocks of one part in the office's order, by name; of the start of the text "parts": the parts."""

    names: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDetails:
    """What stands on the paper beside the text; None: as the letterhead has it."""

    number: str | None = None
    date: date | None = None
    place: str | None = None
    signer: str | None = None
    post: str | None = None
    authority: str | None = None
    to: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    marks: tuple[str, ...] | None = None
    """Below the number: "Dự thảo lần 1", "KHẨN", "HỎA TỐC", "LƯU HÀNH NỘI BỘ"."""

    def to_doc(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "number": self.number,
            "date": self.date and self.date.isoformat(),
            "place": self.place,
            "signer": self.signer,
            "post": self.post,
            "authority": self.authority,
            "to": None if self.to is None else [*self.to],
            "recipients": None if self.recipients is None else [*self.recipients],
            "marks": None if self.marks is None else [*self.marks],
        }

    @classmethod
    def from_doc(cls, doc: Mapping[str, Any]) -> PaperDetails:
        """What `to_doc` wrote."""
        return cls(
            number=doc["number"],
            date=None if doc["date"] is None else date.fromisoformat(doc["date"]),
            place=doc["place"],
            signer=doc["signer"],
            post=doc["post"],
            authority=doc["authority"],
            to=None if doc["to"] is None else tuple(doc["to"]),
            recipients=None if doc["recipients"] is None else tuple(doc["recipients"]),
            marks=None if doc.get("marks") is None else tuple(doc["marks"]),
        )


NO_DETAILS = PaperDetails()
"""The paper as the letterhead has it."""


def draft_id(address: ReviewAddress, name: str = "") -> str:
    """The id of the document with that name in the draft of a review; without a name what all of them begin
    with: "1-NQ/HU|top|2018|"."""
    return f"{address.directive}|{address.place}|{address.span}|{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """A whole draft. `orders` has the order of each part that was changed, `parts` that of the parts."""

    address: ReviewAddress
    blocks: Mapping[str, BlockDraft] = field(default_factory=dict)
    orders: Mapping[str, DraftOrder] = field(default_factory=dict)
    parts: DraftOrder = DraftOrder(names=())
    details: PaperDetails = NO_DETAILS
    details_number: int = 0

    @property
    def empty(self) -> bool:
        """Whether the office has changed nothing."""
        return not (self.blocks or self.orders or self.parts.number or self.details_number)

    def number(self, block: str) -> int:
        """How many changes of the block there are: the base of the next one."""
        return self.blocks[block].number if block in self.blocks else 0

    def order_number(self, part: str) -> int:
        """The same of the order of a part."""
        return self.orders[part].number if part in self.orders else 0
