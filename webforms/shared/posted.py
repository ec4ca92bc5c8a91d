"""Values out of a posted form or a query."""

from __future__ import annotations

DIGITS = 9
"""Of a revision's number or a count."""


def whole_number(text: str | None, digits: int = DIGITS) -> int | None:
    """The number that the text is; None for any other text, and for a number of more digits."""
    if not text or not (text.isascii() and text.isdigit()) or len(text) > digits:
        return None
    return int(text)
