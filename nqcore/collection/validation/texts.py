"""Texts beside the figures: reasons, explanations, remarks. A text is stored whole or refused; it is
never cut."""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.errors import N_, InputError
from nqcore.text.characters import find_unstorable
from nqcore.text.old_encodings import MisreadText, check_letters

MAX_TEXT = 2000
"""How many characters one reason, explanation or remark may have."""


class TextRefused(InputError):
    """A text cannot be stored as it is. The parameter `key` names the field, "…" the whole report."""

    code = "words-refused"


class UnstorableText(TextRefused):
    """The text has a character that no document can hold, or one that reverses the direction of text."""

    template = N_(
        "The words for {key} hold a character that cannot be stored (U+{code}). "
        "Delete it and type again."
    )


class TextTooLong(TextRefused):
    """The text has more than MAX_TEXT characters."""

    template = N_("The words for {key} have {length} characters, at most {most}. Shorten them.")


class MisreadWords(TextRefused):
    """The letters of a text are not those that were meant: `why` offers what may be meant."""

    template = N_("The words for {key}: {why}")


def check_words(texts: Mapping[str, str]) -> None:
    """Check that the letters of all `texts`, given as for `check_texts`, are those that were meant. It is
    for words that another person reads at once, such as the remarks of an approver. Raises MisreadWords."""
    for key, text in texts.items():
        try:
            check_letters(text)
        except MisreadText as wrong:
            raise MisreadWords(key=key or "…", why=wrong) from wrong


def check_texts(texts: Mapping[str, str]) -> None:
    """Check that all `texts` can be stored. They are given by field key, "" for the report as a whole.
    Raises UnstorableText or TextTooLong for the first that cannot."""
    for key, text in texts.items():
        name = key or "…"
        if (bad := find_unstorable(text)) is not None:
            raise UnstorableText(key=name, code=f"{ord(bad):04X}")
        if len(text) > MAX_TEXT:
            raise TextTooLong(key=name, length=len(text), most=MAX_TEXT)
