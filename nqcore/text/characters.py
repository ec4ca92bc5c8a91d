"""Characters that are not allowed in a figure, a date or a text, and how messages name them."""

from __future__ import annotations

import re
import unicodedata

from nqcore.errors import N_

SPACES = " \u00a0\u2007\u2009\u202f"  # ASCII, no-break, figure, thin, narrow no-break
LINE_ENDS = "\t\r\n"  # what a paste from a spreadsheet leaves at the ends
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"

HIDDEN = N_("There is a hidden character ({codepoint}) in this box. Delete everything, type again.")
FOREIGN_DIGITS = N_(
    "“{text}” has digits of another script (“{character}”, {codepoint}). "
    "Type it with the keys 0 to 9: {rewritten}."
)


def code_point(character: str) -> str:
    """The code point of `character` as Unicode writes it: "U+202E"."""
    return f"U+{ord(character):04X}"


def find_hidden(text: str) -> str | None:
    """The first character that a user cannot see or recognise, or None.

    These are controls (line ends too), format characters (bidi controls, zero-width spaces), lone
    surrogates, private use and unassigned code points, and spaces other than those in `SPACES`.
    """
    for character in text:
        if character not in SPACES and unicodedata.category(character)[0] in "CZ":
            return character
    return None


LOST = "\ufffd"
"""The replacement character, which shows that a character was lost: never accepted in an answer."""
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # turn the reading direction around
    "\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)


def find_unstorable(text: str) -> str | None:
    """The first character of a text that cannot be stored, or None.

    These are controls other than tab and line feed, bidi controls (Unicode TR 36), lone surrogates,
    the replacement character, and code points that are not characters (XML 1.0 forbids them).
    """
    found = _UNSTORABLE.search(text)
    return found[0] if found else None


def storable(text: str) -> str:
    """`text` with a visible "□" in the place of each character that cannot be stored: for a file that shows
    what was typed, whatever it was.

    >>> storable("12\x00")
    '12□'
    """
    return _UNSTORABLE.sub("\N{WHITE SQUARE}", text)


def find_foreign_digit(text: str) -> str | None:
    """The first decimal digit other than 0 to 9 of ASCII (fullwidth, Arabic-Indic …), or None."""
    for character in text:
        if not character.isascii() and unicodedata.category(character) == "Nd":
            return character
    return None


def with_ascii_digits(text: str) -> str:
    """`text` as it would be typed with the keys 0 to 9: a proposal for the user, never a value."""

    def key(character: str) -> str:
        if unicodedata.category(character) == "Nd":
            return str(unicodedata.digit(character))
        if "\uff01" <= character <= "\uff5e":  # fullwidth comma, full stop, percent …
            return unicodedata.normalize("NFKC", character)
        return character

    return "".join(map(key, text))
