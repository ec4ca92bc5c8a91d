"""Words beside the figures: reasons, explanations, remarks. Kept whole or refused, never cut."""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.errors import N_, InputError
from nqcore.text.characters import find_unstorable

MOST = 2000
"""Characters of one reason, explanation or remark."""


class TextRefused(InputError):
    """The words cannot be kept as they are; `key` names the field, "" the whole report."""

    code = "words-refused"


class UnstorableText(TextRefused):
    """They hold a character that no document can carry, or that turns words around."""

    template = N_(
        "The words for {key} hold a character that cannot be stored (U+{code}). "
        "Delete it and type again."
    )


class TextTooLong(TextRefused):
    """There are too many."""

    template = N_("The words for {key} have {length} characters, at most {most}. Shorten them.")


def check_texts(words: Mapping[str, str]) -> None:
    """Raise a WordsRefused for the first of `words` (by field key, "" for the report as a whole)
    that cannot be kept as it is."""
    for key, text in words.items():
        shown = key or "…"
        if (bad := find_unstorable(text)) is not None:
            raise UnstorableText(key=shown, code=f"{ord(bad):04X}")
        if len(text) > MOST:
            raise TextTooLong(key=shown, length=len(text), most=MOST)
