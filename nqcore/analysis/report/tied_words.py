"""The office's words in place of a generated sentence: tied to its figures when they are typed, printed from
them afterwards.

No figure is copied into them: they keep the addresses of the figures and are printed from those. Where the
generated sentence does not contain such a figure any more, or the words are not true of the figures any
more, they are out of date and the generated sentence is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nqcore.analysis.report.derived_numbers import formulas
from nqcore.analysis.report.reworded_parts import (
    StoredPart,
    derived_parts,
    former_text,
    read_parts,
    stored_parts,
)
from nqcore.analysis.report.rewording import (
    RelativeNumber,
    RewordedPart,
    RewordedSentence,
    figure_pieces,
    numbers_in_text,
    printed_parts,
    same_number,
    tie_to_figures,
    tied_addresses,
)
from nqcore.analysis.report.sentences import sentence_text, text_of
from nqcore.analysis.report.wording_check import (
    AgainstFigures,
    Remark,
    RemarkKind,
    check_wording,
)
from nqcore.analysis.report.wording_measures import measure_remarks
from nqcore.errors import N_, InputError
from nqcore.model.claims import Claim
from nqcore.model.figures import Figure
from nqcore.model.findings import Sentence

LONGEST = 1_500
"""The most characters of one sentence."""

_DATE = re.compile(r"(\d{1,2}/){1,2}\d{4}|(19|20)\d\d")


class Contradicted(InputError):
    """A number in a reworded sentence differs from the figure that it replaces."""

    code = "contradicted"
    template = N_("The sentence says {said}, the figures now say {now}. Update the number.")


class SentenceTooLong(InputError):
    """A reworded sentence is too long."""

    code = "sentence-too-long"
    template = N_("The sentence has {length} characters, at most {most}. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TiedWords:
    """Words of the office, tied to figures: `parts` as `reworded_parts` writes them; `fixed` are their
    numbers that are words of the generated sentence, `numbers` those that are in no figure. `said`: the text
    of each figure when they were written, by its address. `against`: the kinds of remarks with which they
    were kept on purpose.
    """

    parts: tuple[StoredPart, ...]
    fixed: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    against: tuple[str, ...] = ()

    def to_doc(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "parts": [dict(part) for part in self.parts],
            "fixed": [*self.fixed],
            "numbers": [*self.numbers],
            "said": dict(self.said),
            "against": [*self.against],
        }

    @classmethod
    def from_doc(cls, doc: Mapping[str, Any]) -> TiedWords:
        """What `to_doc` wrote."""
        return cls(
            parts=tuple(doc["parts"]),
            fixed=tuple(doc["fixed"]),
            numbers=tuple(doc["numbers"]),
            said=doc["said"],
            against=tuple(doc["against"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedWords:
    """Words of the office as they are printed now. `sentence`: None where they are not true of the figures
    any more; then `former` are the words as they were written. `numbers` have no source. `moved`: the
    figures that have changed since, as (then, now). `gone`: the addresses that lead to no figure now. `near`:
    the numbers with a relation and their figures. `live`: how numbers are computed; `offers`: how own numbers
    can be computed."""

    sentence: Sentence | None
    former: str
    numbers: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    remarks: tuple[Remark, ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    live: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


def reword(
    text: str,
    rule: Sentence,
    claims: Sequence[Claim],
    before: TiedWords | None,
    *,
    update: bool = False,
    live: Sequence[str] = (),
    confirm: bool = False,
) -> TiedWords | None:
    """`text` in place of the generated sentence `rule`; None where it says the same. `before`: the words of
    the office until now. With `update` numbers that contradict a figure become that figure. `live`: formulas
    of `offers`, whose numbers are computed from now on. `confirm`: keep words that are against the figures,
    as the office's own judgement. Raises Contradicted, AgainstFigures."""
    kept = derived_parts(before.parts) if before is not None else ()
    new = tie_to_figures(text, rule, update=update, live=live, kept=kept)
    if new.contradicted:
        raise Contradicted(
            said="; ".join(number for number, _now in new.contradicted),
            now="; ".join(figure for _number, figure in new.contradicted),
        )
    said = sentence_text(new.sentence)
    if not text or said.casefold() == sentence_text(rule).casefold():
        return None
    remarks = (
        *check_wording(said, rule, claims, new.tied),
        *measure_remarks(new.parts, rule),
    )
    # What is printed already was kept before: to save it again is no new wording.
    same = before is not None and said == _text_now(before, rule, claims)
    return tied_words(new, rule, remarks, confirm=confirm or same)


