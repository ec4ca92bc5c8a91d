"""What `nq check` prints of a document that was read back."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.analysis.readback import CheckedDocument, CheckedNumber
from nqcore.analysis.readback.words import (
    counts_of,
    notes_of,
    place_words,
    status_words,
    why_words,
)
from nqcore.cli.printing.output import Data
from nqcore.errors import Translate
from nqcore.model.codec import picked


def check_data(checked: CheckedDocument, translate: Translate) -> Data:
    """The check for `--json`: each number with its place."""
    return {
        **picked(checked, "edition", "title", "directive", "unit", "period", "right", "marked"),
        **picked(checked, "boundaries", "as_of", "assumed"),
        **picked(checked, "inserted", "deleted", "hidden"),
        "numbers": [_number(one, translate) for one in checked.numbers],
    }


def _number(one: CheckedNumber, translate: Translate) -> Data:
    place = one.place
    return {
        **picked(one, "text", "status", "figure", "written", "now", "marked", "sentence"),
        "why": why_words(one, translate),
        "place": place and picked(place, "part", "paragraph", "start", "end", "begins"),
    }


def check_lines(checked: CheckedDocument, translate: Translate) -> Iterator[str]:
    """The check as lines: what was compared, how many numbers are what, and each that is not right."""
    yield from notes_of(checked, translate)
    yield ", ".join(f"{words}: {count}" for words, count in counts_of(checked, translate))
    for one in checked.wrong:
        yield f"- {place_words(one, translate)}"
        shown = one.text or one.written
        yield f"  “{shown}” – {status_words(one, translate)}: {why_words(one, translate)}"
