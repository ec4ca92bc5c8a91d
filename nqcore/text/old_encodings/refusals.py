"""The errors that say what is wrong with the letters of a text, and offer what may be meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from nqcore.errors import N_, InputError, NqError
from nqcore.text.characters import LOST
from nqcore.text.old_encodings.encoding import Encoding
from nqcore.text.old_encodings.examine import Misread, find_misread


class MisreadText(InputError):
    """The letters of a text are not those that were meant. The parameter `text` is what may be meant."""

    code = "misread"


class OldFontText(MisreadText):
    """The text is in an old font. Params: font, text."""

    template = N_("The words are in an old font ({font}). Is “{text}” meant? Write it so.")


class MangledText(MisreadText):
    """The text is UTF-8 that was read as another encoding. Params: text."""

    template = N_(
        "The accented letters were read in a wrong encoding. Is “{text}” meant? Write it so."
    )


class LettersLost(MisreadText):
    """Letters were replaced by “?”, so nothing can be offered. Params: text (the words)."""

    template = N_(
        "Letters are lost in “{text}”: a sign stands where an accented letter was. "
        "Write these words again."
    )


FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times"}
"""A well-known font of each encoding: people know the fonts, not the encodings."""


def misread_error(found: Misread) -> MisreadText:
    """The error that says what was found, and offers the whole text in Unicode."""
    if found.offered is None:
        return LettersLost(text=", ".join(found.words))
    if found.encoding in FONTS:
        return OldFontText(font=FONTS[found.encoding], text=found.offered)
    return MangledText(text=found.offered)


_AS_TYPED: ContextVar[bool] = ContextVar("letters as typed", default=False)


@contextmanager
def letters_as_typed(on: bool = True) -> Iterator[None]:
    """Inside, words are kept as they are typed, although the test takes them for an old encoding or for lost
    letters: a user has looked at them and says that they are meant so. A replacement character (U+FFFD) is
    refused all the same: it never is. `on`: False changes nothing.

    >>> with letters_as_typed():
    ...     check_letters("Xaõ An Phuù")
    """
    before = _AS_TYPED.set(_AS_TYPED.get() or on)
    try:
        yield
    finally:
        _AS_TYPED.reset(before)


def meant_as_typed(text: str) -> bool:
    """Whether `text` is kept as it is typed, whatever the test says."""
    return _AS_TYPED.get() and LOST not in text


def may_be_meant(wrong: object) -> bool:
    """Whether `wrong` refuses words for their letters, so that a user may say that they are meant so; also
    where a misread text is the reason inside another error."""
    if isinstance(wrong, MisreadText):
        return LOST not in str(wrong.params["text"])
    if not isinstance(wrong, NqError):
        return False
    return any(map(may_be_meant, (*wrong.params.values(), *getattr(wrong, "faults", ()))))


def check_letters(text: str) -> None:
    """Refuse a text whose letters are not those that were meant, but for `letters_as_typed`. Raises
    MisreadText.

    >>> check_letters("Xaõ An Phuù")
    Traceback (most recent call last):
    ...
    nqcore.text.old_encodings.refusals.OldFontText: The words are in an old font (VNI-Times). Is “Xã An \
Phú” meant? Write it so.
    """
    found = None if meant_as_typed(text) else find_misread(text)
    if found is not None:
        raise misread_error(found)
