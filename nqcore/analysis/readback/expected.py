"""What a document of a report should say: its blocks as texts of tokens, each number with its anchor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nqcore.analysis.report.anchors import Anchor, block_anchors
from nqcore.analysis.report.blocks import annexes, coverage_note, paragraph_label
from nqcore.analysis.report.docx.paper_words import annex_head
from nqcore.analysis.report.measures import amount_at
from nqcore.analysis.report.notes import paragraph_notes, table_notes
from nqcore.analysis.report.plain_layout import annex_line
from nqcore.analysis.report.sentences import text_of
from nqcore.analysis.report.tokens import Token, TokenKind, segments_of, tokens_of
from nqcore.analysis.report.typesetting import plain_breaks
from nqcore.catalogue.contracts import Names
from nqcore.model.claims import Claim
from nqcore.model.findings import Piece, Sentence, Text, UnitNames
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.printable import printable


@dataclass(slots=True)
class ExpectedToken:
    """A token of the report, with the anchor of the number of which it is a part (None: words)."""

    token: Token
    anchor: Anchor | None = None
    bound: bool = False
    """Whether a number of the document was found to be it."""
    amount: Decimal | None = None
    """Of an amount of money: how many đồng it is."""

    @property
    def number(self) -> bool:
        """Whether the document should have this number."""
        return self.token.kind is TokenKind.NUMBER

    @property
    def counts(self) -> bool:
        """Whether a number, or the dash of a figure without a value, has to stand here."""
        return self.number or (self.anchor is not None and self.token.kind is TokenKind.DASH)


@dataclass(slots=True)
class ExpectedPart:
    """A part of a block that says one thing: its words, its pieces, its claims. `own`: the office's words.
    `typed`: the keys of the numbers that the office typed into its block and that no report carries.
    `fixed`: words beside the sentences (notes, captions), in which nothing is claimed. `by_hand`: a number
    or a day of it may be written in by hand."""

    block: str
    nth: int
    text: str
    sentence: Sentence
    tokens: list[ExpectedToken]
    claims: tuple[Claim, ...] = ()
    own: bool = False
    typed: frozenset[str] = frozenset()
    fixed: bool = False
    by_hand: bool = False
    lists: list[Anchor] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """Its words in small letters."""
        return [one.token.key for one in self.tokens if one.token.kind is TokenKind.WORD]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedReport:
    """A whole report: the parts of its text, its tables, and all its anchors by their names."""

    report: Report
    parts: tuple[ExpectedPart, ...]
    tables: tuple[Table, ...]
    anchors: Mapping[str, Anchor]


def expected_of(report: Report, names: Names) -> ExpectedReport:
    """What a document of the report says, whatever its layout is."""
    blocks = (*report.body, *report.appendix)
    parts: list[ExpectedPart] = []
    anchors: dict[str, Anchor] = {}
    for block in blocks:
        found = block_anchors(block, report.edition)
        anchors |= {one.name: one for one in found}
        parts += _parts_of(block, found, names)
    heads = (annex_head(annex) for annex in annexes(report) if annex.number)
    for line in (coverage_note(report), report.title, *heads):
        parts += _fixed("", line)
    for part in _fixed("", annex_line(report)):  # its number and day are those of the signed paper
        part.by_hand = True
        parts.append(part)
    tables = tuple(block for block in blocks if isinstance(block, Table))
    return ExpectedReport(report=report, parts=tuple(parts), tables=tables, anchors=anchors)


def _parts_of(block: Block, anchors: Sequence[Anchor], names: Names) -> Iterator[ExpectedPart]:
    if isinstance(block, Heading):
        yield from _fixed(block.block, block.text, block.typed)
    elif isinstance(block, Table):
        yield from _fixed(block.block, block.caption)
        for note in table_notes(block, names):
            yield from _fixed(block.block, note)
    else:
        yield from _of_paragraph(block, anchors)
        for note in paragraph_notes(block):
            yield from _fixed(block.block, note)


def _fixed(block: str, text: str, typed: tuple[str, ...] = ()) -> Iterator[ExpectedPart]:
    paragraph = Paragraph((Text(printable(text)),), block=block, typed=typed)
    for part in _of_paragraph(paragraph, ()):
        part.fixed = True
        yield part


def _of_paragraph(block: Paragraph, anchors: Sequence[Anchor]) -> Iterator[ExpectedPart]:
    label = paragraph_label(block)
    pieces: list[tuple[int, int, Piece]] = [(0, len(label), Text(label))]
    for piece in block.sentence:
        start = pieces[-1][1]
        pieces.append((start, start + len(text_of(piece)), piece))
    text = plain_breaks("".join(text_of(piece) for _, _, piece in pieces))
    by_place = {anchor.place: anchor for anchor in anchors}
    places = [
        (start, end, by_place[(nth,)])
        for nth, (start, end, _piece) in enumerate(pieces[1:])
        if (nth,) in by_place
    ]
    tokens = [_expected(token, places) for token in tokens_of(text)]
    plain = [one.token for one in tokens]
    for nth, one in enumerate(tokens):
        one.amount = amount_at(plain, nth)
    typed = frozenset(one.key for number in block.typed for one in tokens_of(number))
    for nth, (start, end) in enumerate(_whole_segments(text, places)):
        yield ExpectedPart(
            block=block.block,
            nth=nth,
            text=text[start:end],
            sentence=tuple(_sliced(pieces, start, end)),
            tokens=[one for one in tokens if start <= one.token.start < end],
            claims=block.claims,
            own=block.own,
            typed=typed,
            fixed=block.note,
            lists=[
                anchor
                for at, _end, anchor in places
                if start <= at < end and isinstance(anchor.piece, UnitNames)
            ],
        )


def _whole_segments(
    text: str, places: Sequence[tuple[int, int, Anchor]]
) -> Iterator[tuple[int, int]]:
    """The segments of the text, none of which ends inside a number or a list of units ("TP. A")."""
    start = 0
    for _begin, end in segments_of(text):
        if not any(first < end < last for first, last, _anchor in places):
            yield start, end
            start = end


def _expected(token: Token, places: Sequence[tuple[int, int, Anchor]]) -> ExpectedToken:
    for start, end, anchor in places:
        if start <= token.start < end:
            if token.kind is TokenKind.NAME and not isinstance(anchor.piece, UnitNames):
                token.kind = TokenKind.NUMBER  # "12 tháng" of a figure is no length of time
            if isinstance(anchor.piece, UnitNames):
                break  # names are compared as names
            return ExpectedToken(token, anchor)
    return ExpectedToken(token)


def _sliced(pieces: Sequence[tuple[int, int, Piece]], start: int, end: int) -> Iterator[Piece]:
    for first, last, piece in pieces:
        if not (first < end and last > start):
            continue
        if isinstance(piece, Text):
            yield Text(text_of(piece)[max(0, start - first) : end - first])
        else:
            yield piece
