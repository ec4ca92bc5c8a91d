"""What changed between two editions, or an edition and now, and why.

The causes of each change are the links of a chain of whole recomputations (`causes`); its ends are the texts
as they were stored. A part of a change is the difference of two links, so the parts add up to the change:
there is no part without a cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from nqcore.analysis.findings import COUNT, Review, evaluate
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.frozen.basis import Basis, report_of, review_of
from nqcore.analysis.frozen.causes import ChainLink, ChangeCause, Grounds, grounds_between, links
from nqcore.analysis.frozen.texts import (
    NOTE,
    PrintedNumber,
    content_of,
    counted_numbers,
    notes_of,
    numbers_of,
    without_signs,
    words_of,
)
from nqcore.analysis.provenance.explain_figures import figure_of_id
from nqcore.errors import NqError
from nqcore.model.figures import Figure
from nqcore.model.findings import UnitCount
from nqcore.model.outlines import Outline
from nqcore.model.reports import Report
from nqcore.progress import Progress, quiet

Causes = tuple[ChangeCause, ...]
"""The causes of one link: usually one; several where a link between them cannot be computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """A part of a change: the number before and after one link of the chain (None: no value)."""

    causes: Causes
    before: Decimal | None
    after: Decimal | None

    @property
    def amount(self) -> Decimal:
        """By how much the number changed there; no value counts as 0."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A number that changed: its address, the figure or count that it is, its value before and after (None:
    no value) and the parts of the change, in the order of the chain. `printed_before` and `printed_after` say
    in which of the two texts it stands."""

    address: str
    piece: Figure | UnitCount | None
    before: Decimal | None
    after: Decimal | None
    parts: tuple[ChangePart, ...]
    printed_before: bool
    printed_after: bool

    @property
    def amount(self) -> Decimal:
        """By how much it changed; no value counts as 0."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))

    def amount_of(self, causes: Causes) -> Decimal:
        """The sum of its parts with exactly these causes."""
        return sum((part.amount for part in self.parts if part.causes == causes), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceChange:
    """A block whose words, or whose place among the others, changed: its words before and after ("": it is
    not there), and the causes. `moved`: its place is another one."""

    block: str
    before: str
    after: str
    causes: Causes
    moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDiff:
    """All changes from one text to another. `links` are the causes of each link of the chain that changed
    anything, in order; `grounds` says which reports, units and definitions differ."""

    figures: tuple[FigureChange, ...]
    sentences: tuple[SentenceChange, ...]
    links: tuple[Causes, ...]
    grounds: Grounds


class _Link:
    """The review at one link of the chain: its text, and any number by its address. `review` is None for a
    text that was stored: then a number that it does not print is that of the link beside it."""

    def __init__(self, causes: Causes, report: Report, review: Review | None) -> None:
        self.causes, self.report, self.review = causes, report, review
        self.beside: _Link | None = None

    @cached_property
    def numbers(self) -> Mapping[str, PrintedNumber]:
        return numbers_of(self.report)

    @cached_property
    def words(self) -> Mapping[str, str]:
        return words_of(self.report)

    @cached_property
    def _counts(self) -> Mapping[str, PrintedNumber]:
        assert self.review is not None
        return {
            address: number
            for finding in evaluate(self.review).findings
            for piece in finding.sentence
            if isinstance(piece, UnitCount)
            for address, number in counted_numbers(piece)
        }

    def value(self, address: str) -> Decimal | None:
        printed = self.numbers.get(address)
        if printed is not None and printed.piece is not None:
            return printed.value
        if self.review is None:
            return None if self.beside is None else self.beside.value(address)
        if address.startswith(COUNT):
            found = self._counts.get(address)
            return None if found is None else found.value
        try:
            return figure_of_id(self.review.totals, address).value
        except NqError:  # no such unit or indicator at this link
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared: the basis, the text that was stored on it (None: the text is what the
    basis gives now), and the outline of the text (None: the one that the basis itself chooses)."""

    basis: Basis
    stored: Report | None = None
    outline: Outline | None = None


def compare(
    before: Side, after: Side, address: ReviewAddress, progress: Progress = quiet
) -> ReportDiff:
    """What changed between the two in that review. Raises what `review_of` raises where a side without a
    stored text cannot be computed."""
    chain = _chain(before, after, address, progress)
    return ReportDiff(
        figures=tuple(_figures(chain)),
        sentences=tuple(_sentences(chain)),
        links=tuple(
            this.causes
            for last, this in pairwise(chain)
            if content_of(last.report) != content_of(this.report)
        ),
        grounds=grounds_between(before.basis, after.basis),
    )


