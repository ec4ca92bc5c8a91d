"""The office's words for a block: tied to figures when they are typed, printed from them afterwards.

Words for a generated block are tied to the figures of its generated sentence. Words of a block that the
office added are tied to the figures that it chose for it: a number that equals one of them is that figure,
any other number is the office's own and has no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from nqcore.analysis.findings import Review
from nqcore.analysis.provenance.explain_figures import figure_of_id
from nqcore.analysis.report.decisions import LONGEST, Contradicted, SentenceTooLong
from nqcore.analysis.report.derived_numbers import formulas
from nqcore.analysis.report.drafting.draft import DraftWords
from nqcore.analysis.report.drafting.figure_claims import claims_of_figures
from nqcore.analysis.report.reworded_parts import (
    StoredPart,
    derived_parts,
    former_text,
    read_parts,
    stored_parts,
)
from nqcore.analysis.report.rewording import (
    RewordedSentence,
    figure_pieces,
    numbers_in_text,
    printed_parts,
    same_number,
    tie_to_figures,
    tied_addresses,
)
from nqcore.analysis.report.sentences import figure_text, sentence_text, text_of
from nqcore.analysis.report.wording_check import (
    AgainstFigures,
    Remark,
    RemarkKind,
    check_wording,
)
from nqcore.collection.validation.texts import UnstorableText, check_words
from nqcore.errors import NqError
from nqcore.model.claims import Claim
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Sentence, Text
from nqcore.text.characters import find_unstorable
from nqcore.text.folding import nfc
from nqcore.text.printable import printable

LONGEST_PARAGRAPH = 2 * LONGEST
"""The most characters of one block of the office."""

_DATE = re.compile(r"(\d{1,2}/){1,2}\d{4}|(19|20)\d\d")
_PERIOD = re.compile(r"\d{1,2}/\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedWords:
    """Words of the office as they are printed now. `sentence`: None where they are not true of the figures
    any more; then `former` are the words as they were written. `numbers` have no source. `moved`: the
    figures that have changed since, as (then, now). `gone`: the addresses that lead to no figure now.
    `live`: how numbers are computed; `offers`: how own numbers can be computed."""

    sentence: Sentence | None
    former: str
    numbers: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    remarks: tuple[Remark, ...] = ()
    live: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


def checked_text(text: str, longest: int = LONGEST_PARAGRAPH) -> str:
    """What was typed, as one line in one spelling. Raises UnstorableText, SentenceTooLong, MisreadWords."""
    words = nfc(text).strip()
    if len(words) > longest:
        raise SentenceTooLong(length=len(words), most=longest)
    if (bad := find_unstorable(words)) is not None:
        raise UnstorableText(key="…", code=f"{ord(bad):04X}")
    check_words({"": words})
    return printable(words)


# -- words for a generated block -------------------------------------------------------------------


def reworded(
    text: str,
    rule: Sentence,
    claims: Sequence[Claim],
    before: DraftWords | None,
    *,
    update: bool = False,
    live: Sequence[str] = (),
    confirm: bool = False,
) -> DraftWords | None:
    """`text` for a block of which `rule` is the generated sentence; None where it says the same.
    Raises Contradicted, AgainstFigures."""
    kept = derived_parts(before.parts) if before is not None else ()
    new = tie_to_figures(text, rule, update=update, live=live, kept=kept)
    _refuse_contradictions(new)
    said = sentence_text(new.sentence)
    if not text or said.casefold() == sentence_text(rule).casefold():
        return None
    remarks = check_wording(said, rule, claims, new.tied)
    return _words(new, rule, remarks, confirm=confirm)


def printed_rewording(words: DraftWords, rule: Sentence, claims: Sequence[Claim]) -> PrintedWords:
    """The office's words for a generated block, as they are printed now."""
    former = former_text(words.parts, words.said)
    parts = read_parts(words.parts, rule)
    sentence = None if parts is None else printed_parts(parts, rule)
    if parts is None or sentence is None or not {*words.fixed} <= numbers_in_text(rule):
        return PrintedWords(sentence=None, former=former)
    found = check_wording(sentence_text(sentence), rule, claims, tied_addresses(parts, rule))
    return _printed(words, sentence, rule, former, found)


