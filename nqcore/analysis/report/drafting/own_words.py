"""The words of a block that the office added: they have no generated sentence beside them.

They are tied to the figures that the office chose for the block: a number that equals one of them is that
figure, any other number is the office's own and has no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from nqcore.analysis.findings import Review
from nqcore.analysis.provenance.explain_figures import figure_of_id
from nqcore.analysis.report.drafting.figure_claims import claims_of_figures
from nqcore.analysis.report.reworded_parts import (
    StoredPart,
    derived_parts,
    former_text,
    read_parts,
)
from nqcore.analysis.report.rewording import (
    figure_pieces,
    printed_parts,
    tie_to_figures,
    tied_addresses,
)
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.analysis.report.tied_words import (
    LONGEST,
    PrintedWords,
    SentenceTooLong,
    TiedWords,
    printed_words,
    tied_words,
    without_source,
)
from nqcore.analysis.report.wording_check import (
    Remark,
    RemarkKind,
    check_wording,
)
from nqcore.analysis.report.wording_measures import measure_remarks
from nqcore.collection.validation.texts import check_storable, check_words
from nqcore.errors import NqError
from nqcore.model.claims import Claim
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Sentence, Text
from nqcore.text.folding import nfc
from nqcore.text.printable import printable

LONGEST_PARAGRAPH = 2 * LONGEST
"""The most characters of one block of the office."""


def checked_text(text: str, longest: int = LONGEST_PARAGRAPH) -> str:
    """What was typed, as one line in one spelling. Raises UnstorableText, SentenceTooLong, MisreadWords."""
    words = nfc(text).strip()
    if len(words) > longest:
        raise SentenceTooLong(length=len(words), most=longest)
    check_storable({"": words})
    check_words({"": words})
    return printable(words)


def own_words(
    text: str,
    figures: Sequence[Figure],
    claims: Sequence[Claim],
    before: TiedWords | None,
    *,
    live: Sequence[str] = (),
    confirm: bool = False,
) -> TiedWords:
    """`text` tied to the figures that were chosen for it. Raises AgainstFigures."""
    rule = _rule_of(figures, text)
    kept = derived_parts(before.parts) if before is not None else ()
    new = tie_to_figures(text, rule, live=live, kept=kept)
    tied = [figure for figure in figures if figure.id in new.tied]
    about = [claim for claim in claims if all(value in tied for value in claim.values)]
    remarks = _untrue(sentence_text(new.sentence), _rule_of(tied, text), about, new.tied)
    remarks += measure_remarks(new.parts, rule)
    return with_sources(tied_words(new, rule, remarks, confirm=confirm))


def printed_own(
    words: TiedWords, figures: Sequence[Figure], claims: Sequence[Claim], gone: Sequence[str]
) -> PrintedWords:
    """The words of a block of the office, as they are printed now. A number whose figure is gone stays as
    it was, and has no source."""
    rule = _rule_of(figures, "")
    known = figure_pieces(rule).keys()
    parts = read_parts([_still(part, known, words.said) for part in words.parts], rule)
    assert parts is not None  # those whose figure is gone are words now
    sentence = printed_parts(parts, rule)
    if sentence is None:
        former = former_text(words.parts, words.said)
        return PrintedWords(sentence=None, former=former, gone=tuple(gone), figures=tuple(figures))
    tied = tied_addresses(parts, rule)
    used = [figure for figure in figures if figure.id in tied]
    about = tuple(claim for claim in claims if all(value in used for value in claim.values))
    found = _untrue(sentence_text(sentence), _rule_of(used, ""), about, tied)
    found += measure_remarks(parts, rule)
    printed = printed_words(words, parts, sentence, rule, found)
    lost = [words.said[id] for id in words.said if id not in known and id in gone]
    return replace(
        printed,
        numbers=(*printed.numbers, *lost),
        gone=tuple(gone),
        figures=tuple(figures),
        claims=about,
    )


def figures_at(
    addresses: Iterable[str], review: Review
) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """The figures of those addresses as they are now, and the addresses that lead to none."""
    found: dict[str, Figure] = {}
    gone: list[str] = []
    for address in dict.fromkeys(addresses):
        try:
            figure = figure_of_id(review.totals, address)
        except NqError:
            gone.append(address)
        else:
            found[figure.id] = figure
    return tuple(found.values()), tuple(gone)


def own_claims(figures: Sequence[Figure], review: Review) -> tuple[Claim, ...]:
    """What words that hold these figures say, as data."""
    return claims_of_figures(figures, review)


def with_sources(words: TiedWords) -> TiedWords:
    """The words with those of their numbers only that need a source and have none."""
    return replace(words, numbers=without_source(words.numbers))


def _rule_of(figures: Sequence[Figure], text: str) -> Sentence:
    """The figures as a sentence, each as often as the words have it."""
    pieces: list[FigureRef | Text] = []
    for figure in figures:
        written = figure_text(figure)
        times = len(re.findall(rf"(?<![\d.,]){re.escape(written)}(?![\d]|[.,]\d)", text))
        for _nth in range(max(1, times)):
            pieces += [FigureRef(figure), Text(" ")]
    return tuple(pieces)


def _untrue(
    said: str, rule: Sentence, claims: Sequence[Claim], tied: Iterable[str]
) -> tuple[Remark, ...]:
    """What the words say against the figures; that they lack some is no fault of words of one's own."""
    found = check_wording(said, rule, claims, {*tied})
    return tuple(remark for remark in found if remark.kind is not RemarkKind.LOST)


def _still(part: StoredPart, known: Iterable[str], said: Mapping[str, str]) -> StoredPart:
    """The part, or its words where its figure is gone."""
    if "words" in part:
        return part
    of = [part["piece"]] if "piece" in part else [part["near"]] if "near" in part else part["of"]
    if all(address.removesuffix("/") in known for address in of):
        return part
    return {"words": part["number"] if "number" in part else said.get(of[0], "–")}