def _chain(
    before: Side, after: Side, address: ReviewAddress, progress: Progress
) -> Sequence[_Link]:
    """The links from the text before to the text after. A basis that cannot be computed (a unit of the review
    is not there yet) is no link of its own: its cause goes to the next one."""
    first = ChainLink(ChangeCause.PROGRAM, before.basis, before.outline)
    bases = [first, *links(before.basis, after.basis, (before.outline, after.outline))]
    found: list[_Link] = []
    if before.stored is not None:
        found.append(_Link((), before.stored, None))
    waiting: Causes = ()
    known: tuple[ChainLink, Review, Report] | None = None
    for nth, link in enumerate(progress(bases, "links")):
        causes = (*waiting, link.cause)
        if known is not None and known[0].same_text(link):
            review, report = known[1:]  # the same basis and outline give the same report
        else:
            try:
                review = review_of(link.basis, address, link.outline)
                report = report_of(link.basis, review, "-")
            except NqError:
                if after.stored is None and nth == len(bases) - 1:
                    raise
                waiting = causes
                continue
        known = (link, review, report)
        found.append(_Link(causes if found else (), report, review))
        waiting = ()
    if after.stored is not None:
        found.append(_Link((*waiting, ChangeCause.PROGRAM), after.stored, None))
    for end, beside in ((found[0], found[1]), (found[-1], found[-2])):
        end.beside = beside if beside.review is not None else None
    return found


def _figures(chain: Sequence[_Link]) -> Iterator[FigureChange]:
    first, last = chain[0], chain[-1]
    for address in dict.fromkeys([*last.numbers, *first.numbers]):
        values = [link.value(address) for link in chain]
        if values[0] == values[-1]:
            continue
        yield FigureChange(
            address=address,
            piece=_piece(chain, address),
            before=values[0],
            after=values[-1],
            parts=tuple(
                ChangePart(causes=link.causes, before=was, after=now)
                for link, was, now in zip(chain[1:], values, values[1:], strict=False)
                if was != now
            ),
            printed_before=address in first.numbers,
            printed_after=address in last.numbers,
        )


def _piece(chain: Sequence[_Link], address: str) -> Figure | UnitCount | None:
    """The figure or count of that address, as the newest link has it."""
    for link in reversed(chain):
        printed = link.numbers.get(address)
        if printed is not None and printed.piece is not None:
            return printed.piece
    for link in reversed(chain):
        if link.review is not None and not address.startswith(COUNT):
            try:
                return figure_of_id(link.review.totals, address)
            except NqError:  # no such unit or indicator at this link
                continue
    return None


def _sentences(chain: Sequence[_Link]) -> Iterator[SentenceChange]:
    kept = _kept_notes(chain[0].words, chain[-1].words)
    first, last = (_without_notes(link.words, kept) for link in (chain[0], chain[-1]))
    still = _in_place([*first], [*last])
    for block in dict.fromkeys([*last, *first]):
        moved = block in first and block in last and block not in still
        said = [_said(link.words, block, kept) for link in chain]
        if said[0] == said[-1] and not moved:
            continue
        states = [
            (one, _place(link.words, block, still) if moved else 0)
            for one, link in zip(said, chain, strict=True)
        ]
        told = [first.get(block, ""), last.get(block, "")]
        if said[0].words == said[-1].words:  # the sentence stays, and its notes are others
            ends = said[0].notes, said[-1].notes
            told = [" ".join((text, *notes)) for text, notes in zip(told, ends, strict=True)]
        causes = [
            cause
            for link, was, now in zip(chain[1:], states, states[1:], strict=False)
            if was != now
            for cause in link.causes
        ]
        yield SentenceChange(
            block=block,
            before=told[0],
            after=told[1],
            causes=tuple(dict.fromkeys(causes)),
            moved=moved,
        )


class _Said(NamedTuple):
    """The words of a block without the signs of notes, and what those of its notes say that both ends have: a
    note that only one of them has is a change of its own."""

    words: str | None
    notes: tuple[str, ...]


def _said(words: Mapping[str, str], block: str, kept: frozenset[str]) -> _Said:
    notes = tuple(note for note in notes_of(words, block) if note in kept)
    return _Said(without_signs(words.get(block)), notes)


def _kept_notes(first: Mapping[str, str], last: Mapping[str, str]) -> frozenset[str]:
    """What the notes say that both have, whatever their numbers are now."""
    before, after = (
        {words for name, words in one.items() if name.startswith(NOTE)} for one in (first, last)
    )
    return frozenset(before & after)


def _without_notes(words: Mapping[str, str], kept: frozenset[str]) -> Mapping[str, str]:
    return {
        name: text for name, text in words.items() if not name.startswith(NOTE) or text not in kept
    }


def _in_place(first: list[str], last: list[str]) -> frozenset[str]:
    """The blocks that follow each other in both, in the same order."""
    matching = SequenceMatcher(None, first, last, autojunk=False).get_matching_blocks()
    return frozenset(first[one.a + nth] for one in matching for nth in range(one.size))


def _place(words: Mapping[str, str], block: str, still: frozenset[str]) -> int:
    """How many of the blocks that are in place stand before it."""
    before = 0
    for name in words:
        if name == block:
            return before
        before += name in still
    return -1
