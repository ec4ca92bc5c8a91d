"""The report with what the office did to it. Nothing is generated here, and no figure is copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nqcore.analysis.findings import Review
from nqcore.analysis.report.drafting.draft import (
    START,
    BlockDraft,
    Joining,
    OwnKind,
    PaperDetails,
    ReviewDraft,
)
from nqcore.analysis.report.drafting.draft_remarks import draft_remarks
from nqcore.analysis.report.drafting.joining import counted_again, joined_blocks
from nqcore.analysis.report.drafting.making import DraftedBlock, made_generated, made_own
from nqcore.analysis.report.drafting.note_signs import NoteSigns
from nqcore.analysis.report.drafting.placing import in_order, placed
from nqcore.analysis.report.reworded_parts import former_text
from nqcore.model.reports import Block, Heading, Paragraph, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class LostBlock:
    """Words of the office that have no place in the text any more: their block or its part is gone."""

    name: str
    words: str
    draft: BlockDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedReport:
    """A report with the office's draft. `blocks`: all of the text in order, also those that are left out;
    `lost`: words that have no place. `draft`: what was applied, `generated` that on which it was."""

    report: Report
    generated: Report
    draft: ReviewDraft
    blocks: tuple[DraftedBlock, ...]
    lost: tuple[LostBlock, ...]

    def block(self, name: str) -> DraftedBlock | None:
        """The block of that name."""
        return next((one for one in self.blocks if one.name == name), None)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts in order; the start of the text is the first."""
        heads = (one.part for one in self.blocks if one.name == one.part)
        return (START, *heads)

    def within(self, part: str) -> tuple[DraftedBlock, ...]:
        """The blocks of a part, without its heading."""
        return tuple(one for one in self.blocks if one.part == part and one.name != part)


def drafted_report(report: Report, draft: ReviewDraft, review: Review) -> DraftedReport:
    """The generated report (with all parts, also those without content) with the draft: every block, also
    those that are left out. Where the draft is empty, `report` says the same."""
    notes = [block for block in report.body if isinstance(block, Paragraph) and block.note]
    text = [block for block in report.body if block not in notes]
    signs = NoteSigns(notes)
    inside = _parts(text)
    own = {one.block: one for one in draft.blocks.values() if one.own is not None}
    parts = _parts_in_order([*inside], own, draft)
    every = {part: tuple(b.block for b in inside.get(part, ())) for part in parts}
    homes = {
        name: one.own.part
        for name, one in own.items()
        if one.own is not None and one.own.kind is not OwnKind.PART
    }
    orders = {part: order.names for part, order in draft.orders.items()}
    blocks = {block.block: block for block in text}

    def made(part: str, name: str) -> DraftedBlock:
        if name in own:
            head = blocks.get(part)
            below = head.level + 1 if isinstance(head, Heading) else 2
            over = head.text if isinstance(head, Heading) else ""
            deep = min(3, max(2, below))
            return made_own(part, own[name], review, signs, level=deep, heading=over)
        return made_generated(part, blocks[name], draft.blocks.get(name), signs)

    found: list[DraftedBlock] = []
    for part, names in placed(every, orders, homes).items():
        head = [made(part, part)] if part != START else []
        found += head + [made(part, name) for name in names]
    shown = tuple(_with_first(_without_hidden_parts(found)))
    lost = tuple(_lost(draft, {one.name for one in shown}))
    return DraftedReport(
        report=_printed(report, shown, signs, review, lost, draft),
        generated=report,
        draft=draft,
        blocks=shown,
        lost=lost,
    )


def _parts(text: Iterable[Block]) -> dict[str, list[Block]]:
    """The blocks of each part, by the name of its heading; the first part has none."""
    found: dict[str, list[Block]] = {START: []}
    part = START
    for block in text:
        if isinstance(block, Heading):
            part = block.block
            found[part] = []
        else:
            found[part].append(block)
    return found


def _parts_in_order(
    generated: Sequence[str], own: Mapping[str, BlockDraft], draft: ReviewDraft
) -> tuple[str, ...]:
    """The parts in the office's order; one that it added stands behind the part to which it was added."""
    found = [*generated]
    for name, one in own.items():
        if one.own is not None and one.own.kind is OwnKind.PART:
            before = one.own.part
            found.insert(found.index(before) + 1 if before in found else len(found), name)
    return (START, *in_order(found[1:], draft.parts.names))


def _without_hidden_parts(blocks: Iterable[DraftedBlock]) -> Iterator[DraftedBlock]:
    """The blocks; a part whose heading is left out is left out as a whole, with the parts below it."""
    left_out: int | None = None
    for one in blocks:
        level = one.block.level if isinstance(one.block, Heading) else 0
        if one.name == one.part and (left_out is None or level <= left_out):
            left_out = None if one.printed else level
        yield one if left_out is None else replace(one, printed=False)


def _with_first(blocks: Iterable[DraftedBlock]) -> Iterator[DraftedBlock]:
    """The blocks, each with the one with which it is one paragraph."""
    last: DraftedBlock | None = None
    for one in blocks:
        if one.printed:
            joins = one.draft is not None and one.draft.joins and one.first == ""
            both = isinstance(one.block, Paragraph) and last and isinstance(last.block, Paragraph)
            if joins and both and last is not None:
                one = replace(one, first=last.first or last.name)
            last = one
        yield one


def _lost(draft: ReviewDraft, there: set[str]) -> Iterator[LostBlock]:
    for name, one in draft.blocks.items():
        if name not in there and one.words is not None and not (one.own and one.hidden):
            words = former_text(one.words.parts, one.words.said)
            yield LostBlock(name=name, words=words, draft=one)


def _printed(
    report: Report,
    blocks: Sequence[DraftedBlock],
    signs: NoteSigns,
    review: Review,
    lost: Sequence[LostBlock],
    draft: ReviewDraft,
) -> Report:
    """The report of what is printed."""
    names = tuple(unit.name for unit in review.catalogue.units.values())
    joined = joined_blocks(
        ((one.block, _joins(one)) for one in blocks if one.printed),
        lambda text: text.startswith(names),
    )
    body, notes = signs.renumbered(counted_again(joined))
    words = tuple((one.name, one.words) for one in lost)
    return replace(
        _with_details(report, draft.details),
        body=(*body, *notes),
        appendix=tuple(block for block in report.appendix if not _hidden(draft, block.block)),
        remarks=(*report.remarks, *draft_remarks(blocks, words, review.catalogue.units)),
    )


def _joins(one: DraftedBlock) -> Joining:
    return one.draft.joins if one.draft is not None and one.first else Joining.APART


def _hidden(draft: ReviewDraft, block: str) -> bool:
    return block in draft.blocks and draft.blocks[block].hidden


_SIGNED = ("post", "authority", "recipients")
"""The parts of a letterhead whose signs a layout turns into its own, where they were not typed."""


def _with_details(report: Report, paper: PaperDetails) -> Report:
    head = report.letterhead

    def chosen(new: str | None, old: str) -> str:
        return old if new is None else new

    return replace(
        report,
        date=paper.date or report.date,
        number=chosen(paper.number, report.number),
        to=report.to if paper.to is None else paper.to,
        marks=report.marks if paper.marks is None else paper.marks,
        letterhead=replace(
            head,
            place=chosen(paper.place, head.place),
            signer=chosen(paper.signer, head.signer),
            post=chosen(paper.post, head.post),
            authority=chosen(paper.authority, head.authority),
            recipients=head.recipients if paper.recipients is None else paper.recipients,
            typed=tuple(name for name in _SIGNED if getattr(paper, name) is not None),
        ),
    )
