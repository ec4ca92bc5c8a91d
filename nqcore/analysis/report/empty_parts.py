"""Parts of a report without content are not printed; the office is informed of those that it should fill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nqcore.errors import N_, Phrase
from nqcore.model.outlines import Outline, OutlinePart
from nqcore.model.reports import Block, Heading, Paragraph


def without_empty_parts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without the headings under which nothing stands, in their part or in one below it."""
    return tuple(
        block
        for nth, block in enumerate(blocks)
        if not isinstance(block, Heading) or _has_content(block, blocks[nth + 1 :])
    )


def _has_content(heading: Heading, after: Sequence[Block]) -> bool:
    for block in after:
        if isinstance(block, Heading):
            if block.level <= heading.level:
                return False
        else:
            # The notes at the end of the text belong to no part.
            return not (isinstance(block, Paragraph) and block.note)
    return False


def empty_remarks(outline: Outline, printed: Sequence[Block]) -> Iterator[Phrase]:
    """For the office: the parts that only it can fill and that are not among the `printed` blocks."""
    there = {block.block for block in printed}
    empty = [
        part.heading
        for nth, part in enumerate(outline.parts)
        if part.heading
        and _waits(part, outline.parts[nth + 1 :])
        and f"part:{part.key}" not in there
    ]
    if empty:
        parts = "; ".join(empty)
        yield Phrase(N_("Parts without content yet, not printed: {parts}."), {"parts": parts})


def _waits(part: OutlinePart, after: Sequence[OutlinePart]) -> bool:
    """Whether the office is to write it: its own words belong there, or the outline says nothing of it."""
    parent = bool(after) and bool(after[0].heading) and after[0].level > part.level
    return part.is_own or (not part.takes and not parent)
