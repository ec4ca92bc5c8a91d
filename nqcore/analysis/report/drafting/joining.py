"""Paragraphs that the office made one, and the numbers in front of those that are counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from nqcore.analysis.report.dashes import capital
from nqcore.analysis.report.drafting.draft import Joining
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Block, Heading, Paragraph

_COUNTED = re.compile(r"\d+\.")
_STOPS = (".", ":", ";", "!", "?")


def joined_blocks(
    blocks: Iterable[tuple[Block, Joining]], keeps_capital: Callable[[str], bool]
) -> tuple[Block, ...]:
    """The blocks in order; a paragraph that joins the one before it is one with it. `keeps_capital`:
    whether a sentence begins with a name."""
    found: list[Block] = []
    for block, joins in blocks:
        last = found[-1] if found else None
        if joins and isinstance(block, Paragraph) and isinstance(last, Paragraph):
            found[-1] = _joined(last, block, joins, keeps_capital)
        else:
            found.append(block)
    return tuple(found)


def counted_again(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks; in each part the labels "1.", "2." are counted again from 1."""
    found: list[Block] = []
    count = 0
    for block in blocks:
        if isinstance(block, Heading):
            count = 0
        elif isinstance(block, Paragraph) and _COUNTED.fullmatch(block.label):
            count += 1
            block = replace(block, label=f"{count}.")
        found.append(block)
    return tuple(found)


def _joined(
    first: Paragraph, second: Paragraph, joins: Joining, keeps_capital: Callable[[str], bool]
) -> Paragraph:
    if joins is Joining.SENTENCE:
        words = second.sentence
        rest = words if keeps_capital(sentence_text(words)) else _small(words)
        sentence = (*_without_stop(first.sentence), Text("; "), *rest)
    else:
        sentence = (*_with_stop(first.sentence), Text(" "), *capital(second.sentence))
    rules = [second.finding, *second.beside] if second.finding else [*second.beside]
    return replace(
        first,
        sentence=sentence,
        finding=first.finding or second.finding,
        beside=tuple(
            dict.fromkeys((*first.beside, *(r for r in rules if r != first.finding)))
            if first.finding
            else second.beside
        ),
        claims=(*first.claims, *second.claims),
        own=first.own or second.own,
        typed=(*first.typed, *second.typed),
        against=first.against or second.against,
    )


def _without_stop(sentence: Sentence) -> Sentence:
    if sentence and isinstance(sentence[-1], Text):
        return (*sentence[:-1], Text(sentence[-1].text.rstrip().removesuffix(".")))
    return sentence


def _with_stop(sentence: Sentence) -> Sentence:
    ends = sentence_text(sentence).rstrip().endswith(_STOPS)
    return sentence if ends else (*sentence, Text("."))


def _small(sentence: Sentence) -> Sentence:
    """The sentence with a small letter at its beginning."""
    if sentence and isinstance(sentence[0], Text):
        text = sentence[0].text
        return (Text(text[:1].lower() + text[1:]), *sentence[1:])
    return sentence
