"""The content of a review as data, without any layout. Plugins for report formats make the layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from nqcore.errors import Words
from nqcore.model.asking import LEFT_OUT
from nqcore.model.claims import Claim
from nqcore.model.figures import REPORTED, Figure
from nqcore.model.findings import FigureRef, Sentence, TiedNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The issuing body and the signature; `place` is printed before the date.

    `symbol` follows the number ("-BC/HU"); `recipients` are the lines of *Nơi nhận*. `unit` is the code of
    the unit whose reviews have this letterhead ("": the unit at the top of reports). `seal_line`: the last
    page says at its foot which edition and which record the figures are of. `typed`: the names of those
    fields that the office typed for this one paper, which every layout prints as they are.
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
    seal_line: bool = True
    typed: tuple[str, ...] = field(default=(), metadata={LEFT_OUT: True, "toml": ""})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with figures that are printed from the data; `label` is printed before it ("1.", "-").

    `note`: a note at the end of the text, printed small; its label is the sign that the sentences have to
    which it belongs ("¹"). `finding` is the rule of the finding that it tells, `beside` the rules of those
    that it tells too. `block` is its name in the review, which stays when the figures change: "opening",
    "finding:s.plans", "own:3"; `claims` is what its words say, as data. `own`: words of the office.
    `typed`: the numbers that the office typed into it and that no report carries. `against`: words of a
    finding that the office keeps as its own judgement, against the figures.
    """

    sentence: Sentence
    label: str = ""
    finding: str = ""
    note: bool = False
    beside: tuple[str, ...] = ()
    block: str = ""
    claims: tuple[Claim, ...] = ()
    own: bool = False
    typed: tuple[str, ...] = field(default=(), metadata={LEFT_OUT: True})
    against: bool = field(default=False, metadata={LEFT_OUT: True})


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a part (I, II …), 2 a numbered heading within it, 3 one with a letter within that, 0 a
    half of the whole text, in which the parts begin again at I ("Phần thứ nhất" is its number and is not in
    `text`). `block` is its name in the review: "part:results"; `typed` as of a paragraph."""

    text: str
    level: int = 1
    block: str = ""
    typed: tuple[str, ...] = field(default=(), metadata={LEFT_OUT: True})


Cell = str | Figure | TiedNumber
"""A cell of a table: words, a figure, or a number that others carry: what lies between two figures of the
row ("+157,7%", how "change"), the value of a target ("2.500", how "target")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of texts and figures. Each row has as many cells as `columns`; a number that may change is a
    Figure or a TiedNumber, never words.

    `block` is its name in the review: "table:res20.q". `sections`: the places of the rows that are heads of
    a section. `wide`: it wants the long side of the page.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    block: str = ""
    sections: tuple[int, ...] = ()
    wide: bool = False


Block = Heading | Paragraph | Table
Day = date
"""A day, in a class that has a `date` of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A review: how `unit` implemented `directive` in `period`.

    `coverage`: up to which day its figures speak, and how many reports are in them. `remarks` are for the
    office that prepares the document (parts that are left out, rules that could not be asked): they are
    shown beside it and never printed in it. `number` is that of the signed document ("": it is written in by
    hand), `to` the lines of *Kính gửi*. `edition` is the id of the frozen review ("": not frozen), `outline`
    the id of its outline. `as_of` is the day up to whose end accepted reports are in it, `made` the day by
    whose clock it was made (None: not known). `marks` are printed below the number: "Dự thảo lần 1", "KHẨN",
    "LƯU HÀNH NỘI BỘ".
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
    remarks: tuple[Words, ...] = ()
    number: str = ""
    to: tuple[str, ...] = ()
    edition: str = ""
    outline: str = ""
    marks: tuple[str, ...] = ()
    as_of: Day | None = field(default=None, metadata={LEFT_OUT: True})
    made: Day | None = field(default=None, metadata={LEFT_OUT: True})

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