def _text_now(words: TiedWords, rule: Sentence, claims: Sequence[Claim]) -> str | None:
    sentence = printed_rewording(words, rule, claims).sentence
    return None if sentence is None else sentence_text(sentence)


def printed_rewording(words: TiedWords, rule: Sentence, claims: Sequence[Claim]) -> PrintedWords:
    """The office's words in place of the generated sentence `rule`, as they are printed now."""
    former = former_text(words.parts, words.said)
    parts = read_parts(words.parts, rule)
    sentence = None if parts is None else printed_parts(parts, rule)
    if parts is None or sentence is None or not {*words.fixed} <= numbers_in_text(rule):
        return PrintedWords(sentence=None, former=former)
    found = (
        *check_wording(sentence_text(sentence), rule, claims, tied_addresses(parts, rule)),
        *measure_remarks(parts, rule),
    )
    return printed_words(words, parts, sentence, rule, found)


def tied_words(
    new: RewordedSentence, rule: Sentence, remarks: Sequence[Remark], *, confirm: bool
) -> TiedWords:
    """What was typed, to be stored. `remarks`: what it says against the figures. Raises AgainstFigures."""
    if remarks and not confirm:
        raise AgainstFigures(remarks)
    return TiedWords(
        parts=tuple(stored_parts(new.parts, rule)),
        fixed=new.fixed,
        numbers=new.own,
        said={id: text_of(piece) for id, piece in figure_pieces(rule).items() if id in new.tied},
        against=tuple(remark.kind.value for remark in remarks),
    )


def printed_words(
    words: TiedWords,
    parts: Sequence[RewordedPart],
    sentence: Sentence,
    rule: Sentence,
    remarks: Sequence[Remark],
) -> PrintedWords:
    """The words with what is to be said of them; no sentence where they say something new against the
    figures. `parts` are those of `words`, `sentence` what they print."""
    # No change of a figure takes or gives a measure: it was typed so, and is marked.
    kept = {*words.against, RemarkKind.LOST, RemarkKind.MEASURE}
    pieces = figure_pieces(rule)
    derived = derived_parts(words.parts)
    text = sentence_text(sentence)
    near = (part for part in parts if isinstance(part, RelativeNumber))
    return PrintedWords(
        sentence=None if any(one.kind not in kept for one in remarks) else sentence,
        former=former_text(words.parts, words.said),
        numbers=without_source(words.numbers),
        moved=moved_figures(words.said, rule),
        remarks=tuple(remarks),
        near=tuple((part.number, text_of(part.piece)) for part in near),
        live=formulas(derived, pieces),
        offers=(*tie_to_figures(text, rule, kept=derived).offers,) if words.numbers else (),
    )


def without_source(numbers: Iterable[str]) -> tuple[str, ...]:
    """Those of the numbers that are neither a day, a month nor a year."""
    return tuple(one for one in numbers if not _DATE.fullmatch(one))


def moved_figures(said: Mapping[str, str], rule: Sentence) -> tuple[tuple[str, str], ...]:
    """The figures of the sentence that have changed since `said`, as (then, now)."""
    pieces = figure_pieces(rule)
    return tuple(
        (was, text_of(pieces[id]))
        for id, was in said.items()
        if id in pieces and not same_number(was, text_of(pieces[id]))
    )
