"""What the office has to know of its draft before the paper is signed; never printed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nqcore.analysis.report.drafting.draft import OwnKind
from nqcore.analysis.report.drafting.making import DraftedBlock
from nqcore.errors import N_, Phrase
from nqcore.model.units import Unit


def draft_remarks(
    blocks: Iterable[DraftedBlock], lost: Iterable[tuple[str, str]], units: Mapping[str, Unit]
) -> Iterator[Phrase]:
    """The remarks on each block, then on words without a place, each (name of the block, words)."""
    for one in blocks:
        if not (one.draft is not None and one.draft.hidden):
            yield from _of_block(one, units)
    for _name, words in lost:
        yield Phrase(
            N_(
                "Words of the office have no place in the review any more and are not printed: “{words}”. "
                "They are kept on the page where the review is written, to be used again."
            ),
            {"words": words},
        )


def _of_block(one: DraftedBlock, units: Mapping[str, Unit]) -> Iterator[Phrase]:
    words = one.words
    if words is not None and words.sentence is None:
        template = (
            N_("Words of the office are not true any more, the system's are printed: “{words}”.")
            if one.generated is not None
            else N_("Words of the office are not true any more and are not printed: “{words}”.")
        )
        yield Phrase(template, {"words": words.former})
        return
    if one.typed:
        yield _without_source(one, ", ".join(one.typed), units)
    if words is not None and words.gone:
        yield Phrase(N_("Figures chosen for this block are gone: “{words}”."), {"words": one.text})
    if one.against:
        yield Phrase(
            N_(
                "This block is the office's own judgement, which the figures do not bear out: “{words}”."
            ),
            {"words": one.text},
        )


def _without_source(one: DraftedBlock, numbers: str, units: Mapping[str, Unit]) -> Phrase:
    """Numbers without a source; of words that were taken over: whose report they are from."""
    own = one.draft.own if one.draft is not None else None
    params = {"numbers": numbers, "words": one.text}
    if own is None or own.kind is not OwnKind.NARRATIVE or own.unit not in units:
        return Phrase(N_("Numbers without a source: {numbers} (in “{words}”)."), params)
    return Phrase(
        N_("Numbers without a source, from the report of {unit}: {numbers} (in “{words}”)."),
        {**params, "unit": units[own.unit].name},
    )
