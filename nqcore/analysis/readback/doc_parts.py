"""The document that came back in parts that can be laid beside those of the report."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal

from nqcore.analysis.readback.document import Mark, ReadDocument, ReadParagraph
from nqcore.analysis.readback.expected import ExpectedToken
from nqcore.analysis.report.measures import amount_at
from nqcore.analysis.report.tokens import Token, TokenKind, segments_of, tokens_of

# Programs that copy text give the second bookmark of one name another one behind it.
_NAME = re.compile(r"(nq_[0-9A-Za-z]{1,18}_[a-z2-7]{16})(?![a-z2-7])", re.IGNORECASE)
_LONGEST_GLUE = 2


@dataclass(slots=True, eq=False)
class DocToken:
    """A token of the document: `anchor` is the name of the bookmark in which it stands (""), `bound` the
    number of the report that it is. `known`: it stands in words of the report, and is no number of ours."""

    token: Token
    paragraph: int
    anchor: str = ""
    bound: ExpectedToken | None = None
    again: bool = False
    """It is a second mention of the number that it is bound to."""
    amount: Decimal | None = None
    """Of an amount of money: how many đồng it is."""

    @property
    def number(self) -> bool:
        """Whether it is a number that may be a figure."""
        return self.token.kind is TokenKind.NUMBER


@dataclass(slots=True, eq=False)
class DocPart:
    """A part of one paragraph that says one thing."""

    paragraph: int
    nth: int
    text: str
    start: int
    tokens: list[DocToken]

    @property
    def words(self) -> list[str]:
        """Its words in small letters."""
        return [one.token.key for one in self.tokens if one.token.kind is TokenKind.WORD]


def anchor_name(bookmark: str) -> str:
    """The name of the anchor that a bookmark had: "nq_3_abc…_Copy_1" is "nq_3_abc…"; "" for others."""
    found = _NAME.match(bookmark)
    return found[1].lower() if found else ""


def document_tokens(document: ReadDocument, known: Container[str]) -> list[list[DocToken]]:
    """The tokens of each paragraph, with the anchors of `known` in whose bookmarks they stand."""
    return [
        list(_tokens(nth, paragraph, known)) for nth, paragraph in enumerate(document.paragraphs)
    ]


def _tokens(nth: int, paragraph: ReadParagraph, known: Container[str]) -> Iterator[DocToken]:
    found = tokens_of(paragraph.text)
    tokens = [DocToken(one, nth, amount=amount_at(found, at)) for at, one in enumerate(found)]
    for mark in paragraph.marks:
        name = anchor_name(mark.name)
        if name in known:
            for one in _inside(tokens, mark):
                one.anchor = one.anchor or name
    yield from tokens


def _inside(tokens: list[DocToken], mark: Mark) -> list[DocToken]:
    """The tokens that a bookmark holds, wholly or in part; of an empty one the number that touches it.

    Typed over, a number may stand beside its bookmark."""
    held = [one for one in tokens if one.token.start < mark.end and one.token.end > mark.start]
    if any(one.token.kind in (TokenKind.NUMBER, TokenKind.DASH, TokenKind.NAME) for one in held):
        return held
    beside = (one for one in tokens if one.number and _gap(one.token, mark) <= _LONGEST_GLUE)
    found = next(beside, None)
    return [*held, found] if found is not None else held


def _gap(token: Token, mark: Mark) -> int:
    return max(token.start - mark.end, mark.start - token.end, 0)


def parts_of(
    document: ReadDocument, tokens: list[list[DocToken]], without: Container[int]
) -> list[DocPart]:
    """The parts of all paragraphs but those of `without`."""
    return [
        DocPart(
            paragraph=number,
            nth=nth,
            text=paragraph.text[start:end],
            start=start,
            tokens=[one for one in tokens[number] if start <= one.token.start < end],
        )
        for number, paragraph in enumerate(document.paragraphs)
        if number not in without
        for nth, (start, end) in enumerate(segments_of(paragraph.text))
    ]
