"""The content of a review as data, without any layout. Plugins for report formats make the layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import FigureRef, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The issuing body and the signature; `place` is printed before the date.

    `symbol` follows the number ("-BC/HU"); `recipients` are the lines of *Nơi nhận*. `unit` is the code of
    the unit whose reviews have this letterhead ("": the unit at the top of reports).
    """

    superior: str
    body: str
    place: str
    symbol: str
    authority: str
    post: str
    signer: str = ""
    recipients: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with figures that are printed from the data; `label` is printed before it ("1.", "-").

    `note`: a note at the end of the text, printed small; its label is the sign that the sentences have to
    which it belongs ("¹"). `finding` is the rule of the finding that it tells, `beside` the rules of those
    that it tells too.
    """

    sentence: Sentence
    label: str = ""
    finding: str = ""
    note: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a part (I, II …), 2 a numbered heading within it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of texts and figures. Each row has as many cells as `columns`; numbers are Figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Figure, ...], ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A review: how `unit` implemented `directive` in `period`.

    `coverage`: up to which day its figures speak, and how many reports are in them. `remarks` are for the
    office that prepares the document (parts that are left out, rules that could not be asked): they are
    shown beside it and never printed in it.
    """

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
    remarks: tuple[str, ...] = ()

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure of the report in order, as many times as it occurs."""
        for block in (*self.body, *self.appendix):
            if isinstance(block, Paragraph):
                for piece in block.sentence:
                    if isinstance(piece, FigureRef):
                        yield piece.figure
            elif isinstance(block, Table):
                for row in block.rows:
                    yield from (cell for cell in row if isinstance(cell, Figure))
