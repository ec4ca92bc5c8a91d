"""The neutral report: what a review says, before any layout. Layouts are report-format plugins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import FigureRef, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who issues the report and how it is signed; `place` stands before the date.

    `symbol` is what follows the number ("-BC/HU"); `recipients` are the lines of *Nơi nhận*.
    """

    superior: str
    body: str
    place: str
    symbol: str
    authority: str
    post: str
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with live figures; `label` is printed in front ("1.", "-")."""

    sentence: Sentence
    label: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a part (I, II …), 2 a numbered heading within it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of words and figures. `rows` are as long as `columns`; numbers are Figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Figure, ...], ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A review of how `directive` was carried out in `unit` over `period`."""

    directive: str
    unit: str
    period: str
    type: str
    title: str
    letterhead: Letterhead
    date: date
    body: tuple[Block, ...]
    appendix: tuple[Block, ...] = ()
    coverage: str = ""
    boundaries: str = REPORTED
    seal: str = ""

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure of the report, in order, as often as it stands there."""
        for block in (*self.body, *self.appendix):
            if isinstance(block, Paragraph):
                for piece in block.sentence:
                    if isinstance(piece, FigureRef):
                        yield piece.figure
            elif isinstance(block, Table):
                for row in block.rows:
                    yield from (cell for cell in row if isinstance(cell, Figure))
