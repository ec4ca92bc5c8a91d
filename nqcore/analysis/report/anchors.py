"""Names for the numbers of a report, so that a written document can be asked for them later.

A layout sets a bookmark of that name around the printed number. The name is made of the edition, of the block
in which the number stands, of the number's own address and of its place among the same numbers of the
block. So the same report always has the same names, and a name leads back to its figure and its claims.
"""

from __future__ import annotations

from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, count

from nqcore.analysis.report.notes import cell_text
from nqcore.analysis.report.sentences import text_of
from nqcore.model.figures import Figure
from nqcore.model.findings import Difference, FigureRef, Piece, Text, TiedNumber, UnitCount
from nqcore.model.reports import Block, Heading, Paragraph, Report

PREFIX = "nq"
NO_EDITION = "0"
"""Stands for the edition in the names of a report that is not frozen."""
_BYTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One printed number, or list of units: `name` is that of its bookmark, `written` its text, `address`
    that of its figure. `place` is its place in the sentence of the block, or (row, column) of a table."""

    name: str
    address: str
    written: str
    block: str
    place: tuple[int, ...]
    piece: Piece


def address_of(piece: Piece) -> str:
    """What the number is made of: the id of a figure or count, "a>b" of a difference, "over:a" of a tied
    number, "names:a,b" of a list of units; "" of words."""
    if isinstance(piece, Text):
        return ""
    if isinstance(piece, FigureRef):
        return piece.figure.id
    if isinstance(piece, UnitCount):
        return piece.id or f"count:{','.join(piece.units)}/{','.join(piece.among)}"
    if isinstance(piece, Difference):
        return f"{piece.before.id}>{piece.now.id}"
    if isinstance(piece, TiedNumber):
        return f"{piece.how}:{','.join(piece.of)}"
    return f"names:{','.join(piece.units)}"


def block_anchors(block: Block, edition: str) -> tuple[Anchor, ...]:
    """The anchors of one block, in the order in which its numbers are printed. `edition`: that of its report
    ("": not frozen)."""
    times: Counter[str] = Counter()
    found: list[Anchor] = []
    for place, piece, written in _numbers(block):
        address = address_of(piece)
        times[address] += 1
        name = _name(edition, block.block, address, times[address])
        found.append(
            Anchor(
                name=name,
                address=address,
                written=written,
                block=block.block,
                place=place,
                piece=piece,
            )
        )
    return tuple(found)


def report_anchors(report: Report) -> Mapping[str, Anchor]:
    """Every anchor of the report by its name, in the order of the document."""
    blocks = chain(report.body, report.appendix)
    return {one.name: one for block in blocks for one in block_anchors(block, report.edition)}


def named(blocks: Iterable[Block], kind: str) -> tuple[Block, ...]:
    """The blocks, each with a name that no other of them has; those without one are counted: "text:3"."""
    seen: set[str] = set()
    found: list[Block] = []
    for nth, block in enumerate(blocks, 1):
        wanted = block.block or f"{kind}:{nth}"
        others = (f"{wanted}#{again}" for again in count(2))
        name = next(one for one in chain([wanted], others) if one not in seen)
        seen.add(name)
        found.append(block if block.block == name else replace(block, block=name))
    return tuple(found)


def _numbers(block: Block) -> Iterator[tuple[tuple[int, ...], Piece, str]]:
    if isinstance(block, Heading):
        return
    if isinstance(block, Paragraph):
        for nth, piece in enumerate(block.sentence):
            if not isinstance(piece, Text):
                yield (nth,), piece, text_of(piece)
        return
    for row, cells in enumerate(block.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, TiedNumber):
                yield (row, column), cell, cell_text(cell)
            elif isinstance(cell, Figure):
                yield (row, column), FigureRef(cell), cell_text(cell)


def _name(edition: str, block: str, address: str, nth: int) -> str:
    digest = sha256(f"{block}\n{address}\n{nth}".encode("utf-8", "surrogatepass")).digest()
    short = b32encode(digest[:_BYTES]).decode().lower()
    return f"{PREFIX}_{edition or NO_EDITION}_{short}"
