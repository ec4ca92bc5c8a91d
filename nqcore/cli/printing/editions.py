"""What the commands print of frozen reviews and of what changed between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nqcore.analysis.editions.edition import Edition, EditionHead
from nqcore.analysis.frozen.causes import CAUSE_WORDS, Grounds
from nqcore.analysis.frozen.difference import FigureChange, ReportDiff
from nqcore.analysis.frozen.recomputing import ORDER, Recomputed
from nqcore.analysis.frozen.words import ChangedNumber, block_words, change_names
from nqcore.cli.printing.output import Data
from nqcore.errors import N_, Phrase, Translate, Words, in_a_row
from nqcore.model.codec import json_of, picked

if TYPE_CHECKING:
    from nqcore.workspace.facade import Workspace

HEAD = (
    *(N_("edition"), N_("review"), N_("unit"), N_("number"), N_("as of"), N_("record")),
    *(N_("frozen at"), N_("frozen by")),
)
"""The columns of the list."""


def head_data(head: EditionHead) -> Data:
    """An edition without its text."""
    return picked(
        head,
        *("id", "number", "directive", "unit", "span", "boundaries", "as_of", "seq", "hash"),
        *("at", "by", "outline", "plugins", "program", "definitions", "tree"),
    )


def head_row(head: EditionHead) -> tuple[str, ...]:
    """The same as a row of the list."""
    return (
        head.id,
        f"{head.directive} {head.span}",
        head.unit,
        str(head.number),
        head.as_of.isoformat(),
        f"{head.seq}/{head.hash[:12]}",
        head.at.isoformat(timespec="minutes"),
        head.by,
    )


def frozen_words(edition: Edition) -> Phrase:
    """What was frozen: which edition of which review, up to which record, and how much."""
    words = N_(
        "{id}: edition {number} of {directive} {span} {unit}, record {record}, {figures} figures."
    )
    params = {
        "id": edition.id, "number": edition.number, "directive": edition.directive,
        "span": edition.span, "unit": edition.unit, "record": f"{edition.seq}/{edition.hash[:12]}",
        "figures": sum(1 for _ in edition.report.figures),
    }  # fmt: skip
    return Phrase(words, params)


def recomputed_lines(found: Recomputed) -> Iterator[Words]:
    """Whether it is the same, what differs, and what cannot be computed as it was then."""
    if found.same:
        words = N_("Edition {id}: computed again, it is the same.")
        yield Phrase(words, {"id": found.edition.id})
    elif found.report is not None:
        blocks = tuple(Phrase(N_("order")) if one == ORDER else one for one in found.changed)
        words = N_("Edition {id}: computed again, it differs in {blocks}.")
        yield Phrase(words, {"id": found.edition.id, "blocks": blocks})
    yield from found.reasons


def diff_data(diff: ReportDiff, before: str, after: str | None) -> Data:
    """All changes with their causes; numbers are exact decimals in quotes."""
    return {
        "before": before,
        "after": after,
        "figures": [_figure_data(one) for one in diff.figures],
        "sentences": [
            {
                **picked(one, "block", "before", "after", "moved"),
                "causes": [cause.value for cause in one.causes],
            }
            for one in diff.sentences
        ],
        "links": [[cause.value for cause in causes] for causes in diff.links],
        "grounds": picked(diff.grounds, *Grounds.__dataclass_fields__),
    }


def _figure_data(one: FigureChange) -> Data:
    return {
        "id": one.address,
        **picked(one, "before", "after", "printed_before", "printed_after"),
        "change": json_of(one.amount),
        "parts": [
            {
                "causes": [cause.value for cause in part.causes],
                **picked(part, "before", "after"),
                "amount": json_of(part.amount),
            }
            for part in one.parts
        ],
    }


def diff_lines(diff: ReportDiff, ws: Workspace, translate: Translate) -> Iterator[Words]:
    """Each changed figure with the parts that add up to the change, then each changed block."""
    if not diff.figures and not diff.sentences:
        yield Phrase(N_("Nothing has changed."))
    seen: set[object] = set()
    for one in diff.figures:
        number = ChangedNumber(one)
        name, of = change_names(one, ws.catalogue, ws.obligations.read, translate)
        line = (name, of, number.before, number.after, one.parts)
        if (
            line in seen
        ):  # one figure may have several addresses: a period that is named in two ways
            continue
        seen.add(line)
        parts = [
            in_a_row(number.amount(part.amount), _words(part.causes), between=" ")
            for part in one.parts
        ]
        params: dict[str, object] = {
            "name": name, "of": of, "before": number.before, "after": number.after,
            "amount": number.amount(one.amount), "parts": in_a_row(*parts, between=", "),
        }  # fmt: skip
        yield Phrase("{name} ({of}): {before} → {after} ({amount} = {parts})", params)
    for sentence in diff.sentences:
        params = {"block": Phrase(block_words(sentence.block)), "causes": _words(sentence.causes)}
        yield Phrase("{block} [{causes}]", params)
        yield from (f"  - {line}" for line in sentence.before.splitlines())
        yield from (f"  + {line}" for line in sentence.after.splitlines())


def _words(causes: tuple[str, ...]) -> Phrase:
    return in_a_row(*(Phrase(CAUSE_WORDS[cause]) for cause in causes), between=" + ")
