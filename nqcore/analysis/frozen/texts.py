"""What two reports say, compared: their words block by block, and their numbers by address.

The words of a report are those of its blocks, under their names, and of its head ("head:title"). The
figures in the cells of a table are numbers; all else that stands in the table is words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.figures import Figure
from nqcore.model.findings import Difference, FigureRef, Piece, TiedNumber, UnitCount
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date

NOTE = "note:"
"""Begins the name of the block of a numbered note."""
_NOTE_SIGNS = re.compile(r"(?<!(?<!\w)m)(?<!(?<!\w)[kcd]m)[⁰¹²³⁴-⁹]+(?:, [⁰¹²³⁴-⁹]+)*")
"""The signs of notes, which are counted anew in each report; not the raised digit of "m²"."""
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
AMONG = "/among"
"""Ends the address of the second number of "5 trong 28"."""


def content_of(report: Report) -> Report:
    """The report without its seal, the id of its edition and its days, and without what is for the office
    only: two reports with the same content are printed alike."""
    body = tuple(map(_bare, report.body))
    head = replace(report.letterhead, typed=())
    bare = replace(report, letterhead=head, remarks=(), body=body)
    return replace(bare, seal="", edition="", as_of=None, made=None)


def _bare(block: Block) -> Block:
    """The block without what is for the office only."""
    if isinstance(block, Paragraph):
        return replace(block, typed=(), against=False)
    return replace(block, typed=()) if isinstance(block, Heading) else block


def changed_blocks(before: Report, after: Report) -> tuple[str, ...]:
    """The names of the blocks, and of the parts of the head, that are not the same in both."""
    heads = _head(before), _head(after)
    found = [name for name in heads[0] if heads[0][name] != heads[1][name]]
    blocks = [
        {block.block: _bare(block) for block in chain(one.body, one.appendix)}
        for one in (before, after)
    ]
    names = dict.fromkeys([*blocks[0], *blocks[1]])
    return (*found, *(name for name in names if blocks[0].get(name) != blocks[1].get(name)))


def words_of(report: Report) -> Mapping[str, str]:
    """The words of each block by its name, in the order of the document; the head first."""
    blocks = {block.block: _words(block) for block in chain(report.body, report.appendix)}
    return {**_head(report), **blocks}


def without_signs(words: str | None) -> str | None:
    """The words without the signs of notes.

    >>> without_signs("chậm so với lộ trình¹⁵ (74,6%), 20 m²")
    'chậm so với lộ trình (74,6%), 20 m²'
    """
    return None if words is None else _NOTE_SIGNS.sub("", words)


def notes_of(words: Mapping[str, str], block: str) -> tuple[str, ...]:
    """What the notes say to which the block has a sign, in their order; `words` are those of its report.

    >>> notes_of({"finding:r": "tăng 5 người¹, ²", "note:1": "Theo 3 báo cáo.", "note:2": "x"}, "finding:r")
    ('Theo 3 báo cáo.', 'x')
    """
    signs = (found.group() for found in _NOTE_SIGNS.finditer(words.get(block, "")))
    numbers = (one.translate(_PLAIN_DIGITS) for several in signs for one in several.split(", "))
    return tuple(words[name] for number in numbers if (name := f"{NOTE}{number}") in words)


def _head(report: Report) -> dict[str, str]:
    head = report.letterhead
    return {
        "head:title": f"{report.type} {report.title}",
        "head:issuer": "\n".join((head.superior, head.body, head.place)),
        "head:number": f"{report.number}{head.symbol}",
        "head:marks": "\n".join(report.marks),
        "head:date": write_date(report.date),
        "head:to": "\n".join(report.to),
        "head:signer": "\n".join((head.authority, head.post, head.signer)),
        "head:recipients": "\n".join(head.recipients),
        "head:coverage": report.coverage,
    }


def _words(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Paragraph):
        return sentence_text(block.sentence)
    rows = ("; ".join(cell for cell in row if isinstance(cell, str)) for row in block.rows)
    return "\n".join((block.caption, "; ".join(block.columns), *rows, *block.notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedNumber:
    """A number of a report: its value (None: "–"), and the figure or the count that it is."""

    value: Decimal | None
    piece: Figure | UnitCount | None = None


def numbers_of(report: Report) -> Mapping[str, PrintedNumber]:
    """Every number that the report prints, or that a printed number is computed of, by its address, in
    the order of the document. A number of the office's own words that carries figures has no value here
    (`piece` None): its figures have."""
    found: dict[str, PrintedNumber] = {}
    for address, number in _numbers(report):
        if address not in found or found[address].piece is None:
            found[address] = number
    return found


def _numbers(report: Report) -> Iterator[tuple[str, PrintedNumber]]:
    for block in chain(report.body, report.appendix):
        if isinstance(block, Paragraph):
            for piece in block.sentence:
                yield from _of_piece(piece)
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (_of_figure(cell) for cell in row if isinstance(cell, Figure))


def _of_piece(piece: Piece) -> Iterator[tuple[str, PrintedNumber]]:
    if isinstance(piece, FigureRef):
        yield _of_figure(piece.figure)
    elif isinstance(piece, Difference):
        yield _of_figure(piece.before)
        yield _of_figure(piece.now)
    elif isinstance(piece, TiedNumber):
        yield from ((address, PrintedNumber(value=None)) for address in piece.of)
    elif isinstance(piece, UnitCount) and piece.id:
        yield from counted_numbers(piece)


def counted_numbers(piece: UnitCount) -> Iterator[tuple[str, PrintedNumber]]:
    """The number of units, and of those among which they are, where both are printed."""
    yield piece.id, PrintedNumber(value=Decimal(len(piece.units)), piece=piece)
    if piece.share:
        yield f"{piece.id}{AMONG}", PrintedNumber(value=Decimal(len(piece.among)), piece=piece)


def _of_figure(figure: Figure) -> tuple[str, PrintedNumber]:
    return figure.id, PrintedNumber(value=figure.value, piece=figure)
