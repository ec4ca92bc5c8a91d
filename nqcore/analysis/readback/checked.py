"""What a check says of a document: one object for each number, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nqcore.analysis.readback.document import ReadParagraph
from nqcore.errors import Translate
from nqcore.model.figures import REPORTED


class NumberStatus(StrEnum):
    """How a number of a document stands to the figures. The values are printed by ``nq check --json``."""

    SAME = "same"
    """It is its figure."""
    COMPUTED = "computed"
    """It is computed of figures of its sentence."""
    ROUNDED = "rounded"
    """It is true of its figure: "trên 2.400" of 2.422."""
    MOVED = "moved"
    """It is the figure of the edition, which has another value now."""
    CHANGED = "changed"
    """Its digits are others than the edition's."""
    TYPED = "typed"
    """It has no source."""
    CONTRADICTS = "contradicts"
    """What is said of it is not so."""
    GONE = "gone"
    """The document has it no more."""

    @property
    def right(self) -> bool:
        """Whether nothing has to be done about it."""
        return self in (NumberStatus.SAME, NumberStatus.COMPUTED, NumberStatus.ROUNDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPlace:
    """Where it stands: `paragraph` is its place among all paragraphs of the file, from 0; `start`..`end` are
    characters of it. `begins`: its first words. `part`: "text", "table", "note" or "box"."""

    paragraph: int
    start: int
    end: int
    begins: str
    part: str = "text"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a msgid with what goes into it.

    >>> Why("it says “{said}”", {"said": "tăng"}).message()
    'it says “tăng”'
    """

    template: str
    params: Mapping[str, str] = field(default_factory=dict)

    def message(self, translate: Translate = str) -> str:
        """The reason in words."""
        return translate(self.template).format(**self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedNumber:
    """One number. `text`: as the document has it ("": gone); `figure`: the address of its figure ("": it has
    none); `written`: what the edition has, `now` what the figure is now (None: not known, or no figure).
    `anchor` is the name of its bookmark, `marked` whether the document still has that."""

    text: str
    status: NumberStatus
    figure: str = ""
    written: str = ""
    now: str | None = None
    why: Why | None = None
    place: DocumentPlace | None = None
    anchor: str = ""
    marked: bool = False
    sentence: str = ""
    """Of a number that is gone: the words in which the edition has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """A document that was read back: `paragraphs` are what it says, `numbers` all that was found, in
    order, then what is gone. `edition` is that of the report it was compared with ("": a draft),
    `directive`, `unit`, `period` and `boundaries` are those of its review; `as_of`: up to which day a draft
    was compared (None: today). `assumed`: its file did not say for which day and boundaries it was made.
    `marked`: how many numbers were found by their bookmarks; 0: by the text alone."""

    edition: str
    title: str
    directive: str
    unit: str
    period: str
    paragraphs: tuple[ReadParagraph, ...]
    numbers: tuple[CheckedNumber, ...]
    marked: int = 0
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    boundaries: str = REPORTED
    as_of: date | None = None
    assumed: bool = False

    @property
    def right(self) -> bool:
        """Whether nothing has to be done."""
        return all(one.status.right for one in self.numbers)

    @property
    def wrong(self) -> tuple[CheckedNumber, ...]:
        """The numbers about which something has to be done."""
        return tuple(one for one in self.numbers if not one.status.right)

    def counted(self, status: NumberStatus) -> int:
        """How many numbers have that status."""
        return sum(one.status is status for one in self.numbers)
