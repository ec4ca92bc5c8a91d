"""Each block of a draft as it is printed: the generated one, in the office's words, or one of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nqcore.analysis.findings import Review
from nqcore.analysis.report.drafting.draft import BlockDraft, OwnBlock, OwnKind
from nqcore.analysis.report.drafting.note_signs import NoteSigns, with_sign
from nqcore.analysis.report.drafting.own_words import (
    figures_at,
    own_claims,
    printed_own,
)
from nqcore.analysis.report.footnotes import coverage_of
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.tied_words import PrintedWords, TiedWords, printed_rewording
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Block, Heading, Paragraph, Table

_LABELS: Mapping[OwnKind, str] = {
    OwnKind.RESULT: "-",
    OwnKind.SHORTCOMING: "-",
    OwnKind.OBJECTIVE: "-",
    OwnKind.SUBJECTIVE: "-",
    OwnKind.LESSON: "-",
    OwnKind.PROPOSAL: "-",
    OwnKind.SOLUTION: "0.",  # counted with the others of its part
}
_CAUSES: Mapping[OwnKind, tuple[str, str]] = {
    OwnKind.OBJECTIVE: ("khách quan", "Nguyên nhân khách quan: "),
    OwnKind.SUBJECTIVE: ("chủ quan", "Nguyên nhân chủ quan: "),
}
"""What the words of a cause say, and what stands before them where they do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedBlock:
    """A block as the office's page shows it. `block` is what is printed of it alone, or would be.
    `text` are its words without the signs of notes, for the box in which they are changed. `generated`: None
    for a block of the office. `draft`: what the office did to it, None: nothing. `words`: the office's words
    as they are now. `printed`: whether it is in the document; `first`: the block with
    which it is one paragraph, "" for none."""

    name: str
    part: str
    block: Block
    text: str
    generated: Block | None
    draft: BlockDraft | None
    words: PrintedWords | None = None
    printed: bool = True
    first: str = ""

    @property
    def number(self) -> int:
        """How many changes of it there are: the base of the next one."""
        return self.draft.number if self.draft is not None else 0

    @property
    def typed(self) -> tuple[str, ...]:
        """Its numbers that no report carries, also those of a finding in other words, each once."""
        numbers = () if isinstance(self.block, Table) else self.block.typed
        return tuple(dict.fromkeys(numbers))

    @property
    def against(self) -> bool:
        """Whether the office keeps its words against the figures."""
        if self.words is not None:
            return bool(self.words.remarks)
        return isinstance(self.block, Paragraph) and self.block.against

    @property
    def outdated(self) -> bool:
        """Whether the office's words are not true of the figures any more."""
        return self.words is not None and self.words.sentence is None


def rule_of(block: Block, signs: NoteSigns) -> tuple[Sentence, str]:
    """The sentence of a generated block without the signs of notes, and these; of a heading its words."""
    if isinstance(block, Heading):
        return (Text(block.text),), ""
    return signs.without(block.sentence) if isinstance(block, Paragraph) else ((), "")


def made_generated(
    part: str, block: Block, draft: BlockDraft | None, signs: NoteSigns
) -> DraftedBlock:
    """A generated block, in the office's words where they are true."""
    rule, sign = rule_of(block, signs)
    plain = DraftedBlock(
        name=block.block,
        part=part,
        block=block,
        text=sentence_text(rule),
        generated=block,
        draft=draft,
    )
    if draft is None:
        return plain
    plain = replace(plain, printed=not draft.hidden)
    if draft.words is None or isinstance(block, Table):
        return plain
    claims = block.claims if isinstance(block, Paragraph) else ()
    words = printed_rewording(draft.words, rule, claims)
    if words.sentence is None:
        return replace(plain, words=words)
    new: Block
    if isinstance(block, Heading):
        new = replace(block, text=sentence_text(words.sentence), typed=words.numbers)
    else:
        printed = with_sign(words.sentence, sign)
        new = replace(block, sentence=printed, own=True, typed=words.numbers)
    text = sentence_text(words.sentence)
    return replace(plain, words=words, block=new, text=text)


def made_own(
    part: str,
    draft: BlockDraft,
    review: Review,
    signs: NoteSigns,
    *,
    level: int,
    heading: str = "",
) -> DraftedBlock:
    """A block of the office; not printed where its words are not true of the figures any more. `level`: that
    of a heading within the part; `heading`: the words over it."""
    own, words = draft.own, draft.words
    assert own is not None  # the caller asks for blocks of the office only
    assert words is not None  # they are written with their words
    printed = _printed(own, words, review)
    sentence = printed.sentence
    shown: Sentence = (Text(printed.former),) if sentence is None else sentence
    return DraftedBlock(
        name=draft.block,
        part=part,
        block=_own_block(draft.block, own, shown, printed, signs, level, heading),
        text=sentence_text(shown),
        generated=None,
        draft=draft,
        words=printed,
        printed=not draft.hidden and sentence is not None,
    )


def _printed(own: OwnBlock, words: TiedWords, review: Review) -> PrintedWords:
    figures, gone = figures_at(own.figures, review)
    return printed_own(words, figures, own_claims(figures, review), gone)


def _own_block(
    name: str,
    own: OwnBlock,
    sentence: Sentence,
    words: PrintedWords,
    signs: NoteSigns,
    level: int,
    heading: str,
) -> Block:
    if own.kind.heads:
        above = 1 if own.kind is OwnKind.PART else level
        return Heading(sentence_text(sentence), level=above, block=name, typed=words.numbers)
    says, before = _CAUSES.get(own.kind, ("", ""))
    if says not in sentence_text(sentence).casefold() and not _says_alone(heading, says):
        sentence = (Text(before), *sentence)
    return Paragraph(
        with_sign(sentence, signs.sign(coverage_of(sentence))),
        label=_LABELS.get(own.kind, ""),
        block=name,
        claims=words.claims,
        own=True,
        typed=words.numbers,
    )


def _says_alone(heading: str, says: str) -> bool:
    """Whether the heading says that kind of causes, and no other: then no cause below it has to."""
    there = [kind for kind, _before in _CAUSES.values() if kind in heading.casefold()]
    return there == [says]
