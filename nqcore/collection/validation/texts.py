"""Texts beside the figures: reasons, explanations, remarks. A text is stored whole or refused; it is
never cut."""

from __future__ import annotations

from collections.abc import Mapping

from nqcore.errors import N_, InputError
from nqcore.text.beginnings import first_words
from nqcore.text.characters import find_unstorable
from nqcore.text.old_encodings import MisreadText, check_letters

MAX_TEXT = 2000
"""How many characters one reason, explanation or remark may have."""


class TextRefused(InputError):
    """A text cannot be stored as it is. The parameter `key` names the field; a text without a field is
    named by its first words."""

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


def _named(key: str, text: str) -> str:
    return key or f"“{first_words(text)}”"


def check_words(texts: Mapping[str, str]) -> None:
    """Check that the letters of all `texts`, given as for `check_texts`, are those that were meant. It is
    for words that another person reads at once, such as the remarks of an approver. Raises MisreadWords."""
    for key, text in texts.items():
        try:
            check_letters(text)
        except MisreadText as wrong:
            raise MisreadWords(key=_named(key, text), why=wrong) from wrong


def check_texts(texts: Mapping[str, str]) -> None:
    """Check that all `texts` can be stored. They are given by field key, "" for the report as a whole.
    Raises UnstorableText or TextTooLong for the first that cannot."""
    for key, text in texts.items():
        check_storable({key: text})
        if len(text) > MAX_TEXT:
            raise TextTooLong(key=_named(key, text), length=len(text), most=MAX_TEXT)


def check_storable(texts: Mapping[str, str]) -> None:
    """Check that all `texts`, given as for `check_texts`, have only characters that a document can hold.
    Raises UnstorableText for the first that has not."""
    for key, text in texts.items():
        if (bad := find_unstorable(text)) is not None:
            raise UnstorableText(key=_named(key, text), code=f"{ord(bad):04X}")