# -- words of a block that the office added --------------------------------------------------------


def own_words(
    text: str,
    figures: Sequence[Figure],
    claims: Sequence[Claim],
    before: DraftWords | None,
    *,
    live: Sequence[str] = (),
    confirm: bool = False,
) -> DraftWords:
    """`text` tied to the figures that were chosen for it. Raises AgainstFigures."""
    rule = _rule_of(figures, text)
    kept = derived_parts(before.parts) if before is not None else ()
    new = tie_to_figures(text, rule, live=live, kept=kept)
    tied = [figure for figure in figures if figure.id in new.tied]
    about = [claim for claim in claims if all(value in tied for value in claim.values)]
    remarks = _untrue(sentence_text(new.sentence), _rule_of(tied, text), about, new.tied)
    return _words(new, rule, remarks, confirm=confirm)


def printed_own(
    words: DraftWords, figures: Sequence[Figure], claims: Sequence[Claim], gone: Sequence[str]
) -> PrintedWords:
    """The words of a block of the office, as they are printed now. A number whose figure is gone stays as
    it was, and has no source."""
    former = former_text(words.parts, words.said)
    rule = _rule_of(figures, "")
    known = figure_pieces(rule).keys()
    parts = read_parts([_still(part, known, words.said) for part in words.parts], rule)
    assert parts is not None  # those whose figure is gone are words now
    sentence = printed_parts(parts, rule)
    if sentence is None:
        return PrintedWords(sentence=None, former=former, gone=tuple(gone), figures=tuple(figures))
    tied = tied_addresses(parts, rule)
    used = [figure for figure in figures if figure.id in tied]
    about = tuple(claim for claim in claims if all(value in used for value in claim.values))
    found = _untrue(sentence_text(sentence), _rule_of(used, ""), about, tied)
    printed = _printed(words, sentence, rule, former, found)
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


def without_source(numbers: Iterable[str]) -> tuple[str, ...]:
    """Those of the numbers that are neither a day, a month nor a year."""
    return tuple(one for one in numbers if not (_DATE.fullmatch(one) or _PERIOD.fullmatch(one)))


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


def _refuse_contradictions(new: RewordedSentence) -> None:
    if new.contradicted:
        raise Contradicted(
            said="; ".join(number for number, _now in new.contradicted),
            now="; ".join(figure for _number, figure in new.contradicted),
        )


def _words(
    new: RewordedSentence, rule: Sentence, remarks: Sequence[Remark], *, confirm: bool
) -> DraftWords:
    if remarks and not confirm:
        raise AgainstFigures(remarks)
    return DraftWords(
        parts=tuple(stored_parts(new.parts, rule)),
        fixed=new.fixed,
        numbers=without_source(new.own),
        said={id: text_of(piece) for id, piece in figure_pieces(rule).items() if id in new.tied},
        against=tuple(remark.kind.value for remark in remarks),
    )


def _printed(
    words: DraftWords,
    sentence: Sentence,
    rule: Sentence,
    former: str,
    remarks: Sequence[Remark],
) -> PrintedWords:
    """The words with what is to be said of them; no sentence where they say something new against the
    figures."""
    kept = {*words.against, RemarkKind.LOST}
    pieces = figure_pieces(rule)
    derived = derived_parts(words.parts)
    text = sentence_text(sentence)
    return PrintedWords(
        sentence=None if any(one.kind not in kept for one in remarks) else sentence,
        former=former,
        numbers=words.numbers,
        moved=tuple(
            (was, text_of(pieces[id]))
            for id, was in words.said.items()
            if id in pieces and not same_number(was, text_of(pieces[id]))
        ),
        remarks=tuple(remarks),
        live=formulas(derived, pieces),
        offers=(*tie_to_figures(text, rule, kept=derived).offers,) if words.numbers else (),
    )


def _still(part: StoredPart, known: Iterable[str], said: Mapping[str, str]) -> StoredPart:
    """The part, or its words where its figure is gone."""
    if "words" in part:
        return part
    of = [part["piece"]] if "piece" in part else [part["near"]] if "near" in part else part["of"]
    if all(address.removesuffix("/") in known for address in of):
        return part
    return {"words": part["number"] if "number" in part else said.get(of[0], "–")}
