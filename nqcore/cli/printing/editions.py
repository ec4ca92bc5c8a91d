"""What the commands print of frozen reviews and of what changed between them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nqcore.analysis.editions.edition import EditionHead
from nqcore.analysis.frozen.causes import CAUSE_WORDS, Grounds
from nqcore.analysis.frozen.difference import FigureChange, ReportDiff
from nqcore.analysis.frozen.recomputing import Recomputed
from nqcore.cli.printing.output import Data
from nqcore.errors import N_, Translate
from nqcore.model.codec import json_of, picked
from nqcore.text.numbers import canonical

HEAD = ("edition", "review", "unit", "number", "as of", "record", "at", "by")
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


def recomputed_lines(found: Recomputed, translate: Translate) -> Iterator[str]:
    """Whether it is the same, what differs, and what cannot be computed as it was then."""
    if found.same:
        yield translate(N_("Edition {id}: computed again, it is the same.")).format(
            id=found.edition.id
        )
    elif found.report is not None:
        yield translate(N_("Edition {id}: computed again, it differs in {blocks}.")).format(
            id=found.edition.id, blocks=", ".join(found.changed)
        )
    yield from (reason.message(translate) for reason in found.reasons)


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


def diff_lines(diff: ReportDiff, translate: Translate) -> Iterator[str]:
    """Each changed figure with the parts that add up to the change, then each changed block."""
    if not diff.figures and not diff.sentences:
        yield translate(N_("Nothing has changed."))
    for one in diff.figures:
        parts = ", ".join(
            f"{_signed(part.amount)} {_words(part.causes, translate)}" for part in one.parts
        )
        yield f"{one.address}: {_value(one.before)} → {_value(one.after)} ({_signed(one.amount)} = {parts})"
    for sentence in diff.sentences:
        yield f"{sentence.block} [{_words(sentence.causes, translate)}]"
        yield from (f"  - {line}" for line in sentence.before.splitlines())
        yield from (f"  + {line}" for line in sentence.after.splitlines())


def _words(causes: tuple[str, ...], translate: Translate) -> str:
    return " + ".join(translate(CAUSE_WORDS[cause]) for cause in causes)


def _value(value: Decimal | None) -> str:
    return "–" if value is None else canonical(value)


def _signed(amount: Decimal) -> str:
    return f"+{canonical(amount)}" if amount >= 0 else canonical(amount)
