"""Names of units and persons: nothing in them is hidden, and their letters are those that were meant."""

from __future__ import annotations

from nqcore.errors import InputError
from nqcore.text import characters
from nqcore.text.old_encodings import LettersLost, check_letters, meant_as_typed


class HiddenInName(InputError):
    """A name has a character that cannot be seen, for example one that turns the direction of reading
    around (Unicode Technical Report 36). Params: codepoint."""

    code = "name-hidden-character"
    template = characters.HIDDEN


def check_name(name: str) -> None:
    """Refuse a name with a hidden character, with lost letters, or in an old encoding: a name stands on
    every page and in every document, so it is never kept with a warning only. Raises HiddenInName,
    MisreadText.

    >>> check_name("Xã An Phú")
    >>> check_name("X? An Ph?")
    Traceback (most recent call last):
    ...
    nqcore.text.old_encodings.refusals.LettersLost: Letters are lost in “X? An Ph?”: a sign stands where \
an accented letter was. Write these words again.
    """
    # No name has a question mark.
    if characters.LOST in name or ("?" in name and not meant_as_typed(name)):
        raise LettersLost(text=name)
    check_letters(
        name
    )  # before the next check: an old encoding may show letters as hidden characters
    if (hidden := characters.find_hidden(name)) is not None:
        raise HiddenInName(codepoint=characters.code_point(hidden))
