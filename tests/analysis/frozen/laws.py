"""The laws of a comparison: every change is there, and its parts add up to it, with no rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.frozen.basis import report_of, review_of
from nqcore.analysis.frozen.causes import ChangeCause, links
from nqcore.analysis.frozen.difference import ReportDiff, Side, compare
from nqcore.analysis.frozen.texts import content_of, numbers_of, words_of
from nqcore.errors import NqError
from nqcore.model.reports import Report

PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True)
class Judged:
    """How many changes a pair had: of figures, with several causes, of sentences; which causes."""

    figures: int
    several: int
    sentences: int
    causes: frozenset[ChangeCause]


def judge(before: Side, after: Side, address: ReviewAddress) -> Judged:
    """Compare the two and hold the laws against the answer. Raises AssertionError."""
    first, last = _text(before, address), _text(after, address)
    diff = compare(before, after, address)
    _parts_add_up(diff)
    _every_change_is_told(diff, first, last)
    _parts_are_recomputations(diff, before, after, address)
    causes = {cause for one in diff.figures for part in one.parts for cause in part.causes}
    causes |= {cause for one in diff.sentences for cause in one.causes}
    return Judged(
        figures=len(diff.figures),
        several=sum(len({part.causes for part in one.parts}) > 1 for one in diff.figures),
        sentences=len(diff.sentences),
        causes=frozenset(causes),
    )


def _text(side: Side, address: ReviewAddress) -> Report:
    return side.stored or report_of(side.basis, review_of(side.basis, address, side.outline), "-")


def _parts_add_up(diff: ReportDiff) -> None:
    for one in diff.figures:
        assert one.before != one.after
        assert sum((part.amount for part in one.parts), Decimal(0)) == one.amount
        values = [one.before, *(part.after for part in one.parts)]
        assert [part.before for part in one.parts] == values[:-1]  # nothing lies between two parts
        assert values[-1] == one.after
        assert all(part.causes for part in one.parts)
        assert sum(map(one.amount_of, {part.causes for part in one.parts})) == one.amount
    for sentence in diff.sentences:
        assert sentence.causes, sentence


def _every_change_is_told(diff: ReportDiff, first: Report, last: Report) -> None:
    figures, sentences = (
        {one.address: one for one in diff.figures},
        {s.block for s in diff.sentences},
    )
    old, new = numbers_of(first), numbers_of(last)
    for address in old.keys() & new.keys():
        if old[address].value != new[address].value:
            assert (figures[address].before, figures[address].after) == (
                old[address].value,
                new[address].value,
            )
        else:
            assert address not in figures or old[address].piece is None
    _every_word_is_told(words_of(first), words_of(last), sentences)
    if content_of(first) == content_of(last):
        assert (figures, sentences) == ({}, set())


def _every_word_is_told(first: Mapping[str, str], last: Mapping[str, str], told: set[str]) -> None:
    """A note may get another number; but what it says, and which sentence it belongs to, is told."""
    texts = [
        {text for name, text in one.items() if name.startswith("note:")} for one in (first, last)
    ]
    for block in {*first, *last}:
        before, after = (_read(one, block) for one in (first, last))
        if block.startswith("note:"):
            gone = block in first and first[block] not in texts[1]
            new = block in last and last[block] not in texts[0]
            assert block in told or not (gone or new), block
        elif before[0] != after[0]:
            assert block in told, block
        else:
            moved = {*before[1]} ^ {*after[1]}
            assert block in told or not moved & texts[0] & texts[1], block


def _read(words: Mapping[str, str], block: str) -> tuple[str | None, list[str]]:
    """The words of a block without raised digits, and what the notes of these numbers say."""
    text = words.get(block)
    if text is None:
        return None, []
    numbers = [found.translate(PLAIN) for found in re.findall(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", text)]
    plain = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(, [⁰¹²³⁴⁵⁶⁷⁸⁹]+)*", "", text)
    return plain, [words[name] for number in numbers if (name := f"note:{number}") in words]


def _parts_are_recomputations(
    diff: ReportDiff, before: Side, after: Side, address: ReviewAddress
) -> None:
    """Each part is the difference of the numbers of two whole recomputations, done here once more."""
    numbers: dict[ChangeCause, Mapping[str, Decimal | None]] = {}
    for cause, basis, outline in links(before.basis, after.basis, (before.outline, after.outline)):
        try:
            report = report_of(basis, review_of(basis, address, outline), "-")
        except NqError:
            continue
        numbers[cause] = {key: one.value for key, one in numbers_of(report).items() if one.piece}
    for figure in diff.figures:
        for part in figure.parts:
            cause = part.causes[-1]
            if cause in numbers and figure.address in numbers[cause]:
                assert numbers[cause][figure.address] == part.after
